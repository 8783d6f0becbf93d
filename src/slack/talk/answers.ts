import { type BriefPart, brief, clocks } from '../../desk/brief.ts';
import { type Hit, searched } from '../../desk/search.ts';
import type { RecordView } from '../../desk/view.ts';
import { clock, nameOf } from '../../record/turn.ts';
import { decidedWords, findingsWords, logWords, openWords, toldWords, vendorWords } from '../answers/record.ts';
import { clip, safe } from '../mrkdwn.ts';
import { ROLE_NAMES, STATUS_WORDS } from '../words.ts';
import { cite } from './entry-links.ts';
import { nextWords } from './next-words.ts';
import type { Question } from './question.ts';

/** The answer that needs no model: from the record and the runbook alone, at once, every sentence with its entry. */
export function answerTo(view: RecordView, question: Question): string {
  switch (question.asks) {
    case 'next':
      return safe(nextWords(view));
    case 'brief':
      return briefWords(brief(view));
    case 'due':
      return dueWords(view);
    case 'who':
      return whoWords(view);
    case 'open':
      return openWords(view);
    case 'findings':
      return findingsWords(view);
    case 'vendor':
      return vendorWords(view);
    case 'log':
      return logWords(view);
    case 'told':
      return toldWords(view, question.about);
    case 'decided':
      return decidedWords(view, question.about);
    case 'known':
      return knownWords(view, question.about);
  }
}

export const briefWords = (parts: BriefPart[]): string =>
  clip(parts.map(({ title, lines }) => `*${title}*\n${lines.map((line) => `• ${cited(line)}`).join('\n')}`).join('\n'), 2900);

/** A line of the brief ends with the entry it stands on. */
const cited = (line: string): string =>
  safe(line).replace(/\(entry (\d+)(?=[^()]*\)$)/, (_, seq: string) => `(${cite(Number(seq))}`);

function dueWords(view: RecordView): string {
  const lines = clocks(view).slice(0, 15);
  if (lines.length === 0) return 'Nothing with a time is open.';
  return lines.map(({ at, what }) => `• ${clock(at, new Date(view.now).toISOString())}: ${safe(what)}`).join('\n');
}

function whoWords({ incident, guide }: RecordView): string {
  const roles = incident.roles.map(({ role, person }) => `• ${ROLE_NAMES[role]}: ${safe(nameOf(incident, person))}`);
  const steps = (guide?.steps ?? []).filter(({ state, standing }) => state?.assigned !== undefined && standing === 'open');
  const taken = steps.map(
    ({ index, step, state }) => `• Step ${index + 1}, ${safe(step.title)}: ${safe(nameOf(incident, state?.assigned ?? ''))}`,
  );
  const lines = [...roles, ...taken];
  return lines.length === 0 ? 'Nobody holds a role yet.' : lines.join('\n');
}

function knownWords(view: RecordView, about: string): string {
  const hits = searched(view, about);
  const steps = (view.guide?.steps ?? []).filter(({ step }) => isAbout(step.title, about)).slice(0, 2);
  const runbook = steps.map(({ step, index }) => `• Step ${index + 1} of the runbook: ${safe(step.title)}`);
  if (hits.length === 0) {
    const more = runbook.length === 0 ? '' : `\n${runbook.join('\n')}`;
    return `The record holds nothing on that.${more}\nRecord what is known with \`find … confirmed|suspected|unknown: …\`, or ask somebody: \`ask @name …\`.`;
  }
  return [...hits.map((hit) => hitLine(view, hit)), ...runbook].join('\n');
}

export function hitLine(view: RecordView, { what, text, seq, status, at }: Hit): string {
  const sure = status === undefined ? '' : `*${STATUS_WORDS[status]}*: `;
  return `• ${sure}${safe(clip(text, 350))} _(${what}, ${cite(seq)}, ${clock(at, new Date(view.now).toISOString())})_`;
}

const isAbout = (title: string, words: string): boolean => {
  const wanted = words.toLowerCase().match(/[\p{L}\p{N}]{5,}/gu) ?? [];
  return wanted.filter((word) => title.toLowerCase().includes(word)).length >= 2;
};
