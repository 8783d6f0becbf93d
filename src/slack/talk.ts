import type { FindingStatus } from '../record/event.ts';
import { CALL_RULES, type CallTalk } from './call-words.ts';
import { type Question, questionIn } from './question.ts';

/**
 * The plain grammar: what people write when they mention the bot. Buttons are not needed; these words reach the same
 * commands. What is not understood is kept as it was said, one click from a note.
 */
export type Talk =
  | { say: 'next' }
  | { say: 'status' }
  | { say: 'statement'; speaker: string; text: string; changes?: number }
  | { say: 'promise'; who: string; text: string; due?: string }
  | { say: 'promise kept'; kept: 'yes' | 'no' }
  | { say: 'help' }
  | { say: 'scribe' }
  | { say: 'clocks' }
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

/** `text` is what stands after the mention, as typed. */
export function parseTalk(text: string): Talk {
  const words = text.trim().replace(/\s+/g, ' ');
  for (const rule of RULES) {
    const match = rule.pattern.exec(words);
    if (match !== null) return rule.read(match.groups ?? {});
  }
  const question = questionIn(words);
  if (question !== undefined) return { say: 'question', words, question };
  const meant = closest(words.split(' ')[0] ?? '');
  return { say: 'unknown', words, ...(meant === undefined ? {} : { meant }) };
}

type Groups = { [name: string]: string | undefined };
type Rule = { pattern: RegExp; read: (groups: Groups) => Talk };

const STEP = String.raw`(?:(?: step)? (?<step>#?\d+))?`;
const BECAUSE = String.raw`(?:[,:;]?\s*(?:because|since|as|reason)\b:?|:|,| -| –| —)\s*(?<reason>.+)`;

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
  { pattern: of(String.raw`(?:what(?:'s| is)? )?(?:next|now)(?: step)?\??`), read: () => ({ say: 'next' }) },
  { pattern: of(String.raw`status\??|where are we\??`), read: () => ({ say: 'status' }) },
  {
    pattern: of('scribe(?: (?:this|it|please|the channel))?[.!]?|take (?:this|it) down|write (?:this|it) down'),
    read: () => ({ say: 'scribe' }),
  },
  { pattern: of(String.raw`help\??|\?`), read: () => ({ say: 'help' }) },
  { pattern: of(String.raw`clocks?\??|who (?:must|do|should) we (?:tell|notify)\??`), read: () => ({ say: 'clocks' }) },
  {
    pattern: of(`filed (?<duty>.+?)(?:[,;]? ref(?:erence)?:? (?<reference>.+))?`),
    read: ({ duty = '', reference }) => ({ say: 'filed', duty, ...(reference === undefined ? {} : { reference }) }),
  },
  { pattern: of(`done${STEP} anyway(?:${BECAUSE})?`), read: (g) => ({ say: 'done', ...step(g), override: g.reason ?? '' }) },
  { pattern: of(`(?:it is so|met)${STEP}`), read: (g) => ({ say: 'met', ...step(g) }) },
  // "Done with RMM-2" is talk, and must not settle the step at hand: a note after "done" needs a colon, or the step's number.
  {
    pattern: of(String.raw`done(?:(?: step)? (?<step>#?\d+)(?:[:,]? (?<note>.+))?|(?:[:,]\s*(?<words>.+))?)`),
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
    pattern: of(`unblock(?:ed)?${STEP}(?:[:,]? (?<note>.+))?`),
    read: (g) => ({ say: 'unblock', ...step(g), ...(g.note === undefined ? {} : { note: g.note }) }),
  },
  { pattern: of(`reopen${STEP}(?:${BECAUSE})?`), read: (g) => ({ say: 'reopen', ...step(g), reason: g.reason ?? '' }) },
  {
    pattern: of(`(?:switch|go over|change) to (?:the )?(?:runbook )?(?<runbook>.+?)(?:${WHY})?`),
    read: ({ runbook = '', reason = '' }) => ({ say: 'switch', runbook, reason }),
  },
  { pattern: of(`take (?:it|the change|the runbook) in(?:${WHY})?`), read: ({ reason = '' }) => ({ say: 'take in', reason }) },
  { pattern: of(`not now`), read: () => ({ say: 'not now' }) },
  { pattern: of(String.raw`note:?\s+(?<text>.+)`), read: ({ text = '' }) => ({ say: 'note', text }) },
  {
    pattern: of(String.raw`decided? (?<choice>.+?) anyway[,;]?\s+(?:because|since|as)\s+(?<reason>.+)`),
    read: ({ choice = '', reason = '' }) => ({ say: 'decide', choice, reason, not: false, override: reason }),
  },
  {
    pattern: of(String.raw`decided? (?<not>not to )?(?<choice>.+?)(?:[,;]?\s+(?:because|since|as)\s+(?<reason>.+))?`),
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
    pattern: of(String.raw`promise (?:of |by |from )?(?<who>[^:]{2,60}): (?<text>.+?)(?: by (?<due>\d{1,2}:\d{2}))?`),
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
    pattern: of(String.raw`ask (?<to><@\w+>)?:? ?(?<question>.+?)(?: by (?<due>\d{1,2}:\d{2}))?`),
    read: ({ to, question = '', due }) => ({
      say: 'ask',
      question,
      ...(to === undefined ? {} : { to }),
      ...(due === undefined ? {} : { due }),
    }),
  },
  {
    pattern: of(`answer(?: (?<ask>[a-z2-9]{8}))?:? (?<answer>.+)`),
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
      String.raw`(?<fact>[^:?]{3,200})\? ?(?<answer>yes|no|not sure|unknown|not known(?: yet)?|(?:we )?do(?:n't| not) know)\.?`,
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
  'filed',
  'switch',
  'help',
  'scribe',
  'statement',
  'promise',
];

/** The word that was probably meant: one or two letters off. */
function closest(word: string): string | undefined {
  const near = WORDS.map((known) => ({ known, off: distance(word.toLowerCase(), known) })).sort((a, b) => a.off - b.off)[0];
  return near !== undefined && near.off > 0 && near.off <= (word.length > 4 ? 2 : 1) ? near.known : undefined;
}

/** Edits between two words, a swap of neighbours counting once. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 99;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const row = rows[i];
      if (row !== undefined)
        row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped ? at(i - 2, j - 2) + 1 : 99);
    }
  }
  return at(a.length, b.length);
}

export const TALK_HELP = [
  '`next` · `status` · `done` · `done 4: note` · `met` · `done anyway because …` · `skip because …` · `blocked because …` · `reopen 4 because …`',
  '`note …` · `decide … because …` · `decide not to … because …` · `find payroll data suspected: …`',
  '`statement Kaseya: …` · `statement Kaseya: … changes 12` · `promise Kaseya: a patch by 14:00` · `promise kept`',
  '`clocks` or `who must we tell?` · `filed texas attorney general ref 123`',
  '`call sheet` · `call acme reached: spoke to Bo` · `call acme left word` · `call acme no answer`',
  '`personal data? yes` answers a question of the runbook · `switch to breach-letter because …` goes over to another one',
  '`ask @name … by 14:30` · `answer …` · `hand over @name` · `accept` · `close because …` · `scribe`',
  'Or simply ask: `what now?` · `what do we know about payroll data?` · `hand-over brief` · `what is due?` · `who has what?`',
].join('\n');
