import { sameBytes, utf8 } from '../record/bytes.ts';
import { type Checkpoint, type Note, parseNote, type VerifierKey } from '../record/checkpoint.ts';
import { type PackFiles, textOf, UnreadablePack } from './files.ts';
import { isSignedBy, type KnownKey } from './keys.ts';
import type { Problem } from './verdict.ts';

/** A checkpoint as it was found, with what its signatures are worth. */
export type SignedHead = Checkpoint & {
  from: 'pack' | 'outside';
  /** Where it was found, for messages. */
  where: string;
  signature: 'valid' | 'wrong' | 'unknown' | 'unchecked' | 'none';
};

/** A checkpoint as it was read, before its signatures are looked at. */
export type FoundNote = { note: Note; from: 'pack' | 'outside'; where: string };

/** The checkpoints of a pack. One that cannot be read is a problem of its file. */
export function packNotes(pack: PackFiles): { notes: FoundNote[]; problems: Problem[] } {
  const notes: FoundNote[] = [];
  const problems: Problem[] = [];
  for (const [path, bytes] of pack) {
    if (!/^checkpoints\/[^/]+\.txt$/.test(path)) continue;
    try {
      notes.push({ note: parseNote(textOf(bytes) ?? ''), from: 'pack', where: path });
    } catch (error) {
      problems.push({ kind: 'checkpoint', file: path, message: `${path} is no checkpoint: ${reason(error)}.` });
    }
  }
  return { notes, problems };
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : 'it cannot be read');

const HEAD =
  /^[^\S\n]*(\S+)[^\S\n]*\n[^\S\n]*(0|[1-9]\d*)[^\S\n]*\n[^\S\n]*([A-Za-z0-9+/]{43}=)[^\S\n]*(?:\n\s*\n((?:[^\S\n]*— \S+ \S+[^\S\n]*(?:\n|$))+))?/gmu;

/**
 * The checkpoints in a text from outside: a file, a message copied out of a channel, a note typed from paper. People
 * copy with what stands around it, so anything else in the text is skipped; a head without its signature counts as one
 * that nobody signed, because what vouches for it is where the reader got it from.
 * @throws UnreadablePack where the text holds none.
 */
export function outsideNotes(text: string): FoundNote[] {
  const plain = text
    .replace(/\r\n?/g, '\n')
    .replace(/^[^\S\n]*[`>|]+[^\S\n]?/gm, '')
    .replace(/`+[^\S\n]*$/gm, '');
  const notes = [...plain.matchAll(HEAD)].flatMap(([, origin = '', size = '', root = '', signatures]) => {
    const lines = (signatures ?? '').split('\n').map((line) => line.trim());
    const clean = lines.filter(Boolean).join('\n');
    try {
      return [parseNote(`${origin}\n${size}\n${root}\n\n${clean}\n`)];
    } catch {
      return [];
    }
  });
  if (notes.length === 0)
    throw new UnreadablePack(
      'What was given as a checkpoint holds none: it is a line with its origin, one with a number, one with a root.',
    );
  return notes.map((note) => ({ note, from: 'outside', where: 'the checkpoint from outside' }));
}

/** Holds each note against the keys: C2SP signed-note, where signatures by unknown keys are skipped. */
export async function signedHeads(
  notes: FoundNote[],
  known: KnownKey[],
  record: string | undefined,
): Promise<{ heads: SignedHead[]; problems: Problem[] }> {
  const heads: SignedHead[] = [];
  const problems: Problem[] = [];
  for (const { note, from, where } of notes) {
    const signature = await signatureOf(note, known);
    const foreign = record !== undefined && !note.checkpoint.origin.endsWith(`/${record}`);
    if (foreign)
      problems.push(problemOf('other-record', where, note, `is of "${note.checkpoint.origin}", and this record is "${record}"`));
    else heads.push({ ...note.checkpoint, from, where, signature });
    problems.push(...signatureProblems(signature, note, from, where));
  }
  return { heads, problems };
}

function problemOf(kind: Problem['kind'], where: string, { checkpoint }: Note, says: string): Problem {
  return { kind, ...(where.includes('/') ? { file: where } : {}), message: `${where} (${checkpoint.size} entries) ${says}.` };
}

function signatureProblems(signature: SignedHead['signature'], note: Note, from: FoundNote['from'], where: string): Problem[] {
  if (signature === 'wrong') return [problemOf('signature', where, note, 'carries a signature that does not verify')];
  if (signature === 'unknown')
    return [problemOf('unknown-key', where, note, 'is not signed by a key that this record had in use at that size')];
  if (signature === 'none' && from === 'pack') return [problemOf('signature', where, note, 'is not signed')];
  return [];
}

async function signatureOf({ text, checkpoint, signatures }: Note, known: KnownKey[]): Promise<SignedHead['signature']> {
  if (signatures.length === 0) return 'none';
  let found: SignedHead['signature'] = 'unknown';
  for (const { name, keyId, signature } of signatures) {
    const signer = known.find(
      ({ key, from, until }) => isOf(key, name, keyId) && checkpoint.size >= from && checkpoint.size <= until,
    );
    if (signer === undefined) continue;
    const verified = await isSignedBy(signer.key.key, utf8(text), signature);
    if (verified === false) return 'wrong';
    if (found !== 'valid') found = verified === undefined ? 'unchecked' : 'valid';
  }
  return found;
}

const isOf = (key: VerifierKey, name: string, keyId: Uint8Array): boolean => key.name === name && sameBytes(key.keyId, keyId);
