import type { JsonObject } from './json.ts';
import type { Table } from './table.ts';

export type Reaction = { name: string; users: string[] };

/** A message as Slack shows it, with its channel beside it. `file_ids` is spelled out as `files` when it goes out. */
export type Message = {
  channel: string;
  ts: string;
  user: string;
  text: string;
  subtype?: string;
  bot?: boolean;
  blocks?: JsonObject[];
  metadata?: JsonObject;
  thread_ts?: string;
  broadcast?: boolean;
  edited?: { user: string; ts: string };
  reactions?: Reaction[];
  file_ids?: string[];
  unfurl?: boolean;
};

/** All messages, by channel and in the order of their timestamps. */
export class MessageBook {
  readonly #table: Table<Message>;
  readonly #byChannel = new Map<string, Message[]>();
  #last = 0;

  constructor(table: Table<Message>) {
    this.#table = table;
    for (const message of table.all().sort((a, b) => order(a.ts, b.ts))) {
      this.#channel(message.channel).push(message);
      this.#last = Math.max(this.#last, micros(message.ts));
    }
  }

  /** The next timestamp: never one that was given out before, even if the clock stands still or goes back. */
  nextTs(nowMs: number): string {
    this.#last = Math.max(this.#last + 1, nowMs * 1000);
    return `${Math.floor(this.#last / 1_000_000)}.${String(this.#last % 1_000_000).padStart(6, '0')}`;
  }

  get(channel: string, ts: string): Message | undefined {
    return this.#table.get(`${channel}:${ts}`);
  }

  in(channel: string): readonly Message[] {
    return this.#channel(channel);
  }

  /** The replies to one message, without the message itself. */
  replies(channel: string, ts: string): Message[] {
    return this.#channel(channel).filter((message) => message.thread_ts === ts && message.ts !== ts);
  }

  put(message: Message): Message {
    const list = this.#channel(message.channel);
    const at = list.findLastIndex(({ ts }) => ts === message.ts);
    if (at >= 0) list[at] = message;
    else list.push(message);
    return this.#table.put(`${message.channel}:${message.ts}`, message);
  }

  delete(channel: string, ts: string): void {
    const list = this.#channel(channel);
    const at = list.findIndex((message) => message.ts === ts);
    if (at >= 0) list.splice(at, 1);
    this.#table.delete(`${channel}:${ts}`);
  }

  #channel(id: string): Message[] {
    const known = this.#byChannel.get(id);
    if (known !== undefined) return known;
    const list: Message[] = [];
    this.#byChannel.set(id, list);
    return list;
  }
}

function micros(ts: string): number {
  const [whole = '0', part = '0'] = ts.split('.');
  return Number(whole) * 1_000_000 + Number(part);
}

function order(a: string, b: string): number {
  return micros(a) - micros(b);
}
