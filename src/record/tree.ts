import { concat, sameBytes } from './bytes.ts';
import { sha256 } from './sha256.ts';

/**
 * The Merkle tree of RFC 6962 and RFC 9162 over the lines of one record.
 * A leaf is the hash of a line; the root is the tree head that a checkpoint signs.
 */
export type Hash = Uint8Array;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (line: Uint8Array): Hash => sha256(concat(LEAF, line));
const nodeHash = (left: Hash, right: Hash): Hash => sha256(concat(NODE, left, right));

/** The complete subtrees of a tree, largest first: all that is needed to append and to tell the root. */
export type Frontier = { size: number; peaks: Hash[] };

export const emptyFrontier = (): Frontier => ({ size: 0, peaks: [] });

/** The frontier after one more leaf. The old one stays as it was. */
export function grow(frontier: Frontier, leaf: Hash): Frontier {
  const peaks = [...frontier.peaks, leaf];
  for (let n = frontier.size; n % 2 === 1; n = Math.floor(n / 2)) {
    const right = peaks.pop() as Hash;
    const left = peaks.pop() as Hash;
    peaks.push(nodeHash(left, right));
  }
  return { size: frontier.size + 1, peaks };
}

/** The tree head; of no leaves, the hash of nothing (RFC 9162, 2.1.1). */
export function rootOf({ peaks }: Frontier): Hash {
  const last = peaks.at(-1);
  return last === undefined
    ? sha256(new Uint8Array())
    : peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left, right), last);
}

export const frontierOf = (leaves: Hash[]): Frontier => leaves.reduce(grow, emptyFrontier());

export const rootOfLeaves = (leaves: Hash[]): Hash => rootOf(frontierOf(leaves));

/** The largest power of two below `size`. */
function split(size: number): number {
  let k = 1;
  while (k * 2 < size) k *= 2;
  return k;
}

/** The hashes that prove that leaf `index` stands in the tree of `leaves` (RFC 9162, 2.1.3.1). */
export function inclusionProof(leaves: Hash[], index: number): Hash[] {
  if (leaves.length <= 1) return [];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return index < k
    ? [...inclusionProof(left, index), rootOfLeaves(right)]
    : [...inclusionProof(right, index - k), rootOfLeaves(left)];
}

/** The root that an inclusion proof leads to, or undefined where the proof has the wrong length. */
export function rootFromInclusion(leaf: Hash, index: number, size: number, proof: Hash[]): Hash | undefined {
  if (index >= size) return undefined;
  if (size === 1) return proof.length === 0 ? leaf : undefined;
  const k = split(size);
  const sibling = proof.at(-1);
  if (sibling === undefined) return undefined;
  const rest = proof.slice(0, -1);
  const inner = index < k ? rootFromInclusion(leaf, index, k, rest) : rootFromInclusion(leaf, index - k, size - k, rest);
  if (inner === undefined) return undefined;
  return index < k ? nodeHash(inner, sibling) : nodeHash(sibling, inner);
}

/** The hashes that prove that the first `size` leaves are a prefix of all of them (RFC 9162, 2.1.4.1). */
export function consistencyProof(leaves: Hash[], size: number): Hash[] {
  return size === 0 || size >= leaves.length ? [] : subproof(leaves, size, true);
}

function subproof(leaves: Hash[], size: number, whole: boolean): Hash[] {
  if (size === leaves.length) return whole ? [] : [rootOfLeaves(leaves)];
  const k = split(leaves.length);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return size <= k
    ? [...subproof(left, size, whole), rootOfLeaves(right)]
    : [...subproof(right, size - k, false), rootOfLeaves(left)];
}

/** Whether `proof` shows that the tree (`size`, `root`) is a prefix of the tree (`newSize`, `newRoot`). */
export function isConsistent(size: number, root: Hash, newSize: number, newRoot: Hash, proof: Hash[]): boolean {
  if (size > newSize) return false;
  if (size === newSize) return proof.length === 0 && sameBytes(root, newRoot);
  if (size === 0) return proof.length === 0;
  const walk = climb(size, newSize, true, root, [...proof]);
  return walk !== undefined && walk.rest.length === 0 && sameBytes(walk.old, root) && sameBytes(walk.now, newRoot);
}

type Walk = { old: Hash; now: Hash; rest: Hash[] };

function climb(size: number, newSize: number, whole: boolean, root: Hash, proof: Hash[]): Walk | undefined {
  if (size === newSize) {
    const hash = whole ? root : proof.shift();
    return hash === undefined ? undefined : { old: hash, now: hash, rest: proof };
  }
  const k = split(newSize);
  const walk = size <= k ? climb(size, k, whole, root, proof) : climb(size - k, newSize - k, false, root, proof);
  const sibling = walk?.rest.shift();
  if (walk === undefined || sibling === undefined) return undefined;
  return size <= k
    ? { old: walk.old, now: nodeHash(walk.now, sibling), rest: walk.rest }
    : { old: nodeHash(sibling, walk.old), now: nodeHash(sibling, walk.now), rest: walk.rest };
}
