import type { Case } from './case.ts';
import { cited, problem } from './case.ts';
import type { Problem } from './problem.ts';
import { headOf } from './quantity.ts';
import type { Token } from './reading.ts';

const ALL = /^(?:all|every|each|entire|whole)$/;
const MOST = /^(?:most|majority|half)$/;

/** "All workstations" where the entry gives a number of them, "most clients" where it gives a part and a whole. */
export function quantified(it: Case): Problem[] {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const wrong = it.reading.tokens.find(
    (token, at) =>
      (ALL.test(token.lower) || MOST.test(token.lower)) &&
      !token.negated &&
      unlike(token, it.reading.tokens.slice(at + 1, at + 5), it),
  );
  if (wrong === undefined) return [];
  return [
    problem(
      it,
      'truth',
      'value.quantifier',
      `"${wrong.text}" is not what ${cited(it)} counts.`,
      'Give the number that the entry gives.',
    ),
  ];
}

/** The quantifier stands before a noun that the cited entries count, and they use no such word themselves. */
function unlike(word: Token, next: Token[], it: Case): boolean {
  const noun = next.find((token) => !token.broken && token.concepts.size > 0);
  if (noun === undefined || next.slice(0, next.indexOf(noun)).some(({ mention, broken }) => mention !== undefined || broken))
    return false;
  const theirs = it.evidence.flatMap(({ readings }) => readings);
  const same = ALL.test(word.lower) ? ALL : MOST;
  const quantifies = ({ lower }: Token) => same.test(lower) || /^(?:both|no|none|any|always|full|complete|completely)$/.test(lower);
  if (theirs.some(({ tokens }) => tokens.some(quantifies))) return false;
  return theirs.some((reading) =>
    reading.mentions.some((mention) => mention.type === 'number' && counts(noun, headOf(mention, reading))),
  );
}

const counts = (noun: Token, head: Token | undefined) =>
  head !== undefined && (noun.stem === head.stem || [...noun.concepts].some((id) => head.concepts.has(id)));
