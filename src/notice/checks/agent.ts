import type { Case, Check, Docket } from '../case.ts';
import { cited, problem } from '../case.ts';
import { nameWords } from '../known.ts';
import type { Problem } from '../problem.ts';
import type { Token } from '../reading.ts';
import { concept } from '../words/lexicon.ts';

/** Who did it, whose it is and who told whom, where the entry names somebody else. */
export const agents: Check = (it, docket) =>
  it.type === 'fact' && it.evidence.length > 0 ? [...did(it), ...ours(it, docket), ...told(it), ...owner(it)].slice(0, 1) : [];

const say = (it: Case, message: string): Problem =>
  problem(it, 'truth', 'claim.actor', message, 'Name the one who did it, and whose it is, as the entry does.');

const entryText = (it: Case) => it.evidence.map(({ entry }) => `${entry.text} ${entry.signed_by ?? ''}`).join(' ');
const person = (it: Case, name: string) => it.evidence.some(({ entry }) => (entry.signed_by ?? '').includes(name));

/** "Kaseya did it". */
function did(it: Case): Problem[] {
  const m = /\b((?:\p{Lu}[\p{L}\d.-]+\s)+)(?:did|has done|had done|made) (?:it|this|that|so)\b/u.exec(it.reading.text);
  const name = m?.[1]?.trim();
  if (name === undefined || person(it, name)) return [];
  const theirs = entryText(it);
  const acts = new RegExp(String.raw`${RegExp.escape(name)}\s+(?:has |had |also )?\p{Ll}+|by ${RegExp.escape(name)}`, 'u');
  return acts.test(theirs) ? [] : [say(it, `${cited(it)} does not say that ${name} did it.`)];
}

const AUX = /^(?:has|have|had|then|also|now|already|later|finally|immediately|once|was|were|is|are|been|being|\w+ly)$/;
const PASSIVE = /^(?:was|were|is|are|been|being|be|get|got)$/;
/** What people take in rather than do. */
const TAKEN_IN =
  /^(?:have|had|has|see|saw|know|knew|hear|heard|learn|learned|learnt|get|got|receive|received|read|think|believe|suspect|assume|understand|expect|await|ask|asked|find|found|note|count|counted|look|looked|check|checked|review|reviewed|regard|treat|use|take|want|wait|cannot|can|could|do|did|will|are|were|is|would|must|should|may|might)$/;

/** The word before a verb that does it: a name or a noun. Undefined where nobody is named or the verb is passive. */
function subjectOf(tokens: Token[], at: number): Token | undefined {
  let back = at - 1;
  let passive = false;
  for (; tokens[back] !== undefined && AUX.test(tokens[back]?.lower ?? ''); back--)
    passive ||= PASSIVE.test(tokens[back]?.lower ?? '');
  const token = tokens[back];
  return passive || token === undefined || token.broken ? undefined : token;
}

const isDeed = (token: Token) => !token.broken && [...token.concepts].some((id) => concept(id)?.thing === false);

/** "We removed it" where the entry says that somebody else did, and nothing of ours. */
function ours(it: Case, docket: Docket): Problem[] {
  const { tokens } = it.reading;
  const we = tokens.findIndex(({ lower }, at) => lower === 'we' && !AUX_ONLY.test(tokens[at + 1]?.lower ?? ''));
  if (we < 0) return [];
  const verb = tokens.slice(we + 1, we + 4).find((token) => !AUX.test(token.lower));
  if (
    verb === undefined ||
    TAKEN_IN.test(verb.lower) ||
    verb.broken ||
    !/ed$|^(?:took|gave|sent|made|put|cut|shut|pulled|withdrew|built|broke|wrote|told|set|ran)$/.test(verb.lower)
  )
    return [];
  const own = nameWords(docket.record.msp).map((word) => word.toLowerCase());
  const theirs = entryText(it);
  if (/\b(?:we|our|us)\b/i.test(theirs) || own.some((word) => word.length > 3 && theirs.toLowerCase().includes(word))) return [];
  const doers = it.evidence.flatMap(({ entry, readings }) =>
    readings
      .slice(0, 1)
      .flatMap((reading) =>
        reading.tokens.flatMap((token, at) =>
          isDeed(token) &&
          /ed$|^(?:took|gave|sent|put|cut|shut|withdrew|built|received)$/.test(token.lower) &&
          OBJECT.test(reading.tokens[at + 1]?.lower ?? '')
            ? [{ entry, doer: subjectOf(reading.tokens, at) }]
            : [],
        ),
      ),
  );
  // Only who opens the entry is sure to be the one who did it.
  const named = doers.flatMap(({ entry, doer }) =>
    doer === undefined || (entry.signed_by ?? '').includes(doer.text) || doer.start > 0 ? [] : [doer],
  );
  const foreign = named.length === it.evidence.length && named.every((doer) => outsider(doer, it));
  return foreign ? [say(it, `${cited(it)} says that "${named[0]?.text}" did it, and this says that we did.`)] : [];
}

/** What the verb is done to stands right behind it: "Template replaced with ..." says nothing of who did it. */
const OBJECT = /^(?:the|an?|both|all|its|their|his|her|this|that|these|those|every|each|some|two|three|\d+)$/;

const AUX_ONLY = /^(?:do|did|will|can|cannot|could|would|shall|should|must|may|might|are|were|have no|know)$/;

/** A firm or a service by one name; not a person of two, and not a plain noun. */
function outsider(doer: Token, it: Case): boolean {
  const name = new RegExp(String.raw`\p{Lu}\p{Ll}+ (?:(?:van|de|den|der|von|of) )*${RegExp.escape(doer.text)}\b`, 'u').test(
    entryText(it),
  );
  return (
    !name &&
    (/^\p{Lu}/u.test(doer.text) || doer.concepts.size === 0) &&
    !/^(?:who|which|that|it|they|he|she|you|nobody|somebody|all|both|and|or|then)$/.test(doer.lower)
  );
}

const TELL = '(?:told|informed|notified|wrote to|e-?mailed|alerted|warned|called|phoned|let)';

/** "We told the vendor" where the vendor told us, and the other way round. */
function told(it: Case): Problem[] {
  const theirs = entryText(it);
  const toUs = (text: string) => new RegExp(String.raw`\b${TELL} us\b`, 'i').test(text);
  const fromUs = (text: string) =>
    new RegExp(String.raw`\bwe (?:\w+ )?${TELL} (?!you\b|by\b)\p{Lu}`, 'u').test(text.replace(/^We\b/, 'we'));
  const turned =
    (fromUs(it.reading.text) && toUs(theirs) && !fromUs(theirs)) || (toUs(it.reading.text) && fromUs(theirs) && !toUs(theirs));
  return turned ? [say(it, `${cited(it)} has it the other way round who told whom.`)] : [];
}

const THING = '(logins?|login details|credentials?|passwords?|accounts?|servers?|tokens?|keys?|certificates?|systems?|network)';

/** "One of our logins" where the entry gives it to somebody else. */
function owner(it: Case): Problem[] {
  const mine = new RegExp(
    String.raw`\b(?:used|with|through|via|using|from) (?:\w+ )?(?:one of )?our (?:own )?${THING}\b|\bbelong(?:s|ed|ing)? to us\b`,
    'i',
  ).test(it.reading.text);
  const theirs = entryText(it);
  const others =
    new RegExp(
      String.raw`\b${THING} of (?:an?|the) (?:\p{Lu}\w+ )?(?:customer|client|vendor|supplier|maintainer|employee)`,
      'iu',
    ).test(theirs) || new RegExp(String.raw`\b\p{Lu}\w+'s ${THING}\b`, 'u').test(theirs);
  return mine && others && !/\b(?:our|us|we)\b/i.test(theirs) ? [say(it, `${cited(it)} gives this to somebody else.`)] : [];
}
