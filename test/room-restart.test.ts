import { expect, test } from 'vitest';
import { api, mapShelf, startRoom, until, Visitor } from './room-server.ts';

test('a restart loses nothing: people, sessions, channels, messages, reactions, pins, files, Homes and open forms are there again', async () => {
  const shelf = mapShelf();
  const first = await startRoom({ shelf });
  const ada = await new Visitor(first).signIn('Ada Okafor');
  const eve = await new Visitor(first).signIn('Eve Adams');
  const general = await ada.channel('general');
  const { ts } = await ada.act('say', { channel: general, text: 'hello' });
  await ada.act('react', { channel: general, ts, name: 'eyes', on: true });
  await ada.act('pin', { channel: general, ts, on: true });
  await ada.act('read', { channel: general, ts });
  await api(first, 'views.publish', { user_id: ada.me, view: { type: 'home', blocks: [{ type: 'divider' }] } });
  const upload = await fetch(`${first.base}/act/upload?name=a.txt`, {
    method: 'POST',
    headers: { origin: first.base, cookie: ada.cookie },
    body: 'evidence',
  });
  const { id } = (await upload.json()) as { id: string };
  await ada.act('say', { channel: general, text: 'file', files: [id] });
  const before = { state: await ada.state(), messages: await ada.messages(general) };
  await first.stop();

  const second = await startRoom({ shelf });
  const cookie = ada.cookie.replace(/^room_\d+/, `room_${new URL(second.base).port}`);
  const again = Object.assign(new Visitor(second), { cookie, me: ada.me });
  const after = { state: await again.state(), messages: await again.messages(general) };
  const ports = (value: unknown) =>
    JSON.stringify(value)
      .replaceAll(/127\.0\.0\.1:\d+/g, '')
      .replaceAll(/"position":"[^"]+"/g, '');
  expect(ports(after)).toBe(ports(before));
  expect(second.room.team).toEqual(first.room.team);
  const file = await fetch(`${second.base}/files/${id}/a.txt`, { headers: { cookie } });
  expect(await file.text()).toBe('evidence');
  expect((await again.get('/entrance')).people.map(({ id: person }: { id: string }) => person)).toContain(eve.me);
  const next = await api(second, 'chat.postMessage', { channel: general, text: 'later' });
  expect(Number(next.ts)).toBeGreaterThan(Number(ts));
  await second.stop();
});

test('a change writes the documents that changed and no others', async () => {
  const running = await startRoom();
  const ada = await new Visitor(running).signIn('Ada Okafor');
  const general = await ada.channel('general');
  for (let count = 0; count < 50; count++) await ada.act('say', { channel: general, text: `${count}` });
  running.shelf.writes.length = 0;
  const { ts } = await ada.act('say', { channel: general, text: 'one more' });
  expect(running.shelf.writes.filter((write) => !write.startsWith('event '))).toEqual([`message ${general}:${ts}`]);
  await running.stop();
});

test('a page that lost its connection hears what it missed, and one that was away for a whole run is told to start anew', async () => {
  const running = await startRoom();
  const ada = await new Visitor(running).signIn('Ada Okafor');
  const ben = await new Visitor(running).signIn('Ben Lindqvist');
  const general = await ada.channel('general');
  const { position } = await ben.state();
  await ada.act('say', { channel: general, text: 'missed' });
  const hear = async (since: string) => {
    const stop = new AbortController();
    const response = await fetch(`${running.base}/events`, {
      headers: { cookie: ben.cookie, 'last-event-id': since },
      signal: stop.signal,
    });
    let text = '';
    const decoder = new TextDecoder();
    await until(async () => {
      const { value } = (await response.body?.getReader().read()) ?? {};
      text += decoder.decode(value);
      return true;
    }, 'the stream');
    stop.abort();
    return text;
  };
  expect(await hear(position)).toContain('"text":"missed"');
  expect(await hear('another-12')).toContain('"type":"reload"');
  await running.stop();
});

test('a person hears nothing from channels they are not in', async () => {
  const running = await startRoom();
  const ada = await new Visitor(running).signIn('Ada Okafor');
  const ben = await new Visitor(running).signIn('Ben Lindqvist');
  const { position } = await ben.state();
  await ada.act('create', { name: 'ours', private: true });
  await ada.act('say', { channel: await ada.channel('ours'), text: 'a secret' });
  await ada.act('say', { channel: await ada.channel('general'), text: 'for all' });
  const stop = new AbortController();
  const response = await fetch(`${running.base}/events?since=${position}`, {
    headers: { cookie: ben.cookie },
    signal: stop.signal,
  });
  const reader = response.body?.getReader();
  let text = '';
  while (!text.includes(': here')) text += new TextDecoder().decode((await reader?.read())?.value);
  stop.abort();
  expect(text).toContain('for all');
  expect(text).not.toContain('a secret');
  await running.stop();
});

test('a document that cannot be read stops the room with one sentence that names it', async () => {
  const shelf = mapShelf();
  shelf.put('channel', 'C1', '{"id":');
  await expect(startRoom({ shelf })).rejects.toThrow(
    'The room cannot read its own document "channel C1". Restore the store from a backup.',
  );
});
