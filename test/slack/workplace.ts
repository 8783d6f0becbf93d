import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { US, world } from '../../src/cli/house.ts';
import { openLibrary } from '../../src/cli/library.ts';
import { SLACK, startWork, type Work } from '../../src/cli/work.ts';
import { Desk } from '../../src/desk/desk.ts';
import type { ModelSettings } from '../../src/model/settings.ts';
import { createRoom } from '../../src/room/room.ts';
import { openSigner } from '../../src/store/signer.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

/**
 * A workplace for end-to-end tests: the bot, and a Slack server that it reaches by HTTP alone. The server is the room, or whatever
 * SLACK_API_URL names. Clicks are signed requests, as Slack sends them; outcomes are read through the Web API.
 */
export type Message = {
  ts: string;
  text: string;
  user?: string;
  thread_ts?: string;
  blocks?: { type: string; [key: string]: unknown }[];
};

export class Workplace {
  readonly folder: string;
  readonly secret = process.env.SLACK_SIGNING_SECRET ?? 'e2e-signing-secret';
  token = process.env.SLACK_BOT_TOKEN ?? 'xoxb-e2e-token';
  apiUrl = process.env.SLACK_API_URL ?? '';
  #server: Server | undefined;
  #room: { close(): Promise<void>; connect(url: string): void } | undefined;
  #bot: RequestListener = (_, response) => void response.writeHead(503).end();
  work: Work | undefined;
  store = openSqlite(':memory:');
  desk: Desk | undefined;
  /** A folder of runbooks of its own, for a test that changes one. */
  runbooks = resolve(import.meta.dirname, '..', '..', 'runbooks');
  team = '';
  botUser = '';
  #triggers = 0;

  readonly #transport: 'http' | 'socket';
  #socket: WebSocket | undefined;
  readonly #waiting = new Map<string, (payload: unknown) => void>();
  /** The workspace of a client, with a Slack of its own, in which the bot is installed too. */
  beside: { team: string; token: string; listener: RequestListener } | undefined;
  /** A language model, where a test wants one. */
  model: ModelSettings | undefined;

  constructor(transport: 'http' | 'socket' = 'http', folder = mkdtempSync(join(tmpdir(), 'firebreak-e2e-'))) {
    this.#transport = transport;
    this.folder = folder;
  }

  get origin(): string {
    const address = this.#server?.address() as AddressInfo | undefined;
    return `http://127.0.0.1:${address?.port ?? 0}`;
  }

  async open(): Promise<this> {
    await this.store.close();
    this.store = openSqlite(this.folder);
    this.desk = new Desk(this.store, world, openSigner(this.folder));
    this.#server = createServer((request, response) =>
      request.url?.startsWith('/slack/events') ? this.#bot(request, response) : this.#serverOf(request)(request, response),
    );
    await new Promise<void>((ready) => this.#server?.listen(0, '127.0.0.1', ready));
    if (process.env.SLACK_API_URL === undefined) this.#openRoom();
    const library = openLibrary(this.runbooks);
    const log = { info: () => {}, warn: () => {}, error: (about: object, text: string) => console.error(text, about) };
    const connection = {
      botToken: this.token,
      apiUrl: this.apiUrl,
      ...(this.beside === undefined ? {} : { elsewhere: new Map([[this.beside.team, this.beside.token]]) }),
      transport:
        this.#transport === 'http'
          ? ({ kind: 'http', signingSecret: this.secret, port: 0 } as const)
          : ({ kind: 'socket', appToken: 'xapp-e2e' } as const),
    };
    this.work = await startWork(
      { store: this.store, desk: this.desk },
      {
        library,
        data: this.folder,
        drills: resolve(import.meta.dirname, '..', '..', 'runbooks', 'drills'),
        ...(this.model === undefined ? {} : { model: this.model }),
      },
      connection,
      log,
      SLACK,
    );
    if (this.work.bot.http !== undefined) this.#bot = this.work.bot.http.requestListener;
    if (this.#transport === 'socket') await this.#openSocket();
    else this.#room?.connect(`${this.origin}/slack/events`);
    const who = await this.api('auth.test');
    this.team = String(who.team_id);
    this.botUser = String(who.user_id);
    return this;
  }

  /** A Socket Mode endpoint in front of the same Web API: one connection, envelopes out, acknowledgements back. */
  async #openSocket(): Promise<void> {
    const inner = this.#listener;
    this.#listener = (request, response) => {
      if (!request.url?.startsWith('/api/apps.connections.open')) return inner(request, response);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ok: true, url: `${this.origin.replace('http', 'ws')}/link` }));
    };
    const sockets = new WebSocketServer({ server: this.#server!, path: '/link' });
    const connected = new Promise<void>((ready) => {
      sockets.on('connection', (socket) => {
        this.#socket = socket;
        socket.on('message', (data) => {
          const { envelope_id, payload } = JSON.parse(String(data)) as { envelope_id: string; payload?: unknown };
          this.#waiting.get(envelope_id)?.(payload);
        });
        socket.send(JSON.stringify({ type: 'hello', num_connections: 1, connection_info: { app_id: 'A1' } }));
        ready();
      });
    });
    await this.work?.bot.receiver.start();
    await connected;
  }

  async #envelope(type: string, payload: object): Promise<{ status: number; body: string }> {
    const id = `env-${++this.#triggers}`;
    const acked = new Promise<unknown>((resolve) => this.#waiting.set(id, resolve));
    this.#socket?.send(JSON.stringify({ envelope_id: id, type, payload, accepts_response_payload: true }));
    const body = await Promise.race([
      acked,
      new Promise((_, fail) => setTimeout(() => fail(new Error(`no ack for ${type}`)), 5000)),
    ]);
    const empty = body === undefined || body === null || (typeof body === 'object' && Object.keys(body).length === 0);
    return { status: 200, body: empty ? '' : JSON.stringify(body) };
  }

  /** Workspaces differ by the token alone: the address of the Web API is one. */
  #serverOf({ headers }: IncomingMessage): RequestListener {
    return this.beside !== undefined && headers.authorization === `Bearer ${this.beside.token}`
      ? this.beside.listener
      : this.#listener;
  }

  #listener: RequestListener = (_, response) => void response.writeHead(404).end();

  #openRoom(): void {
    const room = createRoom({
      shelf: this.store.room,
      signingSecret: this.secret,
      botToken: this.token,
      now: world.now,
      random: world.random,
      eventsUrl: '',
      rateLimits: 'off',
      commands: [{ command: '/incident', description: 'Start an incident', usage: '' }],
      shortcuts: [{ callback_id: 'keep_message', name: 'Keep in the record' }],
    });
    this.#room = room;
    this.#listener = room.listener;
    this.apiUrl = `${this.origin}/api/`;
  }

  async close(keep = false): Promise<void> {
    await this.work?.quiet();
    if (this.#transport === 'socket') await this.work?.bot.receiver.stop();
    this.#socket?.terminate();
    await this.#room?.close();
    this.#server?.closeAllConnections();
    await new Promise((done) => this.#server?.close(done));
    await this.store.close();
    if (!keep) rmSync(this.folder, { recursive: true, force: true });
  }

  async api(method: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const body = new URLSearchParams(
      Object.entries(args).map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
    );
    const response = await fetch(`${this.apiUrl}${method}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
      body,
    });
    return (await response.json()) as Record<string, unknown>;
  }

  /** Somebody other than the bot. */
  async people(): Promise<{ id: string; name: string }[]> {
    const { members } = (await this.api('users.list')) as {
      members: { id: string; name: string; is_bot?: boolean; deleted?: boolean }[];
    };
    return members
      .filter((one) => !one.is_bot && one.id !== this.botUser && one.id !== 'USLACKBOT')
      .map(({ id, name }) => ({ id, name }));
  }

  async #send(body: string, type: string): Promise<{ status: number; body: string }> {
    const at = String(Math.floor(Date.now() / 1000));
    const signature = `v0=${createHmac('sha256', this.secret).update(`v0:${at}:${body}`).digest('hex')}`;
    const headers = { 'content-type': type, 'x-slack-request-timestamp': at, 'x-slack-signature': signature };
    const response = await fetch(`${this.origin}/slack/events`, { method: 'POST', headers, body });
    return { status: response.status, body: await response.text() };
  }

  interact(payload: object): Promise<{ status: number; body: string }> {
    const full = { trigger_id: `t${++this.#triggers}`, team: { id: this.team }, ...payload };
    if (this.#transport === 'socket') return this.#envelope('interactive', full);
    const form = new URLSearchParams({ payload: JSON.stringify(full) });
    return this.#send(form.toString(), 'application/x-www-form-urlencoded');
  }

  click(user: string, channel: string, message: Message, actionId: string, more: object = {}, beside: object = {}) {
    const found = elementsOf(message).find(({ action_id }) => action_id === actionId);
    if (found === undefined) throw new Error(`no ${actionId} on: ${message.text}`);
    const action = {
      type: found.type,
      action_id: actionId,
      block_id: found.block_id,
      value: found.value,
      action_ts: `${Date.now()}.${++this.#triggers}`,
      ...more,
    };
    return this.interact({
      type: 'block_actions',
      user: { id: user },
      channel: { id: channel },
      message,
      actions: [action],
      ...beside,
    });
  }

  submit(user: string, callback: string, metadata: object, fields: Record<string, unknown>) {
    const values = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value: fieldOf(value) }]));
    const view = {
      id: `V${++this.#triggers}`,
      callback_id: callback,
      private_metadata: JSON.stringify(metadata),
      state: { values },
    };
    return this.interact({ type: 'view_submission', user: { id: user }, view });
  }

  event(event: object, id = `Ev${Date.now()}${++this.#triggers}`) {
    const body = {
      token: 'x',
      team_id: this.team,
      api_app_id: 'A1',
      type: 'event_callback',
      event_id: id,
      event_time: 1,
      event,
      authorizations: [{ team_id: this.team, user_id: this.botUser, is_bot: true, is_enterprise_install: false }],
    };
    return this.#transport === 'socket' ? this.#envelope('events_api', body) : this.#send(JSON.stringify(body), 'application/json');
  }

  mention(
    user: string,
    channel: string,
    words: string,
    ts = `${(Date.now() / 1000).toFixed(3)}${String(++this.#triggers).padStart(3, '0')}`,
  ) {
    return this.event({ type: 'app_mention', user, channel, ts, event_ts: ts, text: `<@${this.botUser}> ${words}` });
  }

  slash(user: string, text: string, channel = 'C1') {
    const form = {
      command: '/incident',
      text,
      user_id: user,
      team_id: this.team,
      channel_id: channel,
      trigger_id: `t${++this.#triggers}`,
    };
    if (this.#transport === 'socket') return this.#envelope('slash_commands', form);
    return this.#send(new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded');
  }

  async messages(channel: string): Promise<Message[]> {
    const { messages = [] } = (await this.api('conversations.history', { channel, limit: '200' })) as { messages?: Message[] };
    return messages.reverse();
  }

  /** Waits for something to become true; the only wait there is, and it fails with what was seen last. */
  async until<T>(what: string, look: () => Promise<T | undefined | false>, ms = 10_000): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const found = await look();
      if (found) return found;
      if (Date.now() > end) throw new Error(`still waiting for: ${what}`);
      await new Promise((again) => setTimeout(again, 20));
    }
  }

  /** Declares an incident by the form, and waits for its channel and its first card. */
  async declare(user: string, title: string, more: Record<string, unknown> = {}): Promise<{ record: string; channel: string }> {
    const before = new Set((await this.store.open(US).records()).map(({ record }) => record));
    const fields = {
      title,
      stillHappening: option('yes'),
      canReachClients: option('unknown'),
      talkingOverIt: option('no'),
      looksLike: option('not-sure'),
    };
    const answer = await this.submit(user, 'declare', {}, { ...fields, ...more });
    if (answer.status !== 200 || answer.body !== '') throw new Error(`declare: ${answer.status} ${answer.body}`);
    const heads = await this.store.open(US).records();
    const record = heads.find((head) => !before.has(head.record))?.record ?? '';
    const channel = await this.until('the channel', async () => (await this.desk?.view(US, record))?.incident.places[0]?.channel);
    await this.until('the first step card', async () =>
      (await this.messages(channel)).find(({ text }) => text.includes('Step 1 of')),
    );
    return { record, channel };
  }
}

type Found = { action_id?: string; type?: string; value?: string; block_id: string };

function elementsOf({ blocks = [] }: Message): Found[] {
  return blocks.flatMap((block) => {
    const inside = [...((block.elements as object[]) ?? []), ...(block.accessory === undefined ? [] : [block.accessory as object])];
    return inside.map((element) => ({ ...element, block_id: String(block.block_id ?? '') }));
  });
}

export const option = (value: string) => ({ selected_option: { value } });

const fieldOf = (value: unknown): unknown => (typeof value === 'string' ? { type: 'plain_text_input', value } : value);
