import { describe, expect, test } from 'vitest';
import { deliveryOf } from '../../src/desk/broadcast.ts';
import { digestOf } from '../../src/desk/broadcast-groups.ts';
import { orderBroadcast } from '../../src/desk/broadcast-order.ts';
import { renderFor } from '../../src/desk/broadcast-words.ts';
import { standingOf } from '../../src/desk/clients.ts';
import { laneOf } from '../../src/desk/lanes.ts';
import { Pace } from '../../src/desk/pace.ts';
import { ADA, BEN, by, idOf, ManyClients, twelveOf, US } from './house.ts';
import { World } from './virtual.ts';

const TEXT =
  'We know of a problem with the remote tool and switched it off at 09:05 UTC. Leave machines that are off switched off. Next word at 11:00 UTC.';

describe('a broadcast', () => {
  test('reaches every client once, in its own words, and each outcome stands in that client’s own record', async () => {
    const world = await new World(1).open(30);
    await world.broadcast(`{{name}}: ${TEXT}`);
    await world.time.until('the end', world.over);
    expect(world.slack.posts.map(({ text }) => text).toSorted()).toEqual(
      Array.from({ length: 30 }, (_, at) => `Client ${at}: ${TEXT}`).toSorted(),
    );
    for (const at of [0, 7, 29]) {
      const view = await world.process.desk.view(`client-${at}`, standingOf(`client-${at}`));
      const told = view?.entries.find(({ kind }) => kind === 'client.told');
      expect(told).toMatchObject({ body: { digest: digestOf(`Client ${at}: ${TEXT}`) }, texts: { text: `Client ${at}: ${TEXT}` } });
      const approved =
        (await world.process.desk.view(US, world.incident))?.incident.lanes.orders.get(world.order)?.approved?.seq ?? 0;
      expect(told?.ref).toBe(await world.process.desk.leaf(US, world.incident, approved));
      expect(view?.incident.delivered.get(deliveryOf(world.order, `client-${at}`))).toBe('sent');
    }
    expect(await world.closed()).toMatchObject({ sent: 30, unsent: 0, failures: [] });
  });

  test('goes to one client first, then to five, and only then to all', async () => {
    const world = await new World(2).open(40);
    await world.broadcast(TEXT);
    await world.time.until('the end', world.over);
    const at = world.slack.posts.map((post) => post.at).toSorted((a, b) => a - b);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(150);
    expect(at[0]).toBeLessThan(Date.parse('2026-10-24T09:00:02Z'));
  });

  test('what was written by one person cannot be approved by the same one, nor twice', async () => {
    const world = await new World(3).open(3);
    await world.broadcast(TEXT);
    expect(await world.approve(BEN)).toMatchObject({ code: 'already' });
    const house = new ManyClients();
    const incident = await house.declare();
    await house.register(3);
    const parts = { desk: house.desk, store: house.store, us: US, preflight: async () => new Map() };
    const ordered = await orderBroadcast(parts, { incident, purpose: 'holding', audience: 'all', text: TEXT }, by);
    const order = 'order' in ordered ? ordered.order : '';
    expect(await house.ours(incident, { do: 'approveBroadcast', order }, ADA)).toMatchObject({ code: 'two-people' });
  });

  test('a stop lets nothing out after a second, and counts who was not told', async () => {
    const world = await new World(4).open(300);
    await world.broadcast(TEXT);
    await world.time.until('a hundred posts', () => world.slack.posts.length >= 100);
    const stoppedAt = world.time.now;
    await world.steer('stopped');
    await world.time.until('the end', world.over);
    expect(Math.max(...world.slack.posts.map(({ at }) => at)) - stoppedAt).toBeLessThan(1000);
    const closed = await world.closed();
    expect((closed?.sent ?? 0) + (closed?.unsent ?? 0)).toBe(300);
    expect(closed?.sent).toBe(world.slack.posts.length);
  });

  test('a pause holds it within a second, and it goes on where it was', async () => {
    const world = await new World(5).open(60);
    await world.broadcast(TEXT);
    await world.time.until('twenty posts', () => world.slack.posts.length >= 20);
    const pausedAt = world.time.now;
    await world.steer('paused');
    await world.time.until('two minutes', () => world.time.now >= pausedAt + 120_000);
    expect(Math.max(...world.slack.posts.map(({ at }) => at)) - pausedAt).toBeLessThan(1000);
    await world.steer('resumed');
    await world.time.until('the end', world.over);
    expect(new Set(world.slack.posts.map(({ channel }) => channel)).size).toBe(60);
    expect(world.slack.posts).toHaveLength(60);
  });

  test('whoever cannot be reached is named with a reason, before and during', async () => {
    const world = await new World(6).open(20);
    world.slack.gone.add('C10009');
    await world.broadcast(TEXT, new Map([['C10003', 'not_in_channel']]));
    await world.time.until('the end', world.over);
    expect(await world.closed()).toMatchObject({
      sent: 18,
      unsent: 0,
      failures: [
        { client: 'client-3', code: 'not_in_channel' },
        { client: 'client-9', code: 'is_archived' },
      ],
    });
  });

  test('when the canaries fail, it pauses by itself before anybody else hears', async () => {
    const world = await new World(7).open(50);
    for (let at = 0; at < 50; at++) world.slack.gone.add(`C${10_000 + at}`);
    await world.broadcast(TEXT);
    await world.time.until('the pause', async () => {
      const view = await world.process.desk.view(US, world.incident);
      return view?.incident.lanes.orders.get(world.order)?.state === 'paused';
    });
    expect(world.process.broadcaster.progress(world.order)?.failures.length).toBeLessThanOrEqual(6);
  });

  test('killed again and again it loses nobody and tells nobody twice', async () => {
    const world = await new World(8).open(120);
    await world.broadcast(TEXT);
    for (let kills = 0; kills < 12; kills++) {
      const next = world.time.now + Math.floor(world.random() * 8_000);
      await world.time.until('the next kill', () => world.time.now >= next);
      await world.restart();
    }
    await world.time.until('the end', world.over);
    expect(world.slack.posts).toHaveLength(120);
    expect(new Set(world.slack.posts.map(({ channel }) => channel)).size).toBe(120);
    expect(await world.closed()).toMatchObject({ sent: 120, unsent: 0, failures: [] });
  });

  test('a client with a lane is told in its lane’s record', async () => {
    const house = new ManyClients();
    const incident = await house.declare();
    const ids = await house.register(20);
    await house.lanes.sort(incident, twelveOf(ids), by);
    const lane = await house.view(idOf(0), laneOf(incident, idOf(0)));
    expect(lane.incident.lanes.told.size).toBe(0);
    const parts = { desk: house.desk, store: house.store, us: US, preflight: async () => new Map() };
    const to = async (audience: 'hit' | 'not-affected' | 'unknown') => {
      const ordered = await orderBroadcast(
        parts,
        { incident, purpose: 'per_client_status', audience, text: '{{name}}: {{state}}. {{basis}}' },
        by,
      );
      return 'clients' in ordered ? [ordered.clients.length, ordered.skipped.length] : ordered;
    };
    expect(await to('hit')).toEqual([12, 0]);
    expect(await to('not-affected')).toEqual([1, 0]);
    expect(await to('unknown')).toEqual([7, 0]);
  });
});

describe('the words of a broadcast', () => {
  test('a text for many that names a client, or an unknown placeholder, is refused', async () => {
    const house = new ManyClients();
    const incident = await house.declare();
    await house.register(12);
    const parts = { desk: house.desk, store: house.store, us: US, preflight: async () => new Map() };
    const order = (text: string) => orderBroadcast(parts, { incident, purpose: 'holding', audience: 'all', text }, by);
    expect(await order('As you heard, CLIENT-7 was hit.')).toMatchObject({
      field: 'text',
      refused: expect.stringContaining('Client 7'),
    });
    expect(await order('Dear {{boss}}')).toMatchObject({ refused: expect.stringContaining('{{name}}') });
    expect(await order('   ')).toMatchObject({ field: 'text' });
  });

  test('a template is filled from the client’s own record alone; what it lacks is named', async () => {
    const house = new ManyClients();
    const incident = await house.declare();
    await house.register(2, (at) => ({ contacts: at === 0 ? [{ name: 'Mia' }] : [] }));
    const [one, two] = [await house.view(idOf(0), standingOf(idOf(0))), await house.view(idOf(1), standingOf(idOf(1)))];
    expect(renderFor('Dear {{contact}} of {{ name }}', one, incident)).toEqual({ text: 'Dear Mia of Client 0' });
    expect(renderFor('Dear {{contact}}', two, incident)).toEqual({ gap: 'contact' });
  });
});

describe('the pace', () => {
  test('it never lets out more than the limit in any minute, and no burst after a rest', () => {
    const pace = new Pace(300);
    const sent: number[] = [];
    for (let now = 0; now < 600_000; now += now < 200_000 || now > 400_000 ? 50 : 60_000) {
      while (pace.nextAt('T1', now) <= now) {
        pace.spend('T1', now);
        sent.push(now);
      }
    }
    const most = Math.max(...sent.map((at) => sent.filter((other) => other >= at && other < at + 60_000).length));
    expect(most).toBeLessThanOrEqual(300);
    expect(Math.max(...sent.map((at) => sent.filter((other) => other >= at && other < at + 1000).length))).toBeLessThanOrEqual(11);
  });

  test('after "later" it holds still, goes slower, and recovers; another workspace goes on', () => {
    const pace = new Pace(300);
    pace.spend('T1', 0);
    pace.slow('T1', 0, 5_000);
    expect(pace.nextAt('T1', 1_000)).toBe(5_000);
    expect(pace.nextAt('T2', 1_000)).toBe(1_000);
    pace.spend('T1', 6_000);
    expect(pace.nextAt('T1', 6_000) - 6_000).toBeGreaterThanOrEqual(-1000);
    for (let now = 10_000; now < 400_000; now += 1000) if (pace.nextAt('T1', now) <= now) pace.spend('T1', now);
    pace.spend('T1', 400_000);
    pace.spend('T1', 400_000);
    expect(pace.nextAt('T1', 400_000)).toBeLessThanOrEqual(400_000);
  });
});
