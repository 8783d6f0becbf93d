import type { Proposed } from '../../desk/model-port.ts';
import type { RecordView } from '../../desk/view.ts';
import type { FindingStatus } from '../../record/event.ts';
import { questionIn } from '../talk/question.ts';
import { timeIn } from '../talk/time-said.ts';
import { contradicted, fromTheFront } from './contradiction.ts';

/** A message to read: `zone` is where its speaker is, for times of day. */
export type Heard = { number: number; at: string; speaker: string; zone: string; text: string };

/**
 * What reads like an entry, by plain rules and without a model: decisions taken in passing, promises, findings, times, contradictions with
 * the record. In the very words of the message, sentence by sentence. Only a proposal: a person accepts it, or does not. Pure.
 */
export function readPlainly(heard: Heard, view: RecordView): Proposed[] {
  return sentencesOf(heard.text)
    .flatMap((sentence) => readSentence(sentence, heard, view) ?? [])
    .slice(0, SENTENCES_MAX);
}

const SENTENCES_MAX = 4;

const sentencesOf = (text: string): string[] =>
  text
    .split(/(?<=[.!?;])\s+|\n+/)
    .map((one) => one.trim().replace(/[;,]+$/, ''))
    .filter((one) => one !== '' && !/^(?:>|```)/.test(one));

function readSentence(sentence: string, heard: Heard, view: RecordView): Proposed | undefined {
  if (questionIn(sentence) !== undefined || (sentence.match(/[\p{L}\p{N}]+/gu)?.length ?? 0) < 3) return undefined;
  const against = contradicted(sentence, view);
  const read =
    (against === undefined ? undefined : ({ kind: 'contradiction', entry: against } as const)) ??
    decisionIn(sentence) ??
    promiseIn(sentence, heard) ??
    findingIn(sentence, heard, view) ??
    happeningIn(sentence, heard);
  return read === undefined ? undefined : { ...NOTHING, message: heard.number, quote: sentence, text: sentence, ...read };
}

const NOTHING: Omit<Proposed, 'kind' | 'message' | 'quote' | 'text'> = {
  about: null,
  status: null,
  reason: null,
  who: null,
  occurred: null,
  due: null,
  step: null,
  entry: null,
};

type Read = Partial<Proposed> & Pick<Proposed, 'kind'>;

const DECIDED =
  /\b(?:(?:we|i|he|she|they)(?:'ve| have| has)?(?: just| now| all)? (?:decided?|agreed)(?: on)?(?: to| that)?|decision(?: is|:)|we(?:'re| are) (?:not )?(?:going with|paying|keeping))\s+(?<choice>.+)/i;

function decisionIn(sentence: string): Read | undefined {
  const choice = DECIDED.exec(sentence)?.groups?.choice;
  if (choice === undefined) return undefined;
  const [what = choice, why] = choice.split(/[,;]?\s+(?:because|since|cos|coz|cuz|bc)\s+|,\s+(?!and\b|but\b)/i);
  return { kind: 'decision', text: what.replace(/[.!]+$/, ''), reason: why?.replace(/[.!]+$/, '') ?? null };
}

const WEEKDAY = '(?:mon|tues|wednes|thurs|fri|satur|sun)day';
const PROMISED = new RegExp(
  `^(?<who>[\\p{L}\\d][\\p{L}\\d .&'-]{1,40}?)\\s+(?:says?|said|promis\\w+|told (?:us|me)|claims?)\\b(?<what>.*(?:\\b(?:will|they'll|they’ll|going to|by)\\b|\\b${WEEKDAY}\\b|\\btomorrow\\b).*)$`,
  'iu',
);
const OWN = /^(?:i|we)(?:['’]?ll| will)\s+(?<what>.+)$/i;

/** Somebody else's word is a promise when it looks ahead; one's own only when it names a time. */
function promiseIn(sentence: string, { at, zone, speaker }: Heard): Read | undefined {
  const theirs = PROMISED.exec(sentence)?.groups;
  const due = timeIn(sentence, { at, zone, toward: 'next' }) ?? null;
  if (theirs !== undefined) return { kind: 'promise', who: theirs.who?.trim() ?? speaker, due };
  return OWN.test(sentence) && due !== null ? { kind: 'promise', who: speaker, due } : undefined;
}

const SURE: [RegExp, FindingStatus][] = [
  [/\b(?:ruled out|not affected|not hit|not impacted)\b/i, 'ruled_out'],
  [/\bunconfirmed\b|\bnot (?:yet )?confirmed\b/i, 'suspected'],
  [/\bconfirmed\b/i, 'confirmed'],
  [/\b(?:suspect(?:ed|s)?|looks like|probably|maybe|might be|seems?)\b/i, 'suspected'],
  [/\b(?:not known|unknown|no idea (?:if|whether)|don['’]?t know (?:if|whether))\b/i, 'unknown'],
  [/\b(?:encrypted|compromised|infected|stolen|leaked|exfiltrated|ransomed|(?:is|are|was|were|got) hit)\b/i, 'suspected'],
];

const SUBJECT = /^(?<about>(?:[\p{L}\d][\p{L}\d.'’&_-]*\s){1,4}?)(?:is|are|was|were|has|have|had|got|looks?|seems?)\b/iu;
const PRONOUNS = /^(?:it|its|they|he|she|we|i|that|this|there|all|some|someone|somebody|nobody|everything|what)$/i;

/** What is left to say where a sentence begins with its subject and its status: "contoso is confirmed, 14 machines". */
const STATED = /^\s*(?:confirmed|suspected|ruled out|not affected)[,:;]?\s+(?<rest>\S+\s+\S.*)$/i;

function findingIn(sentence: string, { at, zone }: Heard, { incident }: RecordView): Read | undefined {
  const status = SURE.find(([words]) => words.test(sentence))?.[1] ?? (fromTheFront(sentence) ? 'suspected' : undefined);
  if (status === undefined) return undefined;
  const found = SUBJECT.exec(sentence);
  const subject = found?.groups?.about?.trim();
  const about = subject === undefined || PRONOUNS.test(subject) ? null : subject;
  const same = incident.findings.findLast(
    (one) => one.supersededBy === undefined && about !== null && one.about.trim().toLowerCase() === about.toLowerCase(),
  );
  const rest = about === null ? undefined : STATED.exec(sentence.slice(found?.[0].length ?? 0))?.groups?.rest;
  return {
    kind: 'finding',
    about,
    ...(rest === undefined ? {} : { text: rest }),
    status,
    entry: same?.seq ?? null,
    occurred: timeIn(sentence, { at, zone, toward: 'past' }) ?? null,
  };
}

const DID =
  /\b(?:switched|turned|shut|called|phoned|rang|rebooted|restarted|pulled|unplugged|isolated|blocked|disabled|reset|rotated|revoked|restored|started|stopped|spoke|sent|found|saw|seen|checked|removed|deleted|installed|patched|logged|locked|moved|copied|saved|closed|opened|answered|reported)\b/i;

/** Something happened: a time, or a thing that somebody did. */
function happeningIn(sentence: string, { at, zone }: Heard): Read | undefined {
  const occurred = timeIn(sentence, { at, zone, toward: 'past' }) ?? null;
  return occurred !== null || DID.test(sentence) ? { kind: 'note', occurred } : undefined;
}
