import type { BotLine } from './bot-line.ts';
import { type Random, slackId } from './ids.ts';
import type { Json, JsonObject } from './json.ts';
import type { Table } from './table.ts';

/** An event the bot has not yet taken. `attempts` counts deliveries so far; `due` is when the next may start (ms). */
export type PendingEvent = { id: string; body: JsonObject; attempts: number; due: number; reason: string };

export type EventsContext = {
  team: { id: string; appId: string; botUserId: string };
  table: Table<PendingEvent>;
  line: BotLine;
  now(): number;
  random: Random;
  log(line: string): void;
  /** Told whenever the number of events that were refused or not answered changes. */
  onWaiting(count: number): void;
};

/** Slack's schedule after a failure: at once, after a minute, after five minutes. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];
/** How many events are sent again at the same time. */
const AT_ONCE = 8;
/** Where Slack gives up, the room rests: the event waits on the shelf for the bot's next start. */
const RESTING = Number.MAX_SAFE_INTEGER;

/** Events to the bot: kept until it has answered 200, sent again as Slack does, and sent again after a restart. */
export class Events {
  readonly #context: EventsContext;
  readonly #underway = new Set<string>();
  /** Events whose first attempt failed. */
  readonly #waiting: Set<string>;
  #told = 0;

  constructor(context: EventsContext) {
    this.#context = context;
    this.#waiting = new Set(context.table.ids(({ attempts }) => attempts > 0));
  }

  /** Wraps an event as Slack does, keeps it, and sends it. */
  emit(event: JsonObject): void {
    const { team, table, now, random } = this.#context;
    const id = slackId('Ev', random);
    const body: Record<string, Json> = {
      token: 'room',
      team_id: team.id,
      context_team_id: team.id,
      context_enterprise_id: null,
      api_app_id: team.appId,
      event,
      type: 'event_callback',
      event_id: id,
      event_time: Math.floor(now() / 1000),
      authorizations: [
        { enterprise_id: null, team_id: team.id, user_id: team.botUserId, is_bot: true, is_enterprise_install: false },
      ],
      is_ext_shared_channel: false,
      event_context: `4-${id}`,
    };
    table.put(id, { id, body, attempts: 0, due: now(), reason: '' });
    this.#launch(id);
  }

  /** Events that the bot did not take at the first attempt and that wait for it. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /**
   * Starts what is due, oldest first and a few at a time: a bot that comes back is not flooded. Called once a second, and by tests
   * that move the clock. Resolves when those attempts are over.
   */
  async tick(): Promise<void> {
    const queue = this.#context.table.ids(({ due }) => due <= this.#context.now());
    const work = async () => {
      for (let id = queue.shift(); id !== undefined; id = queue.shift()) await this.#deliver(id);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }

  /** The bot has a (new) address: what it never took is due again, from the first attempt. */
  renew(): void {
    const { table, now } = this.#context;
    for (const event of table.all()) table.put(event.id, { ...event, attempts: 0, due: now(), reason: '' });
  }

  /** A full disk must not end the house: the event is kept as it was, and the next beat tries again. */
  #launch(id: string): void {
    this.#deliver(id).catch((error: unknown) => this.#context.log(`Event ${id} could not be kept: ${String(error)}`));
  }

  async #deliver(id: string): Promise<void> {
    const { table, line } = this.#context;
    const event = table.get(id);
    if (event === undefined || this.#underway.has(id) || !line.connected) return;
    this.#underway.add(id);
    const retry: Record<string, string> =
      event.attempts === 0 ? {} : { 'x-slack-retry-num': String(event.attempts), 'x-slack-retry-reason': event.reason };
    const reply = await line.event(JSON.stringify(event.body), retry);
    this.#underway.delete(id);
    if ('status' in reply && reply.status >= 200 && reply.status < 300) this.#taken(id);
    else this.#postpone(event, 'status' in reply ? 'http_error' : reply.failure);
    this.#tell();
  }

  #taken(id: string): void {
    this.#context.table.delete(id);
    this.#waiting.delete(id);
  }

  #tell(): void {
    if (this.waiting === this.#told) return;
    this.#told = this.waiting;
    this.#context.onWaiting(this.#told);
  }

  #postpone(event: PendingEvent, reason: string): void {
    const { table, now, log } = this.#context;
    const wait = RETRY_AFTER_MS[event.attempts];
    const due = wait === undefined ? RESTING : now() + wait;
    log(
      `The bot did not take event ${event.id} (${reason}); ${wait === undefined ? 'it waits for the next start' : 'it is sent again'}.`,
    );
    table.put(event.id, { ...event, attempts: event.attempts + 1, due, reason });
    this.#waiting.add(event.id);
    if (wait === 0) this.#launch(event.id);
  }
}
