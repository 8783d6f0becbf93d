import type { FindingStatus } from '../../record/event.ts';
import { CALL_RULES, type CallTalk } from '../calls/words.ts';
import { closest } from './nearest-word.ts';
import { PEOPLE_RULES, type PeopleTalk } from './people.ts';
import { type Question, questionIn } from './question.ts';

/**
 * The plain grammar: what people write when they mention the bot. Buttons are not needed; these words reach the same
 * commands. What is not understood is kept as it was said, one click from a note.
 */
export type Talk =
  | PeopleTalk
  | { say: 'next' }
  | { say: 'status' }
  | { say: 'statement'; speaker: string; text: string; changes?: number }
  | { say: 'promise'; who: string; text: string; due?: string }
  | { say: 'promise kept'; kept: 'yes' | 'no' }
  | { say: 'help' }
  | { say: 'scribe' }
  | { say: 'clocks' }
  | { say: 'cost'; words: string }
  | { say: 'terms' }
  | { say: 'filed'; duty: string; reference?: string }
  | { say: 'done'; step?: string; note?: string; override?: string }
  | { say: 'met'; step?: string }
  | { say: 'skip'; step?: string; reason: string }
  | { say: 'blocked'; step?: string; reason: string }
  | { say: 'unblock'; step?: string; note?: string }
  | { say: 'reopen'; step?: string; reason: string }
  | { say: 'note'; text: string }
  | { say: 'decide'; choice: string; reason: string; not: boolean; override?: string }
  | { say: 'find'; about: string; status: FindingStatus; text: string }
  | { say: 'ask'; question: string; to?: string; due?: string }
  | { say: 'answer'; ask?: string; answer: string }
  | { say: 'hand over'; to?: string; brief: string }
  | { say: 'accept' }
  | { say: 'decline'; reason: string }
  | { say: 'close'; as: 'resolved' | 'false-alarm'; reason: string }
  | { say: 'fact'; fact: string; answer: 'yes' | 'no' | 'unknown' }
  | { say: 'switch'; runbook: string; reason: string }
  | { say: 'take in'; reason: string }
  | { say: 'not now' }
  | CallTalk
  | { say: 'question'; words: string; question: Question }
  | { say: 'unknown'; words: string; meant?: string };

/** `text` is what stands after the mention, as typed. Said politely it means the same. */
export function parseTalk(text: string): Talk {
  const words = text.trim().replace(/\s+/g, ' ');
  const command = ruled(words) ?? ruled(plainly(words)) ?? unruled(words);
  if (command !== undefined) return command;
  const question = questionIn(words);
  if (question !== undefined) return { say: 'question', words, question };
  const first = words.split(' ')[0] ?? '';
  const meant = closest(first.replace(/[:,.!?]+$/, ''), WORDS);
  if (meant === undefined) return { say: 'unknown', words };
  // A letter off in a word that only asks does no harm; a word that records something is never guessed.
  const mended = ruled(words.replace(first, meant));
  return mended !== undefined && HARMLESS.has(mended.say) ? mended : { say: 'unknown', words, meant };
}

const HARMLESS = new Set<Talk['say']>(['next', 'status', 'help', 'clocks', 'scribe']);

/**
 * Several commands in one message, one a line. Lines that are no commands belong to the text above them ("note: …" with what was pasted
 * below it); where nothing takes text they stand for themselves, and are answered like any other words.
 */
export function talksIn(text: string): { words: string; talk: Talk }[] {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const talks = lines.map((words) => ({ words, talk: parseTalk(words) }));
  const whole = [{ words: text.trim(), talk: parseTalk(text) }];
  const first = talks[0]?.talk;
  if (talks.length < 2 || talks.length > LINES_MAX || first === undefined) return whole;
  const isClear = talks.every(({ talk: { say } }) => say !== 'unknown' && say !== 'question');
  const takesText = 'text' in first || 'answer' in first || 'brief' in first || 'note' in first;
  if (!isClear && takesText) return [{ words: text.trim(), talk: withLines(whole[0]?.talk ?? first, text) }];
  return talks.some(({ talk: { say } }) => say !== 'unknown' && say !== 'question') ? joined(talks) : whole;
}

const LINES_MAX = 10;

/** A note of several lines keeps them. */
function withLines(talk: Talk, text: string): Talk {
  const rest = /^\s*note:?\s+(?<text>[\s\S]+)$/i.exec(text)?.groups?.text;
  return talk.say === 'note' && rest !== undefined ? { ...talk, text: rest.trim() } : talk;
}

/** Lines that say nothing to the bot and stand together are one thing that was said. */
function joined(talks: { words: string; talk: Talk }[]): { words: string; talk: Talk }[] {
  const all: { words: string; talk: Talk }[] = [];
  for (const one of talks) {
    const last = all.at(-1);
    if (last?.talk.say !== 'unknown' || one.talk.say !== 'unknown') all.push(one);
    else {
      const words = `${last.words}\n${one.words}`;
      all.splice(-1, 1, { words, talk: { say: 'unknown', words } });
    }
  }
  return all;
}

function ruled(words: string): Talk | undefined {
  for (const rule of RULES) {
    const match = rule.pattern.exec(words);
    if (match !== null) return rule.read(match.groups ?? {});
  }
  return undefined;
}

/** Not before a question is looked for: "what now" is one, and "tell acme …" is none. */
function unruled(words: string): Talk | undefined {
  const rest = plainly(words);
  for (const rule of PEOPLE_RULES) {
    const match = rule.pattern.exec(words) ?? rule.pattern.exec(rest);
    if (match !== null) return rule.read(match.groups ?? {});
  }
  return undefined;
}

const POLITE =
  /^(?:(?:thanks|thx|hey|hi|hello|ok|okay|so|pls|plz|please|and|can you|could you|would you|will you|uh+|um+|er+m?|btw)\b[,!.]?\s+)+/i;
const plainly = (words: string): string => words.replace(POLITE, '').replace(/[,\s]+(?:pls|plz|please|thx|thanks)[.!]*$/i, '');

type Groups = { [name: string]: string | undefined };
type Rule = { pattern: RegExp; read: (groups: Groups) => Talk };

const STEP = String.raw`(?:(?: step)? (?<step>#?\d+))?`;
const BECAUSE = String.raw`(?:[,:;]?\s*(?:because|since|as|cos|coz|cuz|bc|'cause|reason)\b:?|:|,| -| –| —)\s*(?<reason>.+)`;

/** Like BECAUSE, without "as": the id of a runbook may hold those letters. */
const WHY = String.raw`(?:[,:;]?\s+(?:because|since|reason)\b:?|[:,;]| [-–—])\s*(?<reason>.+)`;

const step = ({ step: number }: Groups): { step?: string } => (number === undefined ? {} : { step: number.replace('#', '') });
const of = (pattern: string): RegExp => new RegExp(`^(?:${pattern})$`, 'is');

const STATUSES: Record<string, FindingStatus> = {
  confirmed: 'confirmed',
  suspected: 'suspected',
  'ruled out': 'ruled_out',
  'not affected': 'ruled_out',
  unknown: 'unknown',
  'not known': 'unknown',
};

const RULES: Rule[] = [
  ...CALL_RULES,
  { pattern: of(String.raw`(?:what(?:'?s| is)? )?(?:next|now)(?: step)?[?!. ]*`), read: () => ({ say: 'next' }) },
  {
    pattern: of(String.raw`status[?!. ]*|where (?:are we|do we stand)[?!. ]*|how(?:'s it| is it|s it) going[?!. ]*`),
    read: () => ({ say: 'status' }),
  },
  {
    pattern: of('scribe(?: (?:this|it|please|the channel))?[.!]?|take (?:this|it) down|write (?:this|it) down'),
    read: () => ({ say: 'scribe' }),
  },
  { pattern: of(String.raw`help\??|\?`), read: () => ({ say: 'help' }) },
  {
    pattern: of(
      String.raw`clocks?[?!]*|who (?:must|do|should) (?:we|i) (?:have to |need to |legally )*(?:tell|notify|inform|report(?: this| it)? to)[?!. ]*|(?:do|must|should) we (?:have to |need to |legally )*(?:notify|report(?: this| it)?(?: to)?)\b.*`,
    ),
    read: () => ({ say: 'clocks' }),
  },
  { pattern: of(String.raw`costs?\b:? ?(?<words>.*)`), read: ({ words = '' }) => ({ say: 'cost', words }) },
  { pattern: of(String.raw`(?:show )?(?:the )?(?:terms|contracts?|insurance|hotline)\??`), read: () => ({ say: 'terms' }) },
  {
    pattern: of(`filed (?<duty>.+?)(?:[,;]? ref(?:erence)?:? (?<reference>.+))?`),
    read: ({ duty = '', reference }) => ({ say: 'filed', duty, ...(reference === undefined ? {} : { reference }) }),
  },
  { pattern: of(`done${STEP} anyway(?:${BECAUSE})?`), read: (g) => ({ say: 'done', ...step(g), override: g.reason ?? '' }) },
  { pattern: of(`(?:it is so|met)${STEP}`), read: (g) => ({ say: 'met', ...step(g) }) },
  // "Done with RMM-2" is talk, and must not settle the step at hand: a note after "done" needs a colon, or the step's number.
  {
    pattern: of(String.raw`done(?:(?: step)? (?<step>#?\d+)(?:\s?[:,–—-]\s*(?<note>.+))?|(?:[:,]\s*(?<words>.+))?)[.!]*`),
    read: (g) => {
      const note = g.note ?? g.words;
      return { say: 'done', ...step(g), ...(note === undefined ? {} : { note }) };
    },
  },
  { pattern: of(`skip(?:ped)?${STEP}(?:${BECAUSE})?`), read: (g) => ({ say: 'skip', ...step(g), reason: g.reason ?? '' }) },
  {
    pattern: of(`block(?:ed)?${STEP}(?: by (?<by>.+)|${BECAUSE})?`),
    read: (g) => ({ say: 'blocked', ...step(g), reason: g.reason ?? g.by ?? '' }),
  },
  {
    pattern: of(`unblock(?:ed)?${STEP}(?:[:,] ?(?<note>.+))?`),
    read: (g) => ({ say: 'unblock', ...step(g), ...(g.note === undefined ? {} : { note: g.note }) }),
  },
  { pattern: of(`reopen${STEP}(?:${BECAUSE})?`), read: (g) => ({ say: 'reopen', ...step(g), reason: g.reason ?? '' }) },
  {
    pattern: of(`(?:switch|go over|change) to (?:the )?(?:runbook )?(?<runbook>.+?)(?:${WHY})?`),
    read: ({ runbook = '', reason = '' }) => ({ say: 'switch', runbook, reason }),
  },
  { pattern: of(`take (?:it|the change|the runbook) in(?:${WHY})?`), read: ({ reason = '' }) => ({ say: 'take in', reason }) },
  { pattern: of(`not now`), read: () => ({ say: 'not now' }) },
  { pattern: of(String.raw`(?:please )?note(?: that)?:?\s+(?<text>.+)`), read: ({ text = '' }) => ({ say: 'note', text }) },
  {
    pattern: of(String.raw`decided? (?:to )?(?<choice>.+?) anyway[,;]?\s+(?:because|since|as|cos|coz|cuz|bc)\s+(?<reason>.+)`),
    read: ({ choice = '', reason = '' }) => ({ say: 'decide', choice, reason, not: false, override: reason }),
  },
  {
    pattern: of(
      String.raw`decided?:? (?:(?<not>not to )|to )?(?<choice>.+?)(?:[,;]?\s+(?:because|since|as|cos|coz|cuz|bc)\s+(?<reason>.+))?`,
    ),
    read: ({ not, choice = '', reason = '' }) => ({ say: 'decide', choice, reason, not: not !== undefined }),
  },
  {
    pattern: of(
      String.raw`statement (?:of |by |from )?(?<speaker>[^:]{2,60}): (?<text>.+?)(?:[ ,;(]*changes (?:entry )?(?<changes>\d+)\)?)?`,
    ),
    read: ({ speaker = '', text = '', changes }) => ({
      say: 'statement',
      speaker,
      text,
      ...(changes === undefined ? {} : { changes: Number(changes) }),
    }),
  },
  {
    pattern: of('promise (?:was )?(?<kept>kept|broken|not kept)'),
    read: ({ kept }) => ({ say: 'promise kept', kept: kept?.toLowerCase() === 'kept' ? 'yes' : 'no' }),
  },
  {
    pattern: of(
      String.raw`promise (?:of |by |from )?(?<who>[^:]{2,60}): (?<text>.+?)(?: by (?<due>\d{1,2}:\d{2}[^,;]{0,25}|tomorrow[^,;]{0,20}))?`,
    ),
    read: ({ who = '', text = '', due }) => ({ say: 'promise', who, text, ...(due === undefined ? {} : { due }) }),
  },
  {
    pattern: of(
      `find(?:ing)?:? (?<about>[^:]+?):? (?:is |are )?(?<status>confirmed|suspected|ruled out|not affected|unknown|not known)(?:[:,]? (?<text>.+))?`,
    ),
    read: ({ about = '', status = '', text }) => ({
      say: 'find',
      about,
      status: STATUSES[status.toLowerCase()] ?? 'unknown',
      text: text ?? `${about} ${status}`,
    }),
  },
  {
    pattern: of(
      String.raw`ask (?<to><@\w+>)?:? ?(?<question>.+?)(?: by (?<due>\d{1,2}:\d{2}[^,;]{0,25}|\d{1,2} ?[ap]m|noon|half past \w+))?`,
    ),
    read: ({ to, question = '', due }) => ({
      say: 'ask',
      question,
      ...(to === undefined ? {} : { to }),
      ...(due === undefined ? {} : { due }),
    }),
  },
  {
    pattern: of(String.raw`answer(?: (?<ask>[a-z2-9]{8}))?(?::\s*| (?!(?:is|was|are|will|should|to|from|in|on)\b))(?<answer>.+)`),
    read: ({ ask, answer = '' }) => ({ say: 'answer', answer, ...(ask === undefined ? {} : { ask }) }),
  },
  {
    pattern: of(String.raw`hand ?over(?: to)?(?: (?<to><@\w+>))?(?:[:,]? (?<brief>.+))?`),
    read: ({ to, brief = '' }) => ({ say: 'hand over', brief, ...(to === undefined ? {} : { to }) }),
  },
  { pattern: of(`accept(?: hand ?over)?`), read: () => ({ say: 'accept' }) },
  { pattern: of(`decline(?: hand ?over)?(?:${BECAUSE})?`), read: ({ reason = '' }) => ({ say: 'decline', reason }) },
  {
    pattern: of(
      String.raw`close(?: (?:it|the incident))?(?<false> as (?:a )?false alarm)?(?:[,;]?\s*(?:because|since|reason)\b:?\s*(?<reason>.+)|:\s*(?<words>.+))?`,
    ),
    read: (g) => ({ say: 'close', as: g.false === undefined ? 'resolved' : 'false-alarm', reason: g.reason ?? g.words ?? '' }),
  },
  {
    pattern: of(
      String.raw`(?<fact>[^:?]{3,200})[?:] ?(?<answer>yes|no|not sure|unknown|not known(?: yet)?|(?:we )?do(?:n't| not) know)[.!]?`,
    ),
    read: ({ fact = '', answer = '' }) => ({ say: 'fact', fact, answer: answerOf(answer) }),
  },
];

function answerOf(said: string): 'yes' | 'no' | 'unknown' {
  const word = said.toLowerCase();
  return word === 'yes' || word === 'no' ? word : 'unknown';
}

const WORDS = [
  'next',
  'done',
  'skip',
  'blocked',
  'unblock',
  'reopen',
  'note',
  'decide',
  'find',
  'ask',
  'answer',
  'hand over',
  'accept',
  'status',
  'close',
  'clocks',
  'costs',
  'terms',
  'filed',
  'switch',
  'help',
  'scribe',
  'statement',
  'promise',
];

export const TALK_HELP = [
  '`next` · `status` · `done` · `done 4: note` · `met` · `done anyway because …` · `skip because …` · `blocked because …` · `reopen 4 because …`',
  '`note …` · `decide … because …` · `decide not to … because …` · `find payroll data suspected: …`',
  '`statement Kaseya: …` · `statement Kaseya: … changes 12` (or `: withdrawn, changes 12`) · `promise Kaseya: a patch by 14:00` · `promise kept`',
  '`clocks` or `who must we tell?` · `filed texas attorney general ref 123`',
  '`cost 3h ada restoration: rebuilt the file server` · `cost 1200 EUR Forensic Ltd forensics consent ABC-123` · `costs` · `terms`',
  '`call sheet` · `call acme reached: spoke to Bo` · `call acme left word` · `call acme no answer`',
  '`personal data? yes` answers a question of the runbook · `switch to breach-letter because …` goes over to another one',
  '`ask @name … by 14:30` · `answer …` · `hand over @name` · `accept` · `take 4` · `@name is technical lead` · `close because …`',
  '`entry 12` shows it to you alone · `correct 12: … because …` · `remind me in 30 minutes to …` · `scribe` · `scribe every 30 minutes` · several lines are several commands',
  'Or simply ask: `what now?` · `what do we know about payroll data?` · `did we tell Acme?` · `what did we decide?` · `what is open?` · `what is due?` · `hand-over brief` · `who has what?`',
].join('\n');
