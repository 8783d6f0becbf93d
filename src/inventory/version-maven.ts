import type { Order } from './version-order.ts';

/**
 * Maven's order (POM reference, "Version Order Specification"): tokens split at dots, hyphens and between digits and
 * letters; `Final`, `GA` and `RELEASE` equal nothing; alpha, beta, milestone, rc and snapshot sort below nothing.
 */
export const mavenOrder: Order = (a, b) => {
  const left = tokens(a);
  const right = tokens(b);
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareTokens(left[at] ?? padding(right[at]), right[at] ?? padding(left[at]));
    if (order !== 0) return order;
  }
  return 0;
};

type Token = { hyphen: boolean; value: bigint | string };

const NOTHING = new Set(['', 'final', 'ga', 'release', '0']);
const RANKED = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const SHORT: Record<string, string> = { a: 'alpha', b: 'beta', m: 'milestone' };

function padding(opposite: Token | undefined): Token {
  return { hyphen: opposite?.hyphen ?? false, value: typeof opposite?.value === 'bigint' ? 0n : '' };
}

function tokens(version: string): Token[] {
  const parts = version
    .toLowerCase()
    .replace(/(\d)(?=[a-z])|([a-z])(?=\d)/g, (match: string, _digit, _letter, at: number, whole: string) => split(match, at, whole))
    .split(/(?=[-.])/);
  const found = parts.map((part, at) => token(part, parts[at + 1]));
  return trim(found);
}

/** `a1` is alpha 1: the letter keeps a mark that its digit follows directly. */
function split(match: string, at: number, whole: string): string {
  const single = /[a-z]/.test(match) && !/[a-z]/.test(whole[at - 1] ?? '') && SHORT[match] !== undefined;
  return `${single ? SHORT[match] : match}-`;
}

function token(part: string, _next: string | undefined): Token {
  const hyphen = part.startsWith('-');
  const text = part.replace(/^[-.]/, '');
  if (/^\d+$/.test(text)) return { hyphen, value: BigInt(text) };
  if (text === '') return { hyphen, value: 0n };
  return { hyphen, value: text === 'cr' ? 'rc' : NOTHING.has(text) ? '' : text };
}

/** Null values at the end, and before each hyphen, do not count. */
function trim(found: Token[]): Token[] {
  const kept: Token[] = [];
  for (const [at, each] of found.entries()) {
    if (at > 0 && each.hyphen) dropNulls(kept);
    kept.push(each);
  }
  dropNulls(kept);
  return kept;
}

function dropNulls(kept: Token[]): void {
  while (kept.length > 1 && NOTHING.has(String(kept.at(-1)?.value))) kept.pop();
}

function compareTokens(a: Token, b: Token): number {
  if (typeof a.value === 'string' && typeof b.value === 'string') return compareQualifiers(a.value, b.value);
  if (typeof a.value === 'string') return -1;
  if (typeof b.value === 'string') return 1;
  if (a.hyphen !== b.hyphen) return a.hyphen ? -1 : 1;
  return a.value < b.value ? -1 : a.value > b.value ? 1 : 0;
}

function compareQualifiers(a: string, b: string): number {
  const left = RANKED.indexOf(a);
  const right = RANKED.indexOf(b);
  if (left !== -1 || right !== -1) return (left === -1 ? RANKED.length : left) - (right === -1 ? RANKED.length : right);
  return a < b ? -1 : a > b ? 1 : 0;
}
