/** Reminder rungs of a duty: pure functions of the duty, so that a restart loses none and repeats none. */
import { dueOf, isOpen } from './bite.ts';
import type { Duty } from './duty.ts';
import { Clock, toMinute } from './moment.ts';

const MS_PER_HOUR = 3_600_000;

export type RungName = '50%' | '75%' | '24h' | '6h' | '1h' | 'overdue';

/** One reminder. `id` is the same in every evaluation with the same due date: who keeps the ids raised never repeats one. */
export type Rung = { id: string; name: RungName; at: number };

/** All rungs of an open duty with a date, in the order of their times (epoch ms); none before its clock started. */
export function ladder(duty: Duty): Rung[] {
  const due = dueOf(duty);
  if (due === undefined || !isOpen(duty) || duty.state === 'paused') return [];
  const end = new Clock().endOf(due);
  const start = duty.startedAt === null ? undefined : Temporal.Instant.from(duty.startedAt).epochMilliseconds;
  const rungs: [RungName, number | undefined][] = [
    ['50%', start === undefined ? undefined : toMinute(start + (end - start) * 0.5)],
    ['75%', start === undefined ? undefined : toMinute(start + (end - start) * 0.75)],
    ['24h', end - 24 * MS_PER_HOUR],
    ['6h', end - 6 * MS_PER_HOUR],
    ['1h', end - MS_PER_HOUR],
    ['overdue', end],
  ];
  const prefix = `${duty.id}|${duty.instance ?? ''}|${duty.due}`;
  return rungs
    .flatMap(([name, at]) =>
      at === undefined || (start !== undefined && at <= start) ? [] : [{ id: `${prefix}|${name}`, name, at }],
    )
    .sort((a, b) => a.at - b.at);
}

/** The rungs that have passed by `now` (epoch ms); an overdue one passes only after the due instant itself. */
export function rungs(duty: Duty, now: number): Rung[] {
  return ladder(duty).filter(({ name, at }) => (name === 'overdue' ? at < now : at <= now));
}

/**
 * The one reminder to raise now: the last rung passed, unless it was raised before. Rungs that passed unseen before it are
 * overtaken: nobody needs the half-time whistle after the final one.
 */
export function dueRung(duty: Duty, now: number, raised: ReadonlySet<string>): Rung | undefined {
  const last = rungs(duty, now).at(-1);
  return last === undefined || raised.has(last.id) ? undefined : last;
}
