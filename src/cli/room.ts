import { randomBytes } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { renderUnicodeCompact } from 'uqr';
import { createRoom } from '../room/room.ts';
import type { Connection } from '../slack/app.ts';
import type { Log } from '../slack/house.ts';
import { boardFor } from './board-room.ts';
import { type CopyShelf, copyShelf } from './checkpoint-copy.ts';
import { UsageError } from './command.ts';
import { type Opened, type Settings, world } from './house.ts';
import { type Running, shelvesOf, startWork } from './work.ts';

/** Where the room listens. Beyond this machine only with a passphrase, and then only with join links. */
export type Doorway = { port: number; host: string; passphrase?: string };

const VIA = { 'picked from a list': 'picked-from-list', 'joined by link': 'join-link', 'the bot': 'bot' } as const;

/** The built-in workspace: an in-process Slack at HTTP level, which the bot reaches like any other. */
export async function openRoom(parts: Opened, settings: Settings, door: Doorway, log: Log): Promise<Running> {
  const signingSecret = randomBytes(32).toString('hex');
  const botToken = `xoxb-${randomBytes(16).toString('hex')}`;
  let copies: CopyShelf | undefined;
  const shelves = shelvesOf(settings);
  const room = createRoom({
    templates: shelves.library,
    pages: { checkpoint: (name) => copies?.page(name), board: (incident, visitor) => boardFor(parts, incident, visitor) },
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
    ...(door.passphrase === undefined ? {} : { access: { passphrase: door.passphrase }, hosts: hostsOf(door) }),
  });
  let bot: RequestListener = (_, response) => response.writeHead(503).end();
  const server = await listenOn(door, (request, response) =>
    (request.url?.startsWith('/slack/events') ? bot : room.listener)(request, response),
  );
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const shelf = copyShelf(join(settings.data, 'checkpoints'), url);
  copies = shelf;
  const connection: Connection = { botToken, apiUrl: `${url}/api/`, transport: { kind: 'http', signingSecret, port: 0 } };
  const work = await startWork(parts, shelves, connection, log, {
    surface: 'room',
    via: (user) => VIA[room.identityOf(user)],
    copy: shelf.keep,
    boardUrl: (incident) => `${url}/board/${incident}`,
  });
  if (work.bot.http !== undefined) bot = work.bot.http.requestListener;
  room.connect(`${url}/slack/events`);
  return {
    url,
    says: door.passphrase === undefined ? openSentence(url, settings) : doorSentence(door, room.joinLink(), settings),
    close: async () => {
      await work.quiet();
      await room.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await parts.store.close();
    },
  };
}

const openSentence = (url: string, { data }: Settings): string =>
  `Firebreak is open at ${url} (your records are in ${data}). Stop it with Ctrl-C.`;

/** Printed once, for the person who started it: the way in for phones and colleagues. */
function doorSentence(door: Doorway, joinPath: string, { data }: Settings): string {
  const [host = `127.0.0.1:${door.port}`] = hostsOf(door);
  const link = `http://${host}${joinPath}`;
  return [
    `Firebreak is open at http://${host} (your records are in ${data}). Stop it with Ctrl-C.`,
    'Whoever comes in needs a join link and the passphrase. The first link, for one person:',
    link,
    renderUnicodeCompact(link),
    `Passphrase: ${door.passphrase}`,
    'The connection is not encrypted: use it in a network you trust, or behind a proxy with TLS.',
  ].join('\n');
}

/** The names under which this machine is reached from elsewhere. */
function hostsOf({ port, host }: Doorway): string[] {
  if (host !== '0.0.0.0' && host !== '::') return [`${host}:${port}`];
  const addresses = Object.values(networkInterfaces()).flatMap((found) => found ?? []);
  return addresses.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => `${address}:${port}`);
}

function listenOn({ port, host }: Doorway, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new UsageError(`Port ${port} is in use. Nothing was started. Choose another with --port, or stop what uses it.`)
          : error,
      );
    });
    server.listen(port, host, () => resolve(server));
  });
}
