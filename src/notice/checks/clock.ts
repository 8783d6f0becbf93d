import type { Check } from '../case.ts';
import { problem } from '../case.ts';
import { instants, sameTime } from '../values/instant.ts';

/** A time of day without its zone is two different times to two readers. */
export const zoneStated: Check = (it, docket) => {
  if (it.type === 'fixed' || docket.zoneStated) return [];
  const bare = it.reading.mentions.find(
    ({ time }) => time?.hour !== undefined && time.offset === undefined && time.zone === undefined,
  );
  if (bare === undefined) return [];
  const level = it.type === 'fact' ? 'truth' : 'wording';
  return [
    problem(
      it,
      level,
      'value.zone_missing',
      `"${bare.raw}" has no time zone.`,
      `Write "${bare.raw} UTC" or the zone that is meant.`,
    ),
  ];
};

/** Values in an ask or a promise that cites nothing still come from the record, where the record has values of that kind. */
export const looseValues: Check = (it, docket) => {
  if ((it.type !== 'ask' && it.type !== 'promise' && it.type !== 'courtesy') || it.sentence.cites.length > 0) return [];
  const all = [...docket.visible.values()]
    .filter(({ entry }) => !docket.superseded.has(entry.id))
    .flatMap(({ readings }) => readings.flatMap(({ mentions }) => mentions));
  const wrong = it.reading.mentions.find(
    (ours) =>
      /^(?:version|id|hash|address|phone|file)$/.test(ours.type) &&
      all.some(({ type }) => type === ours.type) &&
      !all.some((theirs) => ours.keys.some((key) => theirs.keys.includes(key) || theirs.also.includes(key))),
  );
  return wrong === undefined
    ? []
    : [
        problem(
          it,
          'truth',
          `value.${wrong.type}`,
          `"${wrong.raw}" is nowhere in what this draft may see of the record.`,
          'Use the value of an entry and cite it.',
        ),
      ];
};

/** "Status as of 18:00 UTC": the as-of time of an entry, or later than all of them. A draft cannot be older than its facts. */
export const asOfLine: Check = (it, docket) => {
  const ours = it.reading.mentions.find(({ time }) => time?.hour !== undefined);
  if (
    it.type !== 'courtesy' ||
    it.sentence.cites.length > 0 ||
    ours?.time === undefined ||
    !/\b(?:as of|as at|status|brief|update)\b/i.test(it.reading.text)
  )
    return [];
  const entries = [...docket.visible.values()];
  const around = { at: entries.at(-1)?.entry.at, zone: docket.client?.zone };
  const moment = instants(ours.time, around)[0];
  const last = Math.max(...entries.map(({ asOf }) => asOf?.time?.asOf?.epochMilliseconds ?? 0));
  const known = entries.some(
    ({ asOf, around: there }) => asOf?.time !== undefined && ours.time !== undefined && sameTime(ours.time, asOf.time, there),
  );
  if (known || moment === undefined || moment.epochMilliseconds >= last) return [];
  return [
    problem(
      it,
      'truth',
      'value.as_of',
      `"${ours.raw}" is the as-of time of no entry, and earlier than the latest.`,
      'Give the as-of time of the facts below, or the time of writing.',
    ),
  ];
};
