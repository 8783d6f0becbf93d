import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';
import type { Problem } from '../problem.ts';
import type { Token } from '../reading.ts';
import { OPPOSITE_WORDS, OPPOSITES } from '../words/events.ts';
import { stem } from '../words/stem.ts';

/** "Online" where the entry has "offline", "all" where it has "some", "enabled" where it has "switched off". */
export const opposite: Check = (it) => {
  if (it.type !== 'fact' || it.evidence.length === 0 || it.evidence.some(({ entry }) => entry.status === 'unknown')) return [];
  const theirs = it.evidence.flatMap(({ readings }) => readings.flatMap(({ tokens }) => tokens));
  return [...opposedWords(it, theirs), ...opposedEvents(it, theirs), ...switched(it)].slice(0, 1);
};

const both = <T>(pairs: readonly (readonly [T, T])[]) => pairs.flatMap(([a, b]) => [[a, b] as const, [b, a] as const]);

function opposedWords(it: Case, theirs: Token[]): Problem[] {
  const lowers = new Set(theirs.map(({ lower }) => lower));
  const stems = new Set(theirs.map((token) => token.stem));
  const hit = both(OPPOSITE_WORDS).flatMap(([ours, others]) => {
    const word = it.reading.tokens.find(({ lower, negated }) => ours.includes(lower) && !negated);
    const against = others.find((other) => lowers.has(other) && !theirs.some((token) => token.lower === other && token.negated));
    const said = word === undefined || stems.has(stem(word.lower)) || ours.some((one) => lowers.has(one));
    return said || against === undefined || it.reading.tokens.some(({ lower }) => others.includes(lower))
      ? []
      : [{ word, against }];
  })[0];
  return hit === undefined
    ? []
    : [
        problem(
          it,
          'truth',
          'polarity.opposite',
          `This says "${hit.word.text}" where the cited entry says "${hit.against}".`,
          'Use the word of the entry.',
        ),
      ];
}

function opposedEvents(it: Case, theirs: Token[]): Problem[] {
  const carried = new Set(theirs.flatMap(({ concepts }) => [...concepts]));
  const word = both(OPPOSITES).flatMap(([ours, other]) => {
    const here = it.reading.tokens.find(
      ({ concepts, negated, lower }, at) =>
        concepts.has(ours) &&
        !negated &&
        [...concepts].every((id) => !carried.has(id)) &&
        !(/^ends?$/.test(lower) && /^(?:in|with)$/.test(it.reading.tokens[at + 1]?.lower ?? '')),
    );
    const turned = carried.has(other) && !carried.has(ours) && !it.reading.tokens.some(({ concepts }) => concepts.has(other));
    return here !== undefined && turned ? [here] : [];
  })[0];
  return word === undefined
    ? []
    : [
        problem(
          it,
          'truth',
          'polarity.opposite',
          `"${word.text}" is the opposite of what the cited entry says.`,
          'Use the word of the entry.',
        ),
      ];
}

const SWITCH = /\b(?:is|was|were|are|been|stays?|stayed|remains?|remained|kept)\s+(on|off)\b/i;

/** "MFA was off" where the entry has it on. */
function switched(it: Case): Problem[] {
  const ours = SWITCH.exec(it.reading.text)?.[1]?.toLowerCase();
  const theirs = it.evidence.flatMap(({ entry }) =>
    [...entry.text.matchAll(new RegExp(SWITCH.source, 'gi'))].map((m) => m[1]?.toLowerCase()),
  );
  if (ours === undefined || theirs.length === 0 || theirs.includes(ours)) return [];
  return [
    problem(
      it,
      'truth',
      'polarity.opposite',
      `This says "${ours}" where the cited entry says "${theirs[0]}".`,
      'Use the word of the entry.',
    ),
  ];
}
