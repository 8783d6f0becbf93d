import { beforeEach, describe, expect, test } from 'vitest';
import { coordinationOf, laneOf } from '../../src/desk/lanes.ts';
import type { Command } from '../../src/record/command.ts';
import { stepsOf } from '../../src/runbook/runbook.ts';
import { by, HOME, idOf, ManyClients, twelveOf, US } from './house.ts';

let house: ManyClients;
let incident: string;
let ids: string[];

beforeEach(async () => {
  house = new ManyClients();
  incident = await house.declare();
  ids = await house.register(60);
});

const sort = () => house.lanes.sort(incident, twelveOf(ids), by);
const lane = (at: number) => house.view(idOf(at), laneOf(incident, idOf(at)));

describe('a vendor incident and its lanes', () => {
  test('before there are lanes the vendor incident shows every step; afterwards each step stands on one side only', async () => {
    const before = (await house.view(US, incident)).guide!;
    const scopes = new Set(before.steps.filter(({ standing }) => standing === 'open').map(({ step }) => step.scope));
    expect(scopes).toEqual(new Set(['once', 'each client']));
    await sort();
    const once = (await house.view(US, incident)).guide!.steps.filter(({ standing }) => standing !== 'off');
    const each = (await lane(0)).guide!.steps.filter(({ standing }) => standing !== 'off');
    expect(new Set(once.map(({ step }) => step.scope))).toEqual(new Set(['once']));
    expect(new Set(each.map(({ step }) => step.scope))).toEqual(new Set(['each client']));
    expect(once.length + each.length).toBe(before.total);
  });

  test('those who are hit get a lane at once, the unknown one when promoted, the others none', async () => {
    const answer = await sort();
    expect(answer).toMatchObject({ opened: 12, unknown: [], failed: [] });
    const tiers = Map.groupBy('sorted' in answer ? answer.sorted : [], ({ tier }) => tier);
    expect([...tiers].map(([tier, all]) => [tier, all.length, all.filter((one) => one.lane !== undefined).length])).toEqual([
      ['T2', 12, 12],
      ['U', 7, 0],
      ['T4', 41, 0],
    ]);
    await house.lanes.promote(incident, idOf(12), by);
    expect((await house.lanes.of(incident)).map(({ client }) => client)).toEqual(ids.slice(0, 13));
  });

  test('sorting again opens nothing twice, and leaves what people found out since', async () => {
    await sort();
    const found = { do: 'moveLane', to: 'iocs_found', evidence: 'e1', asOf: '2026-10-24T09:10:00Z' } as const;
    await house.theirs(idOf(3), laneOf(incident, idOf(3)), found);
    const sizes = await Promise.all(ids.map(async (id) => (await house.desk.views(id)).map((view) => view.entries.length)));
    const again = await sort();
    expect(again).toMatchObject({ opened: 0 });
    expect(await Promise.all(ids.map(async (id) => (await house.desk.views(id)).map((view) => view.entries.length)))).toEqual(
      sizes,
    );
    const { sorted } = (await house.view(US, coordinationOf(incident))).incident.lanes;
    expect(sorted.get(idOf(3))).toMatchObject({ tier: 'T1', state: 'iocs_found' });
  });

  test('a client of the list that is not in the register is named and opens nothing', async () => {
    const stranger = { client: 'nobody', tier: 'T1', state: 'iocs_found', reason: 'x' } as const;
    const answer = await house.lanes.sort(incident, [stranger], by);
    expect(answer).toMatchObject({ unknown: ['nobody'], opened: 0 });
  });

  test('targets in a lane count from when the vendor incident was declared', async () => {
    house.now += 3_600_000;
    await sort();
    const declared = (await house.view(US, incident)).incident.declaredAt;
    expect((await lane(0)).incident.declaredAt).toBe(declared);
  });

  test('what was done once for everybody is met in the lanes that wait for it, citing the entry that says so', async () => {
    await sort();
    const steps = stepsOf((await house.view(US, incident)).runbook!);
    const waiting = steps.find(
      ({ scope, after }) =>
        scope === 'each client' && after.some((one) => steps.some(({ id, scope: of }) => id === one.step && of === 'once')),
    )!;
    const index = waiting.after.findIndex(({ step }) => steps.some(({ id, scope }) => id === step && scope === 'once'));
    const unmet = async () =>
      (await lane(5)).guide!.steps.find(({ step }) => step.id === waiting.id)!.unmet.map((one) => one.index);
    expect(await unmet()).toContain(index);
    await house.ours(incident, { do: 'completeStep', step: waiting.after[index]?.step ?? '', override: 'it was done' });
    await house.lanes.follow(incident);
    expect(await unmet()).not.toContain(index);
    const cited = (await lane(5)).entries.find(({ kind }) => kind === 'precondition.met');
    const done = (await house.view(US, incident)).entries.find(({ kind }) => kind === 'step.completed')!;
    expect(cited?.ref).toBe(await house.desk.leaf(US, incident, done.seq));
    expect(await house.lanes.follow(incident)).toBe(0);
  });

  test('a lane sees the entries that were released to it, cites them by leaf, and sees nothing else of the vendor incident', async () => {
    await sort();
    await house.ours(incident, { do: 'recordNote', text: 'for everybody' });
    await house.ours(incident, { do: 'recordNote', text: 'for two' });
    await house.ours(incident, { do: 'recordNote', text: 'for us alone' });
    const size = (await house.view(US, incident)).incident.size;
    await house.lanes.release(incident, size - 2, [], by);
    await house.lanes.release(incident, size - 1, [idOf(2)], by);
    const seen = async (at: number) =>
      (await house.store.open(idOf(at)).released(incident)).flatMap(({ texts }) => texts.map(({ value }) => value));
    expect(await seen(2)).toEqual(['for everybody', 'for two']);
    expect(await seen(3)).toEqual(['for everybody']);
    expect(await seen(40)).toEqual([]);
    expect((await lane(2)).incident.lanes.cited.map(({ entry }) => entry)).toEqual([size - 2, size - 1]);
    expect((await lane(3)).incident.lanes.cited.map(({ entry }) => entry)).toEqual([size - 2]);
  });

  test('a lane cites no other vendor incident than its own', async () => {
    await sort();
    const answer = await house.theirs(idOf(0), laneOf(incident, idOf(0)), {
      do: 'citeEntry',
      record: 'inc-other',
      seq: 1,
      leaf: 'x',
    });
    expect(answer).toMatchObject({ code: 'not-yours' });
  });

  test('a step is advanced in every lane where nothing stands in its way, and the others are named with a code', async () => {
    await sort();
    const first = (await lane(0)).guide!.current!.step.id;
    const open = (await lane(0)).guide!.steps.find(
      ({ standing, unmet, step }) => standing === 'open' && unmet.length === 0 && step.kind !== 'decision',
    )!;
    await house.theirs(idOf(1), laneOf(incident, idOf(1)), { do: 'blockStep', step: open.step.id, reason: 'no access' });
    const answer = await house.lanes.advance(incident, open.step.id, by);
    expect(answer).toEqual({ advanced: 11, left: [{ client: idOf(1), code: 'blocked' }] });
    const locked = (await lane(0)).guide!.steps.find(({ unmet, standing }) => standing === 'open' && unmet.length > 0)!;
    const stuck = await house.lanes.advance(incident, locked.step.id, by);
    expect(stuck.advanced).toBe(0);
    expect(new Set(stuck.left.map(({ code }) => code))).toEqual(new Set(['precondition']));
    expect(first).not.toBe('');
  });

  test('one question goes to every lane, and the coordinator sees how many are open, never the words', async () => {
    await sort();
    expect(await house.lanes.askAll(incident, 'Is the backup out of reach?', undefined, by)).toBe(12);
    const lanes = await house.lanes.of(incident);
    expect(lanes.every(({ asks }) => asks === 1)).toBe(true);
    expect(JSON.stringify(lanes)).not.toContain('backup');
  });

  test('a client that leaves keeps its record, and is sorted no more', async () => {
    await sort();
    expect(await house.clients.leave(idOf(0), 'moved to another provider', 'Tulip BV', by)).toMatchObject({ done: true });
    expect(await house.clients.leave(idOf(0), 'again', undefined, by)).toMatchObject({ code: 'already' });
    const again = await sort();
    expect('sorted' in again && again.sorted.map(({ client }) => client)).not.toContain(idOf(0));
    expect((await lane(0)).entries.length).toBeGreaterThan(0);
  });
});

describe('what is found out about one client', () => {
  const move = (at: number, command: Partial<Extract<Command, { do: 'moveLane' }>>) =>
    house.theirs(idOf(at), laneOf(incident, idOf(at)), {
      do: 'moveLane',
      to: 'iocs_absent',
      evidence: 'e7',
      asOf: '2026-10-24T10:00:00Z',
      ...command,
    });

  test('absence needs how it was checked, a jump is refused, and the tier follows with its reason', async () => {
    await sort();
    expect(await move(0, {})).toMatchObject({ code: 'invalid', refused: expect.stringContaining('how that was checked') });
    expect(await move(0, { to: 'data_taken', how: 'x' })).toMatchObject({ refused: expect.stringContaining('the next state is') });
    expect(await move(0, { how: 'EDR over all hosts' })).toMatchObject({ done: true });
    expect(await move(1, { to: 'iocs_found' })).toMatchObject({ done: true });
    expect(await move(2, { to: 'present_in_window', encryptingNow: true })).toMatchObject({ done: true });
    expect((await lane(1)).incident.lanes.lane).toMatchObject({ tier: 'T1', state: 'iocs_found' });
    expect((await lane(2)).incident.lanes.lane).toMatchObject({ tier: 'T0', reason: 'Systems are being encrypted now.' });
    await house.lanes.sync(incident);
    const { sorted } = (await house.view(US, coordinationOf(incident))).incident.lanes;
    expect([0, 1, 2].map((at) => sorted.get(idOf(at))?.tier)).toEqual(['T2', 'T1', 'T0']);
  });

  test('a call is logged in the client’s own lane, with whom and how it went', async () => {
    await sort();
    const call = { do: 'logCall', outcome: 'left-word', who: 'Mia', note: 'calls back at ten' } as const;
    await house.theirs(idOf(0), laneOf(incident, idOf(0)), call);
    expect((await lane(0)).incident.lanes.calls).toMatchObject([{ outcome: 'left-word' }]);
    expect(await house.theirs(idOf(0), laneOf(incident, idOf(0)), { ...call, who: ' ' })).toMatchObject({ field: 'who' });
  });
});

describe('the register of clients', () => {
  test('the same list twice changes nothing; a changed client is one entry; a taken channel is named and skipped', async () => {
    const again = await house.clients.register([{ id: idOf(0), name: 'Client 0', contacts: [], channel: 'C1000' }], by, HOME);
    expect(again).toEqual([{ client: idOf(0), outcome: 'same' }]);
    const moved = await house.clients.register(
      [{ id: idOf(0), name: 'Client 0', contacts: [], channel: 'C1000', sector: 'clinic' }],
      by,
      HOME,
    );
    expect(moved).toEqual([{ client: idOf(0), outcome: 'changed' }]);
    const taken = await house.clients.register([{ id: 'new', name: 'New', contacts: [], channel: 'C1000' }], by, HOME);
    expect(taken).toEqual([{ client: 'new', refused: expect.stringContaining('C1000 belongs to somebody else') }]);
  });

  test('no client can call itself us', async () => {
    expect(await house.clients.register([{ id: 'US', name: 'X', contacts: [] }], by)).toEqual([
      { client: 'US', refused: expect.stringContaining('another id') },
    ]);
  });
});
