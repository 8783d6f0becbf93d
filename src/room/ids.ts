import { createHash } from 'node:crypto';

export type Random = (bytes: number) => Uint8Array;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUV';

/** An id as Slack writes them: a letter for the kind, then ten letters and digits. */
export function slackId(kind: string, random: Random): string {
  return kind + [...random(10)].map((byte) => ALPHABET[byte % 32]).join('');
}

/** A secret for a link or a cookie: 256 bits, safe in URLs. */
export function secret(random: Random): string {
  return Buffer.from(random(32)).toString('base64url');
}

/** Short lower-case filler for trigger ids, hashes and block ids that the sender left out. */
export function filler(random: Random, bytes = 6): string {
  return Buffer.from(random(bytes)).toString('hex');
}

/** Secrets are kept only as digests: a copy of the state lets nobody in. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
