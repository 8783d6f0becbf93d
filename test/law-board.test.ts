import { describe, expect, test } from 'vitest';
import { whichAnswerMatters } from '../src/law/answers.ts';
import { orderByBite } from '../src/law/bite.ts';
import type { Duty } from '../src/law/duty.ts';
import { parseFindings } from '../src/law/findings.ts';
import { dueRung, ladder, rungs } from '../src/law/rungs.ts';
import { ruleChanged } from '../src/law/sealed-duty.ts';
import { book, given, owner } from './law-given.ts';

const ms = (text: string) => Date.parse(text);
const gdpr = (now: string) =>
  given({
    now,
    entity: owner('DE', 'Europe/Berlin'),
    anchors: { aware: '2026-11-20T09:00:00Z' },
    risk: 'likely',
    data_elements: ['name'],
  }).duty('eu-gdpr-33-authority');

describe('reminder rungs', () => {
  const duty = gdpr('2026-11-20T10:00:00Z');

  test('stand at half, three quarters, 24 hours, 6 hours, 1 hour and the due date', () => {
    expect(ladder(duty).map(({ name, at }) => [name, new Date(at).toISOString().slice(0, 16)])).toEqual(
      [
        ['50%', '2026-11-21T21:00'],
        ['75%', '2026-11-22T15:00'],
        ['24h', '2026-11-22T09:00'],
        ['6h', '2026-11-23T03:00'],
        ['1h', '2026-11-23T08:00'],
        ['overdue', '2026-11-23T09:00'],
      ].sort((a, b) => (a[1]! < b[1]! ? -1 : 1)),
    );
  });

  test('never repeat: what was raised stays raised, over any number of evaluations', () => {
    const raised = new Set<string>();
    const heard: string[] = [];
    for (let at = ms('2026-11-20T09:00:00Z'); at <= ms('2026-11-23T12:00:00Z'); at += 600_000) {
      const rung = dueRung(gdpr(new Date(at).toISOString()), at, raised);
      if (rung === undefined) continue;
      raised.add(rung.id);
      heard.push(rung.name);
    }
    expect(heard).toEqual(['50%', '24h', '75%', '6h', '1h', 'overdue']);
  });

  test('after a long silence only the last one sounds', () => {
    const rung = dueRung(duty, ms('2026-11-23T08:30:00Z'), new Set());
    expect(rung?.name).toBe('1h');
  });

  test('a short clock has no rung before its start', () => {
    const short = given({
      now: '2026-11-24T12:00:00Z',
      entity: owner('US-OH', 'America/New_York', { nerc_entity: true }),
      anchors: { determined: '2026-11-24T11:30:00Z' },
    }).duty('us-nerc-cip008-incident');
    expect(ladder(short).map(({ name }) => name)).toEqual(['50%', '75%', 'overdue']);
  });

  test('what is done, paused or without a date has none', () => {
    const done = given({
      now: '2026-11-22T12:00:00Z',
      entity: owner('DE', 'Europe/Berlin'),
      anchors: { aware: '2026-11-20T09:00:00Z' },
      risk: 'likely',
      data_elements: ['name'],
      filings: [{ duty: 'eu-gdpr-33-authority', at: '2026-11-21T09:00:00Z' }],
    }).duty('eu-gdpr-33-authority');
    expect(rungs(done, ms('2026-12-01T00:00:00Z'))).toEqual([]);
  });
});

describe('the order of the board', () => {
  test('what is late and open first, then by date, what is done last but for what never applied', () => {
    const run = given({
      now: '2026-12-24T12:00:00Z',
      entity: owner('US-CA', 'America/Los_Angeles'),
      anchors: { discovered: '2026-11-23', determined: '2026-11-23' },
      residents: { 'US-CA': 9, 'US-TX': 300, 'US-VT': 5, 'US-GU': 5 },
      data_elements: ['ssn'],
      filings: [{ duty: 'us-vt-ag', at: '2026-12-20' }],
    });
    const shown = orderByBite([...run.duties].reverse()).filter(({ state }) => state !== 'not-triggered' && state !== 'watch');
    expect(shown.map(({ id }) => id)).toEqual([
      'us-tx-ag',
      'us-ca-individuals',
      'us-vt-individuals',
      'us-tx-individuals',
      'us-gu-individuals',
      'us-vt-ag',
    ]);
  });
});

describe('the question that matters most', () => {
  const ask = (findings: Record<string, unknown>) => whichAnswerMatters(parseFindings(findings, 0).findings, book);
  const base = {
    now: '2026-11-24T12:00:00Z',
    entity: owner('US-CA', 'America/Los_Angeles'),
    anchors: { discovered: '2026-11-23' },
  };

  test('an unknown count by state is asked when it decides a regulator', () => {
    const questions = ask({ ...base, residents: { 'US-CA': 'unknown' }, data_elements: ['ssn'] });
    const count = questions.find(({ field }) => field === 'residents.US-CA');
    expect(count?.closes).toEqual(expect.arrayContaining(['us-ca-individuals', 'us-ca-ag']));
  });

  test('encryption closes every state duty at once, the determination opens the Texan dates', () => {
    const questions = ask({ ...base, residents: { 'US-CA': 900, 'US-TX': 900 }, data_elements: ['ssn'] });
    expect(questions.find(({ field }) => field === 'encrypted')?.closes).toEqual(
      expect.arrayContaining(['us-ca-individuals', 'us-tx-individuals']),
    );
    expect(questions.find(({ field }) => field === 'anchors.determined')?.dates).toEqual(
      expect.arrayContaining(['us-tx-ag', 'us-tx-individuals']),
    );
  });

  test('comes first, and questions that change nothing are not asked', () => {
    const questions = ask({ ...base, residents: { 'US-CA': 900, 'US-TX': 900 } });
    const worth = questions.map((q) => q.opens.length + q.closes.length + q.dates.length);
    expect(worth).toEqual([...worth].sort((a, b) => b - a));
    expect(worth.every((n) => n > 0)).toBe(true);
    expect(questions.some(({ field }) => field === 'entity.wizard')).toBe(false);
  });
});

describe('a sealed date', () => {
  const sealed = (duty: Duty) => ({
    id: duty.id,
    instance: duty.instance,
    due: duty.due,
    zone: duty.zone,
    ruleVersion: duty.ruleVersion,
    citation: duty.citation,
  });

  test('stands under the same rule, also when a finding moves the date', () => {
    const duty = gdpr('2026-11-20T10:00:00Z');
    expect(ruleChanged([sealed(duty)], [duty])).toEqual([]);
    expect(ruleChanged([sealed(duty)], [{ ...duty, due: '2026-11-22T09:00:00Z' }])).toEqual([]);
  });

  test('is an item to accept when the rule is another one, or gone', () => {
    const duty = gdpr('2026-11-20T10:00:00Z');
    const [changed] = ruleChanged([sealed(duty)], [{ ...duty, ruleVersion: 'ffffffff', due: '2026-11-24T09:00:00Z' }]);
    expect([changed?.sealed.due, changed?.current?.due]).toEqual(['2026-11-23T09:00:00Z', '2026-11-24T09:00:00Z']);
    expect(changed?.message).toContain('until somebody accepts');
    expect(ruleChanged([sealed(duty)], [])[0]?.current).toBeNull();
  });
});
