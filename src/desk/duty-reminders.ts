import { isOpen } from '../law/bite.ts';
import { ladder, type RungName, rungs } from '../law/rungs.ts';
import type { Incident } from '../record/incident.ts';
import { partyOf } from '../record/law-findings.ts';
import type { Clocks, OwedDuty } from './clocks.ts';

export type DutyReminder = { of: string; rung: RungName; due: string };

/** Reminders of duties whose rung has come and that the record does not hold yet, with the words for all of them. */
export type Raised = { reminders: DutyReminder[]; text: string };

/**
 * The last rung that passed of every open duty, unless the record holds it: a rung that was overtaken unseen stays silent.
 * Clocks go on after an incident was closed, unless nothing was behind it.
 */
export function dutyReminders(incident: Incident, clocks: Clocks, now: number): Raised | undefined {
  if (!isRunning(incident)) return undefined;
  const due = clocks.duties.flatMap((owed) => {
    const last = rungs(owed.duty, now).at(-1);
    if (last === undefined || owed.duty.due === null) return [];
    const reminder: DutyReminder = { of: `duty/${owed.key}`, rung: last.name, due: owed.duty.due };
    return incident.raised.has(`${reminder.of}/${reminder.rung}/${reminder.due}`) ? [] : [{ reminder, owed }];
  });
  if (due.length === 0) return undefined;
  const lines = due.map(({ reminder, owed }) => line(incident, reminder, owed));
  return { reminders: due.map(({ reminder }) => reminder), text: lines.join('\n') };
}

/** The next instant at which a rung passes, in milliseconds of the epoch. */
export function nextRung(clocks: Clocks, now: number): number | undefined {
  const coming = clocks.duties.flatMap(({ duty }) => (isOpen(duty) ? ladder(duty) : [])).filter(({ at }) => at >= now);
  return coming.length === 0 ? undefined : Math.min(...coming.map(({ at }) => at));
}

const isRunning = ({ drill, closed }: Incident): boolean => !drill && (closed === undefined || closed.as === 'resolved');

const RUNGS: Record<RungName, string> = {
  '50%': 'Half of the time has passed',
  '75%': 'Three quarters of the time have passed',
  '24h': 'Less than 24 hours are left',
  '6h': 'Less than 6 hours are left',
  '1h': 'Less than an hour is left',
  overdue: 'OVERDUE',
};

function line(incident: Incident, { rung, due }: DutyReminder, { duty, name, unverified }: OwedDuty): string {
  const party = name.instance === undefined ? '' : ` (${partyOf(incident, name.instance) ?? name.instance})`;
  const when = due.length > 10 ? `${due.slice(0, 10)} ${due.slice(11, 16)} UTC` : `by the end of ${due} (${duty.zone ?? 'UTC'})`;
  const doubt = unverified ? ' Unverified, ask counsel.' : '';
  return `${rung === 'overdue' ? 'OVERDUE: it was due' : `${RUNGS[rung]}: due`} ${when}. To be told: ${duty.recipient}${party}. ${duty.citation}.${doubt}`;
}
