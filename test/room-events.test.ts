import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { api, type Loose, listen, type Running, SECRET, startRoom, until, Visitor } from './room-server.ts';

type Heard = { headers: IncomingMessage['headers']; raw: string; body: Loose };

/** A bot that writes down what it hears and answers as it is told. */
class Bot {
  readonly heard: Heard[] = [];
  answers: { status: number; body?: string; json?: boolean }[] = [];
  readonly server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const raw = Buffer.concat(chunks).toString();
    const form = Object.fromEntries(new URLSearchParams(raw));
    const json = raw.startsWith('{') ? raw : form.payload;
    this.heard.push({ headers: request.headers, raw, body: json === undefined ? form : JSON.parse(json) });
    const { status, body = '', json: asJson = body.startsWith('{') } = this.answers.shift() ?? { status: 200 };
    response.writeHead(status, asJson ? { 'content-type': 'application/json' } : {});
    response.end(body);
  });

  of(type: string): Loose[] {
    return this.heard
      .map(({ body }) => body.event)
      .filter((event) => event !== undefined && (event.subtype ?? event.type) === type);
  }

  async start(): Promise<string> {
    return `http://127.0.0.1:${await listen(this.server)}/slack/events`;
  }
}

let running: Running;
let bot: Bot;
let url: string;
let ada: Visitor;
let general: string;

beforeEach(async () => {
  running = await startRoom();
  bot = new Bot();
  url = await bot.start();
  ada = await new Visitor(running).signIn('Ada Okafor');
  general = await ada.channel('general');
  running.room.connect(url);
});
afterEach(async () => {
  await running.stop();
  bot.server.closeAllConnections();
  bot.server.close();
});

const card = {
  text: 'card',
  blocks: [
    {
      type: 'actions',
      block_id: 'b',
      elements: [{ type: 'button', action_id: 'go', text: { type: 'plain_text', text: 'Go' }, value: 'v' }],
    },
  ],
};
const postCard = () => api(running, 'chat.postMessage', { channel: general, ...card });
const settled = async (count: number) => until(() => bot.heard.length >= count || undefined, `${count} requests`);

describe('how the room speaks to the bot', () => {
  test('every request is signed as Slack signs, with the content type that Slack uses', async () => {
    await ada.act('say', { channel: general, text: 'hello' });
    await ada.act('command', { channel: general, command: '/incident', text: 'drill kaseya' });
    await settled(2);
    for (const { headers, raw } of bot.heard) {
      const at = headers['x-slack-request-timestamp'];
      expect(headers['x-slack-signature']).toBe(`v0=${createHmac('sha256', SECRET).update(`v0:${at}:${raw}`).digest('hex')}`);
    }
    const types = bot.heard.map(({ headers }) => headers['content-type']).sort();
    expect(types).toEqual(['application/json', 'application/x-www-form-urlencoded']);
  });

  test('a command carries who, where, what, and the two addresses to answer to', async () => {
    await ada.act('command', { channel: general, command: '/incident', text: 'drill kaseya' });
    expect(bot.heard[0]?.body).toMatchObject({
      command: '/incident',
      text: 'drill kaseya',
      user_id: ada.me,
      channel_id: general,
      channel_name: 'general',
      team_id: running.room.team.id,
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/actions\//),
      trigger_id: expect.stringMatching(/^\d+\.\d+\.[0-9a-f]+$/),
    });
  });

  test('an event names its workspace and the app’s authorization, and has an id of its own', async () => {
    await ada.act('say', { channel: general, text: 'hello' });
    await settled(1);
    const { bot_id: _, ...event } = bot.heard[0]?.body ?? {};
    expect(event).toMatchObject({
      type: 'event_callback',
      team_id: running.room.team.id,
      event_id: expect.stringMatching(/^Ev/),
      authorizations: [{ user_id: running.room.team.botUserId, is_bot: true }],
      event: { type: 'message', channel_type: 'channel', user: ada.me, text: 'hello', channel: general },
    });
  });

  test('edits, deletions, reactions and files are told, with what was there before', async () => {
    const { ts } = await ada.act('say', { channel: general, text: 'one' });
    await ada.act('edit', { channel: general, ts, text: 'two' });
    await ada.act('react', { channel: general, ts, name: 'memo', on: true });
    await ada.act('react', { channel: general, ts, name: 'memo', on: false });
    await ada.act('delete', { channel: general, ts });
    await settled(5);
    expect(bot.of('message_changed')[0]).toMatchObject({
      message: { text: 'two', edited: { user: ada.me } },
      previous_message: { text: 'one' },
    });
    expect(bot.of('reaction_added')[0]).toMatchObject({
      reaction: 'memo',
      user: ada.me,
      item: { channel: general, ts },
      item_user: ada.me,
    });
    expect(bot.of('reaction_removed')).toHaveLength(1);
    expect(bot.of('message_deleted')[0]).toMatchObject({ deleted_ts: ts, previous_message: { text: 'two' } });
  });

  test('a message with metadata is announced with it', async () => {
    await api(running, 'chat.postMessage', {
      channel: general,
      text: 'a',
      metadata: { event_type: 'delivery', event_payload: { key: 'd1' } },
    });
    await until(() => bot.of('message_metadata_posted')[0], 'the event');
    expect(bot.of('message_metadata_posted')[0]).toMatchObject({ metadata: { event_payload: { key: 'd1' } }, channel_id: general });
  });

  test('from a channel it is not in, the bot hears nothing', async () => {
    await ada.act('create', { name: 'ours', private: true });
    const ours = await ada.channel('ours');
    await ada.act('say', { channel: ours, text: 'a secret' });
    await ada.act('say', { channel: general, text: 'last' });
    await until(() => bot.of('message').length > 0 || undefined, 'the last message');
    expect(bot.heard.map(({ raw }) => raw).join()).not.toContain('a secret');
    expect((await ada.act('invite', { channel: ours, people: [running.room.team.botUserId] })).ok).toBe(true);
    await until(() => bot.of('member_joined_channel')[0], 'being invited');
    expect(bot.of('member_joined_channel')[0]).toMatchObject({
      user: running.room.team.botUserId,
      inviter: ada.me,
      channel_type: 'G',
    });
  });

  test('a direct message to the bot arrives as im, and opening it and the Home is told apart', async () => {
    const { channel } = await ada.act('home', { opened: 'home' });
    await ada.act('home', { opened: 'messages' });
    await ada.act('say', { channel, text: 'hello' });
    await settled(3);
    expect(
      bot
        .of('app_home_opened')
        .map(({ tab }) => tab)
        .sort(),
    ).toEqual(['home', 'messages']);
    expect(bot.of('message')[0]).toMatchObject({ channel_type: 'im', channel });
  });
});

describe('clicks, shortcuts and forms', () => {
  test('a click carries its message, its container, its state and one action', async () => {
    const { ts } = await postCard();
    await ada.act('click', { channel: general, ts, block_id: 'b', action_id: 'go', value: null, state: {} });
    const click = bot.heard.map(({ body }) => body).find(({ type }) => type === 'block_actions');
    expect(click).toMatchObject({
      user: { id: ada.me, team_id: running.room.team.id },
      container: { type: 'message', message_ts: ts, channel_id: general, is_ephemeral: false },
      channel: { id: general, name: 'general' },
      message: { ts, text: 'card', bot_id: running.room.team.botId },
      state: { values: {} },
      actions: [{ type: 'button', action_id: 'go', block_id: 'b', value: 'v', text: { text: 'Go' } }],
    });
    expect(click?.actions[0].action_ts).toMatch(/^\d+\.\d{6}$/);
  });

  test('a click on what is no longer there is not sent, and the person is told', async () => {
    const { ts } = await postCard();
    await api(running, 'chat.update', { channel: general, ts, text: 'closed', blocks: [] });
    const answer = await ada.act('click', { channel: general, ts, block_id: 'b', action_id: 'go', value: null, state: {} });
    expect(answer).toEqual({
      ok: false,
      error: 'This was changed in the meantime and no longer has that button. Look again before you choose.',
    });
  });

  test('a choice in a menu is sent as the whole option, and one that is not offered is refused', async () => {
    const options = ['a', 'b'].map((value) => ({ text: { type: 'plain_text', text: value }, value }));
    const menu = { type: 'actions', block_id: 'm', elements: [{ type: 'static_select', action_id: 'pick', options }] };
    const { ts } = await api(running, 'chat.postMessage', { channel: general, text: 'menu', blocks: [menu] });
    const pick = (value: string) =>
      ada.act('click', { channel: general, ts, block_id: 'm', action_id: 'pick', value, state: { m: { pick: value } } });
    expect((await pick('b')).ok).toBe(true);
    const click = bot.heard.map(({ body }) => body).find(({ type }) => type === 'block_actions');
    expect(click?.actions[0].selected_option).toEqual(options[1]);
    expect(click?.state.values.m.pick).toEqual({ type: 'static_select', selected_option: options[1] });
    expect((await pick('z')).error).toContain('no longer offered');
  });

  test('a message shortcut carries the message it was used on', async () => {
    const { ts } = await ada.act('say', { channel: general, text: 'the firewall was open' });
    await ada.act('shortcut', { callback_id: 'note', channel: general, ts });
    const used = bot.heard.map(({ body }) => body).find(({ type }) => type === 'message_action');
    expect(used).toMatchObject({
      callback_id: 'note',
      message_ts: ts,
      message: { text: 'the firewall was open', user: ada.me },
      channel: { id: general },
    });
  });

  test('a global shortcut carries a trigger and no message', async () => {
    await running.stop();
    running = await startRoom({
      shortcuts: [{ callback_id: 'declare', name: 'Start an incident', type: 'global' }],
      eventsUrl: url,
    });
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect(await ben.act('shortcut', { callback_id: 'declare' })).toEqual({ ok: true });
    expect(bot.heard.at(-1)?.body).toMatchObject({
      type: 'shortcut',
      callback_id: 'declare',
      user: { id: ben.me },
      trigger_id: expect.any(String),
    });
    expect((await ben.act('shortcut', { callback_id: 'other' })).error).toBe('This shortcut is no longer offered.');
  });

  async function openForm(view: Loose): Promise<Loose> {
    await ada.act('command', { channel: general, command: '/incident', text: '' });
    const trigger_id = bot.heard.map(({ body }) => body).findLast(({ command }) => command !== undefined)?.trigger_id;
    return api(running, 'views.open', { trigger_id, view });
  }
  const title = { type: 'plain_text', text: 'T' };
  const inputs = {
    type: 'modal',
    callback_id: 'f',
    title,
    submit: title,
    notify_on_close: true,
    private_metadata: 'kept',
    blocks: [
      { type: 'input', block_id: 'a', optional: true, label: title, element: { type: 'plain_text_input', action_id: 'x' } },
      {
        type: 'input',
        block_id: 'n',
        optional: true,
        label: title,
        element: { type: 'number_input', action_id: 'x', is_decimal_allowed: false, max_value: '9' },
      },
      { type: 'input', block_id: 'd', label: title, element: { type: 'datepicker', action_id: 'x', initial_date: '2026-11-23' } },
      {
        type: 'input',
        block_id: 'c',
        optional: true,
        label: title,
        element: { type: 'checkboxes', action_id: 'x', options: [{ text: title, value: 'o' }] },
      },
    ],
  };

  test('a submitted form carries every input, null where nothing was written, and what it began with', async () => {
    const { view } = await openForm(inputs);
    expect(await ada.act('submit', { view: view.id, state: { n: { x: '7' }, c: { x: ['o'] } } })).toEqual({ ok: true });
    const sent = bot.heard.map(({ body }) => body).find(({ type }) => type === 'view_submission');
    expect(sent?.view).toMatchObject({ id: view.id, callback_id: 'f', private_metadata: 'kept', root_view_id: view.id });
    expect(sent?.view.state.values).toEqual({
      a: { x: { type: 'plain_text_input', value: null } },
      n: { x: { type: 'number_input', value: '7' } },
      d: { x: { type: 'datepicker', selected_date: '2026-11-23' } },
      c: { x: { type: 'checkboxes', selected_options: [{ text: title, value: 'o' }] } },
    });
  });

  test('what a person must mend is said beside the input and not sent', async () => {
    const { view } = await openForm(inputs);
    expect(await ada.act('submit', { view: view.id, state: { n: { x: '12' }, d: { x: '' } } })).toEqual({
      ok: true,
      errors: { n: 'Please write at most 9.', d: 'Please fill this in.' },
    });
    expect(bot.heard.some(({ body }) => body.type === 'view_submission')).toBe(false);
    expect((await ada.state()).views).toHaveLength(1);
  });

  test('the bot’s errors keep the form open; update replaces it; push covers it; an empty answer closes the top; clear closes all', async () => {
    const { view } = await openForm(inputs);
    const plain = (name: string) => ({ type: 'modal', title: { type: 'plain_text', text: name }, blocks: [] });
    const names = async () => (await ada.state()).views.map((open: Loose) => open.title.text);
    const submit = async (id: string, answer: Loose) => {
      bot.answers = [{ status: 200, body: JSON.stringify(answer) }];
      return ada.act('submit', { view: id, state: {} });
    };
    expect(await submit(view.id, { response_action: 'errors', errors: { a: 'no' } })).toEqual({ ok: true, errors: { a: 'no' } });
    await submit(view.id, { response_action: 'push', view: plain('second') });
    expect(await names()).toEqual(['T', 'second']);
    const [, second] = (await ada.state()).views;
    await submit(second.id, { response_action: 'update', view: plain('changed') });
    expect(await names()).toEqual(['T', 'changed']);
    bot.answers = [{ status: 200 }];
    await ada.act('submit', { view: second.id, state: {} });
    expect(await names()).toEqual(['T']);
    await submit(view.id, { response_action: 'clear' });
    expect(await names()).toEqual([]);
  });

  test('a form that is left is told if the bot asked for it', async () => {
    const { view } = await openForm(inputs);
    await ada.act('close', { view: view.id, all: false });
    const closed = () => bot.heard.map(({ body }) => body).find(({ type }) => type === 'view_closed');
    expect(await until(closed, 'the news')).toMatchObject({
      is_cleared: false,
      view: { id: view.id },
    });
    expect((await ada.state()).views).toEqual([]);
  });

  test('a trigger opens one form, within three seconds', async () => {
    running.clock.ms = Date.now();
    const simple = { type: 'modal', title, blocks: [] };
    expect(await openForm(simple)).toMatchObject({ ok: true });
    const trigger_id = bot.heard.at(-1)?.body.trigger_id;
    expect(await api(running, 'views.open', { trigger_id, view: simple })).toMatchObject({ error: 'exchanged_trigger_id' });
    expect(await api(running, 'views.open', { trigger_id: '1.2.abc', view: simple })).toMatchObject({
      error: 'invalid_trigger_id',
    });
    await ada.act('command', { channel: general, command: '/incident', text: '' });
    const late = bot.heard.at(-1)?.body.trigger_id;
    running.clock.ms += 3001;
    expect(await api(running, 'views.open', { trigger_id: late, view: simple })).toMatchObject({ error: 'expired_trigger_id' });
    await ada.act('command', { channel: general, command: '/incident', text: '' });
    running.clock.ms += 3000;
    expect(await api(running, 'views.open', { trigger_id: bot.heard.at(-1)?.body.trigger_id, view: simple })).toMatchObject({
      ok: true,
    });
  });

  test('a form that somebody else changed in the meantime is not overwritten', async () => {
    const { view } = await openForm({ ...inputs, external_id: 'mine' });
    const changed = await api(running, 'views.update', { view_id: view.id, hash: view.hash, view: inputs });
    expect(changed.ok).toBe(true);
    expect(await api(running, 'views.update', { external_id: 'gone', view: inputs })).toMatchObject({ error: 'not_found' });
    expect(await api(running, 'views.update', { view_id: view.id, hash: view.hash, view: inputs })).toMatchObject({
      error: 'hash_conflict',
    });
  });

  test('a fourth form on top of three is refused', async () => {
    const simple = { type: 'modal', title, blocks: [] };
    await openForm(simple);
    const push = async () => {
      await ada.act('command', { channel: general, command: '/incident', text: '' });
      return api(running, 'views.push', { trigger_id: bot.heard.at(-1)?.body.trigger_id, view: simple });
    };
    expect([(await push()).ok, (await push()).ok]).toEqual([true, true]);
    expect(await push()).toMatchObject({ error: 'push_limit_reached' });
  });

  test('a Home belongs to one person and is kept for them', async () => {
    const home = { type: 'home', blocks: [{ type: 'header', text: { type: 'plain_text', text: 'Open incidents' } }] };
    expect(await api(running, 'views.publish', { user_id: ada.me, view: home })).toMatchObject({ ok: true });
    expect((await ada.state()).home.blocks[0].text.text).toBe('Open incidents');
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect((await ben.state()).home).toBeNull();
    expect(await api(running, 'views.publish', { user_id: ada.me, view: home, hash: 'old' })).toMatchObject({
      error: 'hash_conflict',
    });
  });
});

describe('answers to a response_url', () => {
  async function clicked(): Promise<{ ts: string; respond: (body: Loose) => Promise<Response> }> {
    const { ts } = await postCard();
    await ada.act('click', { channel: general, ts, block_id: 'b', action_id: 'go', value: null, state: {} });
    const answerTo = bot.heard.map(({ body }) => body).find(({ type }) => type === 'block_actions')?.response_url;
    return {
      ts,
      respond: (body) =>
        fetch(answerTo, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    };
  }

  test('speak to the person alone unless they say otherwise', async () => {
    const { respond } = await clicked();
    await respond({ text: 'for you' });
    await respond({ text: 'for all', response_type: 'in_channel' });
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect((await ada.messages(general)).map(({ text }) => text)).toEqual(['card', 'for you', 'for all']);
    expect((await ben.messages(general)).map(({ text }) => text)).toEqual(['card', 'for all']);
  });

  test('replace or delete the message that was acted on', async () => {
    const { ts, respond } = await clicked();
    await respond({ replace_original: true, text: 'new', blocks: [] });
    expect((await ada.messages(general)).find((message) => message.ts === ts)?.text).toBe('new');
    await respond({ delete_original: true });
    expect((await ada.messages(general)).some((message) => message.ts === ts)).toBe(false);
  });

  test('five uses, then no more', async () => {
    const { respond } = await clicked();
    for (let use = 0; use < 5; use++) expect((await respond({ text: `${use}` })).status).toBe(200);
    const sixth = await respond({ text: 'six' });
    expect([sixth.status, await sixth.text()]).toEqual([404, 'used_url']);
  });

  test('thirty minutes, then no more', async () => {
    running.clock.ms = Date.now();
    const { respond } = await clicked();
    running.clock.ms += 30 * 60_000;
    expect((await respond({ text: 'in time' })).status).toBe(200);
    running.clock.ms += 1;
    expect(await (await respond({ text: 'late' })).text()).toBe('expired_url');
  });

  test('a command may be answered at once, to the person or to all', async () => {
    bot.answers = [{ status: 200, body: 'just text' }];
    expect(await ada.act('command', { channel: general, command: '/incident', text: '' })).toEqual({ ok: true, answered: true });
    bot.answers = [{ status: 200, body: JSON.stringify({ response_type: 'in_channel', text: 'for all' }) }];
    await ada.act('command', { channel: general, command: '/incident', text: '' });
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect((await ada.messages(general)).map(({ text }) => text)).toEqual(['just text', 'for all']);
    expect((await ben.messages(general)).map(({ text }) => text)).toEqual(['for all']);
  });
});

describe('events that the bot does not take', () => {
  test('are sent again at once, after a minute and after five, and say so', async () => {
    running.clock.ms = Date.now();
    bot.answers = [{ status: 500 }, { status: 500 }, { status: 500 }, { status: 200 }];
    await ada.act('say', { channel: general, text: 'hello' });
    await settled(2);
    running.clock.ms += 59_000;
    await running.room.tick();
    expect(bot.heard).toHaveLength(2);
    running.clock.ms += 1000;
    await running.room.tick();
    expect(bot.heard).toHaveLength(3);
    running.clock.ms += 300_000;
    await running.room.tick();
    const tries = bot.heard.map(({ headers, body }) => [
      headers['x-slack-retry-num'],
      headers['x-slack-retry-reason'],
      body.event_id,
    ]);
    const id = bot.heard[0]?.body.event_id;
    expect(tries).toEqual([
      [undefined, undefined, id],
      ['1', 'http_error', id],
      ['2', 'http_error', id],
      ['3', 'http_error', id],
    ]);
    running.clock.ms += 3_600_000;
    await running.room.tick();
    expect(bot.heard).toHaveLength(4);
  });

  test('wait on the shelf while the bot is away, and reach it when it comes back, even in another run of the room', async () => {
    bot.server.closeAllConnections();
    await new Promise((resolve) => bot.server.close(resolve));
    await ada.act('say', { channel: general, text: 'while you were away' });
    await until(
      () =>
        [...running.shelf.rows.values()].some(({ kind, json }) => kind === 'event' && JSON.parse(json).attempts > 0) || undefined,
      'a failed attempt',
    );
    await running.stop();
    const again = new Bot();
    running = await startRoom({ shelf: running.shelf });
    running.room.connect(await again.start());
    await until(() => again.of('message')[0], 'the message');
    expect(again.of('message')[0]?.text).toBe('while you were away');
    await until(
      () => ![...running.shelf.rows.values()].some(({ kind }) => kind === 'event') || undefined,
      'an empty shelf of events',
    );
    again.server.closeAllConnections();
    again.server.close();
  });
});
