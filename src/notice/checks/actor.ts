import type { Case, Check, Docket } from '../case.ts';
import { cited, problem } from '../case.ts';
import type { Evidence } from '../evidence.ts';
import { placesOf } from '../evidence.ts';
import { nameWords } from '../known.ts';
import type { Reading, Token } from '../reading.ts';
import { concept } from '../words/lexicon.ts';

const CAUSE =
  /\b(?:caused (?:by|the)|because(?: of)?|due to|as a result of|resulted from|the result of|root cause|stem(?:s|med) from|attributed to|attributable to|owing to|thanks to|led to|originated (?:from|in|with)|(?:came|got|broke) in (?:through|via|by|with)|traced (?:back )?to|triggered by|entered (?:via|through)|gained (?:access|entry) (?:via|through|by|using)|by means of|by exploiting|through a (?:flaw|phishing|stolen|weak)|initial access|entry point|cause of)\b/i;
const NO_CAUSE =
  /\b(?:not (?:yet )?(?:know|known|established|determined|clear)|unknown|whether|investigat\w+|do not know|cannot say|nobody can|no one can|so far)\b/i;

/** No cause that the record does not give. */
export const cause: Check = (it) => {
  const word = CAUSE.exec(it.reading.text)?.[0];
  if (it.type === 'fixed' || it.evidence.length === 0 || word === undefined || NO_CAUSE.test(it.reading.text)) return [];
  const theirs = it.evidence.map(({ readings }) => readings.map(({ text }) => text).join(' ')).join(' ');
  if (
    CAUSE.test(theirs) ||
    (/^led to$/i.test(word) &&
      /\b(?:point(?:s|ed)?|resolv\w+|redirect\w*|link(?:s|ed)|went|refer\w*|connect\w*) to\b/i.test(theirs)) ||
    (/^because$/i.test(word) && causeWordsCarried(it, word)) ||
    (/\b(?:cause|via|through|using|by|after|following|exploit\w*|so that|since|as)\b/i.test(theirs) && causeWordsCarried(it, word))
  )
    return [];
  return [
    problem(
      it,
      'truth',
      'claim.cause',
      `"${word}" gives a cause that ${cited(it)} does not give.`,
      'Leave the cause out until an entry carries it: "We do not know the cause yet."',
    ),
  ];
};

/** Whatever follows the cause word stands in the entry: "because" may join two things one entry says. */
function causeWordsCarried(it: Case, word: string): boolean {
  const from = it.reading.text.indexOf(word) + word.length;
  const end = it.reading.text.slice(from).search(/[,;.](?:\s|$)/);
  const until = end < 0 ? it.reading.text.length : from + end;
  const after = it.reading.tokens.filter(
    (token) => token.start >= from && token.start < until && !token.empty && token.mention === undefined,
  );
  return (
    after.length > 0 && after.every((token) => it.carried.has(token.stem) || [...token.concepts].some((id) => it.carried.has(id)))
  );
}

type Agent = 'we' | 'vendor' | 'client';
/** Somebody doing something: "we switched", "switched off by the vendor". */
type Act = { agent: Agent; verb: Token | undefined };

const WE = `we|our (?:team|engineers?|technicians?|staff|analysts?|administrators?)`;
const AUX = String.raw`(?:\s+(?:has|have|had|was|were|is|are|will|also|then|now|already|\w+ly))*`;
const AGENT_END = String.raw`(?=\s*(?:[.,;:)]|$|\s(?:at|on|in|and|from|after|before|within|to|because|who|for|with)\b))`;

/** Who does what, where the words say so: the subject of a verb, or "by ..." behind it. A name after a preposition is no subject. */
function acts(reading: Reading, docket: Docket): Act[] {
  const { vendor, msp } = docket.record;
  const who: [Agent, string][] = [
    ['we', WE + alternatives(msp)],
    ['vendor', `the (?:vendor|supplier|manufacturer|software provider)${alternatives(vendor)}`],
    [
      docket.draft.kind === 'vendor_preservation' ? 'vendor' : 'client',
      `you|your (?:team|staff|administrator)|the (?:client|customer)${alternatives(docket.client?.name ?? '')}`,
    ],
  ];
  const others = /^(?:law_enforcement|regulator_|insurer_|notice_of_)/.test(docket.draft.kind ?? '');
  return who.filter(([agent]) => !(others && agent === 'client')).flatMap(([agent, names]) => actsOf(agent, names, reading));
}

function actsOf(agent: Agent, names: string, reading: Reading): Act[] {
  const before = String.raw`(?<!\b(?:from|of|in|to|with|at|for|on|by|than|like|as|against|about|the|our|your|and)\s)(?<![\w'-])`;
  const subject = new RegExp(String.raw`${before}(?:the )?(?:${names})${AUX}\s+(\w+)`, 'gi');
  const passive = new RegExp(String.raw`\bby (?:the )?(?:${names})${AGENT_END}`, 'gi');
  const active = [...reading.text.matchAll(subject)].map((m) => verbAt(reading, m.index + m[0].length));
  const done = [...reading.text.matchAll(passive)].map((m) =>
    reading.tokens.findLast((it) => it.end <= m.index && it.concepts.size > 0),
  );
  return [...active.filter((verb) => verb !== undefined && isVerb(verb)), ...done].map((verb) => ({ agent, verb }));
}

const verbAt = (reading: Reading, end: number) => reading.tokens.find((it) => it.end === end);
const isVerb = (it: Token) => [...it.concepts].some((id) => concept(id)?.thing === false) || /ed$/.test(it.lower);

/** A name and the word it goes by, as further alternatives of a pattern. */
function alternatives(name: string): string {
  const first = nameWords(name)[0];
  return first === undefined ? '' : `|${RegExp.escape(name)}|${RegExp.escape(first)}`;
}

const sameAct = (a: Token | undefined, b: Token | undefined) =>
  a !== undefined && b !== undefined && (a.stem === b.stem || [...a.concepts].some((id) => b.concepts.has(id)));

/** What the vendor did is not what we did, and the other way round. An entry that names nobody was written by us. */
export const actor: Check = (it, docket) => {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const theirs = it.evidence.flatMap(({ readings }) => readings.flatMap((reading) => acts(reading, docket)));
  const wrong = acts(it.reading, docket).find((act) => mistakenFor(act, theirs, it, docket));
  if (wrong === undefined) return [];
  return [
    problem(
      it,
      'truth',
      'claim.actor',
      `This says that ${WHO[wrong.agent]} did it; ${cited(it)} says otherwise or not.`,
      'Name the one who did it as the entry does.',
    ),
  ];
};

const WHO: Record<Agent, string> = { we: 'we', vendor: 'the vendor', client: 'the client' };

function mistakenFor(act: Act, theirs: Act[], it: Case, docket: Docket): boolean {
  if (act.agent === 'we' && /^(?:say|tell|write|stat|report)$/.test(act.verb?.stem ?? '')) return false;
  if (act.agent === 'we' && vendorsWord(act, it, docket)) return true;
  const same = theirs.filter((other) => sameAct(act.verb, other.verb));
  if (same.length > 0) return !same.some(({ agent }) => agent === act.agent);
  return act.agent !== 'we' && !mentions(act.agent, it, docket);
}

/** "Kestrel told us that logs are kept": what the vendor says of itself is not what we do. */
function vendorsWord(act: Act, it: Case, docket: Docket): boolean {
  const vendor = alternatives(docket.record.vendor);
  const reported = new RegExp(
    String.raw`(?:\bvendor${vendor})\s+(?:\w+\s+)?(?:told us|says|said|states|stated|writes|wrote|confirms|confirmed|informed us)\b`,
    'i',
  );
  const passive = it.evidence.every(({ entry }) => reported.test(entry.text) && !/\bthat (?:we|our)\b/i.test(entry.text));
  const ours =
    act.verb !== undefined &&
    it.evidence.some(({ readings }) => readings.some(({ tokens }) => tokens.some((token) => sameAct(act.verb, token))));
  return passive && ours && !reported.test(it.reading.text);
}

/** Whether the cited entries speak of the vendor, or of the client, at all. */
function mentions(agent: Agent, it: Case, docket: Docket): boolean {
  const text = it.evidence
    .map(({ entry, readings }) => `${entry.kind} ${entry.signed_by ?? ''} ${readings.map((reading) => reading.text).join(' ')}`)
    .join(' ');
  const own = agent === 'vendor' ? docket.record.vendor : (docket.client?.name ?? '');
  const words =
    agent === 'vendor'
      ? /\b(?:vendor|supplier|manufacturer|advisory|bulletin)/i
      : /\b(?:client|customer|you|your|user|staff|their|own)\b/i;
  return (
    words.test(text) ||
    it.evidence.some(({ entry }) => agent === 'client' && entry.client !== 'shared') ||
    nameWords(own).some((word) => word.length > 2 && new RegExp(`\\b${RegExp.escape(word)}\\b`, 'i').test(text))
  );
}

/** The sentence names the vendor, or speaks to it. */
function addressed(it: Case, docket: Docket, named: (text: string) => boolean): boolean {
  return named(it.reading.text) || (docket.draft.kind === 'vendor_preservation' && /\byou\b/i.test(it.reading.text));
}

const VENDOR_ENTRY = /\b(?:vendor|supplier|manufacturer)\b/i;
const FUTURE =
  /\b(?:will|shall|expects?|expected|plans?|planned|promises?|promised|eta|(?:is|are|was|were) due|due (?:on|by)|scheduled|target(?:s|ed)?|aims?|going to|estimated?|intends?|(?:available|ready|released|delivered|fixed|restored) (?:on|by|from|in)|follows? by|(?:is|are) to (?!be\b)\w+|reckons?|hopes?|wants? to)\b/i;
const ATTRIBUTED =
  /\b(?:says?|said|states?|stated|told|tells|according to|announced?|promise[sd]?|expects?|writes|wrote|reports?|reported|informed|estimates?|estimated|has given|gave|plans?|intends?|aims?|reckons?|hopes?|wants?|promised|is due|is to|account|has until|has been asked|advises?|advised|claims?|claimed|published|vendor's|supplier's|confirmed|(?:alert|statement|advisory|bulletin|notice|message|letter) (?:from|of|by))\b/i;

const DONE =
  /\b(?:has|have) (?:(?!not|been|never)\w+ )?(?!(?:promised|announced|said|stated|told|informed|planned|scheduled|confirmed|given|offered|been|asked|put|decided|indicated)\b)(?:\w+ed|had|made|built|sent|shown)\b/i;
const SOFT = /\b(?:expects?|expected|estimates?|estimated|plans?|planned|aims?|hopes?|intends?|likely|target(?:s|ed)?)\b/i;
const HARD = /\b(?:guarantee[sd]?|promise[sd]?|commits?|committed|confirm(?:s|ed)|assure[sd]?|definite(?:ly)?|certain(?:ly)?)\b/i;

/** "Guarantees" for "expects". */
const strengthened = (promises: Evidence[], it: Case) =>
  HARD.test(it.reading.text) &&
  promises.every(({ entry }) => SOFT.test(entry.text) && !HARD.test(entry.text) && !/promise/i.test(entry.kind));

/** Who plans or promises in an entry, where it is not us: "the maintainer". */
const doerOf = (text: string): string | undefined =>
  /\bwe\b/i.test(text)
    ? undefined
    : /(\p{L}[\w.-]*) (?:has |have )?(?:plans?|expects?|wants?|hopes?|intends?|promised|promises|will|aims?|announced|is to)\b/u
        .exec(text)?.[1]
        ?.toLowerCase();

/** A vendor's ETA is the vendor's word: it names who said it, and is never our promise. */
export const vendorPromise: Check = (it, docket) => {
  const { vendor } = docket.record;
  const first = nameWords(vendor)[0] ?? '';
  const named = (text: string) => VENDOR_ENTRY.test(text) || (first !== '' && text.toLowerCase().includes(first.toLowerCase()));
  const promises = it.evidence.filter(
    ({ entry }) =>
      /^promise/i.test(entry.kind) ||
      ((named(`${entry.kind} ${entry.text} ${entry.signed_by ?? ''}`) || /promise|eta/i.test(entry.kind)) &&
        FUTURE.test(entry.text)),
  );
  if (promises.length === 0 || it.type === 'courtesy' || it.type === 'fixed') return [];
  if (strengthened(promises, it))
    return [
      problem(
        it,
        'truth',
        'claim.vendor_promise',
        'This is surer than the vendor is.',
        'Keep the word of the entry: "expects" is not "guarantees".',
      ),
    ];
  const timed = promises.some((evidence) =>
    it.reading.mentions.some(
      (ours) =>
        (ours.type === 'time' || ours.type === 'duration') && placesOf(ours, evidence).some(({ reading }) => reading !== undefined),
    ),
  );
  if (!FUTURE.test(it.reading.text) && !timed) return [];
  const own = promises.some(
    ({ entry }) =>
      /^(?:promise)$/i.test(entry.kind) && !named(`${entry.text} ${entry.signed_by ?? ''}`) && doerOf(entry.text) === undefined,
  );
  if (
    own ||
    (ATTRIBUTED.test(it.reading.text) &&
      !(timed && DONE.test(it.reading.text)) &&
      addressed(
        it,
        docket,
        (text) => named(text) || promises.some(({ entry }) => text.toLowerCase().includes(doerOf(entry.text) ?? '\u0000')),
      ) &&
      !/\bwe (?:will|expect|promise|shall)\b/i.test(it.reading.text))
  )
    return [];
  return [
    problem(
      it,
      'truth',
      'claim.vendor_promise',
      'This gives a promise of the vendor as if it were ours or certain.',
      `Write "${vendor || 'The vendor'} says that ..., as of [time]".`,
    ),
  ];
};
