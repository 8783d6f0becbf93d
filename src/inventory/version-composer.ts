import type { Order } from './version-order.ts';

/**
 * Packagist: four numbers, then a stability that sorts dev, alpha, beta, RC, stable, patch (Composer's VersionParser).
 * A branch (`dev-main`, `2.x-dev`) has no place in the order.
 */
export const composerOrder: Order = (a, b) => {
  const left = parse(a);
  const right = parse(b);
  if (left === undefined || right === undefined) return undefined;
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const [x, y] = [left[at] ?? 0n, right[at] ?? 0n];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
};

const STABILITY: Record<string, bigint> = {
  dev: -4n,
  alpha: -3n,
  a: -3n,
  beta: -2n,
  b: -2n,
  rc: -1n,
  stable: 0n,
  patch: 1n,
  pl: 1n,
  p: 1n,
};
const SHAPE =
  /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?:[-._]?(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\d+)*)?)?([.-]?dev)?(?:\+.*)?$/i;

/** Four numbers, the stability's rank, its own numbers, and -1 for a dev build of it. */
function parse(version: string): bigint[] | undefined {
  const match = SHAPE.exec(version.trim());
  if (match === null) return undefined;
  const numbers = [1, 2, 3, 4].map((group) => BigInt(match[group] ?? 0));
  const counts = (match[6]?.match(/\d+/g) ?? []).map((digits) => BigInt(digits));
  const dev = match[7] !== undefined;
  if (match[5] === undefined) return [...numbers, dev ? (STABILITY.dev ?? 0n) : 0n];
  return [...numbers, STABILITY[match[5].toLowerCase()] ?? 0n, ...counts.slice(0, 1), ...(dev ? [-1n] : [])];
}
