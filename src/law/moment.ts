/**
 * Moments and due dates. A moment is an instant, or a bare date of which only the day is known (00:00 local of that day).
 * A due date is an instant, or a local date whose end in its zone is meant. Instants are epoch milliseconds in whole minutes.
 */
import { dayOf, isoOf } from './calendar.ts';

export type Moment = { at: number; bareDay?: number };
export type Due = { at: number } | { day: number; zone: string };

const MS_PER_MINUTE = 60_000;

/** Instants are rounded down to the minute: the earlier reading. */
export function toMinute(ms: number): number {
  return Math.floor(ms / MS_PER_MINUTE) * MS_PER_MINUTE;
}

export function isInstant(due: Due): due is { at: number } {
  return 'at' in due;
}

/** Zone arithmetic with a memory: one pass asks for the same few instants and days thousands of times. */
export class Clock {
  #days = new Map<string, Map<number, number>>();
  #texts = new Map<number, string>();
  #ends = new Map<string, Map<number, number>>();

  /** An instant in UTC: 2026-10-27T08:00:00Z. */
  text(ms: number): string {
    let text = this.#texts.get(ms);
    if (text === undefined) {
      text = Temporal.Instant.fromEpochMilliseconds(ms).toString();
      this.#texts.set(ms, text);
    }
    return text;
  }

  /** A due date as text: an instant in UTC or a plain date. */
  dueText(due: Due): string {
    return isInstant(due) ? this.text(due.at) : isoOf(due.day);
  }

  /** The local day of an instant in a zone. */
  dayAt(ms: number, zone: string): number {
    return remembered(this.#days, zone, ms, () => {
      const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
      return dayOf(local.toPlainDate().toString());
    });
  }

  /** The first instant of a local day in a zone; most days begin at 00:00, some at 01:00. */
  startOf(day: number, zone: string): number {
    return remembered(this.#ends, zone, day, () => Temporal.PlainDate.from(isoOf(day)).toZonedDateTime(zone).epochMilliseconds);
  }

  noonOf(day: number, zone: string): number {
    return Temporal.PlainDate.from(isoOf(day)).toZonedDateTime({ timeZone: zone, plainTime: '12:00' }).epochMilliseconds;
  }

  /** The first instant after a due date has passed. */
  endOf(due: Due): number {
    return isInstant(due) ? due.at : this.startOf(due.day + 1, due.zone);
  }

  /** The day of a moment in a zone; a bare date stays the date that was written. */
  dayOfMoment(moment: Moment, zone: string): number {
    return moment.bareDay ?? this.dayAt(moment.at, zone);
  }

  /** Whether something done at this moment came after the due date. */
  isAfter(moment: Moment, due: Due): boolean {
    if (isInstant(due)) return moment.at > due.at;
    return this.dayOfMoment(moment, due.zone) > due.day;
  }

  /** The due date that ends first. */
  earlier(a: Due, b: Due): Due {
    return this.endOf(b) < this.endOf(a) ? b : a;
  }

  later(a: Due, b: Due): Due {
    return this.endOf(b) > this.endOf(a) ? b : a;
  }
}

function remembered(memory: Map<string, Map<number, number>>, zone: string, key: number, compute: () => number): number {
  let inner = memory.get(zone);
  if (inner === undefined) {
    inner = new Map();
    memory.set(zone, inner);
  }
  let value = inner.get(key);
  if (value === undefined) {
    value = compute();
    inner.set(key, value);
  }
  return value;
}
