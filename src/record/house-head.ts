import { toBase64, utf8 } from './bytes.ts';
import { canonical } from './canonical.ts';
import { type Hash, inclusionProof, leafHash, rootOfLeaves } from './tree.ts';

/**
 * The head of a house: one tree over the heads of all its records, salted, so that a single line in a witness channel pins every record
 * and shows nobody how many incidents there are, or whose. A leaf can be shown later, with its salt, and proved to have been in it.
 */
export type RecordHeadLine = { record: string; size: number; root: string; salt: string };

/** Leaf of one record's head: the RFC 6962 leaf hash of its canonical JSON. The salt is 32 random bytes, base64. */
export const headLeaf = ({ record, size, root, salt }: RecordHeadLine): Hash =>
  leafHash(utf8(canonical({ record, size, root, salt })));

/** The tree is made anew each time, in the order of the leaves' hashes: the place of a leaf tells nothing either. */
export function houseTree(heads: RecordHeadLine[]): { heads: RecordHeadLine[]; root: Hash } {
  const sorted = heads.map((head) => ({ head, key: toBase64(headLeaf(head)) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const ordered = sorted.map(({ head }) => head);
  return { heads: ordered, root: rootOfLeaves(ordered.map(headLeaf)) };
}

/** What proves that a record's head stood in a house head: its leaf, its place and the hashes beside the path. */
export function proofOf(
  heads: RecordHeadLine[],
  record: string,
): { head: RecordHeadLine; index: number; proof: string[] } | undefined {
  const index = heads.findIndex((head) => head.record === record);
  const head = heads[index];
  return head === undefined ? undefined : { head, index, proof: inclusionProof(heads.map(headLeaf), index).map(toBase64) };
}
