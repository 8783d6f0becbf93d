import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadHolidays } from '../src/cli/law-files.ts';
import { addMonths, addWorkingDays, afterYearEnd, calendars, dayOf, isoOf, isWorkingDay, weekday } from '../src/law/calendar.ts';
import { dueAfter } from '../src/law/deadline.ts';
import { Clock } from '../src/law/moment.ts';
import { given } from './law-given.ts';

const usFederal = calendars(loadHolidays()).get('us-federal')!;
const clock = new Clock();
const day = fc.integer({ min: dayOf('2026-01-01'), max: dayOf('2028-11-30') });
const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Pacific/Guam',
  'Pacific/Kiritimati',
  'Asia/Kolkata',
  'America/St_Johns',
  'Australia/Lord_Howe',
);
const at = (text: string) => ({ at: Temporal.Instant.from(text).epochMilliseconds });
const reckon = (zones: string[], calendar = usFederal) => ({ clock, anchorZone: zones[0]!, zones, calendar });

describe('the calendar', () => {
  test('agrees with Temporal on weekdays, months and dates', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 18 }), (d, months) => {
        const date = Temporal.PlainDate.from(isoOf(d));
        expect(weekday(d)).toBe(date.dayOfWeek);
        expect(isoOf(addMonths(d, months))).toBe(date.add({ months }).toString());
      }),
    );
  });

  test('a month from 31 January ends on the last day of February, leap year or not', () => {
    expect(isoOf(addMonths(dayOf('2027-01-31'), 1))).toBe('2027-02-28');
    expect(isoOf(addMonths(dayOf('2028-01-31'), 1))).toBe('2028-02-29');
    expect(isoOf(addMonths(dayOf('2026-11-30'), 3))).toBe('2027-02-28');
  });

  test('sixty days after a year end are 1 March, in a leap year 29 February', () => {
    expect(isoOf(afterYearEnd(dayOf('2026-05-05'), 60))).toBe('2027-03-01');
    expect(isoOf(afterYearEnd(dayOf('2027-12-31'), 60))).toBe('2028-02-29');
  });

  test('business days end on a working day, and as many lie between as were asked for', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 20 }), (d, n) => {
        const end = addWorkingDays(d, n, usFederal);
        expect(isWorkingDay(end, usFederal)).toBe(true);
        let counted = 0;
        for (let x = d + 1; x <= end; x += 1) if (isWorkingDay(x, usFederal)) counted += 1;
        expect(counted).toBe(n);
      }),
    );
  });

  test('knows the federal holidays through 2028, New Year 2028 on the Friday before it among them', () => {
    for (const holiday of ['2026-11-26', '2026-12-25', '2027-06-18', '2027-12-24', '2027-12-31', '2028-11-10', '2028-12-25']) {
      expect([holiday, isWorkingDay(dayOf(holiday), usFederal)]).toEqual([holiday, false]);
    }
    expect(isoOf(addWorkingDays(dayOf('2027-12-30'), 1, usFederal))).toBe('2028-01-03');
    for (const year of [2026, 2027, 2028]) {
      const days = [...usFederal.holidays].filter((d) => isoOf(d).startsWith(`${year}`));
      expect(days.length).toBeGreaterThanOrEqual(10);
      expect(days.every((d) => weekday(d) < 6)).toBe(true);
    }
  });
});

describe('hours', () => {
  test('are elapsed time in every zone, over every change of the clocks', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2028-12-01'), noInvalidDate: true }),
        zone,
        fc.integer({ min: 1, max: 96 }),
        (date, z, hours) => {
          const due = dueAfter({ at: date.getTime() }, { kind: 'hours', value: hours }, reckon([z]));
          expect(due).toEqual({ at: Math.floor((date.getTime() + hours * 3_600_000) / 60_000) * 60_000 });
        },
      ),
    );
  });

  test('72 hours over the end of summer time end an hour earlier by the wall clock', () => {
    const due = dueAfter(at('2026-10-24T09:00:00+02:00'), { kind: 'hours', value: 72 }, reckon(['Europe/Berlin']));
    expect(due).toEqual(at('2026-10-27T08:00:00+01:00'));
  });
});

describe('days', () => {
  test('end with the last minute of the local day, also where clocks change at midnight', () => {
    fc.assert(
      fc.property(day, zone, fc.integer({ min: 1, max: 90 }), (d, z, n) => {
        const due = dueAfter({ at: clock.startOf(d, z), bareDay: d }, { kind: 'calendar-days', value: n }, reckon([z]));
        expect(due).toEqual({ day: d + n, zone: z });
        const end = clock.endOf(due);
        expect(clock.dayAt(end, z)).toBe(d + n + 1);
        expect(clock.dayAt(end - 60_000, z)).toBe(d + n);
      }),
    );
  });

  test('of two zones the one whose day ends first counts: Guam before New York, Kiritimati before everybody', () => {
    const guam = dueAfter(
      { at: 0, bareDay: dayOf('2026-11-23') },
      { kind: 'calendar-days', value: 10 },
      reckon(['America/New_York', 'Pacific/Guam']),
    );
    expect(guam).toEqual({ day: dayOf('2026-12-03'), zone: 'Pacific/Guam' });
    const line = dueAfter(
      { at: 0, bareDay: dayOf('2026-12-31') },
      { kind: 'calendar-days', value: 1 },
      reckon(['Pacific/Guam', 'Pacific/Kiritimati']),
    );
    expect([line, new Date(clock.endOf(line)).toISOString()]).toEqual([
      { day: dayOf('2027-01-01'), zone: 'Pacific/Kiritimati' },
      '2027-01-01T10:00:00.000Z',
    ]);
  });

  test('an instant near midnight belongs to the day of its zone: 31 December in New York is 2027 in Kiritimati', () => {
    const moment = at('2026-12-31T12:00:00Z');
    expect(isoOf(clock.dayAt(moment.at, 'Pacific/Kiritimati'))).toBe('2027-01-01');
    expect(isoOf(clock.dayAt(moment.at, 'America/New_York'))).toBe('2026-12-31');
  });
});

describe('duties', () => {
  const ANCHORS = [
    'detected',
    'suspected',
    'believed',
    'discovered',
    'confirmed',
    'aware',
    'scope_known',
    'decision_to_notify',
    'material',
    'vendor_notified_us',
  ];
  const later = fc
    .integer({ min: 0, max: 20 })
    .map((h) => new Date(Date.parse('2026-11-23T12:00:00Z') + h * 3_600_000).toISOString());
  const places = fc.dictionary(
    fc.constantFrom('US-CA', 'US-TX', 'US-VT', 'US-LA', 'US-NY', 'US-GU', 'DE', 'FR'),
    fc.oneof(fc.integer({ min: 0, max: 30_000 }), fc.constant('unknown')),
    { maxKeys: 4 },
  );
  const findings = fc.record({
    anchors: fc.dictionary(fc.constantFrom(...ANCHORS), later, { maxKeys: 5 }),
    residents: places,
    data_elements: fc.subarray(['name', 'ssn', 'medical', 'email', 'card-number', 'biometric']),
    encrypted: fc.boolean(),
    role: fc.constantFrom('owner', 'service-provider', 'both', 'manufacturer'),
  });
  const input = ({ role, ...rest }: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    now: '2026-12-25T12:00:00Z',
    entity: { role, jurisdiction: 'US-CA', zone: 'America/Los_Angeles' },
    ...rest,
    ...more,
  });

  test('adding a finding never removes a met duty', () => {
    fc.assert(
      fc.property(findings, findings, (before, added) => {
        const first = given(input(before));
        const filings = first.duties
          .filter(({ state }) => state === 'dated')
          .map(({ id, instance }) => ({ duty: id, at: '2026-11-24T12:00:00Z', ...(instance === null ? {} : { instance }) }));
        const met = given(input(before, { filings })).duties.filter(({ state }) => state === 'met');
        const more = {
          ...before,
          anchors: { ...added.anchors, ...before.anchors },
          residents: { ...added.residents, ...before.residents },
          data_elements: [...before.data_elements, ...added.data_elements],
        };
        const after = given(input(more, { filings })).duties;
        for (const { id, instance } of met) {
          const now = after.filter((duty) => duty.id === id && (duty.instance === instance || instance === null));
          expect([id, now.map(({ state }) => state)]).toEqual([id, now.map(() => expect.stringMatching(/^(met|late)$/))]);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('every duty has a state that fits its date, and none fires on what is not in force', () => {
    fc.assert(
      fc.property(findings, (some) => {
        for (const duty of given(input(some)).duties) {
          if (duty.state === 'dated') expect(duty.due).not.toBeNull();
          if (['no-number', 'not-started', 'not-triggered', 'paused', 'watch'].includes(duty.state))
            expect([duty.id, duty.due]).toEqual([duty.id, null]);
          if (duty.due !== null) expect(duty.zone).not.toBeNull();
          expect(duty.why.length).toBeGreaterThan(3);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('evaluating clients together gives each what it gets alone', () => {
    fc.assert(
      fc.property(findings, findings, (a, b) => {
        const { now, ...clientA } = input(a);
        const { now: _, ...clientB } = input(b);
        const both = given({ now, clients: { A: clientA, B: clientB } });
        const alone = given({ now, clients: { A: clientA } });
        expect(both.duties.filter(({ instance }) => instance?.startsWith('A'))).toEqual(alone.duties);
      }),
      { numRuns: 30 },
    );
  });

  test('whatever is handed in is evaluated or refused, never a crash', () => {
    const key = fc.constantFrom(
      'now',
      'entity',
      'anchors',
      'residents',
      'individuals_total',
      'data_elements',
      'encrypted',
      'vendor',
      'contracts',
      'filings',
      'decisions',
      'law_enforcement_hold',
      'clients',
      'risk',
      'incident_type',
      'outage_minutes',
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        '2026-11-23',
        '2026-11-23T10:00:00Z',
        '+275760-09-13T00:00:00Z',
        '-000001-01-01',
        '9999-12-31T23:59:59Z',
        'unknown',
        '',
      ),
    );
    const nested = fc.dictionary(
      fc.oneof(
        key,
        fc.constantFrom('role', 'zone', 'jurisdiction', 'discovered', 'US-CA', 'start', 'end', '__proto__', 'constructor'),
      ),
      value,
      { maxKeys: 5 },
    );
    fc.assert(
      fc.property(fc.dictionary(key, fc.oneof(value, nested, fc.array(nested, { maxLength: 3 })), { maxKeys: 8 }), (some) => {
        const run = given(some);
        for (const { field, message } of run.refused) expect([typeof field, message.length > 0]).toEqual(['string', true]);
      }),
      { numRuns: 400 },
    );
  });
});
