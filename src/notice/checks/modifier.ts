import type { Case, Check, Docket } from '../case.ts';
import { cited, problem } from '../case.ts';
import { carries } from '../evidence.ts';
import { contextWords } from '../known.ts';
import type { Token } from '../reading.ts';
import { concept } from '../words/lexicon.ts';
import { clausesOf } from './polarity.ts';

/** A word right before a noun, which says which one: "file server", "local administrator". */
type Pair = { marks: Token; noun: Token; clause: Token[] };

/** "Domain administrator" where the entry has a local one; "mail server" in what it says of the file server. */
export const modifiers: Check = (it, docket) => {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const ours = clausesOf(it.reading).flatMap(({ tokens }) => pairsIn(tokens));
  const theirs = it.evidence
    .flatMap(({ readings }) => readings.slice(0, 1).flatMap((reading) => clausesOf(reading)))
    .flatMap(({ tokens }) => pairsIn(tokens));
  const slot = slotReplaced(it, docket);
  if (slot !== undefined)
    return [
      problem(
        it,
        'truth',
        'claim.place',
        `"${slot.text}" stands where ${cited(it)} has another word.`,
        'Use the word of the entry.',
      ),
    ];
  const wrong = ours.find((pair) => replaced(pair, theirs, it, docket) || misplaced(pair, theirs));
  if (wrong === undefined) return [];
  const message = `"${wrong.marks.text} ${wrong.noun.text}" is not the one that ${cited(it)} speaks of here.`;
  return [problem(it, 'truth', 'claim.modifier', message, 'Name the thing as the entry does.')];
};

function pairsIn(tokens: Token[]): Pair[] {
  return tokens.flatMap((noun, at) => {
    const marks = tokens[at - 1];
    const thing = [...noun.concepts].some((id) => concept(id)?.thing === true);
    return marks !== undefined && thing && isMark(marks) && !noun.broken ? [{ marks, noun, clause: tokens }] : [];
  });
}

/** Words that qualify without telling which one. */
const LOOSE =
  /^(?:own|new|whole|entire|same|other|affected|concerned|relevant|respective|above|said|current|following|certain|different|separate|single|only|few|many|several|such|total|first|last|latest|remaining|actual|main|general|overall)$/;
/** Verbs that stand before a noun without saying which one. */
const HOLDS = /^(?:contains?|holds?|includes?|carry|carries|shows?|lists?|mentions?|names?)$/;

const isMark = (token: Token) =>
  !token.broken &&
  !token.empty &&
  token.mention === undefined &&
  !LOOSE.test(token.lower) &&
  !/(?:ed|ing|ly)$/.test(token.lower) &&
  !HOLDS.test(token.lower) &&
  !/^\p{Lu}/u.test(token.text);
const same = (a: Token, b: Token) => a.stem === b.stem || [...a.concepts].some((id) => b.concepts.has(id));

/** The draft's mark is in no cited entry, and the entry marks that noun with another that the draft leaves out. */
function replaced(pair: Pair, theirs: Pair[], it: Case, docket: Docket): boolean {
  if (
    carries(it.carried, pair.marks) ||
    contextWords(docket).has(pair.marks.stem) ||
    [...pair.marks.wider].some((id) => it.carried.has(id))
  )
    return false;
  const rivals = theirs.filter(({ noun }) => same(noun, pair.noun));
  return rivals.length > 0 && rivals.every(({ marks }) => !it.reading.tokens.some((token) => same(token, marks)));
}

/** The entry has both, and says of the other what the draft says of this one. */
function misplaced(pair: Pair, theirs: Pair[]): boolean {
  const own = theirs.filter(({ marks, noun }) => same(marks, pair.marks) && same(noun, pair.noun));
  const others = theirs.filter(
    ({ marks, noun }) => !same(marks, pair.marks) && same(noun, pair.noun) && !pair.clause.some((token) => same(token, marks)),
  );
  if (own.length === 0 || others.length === 0) return false;
  const telling = pair.clause.filter((token) => token !== pair.marks && token !== pair.noun && isTelling(token));
  const shared = (clause: Token[]) =>
    telling.filter((token) => clause.some((other) => other.stem === token.stem && other.negated === token.negated)).length;
  return Math.max(...others.map(({ clause }) => shared(clause))) > Math.max(...own.map(({ clause }) => shared(clause)));
}

const isTelling = (token: Token) =>
  !token.broken && token.mention === undefined && (!token.empty || /^(?:missing|complete|incomplete|full|lost)$/.test(token.lower));

const PREPOSITION = /^(?:in|at|from|on|with|via|for|into|under)$/;

/** The word that a preposition leads to, past "the" or "our". */
function slots(tokens: Token[]): { preposition: string; word: Token }[] {
  return tokens.flatMap((token, at) => {
    if (!PREPOSITION.test(token.lower)) return [];
    const next = tokens[at + 1];
    const word = next !== undefined && /^(?:the|our|your|their|its|an?)$/.test(next.lower) ? tokens[at + 2] : next;
    return word === undefined || word.broken || word.empty || word.mention !== undefined
      ? []
      : [{ preposition: token.lower, word }];
  });
}

/** "Opened in purchasing" where the entry has accounting: the draft's word is nowhere, the entry's word has gone. */
function slotReplaced(it: Case, docket: Docket): Token | undefined {
  const known = contextWords(docket);
  const theirs = it.evidence.flatMap(({ readings }) => readings.slice(0, 1).flatMap(({ tokens }) => slots(tokens)));
  return slots(it.reading.tokens).find(({ preposition, word }) => {
    const general = [...word.concepts].some((id) => concept(id)?.general === true || concept(id)?.thing === false);
    if (
      general ||
      carries(it.carried, word) ||
      known.has(word.stem) ||
      /^\p{Lu}/u.test(word.text) ||
      [...word.wider].some((id) => it.carried.has(id))
    )
      return false;
    const same = theirs.filter((slot) => slot.preposition === preposition && !/^\p{Lu}/u.test(slot.word.text));
    return (
      same.length > 0 &&
      same.every(
        (slot) =>
          !it.reading.tokens.some(
            (token) => token.stem === slot.word.stem || [...token.concepts].some((id) => slot.word.concepts.has(id)),
          ),
      )
    );
  })?.word;
}
