import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { createRoom, type Room, type RoomOptions } from '../src/room/room.ts';
import type { Shelf } from '../src/room/shelf.ts';

/** An answer that a test looks into. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers freely, and fail where there is nothing
export type Loose = Record<string, any>;

export const TOKEN = 'xoxb-room';
export const SECRET = 'a signing secret of the room';

/** A shelf in memory that outlives the room, as the store does. */
export function mapShelf(): Shelf & { writes: string[]; rows: Map<string, { kind: string; id: string; json: string }> } {
  const rows = new Map<string, { kind: string; id: string; json: string }>();
  const writes: string[] = [];
  return {
    rows,
    writes,
    all: () => [...rows.values()],
    put: (kind, id, json) => {
      writes.push(`${kind} ${id}`);
      rows.set(`${kind} ${id}`, { kind, id, json });
    },
    delete: (kind, id) => void rows.delete(`${kind} ${id}`),
  };
}

/** Bytes that differ from call to call and are the same in every run. */
export function counting(start = 1): (bytes: number) => Uint8Array {
  let state = start;
  return (bytes) =>
    Uint8Array.from({ length: bytes }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
}

export type Running = {
  room: Room;
  base: string;
  shelf: ReturnType<typeof mapShelf>;
  clock: { ms: number | undefined };
  stop(): Promise<void>;
};

export async function listen(server: Server, port = 0): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A room on a free port. Its clock is the real one until a test sets `clock.ms`. */
export async function startRoom(options: Partial<RoomOptions> = {}, at = 0): Promise<Running> {
  const shelf = (options.shelf as ReturnType<typeof mapShelf>) ?? mapShelf();
  const clock: { ms: number | undefined } = { ms: undefined };
  const room = createRoom({
    signingSecret: SECRET,
    botToken: TOKEN,
    now: () => clock.ms ?? Date.now(),
    random: counting(shelf.rows.size + 7),
    eventsUrl: '',
    commands: [{ command: '/incident', description: 'Start or look at an incident', usage: '[drill NAME]' }],
    shortcuts: [{ callback_id: 'note', name: 'Add to the record' }],
    rateLimits: 'off',
    ...options,
    shelf,
  });
  const server = createServer(room.listener);
  const port = await listen(server, at);
  return {
    room,
    shelf,
    clock,
    base: `http://127.0.0.1:${port}`,
    stop: async () => {
      await room.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A real Bolt app behind a real HTTPReceiver, connected to the room. */
export async function startBolt(running: Running, listeners: (app: App) => void): Promise<{ app: App; stop(): Promise<void> }> {
  const receiver = new HTTPReceiver({ signingSecret: SECRET, port: 0, logLevel: LogLevel.ERROR });
  const app = new App({
    token: TOKEN,
    receiver,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    clientOptions: { slackApiUrl: `${running.base}/api/`, retryConfig: { retries: 0 } },
  });
  listeners(app);
  const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
  running.room.connect(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`);
  return {
    app,
    stop: async () => {
      server.closeAllConnections();
      await app.stop();
    },
  };
}

/** One Web API call, as the bot makes it. */
export async function api(running: Running, method: string, args: Record<string, unknown> = {}, token = TOKEN) {
  const fields = Object.entries(args).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  const response = await fetch(`${running.base}/api/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: new URLSearchParams(fields as [string, string][]),
  });
  return (await response.json()) as Loose;
}

/** Somebody's browser, without the browser: signs in and acts as the page does. */
export class Visitor {
  readonly base: string;
  cookie = '';
  me = '';

  constructor(running: Running) {
    this.base = running.base;
  }

  async act(name: string, body: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
    const response = await fetch(`${this.base}/act/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: this.base, cookie: this.cookie, ...headers },
      body: JSON.stringify({ tab: 'tab-1', ...body }),
    });
    const set = response.headers.get('set-cookie');
    if (set !== null) this.cookie = set.split(';')[0] ?? '';
    return (await response.json()) as Loose;
  }

  async get(path: string) {
    const response = await fetch(this.base + path, { headers: { cookie: this.cookie } });
    return (await response.json()) as Loose;
  }

  /** Signs in as a seeded person, by name. */
  async signIn(realName: string): Promise<this> {
    const { people } = await this.get('/entrance');
    const person = people.find((known: { real_name: string }) => known.real_name === realName);
    this.me = (
      await this.act(
        'signin',
        person === undefined ? { name: realName, tz: 'Etc/UTC' } : { person: person.id, tz: 'Europe/Zurich' },
      )
    ).me;
    return this;
  }

  state() {
    return this.get('/state?tab=tab-1');
  }

  async channel(name: string): Promise<string> {
    return (await this.state()).channels.find((channel: { name: string }) => channel.name === name).id;
  }

  async messages(channel: string): Promise<Loose[]> {
    return (await this.get(`/history?channel=${channel}`)).messages;
  }
}

/** Waits for something that another process or a later tick brings about. */
export async function until<T>(look: () => Promise<T | undefined> | T | undefined, what: string): Promise<T> {
  const end = Date.now() + 5000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found as T;
    if (Date.now() > end) throw new Error(`This did not come: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
