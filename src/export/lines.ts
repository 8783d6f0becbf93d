import { toBase64 } from '../record/bytes.ts';
import { type Line, readLine } from '../record/entry.ts';
import { leafHash } from '../record/tree.ts';
import { isObject, linesOf, textOf } from './files.ts';
import type { Problem } from './verdict.ts';

/** One line of `record.jsonl`: an entry, or the bare leaf hash of one that is withheld, or something that is neither. */
export type PackLine = {
  /** 1-based place in the file: the sequence number it must carry. */
  seq: number;
  /** Leaf hash, base64. */
  leaf: string;
  entry?: Line;
  withheld: boolean;
};

export type ReadRecord = { lines: PackLine[]; problems: Problem[] };

/** Reads `record.jsonl`: every line canonical, of the format, in sequence, and of one record. */
export function readRecord(bytes: Uint8Array): ReadRecord {
  const { lines: raw, complete } = linesOf(bytes);
  const problems: Problem[] = [];
  const lines = raw.map((line, index) => {
    const read = readPackLine(line, index + 1);
    if (typeof read.fault === 'string') problems.push(malformed(index + 1, read.fault));
    return read.line;
  });
  if (!complete) problems.push(malformed(lines.length, 'the file does not end in a line feed'));
  return { lines, problems: [...problems, ...sequence(lines), ...oneRecord(lines)] };
}

const malformed = (seq: number, fault: string): Problem => ({
  kind: 'malformed',
  seq,
  file: 'record.jsonl',
  message: `line ${seq} of record.jsonl is no entry: ${fault}.`,
});

function readPackLine(bytes: Uint8Array, seq: number): { line: PackLine; fault?: string } {
  const text = textOf(bytes);
  const bare = text === undefined ? undefined : bareLeaf(text);
  if (bare !== undefined) return { line: { seq, leaf: bare, withheld: true } };
  const line = { seq, leaf: toBase64(leafHash(bytes)), withheld: false };
  if (text === undefined) return { line, fault: 'it is not UTF-8' };
  const entry = readLine(text);
  if (typeof entry === 'string') return { line, fault: entry };
  const fault = faultOf(entry);
  return fault === undefined ? { line: { ...line, entry } } : { line: { ...line, entry }, fault };
}

/** The hash in `{"leaf":"<base64>"}`, spelled exactly so. */
function bareLeaf(text: string): string | undefined {
  const hash = /^\{"leaf":"([A-Za-z0-9+/]{43}=)"\}$/.exec(text)?.[1];
  return isHash(hash) ? hash : undefined;
}

/** Base64 in its one canonical spelling, by pattern: the last digit carries fewer bits than the others. */
const BASE64_32 = /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/;
const BASE64_16 = /^[A-Za-z0-9+/]{21}[AQgw]==$/;

/** Whether a value is the base64 of a hash: 32 bytes. */
export const isHash = (value: unknown): value is string => typeof value === 'string' && BASE64_32.test(value);

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/;
const isWord = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isInstant = (value: unknown): boolean => typeof value === 'string' && INSTANT.test(value);

const FIELDS: [keyof Line, string, (value: unknown) => boolean][] = [
  ['record', 'a word', isWord],
  ['of', 'a word', isWord],
  ['seq', 'an integer', Number.isSafeInteger],
  ['nonce', '16 bytes in base64', (value) => typeof value === 'string' && BASE64_16.test(value)],
  ['at', 'an instant in UTC', isInstant],
  ['occurred', 'an instant in UTC', (value) => value === undefined || isInstant(value)],
  ['actor', 'a word', isWord],
  ['via', 'a word', isWord],
  ['label', 'a word', isWord],
  ['drill', 'true or false', (value) => typeof value === 'boolean'],
  ['ref', '32 bytes in base64', (value) => value === undefined || isHash(value)],
  ['kind', 'a word', isWord],
  ['body', 'an object', isObject],
  ['texts', 'commitments of 32 bytes', (value) => isObject(value) && Object.values(value).every(isHash)],
];

/** Kinds, labels and ways of identification are open here: an older verifier must accept a younger record. */
function faultOf(line: Line): string | undefined {
  const wrong = FIELDS.find(([field, , holds]) => !holds(line[field]));
  return wrong === undefined ? undefined : `"${wrong[0]}" is not ${wrong[1]}`;
}

/** The first break of the sequence; what follows it is shifted, and would only repeat it. */
function sequence(lines: PackLine[]): Problem[] {
  const broken = lines.find(({ entry, seq }) => entry !== undefined && entry.seq !== seq);
  if (broken?.entry === undefined) return [];
  const elsewhere = lines.some(({ entry }) => entry?.seq === broken.seq);
  const told = broken.entry.seq;
  const kind = elsewhere ? (twice(lines, told) ? 'added' : 'reordered') : told > broken.seq ? 'dropped' : 'added';
  const message = `at line ${broken.seq} of record.jsonl stands the entry that calls itself ${told}.`;
  return [{ kind, seq: broken.seq, file: 'record.jsonl', message }];
}

const twice = (lines: PackLine[], seq: number): boolean => lines.filter(({ entry }) => entry?.seq === seq).length > 1;

function oneRecord(lines: PackLine[]): Problem[] {
  const first = lines.find(({ entry }) => entry !== undefined)?.entry;
  const stray = lines.find(({ entry }) => entry !== undefined && (entry.record !== first?.record || entry.of !== first?.of));
  if (stray?.entry === undefined) return [];
  const message = `entry ${stray.seq} is of ${stray.entry.of} "${stray.entry.record}", the first one of ${first?.of} "${first?.record}".`;
  return [{ kind: 'other-record', seq: stray.seq, file: 'record.jsonl', message }];
}
