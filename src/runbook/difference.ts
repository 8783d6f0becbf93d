import { type Runbook, type Step, stepsOf } from './runbook.ts';

/** `what` names the fields that differ, in the words of the grammar: role, checks, options, ... */
export type Change = { before: Step; after: Step; what: string[] };
export type Difference = { added: Step[]; removed: Step[]; changed: Change[] };

/**
 * What a changed file would change in a running incident. Steps are the same when their ids are; a step whose heading
 * was reworded is told by its work: same phase and most of the same lines. Moving a step down the page is no change
 * unless it lands in another phase.
 */
export function difference(before: Runbook, after: Runbook): Difference {
  const old = stepsOf(before);
  const fresh = stepsOf(after);
  const pairs = new Map<Step, Step>();
  const byId = new Map(fresh.map((step) => [step.id, step]));
  for (const step of old) {
    const same = byId.get(step.id);
    if (same !== undefined) pairs.set(step, same);
  }
  const taken = new Set(pairs.values());
  for (const step of old.filter((one) => !pairs.has(one))) {
    const renamed = fresh.find((other) => !taken.has(other) && other.phase === step.phase && alike(step, other));
    if (renamed === undefined) continue;
    pairs.set(step, renamed);
    taken.add(renamed);
  }
  const changed = [...pairs].map(([one, other]) => ({ before: one, after: other, what: changes(one, other) }));
  return {
    added: fresh.filter((step) => !taken.has(step)),
    removed: old.filter((step) => !pairs.has(step)),
    changed: changed.filter(({ what }) => what.length > 0),
  };
}

const FIELDS = [
  'title',
  'phase',
  'kind',
  'role',
  'within',
  'due',
  'repeat',
  'scope',
  'if',
  'after',
  'parallel',
  'checks',
  'evidence',
  'options',
  'clauses',
  'notices',
  'warnings',
  'commands',
  'tables',
  'handover',
  'body',
] as const satisfies (keyof Step)[];

function changes(before: Step, after: Step): string[] {
  return FIELDS.filter((field) => content(before[field]) !== content(after[field]));
}

/** A value without its places in the file: lines move whenever anything above them changes. */
function content(value: unknown): string {
  return JSON.stringify(value, (key, inner) => (key === 'source' ? undefined : inner)) ?? '';
}

/** At least half of the lines are the same, and there are lines to compare. */
function alike(one: Step, other: Step): boolean {
  const [left, right] = [lines(one), lines(other)];
  const shared = [...left].filter((line) => right.has(line)).length;
  return shared > 0 && shared * 2 >= Math.max(left.size, right.size);
}

function lines(step: Step): Set<string> {
  const checks = step.checks.map(({ text }) => text);
  return new Set(
    [
      ...checks,
      ...step.options.map(({ label }) => label),
      ...step.notices.map(({ body }) => body),
      ...step.body.split('\n'),
    ].filter((line) => line.trim() !== ''),
  );
}
