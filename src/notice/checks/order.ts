import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import type { Reading, Token } from '../reading.ts';
import { atInstant, instants } from '../values/instant.ts';
import { concept } from '../words/lexicon.ts';

/** When something happened, in milliseconds of the epoch: from its first time to its last. */
type Dated = { words: Set<string>; from: number; to: number };

const FORWARD = /^(?:before|then|until|instead|rather)$/;
const BACKWARD = /^(?:after|once|following|since)$/;

/** "A before B", "B after A": agrees with the times of the entries, or with the entry's own order. */
export const order: Check = (it) => {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const split = splitAt(it.reading);
  if (split === undefined) return [];
  const events = it.evidence.flatMap(eventsOf);
  const [left, right] = [placed(split.left, events), placed(split.right, events)];
  const wrong =
    !/^(?:instead|rather)$/i.test(split.word) &&
    left !== undefined &&
    right !== undefined &&
    (split.forward ? left.from > right.to : left.to < right.from);
  if (wrong || contradicted(split, it)) {
    return [
      problem(
        it,
        'truth',
        'order',
        `"${split.word}" puts these in another order than the times of the entries.`,
        'Give the two times and let them show the order.',
      ),
    ];
  }
  return [];
};

type Split = { left: Token[]; right: Token[]; forward: boolean; word: string };

/** The two sides of an order word, in the order they stand in. "After A, B" has its sides exchanged. */
function splitAt(reading: Reading): Split | undefined {
  const at = reading.tokens.findIndex(
    (it, index) =>
      (FORWARD.test(it.lower) || BACKWARD.test(it.lower)) &&
      reading.tokens[index + 1]?.mention === undefined &&
      followedByWords(reading.tokens, index),
  );
  const word = reading.tokens[at];
  if (word === undefined) return undefined;
  const pointing = /^(?:that|this)$/.test(reading.tokens[at + 1]?.lower ?? '') && at > 0;
  if (pointing) return pointed(reading, at);
  const forward = FORWARD.test(word.lower);
  const opening = reading.tokens.slice(0, at).every((it) => it.empty && it.mention === undefined);
  if (!opening) return { left: reading.tokens.slice(0, at), right: reading.tokens.slice(at + 1), forward, word: word.text };
  const comma = reading.tokens.findIndex(
    (it, index) => index > at && (it.text === ',' || (index > at + 1 && SUBJECT.test(it.lower))),
  );
  return comma < 0
    ? undefined
    : { left: reading.tokens.slice(comma), right: reading.tokens.slice(at + 1, comma), forward, word: word.text };
}

const SUBJECT = /^(?:we|they|you|he|she|it)$/;

/** "After that they were deleted": what stands before comes first. */
function pointed(reading: Reading, at: number): Split {
  const behind = reading.tokens.slice(at + 2);
  const last = reading.tokens.slice(0, at).findLastIndex(({ text, lower }) => text === ';' || text === ',' || lower === 'and');
  const ends = !behind.some(tells) && last > 0;
  const [left, right] = ends
    ? [reading.tokens.slice(0, last), reading.tokens.slice(last, at)]
    : [reading.tokens.slice(0, at), behind];
  const word = reading.tokens[at]?.text ?? '';
  return { left, right, forward: !FORWARD.test(word.toLowerCase()), word };
}

function followedByWords(tokens: Token[], at: number): boolean {
  const before = tokens[at - 1]?.mention?.type;
  return (
    !(tokens[at]?.lower === 'since' && before === undefined) &&
    tokens.slice(at + 1, at + 6).some((it) => (!it.empty || it.concepts.size > 0) && it.mention === undefined)
  );
}

/** The clauses of an entry that have a time, each with its words; the whole with its as-of time where it has none. */
function eventsOf(evidence: Evidence): Dated[] {
  const timed = evidence.readings.flatMap((reading) =>
    [...Map.groupBy(reading.tokens, ({ clause }) => clause).values()].flatMap((clause) => datedClause(clause, evidence)),
  );
  const asOf = atInstant(evidence.entry.at)?.epochMilliseconds;
  if (timed.length > 0 || asOf === undefined) return timed;
  return [{ words: keys(evidence.readings.flatMap(({ tokens }) => tokens)), from: asOf, to: asOf }];
}

/** Where a clause names a day, a bare time of day in it belongs to that day and says no more about the order. */
function datedClause(clause: Token[], { around }: Evidence): Dated[] {
  const times = clause.flatMap(({ mention }) => mention?.time ?? []);
  const days = times.filter(({ day }) => day !== undefined);
  const at = (days.length > 0 ? days : times).flatMap((time) => instants(time, around)[0]?.epochMilliseconds ?? []);
  return at.length === 0 ? [] : [{ words: keys(clause), from: Math.min(...at), to: Math.max(...at) }];
}

/** Words that tell one event from another: its own, and what happens even where any notice says so. */
const tells = (it: Token) =>
  !it.broken && it.mention === undefined && (!it.empty || [...it.concepts].some((id) => concept(id)?.thing === false));

const keys = (tokens: Token[]) => new Set(tokens.filter(tells).flatMap((it) => [it.stem, ...it.concepts]));

/** The event a side speaks of: the one it shares most words with, if it is clearly that one. */
function placed(side: Token[], events: Dated[]): Dated | undefined {
  const words = side.filter(tells);
  const telling = (it: Token) =>
    (it.concepts.size > 0 && [...it.concepts].some((id) => concept(id)?.thing === false) ? 2 : 1) *
    (/(?:ed|ing)$/.test(it.lower) ? 1.5 : 1);
  const has = (event: Dated, it: Token) => event.words.has(it.stem) || [...it.concepts].some((id) => event.words.has(id));
  const scored = events.map((event) => ({
    event,
    score: words.filter((it) => has(event, it)).reduce((sum, it) => sum + telling(it), 0),
  }));
  const ranked = scored.sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  return best !== undefined && best.score > 0 && best.score > (second?.score ?? 0) ? best.event : undefined;
}

/** One entry says it with an order word of its own, and this exchanges the sides. */
function contradicted(split: Split, it: Case): boolean {
  return it.evidence.some(({ readings }) =>
    readings.some((reading) => {
      const theirs = splitAt(reading);
      if (theirs === undefined) return false;
      const alike = /^(?:instead|rather)$/i.test(split.word) ? deeds : common;
      const [ll, lr, rl, rr] = [
        alike(split.left, theirs.left),
        alike(split.left, theirs.right),
        alike(split.right, theirs.left),
        alike(split.right, theirs.right),
      ];
      const straight = ll + rr;
      const crossed = lr + rl;
      if (straight === crossed) return false;
      return straight > crossed !== (split.forward === theirs.forward);
    }),
  );
}

/** Deeds that both have, word for word: "restored" and "rebuilt" are near each other, and here they are two. */
function deeds(a: Token[], b: Token[]): number {
  const theirs = new Set(b.map(({ stem }) => stem));
  return a.filter((it) => [...it.concepts].some((id) => concept(id)?.thing === false) && theirs.has(it.stem)).length;
}

function common(a: Token[], b: Token[]): number {
  const theirs = keys(b);
  return a.filter(
    (it) => !it.empty && it.mention === undefined && (theirs.has(it.stem) || [...it.concepts].some((id) => theirs.has(id))),
  ).length;
}
