import type { Mention, TimeParts } from './mention.ts';

/** What a time needs from around it: the entry's as-of time as written, and the client's zone. */
export type Surroundings = { at: string | undefined; zone: string | undefined };

type Fixed = { year: number; month: number; day: number; hour: number; minute: number; second: number };

/** The zone of a time: its own, else the offset that the entry's `at` is written in, else UTC. */
function zoneFor(time: TimeParts, around: Surroundings): string {
  if (time.zone !== undefined) return time.zone;
  if (time.offset !== undefined) return offsetName(time.offset);
  const written = /([+-]\d{2}:\d{2})$/.exec(around.at ?? '')?.[1];
  return written ?? 'UTC';
}

export function offsetName(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (it: number) => String(it).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The entry's as-of instant; a bare date has none. */
export function atInstant(at: string | undefined): Temporal.Instant | undefined {
  if (at === undefined) return undefined;
  try {
    return Temporal.Instant.from(at);
  } catch {
    return undefined;
  }
}

export function atDate(at: string | undefined): Temporal.PlainDate | undefined {
  try {
    return at === undefined ? undefined : Temporal.PlainDate.from(at.slice(0, 10));
  } catch {
    return undefined;
  }
}

/** The instants a time of an entry may stand for: a missing day is that of `at` or the one before, a missing year that of `at`. */
export function instants(time: TimeParts, around: Surroundings): Temporal.Instant[] {
  if (time.asOf !== undefined) return [time.asOf];
  if (time.hour === undefined) return [];
  const zone = zoneFor(time, around);
  const anchor = atInstant(around.at)?.toZonedDateTimeISO(zone).toPlainDate() ?? atDate(around.at);
  const days = daysOf(time, anchor);
  return days.map((it) => it.toZonedDateTime({ timeZone: zone, plainTime: clockOf(time) }).toInstant());
}

const clockOf = (time: TimeParts) =>
  Temporal.PlainTime.from({ hour: time.hour ?? 0, minute: time.minute ?? 0, second: time.second ?? 0 });

function daysOf(time: TimeParts, anchor: Temporal.PlainDate | undefined): Temporal.PlainDate[] {
  const year = time.year ?? anchor?.year;
  if (time.day === undefined && anchor !== undefined) {
    const near = [anchor, anchor.subtract({ days: 1 })];
    return time.weekday === undefined ? near : lastWeekday(anchor, time.weekday);
  }
  if (year === undefined || time.day === undefined) return [Temporal.PlainDate.from('2000-01-01')];
  const month = time.month ?? anchor?.month ?? 1;
  const made = [{ month, day: time.day }, ...(time.swapped ? [time.swapped] : [])];
  return made.flatMap((it) => dayOrNone(year, it.month, it.day));
}

function lastWeekday(anchor: Temporal.PlainDate, weekday: number): Temporal.PlainDate[] {
  return Array.from({ length: 7 }, (_, back) => anchor.subtract({ days: back })).filter((it) => it.dayOfWeek === weekday);
}

function dayOrNone(year: number, month: number, day: number): Temporal.PlainDate[] {
  try {
    return [Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })];
  } catch {
    return [];
  }
}

/** Whether the parts that `ours` gives agree with the moment; a part left out agrees with anything. */
function agrees(ours: TimeParts, moment: Fixed, dayOfWeek: number): boolean {
  const days = [{ month: ours.month, day: ours.day }, ...(ours.swapped ? [ours.swapped] : [])];
  const dayFits = days.some(
    (it) => (it.month === undefined || it.month === moment.month) && (it.day === undefined || it.day === moment.day),
  );
  return (
    dayFits &&
    (ours.year === undefined || ours.year === moment.year) &&
    (ours.weekday === undefined || ours.weekday === dayOfWeek) &&
    (ours.hour === undefined || (ours.hour === moment.hour && (ours.minute ?? 0) === moment.minute)) &&
    (ours.second === undefined || ours.second === moment.second)
  );
}

/** Whether the draft's time is the entry's time, whatever zone and notation either is written in. */
export function sameTime(ours: TimeParts, theirs: TimeParts, around: Surroundings): boolean {
  if (ours.hour !== undefined) {
    const zone = ours.zone ?? (ours.offset === undefined ? zoneFor(theirs, around) : offsetName(ours.offset));
    return instants(theirs, around).some((it) => {
      const there = it.toZonedDateTimeISO(
        theirs.asOf !== undefined && ours.offset === undefined && ours.zone === undefined ? (around.zone ?? zone) : zone,
      );
      return agrees(ours, there, there.dayOfWeek);
    });
  }
  return theirs.hour === undefined && theirs.asOf === undefined
    ? sameDay(ours, theirs, around)
    : dayOfInstant(ours, theirs, around);
}

function dayOfInstant(ours: TimeParts, theirs: TimeParts, around: Surroundings): boolean {
  const zones = new Set([zoneFor(theirs, around), 'UTC', ...(around.zone === undefined ? [] : [around.zone])]);
  return instants(theirs, around).some((it) =>
    [...zones].some((zone) => {
      const there = it.toZonedDateTimeISO(zone);
      return agrees(ours, there, there.dayOfWeek);
    }),
  );
}

function sameDay(ours: TimeParts, theirs: TimeParts, around: Surroundings): boolean {
  const anchor = atDate(around.at);
  if (theirs.day === undefined && theirs.weekday === undefined) {
    return ours.day === undefined && ours.month === theirs.month && (ours.year ?? anchor?.year) === (theirs.year ?? anchor?.year);
  }
  return daysOf(theirs, anchor).some((it) => agrees(ours, { ...dateFields(it), hour: 0, minute: 0, second: 0 }, it.dayOfWeek));
}

const dateFields = (it: Temporal.PlainDate) => ({ year: it.year, month: it.month, day: it.day });

/** A weekday that does not fall on its own date ("Monday 24 October 2026" is a Saturday). */
export function wrongWeekday(mention: Mention, around: Surroundings): boolean {
  const time = mention.time;
  const year = time?.year ?? atDate(around.at)?.year;
  if (time?.weekday === undefined || time.day === undefined || time.month === undefined || year === undefined) return false;
  return dayOrNone(year, time.month, time.day).some((it) => it.dayOfWeek !== time.weekday);
}
