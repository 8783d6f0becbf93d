import type { Broadcaster } from './broadcast.ts';
import { showOwn } from './broadcast-own.ts';
import type { Desk } from './desk.ts';
import { boardDelivery, callsDelivery } from './lane-cards.ts';
import type { Lanes } from './lanes.ts';
import type { Store, Summarised, World } from './ports.ts';
import type { Unsettled } from './unsettled.ts';
import type { RecordView } from './view.ts';

/**
 * What goes on by itself in a vendor incident with lanes: broadcasts take their next step, lanes hear what was done once for
 * everybody, boards are drawn again. No truth is kept here; whatever is missed is done at the next look.
 */
const STEP_MS = 200;
const LOOK_MS = 5_000;

type Parts = {
  desk: Desk;
  store: Store;
  world: World;
  us: string;
  lanes: Lanes;
  broadcaster: Broadcaster;
  unsettled: Unsettled;
  failed: (error: unknown) => void;
};

export class LaneWork {
  readonly #parts: Parts;
  readonly #seen = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;
  #lookAt = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#turn().finally(() => {
        if (!this.#stopped) this.start();
      });
    }, STEP_MS);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #turn(): Promise<void> {
    const { broadcaster, world, failed } = this.#parts;
    await broadcaster.step().then(() => undefined, failed);
    if (world.now() < this.#lookAt) return;
    this.#lookAt = world.now() + LOOK_MS;
    await this.look().catch(failed);
    await this.#parts.unsettled.look().catch(failed);
  }

  /** One look at every vendor incident that has lanes. */
  async look(): Promise<void> {
    const { desk, store, us, lanes } = this.#parts;
    const all = await store.coordinator().summaries('lane');
    const standing = (await store.coordinator().summaries('standing')).map(({ client, at }) => [client, at]);
    if (all.length === 0 && standing.length === 0) return;
    for (const view of await desk.views(us)) {
      const { incident } = view;
      if (incident.lanes.coordination === undefined || incident.status === 'closed') continue;
      const own = all.filter((lane) => lane.incident === incident.record);
      await this.#once(`follow/${incident.record}`, `${incident.size}/${own.length}`, () => lanes.follow(incident.record));
      await this.#once(`sync/${incident.record}`, JSON.stringify(own.map(({ record, tier, state }) => [record, tier, state])), () =>
        lanes.sync(incident.record),
      );
      await this.#showOwn(view, own);
      const shown = JSON.stringify([standing, own.map(({ record, at, status, tier }) => [record, at, status, tier])]);
      await this.#once(`board/${incident.record}`, shown, () => this.#redraw(incident.record));
    }
  }

  /** A lane's channel may open after its words were written. */
  async #showOwn(vendor: RecordView, lanes: Summarised[]): Promise<void> {
    const { desk } = this.#parts;
    for (const order of vendor.incident.lanes.orders.values()) {
      const lane = lanes.find(({ client }) => client === order.clients[0]);
      if (order.basis !== 'own' || order.state !== 'ordered' || lane === undefined) continue;
      const places = (await desk.view(lane.client, lane.record))?.incident.places.length ?? 0;
      await this.#once(`own/${order.id}`, String(places), () => showOwn(desk, vendor, order));
    }
  }

  async #once(what: string, state: string, work: () => Promise<unknown>): Promise<void> {
    if (this.#seen.get(what) === state) return;
    await work();
    this.#seen.set(what, state);
  }

  /** Boards that were shown, each as it was last looked at. */
  async #redraw(incident: string): Promise<void> {
    const { desk, store, us } = this.#parts;
    const boards = (await store.open(us).deliveries(incident)).filter(({ kind }) => kind === 'board-card' || kind === 'call-sheet');
    const again = boards.map(({ kind, body }) => {
      const { place, look } = JSON.parse(body) as { place: Parameters<typeof boardDelivery>[1]; look?: string };
      return kind === 'call-sheet' ? callsDelivery(incident, place, look) : boardDelivery(incident, place, look);
    });
    if (again.length > 0) await desk.send(us, again);
  }
}
