import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Running, startBolt, startRoom, until, Visitor } from './room-server.ts';

let running: Running;
let ada: Visitor;
let general: string;

beforeEach(async () => {
  running = await startRoom();
  ada = await new Visitor(running).signIn('Ada Okafor');
  general = await ada.channel('general');
});
afterEach(() => running.stop());

const button = (action_id: string) => ({ type: 'button', text: { type: 'plain_text', text: 'Press' }, action_id, value: 'v1' });
const form = (callback_id: string) => ({
  type: 'modal',
  callback_id,
  title: { type: 'plain_text', text: 'Form' },
  submit: { type: 'plain_text', text: 'Send' },
  blocks: [
    {
      type: 'input',
      block_id: 'why',
      label: { type: 'plain_text', text: 'Why' },
      element: { type: 'plain_text_input', action_id: 'text' },
    },
  ],
});

describe('a real Bolt app in the room', () => {
  test('a slash command opens a form, its answer creates a private channel, and the person is in it', async () => {
    const bolt = await startBolt(running, (app) => {
      app.command('/incident', async ({ ack, client, command }) => {
        await ack();
        await client.views.open({ trigger_id: command.trigger_id, view: form('declare') as never });
      });
      app.view('declare', async ({ ack, client, body, view }) => {
        await ack();
        const made = await client.conversations.create({ name: 'inc-1', is_private: true });
        const channel = made.channel?.id ?? '';
        await client.conversations.invite({ channel, users: body.user.id });
        await client.chat.postMessage({ channel, text: `Because: ${view.state.values.why?.text?.value}` });
      });
    });
    await ada.act('command', { channel: general, command: '/incident', text: '' });
    const view = await until(async () => (await ada.state()).views[0], 'a form');
    expect(await ada.act('submit', { view: view.id, state: { why: { text: '' } } })).toMatchObject({
      errors: { why: 'Please fill this in.' },
    });
    expect(await ada.act('submit', { view: view.id, state: { why: { text: 'odd logins' } } })).toEqual({ ok: true });
    const channel = await until(
      async () => (await ada.state()).channels.find((known: { name: string }) => known.name === 'inc-1'),
      'the channel',
    );
    const posted = await until(
      async () => (await ada.messages(channel.id)).find((message) => message.bot_id !== undefined && message.subtype === undefined),
      'a message',
    );
    expect(posted.text).toBe('Because: odd logins');
    expect((await ada.state()).views).toEqual([]);
    await bolt.stop();
  });

  test('a click reaches its listener with the message, and respond() replaces that message', async () => {
    const bolt = await startBolt(running, (app) => {
      app.action('go', async ({ ack, respond, body }) => {
        await ack();
        await respond({ replace_original: true, text: `clicked by ${body.user.id}`, blocks: [] });
      });
    });
    const sent = await bolt.app.client.chat.postMessage({
      channel: general,
      text: 'card',
      blocks: [{ type: 'actions', block_id: 'b', elements: [button('go')] }] as never,
    });
    const clicked = await ada.act('click', {
      channel: general,
      ts: sent.ts,
      block_id: 'b',
      action_id: 'go',
      value: null,
      state: {},
    });
    expect(clicked).toEqual({ ok: true });
    const changed = await until(
      async () => (await ada.messages(general)).find((message) => message.text.startsWith('clicked')),
      'the change',
    );
    expect(changed).toMatchObject({ ts: sent.ts, text: `clicked by ${ada.me}` });
    expect(changed.blocks).toBeUndefined();
    await bolt.stop();
  });

  test('a mention arrives once as app_mention and once as message', async () => {
    const heard: string[] = [];
    const bolt = await startBolt(running, (app) => {
      app.event('app_mention', async ({ event }) => void heard.push(`mention ${event.text}`));
      app.message(async ({ message }) => void heard.push(`message ${'text' in message ? message.text : ''}`));
    });
    await ada.act('say', { channel: general, text: '@firebreak next <please>' });
    await until(() => heard.length === 2 || undefined, 'two events');
    const text = `<@${running.room.team.botUserId}> next &lt;please&gt;`;
    expect(heard.sort()).toEqual([`mention ${text}`, `message ${text}`]);
    await bolt.stop();
  });

  test('the client’s own upload shares a file in a channel', async () => {
    const shared: string[] = [];
    const bolt = await startBolt(running, (app) => {
      app.event('file_shared', async ({ event }) => void shared.push(event.file_id));
    });
    await bolt.app.client.files.uploadV2({
      channel_id: general,
      filename: 'record.jsonl',
      content: '{"seq":1}\n',
      initial_comment: 'The record',
    });
    const message = (await ada.messages(general)).at(-1);
    expect(message).toMatchObject({ text: 'The record', files: [{ name: 'record.jsonl', size: 10 }] });
    const read = await fetch(message?.files[0].url_private, { headers: { cookie: ada.cookie } });
    expect(await read.text()).toBe('{"seq":1}\n');
    await until(() => shared[0], 'the event');
    await bolt.stop();
  });

  test('a click that nobody acknowledges tells the person so', async () => {
    const bolt = await startBolt(running, () => {});
    const sent = await bolt.app.client.chat.postMessage({
      channel: general,
      text: 'card',
      blocks: [{ type: 'actions', block_id: 'b', elements: [button('nobody')] }] as never,
    });
    const clicked = await ada.act('click', {
      channel: general,
      ts: sent.ts,
      block_id: 'b',
      action_id: 'nobody',
      value: null,
      state: {},
    });
    expect(clicked.ok).toBe(false);
    expect(clicked.error).toMatch(/did not answer within 3 seconds|answered with an error \(404\)/);
    await bolt.stop();
  });

  test('a bot that is not running is said plainly', async () => {
    const answer = await ada.act('command', { channel: general, command: '/incident', text: '' });
    expect(answer).toEqual({
      ok: false,
      error: 'Firebreak is not running, so nothing was done. Start it again, then try once more.',
    });
  });
});
