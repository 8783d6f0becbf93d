import type { Claimed, Outcome } from '../desk/ports.ts';
import { toHex } from '../record/bytes.ts';
import { sha256 } from '../record/sha256.ts';
import type { Fetch } from './evidence.ts';

/** Fetches an evidence file from Slack and keeps it, encrypted, before any entry names it. */
export type FileFetcher = {
  /** The bytes behind one of Slack's private file addresses. @throws where it is not Slack's, or too large. */
  fetch(url: string): Promise<Uint8Array>;
  keep(client: string, record: string, evidence: string, bytes: Uint8Array): Promise<void>;
};

/** What the entry will say of the file; handed on as the reference of the delivery. */
export type Kept = Omit<Fetch, 'url' | 'file'> & { evidence: string; sha256: string; bytes: number };

export async function fetchEvidence({ fetch, keep }: FileFetcher, { body, record, client }: Claimed): Promise<Outcome> {
  const { url, file, ...about }: Fetch = JSON.parse(body);
  const bytes = await fetch(url);
  await keep(client, record, file, bytes);
  const kept: Kept = { ...about, evidence: file, sha256: toHex(sha256(bytes)), bytes: bytes.length };
  return { state: 'sent', ref: JSON.stringify(kept) };
}
