/** What bites first: the order of a clock board. */
import type { Duty, State } from './duty.ts';
import { Clock, type Due } from './moment.ts';

const OPEN: Record<State, number> = {
  late: 0,
  dated: 1,
  'no-number': 2,
  'not-started': 3,
  paused: 4,
  met: 5,
  waived: 6,
  watch: 7,
  'not-triggered': 8,
};

/** Whether somebody still has something to do about a duty. */
export function isOpen(duty: Pick<Duty, 'state' | 'done'>): boolean {
  return OPEN[duty.state] <= OPEN.paused && duty.done === null;
}

/** The place of a duty in the order: what is late and still open first, then by date, then what has no date, then what is done. */
export function biteOf(state: State, done: boolean): number {
  return state === 'late' && done ? OPEN.met : OPEN[state];
}

/** A due date as written in a duty; undefined without one. */
export function dueOf({ due, zone }: Pick<Duty, 'due' | 'zone'>): Due | undefined {
  if (due === null) return undefined;
  if (due.length > 10) return { at: Temporal.Instant.from(due).epochMilliseconds };
  return { day: Math.floor(Date.parse(`${due}T00:00:00Z`) / 86_400_000), zone: zone ?? 'UTC' };
}

/** Duties ordered by what bites first; equals keep their order. */
export function orderByBite(duties: readonly Duty[]): Duty[] {
  const clock = new Clock();
  const ends = (duty: Duty) => {
    const due = dueOf(duty) ?? dueOf({ due: duty.target, zone: duty.zone });
    return due === undefined ? Number.MAX_SAFE_INTEGER : clock.endOf(due);
  };
  const keyed = duties.map((duty) => ({ duty, bite: biteOf(duty.state, duty.done !== null), ends: ends(duty) }));
  return keyed.sort((a, b) => a.bite - b.bite || a.ends - b.ends).map(({ duty }) => duty);
}
