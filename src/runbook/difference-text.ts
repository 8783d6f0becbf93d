import { type Difference, difference } from './difference.ts';
import type { Runbook, Step } from './runbook.ts';

/** A difference as lines that people read: + added, - removed, ~ changed and in what. */
export function differenceText(before: Runbook, after: Runbook): string {
  const lines = differenceLines(difference(before, after));
  return lines.length === 0 ? 'No step differs: only words around the steps, questions or roles.' : lines.join('\n');
}

function differenceLines({ added, removed, changed }: Difference): string[] {
  return [
    ...added.map((step) => `+ ${named(step)}`),
    ...removed.map((step) => `- ${named(step)}`),
    ...changed.map(({ before, after, what }) => {
      const was = before.title === after.title ? '' : `, was "${before.title}"`;
      return `~ ${named(after)}: ${what.map((field) => WORDS[field] ?? field).join(', ')}${was}`;
    }),
  ];
}

const named = ({ title, phase }: Step): string => `${title} (${phase})`;

const WORDS: Record<string, string> = {
  if: 'its condition',
  after: 'what must be done before',
  body: 'its text',
  checks: 'its lines',
  clauses: 'conditions of its lines',
  options: 'the choices',
  notices: 'the draft',
  commands: 'commands',
  parallel: 'what may run beside it',
};
