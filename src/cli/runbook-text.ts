import type { Check, Runbook, Step, Timing } from '../runbook/runbook.ts';

/** A compiled runbook for reading on a terminal. Control characters are dropped: a file must not steer the terminal. */
export function runbookText(runbook: Runbook): string {
  const lines = [runbook.title, ''];
  for (const phase of runbook.phases) {
    lines.push(phase.title.toUpperCase());
    for (const [index, step] of phase.steps.entries()) lines.push(...stepLines(step, index + 1));
    lines.push('');
  }
  for (const { title, body } of runbook.context) if (title !== '' && body !== '') lines.push(`(context) ${title}`);
  return printable(lines.join('\n').trimEnd());
}

function printable(text: string): string {
  return [...text].filter((sign) => sign === '\n' || !/\p{Cc}/u.test(sign)).join('');
}

function stepLines(step: Step, number: number): string[] {
  const kind = step.kind === 'action' ? '' : ` [${step.kind}]`;
  const facts = [
    step.role,
    timed('within', step.within),
    timed('due', step.due),
    timed('repeat', step.repeat),
    step.if === undefined ? undefined : `only ${step.if.negated ? 'unless' : 'if'} ${step.if.fact}`,
    step.scope === 'each client' ? 'for each client' : undefined,
    ...step.after.map(({ text }) => `after: ${text}`),
  ].filter((fact) => fact !== undefined);
  return [
    `  ${number}. ${step.title}${kind}`,
    ...(facts.length === 0 ? [] : [`     ${facts.join('; ')}`]),
    ...step.warnings.map((warning) => `     ! ${warning}`),
    ...checkLines(step.checks, '     '),
    ...step.evidence.map(({ what }) => `     keep: ${what}`),
    ...step.options.map(({ label, to, runbook, text }) => `     ${label} -> ${to ?? runbook ?? text ?? 'go on'}`),
    ...step.notices.map(({ to, subject }) => `     notice to ${to}${subject === undefined ? '' : `: ${subject}`}`),
    ...step.commands.map(({ language, text }) => `     command (${language || 'text'}): ${text.split('\n')[0] ?? ''}`),
  ];
}

function checkLines(checks: Check[], indent: string): string[] {
  return checks.flatMap(({ text, checked, checks: below }) => [
    `${indent}[${checked ? 'x' : ' '}] ${text}`,
    ...checkLines(below, `${indent}  `),
  ]);
}

function timed(word: string, timing: Timing | undefined): string | undefined {
  return timing === undefined ? undefined : `${word} ${timing.text}`;
}
