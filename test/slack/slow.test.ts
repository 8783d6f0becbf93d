import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sendingClient } from '../../src/slack/app.ts';
import { type House, personOf } from '../../src/slack/house.ts';

/** A chat that answers after three seconds: Slack gives a click as long for its ack. */
let server: Server;
let house: House;
let asked: number;
let answer: () => void;

beforeEach(async () => {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    answer = () => response.setHeader('content-type', 'application/json').end('{"ok":true,"user":{"real_name":"Ada"}}');
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  house = { surface: 'slack', client: sendingClient({ botToken: 'xoxb-1', apiUrl }), log } as Partial<House> as House;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('a name that does not come in time costs the name and not the click, and is there for the next one', async () => {
  const before = Date.now();
  const caller = { user: 'U1', team: 'T1', name: 'ada.o' };
  const people = await Promise.all([personOf(house, caller), personOf(house, caller)]);
  expect(people.map(({ name }) => name)).toEqual(['ada.o', 'ada.o']);
  expect(Date.now() - before).toBeLessThan(2_500);
  expect(asked).toBe(1);
  const next = personOf(house, caller);
  answer();
  expect((await next).name).toBe('Ada');
});
