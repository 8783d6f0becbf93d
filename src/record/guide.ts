import { type Precondition, type Runbook, type Step, stepsOf, type Timing } from '../runbook/runbook.ts';
import type { Incident, StepState } from './incident.ts';
import { tableUnder } from './working-table.ts';

/**
 * The guide: which step is next, what may run beside it, and what stands in the way.
 * Nothing is stored; it follows from the record and the runbook that the record sealed.
 */

/** `off` = not on the path: another branch was chosen, or the fact it hangs on does not hold. */
export type Standing = 'open' | 'done' | 'skipped' | 'blocked' | 'off';

export type GuidedStep = {
  step: Step;
  index: number;
  standing: Standing;
  state?: StepState;
  /** Preconditions that are not met, by their index in `step.after`. */
  unmet: { index: number; precondition: Precondition }[];
  /** When the target passes, ISO 8601; targets count from the declaration unless the runbook says otherwise. */
  targetAt?: string;
};

export type Guide = {
  steps: GuidedStep[];
  /** The step to do now, or none when everything is settled. */
  current?: GuidedStep;
  /** What may run in parallel with it. */
  beside: GuidedStep[];
  done: number;
  total: number;
};

export function guide(incident: Incident, runbook: Runbook): Guide {
  const known = latest.get(incident);
  if (known?.size === incident.size && known.runbook === runbook) return known.guide;
  const fresh = workOut(incident, runbook);
  latest.set(incident, { size: incident.size, runbook, guide: fresh });
  return fresh;
}

/** The same entries give the same guide, and a click asks for it five times: a state grows by whole entries only. */
const latest = new WeakMap<Incident, { size: number; runbook: Runbook; guide: Guide }>();

function workOut(incident: Incident, runbook: Runbook): Guide {
  const off = stepsOffPath(incident, runbook);
  const steps = stepsOf(runbook).map((step, index) => guided(incident, step, index, off));
  const open = steps.filter(({ standing }) => standing === 'open');
  const current = open.find(({ unmet }) => unmet.length === 0) ?? open[0];
  const counted = steps.filter(({ standing }) => standing !== 'off');
  return {
    steps,
    ...(current === undefined ? {} : { current }),
    beside: current === undefined ? [] : besides(open, current),
    done: counted.filter(({ standing }) => standing === 'done' || standing === 'skipped').length,
    total: counted.length,
  };
}

/** The guided step of that id, or of the closest title: people type what they remember. */
export function findStep({ steps }: Guide, words: string): GuidedStep | undefined {
  const wanted = words.trim().toLowerCase();
  const exact = steps.find(({ step }) => step.id === wanted || step.title.toLowerCase() === wanted);
  return exact ?? steps.find(({ step, index }) => String(index + 1) === wanted || step.title.toLowerCase().includes(wanted));
}

function guided(incident: Incident, step: Step, index: number, off: Set<string>): GuidedStep {
  const state = incident.steps.get(step.id);
  const touched = state !== undefined && state.state !== 'open';
  const standing = touched ? state.state : off.has(step.id) ? 'off' : 'open';
  const found: GuidedStep = { step, index, standing, unmet: [] };
  if (standing === 'open' || standing === 'blocked') found.unmet = unmet(incident, step);
  if (state !== undefined) found.state = state;
  const targetAt = target(incident, step);
  if (targetAt !== undefined) found.targetAt = targetAt;
  return found;
}

function unmet(incident: Incident, step: Step): GuidedStep['unmet'] {
  return step.after
    .map((precondition, index) => ({ precondition, index }))
    .filter(({ precondition, index }) => !isMet(incident, step, precondition, index));
}

/**
 * A step counts as a precondition only when it was done: skipped is not isolated. What holds for each row is met when every row
 * is done, each behind its own tick; without rows it is a sentence like any other.
 */
function isMet(incident: Incident, step: Step, precondition: Precondition, index: number): boolean {
  const rows = tableUnder(incident, step, index)?.rows ?? [];
  if (rows.length > 0) return rows.every(({ done }) => done);
  if (precondition.step !== undefined && incident.steps.get(precondition.step)?.state === 'done') return true;
  return incident.steps.get(step.id)?.met.has(String(index)) ?? false;
}

function target({ declaredAt }: Incident, { within }: Step): string | undefined {
  if (within === undefined || declaredAt === '') return undefined;
  const known = targets.get(within);
  if (known?.declaredAt === declaredAt) return known.at;
  const at = Temporal.Instant.from(declaredAt).add({ minutes: within.minutes }).toString();
  targets.set(within, { declaredAt, at });
  return at;
}

/** A target moves only with the declaration; working out thirty of them anew took longer than everything else in a click. */
const targets = new WeakMap<Timing, { declaredAt: string; at: string }>();

/** Steps that may be open at the same time: those marked parallel, next to the current one. */
function besides(open: GuidedStep[], current: GuidedStep): GuidedStep[] {
  const after = open.slice(open.indexOf(current) + 1);
  const free = ({ unmet: missing }: GuidedStep) => missing.length === 0;
  const end = after.findIndex(({ step }) => !step.parallel);
  const run = end < 0 ? after : after.slice(0, end);
  return run.filter(free);
}

/**
 * Branches follow: choosing an option that points forward leaves out what lies between the decision and its target;
 * a fact that does not hold leaves out the steps that hang on it. Unknown keeps a step open.
 */
function stepsOffPath(incident: Incident, runbook: Runbook): Set<string> {
  const steps = stepsOf(runbook);
  const off = new Set(steps.filter((step) => isExcluded(incident, step)).map(({ id }) => id));
  for (const [at, step] of steps.entries()) {
    const chosen = off.has(step.id) ? undefined : chosenTarget(incident, step);
    if (chosen === undefined) continue;
    const to = steps.findIndex(({ id }) => id === chosen);
    for (const skipped of steps.slice(at + 1, Math.max(at + 1, to))) off.add(skipped.id);
  }
  return off;
}

function isExcluded(incident: Incident, step: Step): boolean {
  if (step.kind === 'reference' || isElsewhere(incident, step)) return true;
  if (step.if === undefined) return false;
  const answer = incident.facts.get(step.if.fact) ?? 'unknown';
  return answer === (step.if.negated ? 'yes' : 'no');
}

/** What each client needs is done in the lanes, and what is done once outside them; an incident without lanes holds both. */
function isElsewhere({ of, lanes }: Incident, { scope }: Step): boolean {
  if (of === 'lane') return scope !== 'each client';
  return lanes.coordination !== undefined && scope === 'each client';
}

function chosenTarget(incident: Incident, step: Step): string | undefined {
  if (step.options.length === 0) return undefined;
  const decision = incident.decisions.findLast((taken) => taken.step === step.id && !taken.reopened);
  if (decision?.option === undefined || decision.outcome !== 'decided') return undefined;
  return step.options[decision.option]?.to;
}
