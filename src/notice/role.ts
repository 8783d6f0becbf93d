import type { Case } from './case.ts';
import type { Place } from './evidence.ts';
import { sameValue } from './evidence.ts';
import type { Reading, Token } from './reading.ts';
import type { Mention } from './values/mention.ts';
import { FUNCTION } from './words/function-words.ts';
import { withParents } from './words/lexicon.ts';

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

type Weighted = { token: Token; weight: number };

/** The words around a value, nearer ones heavier; another clause weighs a third. */
function context(mention: Mention, reading: Reading): Weighted[] {
  const at = reading.tokens.findIndex((it) => it.mention !== undefined && it.start === mention.start);
  const clause = reading.tokens[at]?.clause;
  const around: Weighted[] = [];
  reading.tokens.forEach((token, index) => {
    if (token.mention !== undefined || token.broken) return;
    const position = index === at - 1 && POSITIONS[token.lower] !== undefined;
    if (FUNCTION.has(token.lower) && !position && token.concepts.size === 0) return;
    const distance = crossing(reading.tokens, at, index);
    around.push({ token, weight: (1 / (1 + distance * 0.3)) * (token.clause === clause ? 1 : 0.35) });
  });
  return around;
}

/** Steps between two places; a value of the same kind in between counts for three, for it has its own neighbourhood. */
function crossing(tokens: Token[], from: number, to: number): number {
  const [low, high] = from < to ? [from, to] : [to, from];
  const between = tokens.slice(low + 1, high);
  const own = tokens[from]?.mention?.type;
  return high - low + between.filter((it) => it.mention?.type === own).length * 4 + between.filter((it) => it.text === ',').length;
}

function alike(a: Token, b: Token): number {
  const polarity = a.negated === b.negated ? 1 : 0.3;
  if (POSITIONS[a.lower] !== undefined && POSITIONS[a.lower] === POSITIONS[b.lower]) return 0.7;
  if (a.stem === b.stem) return polarity;
  const wider = new Set([...b.concepts].flatMap(withParents));
  return [...a.concepts].some((id) => wider.has(id)) ? 0.9 * polarity : 0;
}

/** How much the draft's words around its value are the entry's words around that value. */
function likeness(ours: Weighted[], theirs: Weighted[]): number {
  return ours.reduce(
    (sum, a) => sum + Math.max(0, ...theirs.map((b) => alike(a.token, b.token) * Math.min(a.weight, b.weight))),
    0,
  );
}

function contextAt(place: Place): Weighted[] {
  if (place.reading !== undefined) return context(place.mention, place.reading);
  return place.evidence.readings.flatMap(({ tokens }) =>
    tokens.filter((it) => !it.broken && !FUNCTION.has(it.lower)).map((token) => ({ token, weight: 0.4 })),
  );
}

/** "12 of 60": the second is the whole. A part is no rival for a whole, nor the other way round. */
function isWhole(mention: Mention, reading: Reading): boolean {
  return (
    /\bof (?:the |our |your |all |a total of |its )*$/i.test(reading.text.slice(0, mention.start)) ||
    /^\s*(?:\S+\s){0,3}(?:in all|in total|altogether|overall)\b/i.test(reading.text.slice(mention.end))
  );
}

/** Values of the same type in the cited entries that are not this one. */
function rivals(ours: Mention, it: Case): Place[] {
  return it.evidence.flatMap((evidence) =>
    evidence.readings.flatMap((reading) =>
      reading.mentions
        .filter((mention) => mention.type === ours.type && comparable(ours, mention) && !sameValue(ours, mention, evidence.around))
        .map((mention) => ({ evidence, reading, mention })),
    ),
  );
}

/** A day competes with days, a clock with clocks. */
function comparable(ours: Mention, theirs: Mention): boolean {
  return ours.type !== 'time' || (ours.time?.hour === undefined) === (theirs.time?.hour === undefined);
}

/** Says so where the value stands with words that belong to another value of the entry, or to none of it. */
export function misplaced(ours: Mention, it: Case, places: Place[]): string[] {
  const words = context(ours, it.reading);
  const whole = isWhole(ours, it.reading);
  const fitness = (place: Place) =>
    likeness(words, contextAt(place)) * (place.reading === undefined || isWhole(place.mention, place.reading) === whole ? 1 : 0.4);
  const own = Math.max(...places.map(fitness));
  const others = rivals(ours, it).map((place) => ({ place, score: fitness(place) }));
  const best = others.sort((a, b) => b.score - a.score)[0];
  if (best !== undefined && best.score > own * 1.3 + 0.12) {
    return [`"${ours.raw}" stands where the entry has "${best.place.mention.raw}".`];
  }
  if (swapped(ours, it, places)) return [`"${ours.raw}" has changed places with another value of the entry.`];
  const heavy = words.filter(({ token, weight }) => weight > 0.3 && !token.empty).length;
  return heavy >= 2 && own < 0.1 ? [`The entry gives "${ours.raw}" to something else.`] : [];
}

/** Two values of one sentence whose surroundings fit better crosswise. */
function swapped(ours: Mention, it: Case, places: Place[]): boolean {
  const mine = context(ours, it.reading);
  return it.reading.mentions
    .filter((other) => other !== ours && other.type === ours.type && comparable(ours, other))
    .some((other) => {
      const theirs = rivals(ours, it).filter((place) => sameValue(other, place.mention, place.evidence.around));
      if (theirs.length === 0) return false;
      const yours = context(other, it.reading);
      const best = (words: Weighted[], at: Place[]) => Math.max(...at.map((place) => likeness(words, contextAt(place))));
      const straight = best(mine, places) + best(yours, theirs);
      const crossed = best(mine, theirs) + best(yours, places);
      return crossed > straight * 1.12 + 0.05;
    });
}
