import type { Desk } from './desk.ts';
import type { Carrier, Claimed, Outcome, Store, World } from './ports.ts';

/**
 * The courier carries deliveries out, by lease. It is the only way out of the building. A delivery whose fate is unknown
 * rests, is looked for twice, and is sent again only when it was seen not to have arrived.
 */
export type CourierLog = { failed(delivery: Claimed | undefined, error: unknown): void };

const LEASE_MS = 30_000;
const LOOK_AGAIN_MS = 30_000;
const AT_ONCE = 8;
const LONGEST_NAP_MS = 30_000;

export class Courier {
  readonly #store: Store;
  readonly #desk: Desk;
  readonly #carrier: Carrier;
  readonly #world: World;
  readonly #log: CourierLog;
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: () => void = () => {};
  #woken = false;

  constructor(store: Store, desk: Desk, carrier: Carrier, world: World, log: CourierLog) {
    this.#store = store;
    this.#desk = desk;
    this.#carrier = carrier;
    this.#world = world;
    this.#log = log;
  }

  /** Carries whatever is due, until nothing is. Answers how many were carried. */
  async round(): Promise<number> {
    let carried = 0;
    for (;;) {
      const claimed = await this.#store.outbox.claim(this.#world.now(), LEASE_MS, AT_ONCE);
      if (claimed.length === 0) return carried;
      await Promise.all(claimed.map((delivery) => this.#deliver(delivery)));
      carried += claimed.length;
    }
  }

  start(): void {
    this.#running ??= this.#loop();
  }

  /** Takes no more work, and waits for what is in flight. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.wake();
    await this.#running;
  }

  wake(): void {
    this.#woken = true;
    this.#wake();
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      await this.round().catch((error: unknown) => this.#log.failed(undefined, error));
      if (!this.#woken && !this.#stopped) await this.#nap();
    }
  }

  async #nap(): Promise<void> {
    const due = await this.#store.outbox.nextDue();
    const wait = due === undefined ? LONGEST_NAP_MS : Math.min(Math.max(due - this.#world.now(), 10), LONGEST_NAP_MS);
    if (this.#woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #deliver(delivery: Claimed): Promise<void> {
    try {
      await this.#desk.settle(delivery, await this.#outcome(delivery));
    } catch (error) {
      // Unsettled: the lease runs out, and the delivery becomes uncertain rather than lost or doubled.
      this.#log.failed(delivery, error);
    }
  }

  async #outcome(delivery: Claimed): Promise<Outcome> {
    const view = await this.#desk.view(delivery.client, delivery.record);
    if (view === undefined) return { state: 'refused', code: 'no-record', sentence: 'The record is not there.' };
    if (delivery.uncertainSince === undefined) return this.#carrier.carry(delivery, view);
    const found = await this.#carrier.find(delivery, view);
    if (found === 'unknowable') return { state: 'asking', code: 'fate-unknown' };
    if (found.found) return { state: 'sent', ref: found.ref };
    return this.#seenTwice(delivery) ? this.#carrier.carry(delivery, view) : { state: 'uncertain', code: 'not-found-yet' };
  }

  /** One look is not enough: Slack may show a message late. */
  #seenTwice({ uncertainSince = 0 }: Claimed): boolean {
    return this.#world.now() - uncertainSince >= 60_000 + LOOK_AGAIN_MS;
  }
}
