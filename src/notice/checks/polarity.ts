import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';
import type { Problem } from '../problem.ts';
import type { Reading, Token } from '../reading.ts';
import { OPPOSITE_WORDS, OPPOSITES } from '../words/events.ts';
import { concept } from '../words/lexicon.ts';
import { stem } from '../words/stem.ts';

type Clause = { tokens: Token[]; negative: boolean };

/** What the entry affirms the draft may not deny, nor the other way round; and no word for its opposite. */
export const polarity: Check = (it) => {
  const plain = it.evidence.filter(({ entry }) => entry.status !== 'ruled_out' && entry.status !== 'unknown');
  if (it.type !== 'fact' || plain.length === 0 || plain.length < it.evidence.length) return [];
  const theirs = plain.flatMap(({ readings }) => readings.flatMap(clausesOf));
  return [...clausesOf(it.reading).flatMap((clause) => turned(clause, theirs, it)), ...opposed(it)].slice(0, 1);
};

export function clausesOf(reading: Reading): Clause[] {
  return [...Map.groupBy(reading.tokens, ({ clause }) => clause).values()].map((tokens) => ({
    tokens,
    negative: negatives(tokens) % 2 === 1,
  }));
}

const NEGATIVE =
  /^(?:no|not|never|none|neither|without|cannot|nothing|nobody|zero|unable|failed|fails|absent|excluded|lack|lacks|lacked|unaffected|untouched|uninfected|undamaged|unencrypted|intact|missing|unavailable|.+n't)$/;

function negatives(tokens: Token[]): number {
  return (
    tokens.filter(
      (it, at) =>
        NEGATIVE.test(it.lower) &&
        !(it.lower === 'no' && /^(?:later|more|less|fewer|doubt)$/.test(tokens[at + 1]?.lower ?? '')) &&
        !(it.lower === 'not' && /^(?:only|just)$/.test(tokens[at + 1]?.lower ?? '')),
    ).length + (tokens.some((it, at) => /^rul/.test(it.lower) && tokens[at + 1]?.lower === 'out') ? 1 : 0)
  );
}

/** Words whose denial changes the statement: what happens, and the harms. "Download log" denies or affirms no download. */
function predicates(tokens: Token[]): Token[] {
  const modifies = (at: number) =>
    !/(?:ed|ing)$/.test(tokens[at]?.lower ?? '') && [...(tokens[at + 1]?.concepts ?? [])].some((id) => concept(id)?.thing === true);
  return tokens.filter(
    (it, at) =>
      it.mention === undefined &&
      !it.broken &&
      !modifies(at) &&
      [...it.concepts].some((id) => concept(id)?.thing === false || concept(id)?.claim === true),
  );
}

function turned(ours: Clause, theirs: Clause[], it: Case): Problem[] {
  const words = predicates(ours.tokens);
  if (words.length === 0) return [];
  const ranked = theirs.map((clause) => ({
    clause,
    score: overlap(ours.tokens, clause.tokens),
    shared: words.filter((word) => predicates(clause.tokens).some((other) => same(word, other))),
  }));
  const withShared = ranked.filter(({ shared }) => shared.length > 0).sort((a, b) => b.score - a.score);
  const best = withShared[0];
  if (best === undefined || best.clause.negative === ours.negative) return [];
  const agreeing = withShared.find(({ clause, score }) => clause.negative === ours.negative && score >= best.score * 0.75);
  if (agreeing !== undefined) return [];
  const word = best.shared[0]?.text ?? '';
  const says = best.clause.negative ? `denies` : `affirms`;
  return [
    problem(
      it,
      'truth',
      'polarity',
      `The cited entry ${says} "${word}", and this says the opposite.`,
      'Say it the way the entry does.',
    ),
  ];
}

function same(a: Token, b: Token): boolean {
  return a.stem === b.stem || [...a.concepts].some((id) => b.concepts.has(id));
}

function overlap(a: Token[], b: Token[]): number {
  return a.filter((one) => !one.broken && !one.empty && b.some((two) => same(one, two))).length;
}

/** "Online" where the entry has "offline", "all" where it has "some". */
function opposed(it: Case): Problem[] {
  const theirs = it.evidence.flatMap(({ readings }) => readings.flatMap(({ tokens }) => tokens));
  const lowers = new Set(theirs.map(({ lower }) => lower));
  const pairs = OPPOSITE_WORDS.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);
  for (const [ours, others] of pairs) {
    const word = it.reading.tokens.find(({ lower }) => ours.includes(lower));
    const against = others.find((other) => lowers.has(other));
    const carriedToo =
      ours.some((one) => lowers.has(one)) || (word !== undefined && theirs.some((t) => t.stem === stem(word.lower)));
    if (
      word !== undefined &&
      against !== undefined &&
      !carriedToo &&
      !it.reading.tokens.some(({ lower }) => others.includes(lower)) &&
      !word.negated &&
      !negatedIn(theirs, against)
    ) {
      return [
        problem(
          it,
          'truth',
          'polarity.opposite',
          `This says "${word.text}" where the cited entry says "${against}".`,
          'Use the word of the entry.',
        ),
      ];
    }
  }
  return opposedEvents(it, theirs);
}

const negatedIn = (tokens: Token[], lower: string) => tokens.some((it) => it.lower === lower && it.negated);

function opposedEvents(it: Case, theirs: Token[]): Problem[] {
  const carried = new Set(theirs.flatMap(({ concepts }) => [...concepts]));
  for (const [a, b] of OPPOSITES.flatMap(([one, two]) => [[one, two] as const, [two, one] as const])) {
    const word = it.reading.tokens.find(({ concepts }) => concepts.has(a) && [...concepts].every((id) => !carried.has(id)));
    if (
      word !== undefined &&
      carried.has(b) &&
      !carried.has(a) &&
      !it.reading.tokens.some(({ concepts }) => concepts.has(b)) &&
      !word.negated
    ) {
      return [
        problem(
          it,
          'truth',
          'polarity.opposite',
          `"${word.text}" is the opposite of what the cited entry says.`,
          'Use the word of the entry.',
        ),
      ];
    }
  }
  return [];
}
