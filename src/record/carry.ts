import { difference } from '../runbook/difference.ts';
import { type Option, type Precondition, type Runbook, type Step, stepsOf } from '../runbook/runbook.ts';
import type { Carried } from './event.ts';
import type { Incident, StepState } from './incident.ts';

/**
 * What changes place when `after` takes over from `before`; everything else is kept by step id without being named. Ticks and
 * preconditions are kept by their words, not by their number: a line put in above must take over nobody's tick.
 */
export function carriedOf(incident: Incident, before: Runbook, after: Runbook): Carried[] {
  const fresh = new Map(stepsOf(after).map((step) => [step.id, step]));
  const same = stepsOf(before).flatMap((step) => {
    const found = fresh.get(step.id);
    return found === undefined ? [] : [{ from: step, to: found }];
  });
  return [...same, ...reworded(before, after)].flatMap(({ from, to }) => carried(incident, from, to));
}

/** A reworded heading is the same step only within one file: two runbooks share a step by its id alone. */
function reworded(before: Runbook, after: Runbook): { from: Step; to: Step }[] {
  if (before.id !== after.id) return [];
  const pairs = difference(before, after).changed.map((change) => ({ from: change.before, to: change.after }));
  return pairs.filter(({ from, to }) => from.id !== to.id);
}

function carried(incident: Incident, from: Step, to: Step): Carried[] {
  const state = incident.steps.get(from.id);
  const option = optionOf(incident, from, to);
  if (state === undefined && option === undefined && from.id === to.id) return [];
  const ticked = ticksOf(state, from, to);
  const met = metOf(state, from, to);
  const moved = from.id !== to.id || option !== undefined || !alike(state?.ticked, ticked) || !alike(state?.met, met);
  if (!moved) return [];
  const as = from.id === to.id ? {} : { as: to.id };
  return [{ step: from.id, ...as, ticked, met, ...(option === undefined ? {} : { option }) }];
}

function ticksOf(state: StepState | undefined, from: Step, to: Step): string[] {
  return [...(state?.ticked ?? [])].flatMap((tick) => {
    const at = to.checks.findIndex(({ text }) => text === from.checks[Number(tick)]?.text);
    return at < 0 ? [] : [String(at)];
  });
}

function metOf(state: StepState | undefined, from: Step, to: Step): string[] {
  return [...(state?.met ?? [])].flatMap((met) => {
    const [index = '', ...row] = met.split('/');
    const at = to.after.findIndex((one) => sameDemand(one, from.after[Number(index)]));
    return at < 0 ? [] : [[String(at), ...row].join('/')];
  });
}

const sameDemand = (one: Precondition, other: Precondition | undefined): boolean =>
  other !== undefined && one.text === other.text && one.step === other.step && one.perRow === other.perRow;

/** Where the choice of a taken decision stands in the new text, only if that is another place. */
function optionOf({ decisions }: Incident, from: Step, to: Step): number | undefined {
  const taken = decisions.findLast(({ step, reopened }) => step === from.id && !reopened)?.option;
  if (taken === undefined) return undefined;
  const at = to.options.findIndex((option) => sameWay(option, from.options[taken]));
  return at === taken ? undefined : at;
}

const sameWay = (one: Option, other: Option | undefined): boolean => one.label === other?.label;

const alike = (before: ReadonlySet<string> | undefined, after: string[]): boolean =>
  (before?.size ?? 0) === after.length && after.every((one) => before?.has(one));
