import type { Entry } from '../record/entry.ts';
import type { Kind } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { hasClocks } from '../record/incident-duties.ts';

const SHOWN = new Set<Kind>([
  'anchor.set',
  'fact.set',
  'duty.dated',
  'duty.filed',
  'duty.waived',
  'duty.reopened',
  'duty.rule-changed',
  'duty.rule-accepted',
  'incident.closed',
  'incident.reopened',
]);

/** Whether the clock board of a record says something else after these entries. A small incident without clocks has none. */
export function boardChanged({ owed }: Incident, entries: readonly Entry[]): boolean {
  return hasClocks(owed) && entries.some((entry) => SHOWN.has(entry.kind) || isReminder(entry));
}

const isReminder = (entry: Entry): boolean => entry.kind === 'reminder.raised' && entry.body.of.startsWith('duty/');
