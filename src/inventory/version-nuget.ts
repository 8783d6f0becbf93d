import type { Order } from './version-order.ts';

/** NuGet: up to four numbers, then a semver prerelease compared without case; build metadata does not count. */
export const nugetOrder: Order = (a, b) => {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) return undefined;
  for (const [at, part] of left.numbers.entries()) {
    const other = right.numbers[at] ?? 0n;
    if (part !== other) return part < other ? -1 : 1;
  }
  return comparePrerelease(left.pre, right.pre);
};

type Parsed = { numbers: bigint[]; pre: string[] };

function parse(version: string): Parsed | undefined {
  const match = /^v?(\d+(?:\.\d+){0,3})(?:-([\da-z.-]+))?(?:\+.*)?$/i.exec(version.trim());
  if (match?.[1] === undefined) return undefined;
  const numbers = match[1].split('.').map((part) => BigInt(part));
  while (numbers.length < 4) numbers.push(0n);
  return { numbers, pre: match[2]?.toLowerCase().split('.') ?? [] };
}

function comparePrerelease(a: string[], b: string[]): number {
  if (a.length === 0 || b.length === 0) return b.length - a.length === 0 ? 0 : a.length === 0 ? 1 : -1;
  for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
    const order = compareIdentifiers(a[at], b[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1;
  const numeric = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numeric[0] && numeric[1]) return BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0;
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
