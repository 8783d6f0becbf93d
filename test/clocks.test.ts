import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sentenceOf } from '../src/export/sentence.ts';
import { ClockHouse, lawWith } from './clock-house.ts';
import { BEN } from './play.ts';

/** The clocks of a record on a real store: what is sealed, what moves it, and what never does. */
let house: ClockHouse;
const GDPR = 'eu-gdpr-33-authority';
const TEXAS = 'us-tx-individuals';
const HOUR = 3_600_000;

beforeEach(async () => {
  house = await new ClockHouse().declare();
});
afterEach(() => house.close());

const aware = (at = '2026-11-24T09:00:00Z') => house.do({ do: 'setAnchor', anchor: 'aware', at });
const file = (duty: string, at: string) => house.do({ do: 'fileDuty', duty, at, evidence: [], reference: 'R-1' });
/** 72 hours become 48: the kind of change that must move nobody's date behind their back. */
const shorter = lawWith((rule) =>
  rule.id === GDPR ? { ...rule, deadline: { kind: 'hours', value: 48 }, version: 'ffffffff' } : rule,
);

describe('a date', () => {
  test('is sealed with the finding that starts it, in the same append, by the bot', async () => {
    const before = (await house.view()).entries.length;
    await aware();
    const { entries } = await house.view();
    const [said, ...following] = entries.slice(before);
    expect(said?.kind).toBe('anchor.set');
    expect(following.length).toBeGreaterThan(0);
    expect(following.every(({ kind, actor, via }) => kind === 'duty.dated' && actor === 'bot' && via === 'bot')).toBe(true);
    const [gdpr] = await house.entries('duty.dated', GDPR);
    expect(gdpr).toMatchObject({ due: '2026-11-27T09:00:00Z', state: 'dated', jurisdiction: 'EU', because: said?.seq });
    expect(gdpr?.citation).toContain('2016/679');
  });

  test('is sealed once: looking again seals nothing', async () => {
    await aware();
    const { incident, entries } = await house.view();
    house.clock += 20 * HOUR;
    expect(house.desk.reckoner?.follow(incident, [], house.clock)).toEqual([]);
    await house.do({ do: 'reckonDuties' });
    expect((await house.view()).entries.length).toBe(entries.length);
  });

  test('moves with a finding, and the record says with which', async () => {
    await aware();
    const { incident } = await house.view();
    const supersedes = incident.owed.anchors.get('aware')!.seq;
    await house.do({ do: 'setAnchor', anchor: 'aware', at: '2026-11-23T09:00:00Z', supersedes, reason: 'it was Monday' });
    const dates = await house.entries('duty.dated', GDPR);
    expect(dates.map(({ due }) => due)).toEqual(['2026-11-27T09:00:00Z', '2026-11-26T09:00:00Z']);
    expect(dates[1]?.because).toBeGreaterThan(dates[0]?.because ?? 0);
  });

  test('goes when nobody is affected any more, and the record says so', async () => {
    await house.do({ do: 'setAnchor', anchor: 'determined', at: '2026-11-24T09:00:00Z' });
    await house.facts({ 'residents.US-TX': 0 });
    const dates = await house.entries('duty.dated', TEXAS);
    expect(dates.map(({ state, due }) => [state, due])).toEqual([
      ['dated', '2027-01-23'],
      ['not-triggered', undefined],
    ]);
  });

  test('is met by a filing in time, and the next stage starts from it', async () => {
    await aware();
    await file(GDPR, '2026-11-24T09:30:00Z');
    expect((await house.duty(GDPR)).duty).toMatchObject({ state: 'met', done: '2026-11-24T09:30:00Z' });
    expect((await house.entries('duty.dated', GDPR)).map(({ state }) => state)).toEqual(['dated', 'met']);
  });

  test('that passed is late; filing freezes that, whatever is filed afterwards', async () => {
    await aware();
    house.clock += 100 * HOUR;
    expect((await house.duty(GDPR)).duty.state).toBe('late');
    await file(GDPR, '2026-11-28T10:00:00Z');
    await file(GDPR, '2026-11-28T12:00:00Z');
    expect((await house.duty(GDPR)).duty).toMatchObject({ state: 'late', done: '2026-11-28T10:00:00Z' });
    expect((await house.entries('duty.dated', GDPR)).map(({ state }) => state)).toEqual(['dated', 'late']);
  });

  test('comes back when a filing is taken back', async () => {
    await aware();
    await file(GDPR, '2026-11-24T09:30:00Z');
    await house.do({ do: 'reopenDuty', duty: GDPR, reason: 'it went to the wrong authority' });
    expect((await house.duty(GDPR)).duty.state).toBe('dated');
    expect((await house.entries('duty.dated', GDPR)).map(({ state }) => state)).toEqual(['dated', 'met', 'dated']);
  });

  test('that two people decided against rings no more and is shown as theirs', async () => {
    await aware();
    await house.do({ do: 'waiveDuty', duty: GDPR, reason: 'no risk to anybody', approver: BEN });
    expect((await house.duty(GDPR)).duty.state).toBe('waived');
    house.clock += 100 * HOUR;
    await house.watch.look();
    expect(await house.entries('reminder.raised', `duty/${GDPR}`)).toEqual([]);
  });

  test('of a contract runs on the hours of the contract, under the party’s name, which stands beside the line', async () => {
    await house.do({
      do: 'setFacts',
      facts: [{ fact: 'contracts.c1', value: { kind: 'dpa', hours: 48, anchor: 'aware' }, party: 'Tulip BV' }],
    });
    await house.facts({ 'entity.role': 'both' });
    await aware();
    const dated = (await house.entries('duty.dated')).find(({ instance }) => instance === 'c1');
    expect(dated).toMatchObject({ due: '2026-11-26T09:00:00Z', jurisdiction: 'XX' });
    const lines = (await house.store.open('us').entries('inc-clocks')).map(({ line }) => line).join();
    expect(lines).not.toContain('Tulip');
    await house.do({ do: 'fileDuty', duty: dated!.duty, instance: 'c1', at: '2026-11-24T09:30:00Z', evidence: [] });
    expect((await house.duty(`${dated!.duty}|c1`)).duty.state).toBe('met');
  });
});

describe('new law data', () => {
  beforeEach(() => aware());

  test('move no sealed date: they raise one item, once', async () => {
    await house.restart(shorter);
    await house.watch.look();
    house.clock += HOUR;
    await house.watch.look();
    const changes = await house.entries('duty.rule-changed');
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ duty: GDPR, to: 'ffffffff', due: '2026-11-26T09:00:00Z' });
    const owed = await house.duty(GDPR);
    expect(owed.duty.due).toBe('2026-11-27T09:00:00Z');
    expect(owed.change?.due).toBe('2026-11-26T09:00:00Z');
  });

  test('move the date when somebody accepts, with their name', async () => {
    await house.restart(shorter);
    await house.watch.look();
    const { change } = await house.duty(GDPR);
    await house.do({ do: 'acceptRule', duty: GDPR, of: change!.seq, note: 'counsel confirmed' });
    const owed = await house.duty(GDPR);
    expect([owed.duty.due, owed.change]).toEqual(['2026-11-26T09:00:00Z', undefined]);
    expect((await house.entries('duty.dated', GDPR)).at(-1)).toMatchObject({
      ruleVersion: 'ffffffff',
      due: '2026-11-26T09:00:00Z',
    });
  });

  test('an acceptance of an older change than the latest is refused', async () => {
    await house.restart(shorter);
    await house.watch.look();
    await expect(house.do({ do: 'acceptRule', duty: GDPR, of: 3 })).rejects.toThrow('changed again');
  });

  test('leave what was filed as it was: a shorter period makes nobody late afterwards', async () => {
    house.clock += 60 * HOUR;
    await file(GDPR, '2026-11-26T20:00:00Z');
    expect((await house.duty(GDPR)).duty.state).toBe('met');
    await house.restart(shorter);
    await house.watch.look();
    expect((await house.duty(GDPR)).duty.state).toBe('met');
    expect(await house.entries('duty.rule-changed')).toEqual([]);
  });

  test('that lose a rule leave its sealed date standing until somebody accepts', async () => {
    await house.restart(lawWith((rule) => (rule.id === GDPR ? undefined : rule)));
    await house.watch.look();
    const [change] = await house.entries('duty.rule-changed', GDPR);
    expect(change?.to).toBeUndefined();
    const owed = await house.duty(GDPR);
    expect(owed).toMatchObject({ unverified: true, duty: { state: 'dated', due: '2026-11-27T09:00:00Z' } });
    await house.do({ do: 'acceptRule', duty: GDPR, of: owed.change!.seq });
    expect((await house.entries('duty.dated', GDPR)).at(-1)).toMatchObject({ state: 'not-triggered' });
    await house.watch.look();
    expect(await house.entries('duty.rule-changed', GDPR)).toHaveLength(1);
  });
});

describe('reminder rungs', () => {
  test('sound once each, in order, across restarts', async () => {
    await aware();
    for (let hour = 0; hour <= 76; hour++) {
      house.clock = Date.parse('2026-11-24T09:01:00Z') + hour * HOUR;
      if (hour % 7 === 0) await house.restart();
      await house.watch.look();
      await house.watch.look();
    }
    const rungs = (await house.entries('reminder.raised', `duty/${GDPR}`)).map(({ rung }) => rung);
    expect(rungs).toEqual(['50%', '24h', '75%', '6h', '1h', 'overdue']);
  });

  test('after a weekend of silence only the last one sounds', async () => {
    await aware();
    house.clock += 70.5 * HOUR;
    await house.watch.look();
    expect((await house.entries('reminder.raised', `duty/${GDPR}`)).map(({ rung }) => rung)).toEqual(['1h']);
  });

  test('of one look come as one message, with the instant, the recipient and the citation', async () => {
    await house.do({ do: 'openPlace', surface: 'slack', workspace: 'T1', channel: 'C1', purpose: 'incident' });
    await aware();
    await house.do({ do: 'setAnchor', anchor: 'determined', at: '2026-11-24T09:00:00Z' });
    house.clock += 70 * 24 * HOUR;
    await house.watch.look();
    const posts = (await house.posts()).filter((text) => text.includes('OVERDUE'));
    expect(posts).toHaveLength(1);
    expect(posts[0]?.split('\n').length).toBeGreaterThan(2);
    expect(posts[0]).toContain('2026-11-27 09:00 UTC');
    expect(posts[0]).toContain('2016/679 Art 33(1)');
  });

  test('go on after the incident was resolved, and end where it was a false alarm', async () => {
    await aware();
    await house.do({ do: 'closeIncident', as: 'resolved', reason: 'the tool is clean' });
    house.clock += 70.5 * HOUR;
    await house.watch.look();
    expect(await house.entries('reminder.raised', `duty/${GDPR}`)).toHaveLength(1);
    await house.do({ do: 'reopenIncident', reason: 'one more look' });
    await house.do({ do: 'closeIncident', as: 'false-alarm', reason: 'it was our own script' });
    house.clock += HOUR;
    await house.watch.look();
    expect(await house.entries('reminder.raised', `duty/${GDPR}`)).toHaveLength(1);
  });

  test('move with the date: a later finding starts the ladder anew', async () => {
    await aware('2026-11-22T09:00:00Z');
    await house.watch.look();
    const supersedes = (await house.view()).incident.owed.anchors.get('aware')!.seq;
    await house.do({ do: 'setAnchor', anchor: 'aware', at: '2026-11-24T08:00:00Z', supersedes, reason: 'wrong mail' });
    house.clock += 40 * HOUR;
    await house.watch.look();
    const raised = await house.entries('reminder.raised', `duty/${GDPR}`);
    expect(raised.map(({ rung, due }) => [rung, due])).toEqual([
      ['24h', '2026-11-25T09:00:00Z'],
      ['50%', '2026-11-27T08:00:00Z'],
    ]);
  });
});

describe('the exported record', () => {
  test('tells who had to be told in sentences a lawyer can follow, and keeps our own targets out', async () => {
    await house.facts({ 'entity.role': 'both' });
    await aware();
    await file(GDPR, '2026-11-24T09:30:00Z');
    await house.do({ do: 'reopenDuty', duty: GDPR, reason: 'it went to the wrong authority' });
    await house.do({ do: 'waiveDuty', duty: GDPR, reason: 'no risk to anybody', approver: BEN });
    const { entries } = await house.view();
    const names = new Map([
      ['p1', 'Ada'],
      ['p2', 'Ben'],
    ]);
    const told = entries.map((entry) => sentenceOf(entry, names)).join('\n');
    for (const words of [
      '“aware” was at 2026-11-24T09:00:00Z.',
      'Stated “residents.US-TX”: 1200.',
      `The duty ${GDPR} is owed, due 2026-11-27T09:00:00Z, under Regulation (EU) 2016/679 Art 33(1),(3) (rule version`,
      `Filed what the duty ${GDPR} asks for, at 2026-11-24T09:30:00Z. Reference: R-1`,
      `The duty ${GDPR} is met, due`,
      'Reason: it went to the wrong authority',
      `Decided against the duty ${GDPR}, approved by Ben. Reason: no risk to anybody`,
    ])
      expect(told).toContain(words);
    const lines = (await house.store.open('us').entries('inc-clocks')).map(({ line }) => line).join();
    expect((await house.clocks()).duties.some(({ duty }) => duty.target !== null)).toBe(true);
    expect(lines).not.toContain('target');
  });
});
