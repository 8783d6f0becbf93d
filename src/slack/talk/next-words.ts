import type { RecordView } from '../../desk/view.ts';
import { questionsNow } from '../../record/questions.ts';

/** What to do now, in one line and without looking. */
export function nextWords({ guide, incident, runbook }: RecordView): string {
  if (incident.status === 'closed') return 'This incident is closed.';
  if (guide?.current === undefined) return 'Every step is settled. Close the incident when nothing is open.';
  const { step, index, unmet } = guide.current;
  const first = unmet.length === 0 ? '' : ` First: ${unmet.map(({ precondition }) => precondition.text).join('; ')}.`;
  const asked = runbook === undefined ? [] : questionsNow(incident, runbook, guide);
  const open = asked.length === 0 ? '' : ` To answer: ${asked.map(({ fact }) => `${fact}?`).join(' ')}`;
  const beside = guide.beside.length === 0 ? '' : ` At the same time: ${guide.beside.map((other) => other.step.title).join('; ')}.`;
  return `Step ${index + 1}: ${step.title}${/[.?!]$/.test(step.title) ? '' : '.'}${step.role === undefined ? '' : ` ${step.role}.`}${first}${beside}${open}`;
}
