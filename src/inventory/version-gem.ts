import type { Order } from './version-order.ts';

/** Gem::Version: a segment with letters marks a prerelease and sorts below numbers; trailing zeros do not count. */
export const gemOrder: Order = (a, b) => {
  const left = segments(a);
  const right = segments(b);
  if (left === undefined || right === undefined) return undefined;
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareSegments(left[at] ?? 0n, right[at] ?? 0n);
    if (order !== 0) return order;
  }
  return 0;
};

type Segment = bigint | string;

function segments(version: string): Segment[] | undefined {
  const trimmed = version.trim().replace(/^v(?=\d)/i, '');
  if (!/^\d[\da-z]*([.-][\da-z]+)*$/i.test(trimmed)) return undefined;
  const all = (trimmed.replaceAll('-', '.pre.').match(/\d+|[a-z]+/gi) ?? []).map(
    (part): Segment => (/^\d/.test(part) ? BigInt(part) : part),
  );
  const letters = all.findIndex((part) => typeof part === 'string');
  const head = letters === -1 ? all : all.slice(0, letters);
  return [...withoutZeros(head), ...withoutZeros(letters === -1 ? [] : all.slice(letters))];
}

function withoutZeros(parts: Segment[]): Segment[] {
  const end = parts.findLastIndex((part) => part !== 0n);
  return parts.slice(0, end + 1);
}

function compareSegments(a: Segment, b: Segment): number {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === 'string' ? -1 : 1;
}
