import type { Case } from './case.ts';
import type { Place } from './evidence.ts';
import type { Reading } from './reading.ts';
import type { Mention } from './values/mention.ts';

type End = 'start' | 'since' | 'end' | 'due' | 'after' | 'earliest';

/** Ends of a span that exclude each other: "until 20:00" is not "from 20:00", "by 09:30" is not "after 09:30". */
const ENDS: Record<string, End> = {
  from: 'start',
  since: 'since',
  until: 'end',
  till: 'end',
  to: 'end',
  through: 'end',
  by: 'due',
  before: 'due',
  after: 'after',
};
const EXCLUSIVE = new Set([
  'start end',
  'end start',
  'start due',
  'due start',
  'due after',
  'after due',
  'end after',
  'after end',
  'since end',
  'end since',
  'earliest due',
  'due earliest',
]);

export function otherEnd(ours: Mention, it: Case, places: Place[]): boolean {
  if (ours.type !== 'time' || places.length === 0) return false;
  const end = (mention: Mention, reading: Reading): End | undefined =>
    earliest(mention, reading)
      ? 'earliest'
      : ENDS[
          /(?<!\bback )\b(\w+)\s+(?:about |around |the )?$/i.exec(reading.text.slice(0, mention.start))?.[1]?.toLowerCase() ?? ''
        ];
  const mine = end(ours, it.reading);
  return (
    mine !== undefined &&
    places.some((place) => place.reading !== undefined && EXCLUSIVE.has(`${mine} ${end(place.mention, place.reading) ?? ''}`)) &&
    !places.some(
      (place) =>
        place.reading !== undefined &&
        (end(place.mention, place.reading) === mine ||
          (place.reading.text.length > place.evidence.entry.text.length * 0.6 && end(place.mention, place.reading) === undefined)),
    )
  );
}

/** "Will not come before 11 July": the earliest that it may be. */
const earliest = (mention: Mention, { text }: Reading): boolean =>
  /\bnot(?: (?!from)\w+){0,3} before\s+(?:the\s)?$|\bno(?:t)? (?:earlier|sooner) than\s+$|\bat the earliest (?:on|by|at)?\s*$/i.test(
    text.slice(0, mention.start),
  );
