import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** End to end over HTTP, against the room or whatever Slack server SLACK_API_URL names. */
let place: Workplace;
let ada: string;
let ben: string;

describe.each(['http', 'socket'] as const)('a guided incident over %s', (transport) => {
  beforeEach(async () => {
    place = await new Workplace(transport).open();
    const people = await place.people();
    ada = people[0]?.id ?? '';
    ben = people[1]?.id ?? people[0]?.id ?? '';
  });
  afterEach(() => place.close());

  const view = async (record: string) => (await place.desk?.view(US, record))!;
  const card = (channel: string, words: string): Promise<Message> =>
    place.until(`a card with "${words}"`, async () =>
      (await place.messages(channel)).find((message) => message.text.includes(words)),
    );

  test('a declaration opens a private channel with a pinned status card, a first step and a checkpoint', async () => {
    const { record, channel } = await place.declare(ada, 'The remote tool is installing something');
    const messages = await place.messages(channel);
    expect(messages.some(({ text }) => text.startsWith('The remote tool is installing something'))).toBe(true);
    await card(channel, 'Checkpoint of');
    const { incident } = await view(record);
    expect(incident.roles.map(({ role }) => role)).toEqual(['lead', 'scribe']);
    expect(incident.runbook?.source).toContain('# ');
    const { channel: info } = (await place.api('conversations.info', { channel })) as { channel: { is_private: boolean } };
    expect(info.is_private).toBe(true);
  });

  test('a click on Done seals an entry, settles the card and opens the next step', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const first = await card(channel, 'Step 1 of');
    const before = (await view(record)).guide?.current?.step.id ?? '';
    expect((await place.click(ada, channel, first, 'step.done')).status).toBe(200);
    expect((await view(record)).incident.steps.get(before)?.state).toBe('done');
    await card(channel, 'reported, not verified');
    await place.until('a new current step', async () => (await view(record)).guide?.current?.step.id !== before);
    const next = (await view(record)).guide?.current;
    await card(channel, `Step ${(next?.index ?? 0) + 1} of`);
  });

  test('a double click and a second person are told honestly, and nothing is recorded twice', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const first = await card(channel, 'Step 1 of');
    const same = { action_ts: '123.456' };
    await Promise.all([place.click(ada, channel, first, 'step.done', same), place.click(ada, channel, first, 'step.done', same)]);
    await place.click(ben, channel, first, 'step.done');
    const { entries } = await view(record);
    expect(entries.filter(({ kind }) => kind === 'step.completed')).toHaveLength(1);
  });

  test('words do what buttons do, and the answer comes in the thread', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await place.mention(ada, channel, 'note the vendor says Tuesday');
    await place.until('the note', async () =>
      (await view(record)).incident.notes.some(({ text }) => text === 'the vendor says Tuesday'),
    );
    const before = (await view(record)).guide?.current?.step.id ?? '';
    await place.mention(ben, channel, 'skip because we did that yesterday');
    await place.until('the skip', async () => (await view(record)).incident.steps.get(before)?.state === 'skipped');
    await place.mention(ben, channel, 'dnoe');
    await place.until('a suggestion', async () => {
      const { messages = [] } = (await place.api('conversations.history', { channel, limit: '50' })) as { messages: Message[] };
      return messages.length > 0;
    });
  });

  test('an event delivered four times is worked on once', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const ts = '1700000000.000100';
    const event = { type: 'app_mention', user: ada, channel, ts, event_ts: ts, text: `<@${place.botUser}> note only once` };
    await Promise.all(Array.from({ length: 4 }, () => place.event(event, 'EvSame')));
    await place.until('the note', async () => (await view(record)).incident.notes.length > 0);
    expect((await view(record)).incident.notes).toHaveLength(1);
  });

  test('a form that lacks a reason stays open with the sentence at its field', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await card(channel, 'Step 1 of');
    const step = (await view(record)).guide?.current?.step.id ?? '';
    const answer = await place.submit(ada, 'step.skip', { record, step }, { reason: '  ' });
    expect(JSON.parse(answer.body)).toMatchObject({
      response_action: 'errors',
      errors: { reason: expect.stringContaining('Nothing was recorded') },
    });
  });

  test('it closes as a false alarm, refuses what no longer makes sense, and opens again', async () => {
    const { record } = await place.declare(ada, 'Test');
    await place.submit(ada, 'close', { record }, { as: option('false-alarm'), reason: 'It was our own script' });
    expect((await view(record)).incident.closed?.as).toBe('false-alarm');
    const late = await place.submit(ben, 'finding', { record }, { about: 'x', status: option('confirmed'), text: 'y' });
    expect(late.body).toContain('closed at');
    await place.submit(ben, 'reopen', { record }, { reason: 'It was not' });
    expect((await view(record)).incident.status).toBe('open');
  });
});
