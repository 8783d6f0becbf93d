import type { FindingStatus } from '../record/event.ts';
import { openSeqs } from './open-entries.ts';
import type { RecordView } from './view.ts';

/** An entry that answers a question, with its number: nothing is said that the record does not hold. */
export type Hit = {
  seq: number;
  what: 'finding' | 'note' | 'decision' | 'statement' | 'question';
  text: string;
  at: string;
  status?: FindingStatus;
};

/** Words that ask, and say nothing of what is asked about. */
const ASKING = new Set(
  'a about an and any anything are at be been by can could did do does for from had has have how i if in is it know known me of on or our so that the there they this to us was we were what when where which who why will with you your yet still find search tell show ok okay really actually'.split(
    ' ',
  ),
);

/** "Servers" and "server", "encrypted" and "encrypt" are one word here. */
const stem = (word: string): string => (word.length > 4 ? word.replace(/(?:ies|es|s|ing|ed)$/, '') : word);

/** What the words are about, without the words that only ask. */
export function wordsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}][\p{L}\p{N}.@_-]*/gu) ?? [];
  return [
    ...new Set(
      words
        .map((word) => word.replace(/[.\-_]+$/, ''))
        .filter((word) => !ASKING.has(word))
        .map(stem),
    ),
  ];
}

/** The entries that hold most of the words, findings before the rest, newest first. Replaced findings and counsel's entries are left out. */
export function searched(view: RecordView, text: string, most = 6): Hit[] {
  const wanted = wordsOf(text);
  if (wanted.length === 0) return [];
  const scored = hitsOf(view).map((hit) => ({ hit, score: score(wordsOf(hit.text), wanted) }));
  const best = Math.max(0, ...scored.map(({ score: value }) => value));
  return scored
    .filter(({ score: value }) => value > 0 && value >= best / 2)
    .sort(
      (a, b) => b.score - a.score || Number(b.hit.what === 'finding') - Number(a.hit.what === 'finding') || b.hit.seq - a.hit.seq,
    )
    .slice(0, most)
    .map(({ hit }) => hit);
}

function score(words: string[], wanted: string[]): number {
  return wanted.filter((word) => words.some((one) => one === word || (word.length > 3 && one.startsWith(word)))).length;
}

function hitsOf(view: RecordView): Hit[] {
  const { incident } = view;
  const open = openSeqs(view);
  const hits: Hit[] = [
    ...incident.findings
      .filter(({ supersededBy }) => supersededBy === undefined)
      .map(({ seq, about, text, status, asOf }) => ({
        seq,
        what: 'finding' as const,
        text: `${about}: ${text}`,
        status,
        at: asOf,
      })),
    ...incident.notes.filter(({ deleted }) => !deleted).map(({ seq, text, at }) => ({ seq, what: 'note' as const, text, at })),
    ...incident.decisions.map(({ seq, question, choice, reason, at }) => ({
      seq,
      what: 'decision' as const,
      text: choice === question ? `${choice}: ${reason}` : `${choice} (${question}): ${reason}`,
      at,
    })),
    ...incident.asks.map(({ seq, question, answer }) => ({
      seq,
      what: 'question' as const,
      text: `${question} ${answer === undefined ? 'Not answered yet.' : `Answer: ${answer}`}`,
      at: view.entries[seq - 1]?.at ?? '',
    })),
    ...view.entries.flatMap((entry) =>
      entry.kind === 'statement.read'
        ? [
            {
              seq: entry.seq,
              what: 'statement' as const,
              text: `${entry.texts.speaker}: ${entry.texts.text}`,
              at: entry.occurred ?? entry.at,
            },
          ]
        : [],
    ),
  ];
  return hits
    .filter(({ seq }) => open.has(seq))
    .map((hit) => {
      const corrected = incident.corrections.get(hit.seq)?.text;
      return corrected === undefined ? hit : { ...hit, text: `${corrected} (corrected)` };
    });
}
