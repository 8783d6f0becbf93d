import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Answer, clauseHolds } from '../src/runbook/clauses.ts';
import { compile } from '../src/runbook/compile.ts';
import type { Option, Runbook, Step } from '../src/runbook/runbook.ts';
import { stepsOf } from '../src/runbook/runbook.ts';

/** The folder of the runbooks that ship. */
export const LIBRARY = resolve(import.meta.dirname, '..', 'runbooks');

export type Facts = Readonly<Record<string, Answer>>;

/** Every runbook that ships, by file name. */
export const library: ReadonlyMap<string, { source: string; runbook: Runbook }> = new Map(
  readdirSync(LIBRARY)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const source = readFileSync(join(LIBRARY, name), 'utf8');
      return [name, { source, runbook: compile(source, { file: name, today: '2026-11-24' }) }];
    }),
);

/** Every way to answer a runbook's yes-or-no questions. */
export function answers(runbook: Runbook): Facts[] {
  return runbook.questions.reduce<Facts[]>(
    (all, { fact }) =>
      all.flatMap((facts) => [
        { ...facts, [fact]: 'yes' as const },
        { ...facts, [fact]: 'no' as const },
      ]),
    [{}],
  );
}

/** Whether an option fits the answers: its consequence may say `Answer "in window" with yes`. */
function fits(option: Option, facts: Facts): boolean {
  const said = /Answer "([^"]+)" with (yes|no)/.exec(option.consequence ?? '');
  return said === null || facts[said[1] ?? ''] === undefined || facts[said[1] ?? ''] === said[2];
}

const END = Number.MAX_SAFE_INTEGER;

export type Walk = {
  /** Ids of the steps that some path passes. */
  passed: Set<string>;
  /** For each passed step the ids that every path to it has passed before. */
  before: Map<string, Set<string>>;
  /** Ids from which no path leads on. */
  stuck: string[];
  /** Options that lead back to an earlier step, and so could lead round in circles. */
  backward: string[];
};

/**
 * Walks every path of a runbook under these answers. Options lead on to their step, past what lies between;
 * one that asks again stands still; one that leads to another runbook ends here; everything else goes to the next step.
 */
export function walk(runbook: Runbook, facts: Facts): Walk {
  const steps = stepsOf(runbook).filter((step) => step.if === undefined || clauseHolds(step.if, facts));
  const all = stepsOf(runbook).map(({ id }) => id);
  const places = steps.map(({ id }) => all.indexOf(id));
  const result: Walk = { passed: new Set(), before: new Map(), stuck: [], backward: [] };
  const first = steps[0];
  if (first !== undefined) result.before.set(first.id, new Set());
  for (const [index, step] of steps.entries()) {
    const before = result.before.get(step.id);
    if (before === undefined) continue;
    result.passed.add(step.id);
    const ways = waysOn(step, index, facts, (id) => placeFrom(places, all.indexOf(id)));
    if (ways.length === 0) result.stuck.push(step.id);
    for (const way of ways) {
      const next = steps[way];
      if (way <= index) result.backward.push(step.id);
      else if (next !== undefined) meet(result.before, next.id, new Set([...before, step.id]));
    }
  }
  return result;
}

/** The first open step at or after a place: a closed one is passed over. */
function placeFrom(places: number[], place: number): number {
  const found = places.findIndex((open) => open >= place);
  return found === -1 ? END : found;
}

/** Where a step leads: places in the list of open steps, or beyond it, which is the end. */
function waysOn(step: Step, index: number, facts: Facts, placeOf: (id: string) => number): number[] {
  if (step.options.length === 0) return [index + 1];
  return step.options
    .filter((option) => fits(option, facts))
    .flatMap((option) => {
      if (option.to !== undefined) return [placeOf(option.to)];
      if (option.runbook !== undefined) return [END];
      return option.askAgainMinutes === undefined ? [index + 1] : [];
    });
}

function meet(before: Map<string, Set<string>>, id: string, path: Set<string>): void {
  const known = before.get(id);
  before.set(id, known === undefined ? path : known.intersection(path));
}
