import type { Order } from './version-order.ts';

/**
 * Installed software follows no standard: numbers count as numbers, a letter or word behind them (`9.5.7a`, `HF2`,
 * `SP1`) is a later patch, a prerelease word (`rc`, `beta`) an earlier build, and missing parts are zero.
 */
export const softwareOrder: Order = (a, b) => {
  const left = parts(a);
  const right = parts(b);
  if (left === undefined || right === undefined || !sameScheme(left, right)) return undefined;
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareParts(left[at] ?? ZERO, right[at] ?? ZERO);
    if (order !== 0) return order;
  }
  return 0;
};

/** A word in front names the scheme (`SV1.70`, `FW3`); it may be left out, but two different ones have no order. */
function sameScheme(a: Part[], b: Part[]): boolean {
  const [left, right] = [schemeOf(a), schemeOf(b)];
  return left === undefined || right === undefined || left === right;
}

/** Takes the word in front off. */
function schemeOf(parts: Part[]): string | undefined {
  return parts[0]?.rank === 2 ? parts.shift()?.word : undefined;
}

/** Ranks: prerelease word 0, zero 1, patch word 2, any other number 3. */
type Part = { rank: 0 | 1 | 2 | 3; number: bigint; word: string };

const ZERO: Part = { rank: 1, number: 0n, word: '' };
const BEFORE = new Set([
  'alpha',
  'beta',
  'rc',
  'pre',
  'preview',
  'prerelease',
  'dev',
  'ea',
  'snapshot',
  'nightly',
  'canary',
  'insider',
  'milestone',
]);
/** Words that carry no order: `5.0 build 12`, `V8 (x64)`. */
const SILENT = new Set(['v', 'version', 'ver', 'release', 'build', 'x', 'bit', 'final', 'ga', 'stable', 'lts', 'r']);

function parts(version: string): Part[] | undefined {
  const found = version
    .toLowerCase()
    .replace(/\(?\b(x64|x86|64-bit|32-bit|amd64|arm64|win32|win64)\b\)?/g, ' ')
    .match(/\d+|[a-z]+/g);
  if (found === null || !found.some((text) => /^\d/.test(text))) return undefined;
  return found.filter((text) => !SILENT.has(text)).map(part);
}

function part(text: string): Part {
  if (!/^\d/.test(text)) return { rank: BEFORE.has(text) ? 0 : 2, number: 0n, word: text };
  const number = BigInt(text);
  return { rank: number === 0n ? 1 : 3, number, word: '' };
}

function compareParts(a: Part, b: Part): number {
  if (a.rank !== b.rank) return a.rank - b.rank;
  if (a.number !== b.number) return a.number < b.number ? -1 : 1;
  return a.word < b.word ? -1 : a.word > b.word ? 1 : 0;
}
