import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Courier } from '../desk/courier.ts';
import { Reckoner } from '../desk/reckoner.ts';
import { Watch } from '../desk/watch.ts';
import { createRoom } from '../room/room.ts';
import { type Bot, type Connection, createBot, sendingClient } from '../slack/app.ts';
import { slackCarrier } from '../slack/carrier.ts';
import type { House, Library, Log } from '../slack/house.ts';
import { type Command, type Terminal, UsageError } from './command.ts';
import { fileFetcher } from './fetch-file.ts';
import { type Opened, openHouse, type Settings, settingsOf, US, world } from './house.ts';
import { openLaw } from './law-shelf.ts';
import { openLibrary } from './library.ts';
import { openLog } from './log.ts';
import { exportBeside } from './pack.ts';
import { DrillStages } from './stages.ts';

/** `start`: Slack where SLACK_BOT_TOKEN is set, else the room on this machine. Runs until it is told to stop. */
export const start: Command = async (args, terminal) => {
  const running = await open(args, terminal);
  terminal.err(running.says);
  await stopped(terminal);
  await running.close();
  return 0;
};

export type Running = { says: string; url: string; close(): Promise<void> };

/** Builds the parts and starts them; a test closes what it opened. */
export async function open(args: string[], terminal: Terminal): Promise<Running> {
  const settings = settingsOf(terminal.env);
  const log = openLog(terminal.env.FIREBREAK_LOG ?? 'warn');
  const parts = openHouse(settings);
  try {
    return await (terminal.env.SLACK_BOT_TOKEN
      ? openSlack(parts, settings, terminal, log)
      : openRoom(parts, settings, portOf(args, terminal), log));
  } catch (error) {
    await parts.store.close();
    throw error;
  }
}

function portOf(args: string[], { env }: Terminal): number {
  const at = args.indexOf('--port');
  const port = Number(at < 0 ? (env.PORT ?? 3210) : args[at + 1]);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--port wants a number from 0 to 65535, not "${args[at + 1] ?? env.PORT}".`);
  return port;
}

/** The built-in workspace: an in-process Slack at HTTP level, which the bot reaches like any other. */
async function openRoom(parts: Opened, settings: Settings, port: number, log: Log): Promise<Running> {
  const signingSecret = randomBytes(32).toString('hex');
  const botToken = `xoxb-${randomBytes(16).toString('hex')}`;
  const room = createRoom({
    shelf: parts.store.room,
    signingSecret,
    botToken,
    now: world.now,
    random: world.random,
    eventsUrl: '',
    commands: [
      {
        command: '/incident',
        description: 'Start an incident, list what is open, or play a drill',
        usage: '[list | drill kaseya]',
      },
    ],
    shortcuts: [{ callback_id: 'keep_message', name: 'Keep in the record' }],
    log: (line) => log.warn({}, line),
  });
  let bot: RequestListener = (_, response) => response.writeHead(503).end();
  const server = await listenOn(port, (request, response) =>
    (request.url?.startsWith('/slack/events') ? bot : room.listener)(request, response),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const connection: Connection = { botToken, apiUrl: `${url}/api/`, transport: { kind: 'http', signingSecret, port: 0 } };
  const work = await startWork(parts, shelvesOf(settings), connection, log);
  if (work.bot.http !== undefined) bot = work.bot.http.requestListener;
  room.connect(`${url}/slack/events`);
  return {
    url,
    says: `Firebreak is open at ${url} (your records are in ${settings.data}). Stop it with Ctrl-C.`,
    close: async () => {
      await work.quiet();
      await room.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await parts.store.close();
    },
  };
}

async function openSlack(parts: Opened, settings: Settings, { env }: Terminal, log: Log): Promise<Running> {
  const {
    SLACK_BOT_TOKEN: botToken = '',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_APP_TOKEN: appToken,
    SLACK_API_URL: apiUrl,
  } = env;
  const port = Number(env.PORT ?? 3210);
  if (!appToken && !signingSecret)
    throw new UsageError('SLACK_BOT_TOKEN is set. Set SLACK_APP_TOKEN too (Socket Mode), or SLACK_SIGNING_SECRET (HTTP).');
  const transport: Connection['transport'] = appToken
    ? { kind: 'socket', appToken }
    : { kind: 'http', signingSecret: signingSecret ?? '', port };
  const work = await startWork(parts, shelvesOf(settings), { botToken, apiUrl, transport }, log);
  await work.bot.receiver.start(...(transport.kind === 'http' ? [port] : []));
  const how = appToken ? 'over Socket Mode' : `over HTTP: Slack reaches it at port ${port}, path /slack/events`;
  return {
    url: '',
    says: `Firebreak is connected to Slack ${how}. Stop it with Ctrl-C.`,
    close: async () => {
      await work.bot.receiver.stop();
      await work.quiet();
      await parts.store.close();
    },
  };
}

/** What stands on disk beside the store. */
export type Shelves = { library: Library; data: string; drills: string };

const shelvesOf = ({ runbooks, data }: Settings): Shelves => ({
  library: openLibrary(runbooks),
  data,
  drills: join(runbooks, 'drills'),
});

export type Work = {
  bot: Bot;
  courier: Courier;
  watch: Watch /** Takes no more work, and waits for what is in flight. */;
  quiet(): Promise<void>;
};

/** The bot, the courier and the watch, over an open store. What an earlier run left undone is taken up first. */
export async function startWork(
  { store, desk }: Opened,
  { library, data, drills }: Shelves,
  connection: Connection,
  log: Log,
): Promise<Work> {
  desk.reckoner ??= new Reckoner(openLaw());
  const house: House = {
    desk,
    store,
    library,
    client: sendingClient(connection, 2_500),
    log,
    via: () => 'slack-signature',
    clientOf: () => US,
    exportPack: (client, record) => exportBeside(store, client, record, data),
  };
  const stages = new DrillStages(desk, library, drills);
  house.drill = (name, by) => stages.play(name, by);
  const bot = await createBot(house, connection, store.inbox);
  const files = {
    fetch: fileFetcher(connection),
    keep: (client: string, record: string, id: string, bytes: Uint8Array) => store.open(client).keepEvidence(record, id, bytes),
  };
  const carrier = slackCarrier({ client: sendingClient(connection), log, files, views: (client) => desk.views(client) });
  const failed = (delivery: { id: string } | undefined, error: unknown) =>
    log.error({ delivery: delivery?.id, error }, 'a delivery could not be carried');
  const courier = new Courier(store, desk, carrier, world, { failed });
  const watch = new Watch(store, desk, world, (error) => log.error({ error }, 'the watch could not look'));
  desk.onDeliveries = () => courier.wake();
  await bot.receiver.replay();
  courier.start();
  watch.start();
  return {
    bot,
    courier,
    watch,
    quiet: async () => {
      stages.stop();
      watch.stop();
      await courier.stop();
    },
  };
}

function listenOn(port: number, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(`Port ${port} is in use. Nothing was started. Choose another with --port, or stop what uses it.`)
          : error,
      );
    });
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

/** Ctrl-C, a service manager's TERM, or the npm that started us going away: dash ends npm and leaves its child unaware. */
function stopped({ env }: Terminal): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    if (env.npm_lifecycle_event === undefined) return;
    const parent = process.ppid;
    const timer = setInterval(() => {
      if (process.ppid !== parent) resolve();
    }, 500);
    timer.unref();
  });
}
