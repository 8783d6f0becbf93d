/** The arithmetic of a deadline: from a moment and a span to a legal date, a rolled date and a policy target. */
import type { Calendar } from './calendar.ts';
import { addMonths, addWorkingDays, afterYearEnd, isWorkingDay, onOrAfter, onOrBefore } from './calendar.ts';
import type { Rule, Span } from './duty.ts';
import { type Clock, type Due, isInstant, type Moment, toMinute } from './moment.ts';

const MS_PER_HOUR = 3_600_000;
const MS = { minutes: 60_000, hours: MS_PER_HOUR };

/** Where and by which calendar a rule counts: the zone of the anchor's day, and the zones of which the first to end counts. */
export type Reckoning = { clock: Clock; anchorZone: string; zones: string[]; calendar: Calendar };

/** The end of a span that runs from a moment. Hours are elapsed time; days leave out the anchor's day and end with the last. */
export function dueAfter(from: Moment, span: Span, by: Reckoning): Due {
  if (span.kind === 'minutes' || span.kind === 'hours') return { at: toMinute(from.at + span.value * MS[span.kind]) };
  return endOfDay(addDays(by.clock.dayOfMoment(from, by.anchorZone), span, by.calendar), by);
}

/** The end of a span that runs from the end of another due date. */
export function dueAfterDue(from: Due, span: Span, by: Reckoning): Due {
  if (span.kind === 'minutes' || span.kind === 'hours') return { at: toMinute(by.clock.endOf(from) + span.value * MS[span.kind]) };
  const day = isInstant(from) ? by.clock.dayAt(from.at, by.anchorZone) : from.day;
  return endOfDay(addDays(day, span, by.calendar), by);
}

/** So many days after the end of the calendar year in which the moment lies. */
export function dueAfterYear(from: Moment, days: number, by: Reckoning): Due {
  return endOfDay(afterYearEnd(by.clock.dayOfMoment(from, by.anchorZone), days), by);
}

function addDays(day: number, span: Span, calendar: Calendar): number {
  if (span.kind === 'business-days') return addWorkingDays(day, span.value, calendar);
  return span.kind === 'months' ? addMonths(day, span.value) : day + span.value;
}

function endOfDay(day: number, { clock, zones }: Reckoning): Due {
  const dues = zones.map((zone): Due => ({ day, zone }));
  return dues.reduce((a, b) => clock.earlier(a, b), dues[0] ?? { day, zone: 'UTC' });
}

/**
 * The next working day, for a day or month period that ends on another day, where the law lets it run on
 * (Regulation 1182/71 art. 3(4) and its like); with `noon`, periods in hours too, to 12:00 of that day (Delegated Regulation
 * 2025/301 art. 5). Null when nothing moves.
 */
export function rolledFrom(due: Due, { calendar, clock, anchorZone }: Reckoning, noon: boolean): Due | null {
  if (isInstant(due) && !noon) return null;
  const last = isInstant(due) ? clock.dayAt(due.at, anchorZone) : due.day;
  const day = onOrAfter(last, calendar);
  if (day === last) return null;
  const zone = isInstant(due) ? anchorZone : due.zone;
  return noon ? { at: clock.noonOf(day, zone) } : { day, zone };
}

const TARGETS: [RegExp, Span][] = [
  [/immediate|without-delay|upon|when-aware/, { kind: 'hours', value: 24 }],
  [/as-soon-as|prompt|rapid|expeditious-manner/, { kind: 'hours', value: 72 }],
];

/**
 * The house's target for a soft standard: policy, not law. 24 h for "immediately", 72 h for "as soon as possible", 30 days
 * for letters to people "without unreasonable delay"; for a date on a weekend or holiday, the working day before it.
 */
export function targetOf(rule: Rule, from: Moment | undefined, due: Due | undefined, by: Reckoning): Due | null {
  const soft = from === undefined ? undefined : softTarget(rule, from, by);
  const target =
    soft ??
    (due !== undefined && !isInstant(due) && !isWorkingDay(due.day, by.calendar)
      ? { day: onOrBefore(due.day, by.calendar), zone: due.zone }
      : undefined);
  if (target === undefined) return null;
  return due === undefined || by.clock.endOf(target) < by.clock.endOf(due) ? target : null;
}

function softTarget(rule: Rule, from: Moment, by: Reckoning): Due | undefined {
  const { standard } = rule;
  if (standard === undefined) return undefined;
  const found = TARGETS.find(([pattern]) => pattern.test(standard));
  if (found !== undefined) return dueAfter(from, found[1], by);
  if (/undue/.test(standard)) return dueAfter(from, { kind: 'hours', value: 24 }, by);
  if (/unreasonable|expedient/.test(standard)) return dueAfter(from, { kind: 'calendar-days', value: 30 }, by);
  return undefined;
}
