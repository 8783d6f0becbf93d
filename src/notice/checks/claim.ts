import type { Case, Check } from '../case.ts';
import { cited, problem } from '../case.ts';
import { carries, nearly } from '../evidence.ts';
import { contextWords } from '../known.ts';
import type { Problem } from '../problem.ts';
import type { Token } from '../reading.ts';
import { concept } from '../words/lexicon.ts';

/** Families of action in which another action is another fact: switched off is not rebuilt. */
const ACTIONS = new Set([
  'protect',
  'fix',
  'switch_on',
  'preserve',
  'approve',
  'engage',
  'replace_promise',
  'monitor',
  'create',
  'distribute',
  'move',
]);

/** What the draft says beyond the cited entries: a harm, a cause, a kind of data, a thing or an action none of them mentions. */
export const claims: Check = (it, docket) => {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const known = contextWords(docket);
  const unsupported = it.reading.tokens.filter(
    (token) => token.mention === undefined && !token.broken && !named(token, it) && !supported(token, it, known),
  );
  const beyond = unsupported.find((token) => isClaim(token) || isAction(token) || isThing(token));
  if (beyond !== undefined) return [said(beyond, it)];
  return [...taken(it), ...thin(it, known)];
};

/** Part of a name, which the check of names looks at. */
const named = (token: Token, it: Case) =>
  /^\p{Lu}/u.test(token.text) && it.reading.tokens.some((other) => other.start < token.start && !other.broken);

function supported(token: Token, it: Case, known: ReadonlySet<string>): boolean {
  return carries(it.carried, token) || nearly(it.carried, token) || known.has(token.stem);
}

const all = (token: Token, test: (id: string) => boolean) => token.concepts.size > 0 && [...token.concepts].every(test);
const isClaim = (token: Token) => all(token, (id) => concept(id)?.claim === true);
/** Everyday words whose action meaning is one of several. */
const EVERYDAY =
  /^(?:hold|keep|store|save|copy|secure|close|change|apply|add|open|make|move|watch|sign|stop|replace|clean|holding|holds|kept|saved|image|choose|agree|accept|contain|contains|contained|lock|filter|separate|separately|return|returned|set|up|write|protect|recover|correct|release|post|share|hold|keep|export|capture|collect|involve|order|text|message|hit|push|deliver|spread|on|off)$/;
const isAction = (token: Token) =>
  !EVERYDAY.test(token.lower) && all(token, (id) => ACTIONS.has(id) || ACTIONS.has(concept(id)?.parent ?? '')) && !token.empty;
const isThing = (token: Token) => !token.empty && all(token, (id) => concept(id)?.thing === true && concept(id)?.general === false);

function said(token: Token, it: Case): Problem {
  return problem(
    it,
    'truth',
    'claim.unsupported',
    `"${token.text}" is not in ${cited(it)}.`,
    'Say what the entry says, or cite the entry that carries this.',
  );
}

const TAKING =
  /\b(?:taken|took|copied|downloaded|extracted|transferred|uploaded|left (?:the|our|your) network|viewed|opened|read)\b/i;
const DATA = /\b(?:data|files?|records?|information|documents?|e-?mails?|messages|database|contents?)\b/i;

/** "Data was taken" in whatever words needs an entry about taking. */
function taken(it: Case): Problem[] {
  const word = TAKING.exec(it.reading.text)?.[0];
  if (word === undefined || !DATA.test(it.reading.text)) return [];
  const carried = ['steal', 'leak', 'access', 'take', 'expose', 'copy', 'read', 'preserve', 'view'].some((id) =>
    it.carried.has(id),
  );
  return carried
    ? []
    : [
        problem(
          it,
          'truth',
          'claim.unsupported',
          `"${word}" is not in ${cited(it)}.`,
          'Say what the entry says, or cite the entry that carries this.',
        ),
      ];
}

/** So few of the sentence's own words are the entry's that the entry does not carry it. */
function thin(it: Case, known: ReadonlySet<string>): Problem[] {
  const content = it.reading.tokens.filter((token) => !token.empty && token.mention === undefined && token.lower.length > 2);
  if (content.length === 0) return [];
  const score = content.reduce(
    (sum, token) => sum + (carries(it.carried, token) ? 1 : nearly(it.carried, token) ? 0.5 : known.has(token.stem) ? 0.3 : 0),
    0,
  );
  const share = score / content.length;
  const none = share === 0 && it.reading.mentions.length === 0;
  if (!none && (share >= 0.34 || content.length < 4)) return [];
  return [
    problem(
      it,
      'truth',
      'claim.unsupported',
      `${cited(it)} hardly says anything of this.`.replace(/^e/, 'E'),
      'Stay with what the entry says, or cite the entry that carries this.',
    ),
  ];
}
