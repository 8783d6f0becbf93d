import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { fromBase64, fromUtf8, toBase64, utf8 } from '../src/record/bytes.ts';
import { canonical } from '../src/record/canonical.ts';
import { checkpointText, printKey, signedNote } from '../src/record/checkpoint.ts';
import { leafHash, rootOfLeaves } from '../src/record/tree.ts';
import type { House } from './export-fixture.ts';

/** How far the liar went after changing the lines. */
export const DEPTHS = [
  'lines only',
  'manifest too',
  'leaves and manifest too',
  'renumbered and re-hashed',
  're-signed with a key of their own',
] as const;
export type Depth = (typeof DEPTHS)[number];

export type Tamper = {
  how: 'edit' | 'drop' | 'add' | 'swap' | 'double' | 'byte';
  at: number;
  other: number;
  byte: number;
  depth: Depth;
};

/** A lie about one of the first `size` entries. */
export const lieWithin = (size: number): fc.Arbitrary<Tamper> =>
  fc.record({
    how: fc.constantFrom('edit', 'drop', 'add', 'swap', 'double', 'byte'),
    at: fc.integer({ min: 1, max: size }),
    other: fc.integer({ min: 1, max: size - 1 }),
    byte: fc.nat(),
    depth: fc.constantFrom(...DEPTHS),
  });

export type Pack = Map<string, Uint8Array>;

export const linesIn = (pack: Pack, path = 'record.jsonl'): string[] => fromUtf8(pack.get(path)!).split('\n').slice(0, -1);
const joined = (lines: string[]): Uint8Array => utf8(lines.map((line) => `${line}\n`).join(''));

/** The pack after the lie. `liar` is a house of their own, for the deepest of them. */
export function tampered(pack: Pack, lie: Tamper, liar: House): Pack {
  const files = new Map(pack);
  const changed = lie.how === 'byte' ? lines(byteChanged(files.get('record.jsonl')!, lie)) : told(linesIn(files), lie);
  files.set('record.jsonl', changed instanceof Uint8Array ? changed : joined(changed));
  return covered(files, lie.depth, liar);
}

const lines = (bytes: Uint8Array): Uint8Array => bytes;

/** Changes one byte of the line `at` (not its line feed). */
function byteChanged(bytes: Uint8Array, { at, byte }: Tamper): Uint8Array {
  const starts = [0, ...[...bytes].flatMap((value, i) => (value === 10 ? [i + 1] : []))];
  const [from, to] = [starts[at - 1]!, starts[at]! - 1];
  const changed = bytes.slice();
  const where = from + (byte % (to - from));
  changed[where] = (changed[where]! + 1 + (byte % 254)) % 256;
  return changed;
}

function told(all: string[], { how, at, other, byte }: Tamper): string[] {
  const line = all[at - 1]!;
  const target = (at - 1 + other) % all.length;
  const rest = all.toSpliced(at - 1, 1);
  if (how === 'edit') return all.with(at - 1, edited(line, byte));
  if (how === 'drop') return rest;
  if (how === 'add') return all.toSpliced(at - 1, 0, edited(all[target]!, byte));
  if (how === 'double') return all.toSpliced(at - 1, 0, line);
  return all.with(at - 1, all[target]!).with(target, line);
}

/** A lie of meaning, canonical again: another actor, time or label. */
function edited(line: string, byte: number): string {
  const entry = JSON.parse(line);
  const lies = [
    { actor: `${entry.actor}x` },
    { at: '2020-01-01T00:00:00Z' },
    { label: entry.label === 'open' ? 'internal' : 'open' },
    { drill: !entry.drill },
  ];
  return canonical({ ...entry, ...lies[byte % lies.length] });
}

/** Covers the tracks as deep as asked. Lines that are no JSON any more cannot be renumbered and stay. */
export function covered(files: Pack, depth: Depth, liar: House): Pack {
  const deep = DEPTHS.indexOf(depth);
  if (deep >= 3)
    files.set('record.jsonl', joined(linesOrBytes(files).map((line, i) => renumbered(line, i + 1, deep >= 4 ? liar : undefined))));
  const leaves = splitBytes(files.get('record.jsonl')!).map(leafOf);
  if (deep >= 2) files.set('leaves.txt', joined(leaves.map(toBase64)));
  if (deep >= 4) resign(files, leaves, liar);
  if (deep >= 1) remanifest(files);
  return files;
}

const linesOrBytes = (files: Pack): string[] => new TextDecoder().decode(files.get('record.jsonl')!).split('\n').slice(0, -1);

function splitBytes(bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0, end = bytes.indexOf(10); end >= 0; start = end + 1, end = bytes.indexOf(10, start))
    parts.push(bytes.slice(start, end));
  return parts;
}

function leafOf(line: Uint8Array): Uint8Array {
  const bare = /^\{"leaf":"([^"]+)"\}$/.exec(new TextDecoder().decode(line))?.[1];
  return bare === undefined ? leafHash(line) : fromBase64(bare);
}

function renumbered(line: string, seq: number, liar: House | undefined): string {
  try {
    const entry = JSON.parse(line);
    const own = liar !== undefined && entry.kind === 'key.shown' ? { body: { verifierKey: printKey(liar.name, liar.key) } } : {};
    return canonical({ ...entry, seq, ...own });
  } catch {
    return line;
  }
}

function resign(files: Pack, leaves: Uint8Array[], { name, key, signed }: House): void {
  files.set('keys.txt', utf8(`${printKey(name, key)}\n`));
  for (const path of [...files.keys()].filter((each) => each.startsWith('checkpoints/'))) {
    const size = Math.min(Number(fromUtf8(files.get(path)!).split('\n')[1]), leaves.length);
    const text = checkpointText({ origin: `${name}/inc-test`, size, root: rootOfLeaves(leaves.slice(0, size)) });
    files.set(path, utf8(signedNote(text, name, key, signed(utf8(text)))));
  }
}

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Makes the manifest say what is there now, texts included that name no entry any more. */
export function remanifest(files: Pack): void {
  const manifest = JSON.parse(fromUtf8(files.get('manifest.json')!));
  const leaves = splitBytes(files.get('record.jsonl')!).map(leafOf);
  Object.assign(manifest, {
    entries: leaves.length,
    root: toBase64(rootOfLeaves(leaves)),
    files: [...files]
      .filter(([path]) => path !== 'manifest.json')
      .map(([path, bytes]) => ({ path, sha256: digest(bytes), bytes: bytes.length })),
  });
  files.set('manifest.json', utf8(JSON.stringify(manifest)));
}
