import { fromBase64, sameBytes } from '../record/bytes.ts';
import { emptyFrontier, grow, type Hash, rootOf } from '../record/tree.ts';
import { isHash } from './lines.ts';
import type { Problem, ProblemKind } from './verdict.ts';

/** A tree head that the entries are held against. */
export type Head = { size: number; root: Hash };

/** The roots of a list of leaves at every wanted size, in one pass. A size beyond the list has none. */
export function rootsAt(leaves: string[], sizes: Iterable<number>): Map<number, Hash> {
  const wanted = new Set(sizes);
  const roots = new Map<number, Hash>();
  let frontier = emptyFrontier();
  if (wanted.has(0)) roots.set(0, rootOf(frontier));
  for (const leaf of leaves) {
    frontier = grow(frontier, hashOf(leaf));
    if (wanted.has(frontier.size)) roots.set(frontier.size, rootOf(frontier));
  }
  return roots;
}

/** A line of leaves.txt that is no hash at all leads to no head. */
const hashOf = (leaf: string): Hash => (isHash(leaf) ? fromBase64(leaf) : new Uint8Array(32));

const matches = (roots: Map<number, Hash>, { size, root }: Head): boolean => sameBytes(roots.get(size) ?? new Uint8Array(), root);

/**
 * Where and how the entries differ from what was witnessed. `leaves.txt` lists the leaf hashes: while it matches a head
 * it is as good as that head and names the first damaged entry; where it was rewritten too, the damage can only be placed
 * between two heads. `here` are the roots of `actual` at the size of every head.
 */
export function damageOf(actual: string[], here: Map<number, Hash>, listed: string[], heads: Head[]): Problem[] {
  const ordered = [...heads].sort((a, b) => a.size - b.size);
  const failing = ordered.find((head) => !matches(here, head));
  const split = differs(actual, listed);
  if (failing === undefined) return split < 0 ? [] : [beyondHeads(actual, listed, split, ordered.at(-1)?.size ?? 0)];
  if (split >= 0 && split < failing.size && matches(rootsAt(listed, [failing.size]), failing))
    return [differenceAt(actual, listed, split)];
  if (actual.length < failing.size) return [cutOff(actual.length, failing.size)];
  const good = ordered.filter((head) => head.size < failing.size && matches(here, head)).at(-1)?.size ?? 0;
  return [rehashed(good + 1, failing.size)];
}

function differs(actual: string[], listed: string[]): number {
  for (let i = 0; i < Math.max(actual.length, listed.length); i++) if (actual[i] !== listed[i]) return i;
  return -1;
}

function beyondHeads(actual: string[], listed: string[], at: number, covered: number): Problem {
  if (at >= covered) return differenceAt(actual, listed, at);
  const message = `line ${at + 1} of leaves.txt was altered; entry ${at + 1} itself still matches its checkpoint.`;
  return { kind: 'leaves', seq: at + 1, file: 'leaves.txt', message };
}

function cutOff(entries: number, size: number): Problem {
  const message = `a checkpoint covers ${size} entries and only ${entries} are here: entry ${entries + 1} and what follows was dropped.`;
  return { kind: 'dropped', seq: entries + 1, message };
}

function rehashed(from: number, to: number): Problem {
  const where = from === to ? `entry ${from}` : `one or more of the entries ${from} to ${to}`;
  const message = `${where} changed, and leaves.txt was rewritten to match: the entries no longer lead to the checkpoint of ${to}.`;
  return { kind: 're-hashed', seq: from, message };
}

const SENTENCE: Partial<Record<ProblemKind, (seq: number) => string>> = {
  changed: (seq) => `entry ${seq} was changed.`,
  dropped: (seq) => `entry ${seq} was dropped.`,
  added: (seq) => `at entry ${seq} something was added that was not there before.`,
  reordered: (seq) => `from entry ${seq} on, the order was changed.`,
};

function differenceAt(actual: string[], listed: string[], at: number): Problem {
  const kind = difference(actual, listed, at);
  const seq = at + 1;
  return { kind, seq, message: SENTENCE[kind]?.(seq) ?? `entry ${seq} differs.` };
}

/** What turned `listed` into `actual`, judged at the first place where they part. */
function difference(actual: string[], listed: string[], at: number): ProblemKind {
  const [is, was] = [actual[at], listed[at]];
  if (is === undefined) return 'dropped';
  if (was === undefined) return 'added';
  if (actual.length > listed.length && actual[at + 1] === was) return 'added';
  if (actual.length < listed.length && listed[at + 1] === is) return 'dropped';
  const [wasKept, isKnown] = [actual.includes(was), listed.includes(is)];
  if (wasKept && isKnown) return 'reordered';
  if (wasKept) return 'added';
  return isKnown ? 'dropped' : 'changed';
}
