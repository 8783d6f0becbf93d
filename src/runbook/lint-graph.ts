import { at } from './lint-source.ts';
import type { Linted } from './linted.ts';
import { type Option, type Problem, type Step, stepsOf } from './runbook.ts';

/** What can be seen only from the way through: loops, dead ends, steps that nobody comes to, and a review overdue. */
export function graphProblems({ runbook, today }: Linted): Problem[] {
  const steps = stepsOf(runbook);
  // Without a decision every step leads to the next.
  const forks = steps.some((step) => step.options.length > 0);
  return [...cycles(steps), ...(forks ? [...dead(steps), ...unreachable(steps)] : []), ...review(runbook.review, today)];
}

/** Where a step leads: the next one, or where its options point. An option without a target goes on to the next step. */
export function nextSteps(steps: Step[], index: number): (Step | 'end')[] {
  const step = steps[index];
  const next = steps[index + 1] ?? 'end';
  if (step === undefined) return [];
  const ways = waysOn(step, steps, next);
  // A step whose condition does not hold is passed by.
  return step.if === undefined || ways.includes(next) ? ways : [...ways, next];
}

function waysOn(step: Step, steps: Step[], next: Step | 'end'): (Step | 'end')[] {
  if (step.options.length === 0) return step.handover === undefined ? [next] : ['end', next];
  return step.options.map((option) => after(option, steps, next));
}

function after(option: Option, steps: Step[], next: Step | 'end'): Step | 'end' {
  if (option.runbook !== undefined) return 'end';
  return option.to === undefined ? next : (steps.find((step) => step.id === option.to) ?? next);
}

/** A step that waits for itself, directly or round about, can never be done. */
function cycles(steps: Step[]): Problem[] {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const waitsFor = (from: Step, goal: string, seen: Set<string>): boolean =>
    from.after.some(({ step: id }) => {
      if (id === undefined || seen.has(id)) return false;
      seen.add(id);
      const before = byId.get(id);
      return id === goal || (before !== undefined && waitsFor(before, goal, seen));
    });
  return steps
    .filter((step) => waitsFor(step, step.id, new Set()))
    .map((step) =>
      at(
        step.after[0]?.source ?? step.source,
        'error',
        'precondition-cycle',
        `"${step.title}" waits for itself`,
        'Remove one `After:` of the circle',
      ),
    );
}

/** A decision all of whose options come back to it. `ask again` is no way out by itself. */
function dead(steps: Step[]): Problem[] {
  const leads = steps.map((step, index) =>
    step.options.length === 0
      ? nextSteps(steps, index)
      : nextSteps(steps, index).filter(
          (_, option) => step.options[option]?.askAgainMinutes === undefined || step.options[option]?.to !== undefined,
        ),
  );
  const index = new Map(steps.map((step, at) => [step.id, at]));
  const ends = new Set<number>();
  for (let grown = true; grown; ) {
    grown = false;
    for (const [from, targets] of leads.entries()) {
      if (ends.has(from) || !targets.some((target) => target === 'end' || ends.has(index.get(target.id) ?? -1))) continue;
      ends.add(from);
      grown = true;
    }
  }
  return steps
    .filter((step, at) => step.options.length > 0 && !ends.has(at))
    .map((step) =>
      at(step.source, 'error', 'no-way-out', `Every option of "${step.title}" leads back to it`, 'Let one option lead on'),
    );
}

function unreachable(steps: Step[]): Problem[] {
  const index = new Map(steps.map((step, at) => [step.id, at]));
  const seen = new Set<number>();
  const open = steps.length > 0 ? [0] : [];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    for (const target of nextSteps(steps, at)) if (target !== 'end') open.push(index.get(target.id) ?? 0);
    // Steps beside a parallel one open with it.
    if (steps[at + 1]?.parallel === true) open.push(at + 1);
  }
  return steps
    .filter((_, at) => !seen.has(at))
    .map((step) =>
      at(step.source, 'warn', 'unreachable-step', `No way leads to "${step.title}"`, 'Point an option to it, or move it'),
    );
}

function review(date: string | undefined, today: string | undefined): Problem[] {
  if (date === undefined) return [];
  const place = { line: 1, column: 1 };
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date))
    return [at(place, 'error', 'review-date', `Cannot read "${date}" as a date`, 'Write `review: 2027-03-01`')];
  return today !== undefined && date < today
    ? [at(place, 'warn', 'review-stale', `The review was due on ${date}`, 'Read it through, then set the next date')]
    : [];
}
