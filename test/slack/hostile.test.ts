import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { type Message, Workplace } from './workplace.ts';

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
    await place.mention(ben, channel, '&lt;!channel&gt;? yes', ts);
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
