import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import type { Inbox } from '../desk/ports.ts';
import type { Log } from './house.ts';

/**
 * Stores an event before anything acknowledges it: Bolt acks events before any listener runs, and Slack then never sends
 * them again. Clicks and forms need no inbox: they are recorded, under their own key, before their ack.
 */
const TRIES_MAX = 5;

export class DurableReceiver implements Receiver {
  readonly #inner: Receiver;
  readonly #inbox: Inbox;
  readonly #log: Log;
  #app: App | undefined;
  #inFlight = new Set<Promise<void>>();

  constructor(inner: Receiver, inbox: Inbox, log: Log) {
    this.#inner = inner;
    this.#inbox = inbox;
    this.#log = log;
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
      await this.#app?.processEvent({ body: JSON.parse(body), ack: async () => {} }).then(
        () => this.#inbox.done(key),
        (error: unknown) => this.#log.error({ key, error }, 'a stored event failed again'),
      );
    }
  }

  async #take(app: App, event: ReceiverEvent): Promise<void> {
    const key = keyOf(event.body);
    if (key === undefined) return app.processEvent(event);
    if (!(await this.#inbox.put(key, JSON.stringify(event.body), Date.now()))) return void (await event.ack());
    await app.processEvent(event);
    await this.#inbox.done(key);
  }

  #track(work: Promise<void>): Promise<void> {
    this.#inFlight.add(work);
    const over = () => this.#inFlight.delete(work);
    work.then(over, over);
    return work;
  }
}

const keyOf = (body: Record<string, unknown>): string | undefined =>
  typeof body.event_id === 'string' ? `event/${body.event_id}` : undefined;
