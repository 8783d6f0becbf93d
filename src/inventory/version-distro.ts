/** Versions of Linux distributions' packages: Debian's and RPM's (`epoch:version-release`, `~` before everything), and Alpine's. */
import type { Order } from './version-order.ts';

/** Debian Policy 5.6.12: epoch, upstream version, revision. */
export const debianOrder: Order = (a, b) => byParts(a, b, compareDebian);

/** rpmvercmp: epoch, version, release; runs of digits beat runs of letters, `~` sorts below and `^` above the end. */
export const rpmOrder: Order = (a, b) => byParts(a, b, compareRpm);

function byParts(a: string, b: string, compare: (a: string, b: string) => number): number | undefined {
  const [left, right] = [parts(a), parts(b)];
  if (left === undefined || right === undefined) return undefined;
  if (left.epoch !== right.epoch) return left.epoch < right.epoch ? -1 : 1;
  return (
    compare(left.version, right.version) ||
    (left.release === '' || right.release === ''
      ? left.release.length - right.release.length
      : compare(left.release, right.release))
  );
}

function parts(text: string): { epoch: bigint; version: string; release: string } | undefined {
  const match = /^(?:(\d+):)?([\dA-Za-z][\w.+~^:-]*?)(?:-([\w.+~^]+))?$/.exec(text.trim());
  return match?.[2] === undefined ? undefined : { epoch: BigInt(match[1] ?? 0), version: match[2], release: match[3] ?? '' };
}

function compareDebian(a: string, b: string): number {
  let [left, right] = [a, b];
  while (left !== '' || right !== '') {
    const [words, others] = [/^\D*/.exec(left)?.[0] ?? '', /^\D*/.exec(right)?.[0] ?? ''];
    for (let at = 0; at < Math.max(words.length, others.length); at += 1) {
      const order = weight(words[at]) - weight(others[at]);
      if (order !== 0) return order;
    }
    left = left.slice(words.length);
    right = right.slice(others.length);
    const [digits, other] = [/^\d*/.exec(left)?.[0] ?? '', /^\d*/.exec(right)?.[0] ?? ''];
    const order = compareNumbers(digits, other);
    if (order !== 0) return order;
    left = left.slice(digits.length);
    right = right.slice(other.length);
  }
  return 0;
}

/** A tilde sorts before the end, letters before everything else. */
function weight(letter: string | undefined): number {
  if (letter === undefined) return 0;
  if (letter === '~') return -1;
  return /[A-Za-z]/.test(letter) ? letter.charCodeAt(0) : letter.charCodeAt(0) + 256;
}

function compareNumbers(a: string, b: string): number {
  const [left, right] = [BigInt(a === '' ? 0 : a), BigInt(b === '' ? 0 : b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareRpm(a: string, b: string): number {
  const [left, right] = [a.match(RUNS) ?? [], b.match(RUNS) ?? []];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const order = compareRuns(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

const RUNS = /\d+|[A-Za-z]+|~|\^/g;

function compareRuns(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === '~' || b === '~') return a === '~' ? -1 : 1;
  if (a === undefined || b === undefined) return a === undefined ? -1 : 1;
  if (a === '^' || b === '^') return a === '^' ? -1 : 1;
  const [number, other] = [/^\d/.test(a), /^\d/.test(b)];
  if (number && other) return compareNumbers(a, b);
  if (number !== other) return number ? 1 : -1;
  return a < b ? -1 : 1;
}

const SUFFIXES = ['alpha', 'beta', 'pre', 'rc', '', 'cvs', 'svn', 'git', 'hg', 'p'];

/** apk: numbers, a letter, suffixes such as `_rc1` and `_p2`, and the build `-r3`. */
export const alpineOrder: Order = (a, b) => {
  const [left, right] = [apk(a), apk(b)];
  if (left === undefined || right === undefined) return undefined;
  for (const key of ['numbers', 'letter', 'suffixes', 'build'] as const) {
    const [own, other] = [left[key], right[key]];
    for (let at = 0; at < Math.max(own.length, other.length); at += 1) {
      const order = (own[at] ?? left.fill[key]) - (other[at] ?? right.fill[key]);
      if (order !== 0) return order;
    }
  }
  return 0;
};

/** A missing number sorts below zero, a missing suffix between `rc` and `p`. */
const FILL = { numbers: -1, letter: 0, suffixes: 0, build: 0 };

function apk(text: string) {
  const match = /^(\d+(?:\.\d+)*)([a-z]?)((?:_(?:alpha|beta|pre|rc|cvs|svn|git|hg|p)\d*)*)(?:-r(\d+))?$/.exec(text.trim());
  if (match?.[1] === undefined) return undefined;
  const suffixes = [...(match[3] ?? '').matchAll(/_([a-z]+)(\d*)/g)].flatMap((each) => [
    SUFFIXES.indexOf(each[1] ?? '') - SUFFIXES.indexOf(''),
    Number(each[2] || 0),
  ]);
  return {
    numbers: match[1].split('.').map(Number),
    letter: [(match[2] ?? '').charCodeAt(0) || 0],
    suffixes,
    build: [Number(match[4] ?? 0)],
    fill: FILL,
  };
}
