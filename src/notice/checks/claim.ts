import type { Case, Check, Docket } from '../case.ts';
import { cited, problem } from '../case.ts';
import { carries, nearly } from '../evidence.ts';
import { contextWords } from '../known.ts';
import type { Problem } from '../problem.ts';
import type { Token } from '../reading.ts';
import { atDate } from '../values/instant.ts';
import type { Mention } from '../values/mention.ts';
import { OPPOSITE_WORDS, OPPOSITES } from '../words/events.ts';
import { concept } from '../words/lexicon.ts';
import { stem } from '../words/stem.ts';

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
  'missing',
  'fail',
]);

/** What the draft says beyond the cited entries: a harm, a cause, a kind of data, a thing or an action none of them mentions. */
export const claims: Check = (it, docket) => {
  if (it.evidence.length === 0 || it.type === 'fixed') return [];
  const known = contextWords(docket);
  const unsupported = it.reading.tokens.filter(
    (token) => token.mention === undefined && !token.broken && !named(token, it) && !supported(token, it, known),
  );
  const beyond = unsupported.find((token) =>
    it.type === 'fact' ? isBeyond(token) && !referred(token, it, docket) : harmful(token),
  );
  if (beyond !== undefined) return [said(beyond, it)];
  return it.type === 'fact' ? [...taken(it), ...affected(it), ...contained(it), ...foretold(it), ...thin(it, known)] : [];
};

/** "Both servers", "the leaked password": what an entry open to this draft speaks of; a harm only as a mark of the thing it is said of. */
function referred(token: Token, it: Case, docket: Docket): boolean {
  const harm = [...token.concepts].some((id) => concept(id)?.thing === false || concept(id)?.claim === true);
  const at = it.reading.tokens.indexOf(token);
  const definite = it.reading.tokens
    .slice(Math.max(0, at - (harm ? 2 : 3)), at)
    .some(({ lower }) => /^(?:the|both|these|those|this|that|your|our|its|their|all|each)$/.test(lower));
  const marks = [1, 2].some((step) =>
    [...(it.reading.tokens[at + step]?.concepts ?? [])].some((id) => concept(id)?.thing === true),
  );
  const open = [...docket.visible.values()].filter(
    ({ entry }) => !harm || (entry.status === 'confirmed' && !docket.superseded.has(entry.id)),
  );
  return definite && (!harm || marks) && open.some(({ carried }) => carries(carried, token));
}

/** Part of a name, which the check of names looks at. */
const named = (token: Token, it: Case) =>
  /^\p{Lu}/u.test(token.text) && it.reading.tokens.some((other) => other.start < token.start && !other.broken);

/** The title of a record supports no harm: only the cited entries do. */
function supported(token: Token, it: Case, known: ReadonlySet<string>): boolean {
  return (
    turnedRound(token, it) || carries(it.carried, token) || nearly(it.carried, token) || (known.has(token.stem) && !harmful(token))
  );
}

/** "Not online" where the entry has "offline": the denial of the other side. */
function turnedRound(token: Token, it: Case): boolean {
  if (!token.negated) return false;
  const theirs = new Set(it.evidence.flatMap(({ readings }) => readings.flatMap(({ tokens }) => tokens.map(({ lower }) => lower))));
  const words = OPPOSITE_WORDS.some(([a, b]) =>
    [
      [a, b],
      [b, a],
    ].some(([one = [], other = []]) => one.includes(token.lower) && other.some((word) => theirs.has(word))),
  );
  const events = OPPOSITES.some(
    ([a, b]) => (token.concepts.has(a) && it.carried.has(b)) || (token.concepts.has(b) && it.carried.has(a)),
  );
  return words || events;
}

const harmful = (token: Token) => token.concepts.size > 0 && [...token.concepts].every((id) => concept(id)?.claim === true);

/** Everyday words whose meaning as an action is one of several. */
const EVERYDAY = new Set(
  `hold keep store save copy secure close change apply add open make move watch sign stop replace clean holding holds kept saved image choose agree accept contain
contains contained lock filter separate separately return returned set up write protect recover correct release post share export capture collect involve order text message
hit push deliver spread on off down out back in over`
    .split(/\s+/)
    .map(stem),
);

/** Deeds of which another is the contrary or the end: said only when the entry says so, whatever else the word may mean. */
const DECISIVE =
  /^(?:opened|closed|released|resumed|allowed|unlocked|cancelled|canceled|withdrawn|deleted|accepted|ignored|refused|rejected|guarantees?|guaranteed)$/;

/** A word of which every meaning is a harm, an action or a particular thing, so that a draft may not add it. */
function isBeyond(token: Token): boolean {
  if (DECISIVE.test(token.lower)) return true;
  if (token.concepts.size === 0) return false;
  return [...token.concepts].every((id) => {
    const it = concept(id);
    if (it === undefined || it.general) return false;
    if (it.claim) return true;
    const action = ACTIONS.has(id) || ACTIONS.has(it.parent ?? '');
    return !token.empty && !EVERYDAY.has(token.stem) && (it.thing || action);
  });
}

function said(token: Token, it: Case): Problem {
  return problem(
    it,
    'truth',
    'claim.unsupported',
    `"${token.text}" is not in ${cited(it)}.`,
    'Say what the entry says, or cite the entry that carries this.',
  );
}

const OBJECT = `(?:data|files?|records?|information|documents?|e-?mails?|messages|databases?|contents?)`;
const TAKING = new RegExp(
  String.raw`\b${OBJECT}\b[^.;]{0,40}\b(?:was|were|been|be|is|are|got)\s+(?:\w+ly\s+)?(taken|copied|extracted|transferred|viewed|opened|lost)\b|\b(took|copied|extracted|transferred|viewed|opened)\b\s+(?:\w+\s+){0,4}${OBJECT}\b|\b${OBJECT}\b[^.;]{0,30}\b(left (?:the|our|your) network)`,
  'i',
);

/** "Data was taken" in whatever words needs an entry about taking. */
function taken(it: Case): Problem[] {
  const hit = TAKING.exec(it.reading.text);
  const word = hit?.[1] ?? hit?.[2] ?? hit?.[3];
  if (word === undefined) return [];
  const carried = [
    'steal',
    'leak',
    'access',
    'download',
    'upload',
    'take',
    'expose',
    'copy',
    'read',
    'preserve',
    'view',
    'open',
    'transfer',
    'move',
    stem(word),
  ].some((id) => it.carried.has(id));
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

const HARMS = [
  'affect',
  'encrypt',
  'steal',
  'expose',
  'leak',
  'access',
  'infect',
  'wipe',
  'exploit',
  'outage',
  'attack',
  'command',
  'ransomware',
];

/** "You are affected" needs an entry in which something happened to somebody. */
function affected(it: Case): Problem[] {
  const word = it.reading.tokens.find(
    (token) => /^(?:affected|impacted|compromised|infected|breached|victims?)$/.test(token.lower) && !token.negated,
  );
  if (word === undefined || HARMS.some((id) => it.carried.has(id)) || carries(it.carried, word)) return [];
  return [said(word, it)];
}

/** "Contained" is a finding of its own. */
function contained(it: Case): Problem[] {
  const word = it.reading.tokens.find(
    (token, at) => /^(?:contained|eradicated|neutrali[sz]ed|resolved)$/.test(token.lower) && passive(it.reading.tokens, at),
  );
  const theirs = it.evidence.map(({ entry }) => entry.text).join(' ');
  return word === undefined ||
    /\b(?:is|are|was|were|been|fully|now) contained\b|\b(?:containment|eradicat|resolved|neutrali)/i.test(theirs)
    ? []
    : [said(word, it)];
}

const passive = (tokens: Token[], at: number) =>
  tokens.slice(Math.max(0, at - 2), at).some(({ lower }) => /^(?:is|are|was|were|been|being|now|fully|completely)$/.test(lower));

const FUTURE = /\b(?:will|shall|going to|(?:is|are) (?:expected|due|scheduled|planned|set) (?:to|for|on|by))\b/i;
const FORESEEN =
  /\b(?:will|shall|expects?|expected|plans?|planned|promis\w+|eta|due|scheduled|going to|intends?|aims?|follows?|to be|moved|postponed|target|still|by)\b/i;

/** A day or moment later than the entry itself. */
function toCome({ time }: Mention, at: string | undefined): boolean {
  const own = atDate(at);
  if (time?.day === undefined || time.month === undefined || own === undefined) return false;
  return time.month * 31 + time.day + ((time.year ?? own.year) - own.year) * 400 > own.month * 31 + own.day;
}

/** What is to come is in an entry, or it is a promise of ours and typed as one. */
function foretold(it: Case): Problem[] {
  const word = FUTURE.exec(it.reading.text.replaceAll(/\b(?:we|you|our \w+) will\b/gi, ''))?.[0];
  if (
    word === undefined ||
    it.evidence.some(
      ({ entry, readings }) =>
        /vendor|promise/i.test(entry.kind) ||
        readings.some(({ text, mentions }) => FORESEEN.test(text) || mentions.some((mention) => toCome(mention, entry.at))),
    )
  )
    return [];
  return [
    problem(
      it,
      'truth',
      'claim.future',
      `"${word}" foretells what ${cited(it)} does not.`,
      'Leave it out, or cite the entry that says so and who said it.',
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
