import type { Failure } from '../record/event.ts';
import type { Order } from '../record/incident-lanes.ts';
import { digestOf, isUnchanged } from './broadcast-groups.ts';
import { placeOf } from './broadcast-order.ts';
import { knownOf, renderFor } from './broadcast-words.ts';
import { standingOf } from './clients.ts';
import type { Desk } from './desk.ts';
import { laneOf } from './lanes.ts';
import { Pace } from './pace.ts';
import { queueOf } from './plan.ts';
import type { Carrier, Claimed, Delivery, Outcome, Store, World } from './ports.ts';

/**
 * A broadcast under way: one client first, then five, then all, no faster than the surface takes. All it knows it reads back from the
 * records, so a new process goes on where the last one was killed: who was told stands in each client's own record.
 */
type Target = { client: string; record: string; delivery: string };
type Running = {
  incident: string;
  order: string;
  leaf: string;
  waiting: string[];
  out: Map<string, Target>;
  sent: number;
  failures: Failure[];
  drawn: number;
};

/** How far a broadcast is: for the card. */
export type Progress = { total: number; sent: number; out: number; waiting: number; failures: Failure[] };

const CANARIES = [1, 6];
/** So many failures before the canaries have arrived, and a person must look. */
const TOO_MANY = 3;

export const deliveryOf = (order: string, client: string): string => `broadcast/${order}/${client}`;

export class Broadcaster {
  readonly #desk: Desk;
  readonly #store: Store;
  readonly #world: World;
  readonly #us: string;
  readonly #pace: Pace;
  readonly #running = new Map<string, Running>();
  #scanned = false;
  /** Called when a card should be drawn again. */
  onProgress: (incident: string, order: string) => Promise<void> = async () => {};

  constructor(parts: { desk: Desk; store: Store; world: World; us: string; pace?: Pace }) {
    this.#desk = parts.desk;
    this.#store = parts.store;
    this.#world = parts.world;
    this.#us = parts.us;
    this.#pace = parts.pace ?? new Pace();
  }

  progress(order: string): Progress | undefined {
    const run = this.#running.get(order);
    if (run === undefined) return undefined;
    const { sent, failures, waiting, out } = run;
    return { total: sent + failures.length + waiting.length + out.size, sent, out: out.size, waiting: waiting.length, failures };
  }

  /** A broadcast was approved, or something about it changed: look at it at the next step. */
  async take(incident: string, order: string): Promise<void> {
    const found = await this.#orderOf(incident, order);
    if (found?.approved === undefined || found.state === 'closed' || this.#running.has(order)) return;
    const leaf = (await this.#desk.leaf(this.#us, incident, found.approved.seq)) ?? '';
    const run: Running = { incident, order, leaf, waiting: [], out: new Map(), sent: 0, failures: [...found.skipped], drawn: 0 };
    for (const client of found.clients) await this.#place(run, client);
    this.#running.set(order, run);
  }

  /** One step of everything that runs. Answers when the next one is worth taking, in milliseconds of the epoch; none when nothing runs. */
  async step(): Promise<number | undefined> {
    if (!this.#scanned) await this.#scan();
    const next: number[] = [];
    for (const run of [...this.#running.values()]) {
      const at = await this.#advance(run);
      if (at !== undefined) next.push(at);
    }
    return next.length === 0 ? undefined : Math.min(...next);
  }

  /** After a start: whatever was approved and not closed goes on. */
  async #scan(): Promise<void> {
    for (const { incident } of await this.#desk.views(this.#us))
      for (const { id, state } of incident.lanes.orders.values()) if (state !== 'closed') await this.take(incident.record, id);
    this.#scanned = true;
  }

  async #orderOf(incident: string, order: string): Promise<Order | undefined> {
    return (await this.#desk.view(this.#us, incident))?.incident.lanes.orders.get(order);
  }

  /** Where a client stands in this broadcast, as its own record says. */
  async #place(run: Running, client: string): Promise<void> {
    const { record, told, fate } = await this.#fateOf(run, client);
    const target = { client, record, delivery: deliveryOf(run.order, client) };
    if (!told) run.waiting.push(client);
    else if (fate === undefined) run.out.set(client, target);
    else await this.#book(run, target, fate);
  }

  async #book(run: Running, target: Target, fate: string): Promise<void> {
    const { client } = target;
    if (fate === 'sent') return void run.sent++;
    const code = fate === 'uncertain' ? 'fate-unknown' : await this.#codeOf(target);
    if (code === 'stopped') run.waiting.push(client);
    else run.failures.push({ client, code });
  }

  async #fateOf(run: Running, client: string): Promise<{ record: string; told: boolean; fate: string | undefined }> {
    for (const record of [laneOf(run.incident, client), standingOf(client)]) {
      const incident = (await this.#desk.view(client, record))?.incident;
      if (incident?.lanes.told.has(run.order))
        return { record, told: true, fate: incident.delivered.get(deliveryOf(run.order, client)) };
    }
    return { record: '', told: false, fate: undefined };
  }

  async #advance(run: Running): Promise<number | undefined> {
    const order = await this.#orderOf(run.incident, run.order);
    if (order === undefined || order.state === 'closed') return this.#forget(run);
    const settled = await this.#settle(run);
    const stopped = order.state === 'stopped';
    if (run.out.size === 0 && (run.waiting.length === 0 || stopped)) return this.#close(run);
    const released = order.state === 'running' ? await this.#release(run, order) : 0;
    if (settled + released > 0) await this.#draw(run);
    return this.#world.now() + (order.state === 'running' ? STEP_MS : IDLE_MS);
  }

  /** A card may be edited fifty times a minute, and nobody reads faster. */
  async #draw(run: Running): Promise<void> {
    const now = this.#world.now();
    if (now - run.drawn < DRAW_MS) return;
    run.drawn = now;
    await this.onProgress(run.incident, run.order);
  }

  #forget(run: Running): undefined {
    this.#running.delete(run.order);
    return undefined;
  }

  /** What became of those that are out. */
  async #settle(run: Running): Promise<number> {
    let settled = 0;
    for (const target of [...run.out.values()]) {
      const fate = (await this.#desk.view(target.client, target.record))?.incident.delivered.get(target.delivery);
      if (fate === undefined) continue;
      run.out.delete(target.client);
      settled++;
      await this.#book(run, target, fate);
    }
    return settled;
  }

  async #codeOf({ client, record, delivery }: Target): Promise<string> {
    const entries = (await this.#desk.view(client, record))?.entries ?? [];
    const refused = entries.findLast((entry) => entry.kind === 'delivery.refused' && entry.body.delivery === delivery);
    return refused?.kind === 'delivery.refused' ? refused.body.code : 'refused';
  }

  /** Lets go as many as the canaries and the pace allow. */
  async #release(run: Running, order: Order): Promise<number> {
    const failed = run.failures.length - order.skipped.length;
    const canary = CANARIES.find((upTo) => run.sent < upTo);
    if (canary !== undefined && failed >= TOO_MANY && failed > run.sent) {
      await this.#steer(run, 'paused');
      return 0;
    }
    let released = 0;
    const room = () => run.out.size < (canary === undefined ? AT_ONCE : canary - run.sent);
    while (run.waiting.length > 0 && room()) {
      const client = run.waiting[0] ?? '';
      if (!(await this.#tell(run, order, client))) break;
      run.waiting.shift();
      released++;
    }
    return released;
  }

  #steer({ incident, order }: Running, way: 'paused') {
    const command = { do: 'steerBroadcast', order, way } as const;
    return this.#desk.do({ client: this.#us, record: incident, command, via: 'bot' });
  }

  /** Seals in the client's own record what it is told, together with the delivery that tells it. False: not yet. */
  async #tell(run: Running, order: Order, client: string): Promise<boolean> {
    const standing = await this.#desk.view(client, standingOf(client));
    const place = standing === undefined ? undefined : placeOf(standing);
    const lane = await this.#desk.view(client, laneOf(run.incident, client));
    const rendered = standing === undefined ? undefined : renderFor(order.text, standing, run.incident, lane);
    if (standing?.incident.lanes.client?.left !== undefined) return this.#skip(run, client, 'left');
    if (standing === undefined || place === undefined || rendered === undefined || 'gap' in rendered)
      return this.#skip(run, client, 'no-channel');
    if (!isUnchanged(order, { text: rendered.text, known: knownOf(standing, lane, run.incident) }))
      return this.#skip(run, client, 'changed-since');
    const now = this.#world.now();
    if (this.#pace.nextAt(place.workspace, now) > now) return false;
    this.#pace.spend(place.workspace, now);
    const { text } = rendered;
    const record = lane?.incident.record ?? standingOf(client);
    const delivery = deliveryOf(run.order, client);
    const { leaf } = run;
    const { purpose } = order;
    const body = JSON.stringify({ place, text, order: run.order, incident: run.incident });
    const planned: Delivery = { id: delivery, record, kind: 'tell', queue: queueOf(place), body, coalescing: false };
    const command = { do: 'tellClient', order: run.order, purpose, delivery, text, digest: digestOf(text), leaf } as const;
    const answer = await this.#desk.do({ client, record, command, via: 'bot', key: delivery, also: () => [planned] });
    if ('refused' in answer && answer.code !== 'already') run.failures.push({ client, code: answer.code });
    else run.out.set(client, { client, record, delivery });
    return true;
  }

  /** It is told nothing, and named; the others go on. */
  #skip(run: Running, client: string, code: string): true {
    run.failures.push({ client, code });
    return true;
  }

  async #close(run: Running): Promise<undefined> {
    const { incident, order, sent, failures, waiting } = run;
    const command = { do: 'closeBroadcast', order, sent, unsent: waiting.length, failures } as const;
    await this.#desk.do({ client: this.#us, record: incident, command, via: 'bot', key: `broadcast/${order}/close` });
    this.#running.delete(order);
    await this.onProgress(incident, order);
  }

  /**
   * The last look before a message leaves: a stopped broadcast lets nothing more out, a paused one holds it, and what the surface
   * answers sets the pace for everybody.
   */
  gate(carrier: Carrier): Carrier {
    return {
      find: (delivery, view) => carrier.find(delivery, view),
      carry: async (delivery, view) => {
        const held = delivery.kind === 'tell' ? await this.#held(delivery) : undefined;
        if (held !== undefined) return held;
        const workspace = delivery.queue.split('/')[1] ?? '';
        if (POSTS.has(delivery.kind) && delivery.ref === undefined) this.#pace.spend(workspace, this.#world.now());
        const outcome = await carrier.carry(delivery, view);
        if (outcome.state === 'later' && outcome.code === 'ratelimited')
          this.#pace.slow(workspace, this.#world.now(), outcome.afterMs);
        return outcome;
      },
    };
  }

  async #held({ body }: Claimed): Promise<Outcome | undefined> {
    const { order, incident }: { order?: string; incident?: string } = JSON.parse(body);
    if (order === undefined || incident === undefined) return undefined;
    const found = await this.#orderOf(incident, order);
    if (found?.state === 'paused') return { state: 'later', afterMs: IDLE_MS, code: 'paused' };
    if (found?.state === 'running') return undefined;
    return { state: 'refused', code: 'stopped', sentence: 'The broadcast was stopped before this went out.' };
  }
}

const STEP_MS = 100;
const IDLE_MS = 500;
const DRAW_MS = 2_000;
const AT_ONCE = 16;
const POSTS = new Set(['post', 'checkpoint', 'status-card', 'step-card', 'entry-card']);
