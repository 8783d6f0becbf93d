import { sameBytes, toBase64 } from '../record/bytes.ts';
import type { Hash } from '../record/tree.ts';
import { damageOf, rootsAt } from './damage.ts';
import { linesOf, type PackFiles, textOf } from './files.ts';
import type { SignedHead } from './heads.ts';
import type { PackLine } from './lines.ts';
import type { CheckpointVerdict, Problem } from './verdict.ts';

/** The tree over the lines of a pack, held against leaves.txt and every checkpoint. */
export type HeldTree = {
  root: Hash;
  /** The root at the size of each checkpoint; none where fewer entries are here. */
  rootAt: (size: number) => Hash | undefined;
  problems: Problem[];
};

/** One tree over all lines, and where it parts from what was witnessed. */
export function holdTree(pack: PackFiles, lines: PackLine[], heads: SignedHead[]): HeldTree {
  const actual = lines.map(({ leaf }) => leaf);
  const { listed, problems } = readLeaves(pack.get('leaves.txt'), actual);
  const published = publishedHeads(lines);
  const roots = rootsAt(actual, [actual.length, ...[...heads, ...published].map(({ size }) => size)]);
  const rootAt = (size: number): Hash | undefined => roots.get(size);
  const binding = heads.filter(({ from, signature }) => from === 'outside' || signature === 'valid' || signature === 'unchecked');
  const broken = heads.filter((head) => !holds(head, rootAt)).map(rootProblem);
  const contradicted = published.filter(
    ({ size, root, seq }) => size >= seq || toBase64(rootAt(size) ?? new Uint8Array()) !== root,
  );
  return {
    root: roots.get(actual.length) ?? new Uint8Array(32),
    rootAt,
    problems: [...damageOf(actual, roots, listed, binding), ...problems, ...broken, ...contradicted.map(publishedProblem)],
  };
}

function readLeaves(bytes: Uint8Array | undefined, actual: string[]): { listed: string[]; problems: Problem[] } {
  const problem = (message: string): Problem => ({ kind: 'leaves', file: 'leaves.txt', message });
  if (bytes === undefined) return { listed: actual, problems: [problem('leaves.txt is missing.')] };
  const { lines, complete } = linesOf(bytes);
  const listed = lines.map((line) => textOf(line) ?? '');
  return { listed, problems: complete ? [] : [problem('leaves.txt does not end in a line feed.')] };
}

const holds = ({ size, root }: SignedHead, rootAt: HeldTree['rootAt']): boolean =>
  sameBytes(rootAt(size) ?? new Uint8Array(), root);

function rootProblem({ size, where, from }: SignedHead): Problem {
  const message = `the first ${size} entries here do not lead to the root of ${where}.`;
  return { kind: 'checkpoint', ...(from === 'pack' ? { file: where } : {}), message };
}

type Published = { seq: number; size: number; root: string };

/** Heads that the record itself says were published: heads of this very record, except in the standing one, which tells of others. */
function publishedHeads(lines: PackLine[]): Published[] {
  return lines.flatMap(({ seq, entry }) => {
    if (entry?.kind !== 'checkpoint.published' || entry.of === 'standing') return [];
    return [{ seq, size: Number(entry.body.size), root: String(entry.body.root) }];
  });
}

function publishedProblem({ seq, size }: Published): Problem {
  const message = `entry ${seq} says that a head of ${size} entries was published, and the entries here lead to another root.`;
  return { kind: 'checkpoint', seq, message };
}

/** What each checkpoint is worth: one line per size and root, wherever its copies were found. */
export function checkpointVerdicts(heads: SignedHead[], rootAt: HeldTree['rootAt']): CheckpointVerdict[] {
  const verdicts = new Map<string, CheckpointVerdict>();
  for (const head of heads) {
    const name = `${head.size} ${toBase64(head.root)}`;
    const earlier = verdicts.get(name);
    const ok = holds(head, rootAt) && isSound(head) && earlier?.ok !== false;
    verdicts.set(name, { size: head.size, ok, witnessed: head.from === 'outside' || earlier?.witnessed === true });
  }
  return [...verdicts.values()].sort((a, b) => a.size - b.size);
}

const isSound = ({ signature, from }: SignedHead): boolean =>
  signature === 'valid' || signature === 'unchecked' || (signature === 'none' && from === 'outside');
