import { beforeEach, describe, expect, test } from 'vitest';
import { Broadcaster } from '../../src/desk/broadcast.ts';
import { type Ordered, orderBroadcast } from '../../src/desk/broadcast-order.ts';
import type { Assessed } from '../../src/desk/lanes.ts';
import { laneOf } from '../../src/desk/lanes.ts';
import type { ExposureState } from '../../src/inventory/investigation.ts';
import { click } from '../../src/slack/clicks.ts';
import { basisLine } from '../../src/slack/lanes/broadcast-card.ts';
import { broadcastGate } from '../../src/slack/lanes/broadcast-gate.ts';
import { BEN, by, HOME, idOf, ManyClients, US } from './house.ts';
import { houseOver } from './slack-house.ts';

/** Who may be approved at once, and what the record must carry before anybody is told anything. */
let house: ManyClients;
let incident: string;

const REASONS: Partial<Record<ExposureState, string>> = {
  not_present: 'No VSA Agent: checked software in software.csv, as of 2026-10-12.',
  present_outside_window:
    'VSA Agent 9.5.7 in software.csv:2: present, none of it affected (9.5.7 lies outside the affected < 9.5.7).',
  present_in_window: 'VSA Agent 9.5.6 in software.csv:2: affected (9.5.6 lies in the affected < 9.5.7).',
};
const TIERS = { not_present: 'T4', present_outside_window: 'T3', present_in_window: 'T2', unknown: 'U' } as const;
const stands = (client: string, state: keyof typeof TIERS): Assessed => ({
  client,
  tier: TIERS[state],
  state,
  reason: REASONS[state] ?? 'No inventory of this client covers software.',
});

beforeEach(async () => {
  house = new ManyClients();
  incident = await house.declare('A vendor');
  await house.ours(incident, { do: 'recordNote', text: 'We switched the remote tool off at 09:05 UTC.' });
  const ids = await house.register(9);
  const states = [
    'not_present',
    'not_present',
    'not_present',
    'not_present',
    'present_outside_window',
    'present_in_window',
    'present_in_window',
    'unknown',
    'unknown',
  ] as const;
  await house.lanes.sort(
    incident,
    ids.map((id, at) => stands(id, states[at] ?? 'unknown')),
    by,
  );
});

const order = (text: string, more: { audience?: 'all' | 'hit' | 'not-affected'; overruled?: string } = {}) =>
  orderBroadcast(
    { desk: house.desk, store: house.store, us: US, preflight: async () => new Map(), gate: broadcastGate(undefined) },
    { incident, purpose: 'per_client_status', audience: 'all', text, ...more },
    by,
  );
const ordered = async (...args: Parameters<typeof order>): Promise<Ordered> => {
  const answer = await order(...args);
  if ('refused' in answer) throw new Error(answer.refused);
  return answer;
};

describe('who is approved at once', () => {
  test('a text that says nothing of a client’s own state is one text, approved once', async () => {
    const { orders } = await ordered('We switched the remote tool off at 09:05 UTC.');
    expect(orders.map(({ group }) => [group.grouped.basis, group.clients.length])).toEqual([['same-text', 9]]);
  });

  test('the same said on the same basis is one group; whoever is affected stands alone', async () => {
    const { orders } = await ordered('{{basis}}');
    expect(orders.map(({ group }) => [group.grouped.basis, group.clients.length])).toEqual([
      ['not-installed', 4],
      ['not-known', 2],
      ['other-version', 1],
      ['own', 1],
      ['own', 1],
    ]);
    const { incident: ours } = await house.view(US, incident);
    const lines = orders.map((one) => basisLine(ours.lanes.orders.get(one.order)!));
    expect(lines[0]).toBe('4 not affected, basis: not installed, as of 2026-10-12: approve once');
    expect(lines[3]).toContain('approved alone');
  });

  test('an affected client’s words are shown and approved where that client is worked on, and nowhere else', async () => {
    const lane = laneOf(incident, idOf(5));
    await house.theirs(idOf(5), lane, { do: 'openPlace', ...HOME, channel: 'CLANE5', purpose: 'incident' });
    await house.ours(incident, { do: 'openPlace', ...HOME, channel: 'CVENDOR', purpose: 'incident' });
    const { orders } = await ordered('{{basis}}', { audience: 'hit' });
    const [{ order: own = '' } = {}] = orders;
    const cards = (await house.store.open(idOf(5)).deliveries(lane)).filter(({ kind }) => kind === 'own-order-card');
    expect(cards.map(({ body }) => body.includes(own))).toEqual([true]);
    const ours = (await house.store.open(US).deliveries(incident)).filter(({ kind }) => kind === 'broadcast-card');
    expect(ours).toEqual([]);
    const press = (channel: string) => {
      const value = `${incident}|${own}`;
      const actions = [{ action_id: 'broadcast.approve', block_id: 'b', value }];
      const payload = {
        type: 'block_actions',
        user: { id: 'UBEN', team_id: 'T1' },
        trigger_id: 't',
        channel: { id: channel },
        actions,
      };
      return click(houseOver(house), payload as never, { user: 'UBEN', team: 'T1', home: 'T1' });
    };
    expect(JSON.stringify(await press('CLANE5'))).toContain('VSA Agent 9.5.6 in software.csv');
    expect(await press('CVENDOR')).toMatchObject({ say: expect.stringContaining('in the channel of its lane') });
  });

  test('whose state changed after the approval is told nothing, and is named', async () => {
    const { orders } = await ordered('{{basis}}', { audience: 'not-affected' });
    await house.ours(incident, { do: 'approveBroadcast', order: orders[0]?.order ?? '' }, BEN);
    await house.lanes.sort(
      incident,
      [stands(idOf(0), 'present_in_window'), ...[1, 2, 3].map((at) => stands(idOf(at), 'not_present'))],
      by,
    );
    const broadcaster = new Broadcaster({ desk: house.desk, store: house.store, world: house.world, us: US });
    await broadcaster.take(incident, orders[0]?.order ?? '');
    await broadcaster.step();
    expect(broadcaster.progress(orders[0]?.order ?? '')?.failures).toEqual([{ client: idOf(0), code: 'changed-since' }]);
  });
});

describe('the gate before an order', () => {
  test('what no record carries is refused for everybody, with the sentence', async () => {
    expect(await order('We switched the remote tool off at 08:05 UTC.')).toMatchObject({
      field: 'text',
      refused: expect.stringContaining('08:05'),
    });
    expect(await order('You are not affected.')).toMatchObject({ field: 'text' });
  });

  test('what the records of some do not carry goes to the others, and those are named', async () => {
    const { clients, skipped } = await ordered('VSA Agent 9.5.6 was found in software.csv.');
    expect(clients).toEqual([idOf(5), idOf(6)]);
    expect(skipped).toHaveLength(7);
    expect(new Set(skipped.map(({ code }) => code))).toEqual(new Set(['not-carried']));
  });

  test('a warned word stays only with a reason, which is kept; truth is never overruled', async () => {
    const text = 'Out of an abundance of caution, we switched the remote tool off at 09:05 UTC.';
    expect(await order(text)).toMatchObject({ field: 'why', code: 'needs-reason' });
    const { order: id } = await ordered(text, { overruled: 'the client asked for these words' });
    expect((await house.view(US, incident)).incident.lanes.orders.get(id)?.overruled).toBe('the client asked for these words');
    expect(await order('No data was taken.', { overruled: 'we are sure' })).toMatchObject({ field: 'text' });
  });
});
