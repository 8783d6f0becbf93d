import { concat, fromBase64, sameBytes, toBase64, utf8 } from './bytes.ts';
import { canonical, isCanonical, type Plain } from './canonical.ts';
import type { Event, Kind, Label, RecordKind, Via } from './event.ts';
import { sha256 } from './sha256.ts';
import { type Hash, leafHash } from './tree.ts';

/**
 * An entry is an event sealed: one line of canonical JSON, hashed as it stands and never changed.
 * Its words stand beside it: the line holds a salted commitment per text, so a text can be destroyed and the line still verifies.
 */
export type Entry = Event & {
  record: string;
  of: RecordKind;
  seq: number;
  /** When it was recorded, and when it happened where that differs. ISO 8601, UTC. */
  at: string;
  occurred?: string;
  actor: string;
  via: Via;
  label: Label;
  drill: boolean;
  /** Leaf hash of an entry in another record. */
  ref?: string;
};

/** A word beside the line: destroying `salt` and `value` erases it, and the commitment in the line stays. */
export type SealedText = { field: string; commitment: string; salt: string; value: string };

export type Sealed = { line: string; leaf: Hash; texts: SealedText[] };

/** Everything about an entry that is not its event. */
export type Seal = Omit<Entry, keyof Event> & { nonce: Uint8Array; salts: () => Uint8Array };

export const FORMAT = 1;

/** Seals one event. `nonce` is 16 random bytes, each salt 32: a withheld entry must not be guessable from its hash. */
export function seal(event: Event, { nonce, salts, ...head }: Seal): Sealed {
  const texts = Object.entries(event.texts).map(([field, value]) => committed(field, value, salts()));
  const line = canonical({
    v: FORMAT,
    ...head,
    nonce: toBase64(nonce),
    kind: event.kind,
    body: event.body,
    texts: Object.fromEntries(texts.map(({ field, commitment }) => [field, commitment])),
  });
  return { line, leaf: leafHash(utf8(line)), texts };
}

function committed(field: string, value: string, salt: Uint8Array): SealedText {
  return { field, commitment: commitmentOf(field, value, salt), salt: toBase64(salt), value };
}

/** SHA-256(0x02 || salt || field || 0x00 || value); 0x02 keeps commitments apart from leaves and nodes. */
export function commitmentOf(field: string, value: string, salt: Uint8Array): string {
  return toBase64(sha256(concat(Uint8Array.of(2), salt, utf8(field), Uint8Array.of(0), utf8(value))));
}

/** The parsed line, without its words: what a verifier sees. */
export type Line = Omit<Entry, 'texts' | 'kind' | 'body'> & {
  v: number;
  nonce: string;
  kind: Kind;
  body: Record<string, Plain>;
  texts: Record<string, string>;
};

const REQUIRED = ['v', 'record', 'of', 'seq', 'nonce', 'at', 'actor', 'via', 'label', 'drill', 'kind', 'body', 'texts'];

/** Reads a line. A string is the reason why it is none. */
export function readLine(line: string): Line | string {
  if (!isCanonical(line)) return 'the line is not canonical JSON';
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'the line is not an object';
  const missing = REQUIRED.find((key) => !(key in value));
  if (missing !== undefined) return `the line lacks "${missing}"`;
  const read = value as Line;
  return read.v === FORMAT ? read : `the line is of format ${read.v}, and this reader knows format ${FORMAT}`;
}

/** Whether a text is what its line committed to. */
export function isCommitted(line: Line, text: Omit<SealedText, 'commitment'>): boolean {
  const commitment = line.texts[text.field];
  return (
    commitment !== undefined &&
    sameBytes(fromBase64(commitment), fromBase64(commitmentOf(text.field, text.value, fromBase64(text.salt))))
  );
}

/** The words of an erased text, wherever it would have been shown. */
export const ERASED = '[erased]';

/** A line and its words, joined again; an erased word reads "[erased]". */
export function unseal(line: string, texts: { field: string; value: string }[]): Entry {
  const read: Entry = JSON.parse(line);
  const known = new Map(texts.map(({ field, value }) => [field, value]));
  const words = Object.fromEntries(Object.keys(read.texts).map((field) => [field, known.get(field) ?? ERASED]));
  return Object.assign(read, { texts: words });
}
