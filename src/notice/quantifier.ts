import type { Case } from './case.ts';
import { cited, problem } from './case.ts';
import type { Problem } from './problem.ts';
import { headOf } from './quantity.ts';
import type { Token } from './reading.ts';

const ALL = /^(?:all|every|each|entire|whole)$/;
const MOST = /^(?:most|majority|half)$/;

const EXCEPT = /\b(?:except|excepting|apart from|other than|excluding|but not|save for|with the exception)\b/i;

/** "All staff" where the entry leaves some out. */
function exceptionDropped(it: Case): boolean {
  const said = it.reading.tokens.some(({ lower, negated }) => ALL.test(lower) && !negated);
  return (
    said && !EXCEPT.test(it.reading.text) && it.evidence.length === 1 && it.evidence.some(({ entry }) => EXCEPT.test(entry.text))
  );
}

/** "All workstations" where the entry gives a number of them, "most clients" where it gives a part and a whole. */
export function quantified(it: Case): Problem[] {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const wrong = it.reading.tokens.find(
    (token, at) =>
      (ALL.test(token.lower) || MOST.test(token.lower)) &&
      !token.negated &&
      unlike(token, it.reading.tokens.slice(at + 1, at + 5), it),
  );
  if (exceptionDropped(it))
    return [
      problem(
        it,
        'truth',
        'value.quantifier',
        `${cited(it)} makes an exception that this leaves out.`,
        'Name what the entry excepts.',
      ),
    ];
  if (perUnit(it))
    return [
      problem(it, 'truth', 'value.quantifier', `${cited(it)} says this of each, and not of all together.`, 'Keep "per" or "each".'),
    ];
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

/** "In total" for "per machine". */
const perUnit = (it: Case): boolean =>
  /\b(?:in total|altogether|all told|overall)\b/i.test(it.reading.text) &&
  it.reading.mentions.some(({ type }) => type === 'money') &&
  it.evidence.some(
    ({ entry }) => /\b(?:per|each|apiece)\b/i.test(entry.text) && !/\b(?:in total|altogether|overall)\b/i.test(entry.text),
  ) &&
  !/\b(?:per|each|every|apiece)\b/i.test(it.reading.text);

/** The quantifier stands before a noun that the cited entries count, and they use no such word themselves. */
function unlike(word: Token, next: Token[], it: Case): boolean {
  const noun = next.find((token) => !token.broken && (token.concepts.size > 0 || (/s$/.test(token.lower) && !token.empty)));
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
