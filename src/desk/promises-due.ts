import { OURSELVES } from '../record/decide-notices.ts';
import type { Incident } from '../record/incident.ts';
import { clock } from '../record/turn.ts';
import type { Reminder } from './reminder.ts';

/** Promises whose time has passed without an outcome: of a vendor, and our own of a next update. */
export function promisesDue({ promises }: Incident, now: number): Reminder[] {
  return promises.flatMap(({ id, who, text, due, kept }) => {
    if (due === undefined || kept !== undefined || Temporal.Instant.from(due).epochMilliseconds > now) return [];
    const at = clock(due, new Date(now).toISOString());
    const words =
      who === OURSELVES
        ? `We promised ${text} by ${at}, and no notice has gone out since. One is prepared below.`
        : `${who} promised by ${at}: ${text}. Did they keep it?`;
    return [{ of: `promise/${id}`, rung: 'due', at: due, text: words }];
  });
}
