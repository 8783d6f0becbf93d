import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Courier } from '../src/desk/courier.ts';
import { Desk } from '../src/desk/desk.ts';
import type { Claimed, Store, World } from '../src/desk/ports.ts';
import type { Command, NamedPerson } from '../src/record/command.ts';
import { sendingClient } from '../src/slack/app.ts';
import { slackCarrier } from '../src/slack/deliveries/carrier.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite, type SqliteStore } from '../src/store/sqlite.ts';
import { freshFolder } from './folder.ts';
import { api, type Loose, listen, type Running, startRoom, TOKEN } from './room-server.ts';
import { SMALL } from './small-runbook.ts';

/** How a call goes wrong. `before`: Slack never heard of it. `after`: Slack did it, and the answer was lost. */
export type Fault = {
  method: string;
  /** Of the calls of that method, the one that fails: the first is 1. Every one where it is absent. */
  nth?: number;
  how: 'timeout' | 'drop' | '500' | '429' | 'html' | '404' | 'cut' | 'blocks';
  when: 'before' | 'after';
};

const TIMEOUT_MS = 120;

/** The room as Slack, and between it and the bot a line on which calls go wrong as they do in the world. */
export class FaultySlack {
  readonly running: Running;
  readonly #server: Server;
  readonly calls: string[] = [];
  faults: Fault[] = [];
  /** While down, nothing can be reached. */
  down = false;
  url = '';

  constructor(running: Running) {
    this.running = running;
    this.#server = createServer((request, response) => void this.#pass(request, response));
  }

  async open(): Promise<this> {
    this.url = `http://127.0.0.1:${await listen(this.#server)}/api/`;
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((closed) => this.#server.close(closed));
    await this.running.stop();
  }

  count(method: string): number {
    return this.calls.filter((one) => one === method).length;
  }

  async #pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.url?.split('/').at(-1) ?? '';
    const body = await new Response(ReadableStream.from(request) as never).arrayBuffer();
    this.calls.push(method);
    const isCard = Buffer.from(body).includes('blocks=%5B%7B');
    const fault = this.faults.find(
      ({ method: name, nth, how }) =>
        name === method && (nth === undefined || nth === this.count(method)) && (how !== 'blocks' || isCard),
    );
    if (this.down) return void request.socket.destroy();
    if (fault === undefined || fault.when === 'after') {
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !['host', 'content-length', 'connection'].includes(name)),
      );
      const answer = await fetch(this.running.base + (request.url ?? ''), {
        method: 'POST',
        headers: headers as Record<string, string>,
        body,
      });
      const text = await answer.text();
      if (fault === undefined)
        return void response.writeHead(answer.status, { 'content-type': 'application/json', ...retry(answer) }).end(text);
    }
    fail(fault.how, request, response);
  }
}

const retry = (answer: Response): Record<string, string> => {
  const after = answer.headers.get('retry-after');
  return after === null ? {} : { 'retry-after': after };
};

const PAGE = '<!DOCTYPE html><html><body>Bad gateway, or please sign in</body></html>';

function fail(how: Fault['how'], request: IncomingMessage, response: ServerResponse): void {
  switch (how) {
    case 'timeout':
      // The client gives up by itself.
      break;
    case 'drop':
      request.socket.destroy();
      break;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"ok":tr', () => request.socket.destroy());
      break;
    case '500':
      response.writeHead(500).end('upstream');
      break;
    case 'blocks':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":false,"error":"invalid_blocks"}');
      break;
    case '429':
      response.writeHead(429, { 'retry-after': '7' }).end('{"ok":false,"error":"ratelimited"}');
      break;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE);
      break;
    case '404':
      response.writeHead(404, { 'content-type': 'text/html' }).end(PAGE);
      break;
  }
}

const START = Date.UTC(2026, 0, 5, 9, 0, 0);

/** The desk, the courier and a real store against a Slack that fails, on a clock that only the test moves. */
export class Bench {
  readonly folder = freshFolder();
  store: SqliteStore = openSqlite(':memory:');
  slack!: FaultySlack;
  desk!: Desk;
  courier!: Courier;
  readonly logged: string[] = [];
  clock = START;
  team = '';
  ada = '';
  files: (url: string) => Promise<Uint8Array> = async () => new TextEncoder().encode('the file');

  readonly world: World = { now: () => this.clock, random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)) };

  async open(): Promise<this> {
    this.slack = await new FaultySlack(await startRoom({ now: () => this.clock })).open();
    const { members } = await api(this.slack.running, 'users.list');
    this.ada = members.find(({ real_name }: Loose) => real_name === 'Ada Okafor').id;
    this.team = (await api(this.slack.running, 'auth.test')).team_id;
    this.start();
    return this;
  }

  /** A new process on the same store: nothing is left in memory. */
  start(): void {
    this.desk = new Desk(this.store, this.world, openSigner(this.folder));
    const log = {
      info: () => {},
      warn: (_: object, text: string) => void this.logged.push(text),
      error: (_: object, text: string) => void this.logged.push(text),
    };
    const keep = (client: string, record: string, id: string, bytes: Uint8Array) =>
      this.store.open(client).keepEvidence(record, id, bytes);
    const carrier = slackCarrier({
      client: sendingClient({ botToken: TOKEN, apiUrl: this.slack.url }, TIMEOUT_MS),
      log,
      files: { fetch: (url) => this.files(url), keep },
      views: (client) => this.desk.views(client),
    });
    const failed = (_: Claimed | undefined, error: unknown) => void this.logged.push(String(error));
    this.courier = new Courier(this.store, this.desk, carrier, this.world, { failed });
  }

  async close(): Promise<void> {
    await this.slack.close();
    await this.store.close();
    const { rmSync } = await import('node:fs');
    rmSync(this.folder, { recursive: true, force: true });
  }

  get person(): NamedPerson {
    return { account: `slack/${this.team}/${this.ada}`, name: 'Ada' };
  }

  async do(command: Command, record = 'inc-testcase', also: Parameters<Desk['do']>[0]['also'] = undefined): Promise<void> {
    const answer = await this.desk.do({
      client: 'us',
      record,
      command,
      person: this.person,
      via: 'slack-signature',
      ...(also === undefined ? {} : { also }),
    });
    if ('refused' in answer) throw new Error(answer.refused);
  }

  async declare(record = 'inc-testcase'): Promise<void> {
    await this.do(
      {
        do: 'declareIncident',
        title: 'Test',
        looksLike: 'small',
        stillHappening: 'yes',
        canReachClients: 'no',
        talkingOverIt: 'no',
        runbook: SMALL,
        verifierKey: this.desk.verifierKey,
      },
      record,
    );
  }

  /** Carries until nothing is due within `ms`, moving the clock from one due time to the next. */
  async settle(ms = 15 * 60_000): Promise<void> {
    const end = this.clock + ms;
    for (;;) {
      await this.courier.round();
      const due = await this.store.outbox.nextDue();
      if (due === undefined || due > end) return;
      this.clock = Math.max(this.clock + 1, due);
    }
  }

  /** The channels and messages that Slack really has, by the bot's own hand. */
  async seen(): Promise<{ channels: Loose[]; messages: Loose[]; threads: Loose[] }> {
    const { channels } = await api(this.slack.running, 'conversations.list', { types: 'private_channel' });
    const messages: Loose[] = [];
    const threads: Loose[] = [];
    for (const { id } of channels) {
      const history = await api(this.slack.running, 'conversations.history', {
        channel: id,
        limit: '999',
        include_all_metadata: true,
      });
      const ours = history.messages.filter(({ metadata }: Loose) => metadata !== undefined);
      messages.push(...ours);
      for (const { ts } of ours) {
        const { messages: thread } = await api(this.slack.running, 'conversations.replies', {
          channel: id,
          ts,
          include_all_metadata: true,
        });
        threads.push(...thread.slice(1));
      }
    }
    return { channels, messages, threads };
  }
}

export const stored = (store: Store, record = 'inc-testcase') => store.open('us').deliveries(record);
