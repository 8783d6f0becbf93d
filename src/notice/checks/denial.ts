import type { Case, Check } from '../case.ts';
import { cited, problem } from '../case.ts';
import type { Token } from '../reading.ts';
import { sameKey } from '../values/mention.ts';
import { concept } from '../words/lexicon.ts';
import { type Clause, clausesOf } from './polarity.ts';

const EXCEPT = /^(?:except|but|without|excluding|missing|only|apart|besides|unless|left|outside|however|aside)$/;
const STOP =
  /^(?:stop|stopped|stops|halt|halted|freeze|froze|frozen|suspend|suspended|pause|paused|cancel|cancelled|forbid|forbade|ban|banned)$/;

/** "The browser extensions too" where the entry says that they were not checked; "deployments go on" where it stops them. */
export const denial: Check = (it) => {
  if (it.type !== 'fact' || it.evidence.length === 0 || it.evidence.some(({ entry }) => entry.status === 'unknown')) return [];
  const theirs = it.evidence.flatMap(({ readings }) => readings.slice(0, 1).flatMap((reading) => clausesOf(reading, true)));
  const ours = clausesOf(it.reading);
  const wrong = theirs.find((clause) => ours.some((own) => affirms(own, clause, theirs) || goesOn(own, clause, it)));
  if (wrong === undefined) return [];
  return [problem(it, 'truth', 'polarity.denied', `This affirms what ${cited(it)} denies.`, 'Say it the way the entry does.')];
};

const things = (tokens: Token[]) =>
  tokens.filter(
    (token) =>
      token.mention !== undefined ||
      (!token.broken && !token.empty && ![...token.concepts].some((id) => concept(id)?.thing === false)),
  );
const deeds = (tokens: Token[]) =>
  tokens.filter((token) => !token.broken && [...token.concepts].some((id) => concept(id)?.thing === false));

function same(a: Token, b: Token): boolean {
  if (a.mention !== undefined || b.mention !== undefined)
    return a.mention !== undefined && b.mention !== undefined && sameKey(a.mention, b.mention) && a.mention.type !== 'number';
  return a.stem === b.stem;
}

/** The draft's clause has the thing and the deed of a denying clause of the entry, and denies nothing. */
function affirms(ours: Clause, clause: Clause, theirs: Clause[]): boolean {
  if (!clause.negative || ours.negative || ours.tokens.some(({ lower, denies }) => denies || EXCEPT.test(lower))) return false;
  const not = clause.tokens.findIndex(({ lower }) => /^(?:not|never|cannot|\w+n't)$/.test(lower));
  if (not < 1) return false;
  const own = things(clause.tokens.slice(0, not)).filter(
    (thing) => !theirs.some((other) => !other.negative && other.tokens.some((token) => same(token, thing))),
  );
  const head = own.filter(({ mention }) => mention === undefined).at(-1);
  const done = deeds(clause.tokens.slice(not));
  if (head === undefined || done.length === 0) return false;
  return (
    ours.tokens.some((token) => same(token, head)) && deeds(ours.tokens).some((token) => done.some((deed) => alike(token, deed)))
  );
}

const alike = (a: Token, b: Token) => a.stem === b.stem || [...a.concepts].some((id) => b.concepts.has(id));

/** "Decided to stop deployments", and the draft has deployments. */
function goesOn(ours: Clause, clause: Clause, it: Case): boolean {
  const at = clause.tokens.findIndex(({ lower }) => STOP.test(lower));
  const object =
    at < 0
      ? undefined
      : clause.tokens.slice(at + 1, at + 4).find((token) => !token.broken && !token.empty && token.mention === undefined);
  if (object === undefined || ours.negative || it.reading.tokens.some(({ lower }) => STOP.test(lower) || EXCEPT.test(lower)))
    return false;
  const said = ours.tokens.findIndex((token) => token.stem === object.stem);
  return (
    said > 0 &&
    ours.tokens.slice(0, said).some(({ lower }) => /^(?:will|there|continue|go|resume|allow|allowed|is|are)$/.test(lower)) &&
    !/\b(?:no|not|off|ended|over|hold)\b/i.test(it.reading.text)
  );
}
