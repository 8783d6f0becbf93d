import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** What goes wrong in a workplace, and what people type into it: the record stays right, and the person hears of it. */
let place: Workplace;
let ada: string;
let ben: string;

beforeEach(async () => {
  place = await new Workplace('http').open();
  const people = await place.people();
  ada = people[0]?.id ?? '';
  ben = people[1]?.id ?? '';
});
afterEach(() => place.close());

const view = async (record: string) => (await place.desk?.view(US, record))!;
const card = (channel: string, words: string): Promise<Message> =>
  place.until(`a card with "${words}"`, async () =>
    (await place.messages(channel)).find((message) => message.text.includes(words)),
  );
const answers = async (channel: string, ts: string): Promise<string[]> => {
  const { messages = [] } = (await place.api('conversations.replies', { channel, ts })) as { messages?: Message[] };
  return messages.slice(1).map(({ text }) => text);
};

describe('words that Slack would read as markup', () => {
  test('a refusal repeats what was typed, and calls nobody', async () => {
    const { channel } = await place.declare(ada, 'Test');
    const { ts } = (await place.api('chat.postMessage', { channel, text: 'a message' })) as { ts: string };
    await place.mention(ben, channel, 'filed &lt;!channel&gt;', ts);
    const [said] = await place.until('an answer', async () => {
      const found = await answers(channel, ts);
      return found.length > 0 && found;
    });
    expect(said).toContain('&lt;!channel&gt;');
    expect(said).not.toContain('<!channel>');
  });

  test('the list of incidents shows a title, and calls nobody', async () => {
    await place.declare(ada, '<!channel> come here');
    const { body } = await place.slash(ben, 'list');
    expect(body).toContain('&lt;!channel&gt; come here');
  });
});

describe('a channel that is gone in the middle', () => {
  test.each(['conversations.archive', 'conversations.leave'])(
    'after %s a click is recorded, and the lead hears where the cards are',
    async (method) => {
      const { record, channel } = await place.declare(ada, 'Test');
      const first = await card(channel, 'Step 1 of');
      const step = (await view(record)).guide?.current?.step.id ?? '';
      await place.api(method, { channel });
      expect((await place.click(ada, channel, first, 'step.done')).status).toBe(200);
      expect((await view(record)).incident.steps.get(step)?.state).toBe('done');
      const { channel: direct } = (await place.api('conversations.open', { users: ada })) as { channel: { id: string } };
      const heard = await card(direct.id, 'cannot write in the channel');
      expect(heard.text).toContain(record);
      const told: string[] = [];
      const server = createServer((request, response) => {
        request.on('data', (bytes) => told.push(String(bytes))).on('end', () => response.end('ok'));
      });
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      const response_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
      await place.click(ben, channel, first, 'step.done', {}, { response_url });
      await place.until('the sentence', async () => told.join('').includes('was marked done'));
      server.close();
      expect((await place.messages(direct.id)).filter(({ text }) => text.includes('cannot write'))).toHaveLength(1);
    },
  );
});

describe('an incident that is part of another', () => {
  test('is merged into it, both records say so, and it opens again', async () => {
    const one = await place.declare(ada, 'One');
    const other = await place.declare(ada, 'Other');
    const into = { as: option('merged'), reason: 'the same tool' };
    const wrong = await place.submit(ada, 'close', { record: one.record }, { ...into, into: 'inc-nowhere' });
    expect(JSON.parse(wrong.body).errors.into).toContain('no incident inc-nowhere');
    await place.submit(ada, 'close', { record: one.record }, { ...into, into: option(other.record) });
    expect((await view(one.record)).incident.closed).toMatchObject({ as: 'merged', into: other.record });
    expect((await view(other.record)).incident.notes.at(-1)?.text).toContain(one.record);
    await place.submit(ada, 'reopen', { record: one.record }, { reason: 'not the same after all' });
    expect((await view(one.record)).incident.status).toBe('open');
  });
});

describe('messages of the channel', () => {
  const kept = async (record: string) => (await view(record)).incident.notes.find(({ message }) => message !== undefined);
  const event = (channel: string, more: object) => place.event({ type: 'message', channel, channel_type: 'group', ...more });
  const react = (channel: string, ts: string, reaction = 'pushpin') =>
    place.event({ type: 'reaction_added', user: ben, reaction, item: { type: 'message', channel, ts }, event_ts: ts });

  test('a reaction keeps it, an edit and a deletion are entries, and the first words stay', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const { ts } = (await place.api('chat.postMessage', { channel, text: 'the &lt;server&gt; is down' })) as { ts: string };
    await react(channel, ts);
    await place.until('the message', () => kept(record));
    const message = { ts, user: ada, text: 'the server is up' };
    const edit = {
      subtype: 'message_changed',
      message,
      previous_message: { ...message, text: 'the server is down' },
      event_ts: '1.1',
    };
    await event(channel, edit);
    await event(channel, edit);
    await event(channel, { subtype: 'message_deleted', deleted_ts: ts, previous_message: message, event_ts: '1.2' });
    await place.until('the deletion', async () => (await kept(record))?.deleted);
    const { entries } = await view(record);
    expect(entries.map(({ kind }) => kind).filter((kind) => kind.startsWith('message.'))).toEqual([
      'message.kept',
      'message.edited',
      'message.deleted',
    ]);
    expect(entries.find(({ kind }) => kind === 'message.kept')?.texts).toMatchObject({ text: 'the <server> is down' });
  });

  test('an answer in a thread is kept with its own words', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const { ts } = (await place.api('chat.postMessage', { channel, text: 'the question' })) as { ts: string };
    const { ts: reply } = (await place.api('chat.postMessage', { channel, text: 'the answer', thread_ts: ts })) as { ts: string };
    await react(channel, reply);
    expect((await place.until('the message', () => kept(record))).text).toBe('the answer');
  });

  test('words of somebody whose name nobody knows are kept', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const { ts } = (await place.api('chat.postMessage', { channel, text: 'x' })) as { ts: string };
    await place.interact({
      type: 'message_action',
      callback_id: 'keep_message',
      user: { id: 'UNOBODY' },
      channel: { id: channel },
      message: { ts, text: '', user: 'UGHOST', files: [{ name: 'screen.png' }] },
    });
    expect((await kept(record))?.text).toBe('file screen.png');
    expect([...(await view(record)).incident.people.values()].map(({ name }) => name)).toContain('UNOBODY');
  });
});
