import type { Reading, Token } from './reading.ts';
import type { Mention } from './values/mention.ts';
import { sameKey } from './values/mention.ts';

/** "14 of 23 machines": how many, of how many. */
export type Part = { part: Mention; whole: Mention };

const DETERMINER = /^(?:the|our|your|their|its|his|her|all|these|those|a|total|about|some|around|managed|own|my|\w+'s?)$/;
const THEM = /^(?:them|those|these|which|whom)$/;

const number = (token: Token | undefined): Mention | undefined => (token?.mention?.type === 'number' ? token.mention : undefined);

/** The number that "of" leads to: "of our 47 clients". */
function afterOf(tokens: Token[], of: number): number {
  for (let at = of + 1; at <= of + 4; at++) {
    const token = tokens[at];
    if (number(token) !== undefined) return at;
    if (token === undefined || !(DETERMINER.test(token.lower) || /^\p{Lu}/u.test(token.text))) return -1;
  }
  return -1;
}

/** Where "of" stands that takes a part: right behind the number, or behind "out", at most two words on. */
function ofBehind(tokens: Token[], at: number): number {
  if (tokens[at + 1]?.lower === 'of') return at + 1;
  for (let next = at + 1; next <= at + 4; next++) {
    const token = tokens[next];
    if (token === undefined || token.broken) return -1;
    if (token.lower === 'out' && tokens[next + 1]?.lower === 'of') return next + 1;
  }
  return -1;
}

/** The last number said; of "41 of the 58" the 41. */
function before(tokens: Token[], at: number): Mention | undefined {
  const last = tokens.findLastIndex((token, place) => place < at && number(token) !== undefined);
  const part =
    last < 0 ? -1 : tokens.findLastIndex((token, place) => place < last && place >= last - 5 && number(token) !== undefined);
  const of = part >= 0 && ofBehind(tokens, part);
  return number(tokens[of !== false && of > 0 && afterOf(tokens, of) === last ? part : last]);
}

const known = new WeakMap<Reading, Part[]>();

/** Every part and whole that a text sets against each other. */
export function partsOf(reading: Reading): Part[] {
  const parts = known.get(reading) ?? reading.tokens.flatMap((_, at) => partAt(reading.tokens, at));
  known.set(reading, parts);
  return parts;
}

function partAt(tokens: Token[], at: number): Part[] {
  const own = number(tokens[at]);
  if (own !== undefined) return countedAt(tokens, at, own);
  if (tokens[at]?.lower !== 'of') return [];
  if (THEM.test(tokens[at + 1]?.lower ?? '')) return pair(number(tokens[at + 2]), before(tokens, at));
  const opens =
    at === 0 || (tokens[at - 1]?.broken === true && tokens[at - 1]?.mention === undefined) || tokens[at - 1]?.lower === 'and';
  const whole = opens ? afterOf(tokens, at) : -1;
  return whole < 0 ? [] : pair(firstAfter(tokens, whole), number(tokens[whole]));
}

function countedAt(tokens: Token[], at: number, own: Mention): Part[] {
  const of = ofBehind(tokens, at);
  if (of < 0) return [];
  if (THEM.test(tokens[of + 1]?.lower ?? '')) return pair(own, before(tokens, at));
  const whole = afterOf(tokens, of);
  return whole < 0 ? [] : pair(own, number(tokens[whole]));
}

/** "Of your 58 computers, 41 have ...": behind the comma, where there is one before the next value. */
function firstAfter(tokens: Token[], whole: number): Mention | undefined {
  const comma = tokens.findIndex((token, at) => at > whole && at < whole + 9 && token.text === ',');
  const from = comma < 0 ? whole : comma;
  return number(tokens.find((token, at) => at > from && number(token) !== undefined));
}

const pair = (part: Mention | undefined, whole: Mention | undefined): Part[] =>
  part === undefined || whole === undefined || part === whole ? [] : [{ part, whole }];

export const samePart = (a: Part, b: Part): boolean => sameKey(a.part, b.part) && sameKey(a.whole, b.whole);
