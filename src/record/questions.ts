import { type Question, type Runbook, type Step, stepsOf } from '../runbook/runbook.ts';
import type { Answer } from './event.ts';
import { type Guide, guide } from './guide.ts';
import type { Incident } from './incident.ts';

/**
 * The questions of a runbook, asked once and when they matter: when the step to do now, or the next one in order, hangs on a
 * fact that nobody was asked about. "Not sure" is an answer: it stands until somebody gives another.
 */
export function questionsNow(incident: Incident, runbook: Runbook, { steps, current }: Guide): Question[] {
  if (current === undefined || incident.status === 'closed') return [];
  const open = steps.filter(({ standing }) => standing === 'open');
  const next = open.find(({ index }) => index > current.index);
  const facts = [current, ...(next === undefined ? [] : [next])].flatMap(({ step }) => factsOf(step));
  return runbook.questions.filter(({ fact }) => facts.includes(fact) && !incident.facts.has(fact));
}

/** The facts that a step hangs on, as a whole or in one of its lines. */
export const factsOf = (step: Step): string[] => [
  ...(step.if === undefined ? [] : [step.if.fact]),
  ...step.clauses.map(({ fact }) => fact),
];

/** What hangs on a fact: the steps that count where it holds, those that count where it does not, and those with lines that do. */
export type Hanging = { ifYes: Step[]; ifNo: Step[]; lines: Step[] };

export function hangingOn(runbook: Runbook, fact: string): Hanging {
  const steps = stepsOf(runbook);
  const whole = steps.filter((step) => step.if?.fact === fact);
  return {
    ifYes: whole.filter((step) => step.if?.negated === false),
    ifNo: whole.filter((step) => step.if?.negated === true),
    lines: steps.filter((step) => step.if?.fact !== fact && step.clauses.some((clause) => clause.fact === fact)),
  };
}

export type Effect = { opens: Step[]; closes: Step[] };

/** What it does to the path that a fact is answered differently; what was done stays done whatever the answer. */
export function effectOf(incident: Incident, runbook: Runbook, fact: string, before: Answer, after: Answer): Effect {
  const standings = (answer: Answer) => guide({ ...incident, facts: new Map(incident.facts).set(fact, answer) }, runbook).steps;
  const was = standings(before);
  const is = standings(after);
  const moved = (from: boolean) =>
    is.filter(({ standing }, index) => (was[index]?.standing === 'off') === from && (standing === 'off') !== from);
  return { opens: moved(true).map(({ step }) => step), closes: moved(false).map(({ step }) => step) };
}

/** How a line of a step stands under the answers so far; a line without a condition always counts. */
export function lineStanding({ facts }: Incident, { clauses }: Step, line: number): 'counts' | 'hidden' | 'if known' {
  const clause = clauses.find(({ source }) => source.line === line);
  const answer = clause === undefined ? undefined : facts.get(clause.fact);
  if (clause === undefined) return 'counts';
  if (answer === undefined || answer === 'unknown') return 'if known';
  return (answer === 'yes') === clause.negated ? 'hidden' : 'counts';
}
