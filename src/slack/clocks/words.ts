import type { Clocks, OwedDuty } from '../../desk/clocks.ts';
import { dueOf } from '../../law/bite.ts';
import type { Duty } from '../../law/duty.ts';
import { Clock, isInstant } from '../../law/moment.ts';
import { ANCHORS } from '../../law/vocabulary.ts';
import type { Incident } from '../../record/incident.ts';
import { partyOf } from '../../record/law-findings.ts';
import { nameOf } from '../../record/turn.ts';
import { distance, safe, when } from '../mrkdwn.ts';

/** How duties, dates and anchors are called on every card and form about clocks. */
export const NOT_ADVICE = 'Worked out from what was said here and from law on file. Not legal advice: counsel decides.';
export const UNVERIFIED = ':warning: unverified, ask counsel';

/** Who must be told; the party or the member state where there are several. Plain text: escape it at the exit. */
export function titleOf(incident: Incident, { duty, name }: OwedDuty): string {
  const which = name.instance === undefined ? '' : ` (${partyOf(incident, name.instance) ?? name.instance})`;
  return `${duty.recipient}${which}`;
}

/** A place as people know it: EU, California, or the code. "XX" stands for contracts and schemes. */
export const placeOf = ({ jurisdiction }: Duty): string => (jurisdiction === 'XX' ? 'contract' : jurisdiction);

/** A due date in the reader's zone and in UTC; a day is meant to its end, where the law counts it. */
export function dueWords(due: string, zone: string | null): string {
  const date = dueOf({ due, zone });
  if (date === undefined) return 'no date';
  if (isInstant(date)) return when(due);
  const last = new Date(new Clock().endOf(date) - 60_000).toISOString();
  return `by the end of ${due} (${safe(zone ?? 'UTC')}): ${when(last)}`;
}

function farOff(due: string, zone: string | null, now: number): string {
  const date = dueOf({ due, zone });
  return date === undefined ? '' : distance(new Date(new Clock().endOf(date)).toISOString(), now);
}

/** How a duty stands, in words: never by a colour or a sign alone. */
export function stateWords(incident: Incident, { duty, record }: OwedDuty, now: number): string {
  const { due, zone } = duty;
  const date = due === null ? '' : dueWords(due, zone);
  switch (duty.state) {
    case 'late':
      return duty.done === null
        ? `:rotating_light: *LATE*, nothing filed: it was due ${date}, ${farOff(due ?? '', zone, now)}`
        : `:ballot_box_with_check: *met late*: done ${when(duty.done)}, it was due ${date}`;
    case 'dated':
      return `:hourglass_flowing_sand: *due* ${date}, *${farOff(due ?? '', zone, now)}*${duty.provisional ? ' (provisional: it moves when what it hangs on has happened)' : ''}`;
    case 'no-number':
      return ':speech_balloon: *owed without a number in the law*';
    case 'not-started':
      return `:white_circle: *not started*: ${plainly(clauses(duty)[0] ?? '')}`;
    case 'paused':
      return `:pause_button: *paused*: ${plainly(duty.why)}`;
    case 'met':
      return `:white_check_mark: *met*${duty.done === null ? '' : `: done ${when(duty.done)}`}${due === null ? '' : `, due ${date}`}`;
    case 'waived':
      return `:no_entry_sign: *decided against*${waivedBy(incident, record)}`;
    case 'watch':
      return `:eyes: *not in force*: ${plainly(duty.why)}`;
    case 'not-triggered':
      return `:heavy_minus_sign: *not triggered*: ${plainly(duty.why)}`;
  }
}

function waivedBy(incident: Incident, record: OwedDuty['record']): string {
  const waived = record?.waived;
  if (waived === undefined) return '';
  return ` by ${safe(nameOf(incident, waived.by))}, approved by ${safe(nameOf(incident, waived.approver))} (entry ${waived.seq}): ${safe(waived.reason)}`;
}

/** The house's own target, kept apart from the law: it passes, and is never late. */
export function targetWords({ target, zone }: Duty, now: number): string | undefined {
  if (target === null) return undefined;
  const off = farOff(target, zone, now);
  const how = off.endsWith('ago') ? `passed ${off}` : off;
  return `:dart: *POLICY (ours, not law):* target ${dueWords(target, zone)}, ${how}`;
}

/** The reasons of a duty, one by one: what starts it, and what was taken as met because nobody knows. */
export const clauses = ({ why }: Duty): string[] => why.split('; ').filter((part) => part !== '');

const NAMED = new RegExp(`(?<=\\b(?:from|or|else|and) )(?:${ANCHORS.join('|')})\\b`, 'g');

/** A reason as a person would say it: names of findings stand in quotes, and lose their underscores. */
export const plainly = (why: string): string =>
  safe(why.replace(NAMED, (name) => `“${name.replaceAll('_', ' ')}”`).replaceAll('_', ' '));

/** Duties that somebody still has to do something about, in the order in which they bite. */
export const isOwed = ({ duty }: OwedDuty): boolean =>
  duty.done === null && ['late', 'dated', 'no-number', 'not-started', 'paused'].includes(duty.state);

const SETTLED = new Set<Duty['state']>(['met', 'late', 'waived']);
export const isDone = ({ duty }: OwedDuty): boolean => SETTLED.has(duty.state) && (duty.done !== null || duty.state === 'waived');

/** Finds a duty by what people type: its id, or words of its id, its recipient or its citation. */
export function findDuties(incident: Incident, { duties }: Clocks, words: string): OwedDuty[] {
  const wanted = words.trim().toLowerCase();
  const exact = duties.filter(({ key, name }) => key.toLowerCase() === wanted || name.duty === wanted);
  if (exact.length > 0) return exact;
  const parts = wanted.split(/[\s,]+/).filter((part) => part !== '');
  const fits = (owed: OwedDuty) => {
    const text = `${owed.key} ${titleOf(incident, owed)} ${owed.duty.citation} ${owed.duty.jurisdiction}`.toLowerCase();
    return parts.every((part) => text.includes(part));
  };
  return parts.length === 0 ? [] : duties.filter((owed) => isOwed(owed) && fits(owed));
}
