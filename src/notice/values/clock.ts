import type { Mention, TimeParts } from './mention.ts';
import type { Scan } from './scan.ts';
import { SPOKEN, type Spoken } from './spoken-clock.ts';
import { readZone, ZONE_SOURCE } from './zone.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
const MONTH = String.raw`(?:${MONTHS.join('|')}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)(?:\.(?=\s?\d))?)(?![a-z])`;
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');
const WEEKDAY = String.raw`(?:(mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\b\.?,?\s+(?:the\s+)?)?`;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const YEAR = String.raw`(?:\s*,?\s*((?:19|20)\d{2})\b)?`;
const RANGE = String.raw`\s*(?:-|to|and|until|till|through|thru|or)\s*(?:the\s+)?`;
const ZONE = String.raw`(?:\s?\(?(${ZONE_SOURCE})\)?)?`;

const month = (word: string) => MONTHS.findIndex((it) => it.startsWith(word.toLowerCase().replace('.', '').slice(0, 3))) + 1;
const weekday = (word: string | undefined) =>
  word === undefined ? {} : { weekday: WEEKDAYS.findIndex((it) => it.startsWith(word.slice(0, 3).toLowerCase())) + 1 };
const year = (word: string | undefined) => (word === undefined ? {} : { year: Number(word) });
const day = (y: string | undefined, mo: number, d: string | undefined, wd?: string): TimeParts | undefined => {
  const number = Number(d);
  return number >= 1 && number <= 31 && mo >= 1 && mo <= 12 ? { ...year(y), month: mo, day: number, ...weekday(wd) } : undefined;
};
const time = (parts: TimeParts | undefined): Partial<Mention> | undefined =>
  parts === undefined ? undefined : { type: 'time', time: parts };

/** Takes dates and times in any common notation. `local` is the zone meant by "local time". Days and clocks that belong together are joined. */
export function takeTimes(scan: Scan, local: string | undefined): void {
  takeIso(scan, local);
  takeDates(scan);
  for (const [at, one] of SPOKEN.entries()) takeSpoken(scan, one, CLOCKS_SAID[at] ?? /$^/g, local);
  takeClocks(scan, local);
  const joined = join(scan.sortedTimes(), scan.text);
  shareRange(joined, scan.text);
  shareDay(joined, scan.text);
  shareZone(joined);
  scan.replaceTimes(joined);
}

function takeIso(scan: Scan, local: string | undefined): void {
  const pattern = new RegExp(
    String.raw`\b(\d{4})-(\d{2})-(\d{2})(?:(?:T|\s(?:at\s)?)(\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?${ZONE})?(?![\w-])`,
    'g',
  );
  scan.take(pattern, (m) => {
    const date = day(m[1], Number(m[2]), m[3]);
    if (date === undefined) return undefined;
    return time(m[4] === undefined ? date : { ...date, ...clock(m[4], m[5], m[6], undefined), ...zoneOf(m[7], local) });
  });
}

function takeDates(scan: Scan): void {
  const re = (source: string) => new RegExp(source, 'gi');
  const pair = (m: RegExpExecArray, a: TimeParts | undefined, b: TimeParts | undefined) => {
    const split = new RegExp(String.raw`\d(?:st|nd|rd|th)?(?=${RANGE})`, 'i').exec(m[0]);
    const [first, second] = [time(a), time(b)];
    if (first === undefined || second === undefined || split === null) return undefined;
    const middle = m.index + split.index + split[0].length;
    const raw = scan.text.slice(middle, m.index + m[0].length).replace(/^\s*(?:-|to|and|until|till|through|thru|or)\s*/i, '');
    return [
      { ...first, end: middle, raw: scan.text.slice(m.index, middle) },
      { ...second, start: middle + 1, raw },
    ];
  };
  scan.take(re(String.raw`\b${WEEKDAY}${DAY}${RANGE}${WEEKDAY}${DAY}\.?\s+(?:of\s+)?(${MONTH})${YEAR}`), (m) =>
    pair(m, day(m[6], month(m[5] ?? ''), m[2], m[1]), day(m[6], month(m[5] ?? ''), m[4], m[3])),
  );
  scan.take(re(String.raw`\b(${MONTH})\s+${DAY}${RANGE}${DAY}(?!\w|:)${YEAR}`), (m) =>
    pair(m, day(m[4], month(m[1] ?? ''), m[2]), day(m[4], month(m[1] ?? ''), m[3])),
  );
  scan.take(re(String.raw`\b${WEEKDAY}(?:the\s+)?${DAY}\.?\s+(?:of\s+)?(${MONTH})${YEAR}`), (m) =>
    time(day(m[4], month(m[3] ?? ''), m[2], m[1])),
  );
  scan.take(re(String.raw`\b${WEEKDAY}(${MONTH})\s+(?:the\s+)?${DAY}(?!\w|:\d)${YEAR}`), (m) =>
    time(day(m[4], month(m[2] ?? ''), m[3], m[1])),
  );
  scan.take(/\b(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})\b/g, (m) => time(numeric(m[1], m[3], m[4], m[2] ?? '')));
  scan.take(/\b((?:19|20)\d{2})[/.](\d{1,2})[/.](\d{1,2})\b/g, (m) => time(day(m[1], Number(m[2]), m[3])));
  scan.take(re(String.raw`\b(${MONTH})\s+((?:19|20)\d{2})\b`), (m) => ({
    type: 'time',
    time: { year: Number(m[2]), month: month(m[1] ?? '') },
  }));
  scan.take(
    /(?<=\b(?:in|since|of|year|during|before|after|until|till|from|through|back to)\s)((?:19|20)\d{2})\b(?!\s[a-z-]+s\b|-)/g,
    (m) => ({
      type: 'time',
      time: { year: Number(m[1]) },
    }),
  );
  scan.take(/\b(?:on\s+)?(?:(monday|tuesday|wednesday|thursday|friday|saturday|sunday))\b/gi, (m) => ({
    type: 'time',
    time: weekday(m[1]),
  }));
  scan.take(/\b(?:on\s+)?the\s+(\d{1,2})(?:st|nd|rd|th)\b(?!\s+(?:of\b|percentile|floor|wave|time))/gi, (m) => ({
    type: 'time',
    time: { day: Number(m[1]) },
  }));
}

/** 24.10.2026 is day first; 10/24/2026 can only be month first; 03/04/2026 is either. */
function numeric(a = '', b = '', y = '', mark: string): TimeParts | undefined {
  const [first, second] = [Number(a), Number(b)];
  const dayFirst = day(y, second, a);
  const monthFirst = mark === '.' ? undefined : day(y, first, b);
  if (dayFirst === undefined) return monthFirst;
  return monthFirst === undefined || first === second ? dayFirst : { ...dayFirst, swapped: { month: first, day: second } };
}

function takeClocks(scan: Scan, local: string | undefined): void {
  const read = (h?: string, mi?: string, s?: string, half?: string, zone?: string): Partial<Mention> | undefined => {
    const parts = clock(h, mi, s, half);
    return parts === undefined ? undefined : { type: 'time', time: { ...parts, ...zoneOf(zone, local) } };
  };
  const half = String.raw`(?:\s?([apAP])\.?[mM]\b\.?)`;
  const take = (source: string, flags: string, order: (m: RegExpExecArray) => Partial<Mention> | undefined) =>
    scan.take(new RegExp(source, flags), order);
  take(String.raw`(?<![\w:.])(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?${half}?${ZONE}(?!:\d|\w)`, 'g', (m) =>
    read(m[1], m[2], m[3], m[4], m[5]),
  );
  take(String.raw`(?<![\w:.])(\d{1,2})(?:[.](\d{2}))?${half}${ZONE}`, 'gi', (m) => read(m[1], m[2] ?? '00', undefined, m[3], m[4]));
  take(String.raw`(?<![\w:.])(\d{1,2})[h.](\d{2})(?:\s(?:h|hrs|hours|Uhr|o'clock)\b)?\s?\(?(${ZONE_SOURCE})\)?`, 'g', (m) =>
    read(m[1], m[2], undefined, undefined, m[3]),
  );
  take(String.raw`(?<![\w:.])(\d{1,2})h(\d{2})\b`, 'g', (m) => read(m[1], m[2]));
  take(String.raw`(?<![\w:.,])([01]\d|2[0-3])([0-5]\d)(?:\s?(?:h|hrs|hours))?\s?\(?(${ZONE_SOURCE})\)?`, 'g', (m) =>
    read(m[1], m[2], undefined, undefined, m[3]),
  );
  take(String.raw`(?<![\w:.,])([01]\d|2[0-3])([0-5]\d)\s?(?:hrs|hours)\b`, 'g', (m) => read(m[1], m[2]));
  take(String.raw`(?<![\w:.])(\d{1,2})\s(?:o'clock|Uhr)${ZONE}`, 'g', (m) => read(m[1], '00', undefined, undefined, m[2]));
  take(String.raw`(?<=\b(?:at|by|from|to|until|and|between|before|after)\s)(\d{1,2})\s(${ZONE_SOURCE})`, 'g', (m) =>
    read(m[1], '00', undefined, undefined, m[2]),
  );
  take(String.raw`\b(noon|midday|midnight)\b${ZONE}`, 'gi', (m) =>
    read(/midnight/i.test(m[1] ?? '') ? '0' : '12', '00', undefined, undefined, m[2]),
  );
}

const CLOCKS_SAID = SPOKEN.map(({ source }) => new RegExp(`${source}${ZONE}`, 'gi'));

/** A clock in words, or two of which the second says the part of the day for both. */
function takeSpoken(scan: Scan, { read }: Spoken, pattern: RegExp, local: string | undefined): void {
  scan.take(pattern, (m) => {
    const zone = zoneOf(m.at(-1), local);
    const parts = read(m.slice(1, -1));
    if (parts === undefined) return undefined;
    const [first, second] = parts.map((it): Partial<Mention> => ({ type: 'time', time: { ...it, ...zone } }));
    if (first === undefined || second === undefined) return first;
    const middle = m.index + m[0].search(/\s?(?:-|to|and|until|till)\s?/);
    return [
      { ...first, end: middle, raw: scan.text.slice(m.index, middle) },
      {
        ...second,
        start: middle + 4,
        raw: scan.text.slice(middle, m.index + m[0].length).replace(/^\s?(?:-|to|and|until|till)\s?/, ''),
      },
    ];
  });
}

function clock(h?: string, mi?: string, s?: string, half?: string): TimeParts | undefined {
  const hour = Number(h);
  const minute = Number(mi ?? '0');
  if (hour > 24 || minute > 59 || (half !== undefined && (hour > 12 || hour === 0))) return undefined;
  const shift = half === undefined ? hour % 24 : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return { hour: shift, minute, ...(s === undefined ? {} : { second: Number(s) }) };
}

function zoneOf(words: string | undefined, local: string | undefined): TimeParts {
  const zone = words === undefined ? undefined : readZone(words, local);
  return {
    ...(zone?.offset === undefined ? {} : { offset: zone.offset }),
    ...(zone?.zone === undefined ? {} : { zone: zone.zone }),
  };
}

const BETWEEN =
  /^["\s,]*(?:(?:at|on|by|from|around|about|approximately|the|of|in|um|kl|night|morning|afternoon|evening|\()["\s,]*)*$/i;
const dated = (it: Mention) => it.time?.month !== undefined || it.time?.day !== undefined || it.time?.weekday !== undefined;
const clocked = (it: Mention) => it.time?.hour !== undefined;

/** A day and a clock side by side are one moment: "at 19:35 UTC on 24 October". */
function join(times: Mention[], text: string): Mention[] {
  const out: Mention[] = [];
  for (const next of times) {
    const last = out.at(-1);
    const gap = last === undefined ? 'x' : text.slice(last.end, next.start);
    const fits =
      last !== undefined &&
      BETWEEN.test(gap) &&
      (clocked(last) ? !clocked(next) && !dated(last) : !dated(next) || onlyWeekday(last));
    if (last !== undefined && fits && last.start !== next.start) {
      out[out.length - 1] = { ...last, end: next.end, raw: text.slice(last.start, next.end), time: { ...last.time, ...next.time } };
    } else out.push(next);
  }
  return out;
}

const onlyWeekday = (it: Mention) => it.time?.weekday !== undefined && it.time.day === undefined && !clocked(it);

/** "Between 14:00 and 16:00 UTC on 24 October": the first end takes its zone and day from the second, and the other way round. */
function shareRange(times: Mention[], text: string): void {
  for (let at = 0; at + 1 < times.length; at++) {
    const [a, b] = [times[at], times[at + 1]];
    if (!a?.time || !b?.time || !/^\s*(?:-|to|and|until|till|through|or|\/|,)\s*(?:about\s)?$/i.test(text.slice(a.end, b.start)))
      continue;
    if (!clocked(a) || !clocked(b)) continue;
    if (!hasZone(a) && hasZone(b)) Object.assign(a.time, zoneParts(b.time));
    if (!hasZone(b) && hasZone(a)) Object.assign(b.time, zoneParts(a.time));
    if (!dated(a) && dated(b)) Object.assign(a.time, dateParts(b.time));
    else if (!dated(b) && dated(a)) Object.assign(b.time, dateParts(a.time));
  }
}

/** "On 13 September ... at 22:14 UTC": a clock alone takes the one day that its sentence gives. */
function shareDay(times: Mention[], text: string): void {
  for (const clock of times.filter((it) => clocked(it) && !dated(it))) {
    const near = times.filter(
      (it) =>
        it.time?.month !== undefined &&
        it.time.day !== undefined &&
        (it.start === 0 || /\b(?:on|(?<!\bas\s)of)\s+(?:the\s)?$/i.test(text.slice(0, it.start))) &&
        !/[;.](?!\d)/.test(text.slice(Math.min(it.end, clock.end), Math.max(it.start, clock.start))),
    );
    const days = new Set(near.map((it) => `${it.time?.month}-${it.time?.day}`));
    if (days.size === 1 && near[0]?.time && clock.time) Object.assign(clock.time, dateParts(near[0].time));
  }
}

/** "At 08:50 EST ... and at 08:55": the only zone of a sentence is meant for all its clocks. */
function shareZone(times: Mention[]): void {
  const zones = times
    .filter((it) => clocked(it) && hasZone(it))
    .flatMap((it) => (it.time === undefined ? [] : [zoneParts(it.time)]));
  const [only] = zones;
  if (only === undefined || new Set(zones.map((it) => JSON.stringify(it))).size > 1) return;
  for (const it of times) if (clocked(it) && !hasZone(it) && it.time) Object.assign(it.time, only);
}

const hasZone = (it: Mention) => it.time?.offset !== undefined || it.time?.zone !== undefined;
const zoneParts = ({ offset, zone }: TimeParts): TimeParts => ({
  ...(offset === undefined ? {} : { offset }),
  ...(zone === undefined ? {} : { zone }),
});
const dateParts = ({ year: y, month: mo, day: d }: TimeParts): TimeParts => ({
  ...(y === undefined ? {} : { year: y }),
  ...(mo === undefined ? {} : { month: mo }),
  ...(d === undefined ? {} : { day: d }),
});
