import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { read } from '../src/notice/reading.ts';
import { sameTime } from '../src/notice/values/instant.ts';
import { sameKey } from '../src/notice/values/mention.ts';

const mentions = (text: string) => read(text, 'Europe/Berlin').mentions;
const only = (text: string) => {
  const found = mentions(text);
  if (found.length !== 1) throw new Error(`${found.length} values in "${text}": ${found.map(({ raw }) => raw).join(' | ')}`);
  return found[0]!;
};
const same = (a: string, b: string) => sameKey(only(a), only(b));
const sameMoment = (a: string, b: string, at = '2026-10-24T18:00:00Z') =>
  sameTime(only(a).time!, only(b).time!, { at, zone: 'Europe/Berlin' });

describe('one value has many notations', () => {
  test.each([
    ['1,200 records', '1200 records'],
    ['1.200 records', '1,200 records'],
    ["1'200 records", '1200 records'],
    ['twelve hundred records', '1,200 records'],
    ['one thousand two hundred records', '1200 records'],
    ['a dozen clients', '12 clients'],
    ['fourteen servers', '14 servers'],
    ['95 minutes', '1 hour 35 minutes'],
    ['95 min', 'an hour and 35 minutes'],
    ['two days', '48 hours'],
    ['1.5 GB', '1,500 MB'],
    ['23%', '23 percent'],
    ['EUR 45,000', '45.000 €'],
    ['$1.2 million', 'USD 1,200,000'],
    ['v9.5.7', 'version 9.5.7'],
    ['CVE-2026-30116', 'cve-2026-30116'],
    ['203.0.113.77', '203[.]0[.]113[.]77'],
    ['hxxps://evil[.]example/x', 'https://evil.example/x'],
    ['billing@riva.example', 'billing[@]riva[.]example'],
    ['D55F983C994CAA160EC63A59F6B4250F', 'd55f983c994caa160ec63a59f6b4250f'],
  ])('%s is %s', (a, b) => {
    expect(same(a, b)).toBe(true);
  });

  test.each([
    ['1,200 records', '1,201 records'],
    ['95 minutes', '95 hours'],
    ['EUR 45,000', 'USD 45,000'],
    ['9.5.7 is out', '9.5.6 is out'],
    ['2 GB', '2 TB'],
    ['CVE-2026-30116', 'CVE-2026-30117'],
  ])('%s is not %s', (a, b) => {
    expect(same(a, b)).toBe(false);
  });
});

describe('one moment has many notations', () => {
  test.each([
    ['14:00 UTC', '16:00 CEST'],
    ['2026-10-24 14:00Z', '24 October 2026 at 4 pm CEST'],
    ['October 24, 2026, 10:00 EDT', '2026-10-24T14:00:00Z'],
    ['24.10.2026 um 14:00 UTC', '24 Oct 2026, 14:00 UTC'],
    ['noon UTC', '12:00 UTC'],
    ['1400Z', '14:00 UTC'],
    ['9:05 a.m. EST', '14:05 UTC'],
    ['16:00 Berlin time', '14:00 UTC'],
    ['01:30 CEST on 25 October 2026', '24 October 2026, 23:30 UTC'],
    ['16:00 (UTC+2)', '14:00 GMT'],
  ])('%s is %s', (a, b) => {
    expect(sameMoment(a, b)).toBe(true);
  });

  test.each([
    ['14:00 UTC', '14:00 CEST'],
    ['14:00 CET', '14:00 CEST'],
    ['24 October 2026', '25 October 2026'],
    ['24 October 2025', '24 October 2026'],
    ['14:00 UTC on 23 October', '24 October 2026, 14:00 UTC'],
  ])('%s is not %s', (a, b) => {
    expect(sameMoment(a, b)).toBe(false);
  });

  test('any instant is itself in every zone, and differs from the next minute', () => {
    const instants = fc
      .integer({ min: 1_700_000_000, max: 1_900_000_000 })
      .map((it) => Temporal.Instant.fromEpochMilliseconds((it - (it % 60)) * 1000));
    const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Australia/Adelaide', 'Asia/Kolkata');
    fc.assert(
      fc.property(instants, zones, zones, (instant, a, b) => {
        const written = (it: Temporal.Instant, zone: string) =>
          it.toZonedDateTimeISO(zone).toString({ timeZoneName: 'never', smallestUnit: 'minute' });
        const around = { at: instant.toString(), zone: 'Europe/Berlin' };
        const [ours, theirs, later] = [written(instant, a), written(instant, b), written(instant.add({ minutes: 1 }), a)].map(
          (it) => only(it).time!,
        );
        expect(sameTime(ours!, theirs!, around)).toBe(true);
        expect(sameTime(later!, theirs!, around)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('any count reads the same with and without separators, and never as its neighbour', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9_999_999 }), (count) => {
        const grouped = count.toLocaleString('en-US');
        expect(same(`${count} files`, `${grouped} files`)).toBe(true);
        expect(same(`${count + 1} files`, `${grouped} files`)).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a text holds', () => {
  test('a span has two ends', () => {
    expect(mentions('logs from 1 to 24 October 2026').map(({ time }) => time?.day)).toEqual([1, 24]);
    expect(mentions('between 14:00 and 16:00 UTC').map(({ time }) => [time?.hour, time?.offset])).toEqual([
      [14, 0],
      [16, 0],
    ]);
  });

  test('"no one" and "one another" count nothing', () => {
    expect(mentions('no one told one another')).toEqual([]);
  });

  test('bounds belong to the value', () => {
    expect(only('at least 12 servers').bound).toBe('at_least');
    expect(only('versions before 9.5.7').bound).toBe('less');
    expect(only('9.5.7 and later').bound).toBe('at_least');
    expect(only('about 300 minors').bound).toBe('about');
  });
});
