import { fromBase64, utf8 } from '../record/bytes.ts';
import { parseKey, printKey, type VerifierKey } from '../record/checkpoint.ts';
import type { Line } from '../record/entry.ts';
import { linesOf, textOf } from './files.ts';
import type { PackLine } from './lines.ts';
import type { Problem } from './verdict.ts';

/** A key that signs checkpoints of `from` entries and more, and up to `until` entries where it was replaced. */
export type KnownKey = { key: VerifierKey; from: number; until: number };

/** What both keys of a rotation stand for; the previous key signs these bytes. */
export const rotationText = (record: string, previous: string, next: string): string =>
  `firebreak key rotation\n${record}\n${previous}\n${next}\n`;

/** `undefined` where this program has no Ed25519: the caller says so, and checks everything else. */
export async function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array): Promise<boolean | undefined> {
  try {
    const imported = await crypto.subtle.importKey('raw', Uint8Array.from(key), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', imported, Uint8Array.from(signature), Uint8Array.from(message));
  } catch {
    return undefined;
  }
}

/** The verifier keys of `keys.txt`, one a line. */
export function readKeys(bytes: Uint8Array | undefined): { keys: VerifierKey[]; problems: Problem[] } {
  if (bytes === undefined) return { keys: [], problems: [{ kind: 'file', file: 'keys.txt', message: 'keys.txt is missing.' }] };
  const keys: VerifierKey[] = [];
  const problems: Problem[] = [];
  const { lines, complete } = linesOf(bytes);
  for (const line of lines) {
    const key = keyIn(textOf(line) ?? '');
    if (typeof key === 'string') problems.push({ kind: 'unknown-key', file: 'keys.txt', message: `keys.txt: ${key}.` });
    else keys.push(key);
  }
  if (!complete) problems.push({ kind: 'file', file: 'keys.txt', message: 'keys.txt does not end in a line feed.' });
  return { keys, problems };
}

function keyIn(text: string): VerifierKey | string {
  try {
    const key = parseKey(text);
    return printKey(key.name, key.key) === text ? key : 'a key has something around it';
  } catch (error) {
    return error instanceof Error && error.message !== '' ? error.message : 'a line is no verifier key';
  }
}

/**
 * The keys that the record itself shows: the first by `key.shown`, each further one by a `key.rotated` that the key before
 * it has signed. Where no entry shows a key (a record cut down to bare leaves), the keys of keys.txt are all there is.
 */
export async function knownKeys(lines: PackLine[], listed: VerifierKey[]): Promise<{ known: KnownKey[]; problems: Problem[] }> {
  const known: KnownKey[] = [];
  const problems: Problem[] = [];
  for (const { entry } of lines) {
    if (entry?.kind === 'key.shown') problems.push(...show(known, entry));
    if (entry?.kind === 'key.rotated') problems.push(...(await rotate(known, entry)));
  }
  if (known.length === 0) known.push(...listed.map((key) => ({ key, from: 0, until: Number.POSITIVE_INFINITY })));
  const unlisted = known.filter(({ key }) => !listed.some((other) => printed(other) === printed(key)));
  for (const { key } of unlisted)
    problems.push({
      kind: 'unknown-key',
      file: 'keys.txt',
      message: `the record shows the key ${printed(key)}, and keys.txt does not list it.`,
    });
  return { known, problems };
}

const printed = ({ name, key }: VerifierKey): string => printKey(name, key);

function show(known: KnownKey[], { seq, body }: Line): Problem[] {
  const key = keyIn(String(body.verifierKey));
  if (typeof key === 'string')
    return [{ kind: 'unknown-key', seq, message: `entry ${seq} shows a key that cannot be read: ${key}.` }];
  if (known.some((other) => printed(other.key) === printed(key))) return [];
  if (known.length > 0) {
    const message = `entry ${seq} shows another key although the key before it never signed it over.`;
    return [{ kind: 'key-rotation', seq, message }];
  }
  known.push({ key, from: 0, until: Number.POSITIVE_INFINITY });
  return [];
}

async function rotate(known: KnownKey[], { seq, record, body }: Line): Promise<Problem[]> {
  const problem = (why: string): Problem[] => [
    { kind: 'key-rotation', seq, message: `entry ${seq} replaces the key, but ${why}.` },
  ];
  const [previous, next] = [String(body.previous), String(body.verifierKey)];
  const key = keyIn(next);
  const old = known.find((other) => printed(other.key) === previous && other.until === Number.POSITIVE_INFINITY);
  if (typeof key === 'string') return problem(`the new key cannot be read: ${key}`);
  if (old === undefined) return problem('the key that it names as the previous one was not in use');
  const signed = await isSignedBy(old.key.key, utf8(rotationText(record, previous, next)), bytesOf(body.signatureByPrevious));
  if (signed === false) return problem('the previous key did not sign the new one');
  old.until = seq;
  known.push({ key, from: seq, until: Number.POSITIVE_INFINITY });
  return [];
}

function bytesOf(base64: unknown): Uint8Array {
  try {
    return fromBase64(String(base64));
  } catch {
    return new Uint8Array();
  }
}
