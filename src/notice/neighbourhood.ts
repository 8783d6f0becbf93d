import type { Place } from './evidence.ts';
import type { Reading, Token } from './reading.ts';
import type { Mention } from './values/mention.ts';
import { OPPOSITE_WORDS } from './words/events.ts';
import { FUNCTION } from './words/function-words.ts';
import { concept } from './words/lexicon.ts';

/** Small words that say which end of a span, or which order, a time is. */
export const POSITIONS: Record<string, string> = {
  from: 'start',
  since: 'start',
  between: 'start',
  starting: 'start',
  to: 'end',
  until: 'end',
  till: 'end',
  through: 'end',
  by: 'due',
  before: 'before',
  after: 'after',
};

/** A word of a text and how much of it belongs to one value rather than to another of its kind. */
export type Owned = { token: Token; share: number };

/** A day competes with days, a clock with clocks; "5 June at 06:00" with both. */
export function comparable(ours: Mention, theirs: Mention): boolean {
  if (ours.type !== 'time' || theirs.type !== 'time') return ours.type === theirs.type;
  const [a, b] = [ours.time, theirs.time];
  return (a?.hour !== undefined && b?.hour !== undefined) || (a?.day !== undefined && b?.day !== undefined);
}

/** Values side by side ("22:14 and 23:02") have one neighbourhood. */
export function groupOf(mention: Mention, reading: Reading): number[] {
  const at = placeOf(mention, reading);
  const group = [at];
  for (const step of [-1, 1]) {
    for (let next = at + step; joined(reading.tokens[next], mention); next += step)
      if (reading.tokens[next]?.mention !== undefined) group.push(next);
  }
  return group;
}

const joined = (token: Token | undefined, mention: Mention) =>
  token !== undefined &&
  (/^(?:,|and|or|to|\/|&|-)$/.test(token.lower) || (token.mention !== undefined && comparable(mention, token.mention)));

export function placeOf(mention: Mention, reading: Reading): number {
  return reading.tokens.findIndex((it) => it.start === mention.start);
}

/** How near a word is to a value: nearer is heavier, another clause weighs less, another value in between stands in the way. */
function nearness(group: number[], index: number, tokens: Token[], rivals: number[][] = []): number {
  return Math.max(
    ...group.map((at) => {
      const [low, high] = at < index ? [at, index] : [index, at];
      const between = tokens.slice(low + 1, high);
      const steps = high - low + between.filter(({ text, mention }) => text === ',' || mention !== undefined).length;
      const apart =
        tokens[at]?.clause !== tokens[index]?.clause || barred(tokens, low, high, group) || beyond(tokens, at, index, rivals);
      return (1 / (1 + steps * 0.3)) * (apart ? 0.35 : 1);
    }),
  );
}

/** "At 14:00 and the last at 14:20": what stands behind "and" on the way to another value is that value's. */
function beyond(tokens: Token[], at: number, index: number, rivals: number[][]): boolean {
  const and = tokens.findIndex((token, place) => place > at && place < index && /^(?:and|then|but|while)$/.test(token.lower));
  if (index < at || and < 0 || tokens[and - 1]?.mention === undefined) return false;
  return rivals
    .flat()
    .some((place) => place > index && !tokens.slice(index, place).some(({ lower, text }) => lower === 'and' || text === ','));
}

/** "Three minutes later": the moment that it makes has words of its own. */
const relative = (mention: Mention, { text }: Reading): boolean =>
  mention.type === 'duration' &&
  /^\s*(?:later|earlier|afterwards|beforehand|(?:after|before) (?:that|this|it))\b/i.test(text.slice(mention.end));

/** "4,890 in California and 310 in Oregon": what stands before "and 310" is not 310's. */
function barred(tokens: Token[], low: number, high: number, group: number[]): boolean {
  return tokens.slice(low, high).some((it, offset) => {
    const next = low + offset + 1;
    const value = tokens[next]?.mention;
    return (
      /^(?:and|or|,)$/.test(it.lower) &&
      value !== undefined &&
      next <= high &&
      (group.includes(next) ? !group.some((at) => at < next) : true)
    );
  });
}

const neighbourhoods = new WeakMap<Mention, Owned[]>();

/** Every telling word of the text, with the share of it that is this value's and not another's of `all`. */
export function owned(mention: Mention, reading: Reading, all: readonly Mention[] = reading.mentions): Owned[] {
  const known = neighbourhoods.get(mention) ?? shared(mention, reading, all);
  neighbourhoods.set(mention, known);
  return known;
}

function shared(mention: Mention, reading: Reading, all: readonly Mention[]): Owned[] {
  const at = placeOf(mention, reading);
  const mine = groupOf(mention, reading);
  const rivals = all
    .filter((other) => comparable(mention, other) || (mention.type === 'time' && relative(other, reading)))
    .map((other) => groupOf(other, reading));
  return reading.tokens.flatMap((token, index) => {
    const position = index === at - 1 && POSITIONS[token.lower] !== undefined;
    const own =
      /^(?:number|no|nr|id|ids|reference|ref)$/.test(token.lower) ||
      token.mention !== undefined ||
      token.broken ||
      (token.start >= mention.start && token.end <= mention.end);
    if (own || (FUNCTION.has(token.lower) && !position && token.concepts.size === 0)) return [];
    const near = nearness(mine, index, reading.tokens, rivals);
    const most = Math.max(near, ...rivals.map((group) => nearness(group, index, reading.tokens, rivals)));
    return [{ token, share: (near / most) ** 2 * (0.4 + 0.6 * near) * telling(token) }];
  });
}

/** What happens tells more of a value than whose it is. */
function telling(token: Token): number {
  if (/^\p{Lu}/u.test(token.text) && token.concepts.size === 0) return 0.5;
  return [...token.concepts].some((id) => concept(id)?.thing === false || concept(id)?.claim === true) ? 1.25 : 0.9;
}

function alike(a: Token, b: Token): number {
  const polarity = a.negated === b.negated ? 1 : 0.5;
  if (POSITIONS[a.lower] !== undefined && POSITIONS[a.lower] === POSITIONS[b.lower]) return 0.7;
  if (a.stem === b.stem) return polarity;
  for (const id of a.concepts) if (b.wider.has(id)) return 0.9 * polarity;
  return 0;
}

/** How much the draft's words around its value are the entry's words around that value; opposite words count against it. */
export function likeness(ours: Owned[], theirs: Owned[]): number {
  return ours.reduce(
    (sum, a) => sum + a.share * (Math.max(0, ...theirs.map((b) => alike(a.token, b.token) * b.share)) - against(a, theirs)),
    0,
  );
}

/** "Oldest" here, "last" there. */
export function against(a: Owned, theirs: Owned[]): number {
  const others = OPPOSED.get(a.token.lower);
  if (others === undefined || theirs.some((b) => b.share > 0.3 && b.token.lower === a.token.lower)) return 0;
  return theirs.some((b) => b.share > 0.5 && others.has(b.token.lower)) ? 0.7 : 0;
}

const OPPOSED = new Map(
  OPPOSITE_WORDS.flatMap(([one, two]) => [
    ...one.map((word) => [word, new Set(two)] as const),
    ...two.map((word) => [word, new Set(one)] as const),
  ]),
);

/** The same for what happens alone: "read 3 mailboxes and deleted 120 messages". */
export function deedLikeness(ours: Owned[], theirs: Owned[]): number {
  const deeds = (list: Owned[]) => list.filter(({ token }) => isDeed(token));
  return likeness(deeds(ours), deeds(theirs));
}

const isDeed = (token: Token) =>
  (!token.empty || [...token.concepts].some((id) => concept(id)?.claim === true)) &&
  [...token.concepts].some((id) => concept(id)?.thing === false) &&
  ![...token.concepts].some((id) => concept(id)?.thing === true && concept(id)?.claim === false);

export function ownedAt(place: Place): Owned[] {
  if (place.reading !== undefined) return owned(place.mention, place.reading);
  const tokens = place.evidence.readings.flatMap((reading) => reading.tokens);
  return tokens.filter((it) => !it.broken && !FUNCTION.has(it.lower)).map((token) => ({ token, share: 0.4 }));
}
