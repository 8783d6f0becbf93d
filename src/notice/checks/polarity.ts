import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import { claimsAbsence, unknowing } from '../markers.ts';
import type { Problem } from '../problem.ts';
import type { Reading, Token } from '../reading.ts';
import { WITHOUT_NOTHING } from '../reading.ts';
import { sameKey } from '../values/mention.ts';
import { FUNCTION } from '../words/function-words.ts';
import { concept } from '../words/lexicon.ts';

/** `about` are the words to know the clause by: its own, and its subject's where it only goes on ("... and was not encrypted"). */
export type Clause = { tokens: Token[]; about: Token[]; negative: boolean };

/** What the entry affirms the draft may not deny, nor the other way round. */
export const polarity: Check = (it) => {
  if (it.type !== 'fact' || it.evidence.length === 0 || it.evidence.some(({ entry }) => entry.status === 'unknown')) return [];
  const theirs = it.evidence.flatMap(statedClauses);
  const ours = clausesOf(it.reading);
  return [
    ...ours.flatMap((clause) => turned(clause, theirs, it)),
    ...ours.flatMap((clause) => found(clause, theirs, it)),
    ...bareDenial(ours, theirs, it),
  ].slice(0, 1);
};

/** What an entry states. What a ruled-out entry rules out stands before its first colon and is no statement. */
function statedClauses({ entry, readings }: Evidence): Clause[] {
  const from = entry.status === 'ruled_out' ? (/[:;.]/.exec(entry.text)?.index ?? entry.text.length) : -1;
  const written = entry.text === '' ? readings : readings.slice(0, 1);
  return written.flatMap((reading) => clausesOf(reading, true).filter(({ tokens }) => (tokens[0]?.start ?? 0) >= from));
}

export function clausesOf(reading: Reading, filled = false): Clause[] {
  const groups = [...Map.groupBy(reading.tokens, ({ clause }) => clause).values()];
  return groups
    .map((own, at) => ({ own, at, tokens: filled ? [...own, ...leftOut(own, groups[at - 1])] : own }))
    .map(({ own, at, tokens }) => ({
      tokens,
      about: [...subjectOf(groups, at), ...tokens],
      negative: (negatives(own) % 2 === 1) !== announced(groups[at - 1], own),
    }));
}

/** "The logs were checked; the laptops were not": the deed that the second leaves out is that of the first. */
function leftOut(tokens: Token[], before: Token[] | undefined): Token[] {
  const end = tokens.filter(({ broken }) => !broken).slice(-2);
  return before !== undefined &&
    end[1]?.lower === 'not' &&
    /^(?:is|are|was|were|has|have|had|did|does|do|could|can)$/.test(end[0]?.lower ?? '')
    ? predicates(before).slice(-1)
    : [];
}

/** The clauses before one that opens with its verb, up to the one that has the subject. */
function subjectOf(groups: Token[][], at: number): Token[] {
  const opening = groups[at]?.find(({ lower }) => !/^(?:,|;|and|or|but)$/.test(lower))?.lower ?? '';
  const goesOn = /^(?:is|are|was|were|has|have|had|did|does|do|will|which|who|not|never|\w+ed)$/.test(opening);
  return goesOn && at > 0 ? [...subjectOf(groups, at - 1), ...(groups[at - 1] ?? [])] : [];
}

/** "We have ruled out: access to ...": the denial stands before the colon. */
function announced(before: Token[] | undefined, tokens: Token[]): boolean {
  return (
    tokens[0]?.text === ':' &&
    !before?.some(({ lower }) => /^(?:been|was|were|is|are)$/.test(lower)) &&
    before?.at(-1)?.lower === 'out' &&
    /^rul/.test(before.at(-2)?.lower ?? '')
  );
}

const NEGATIVE = /^(?:no|not|never|none|neither|without|cannot|nothing|nobody|zero|unable|failed|fails|lack|lacks|lacked|.+n't)$/;

function negatives(tokens: Token[]): number {
  const logs = tokens.some(
    ({ lower, concepts }) =>
      concepts.has('log') || /^(?:logs?|telemetry|recordings?|history|snapshots?|backups?|logging|region)$/.test(lower),
  );
  const ruledOut = tokens.some((it, at) => /^rul/.test(it.lower) && tokens[at + 1]?.lower === 'out');
  return (
    tokens.filter((it, at) => (it.denies || NEGATIVE.test(it.lower)) && !idle(it, tokens.slice(at + 1, at + 4), logs)).length +
    (ruledOut ? 1 : 0) +
    (tokens.some((it, at) => it.lower === 'left' && tokens[at + 1]?.lower === 'out') ? 1 : 0)
  );
}

const LOGS = /^(?:logs?|telemetry|recordings?)$/;

/** "Not available", "not retained" is a state: missing. */
const LOST = /^(?:logged|available|retained|kept|recorded|collected|stored|preserved)$/;

/** "No later than", "not only", "not yet confirmed": no denial of what happened. */
function idle(it: Token, ahead: Token[], logs: boolean): boolean {
  const [next = '', then = ''] = ahead.map(({ lower }) => lower);
  const hedge = /^(?:confirmed|verified|proven|certain|clear|established|prove|confirm|sure)$/;
  const passing = /^(?:yet|been|fully|was|were|is|are|has|have)$/;
  const end = ahead.findIndex(({ lower }) => !passing.test(lower));
  if (logs && it.lower === 'not' && /^(?:send|sends|deliver|provide|have|keep|write|record|cover)$/.test(next)) return true;
  if (logs && /^(?:not|nothing|never)$/.test(it.lower) && LOST.test(ahead[end]?.lower ?? '')) return true;
  if (
    /^(?:no|without|lack|lacks|lacked)$/.test(it.lower) &&
    ahead.some((token) => LOGS.test(token.lower) || token.concepts.has('log'))
  )
    return true;
  if (/^(?:not|cannot)$/.test(it.lower) && (hedge.test(next) || (/^(?:yet|been|fully)$/.test(next) && hedge.test(then))))
    return true;
  if (it.lower === 'without' && WITHOUT_NOTHING.test(next)) return true;
  return (
    (it.lower === 'no' && /^(?:later|more|less|fewer|doubt)$/.test(next)) ||
    (it.lower === 'not' && /^(?:only|just|ours|yours)$/.test(next))
  );
}

/** "Download log", "the affected tenant": a word that only marks the noun behind it. */
function isModifier(tokens: Token[], at: number): boolean {
  const [word, next] = [tokens[at]?.lower ?? '', tokens[at + 1]];
  if (FUNCTION.has(word) || ![...(next?.concepts ?? [])].some((id) => concept(id)?.thing === true)) return false;
  return (
    /^(?:the|an?|our|your|their|its|this|these|those|all|both)$/.test(tokens[at - 1]?.lower ?? '') || !/(?:ed|ing)$/.test(word)
  );
}

/** Words whose denial changes the statement: what happens, and the harms. "Download log" denies or affirms no download. */
function predicates(tokens: Token[]): Token[] {
  const modifies = (at: number) => isModifier(tokens, at);
  const noun = (it: Token) => [...it.concepts].some((id) => concept(id)?.thing === true) && !/(?:ed|ing)$/.test(it.lower);
  const event = (it: Token) => !noun(it) && [...it.concepts].some((id) => concept(id)?.thing === false);
  const harm = (it: Token) => [...it.concepts].some((id) => concept(id)?.claim === true && concept(id)?.thing === true);
  const found = tokens.filter((it, at) => it.mention === undefined && !it.broken && ((event(it) && !modifies(at)) || harm(it)));
  if (found.length > 0) return found;
  const named = tokens.filter((it) => !it.broken && [...it.concepts].some((id) => concept(id)?.thing === false));
  const plain = tokens.filter((it) => !it.broken && !FUNCTION.has(it.lower));
  const verb = tokens.some(({ lower }) => /^(?:is|are|was|were|been|be|has|have|had|does|did)$/.test(lower));
  return named.length > 0 && !verb ? named : plain.length < 2 || !verb ? [] : plain;
}

/** "No longer works" says that something has been ended, which is no denial of it. */
function idleNow(tokens: Token[]): boolean {
  return tokens.some(
    (it, at) =>
      it.lower === 'no' &&
      tokens[at + 1]?.lower === 'longer' &&
      /^(?:works?|working|valid|usable|active|accepted|open|reachable|in|online|available)$/.test(tokens[at + 2]?.lower ?? ''),
  );
}

const SOFT =
  /^(?:stop|stops|halt|halts|pause|pauses|freeze|froze|frozen|suspend|cancel|cancelled|cease|ceased|refrain|stopped|halted|suspended|interrupted|prevented|blocked|denied|refused|offline|down|missing|unavailable|lost|dead|disabled|closed|paused|downtime)$/;

/** The entry says that something stopped, and the draft that it did not go on. */
function stopped(theirs: Token[], ours: Token[]): boolean {
  return theirs.some((token) => SOFT.test(token.lower) && !ours.some((one) => same(one, token)));
}

/** "Lets people in without a login" for a login bypass. */
function bypassed(theirs: Token[], ours: Token[]): boolean {
  return (
    ours.some(({ lower }) => lower === 'without') &&
    theirs.some(({ lower }) => /^(?:bypass|circumvent|unauthenticated|skip)/.test(lower))
  );
}

function turned(ours: Clause, theirs: Clause[], it: Case): Problem[] {
  if (idleNow(ours.tokens) || presupposed(ours, it) || ruledOutSo(ours, it)) return [];
  const ranked = theirs
    .map((clause) => ({
      clause,
      score: overlap(ours.tokens, clause.tokens) + overlap(ours.about, clause.about) / 2,
      shared: sharedWords(ours, clause),
    }))
    .filter(({ shared }) => shared.length > 0)
    .sort((a, b) => b.score - a.score);
  const best = ranked[0];
  if (best === undefined || best.clause.negative === ours.negative) return [];
  if (ours.negative && (stopped(best.clause.about, ours.tokens) || bypassed(best.clause.about, ours.tokens))) return [];
  if (ranked.some(({ clause, score }) => clause.negative === ours.negative && score >= best.score * 0.75)) return [];
  const says = best.clause.negative ? 'denies' : 'affirms';
  return [turnedRound(it, `The cited entry ${says} "${best.shared[0]?.text ?? ''}", and this says the opposite.`)];
}

/** "No data were lost" of "data loss ruled out": the denial of what the entry rules out. */
function ruledOutSo(ours: Clause, it: Case): boolean {
  if (!ours.negative) return false;
  const words = denied(ours.tokens);
  return it.evidence.some(({ entry, readings }) => {
    const head = /[:;.]/.exec(entry.text)?.index ?? entry.text.length;
    const tokens = (readings[0]?.tokens ?? []).filter(({ start, broken }) => start < head && !broken);
    return entry.status === 'ruled_out' && words.length > 0 && words.some((word) => tokens.some((token) => same(word, token)));
  });
}

/** "At the check on 3 July none was encrypted" has a check in it, whatever else was not checked. */
function presupposed(ours: Clause, it: Case): boolean {
  if (ours.negative) return false;
  const deeds = predicates(ours.tokens);
  return (
    deeds.length === 1 &&
    it.evidence.some(({ readings }) =>
      readings.some(({ tokens }) =>
        tokens.some(
          (token, at) =>
            deeds.some((deed) => same(deed, token)) &&
            tokens[at - 1]?.lower === 'the' &&
            /^(?:at|after|during|in|before|by)$/.test(tokens[at - 2]?.lower ?? ''),
        ),
      ),
    )
  );
}

/** Where one clause denies and the other does not, what is denied is what counts; where they agree, any deed they share. */
function sharedWords(ours: Clause, clause: Clause): Token[] {
  if (clause.negative === ours.negative)
    return predicates(ours.tokens).filter((word) => predicates(clause.tokens).some((other) => same(word, other)));
  const [denying, affirming] = ours.negative ? [ours, clause] : [clause, ours];
  const words = denied(denying.tokens);
  const found = words.filter((word) =>
    affirming.tokens.some(
      (other, at) => !other.broken && same(word, other) && !(isDeed(word) && isDeed(other) && isModifier(affirming.tokens, at)),
    ),
  );
  // Things without a deed ("no mail ... forwarded"): one of them alone may stand in any clause.
  return words.length > 1 && (!words.some(isDeed) || denying.tokens.some(({ lower }) => lower === 'no')) && found.length < 2
    ? []
    : found;
}

const isDeed = (token: Token) => [...token.concepts].some((id) => concept(id)?.thing === false);

const STATE = /^(?:off|on|up|down|in|out|open|closed)$/;

/** What a clause denies: the deed right behind the denial; the thing, where no deed follows. */
function denied(tokens: Token[]): Token[] {
  const at = tokens.findIndex(
    (token, index) => (token.denies || NEGATIVE.test(token.lower)) && !idle(token, tokens.slice(index + 1, index + 4), false),
  );
  const word = tokens[at];
  if (word === undefined || word.denies) return word === undefined ? predicates(tokens) : [word];
  const last = /^(?:none|nothing)$/.test(word.lower) && (tokens[at - 1]?.text === ':' || tokens[at + 1] === undefined);
  const behind = last ? tokens.slice(0, at) : tokens.slice(at + 1, at + 7);
  const plain = behind.filter(
    (token) => !token.broken && (!FUNCTION.has(token.lower) || STATE.test(token.lower)) && token.lower !== 'according',
  );
  const deeds = plain.filter(
    (token) =>
      predicates(tokens).includes(token) &&
      [...token.concepts].some((id) => concept(id)?.thing === false || concept(id)?.claim === true),
  );
  const verb = tokens[at - 1];
  if (word.lower === 'no' && verb !== undefined && /ed$|^(?:saw|found|took|sent|made|had|has|have|got)$/.test(verb.lower))
    return [verb, ...plain.slice(0, 1)];
  if (deeds.length > 0) return deeds.slice(0, 2);
  return last ? [] : plain.slice(0, word.lower === 'no' ? 3 : 1);
}

const turnedRound = (it: Case, message: string) => problem(it, 'truth', 'polarity', message, 'Say it the way the entry does.');

/** "No use of the key" in the entry, "a use of the key" in the draft. */
function found(ours: Clause, theirs: Clause[], it: Case): Problem[] {
  if (ours.negative) return [];
  const denied = theirs.flatMap(({ tokens }) => tokens.flatMap((token, at) => (token.lower === 'no' ? nounAfter(tokens, at) : [])));
  const word = ours.tokens.find(
    (token) => !token.broken && token.mention === undefined && denied.some((other) => other.stem === token.stem),
  );
  const elsewhere = theirs.some(({ tokens, negative }) => !negative && tokens.some((token) => token.stem === word?.stem));
  return word === undefined || elsewhere ? [] : [turnedRound(it, `The cited entry has no "${word.text}", and this has.`)];
}

function nounAfter(tokens: Token[], at: number): Token[] {
  const next = tokens.slice(at + 1, at + 4);
  const end = next.findIndex((it) => it.broken || /^(?:of|from|to|in|on|for|that|was|were|is|are|by|with)$/.test(it.lower));
  return next
    .slice(0, end < 0 ? 3 : end)
    .slice(-1)
    .filter((it) => it.lower.length > 2);
}

/** Words of an entry under which a denial may be a fair paraphrase: "offline" is "not reachable". */
const LACKING =
  /\b(?:off|offline|out|without|lack|missing|removed|disabled|disconnected|discontinued|pending|open|waiting|remains?|still|only|except|outside|before|older|clean|stopped|refused?|revoked|uninstalled|absent|denied|blocked|closed|lost|gone|deleted|overwritten|expired|paused|halted|frozen|unavailable|unreachable|unaffected|unused|unencrypted|unpatched|unchanged|untouched|inaccessible|fail\w*|rather|instead|other|another|less|fewer|until|never|zero|dead|valid|broke|broken|suspended|terminated|elsewhere|stop|stops|halts?|freez\w*|pauses?|suspends?|cancel\w*|bypass\w*|circumvent\w*|unauthenticated)\b/gi;

/** The entry has such a word, and the draft has put a denial in its place. */
function lacking(theirs: string, ours: string): boolean {
  if (
    /\bonly (?:after|once|when|if)\b/i.test(theirs) &&
    !/\b(?:before|until|unless|only|sooner|earlier|other|else|any)\b/i.test(ours)
  )
    return false;
  return [...theirs.matchAll(LACKING)].some((m) => !new RegExp(`\\b${m[0]}\\b`, 'i').test(ours));
}

/** The draft denies where the entry denies nothing at all. */
function bareDenial(ours: Clause[], theirs: Clause[], it: Case): Problem[] {
  const text = it.reading.text;
  const denying = ours.find(
    ({ negative, tokens }) => negative && tokens.some((one) => !one.empty || predicates(tokens).includes(one)),
  );
  if (denying === undefined || it.evidence.some(({ entry }) => entry.status === 'ruled_out')) return [];
  if (theirs.some(({ tokens }) => negatives(tokens) > 0) || it.evidence.some(({ entry }) => lacking(entry.text, text))) return [];
  if (unknowing(text) || claimsAbsence(text) || /\bno longer\b/i.test(text)) return [];
  return [turnedRound(it, 'This denies something, and the cited entry denies nothing.')];
}

function same(a: Token, b: Token): boolean {
  return a.stem === b.stem || [...a.concepts].some((id) => b.concepts.has(id));
}

function overlap(a: Token[], b: Token[]): number {
  const words = a.filter((one) => !one.broken && !one.empty && b.some((two) => same(one, two))).length;
  const values = a.filter(
    (one) =>
      one.mention !== undefined && b.some((two) => two.mention !== undefined && sameKey(one.mention ?? two.mention, two.mention)),
  ).length;
  return words + values;
}
