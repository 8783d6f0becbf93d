import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Inbox } from '../desk/ports.ts';
import type { Log } from './house.ts';

/**
 * Stores an event before anything acknowledges it: Bolt acks events before any listener runs, and Slack then never sends
 * them again. Clicks and forms need no inbox: they are recorded, under their own key, before their ack.
 */
const TRIES_MAX = 5;

/** An event that failed after its ack is worked on again while the process runs; what still fails waits for the next start. */
const AGAIN_MS = [2_000, 15_000, 60_000];

export class DurableReceiver implements Receiver {
  readonly #inner: Receiver;
  readonly #inbox: Inbox;
  readonly #log: Log;
  #app: App | undefined;
  readonly #inFlight = new Set<Promise<void>>();
  readonly #waiting = new Set<NodeJS.Timeout>();
  readonly #againMs: readonly number[];

  constructor(inner: Receiver, inbox: Inbox, log: Log, againMs: readonly number[] = AGAIN_MS) {
    this.#inner = inner;
    this.#inbox = inbox;
    this.#log = log;
    this.#againMs = againMs;
  }

  init(app: App): void {
    this.#app = app;
    const gate = { processEvent: (event: ReceiverEvent) => this.#track(this.#take(app, event)) };
    // Bolt's receivers call nothing of the App but processEvent.
    this.#inner.init(Object.assign(Object.create(app), gate));
  }

  start(...args: Parameters<Receiver['start']>): ReturnType<Receiver['start']> {
    return this.#inner.start(...args);
  }

  /** Waits for what is being worked on. */
  async drain(): Promise<void> {
    for (const timer of this.#waiting) clearTimeout(timer);
    await Promise.allSettled(this.#inFlight);
  }

  /** Waits for what is being worked on, then stops. */
  async stop(...args: Parameters<Receiver['stop']>): Promise<unknown> {
    const stopped = this.#inner.stop(...args);
    await this.drain();
    return stopped;
  }

  /** Works on what was stored and never finished: the process died in between. */
  async replay(): Promise<void> {
    for (const { key, body, tries } of await this.#inbox.pending()) {
      if (tries > TRIES_MAX) {
        this.#log.error({ key, tries }, 'an event failed too often and is set aside');
        await this.#inbox.done(key);
        continue;
      }
      await this.#work(key, { body: JSON.parse(body), ack: async () => {} }).catch((error: unknown) =>
        this.#log.error({ key, error }, 'a stored event failed again'),
      );
    }
  }

  async #work(key: string, event: ReceiverEvent): Promise<void> {
    await this.#app?.processEvent(event);
    await this.#inbox.done(key);
  }

  async #take(app: App, event: ReceiverEvent): Promise<void> {
    const key = keyOf(event.body);
    if (key === undefined) return app.processEvent(event);
    if (!(await this.#inbox.put(key, JSON.stringify(event.body), Date.now()))) return void (await event.ack());
    try {
      await this.#work(key, event);
    } catch (error) {
      this.#later(key, event, 0);
      throw error;
    }
  }

  /** It is acknowledged, or Slack's copies are taken for seen: nobody else will send it again. */
  #later(key: string, event: ReceiverEvent, turn: number): void {
    const wait = this.#againMs[turn];
    if (wait === undefined) return;
    const again = () =>
      this.#work(key, { ...event, ack: async () => {} }).catch((error: unknown) => this.#failed(key, event, turn, error));
    const timer = setTimeout(() => {
      this.#waiting.delete(timer);
      void this.#track(again());
    }, wait);
    this.#waiting.add(timer);
  }

  #failed(key: string, event: ReceiverEvent, turn: number, error: unknown): void {
    this.#log.error({ key, error }, 'an event failed again');
    this.#later(key, event, turn + 1);
  }

  #track(work: Promise<void>): Promise<void> {
    this.#inFlight.add(work);
    const over = () => this.#inFlight.delete(work);
    work.then(over, over);
    return work;
  }
}

/** What a bot posts or edits comes back as an event, and for every card of ours too: nothing follows from it, so it is not stored. */
function keyOf({ event_id: id, event }: Record<string, unknown>): string | undefined {
  return typeof id !== 'string' || isOfBot((event ?? {}) as BotEvent) ? undefined : `event/${id}`;
}

type BotEvent = { type?: string; bot_id?: string; message?: { bot_id?: string }; previous_message?: { bot_id?: string } };

const isOfBot = ({ type, bot_id, message, previous_message: before }: BotEvent): boolean =>
  type === 'message' && (bot_id ?? message?.bot_id ?? before?.bot_id) !== undefined;
