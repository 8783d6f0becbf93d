import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { METHODS } from '../src/room/web-api.ts';
import { api, type Running, startRoom, TOKEN, Visitor } from './room-server.ts';

let running: Running;
let ada: Visitor;
let general: string;
const call = (method: string, args: Record<string, unknown> = {}) => api(running, method, args);
const post = (channel: string, text: string, more: Record<string, unknown> = {}) =>
  call('chat.postMessage', { channel, text, ...more });

beforeEach(async () => {
  running = await startRoom();
  ada = await new Visitor(running).signIn('Ada Okafor');
  general = await ada.channel('general');
});
afterEach(() => running.stop());

describe('calling the Web API', () => {
  test('a method that does not exist answers unknown_method with status 200, so that no client tries it again and again', async () => {
    const response = await fetch(`${running.base}/api/canvases.create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ ok: false, error: 'unknown_method' });
  });

  test('a call without a token, or with another, is refused', async () => {
    expect(await api(running, 'auth.test', {}, 'xoxb-other')).toEqual({ ok: false, error: 'invalid_auth' });
    const bare = await fetch(`${running.base}/api/auth.test`, { method: 'POST' });
    expect(await bare.json()).toEqual({ ok: false, error: 'not_authed' });
  });

  test('the token may stand in the body, and the body may be JSON', async () => {
    const inForm = await fetch(`${running.base}/api/auth.test`, { method: 'POST', body: new URLSearchParams({ token: TOKEN }) });
    expect(await inForm.json()).toMatchObject({ ok: true, user_id: running.room.team.botUserId, bot_id: running.room.team.botId });
    const asJson = await fetch(`${running.base}/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify({ channel: general, text: 'hello', blocks: [{ type: 'divider' }] }),
    });
    expect(await asJson.json()).toMatchObject({ ok: true, message: { text: 'hello', blocks: [{ type: 'divider' }] } });
  });

  test('Socket Mode is refused in the words of Slack', async () => {
    expect(await call('apps.connections.open')).toEqual({ ok: false, error: 'not_allowed_token_type' });
  });

  test('no method answers a call without arguments with a failure of the room', async () => {
    for (const method of METHODS.keys()) expect(await call(method), method).toHaveProperty('ok');
  });
});

describe('messages', () => {
  test('a message without text and blocks is refused', async () => {
    expect(await post(general, '')).toMatchObject({ error: 'no_text' });
  });

  test('text above 40,000 characters is cut with a warning', async () => {
    const sent = await post(general, 'a'.repeat(40_001));
    expect(sent.warning).toBe('message_truncated');
    expect(sent.message.text).toHaveLength(40_000);
    expect((await post(general, 'a'.repeat(40_000))).warning).toBeUndefined();
  });

  test('the bot changes and deletes its own messages and nobody else’s', async () => {
    const own = await post(general, 'one');
    await ada.act('say', { channel: general, text: 'mine' });
    const hers = (await ada.messages(general)).at(-1)?.ts;
    expect(await call('chat.update', { channel: general, ts: own.ts, text: 'two' })).toMatchObject({ ok: true, text: 'two' });
    expect(await call('chat.update', { channel: general, ts: hers, text: 'two' })).toMatchObject({ error: 'cant_update_message' });
    expect(await call('chat.delete', { channel: general, ts: hers })).toMatchObject({ error: 'cant_delete_message' });
    expect(await call('chat.delete', { channel: general, ts: own.ts })).toMatchObject({ ok: true });
    expect(await call('chat.update', { channel: general, ts: own.ts, text: 'two' })).toMatchObject({ error: 'message_not_found' });
  });

  test('an edit without blocks keeps them, an edit with an empty list takes them away', async () => {
    const sent = await post(general, 'card', { blocks: [{ type: 'divider' }] });
    expect((await call('chat.update', { channel: general, ts: sent.ts, text: 'a' })).message.blocks).toHaveLength(1);
    expect((await call('chat.update', { channel: general, ts: sent.ts, text: 'b', blocks: [] })).message.blocks).toBeUndefined();
  });

  test('metadata comes back only to those who ask for it', async () => {
    const metadata = { event_type: 'delivery', event_payload: { key: 'd1' } };
    const sent = await post(general, 'a', { metadata });
    const plain = await call('conversations.history', { channel: general });
    const full = await call('conversations.history', { channel: general, include_all_metadata: true });
    const find = (answer: typeof plain) => answer.messages.find((message: { ts: string }) => message.ts === sent.ts);
    expect(find(plain).metadata).toBeUndefined();
    expect(find(full).metadata).toEqual(metadata);
    expect(await post(general, 'a', { metadata: { event_type: 'x' } })).toMatchObject({ error: 'invalid_metadata_schema' });
    expect(await post(general, 'a', { metadata: { event_type: 'x', event_payload: { text: 'a'.repeat(8000) } } })).toMatchObject({
      error: 'metadata_too_large',
    });
  });

  test('replies hang on the first message of their thread, and the first message counts them', async () => {
    const root = await post(general, 'root');
    const reply = await post(general, 'reply', { thread_ts: root.ts });
    const deeper = await post(general, 'deeper', { thread_ts: reply.ts });
    expect(deeper.message.thread_ts).toBe(root.ts);
    const thread = await call('conversations.replies', { channel: general, ts: root.ts });
    expect(thread.messages.map((message: { text: string }) => message.text)).toEqual(['root', 'reply', 'deeper']);
    expect(thread.messages[0]).toMatchObject({ reply_count: 2, latest_reply: deeper.ts });
    expect((await call('conversations.history', { channel: general })).messages.map((m: { text: string }) => m.text)).not.toContain(
      'reply',
    );
    expect(await post(general, 'lost', { thread_ts: '1.000001' })).toMatchObject({ error: 'thread_not_found' });
  });

  test('deleting the first message of a thread leaves a mark, so that the replies stay readable', async () => {
    const root = await post(general, 'root');
    await post(general, 'reply', { thread_ts: root.ts });
    await call('chat.delete', { channel: general, ts: root.ts });
    const thread = await call('conversations.replies', { channel: general, ts: root.ts });
    expect(thread.messages.map((message: { text: string }) => message.text)).toEqual(['This message was deleted.', 'reply']);
    expect(await call('chat.update', { channel: general, ts: root.ts, text: 'back' })).toMatchObject({
      error: 'cant_update_message',
    });
  });

  test('an ephemeral message reaches its person only, and only in a channel they are in', async () => {
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect(await call('chat.postEphemeral', { channel: general, user: ada.me, text: 'psst' })).toMatchObject({ ok: true });
    expect((await ada.messages(general)).map((message) => message.text)).toContain('psst');
    expect((await ben.messages(general)).map((message) => message.text)).not.toContain('psst');
    const made = await call('conversations.create', { name: 'secret', is_private: true });
    expect(await call('chat.postEphemeral', { channel: made.channel.id, user: ada.me, text: 'psst' })).toMatchObject({
      error: 'user_not_in_channel',
    });
  });

  test('timestamps never repeat, even if the clock stands still or goes back', async () => {
    running.clock.ms = 1_800_000_000_000;
    const first = await post(general, 'a');
    running.clock.ms -= 5000;
    const second = await post(general, 'b');
    expect([first.ts, second.ts]).toEqual(['1800000000.000000', '1800000000.000001']);
  });
});

describe('channels and who may see them', () => {
  test('a private channel exists for its members only', async () => {
    await ada.act('create', { name: 'ours', private: true });
    const id = await ada.channel('ours');
    for (const method of ['conversations.info', 'conversations.history', 'conversations.join', 'conversations.members']) {
      expect(await call(method, { channel: id }), method).toMatchObject({ ok: false, error: 'channel_not_found' });
    }
    expect(await post(id, 'hello')).toMatchObject({ error: 'channel_not_found' });
    const listed = await call('conversations.list', { types: 'public_channel,private_channel' });
    expect(listed.channels.map((channel: { name: string }) => channel.name)).toEqual(['general']);
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect((await ben.get(`/history?channel=${id}`)).error).toBe('channel_not_found');
    expect((await ben.act('say', { channel: id, text: 'hello' })).ok).toBe(false);
  });

  test('in a public channel the bot must be a member to speak, and can join by itself', async () => {
    await ada.act('create', { name: 'open', private: false });
    const id = await ada.channel('open');
    expect(await post(id, 'hello')).toMatchObject({ error: 'not_in_channel' });
    expect(await call('conversations.join', { channel: id })).toMatchObject({ ok: true, channel: { is_member: true } });
    expect(await post(id, 'hello')).toMatchObject({ ok: true });
  });

  test('names are unique for ever, lower case, and at most 80 characters', async () => {
    const made = await call('conversations.create', { name: 'inc-1', is_private: true });
    await call('conversations.archive', { channel: made.channel.id });
    expect(await call('conversations.create', { name: 'inc-1' })).toMatchObject({ error: 'name_taken' });
    expect(await call('conversations.create', { name: 'Inc 2' })).toMatchObject({ error: 'invalid_name_specials' });
    expect(await call('conversations.create', { name: '--' })).toMatchObject({ error: 'invalid_name_punctuation' });
    expect(await call('conversations.create', { name: 'a'.repeat(81) })).toMatchObject({ error: 'invalid_name_maxlength' });
    expect(await call('conversations.create', { name: '' })).toMatchObject({ error: 'invalid_name_required' });
  });

  test('an archived channel can be read and not written', async () => {
    const made = await call('conversations.create', { name: 'inc-1', is_private: true });
    const channel = made.channel.id;
    const sent = await post(channel, 'before');
    await call('conversations.archive', { channel });
    expect(await post(channel, 'after')).toMatchObject({ error: 'is_archived' });
    expect(await call('chat.update', { channel, ts: sent.ts, text: 'after' })).toMatchObject({ error: 'is_inactive' });
    expect(await call('pins.add', { channel, timestamp: sent.ts })).toMatchObject({ error: 'is_archived' });
    expect(await call('conversations.invite', { channel, users: ada.me })).toMatchObject({ error: 'is_archived' });
    expect(await call('conversations.archive', { channel })).toMatchObject({ error: 'already_archived' });
    expect((await call('conversations.history', { channel })).messages.length).toBeGreaterThan(0);
  });

  test('an invitation names what is wrong with each person, and force invites the others', async () => {
    const { channel } = await call('conversations.create', { name: 'inc-1', is_private: true });
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    const users = `${ada.me},U000NOBODY`;
    expect(await call('conversations.invite', { channel: channel.id, users })).toMatchObject({
      error: 'user_not_found',
      errors: [{ user: 'U000NOBODY', error: 'user_not_found' }],
    });
    expect((await call('conversations.members', { channel: channel.id })).members).toEqual([running.room.team.botUserId]);
    expect(await call('conversations.invite', { channel: channel.id, users, force: true })).toMatchObject({ ok: true });
    expect(await call('conversations.invite', { channel: channel.id, users: ada.me })).toMatchObject({
      error: 'already_in_channel',
    });
    expect(await call('conversations.invite', { channel: channel.id, users: running.room.team.botUserId })).toMatchObject({
      error: 'cant_invite_self',
    });
    expect((await ben.state()).channels.map((known: { name: string }) => known.name)).not.toContain('inc-1');
    expect((await ada.state()).channels.map((known: { name: string }) => known.name)).toContain('inc-1');
  });

  test('somebody who is taken out of a private channel sees it no more', async () => {
    const { channel } = await call('conversations.create', { name: 'inc-1', is_private: true });
    await call('conversations.invite', { channel: channel.id, users: ada.me });
    await call('conversations.kick', { channel: channel.id, user: ada.me });
    expect((await ada.get(`/history?channel=${channel.id}`)).error).toBe('channel_not_found');
  });

  test('a message to a person goes to their direct message, which others cannot see', async () => {
    const sent = await post(ada.me, 'just you');
    const opened = await call('conversations.open', { users: ada.me });
    expect(opened).toMatchObject({ channel: { id: sent.channel, is_im: true, user: ada.me }, already_open: true });
    expect((await ada.messages(sent.channel)).map((message) => message.text)).toEqual(['just you']);
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect((await ben.get(`/history?channel=${sent.channel}`)).error).toBe('channel_not_found');
  });

  test('history comes in pages, newest first, with a cursor', async () => {
    for (const text of ['a', 'b', 'c']) await post(general, text);
    const first = await call('conversations.history', { channel: general, limit: 2 });
    expect(first.messages.map((message: { text: string }) => message.text)).toEqual(['c', 'b']);
    const second = await call('conversations.history', { channel: general, limit: 2, cursor: first.response_metadata.next_cursor });
    expect(second.messages[0].text).toBe('a');
    const since = await call('conversations.history', { channel: general, oldest: first.messages[1].ts });
    expect(since.messages.map((message: { text: string }) => message.text)).toEqual(['c']);
  });

  test('how a person’s identity was established stands in their title', async () => {
    expect((await call('users.info', { user: ada.me })).user.profile.title).toBe('picked from a list');
    expect(await call('users.info', { user: 'U000NOBODY' })).toMatchObject({ error: 'user_not_found' });
  });
});

describe('reactions, pins, bookmarks', () => {
  test('one reaction of a name for each person, and only one’s own can be taken away', async () => {
    const { ts } = await post(general, 'a');
    const item = { channel: general, timestamp: ts, name: 'eyes' };
    expect(await call('reactions.add', item)).toEqual({ ok: true });
    expect(await call('reactions.add', item)).toMatchObject({ error: 'already_reacted' });
    await ada.act('react', { channel: general, ts, name: 'eyes', on: true });
    expect((await call('reactions.get', item)).message.reactions).toEqual([
      { name: 'eyes', users: [running.room.team.botUserId, ada.me], count: 2 },
    ]);
    expect(await call('reactions.remove', item)).toEqual({ ok: true });
    expect(await call('reactions.remove', item)).toMatchObject({ error: 'no_reaction' });
    expect(await call('reactions.add', { ...item, name: 'No Such' })).toMatchObject({ error: 'invalid_name' });
  });

  test('a message is pinned once, and the list of pins shows it', async () => {
    const { ts } = await post(general, 'status card');
    const item = { channel: general, timestamp: ts };
    expect(await call('pins.add', item)).toEqual({ ok: true });
    expect(await call('pins.add', item)).toMatchObject({ error: 'already_pinned' });
    expect((await call('pins.list', { channel: general })).items[0].message.text).toBe('status card');
    expect(await call('pins.remove', item)).toEqual({ ok: true });
    expect(await call('pins.remove', item)).toMatchObject({ error: 'no_pin' });
  });

  test('a bookmark is a link with a title', async () => {
    const bookmark = { channel_id: general, title: 'Record', type: 'link', link: 'https://example.com' };
    expect(await call('bookmarks.add', bookmark)).toMatchObject({ ok: true, bookmark: { title: 'Record' } });
    expect(await call('bookmarks.add', { ...bookmark, link: 'javascript:alert(1)' })).toMatchObject({ error: 'invalid_link' });
  });
});

describe('rate limits', () => {
  test('one message a second for each channel after a burst of five, told with Retry-After', async () => {
    const limited = await startRoom({ rateLimits: 'slack' });
    limited.clock.ms = 1_800_000_000_000;
    const someone = await new Visitor(limited).signIn('Ada Okafor');
    const channel = await someone.channel('general');
    for (let count = 0; count < 5; count++)
      expect(await api(limited, 'chat.postMessage', { channel, text: 'a' })).toMatchObject({ ok: true });
    const refused = await fetch(`${limited.base}/api/chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${TOKEN}` },
      body: new URLSearchParams({ channel, text: 'a' }),
    });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    limited.clock.ms += 1000;
    expect(await api(limited, 'chat.postMessage', { channel, text: 'a' })).toMatchObject({ ok: true });
    await limited.stop();
  });

  test('twenty channels a minute, then none for three seconds', async () => {
    const limited = await startRoom({ rateLimits: 'slack' });
    limited.clock.ms = 1_800_000_000_000;
    for (let count = 0; count < 20; count++)
      expect(await api(limited, 'conversations.create', { name: `c${count}` })).toMatchObject({ ok: true });
    expect(await api(limited, 'conversations.create', { name: 'c20' })).toMatchObject({ error: 'ratelimited' });
    limited.clock.ms += 3000;
    expect(await api(limited, 'conversations.create', { name: 'c20' })).toMatchObject({ ok: true });
    await limited.stop();
  });
});

describe('files', () => {
  test('the bot uploads in three steps and everybody in the channel can read it, nobody else', async () => {
    const { upload_url, file_id } = await call('files.getUploadURLExternal', { filename: 'proof.png', length: 5 });
    expect(await call('files.completeUploadExternal', { files: [{ id: file_id }], channel_id: general })).toMatchObject({
      error: 'file_upload_incomplete',
    });
    const sent = await fetch(upload_url, { method: 'POST', body: 'bytes' });
    expect(sent.status).toBe(200);
    expect((await fetch(upload_url, { method: 'POST', body: 'other' })).status).toBe(404);
    const { channel } = await call('conversations.create', { name: 'inc-1', is_private: true });
    await call('conversations.invite', { channel: channel.id, users: ada.me });
    const done = await call('files.completeUploadExternal', {
      files: [{ id: file_id, title: 'Proof' }],
      channel_id: channel.id,
      initial_comment: 'look',
    });
    expect(done.files[0]).toMatchObject({ id: file_id, title: 'Proof', size: 5, mimetype: 'image/png' });
    const url = done.files[0].url_private;
    const read = (headers: Record<string, string>) => fetch(url, { headers });
    expect(await (await read({ cookie: ada.cookie })).text()).toBe('bytes');
    expect((await read({ authorization: `Bearer ${TOKEN}` })).headers.get('content-security-policy')).toContain('sandbox');
    const ben = await new Visitor(running).signIn('Ben Lindqvist');
    expect((await read({ cookie: ben.cookie })).status).toBe(404);
    expect((await read({})).status).toBe(403);
  });

  test('a page of HTML that somebody uploads is only ever downloaded', async () => {
    const put = await fetch(`${running.base}/act/upload?name=a.html`, {
      method: 'POST',
      headers: { origin: running.base, cookie: ada.cookie, 'content-type': 'application/octet-stream' },
      body: '<script>',
    });
    const { id } = (await put.json()) as { id: string };
    await ada.act('say', { channel: general, text: '', files: [id] });
    const file = (await ada.messages(general)).at(-1)?.files[0];
    const read = await fetch(file.url_private, { headers: { cookie: ada.cookie } });
    expect(read.headers.get('content-type')).toBe('application/octet-stream');
    expect(read.headers.get('content-disposition')).toMatch(/^attachment/);
    expect((await call('files.info', { file: id })).file.name).toBe('a.html');
  });

  test('a file above the limit is refused before any byte is sent', async () => {
    expect(await call('files.getUploadURLExternal', { filename: 'a.bin', length: 20_000_001 })).toMatchObject({
      error: 'file_upload_size_restricted',
    });
  });
});
