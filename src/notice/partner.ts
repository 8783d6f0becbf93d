import type { Case } from './case.ts';
import type { Place } from './evidence.ts';
import { sameValue } from './evidence.ts';
import { comparable, groupOf } from './neighbourhood.ts';
import { partsOf, samePart } from './part.ts';
import type { Reading } from './reading.ts';
import type { Mention } from './values/mention.ts';

/** The value of another kind that stands nearest, on this side of "and". */
function partner(mention: Mention, { mentions, text }: Reading, of?: Mention): Mention | undefined {
  const gap = (other: Mention) => text.slice(Math.min(mention.end, other.end), Math.max(mention.start, other.start));
  const near = mentions.filter(
    (other) =>
      (of === undefined ? !comparable(mention, other) && other.type !== 'number' : comparable(of, other)) &&
      !/\band\b|;/.test(gap(other)),
  );
  return near.sort((a, b) => gap(a).length - gap(b).length)[0];
}

/** "1.14.1 (00:21 UTC) and 0.30.4 (01:00 UTC)": in the entry the version goes with that time as well. */
export function partnered(ours: Mention, it: Case, places: Place[]): boolean {
  const mine = partner(ours, it.reading);
  if (mine === undefined || partner(mine, it.reading, ours) !== ours) return false;
  return places.some(({ reading, mention, evidence }) => {
    const theirs = reading?.mentions.find((other) => sameValue(mine, other, evidence.around));
    return theirs !== undefined && reading !== undefined && partner(theirs, reading, mention) === mention;
  });
}

const NAMED = /^(?:id|version|hash|file|address)$/;
/** Right beside each other: "NPM_TOKEN at 14:12". */
const beside = (a: Mention, b: Mention, { text }: Reading) =>
  text.slice(Math.min(a.end, b.end), Math.max(a.start, b.start)).length <= 6;

const inList = (mention: Mention, reading: Reading) => groupOf(mention, reading).length > 1;

/** "AWS_KEY at 14:12" where the entry has "AWS_KEY at 14:31". */
export function crossPaired(ours: Mention, it: Case, places: Place[]): boolean {
  const mine = ours.type === 'time' ? partner(ours, it.reading) : undefined;
  if (
    mine === undefined ||
    !NAMED.test(mine.type) ||
    !beside(ours, mine, it.reading) ||
    inList(ours, it.reading) ||
    inList(mine, it.reading)
  )
    return false;
  const with_ = it.evidence.flatMap((evidence) =>
    evidence.readings.flatMap((reading) =>
      reading.mentions
        .filter((other) => sameValue(mine, other, evidence.around))
        .flatMap((other) => {
          const time = partner(other, reading, ours);
          return time !== undefined && beside(other, time, reading) && !inList(time, reading) && !inList(other, reading)
            ? [{ evidence, time }]
            : [];
        }),
    ),
  );
  return with_.length > 0 && places.length > 0 && !with_.some(({ evidence, time }) => sameValue(ours, time, evidence.around));
}

/** Part or whole of a pair that the entry has as well: neither has changed places. */
export function paired(ours: Mention, it: Case): boolean {
  const theirs = it.evidence.flatMap(({ readings }) => readings.flatMap(partsOf));
  return partsOf(it.reading).some(
    (one) => (one.part === ours || one.whole === ours) && theirs.some((other) => samePart(one, other)),
  );
}
