import { Broadcaster } from '../../src/desk/broadcast.ts';
import { orderBroadcast } from '../../src/desk/broadcast-order.ts';
import { Clients } from '../../src/desk/clients.ts';
import { Courier } from '../../src/desk/courier.ts';
import { Desk } from '../../src/desk/desk.ts';
import type { Carrier, Claimed, Outcome, Place, Signer, Store } from '../../src/desk/ports.ts';
import { ClientShape } from '../../src/inventory/register.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { ADA, BEN, by, HOME, library, US } from './house.ts';

/** Time that passes only when everybody waits. */
export class VirtualTime {
  now = Date.parse('2026-10-24T09:00:00Z');
  #timers: { at: number; go: () => void }[] = [];

  sleep(ms: number): Promise<void> {
    return new Promise((go) => this.#timers.push({ at: this.now + ms, go }));
  }

  /** Runs until something holds, or fails after `limitMs` of virtual time. */
  async until(what: string, holds: () => boolean | Promise<boolean>, limitMs = 3_600_000): Promise<void> {
    const end = this.now + limitMs;
    for (;;) {
      await new Promise((idle) => setImmediate(idle));
      if (await holds()) return;
      this.#timers.sort((a, b) => a.at - b.at);
      const next = this.#timers.shift();
      if (next === undefined || next.at > end)
        throw new Error(`still waiting for ${what} after ${(this.now - end + limitMs) / 1000} s`);
      this.now = Math.max(this.now, next.at);
      next.go();
    }
  }
}

export const seeded = (seed: number) => () => {
  seed = (seed * 1_664_525 + 1_013_904_223) >>> 0;
  return seed / 2 ** 32;
};

/** A Slack that enforces 300 posts a minute in a workspace and one a second in a channel. Every post takes a while. */
export class VirtualSlack {
  readonly posts: { channel: string; key: string; text: string; at: number }[] = [];
  readonly gone = new Set<string>();
  limited = 0;
  readonly #time: VirtualTime;
  readonly #random: () => number;
  readonly #perMinute: number;

  constructor(time: VirtualTime, random: () => number, perMinute = 300) {
    this.#time = time;
    this.#random = random;
    this.#perMinute = perMinute;
  }

  /** `dead`: the process that asks has been killed; what was on its way may still arrive. */
  carrier(dead: () => boolean): Carrier {
    return {
      carry: (delivery) => this.#carry(delivery, dead),
      find: async ({ id }) => {
        const post = this.posts.find(({ key }) => key === id);
        return post === undefined ? { found: false } : { found: true, ref: String(post.at) };
      },
    };
  }

  async #carry({ id, body, kind }: Claimed, dead: () => boolean): Promise<Outcome> {
    const { place, text }: { place: Place; text: string } = JSON.parse(body);
    if (kind !== 'tell') return { state: 'sent', ref: 'x' };
    await this.#time.sleep(20 + this.#random() * 60);
    if (dead() && this.#random() < 0.5) return new Promise(() => {});
    const outcome = this.#post(place.channel, id, text);
    await this.#time.sleep(20 + this.#random() * 100);
    return dead() ? new Promise(() => {}) : outcome;
  }

  #post(channel: string, key: string, text: string): Outcome {
    const at = this.#time.now;
    if (this.gone.has(channel)) return { state: 'refused', code: 'is_archived', sentence: 'That channel is archived.' };
    const minute = this.posts.filter((post) => post.at > at - 60_000);
    const second = minute.some((post) => post.channel === channel && post.at > at - 1000);
    if (minute.length >= this.#perMinute || second) {
      this.limited++;
      const free = minute.length >= this.#perMinute ? (minute[0]?.at ?? at) + 60_000 - at : 1000;
      return { state: 'later', afterMs: Math.ceil(free / 1000) * 1000, code: 'ratelimited' };
    }
    this.posts.push({ channel, key, text, at });
    return { state: 'sent', ref: String(at) };
  }
}

/** A process over a store that outlives it: a desk, a courier and a broadcaster, until it is killed. */
export class Process {
  readonly desk: Desk;
  readonly broadcaster: Broadcaster;
  dead = false;

  constructor(world: World) {
    const { time, slack } = world;
    const clock = { now: () => time.now, random: world.bytes };
    const store = this.#mortal(world.store);
    this.desk = new Desk(store, clock, world.signer);
    this.broadcaster = new Broadcaster({ desk: this.desk, store, world: clock, us: US });
    const failed = (_: unknown, error: unknown) => {
      throw error;
    };
    const carrier = this.broadcaster.gate(slack.carrier(() => this.dead));
    const courier = new Courier(store, this.desk, carrier, clock, { failed });
    this.desk.onDeliveries = () => courier.wake();
    void this.#loop(time, async () => void (await courier.round()), 50);
    void this.#loop(time, async () => void (await this.broadcaster.step()), 100);
  }

  kill(): void {
    this.dead = true;
  }

  async #loop(time: VirtualTime, work: () => Promise<void>, everyMs: number): Promise<void> {
    while (!this.dead) {
      await work();
      await time.sleep(everyMs);
    }
  }

  /** A killed process asks nothing more and hears nothing more. */
  #mortal<T extends object>(part: T): T {
    return new Proxy(part, {
      get: (target, name) => {
        const value = Reflect.get(target, name) as unknown;
        if (typeof value === 'object' && value !== null) return this.#mortal(value);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          if (this.dead) return new Promise(() => {});
          const answer = (value as (...all: unknown[]) => unknown).apply(target, args);
          if (!(answer instanceof Promise)) return typeof answer === 'object' && answer !== null ? this.#mortal(answer) : answer;
          return answer.then((found) => (this.dead ? new Promise(() => {}) : found));
        };
      },
    });
  }
}

export class World {
  readonly time = new VirtualTime();
  readonly random: () => number;
  readonly slack: VirtualSlack;
  readonly store: Store = openSqlite(':memory:');
  readonly signer: Signer = { name: 'firebreak-test', publicKey: new Uint8Array(32), sign: () => new Uint8Array(64) };
  readonly incident = 'inc-vendor';
  order = '';
  process: Process;

  constructor(seed: number, perMinute = 300) {
    this.random = seeded(seed);
    this.slack = new VirtualSlack(this.time, this.random, perMinute);
    this.process = new Process(this);
  }

  bytes = (count: number): Uint8Array => Uint8Array.from({ length: count }, () => Math.floor(this.random() * 256));

  /** A vendor incident, and a register of clients with a channel each. */
  async open(clients: number): Promise<this> {
    const { desk } = this.process;
    const runbook = library.source('breach-letter')!;
    const unknown = { stillHappening: 'unknown', canReachClients: 'unknown', talkingOverIt: 'unknown' } as const;
    const { verifierKey } = desk;
    const declare = { do: 'declareIncident', title: 'Vendor', looksLike: 'not-sure', ...unknown, runbook, verifierKey } as const;
    await desk.do({ client: US, record: this.incident, command: declare, ...by });
    const list = Array.from({ length: clients }, (_, at) =>
      ClientShape.parse({ id: `client-${at}`, name: `Client ${at}`, channel: `C${10_000 + at}` }),
    );
    await new Clients(desk, this.store).register(list, by, HOME);
    return this;
  }

  /** Ada writes, Ben approves. */
  async broadcast(text: string, barred = new Map<string, string>()): Promise<void> {
    const { desk, broadcaster } = this.process;
    const parts = { desk, store: this.store, us: US, preflight: async () => barred };
    const draft = { incident: this.incident, purpose: 'holding', audience: 'all', text } as const;
    const ordered = await orderBroadcast(parts, draft, by);
    if ('refused' in ordered) throw new Error(ordered.refused);
    this.order = ordered.order;
    await this.approve(BEN);
    await broadcaster.take(this.incident, this.order);
  }

  approve(person: typeof ADA) {
    const command = { do: 'approveBroadcast', order: this.order } as const;
    return this.process.desk.do({ client: US, record: this.incident, command, person, via: 'slack-signature' });
  }

  steer(way: 'paused' | 'resumed' | 'stopped') {
    const command = { do: 'steerBroadcast', order: this.order, way } as const;
    return this.process.desk.do({ client: US, record: this.incident, command, person: ADA, via: 'slack-signature' });
  }

  async restart(): Promise<void> {
    this.process.kill();
    await this.store.outbox.takeOver(this.time.now);
    this.process = new Process(this);
  }

  async closed() {
    const view = await this.process.desk.view(US, this.incident);
    return view?.incident.lanes.orders.get(this.order)?.closed;
  }

  over = async (): Promise<boolean> => (await this.closed()) !== undefined;
}
