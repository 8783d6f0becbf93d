// The app to measure against: Bolt, and one durable insert before the ack. Nothing else.
import { mkdtempSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import { SECRET } from './secret.ts';

const folder = mkdtempSync(join(tmpdir(), 'bench-bare-'));
const database = new DatabaseSync(join(folder, 'bare.db'), { timeout: 5000 });
database.exec(
  'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE click (id INTEGER PRIMARY KEY, body TEXT NOT NULL)',
);
const insert = database.prepare('INSERT INTO click (body) VALUES (?)');

const receiver = new HTTPReceiver({ signingSecret: SECRET, port: 0, logLevel: LogLevel.ERROR });
const authorize = async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U1' });
const app = new App({ authorize, receiver, logLevel: LogLevel.ERROR, convoStore: false });
app.action(/.*/, async ({ ack, body }) => {
  insert.run(JSON.stringify(body));
  await ack();
});
const server = (await app.start({ port: 0, host: '127.0.0.1' })) as Server;
process.send?.({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`, folder });

// The driver is gone: nobody is left to click.
process.on('disconnect', () => process.exit());
