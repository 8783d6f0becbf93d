import type { Claimed, Outcome } from '../../desk/ports.ts';
import { toHex } from '../../record/bytes.ts';
import { sha256 } from '../../record/sha256.ts';
import { pause, TRIES_MAX } from '../deliveries/failures.ts';
import type { Fetch } from './evidence.ts';

/** Fetches an evidence file from Slack and keeps it, encrypted, before any entry names it. */
export type FileFetcher = {
  /** The bytes behind one of Slack's private file addresses. @throws where it is not Slack's, or too large. */
  fetch(url: string): Promise<Uint8Array>;
  keep(client: string, record: string, evidence: string, bytes: Uint8Array): Promise<void>;
};

/** What the entry will say of the file; handed on as the reference of the delivery. */
export type Kept = Omit<Fetch, 'url' | 'file'> & { evidence: string; sha256: string; bytes: number };

/** Fetching and keeping twice is doing it once, so a failure is tried again; in the end the record says that the file is missing. */
export async function fetchEvidence({ fetch, keep }: FileFetcher, { body, record, client, attempt }: Claimed): Promise<Outcome> {
  const { url, file, ...about }: Fetch = JSON.parse(body);
  try {
    const bytes = await fetch(url);
    if (isSignInPage(bytes, about.mediaType)) throw new Error('a web page came instead of the file: the app may lack files:read');
    await keep(client, record, file, bytes);
    const kept: Kept = { ...about, evidence: file, sha256: toHex(sha256(bytes)), bytes: bytes.length };
    return { state: 'sent', ref: JSON.stringify(kept) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return attempt < TRIES_MAX
      ? { state: 'later', afterMs: pause(attempt), code: 'not-fetched' }
      : { state: 'refused', code: 'not-fetched', sentence: `The evidence file was not fetched: ${reason}.` };
  }
}

/** Slack answers a fetch without the right to it with its sign-in page and 200: that must not become evidence. */
function isSignInPage(bytes: Uint8Array, mediaType: string): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  return !mediaType.includes('html') && (start.startsWith('<!doctype html') || start.startsWith('<html'));
}
