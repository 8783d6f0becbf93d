import type { Window } from './advisory.ts';

/** From and to in epoch milliseconds, both included: a bare date is its whole day (UTC), a time its own instant. */
export type Moment = { from: number; to: number };

const DAY = 86_400_000;

/** Reads ISO 8601: an instant with offset, a time without one (taken as UTC), or a bare date. */
export function momentOf(value: string): Moment | undefined {
  const trimmed = value.trim().replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, '$1T');
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(trimmed)) {
      const from = Temporal.PlainDate.from(trimmed).toZonedDateTime('UTC').epochMilliseconds;
      return { from, to: from + DAY - 1 };
    }
    const precise = /(?:z|[+-]\d{2}:?\d{2})$/i.test(trimmed)
      ? Temporal.Instant.from(trimmed)
      : Temporal.PlainDateTime.from(trimmed).toZonedDateTime('UTC').toInstant();
    return { from: precise.epochMilliseconds, to: precise.epochMilliseconds };
  } catch {
    return undefined;
  }
}

/** Where a moment lies: wholly in the window, wholly before or after it, or across its edge. */
export type Place = 'inside' | 'before' | 'after' | 'across';

/** A missing end of the window is open. */
export function placeIn(window: Window, moment: Moment): Place {
  const opens = (window.from === undefined ? undefined : momentOf(window.from)?.from) ?? Number.NEGATIVE_INFINITY;
  const closes = (window.to === undefined ? undefined : momentOf(window.to)?.to) ?? Number.POSITIVE_INFINITY;
  if (moment.to < opens) return 'before';
  if (moment.from > closes) return 'after';
  return moment.from >= opens && moment.to <= closes ? 'inside' : 'across';
}

/** The window in words, for a reason. */
export function windowText(window: Window): string {
  return `${window.from ?? 'the beginning'} to ${window.to ?? 'now'}`;
}
