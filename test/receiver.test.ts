import type { App, Receiver, ReceiverEvent } from '@slack/bolt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Inbox } from '../src/desk/ports.ts';
import { DurableReceiver } from '../src/slack/receiver.ts';
import { openSqlite, type SqliteStore } from '../src/store/sqlite.ts';
import { until } from './room-server.ts';

/** What Slack sends unasked is on the disk before it is acknowledged, is worked on once, and is not forgotten where that failed. */
let store: SqliteStore;
let log: string[];
let worked: string[];
let failing: number;
beforeEach(() => {
  store = openSqlite(':memory:');
  log = [];
  worked = [];
  failing = 0;
});
afterEach(() => store.close());

/** A transport that hands events in by hand, and an app that acknowledges at once and then works, as Bolt does with events. */
function open(inbox: Inbox = store.inbox): { receiver: DurableReceiver; send(event: ReceiverEvent): Promise<void> } {
  let gate: App | undefined;
  const init = (app: App) => {
    gate = app;
  };
  const inner: Receiver = { init, start: async () => undefined, stop: async () => undefined };
  const app = {
    processEvent: async ({ ack, body }: ReceiverEvent) => {
      await ack();
      if (failing-- > 0) throw new Error('the store was busy');
      worked.push(String(body.event_id ?? body.type));
    },
  };
  const say = (_: object, text: string) => void log.push(text);
  const receiver = new DurableReceiver(inner, inbox, { info: say, warn: say, error: say }, [1, 1, 1]);
  receiver.init(app as App);
  return { receiver, send: async (event) => gate?.processEvent(event) };
}

const event = (id: string, more: object = {}, acked: () => void = () => {}): ReceiverEvent => ({
  body: { type: 'event_callback', event_id: id, event: { type: 'app_mention', text: 'note x', ...more } },
  ack: async () => acked(),
});

test('an event is in the inbox before it is acknowledged, and its words are gone when it is done', async () => {
  const { send } = open();
  let pending = 0;
  const ack = async () => {
    pending = (await store.inbox.pending()).length;
  };
  await send({ ...event('Ev1'), ack });
  expect(pending).toBe(1);
  expect(await store.inbox.pending()).toEqual([]);
});

test('four copies are four acks and one piece of work', async () => {
  const { send } = open();
  let acks = 0;
  await Promise.all(Array.from({ length: 4 }, () => send(event('Ev1', {}, () => acks++))));
  expect([acks, worked]).toEqual([4, ['Ev1']]);
});

test('what cannot be stored is not acknowledged: Slack sends it again', async () => {
  const full: Inbox = { ...store.inbox, put: () => Promise.reject(new Error('database or disk is full')) };
  const { send } = open(full);
  let acks = 0;
  await expect(send(event('Ev1', {}, () => acks++))).rejects.toThrow('full');
  expect([acks, worked]).toEqual([0, []]);
});

test('work that failed after its ack is done again while the process runs, and once', async () => {
  failing = 2;
  const { send } = open();
  await expect(send(event('Ev1'))).rejects.toThrow('busy');
  await until(() => worked.length > 0, 'the event worked on');
  expect(worked).toEqual(['Ev1']);
  await until(async () => (await store.inbox.pending()).length === 0, 'the inbox empty');
});

test('what a process left behind is worked on by the next one, and one that never works is set aside', async () => {
  await store.inbox.put('event/Ev1', JSON.stringify(event('Ev1').body), 1);
  await open().receiver.replay();
  expect(worked).toEqual(['Ev1']);
  await store.inbox.put('event/Ev2', JSON.stringify(event('Ev2').body), 2);
  failing = 1_000;
  for (let boot = 0; boot < 7; boot++) await open().receiver.replay();
  expect(log.filter((line) => line === 'an event failed too often and is set aside')).toHaveLength(1);
  expect(await store.inbox.pending()).toEqual([]);
});

test('messages of bots, our own cards above all, are handed on without being stored', async () => {
  const stored: string[] = [];
  const { send } = open({ ...store.inbox, put: async (key) => stored.push(key) > 0 });
  await send(event('Ev1', { type: 'message', subtype: 'message_changed', message: { ts: '1', bot_id: 'B1' } }));
  await send(event('Ev2', { type: 'message', bot_id: 'B1' }));
  await send(event('Ev3', { type: 'message', user: 'U1' }));
  expect([stored, worked]).toEqual([['event/Ev3'], ['Ev1', 'Ev2', 'Ev3']]);
});

test('clicks and forms need no inbox: they are recorded before their ack', async () => {
  const { send } = open();
  await send({ body: { type: 'block_actions' }, ack: async () => {} });
  expect(worked).toEqual(['block_actions']);
});
