import { spreadRanges, takeArtifacts, takeFileNumbers, takeIds, takePhones, takeVersions } from './values/artifact.ts';
import { takeTimes } from './values/clock.ts';
import type { Mention } from './values/mention.ts';
import { takeNumbers } from './values/number.ts';
import { normalised, Scan } from './values/scan.ts';
import { FRAME, FUNCTION } from './words/function-words.ts';
import { concept, tag, withParents } from './words/lexicon.ts';
import { stem } from './words/stem.ts';

/** A word, a mark or a value of a text. `broken`: it ends a phrase (punctuation and values do). */
export type Token = {
  text: string;
  lower: string;
  stem: string;
  concepts: Set<string>;
  /** The concepts and everything they belong to. */
  wider: Set<string>;
  start: number;
  end: number;
  clause: number;
  broken: boolean;
  /** Without a claim of its own: function words and the frame of any notice. */
  empty: boolean;
  negated: boolean;
  /** Denies by its first syllable: unaffected. */
  denies: boolean;
  mention: Mention | undefined;
};

/** A text taken apart: its words with their meanings, its values, its clauses. */
export type Reading = { text: string; tokens: Token[]; mentions: Mention[] };

/** Phrases of several words for which there is one, so that both are read alike. */
const ONE_WORD: readonly (readonly [RegExp, string])[] = [
  [/\b(?:in )?(?:clear|plain)[ -]?text\b/gi, 'unencrypted'],
  [/\bnot (?:a single )?one of\b/gi, 'none of'],
  [/\bnot a single\b/gi, 'no'],
];

const plainly = (text: string): string => ONE_WORD.reduce((all, [pattern, word]) => all.replaceAll(pattern, word), text);

/** Takes a text apart. `zone` is the reader's zone, meant by "local time". */
export function read(original: string, zone: string | undefined): Reading {
  const text = plainly(normalised(original));
  const scan = new Scan(text);
  takeArtifacts(scan);
  takeTimes(scan, zone);
  takePhones(scan);
  takeFileNumbers(scan);
  takeVersions(scan);
  takeNumbers(scan);
  takeIds(scan);
  const mentions = scan.sorted();
  spreadRanges(mentions, text);
  const tokens = tokensOf(scan, mentions);
  for (const token of tokens) unDenied(token);
  tag(tokens);
  for (const token of tokens) for (const id of token.concepts) for (const it of withParents(id)) token.wider.add(it);
  markClauses(tokens);
  markNegation(tokens);
  return { text, tokens, mentions };
}

const UN =
  /^un((?:affect|encrypt|touch|infect|damag|answer|patch|resolv|check|scann|paid|open|harm|compromis|chang|restor|test|report|notic|detect|verifi|reach)\w*)$/;

/** "Unanswered" is "not answered": it goes by the word it denies. */
function unDenied(token: Token): void {
  const base = UN.exec(token.lower)?.[1];
  if (base === undefined || token.mention !== undefined) return;
  token.stem = stem(base);
  token.denies = true;
}

function tokensOf(scan: Scan, mentions: Mention[]): Token[] {
  const words = [...scan.rest.matchAll(/[\p{L}\d][\p{L}\d'-]*[\p{L}\d]|[\p{L}\d]|[^\s\ue000]/gu)].map((m) =>
    wordToken(m[0], m.index),
  );
  const inside = (at: number) => mentions.some((it) => at >= it.start && at < it.end);
  const values = mentions.filter((it, at) => mentions[at - 1]?.start !== it.start).map(valueToken);
  return [...words.filter((it) => !inside(it.start)), ...values].sort((a, b) => a.start - b.start);
}

function wordToken(word: string, start: number): Token {
  const lower = word.toLowerCase();
  const key = stem(lower);
  const mark = !/[\p{L}\d]/u.test(word);
  return {
    text: word,
    lower,
    stem: key,
    concepts: new Set(),
    wider: new Set(),
    start,
    end: start + word.length,
    clause: 0,
    broken: mark,
    empty: mark || FUNCTION.has(lower) || FRAME.has(key),
    negated: false,
    denies: false,
    mention: undefined,
  };
}

function valueToken(mention: Mention): Token {
  const token = wordToken(mention.raw, mention.start);
  return { ...token, stem: mention.keys[0] ?? mention.raw.toLowerCase(), end: mention.end, broken: true, empty: true, mention };
}

/** "Without authorisation", "without delay": said of how, not of what is missing. */
export const WITHOUT_NOTHING = /^(?:authori[sz]ation|permission|consent|delay|interruption|further|notice|exception)$/;

const BREAK = /^[;:.!?()]$/;
const CONJUNCTIONS = new Set([
  'without',
  'but',
  'while',
  'whereas',
  'although',
  'though',
  'because',
  'which',
  'who',
  'so',
  'however',
  'except',
  'then',
  'when',
  'after',
  'before',
  'until',
  'once',
  'if',
]);

/** Clauses end at strong marks and conjunctions, and at a comma or "and" that a new subject or verb follows. */
function markClauses(tokens: Token[]): void {
  let clause = 0;
  tokens.forEach((token, at) => {
    const next = tokens[at + 1];
    const starts =
      (CONJUNCTIONS.has(token.lower) && !(token.lower === 'without' && WITHOUT_NOTHING.test(next?.lower ?? ''))) ||
      ((token.lower === ',' || token.lower === 'and') && next !== undefined && !listed(tokens, at) && opensClause(tokens, at + 1));
    const relative = at > 1 && /^(?:we|they|you|he|she|i)$/.test(token.lower) && noun(tokens[at - 1]);
    if (
      relative ||
      (BREAK.test(token.text) &&
        !(token.text === '.' && at === tokens.length - 1) &&
        !answers(token, next) &&
        !(token.text === '.' && ABBREVIATED.test(tokens[at - 1]?.lower ?? ''))) ||
      starts
    )
      clause += 1;
    token.clause = clause;
  });
}

const ABBREVIATED = /^(?:dr|mr|mrs|ms|prof|st|no|inc|ltd|co|att|attn|vs|approx|ca|ref|art|bros|jr|sr|dept|est)$/;

/** "Missing: nothing": one statement, not two. */
const answers = (token: Token, next: Token | undefined) =>
  token.text === ':' && /^(?:none|nothing|nobody)$/.test(next?.lower ?? '');

/** "Ostwerk, Delma and Fjordkraft": names side by side are one list. */
function listed(tokens: Token[], at: number): boolean {
  const name = (token: Token | undefined) => token !== undefined && token.mention === undefined && /^\p{Lu}\p{L}/u.test(token.text);
  return (
    name(tokens[at - 1]) &&
    name(tokens[at + 1]) &&
    (/^(?:,|and)$/.test(tokens[at + 2]?.lower ?? '') || /^(?:,|and|;|:)$/.test(tokens[at - 2]?.lower ?? ''))
  );
}

/** A noun, or "somebody", behind which "we do not know" is said of it alone. */
function noun(token: Token | undefined): boolean {
  if (token === undefined || token.broken) return false;
  return (
    /^(?:some(?:body|one)|any(?:body|one))$/.test(token.lower) || [...token.concepts].some((id) => concept(id)?.thing === true)
  );
}

const SUBJECTS = new Set([
  'we',
  'they',
  'it',
  'he',
  'she',
  'you',
  'i',
  'this',
  'there',
  'no',
  'none',
  'nothing',
  'not',
  'never',
  'all',
  'both',
]);
const AUXILIARY = /^(?:is|are|was|were|has|have|had|will|would|can|could|may|might|did|does|do|be|been|being)$/;

/** "... and the old one no longer works": a subject of its own, and a verb. */
/** ", audit log complete": a short piece that ends with a state. */
function stateAhead(tokens: Token[], start: number): boolean {
  const end = tokens.findIndex((it, at) => at >= start && (BREAK.test(it.text) || it.lower === ','));
  const last = tokens[(end < 0 ? tokens.length : end) - 1];
  return (
    end - start <= 5 &&
    last !== undefined &&
    /^(?:complete|incomplete|missing|available|unavailable|unknown|intact|online|offline|absent|present|clean|off|on|empty|full)$/.test(
      last.lower,
    )
  );
}

function verbAhead(tokens: Token[], start: number): boolean {
  const ahead = tokens.slice(start + 2, start + 8);
  const end = ahead.findIndex((it) => BREAK.test(it.text) || it.lower === ',');
  return ahead
    .slice(0, end < 0 ? 6 : end)
    .some((it) => it.lower === 'longer' || /^(?:works|shows|holds|runs|remains|stays|keeps|needs|contains|goes)$/.test(it.lower));
}

function opensClause(tokens: Token[], at: number): boolean {
  const first = tokens[at];
  if (first === undefined) return false;
  const start = first.lower === 'and' || first.lower === 'or' ? at + 1 : at;
  const opening = tokens[start];
  if (opening === undefined) return false;
  if (stateAhead(tokens, start)) return true;
  if (SUBJECTS.has(opening.lower) || AUXILIARY.test(opening.lower)) return true;
  if (/^(?:the|a|an|this|these|those|our|your|its|their|every|each)$/.test(opening.lower) && verbAhead(tokens, start)) return true;
  const ahead = tokens.slice(start, start + 7);
  const end = ahead.findIndex((it) => it.lower === ',' || it.lower === 'and' || BREAK.test(it.text));
  return (
    ahead
      .slice(0, end < 0 ? 7 : end)
      .some((it, index) => AUXILIARY.test(it.lower) || (index > 0 && isEvent(it) && /ed$/.test(it.lower))) ||
    /ed$|^(?:took|found|saw|told|sent|went|ran|began|shut|cut|put|set|left|kept|made|got|wrote|lost)$/.test(opening.lower)
  );
}

const isEvent = (it: Token) => it.concepts.size > 0;

const NEGATOR =
  /^(?:no|not|never|none|neither|nor|without|cannot|nothing|nobody|nowhere|zero|unable|lack|lacks|lacked|lacking|hardly|.+n't)$/;
/** Words that deny what stands before them: "data theft is ruled out", "the agent is absent". */
const BACKWARD = /^(?:absent|excluded|denied|disproved|unaffected|unfounded|failed|fails|unsuccessful|nil)$/;
const NOT_NEGATING = /^(?:only|just|later|limited|least|less|fewer|more|yet)$/;

/** Marks the words that a negation turns round: from "not" or "no" to the end of its clause, or back from "ruled out". */
function markNegation(tokens: Token[]): void {
  tokens.forEach((token, at) => {
    const next = tokens[at + 1]?.lower ?? '';
    const forward =
      NEGATOR.test(token.lower) &&
      !(token.lower === 'no' && /^(?:later|longer|more|fewer|less|sooner|doubt)$/.test(next)) &&
      !(token.lower === 'not' && NOT_NEGATING.test(next) && next !== 'yet');
    if (forward) reach(tokens, at, 1);
    if (token.lower === 'no' && next === 'longer') reach(tokens, at + 1, 1);
    const ruledOut = token.lower === 'out' && /^rul/.test(tokens[at - 1]?.lower ?? '');
    if (BACKWARD.test(token.lower) || ruledOut) reach(tokens, at, -1);
  });
}

function reach(tokens: Token[], from: number, step: 1 | -1): void {
  const clause = tokens[from]?.clause;
  for (let at = from + step; tokens[at] !== undefined && tokens[at]?.clause === clause; at += step) {
    const token = tokens[at];
    if (token !== undefined && !token.broken) token.negated = !token.negated;
  }
}

/** Words with a claim of their own. */
export function contentOf(reading: Reading): Token[] {
  return reading.tokens.filter((it) => !it.empty && it.mention === undefined);
}
