import type { Case, Check } from '../case.ts';
import { problem } from '../case.ts';

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

/** What an ask or a promise cites has to carry its values too; only the time it promises is its own. */
export function citedElsewhere(it: Case): boolean {
  return it.type !== 'fact' && it.sentence.cites.length > 0;
}
