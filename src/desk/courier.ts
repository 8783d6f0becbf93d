import { RecordAlarm } from './alarm.ts';
import type { Desk } from './desk.ts';
import type { Carrier, Claimed, Outcome, Store, World } from './ports.ts';

/**
 * The courier carries deliveries out, by lease. It is the only way out of the building. A delivery whose fate is unknown
 * rests, is looked for, and is sent again only when it was seen twice not to have arrived.
 */
export type CourierLog = { failed(delivery: Claimed | undefined, error: unknown): void };

/** Longer than any one carrying takes: a file of 64 MB has a minute, a channel some five calls of ten seconds. */
const LEASE_MS = 120_000;
const AT_ONCE = 8;
/** Shorter than anybody notices, longer than an acknowledgement takes. */
const MOMENT_MS = 40;
const LONGEST_NAP_MS = 30_000;

/**
 * When an uncertain delivery is looked for. An early look can only find it: what is on its way, or shown late, is not there
 * yet. The quarantine is longer than any client timeout and clock skew; after it, two looks must both miss it.
 */
const QUARANTINE_MS = 60_000;
const LOOK_AGAIN_MS = 30_000;
/** What nobody has seen for an hour never arrived: one look is enough. */
const LONG_AGO_MS = 3_600_000;
const ALARM_MS = 60_000;
const NOT_SEEN = 'not-seen-yet';
const MISSED = 'missed-once';

export class Courier {
  readonly #store: Store;
  readonly #desk: Desk;
  readonly #carrier: Carrier;
  readonly #world: World;
  readonly #log: CourierLog;
  readonly #flying = new Set<Promise<void>>();
  #running: Promise<void> | undefined;
  #stopped = false;
  #wake: () => void = () => {};
  #bell: NodeJS.Timeout | undefined;
  #woken = false;

  constructor(store: Store, desk: Desk, carrier: Carrier, world: World, log: CourierLog) {
    this.#store = store;
    this.#desk = desk;
    this.#carrier = carrier;
    this.#world = world;
    this.#log = log;
  }

  /** Carries whatever is due, until nothing is. Answers how many were carried. A slow one holds up its own queue alone. */
  async round(): Promise<number> {
    let carried = 0;
    for (;;) {
      this.#woken = false;
      const free = this.#stopped ? 0 : AT_ONCE - this.#flying.size;
      const claimed = free === 0 ? [] : await this.#store.outbox.claim(this.#world.now(), LEASE_MS, free);
      for (const delivery of claimed) this.#launch(delivery);
      carried += claimed.length;
      if (this.#flying.size === 0) return carried;
      if (!this.#woken) await Promise.race([...this.#flying, this.#called()]);
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
    await Promise.all(this.#flying);
  }

  /**
   * Something is due. The click that caused it is acknowledged first, and clicks that follow at once are not held up: the courier sets
   * out a moment later. Nobody sees the difference, and cards that changed twice are sent once.
   */
  wake(): void {
    this.#bell ??= setTimeout(() => {
      this.#bell = undefined;
      this.#woken = true;
      this.#wake();
    }, MOMENT_MS);
  }

  async #loop(): Promise<void> {
    while (!this.#stopped) {
      this.#woken = false;
      await this.round().catch((error: unknown) => this.#log.failed(undefined, error));
      if (!this.#woken && !this.#stopped) await this.#nap().catch((error: unknown) => this.#log.failed(undefined, error));
    }
  }

  async #nap(): Promise<void> {
    const due = await this.#store.outbox.nextDue();
    const wait = due === undefined ? LONGEST_NAP_MS : Math.min(Math.max(due - this.#world.now(), 10), LONGEST_NAP_MS);
    if (!this.#woken) await this.#called(wait);
  }

  /** Resolves at the next wake-up, or when the time is over. */
  #called(ms?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === undefined ? undefined : setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  #launch(delivery: Claimed): void {
    const flight = this.#deliver(delivery).finally(() => this.#flying.delete(flight));
    this.#flying.add(flight);
  }

  async #deliver(delivery: Claimed): Promise<void> {
    try {
      await this.#desk.settle(delivery, await this.#outcome(delivery));
    } catch (error) {
      // Unsettled: the lease runs out, and the delivery becomes uncertain rather than lost or doubled.
      this.#log.failed(delivery, error);
      if (error instanceof RecordAlarm) await this.#postpone(delivery);
    }
  }

  /** Nothing of a record in alarm goes out, until somebody has looked at it. */
  async #postpone({ id, fence }: Claimed): Promise<void> {
    const outcome = { state: 'later', afterMs: ALARM_MS, code: 'record-alarm' } as const;
    await this.#store.outbox.settle(id, fence, outcome, this.#world.now()).catch(() => false);
  }

  async #outcome(delivery: Claimed): Promise<Outcome> {
    const view = await this.#desk.view(delivery.client, delivery.record);
    if (view === undefined) return { state: 'refused', code: 'no-record', sentence: 'The record is not there.' };
    const carry = () => this.#carrier.carry(delivery, view);
    if (delivery.uncertainSince === undefined) return carry();
    const found = await this.#carrier.find(delivery, view);
    if (found === 'repeatable') return carry();
    if (found === 'unknowable') return this.#unknowable(delivery, delivery.uncertainSince, carry);
    if (found !== 'later' && found.found) return { state: 'sent', ref: found.ref };
    return this.#missed(delivery, delivery.uncertainSince, found === 'later', carry);
  }

  /** Not seen: rests on, or is sent again where the look before, after the quarantine, missed it too. */
  #missed({ code }: Claimed, since: number, blind: boolean, carry: () => Promise<Outcome>): Outcome | Promise<Outcome> {
    const age = this.#world.now() - since;
    if (blind) return { state: 'uncertain', since, afterMs: LOOK_AGAIN_MS, code: code ?? NOT_SEEN };
    if (age < QUARANTINE_MS) return { state: 'uncertain', since, afterMs: QUARANTINE_MS - age, code: NOT_SEEN };
    return code === MISSED || age >= LONG_AGO_MS ? carry() : { state: 'uncertain', since, afterMs: LOOK_AGAIN_MS, code: MISSED };
  }

  /** A card doubled does less harm than a card missing: its buttons do what they do once. Anything else only a person may repeat. */
  #unknowable({ coalescing }: Claimed, since: number, carry: () => Promise<Outcome>): Outcome | Promise<Outcome> {
    const age = this.#world.now() - since;
    if (!coalescing) return { state: 'asking', code: 'fate-unknown' };
    return age >= QUARANTINE_MS ? carry() : { state: 'uncertain', since, afterMs: QUARANTINE_MS - age, code: 'fate-unknown' };
  }
}
