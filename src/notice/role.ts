import type { Case } from './case.ts';
import type { Evidence, Place } from './evidence.ts';
import { sameValue } from './evidence.ts';
import { countsSame } from './quantity.ts';
import type { Reading, Token } from './reading.ts';
import type { Mention } from './values/mention.ts';
import { FUNCTION } from './words/function-words.ts';
import { concept } from './words/lexicon.ts';

/** Small words that say which end of a span, or which order, a time is. */
const POSITIONS: Record<string, string> = {
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
type Owned = { token: Token; share: number };

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

function placeOf(mention: Mention, reading: Reading): number {
  return reading.tokens.findIndex((it) => it.mention !== undefined && it.start === mention.start);
}

/** How near a word is to a value: nearer is heavier, another clause weighs less, another value in between stands in the way. */
function nearness(group: number[], index: number, tokens: Token[]): number {
  return Math.max(
    ...group.map((at) => {
      const [low, high] = at < index ? [at, index] : [index, at];
      const between = tokens.slice(low + 1, high);
      const steps = high - low + between.filter(({ text, mention }) => text === ',' || mention !== undefined).length;
      const apart = tokens[at]?.clause !== tokens[index]?.clause || barred(tokens, low, high, group);
      return (1 / (1 + steps * 0.3)) * (apart ? 0.35 : 1);
    }),
  );
}

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

/** Every telling word of the text, with the share of it that is this value's. */
function owned(mention: Mention, reading: Reading): Owned[] {
  const known = neighbourhoods.get(mention) ?? shared(mention, reading);
  neighbourhoods.set(mention, known);
  return known;
}

function shared(mention: Mention, reading: Reading): Owned[] {
  const at = placeOf(mention, reading);
  const mine = groupOf(mention, reading);
  const rivals = reading.mentions.filter((other) => comparable(mention, other)).map((other) => groupOf(other, reading));
  return reading.tokens.flatMap((token, index) => {
    const position = index === at - 1 && POSITIONS[token.lower] !== undefined;
    if (token.mention !== undefined || token.broken || (FUNCTION.has(token.lower) && !position && token.concepts.size === 0))
      return [];
    const near = nearness(mine, index, reading.tokens);
    const most = Math.max(near, ...rivals.map((group) => nearness(group, index, reading.tokens)));
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

/** How much the draft's words around its value are the entry's words around that value. */
function likeness(ours: Owned[], theirs: Owned[]): number {
  return ours.reduce((sum, a) => sum + a.share * Math.max(0, ...theirs.map((b) => alike(a.token, b.token) * b.share)), 0);
}

function ownedAt(place: Place): Owned[] {
  if (place.reading !== undefined) return owned(place.mention, place.reading);
  const tokens = place.evidence.readings.flatMap((reading) => reading.tokens);
  return tokens.filter((it) => !it.broken && !FUNCTION.has(it.lower)).map((token) => ({ token, share: 0.4 }));
}

/** "12 of 60": the second is the whole. A part is no rival for a whole, nor the other way round. */
function isWhole(mention: Mention, reading: Reading): boolean {
  return (
    /\bof (?:the |our |your |all |a total of |its )*$/i.test(reading.text.slice(0, mention.start)) ||
    /^\s*(?:\S+\s){0,3}(?:in all|in total|altogether|overall)\b/i.test(reading.text.slice(mention.end))
  );
}

/** The same value, or the day of the same moment: nothing that could stand in its place. */
function agreeing(ours: Mention, theirs: Mention, { around }: Evidence): boolean {
  if (sameValue(ours, theirs, around)) return true;
  const [a, b] = [ours.time, theirs.time];
  return (
    a !== undefined &&
    b !== undefined &&
    (a.hour === undefined) !== (b.hour === undefined) &&
    a.day === b.day &&
    a.month === b.month
  );
}

/** Values of the same type in the cited entries that are not this one. */
function rivals(ours: Mention, it: Case): Place[] {
  const all = it.evidence.flatMap((evidence) =>
    evidence.readings.flatMap((reading) =>
      reading.mentions
        .filter((mention) => comparable(ours, mention) && !agreeing(ours, mention, evidence))
        .map((mention) => ({ evidence, reading, mention })),
    ),
  );
  return all.filter((place) => ours.type !== 'number' || countsSame(ours, it.reading, place));
}

/** Says so where the value stands with words that belong to another value of the entry, or to none of it. */
export function misplaced(ours: Mention, it: Case, places: Place[]): string[] {
  const words = owned(ours, it.reading);
  const whole = isWhole(ours, it.reading);
  const fitness = (place: Place) =>
    likeness(words, ownedAt(place)) *
    (place.reading === undefined || isWhole(place.mention, place.reading) === whole ? 1 : 0.4) *
    (place.mention.bound === ours.bound ? 1 : 0.7);
  const own = Math.max(...places.map(fitness));
  const elsewhere = (place: Place) =>
    it.reading.mentions.some((other) => other !== ours && sameValue(other, place.mention, place.evidence.around));
  const others = rivals(ours, it)
    .filter((place) => !elsewhere(place))
    .map((place) => ({ place, score: fitness(place) }));
  const best = others.sort((a, b) => b.score - a.score)[0];
  if (best !== undefined && best.score > own * 1.35 + 0.1)
    return [`"${ours.raw}" stands where the entry has "${best.place.mention.raw}".`];
  if (swapped(ours, it, places) || mispaired(ours, it, places) || disordered(ours, it, places))
    return [`"${ours.raw}" has changed places with another value of the entry.`];
  const heavy = words.filter(({ token, share }) => share > 0.3 && !token.empty).length;
  const weighed = /^(?:time|number|percent|duration|size|money)$/.test(ours.type);
  return weighed && heavy >= 2 && own < 0.08 ? [`The entry gives "${ours.raw}" to something else.`] : [];
}

/** Both are days, or both are clocks: a day is no rival for the clock it belongs to. */
const rivalling = (a: Mention, b: Mention) => comparable(a, b) && (a.time?.hour === undefined) === (b.time?.hour === undefined);

/** Two values of one sentence whose surroundings fit better crosswise. */
function swapped(ours: Mention, it: Case, places: Place[]): boolean {
  const mine = owned(ours, it.reading);
  const best = (words: Owned[], at: Place[]) => Math.max(...at.map((place) => likeness(words, ownedAt(place))));
  return it.reading.mentions
    .filter((other) => other !== ours && rivalling(ours, other) && !groupOf(ours, it.reading).includes(placeOf(other, it.reading)))
    .some((other) => {
      const theirs = rivals(ours, it).filter((place) => sameValue(other, place.mention, place.evidence.around));
      if (theirs.length === 0) return false;
      const parts = (one: Mention, at: Place[]) =>
        at.some((place) => place.reading !== undefined && isWhole(place.mention, place.reading) === isWhole(one, it.reading));
      if (isWhole(ours, it.reading) !== isWhole(other, it.reading) && parts(ours, places) && parts(other, theirs)) return false;
      const yours = owned(other, it.reading);
      const straight = best(mine, places) + best(yours, theirs);
      const crossed = best(mine, theirs) + best(yours, places);
      return crossed > straight * 1.15 + 0.05;
    });
}

/** "Runs 8841 and 8846 at 22:14 and 23:02": the second run is the one at 23:02. */
function mispaired(ours: Mention, it: Case, places: Place[]): boolean {
  return places.some(({ reading, mention, evidence }) => {
    if (reading === undefined) return false;
    const group = inOrder(groupOf(mention, reading));
    const index = group.indexOf(placeOf(mention, reading));
    if (group.length < 2) return false;
    return it.reading.mentions.some((other) => {
      if (comparable(ours, other)) return false;
      const partner = reading.mentions.find((one) => sameValue(other, one, evidence.around));
      if (partner === undefined) return false;
      const others = inOrder(groupOf(partner, reading));
      const single = groupOf(other, it.reading).length === 1 && groupOf(ours, it.reading).length === 1;
      return (
        others.length === group.length && single && only(ours, other, it) && others.indexOf(placeOf(partner, reading)) !== index
      );
    });
  });
}

/** "Runs 8841 and 8846 ... at 23:02 and 22:14": both lists of the entry, and one of them turned round. */
function disordered(ours: Mention, it: Case, places: Place[]): boolean {
  const listOf = (m: Mention, reading: Reading) => inOrder(groupOf(m, reading)).flatMap((at) => reading.tokens[at]?.mention ?? []);
  const mine = listOf(ours, it.reading);
  if (mine.length < 2 || mine[0] !== ours) return false;
  return places.some(({ reading, mention, evidence }) => {
    if (reading === undefined) return false;
    const order = (list: Mention[], theirs: Mention[]) =>
      list.map((one) => theirs.findIndex((other) => sameValue(one, other, evidence.around)));
    const firsts = order(mine, listOf(mention, reading));
    return it.reading.mentions.some((other) => {
      const partner = reading.mentions.find((one) => sameValue(other, one, evidence.around));
      const list = listOf(other, it.reading);
      if (comparable(ours, other) || partner === undefined || list.length !== mine.length || list[0] !== other) return false;
      const seconds = order(list, listOf(partner, reading));
      return !firsts.includes(-1) && !seconds.includes(-1) && firsts.join() !== seconds.join();
    });
  });
}

const inOrder = (places: number[]) => [...places].sort((a, b) => a - b);

/** The two stand in one clause, with no other values of their kinds. */
function only(a: Mention, b: Mention, it: Case): boolean {
  const clause = (m: Mention) => it.reading.tokens[placeOf(m, it.reading)]?.clause;
  const others = it.reading.mentions.filter(
    (m) => m !== a && m !== b && (comparable(a, m) || comparable(b, m)) && clause(m) === clause(a),
  );
  return clause(a) === clause(b) && others.length === 0;
}
