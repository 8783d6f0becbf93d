// The bot as `npm start` runs it, with the room as its Slack and a signing secret that the driver knows.
import { mkdtempSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHouse, settingsOf, world } from '../../../src/cli/house.ts';
import { openLog } from '../../../src/cli/log.ts';
import { shelvesOf, startWork } from '../../../src/cli/work.ts';
import { createRoom } from '../../../src/room/room.ts';
import { SECRET } from './secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-firebreak-'));
const settings = settingsOf({ FIREBREAK_DATA: folder });
const parts = openHouse(settings);
const room = createRoom({
  shelf: parts.store.room,
  signingSecret: SECRET,
  botToken: 'xoxb-bench',
  now: world.now,
  random: world.random,
  eventsUrl: '',
  rateLimits: 'off',
  commands: [{ command: '/incident', description: 'Start an incident', usage: '' }],
  shortcuts: [],
});
let bot: RequestListener = (_, response) => void response.writeHead(503).end();
const server = createServer((request, response) =>
  (request.url?.startsWith('/slack/events') ? bot : room.listener)(request, response),
);
await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const connection = {
  botToken: 'xoxb-bench',
  apiUrl: `${url}/api/`,
  transport: { kind: 'http' as const, signingSecret: SECRET, port: 0 },
};
const work = await startWork(parts, shelvesOf(settings), connection, openLog('warn'), {
  surface: 'room',
  via: () => 'picked-from-list',
  copy: () => '',
});
if (work.bot.http !== undefined) bot = work.bot.http.requestListener;
room.connect(`${url}/slack/events`);
process.send?.({ url: `${url}/slack/events`, folder, team: room.team.id, api: `${url}/api/` });

// The driver is gone: nobody is left to click.
process.on('disconnect', () => process.exit());
