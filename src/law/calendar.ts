/**
 * Calendars: which days are no working days. Days are numbers (days since 1970-01-01), so that counting is arithmetic.
 * A cautious calendar excludes as few days as it may: each further holiday makes a date later.
 */

const MS_PER_DAY = 86_400_000;

/** A plain ISO date as a day number. The caller has checked the form. */
export function dayOf(iso: string): number {
  return Math.floor(Date.parse(`${iso}T00:00:00Z`) / MS_PER_DAY);
}

/** A day number as a plain ISO date. */
export function isoOf(day: number): string {
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** 1 Monday to 7 Sunday. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** Holidays by calendar, as data: `{us-federal: [{date, name}]}`; the file names its sources. */
export type Holidays = Record<string, { date: string; name: string }[]>;

/** A calendar in use: its holidays as day numbers, and the last day it knows. */
export type Calendar = { name: string; holidays: ReadonlySet<number>; lastDay: number };

/** Turns the data into calendars; `none` knows weekends only. */
export function calendars(data: Holidays): Map<string, Calendar> {
  const built = new Map<string, Calendar>([['none', { name: 'none', holidays: new Set(), lastDay: Number.POSITIVE_INFINITY }]]);
  for (const [name, days] of Object.entries(data)) {
    const holidays = new Set(days.map(({ date }) => dayOf(date)));
    const lastYear = Math.max(...days.map(({ date }) => Number(date.slice(0, 4))));
    built.set(name, { name, holidays, lastDay: dayOf(`${lastYear}-12-31`) });
  }
  return built;
}

export function isWorkingDay(day: number, calendar: Calendar): boolean {
  return weekday(day) < 6 && !calendar.holidays.has(day);
}

/** The n-th working day after `day`: the day itself is never counted, day 1 is the next working day. */
export function addWorkingDays(day: number, n: number, calendar: Calendar): number {
  let at = day;
  for (let left = n; left > 0; ) {
    at += 1;
    if (isWorkingDay(at, calendar)) left -= 1;
  }
  return at;
}

/** The day itself if it is a working day, else the next one. */
export function onOrAfter(day: number, calendar: Calendar): number {
  let at = day;
  while (!isWorkingDay(at, calendar)) at += 1;
  return at;
}

/** The day itself if it is a working day, else the last one before it. */
export function onOrBefore(day: number, calendar: Calendar): number {
  let at = day;
  while (!isWorkingDay(at, calendar)) at -= 1;
  return at;
}

/** The same date number some months later; where that date is missing, the last day of the month. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * MS_PER_DAY);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const next = new Date(first);
  const lastDate = new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate();
  return Math.floor(first / MS_PER_DAY) + Math.min(date.getUTCDate(), lastDate) - 1;
}

/** So many days after the end of the day's calendar year. */
export function afterYearEnd(day: number, days: number): number {
  const year = new Date(day * MS_PER_DAY).getUTCFullYear();
  return Math.floor(Date.UTC(year, 11, 31) / MS_PER_DAY) + days;
}
