import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import type { House } from '../../src/slack/house.ts';
import { manifest } from '../../src/slack/manifest.ts';
import { conversationOpened } from '../../src/slack/talk/agent.ts';
import { type Running, Visitor } from '../room-server.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** Direct messages to the bot, and the agent view that they are in where a workspace has it. */
describe('a conversation with the bot', () => {
  let place: Workplace;
  let ada: string;
  let direct: string;
  let visitor: Visitor;

  beforeEach(async () => {
    place = await new Workplace().open();
    ada = (await place.people())[0]?.id ?? '';
    direct = ((await place.api('conversations.open', { users: ada })) as { channel: { id: string } }).channel.id;
    visitor = new Visitor({ base: place.origin } as Running);
    await visitor.act('signin', { person: ada, tz: 'Etc/UTC' });
  });
  afterEach(() => place.close());

  const view = async (record: string) => (await place.desk?.view(US, record))!;
  const says = async (text: string, thread?: string): Promise<string> =>
    (await visitor.act('say', { channel: direct, text, ...(thread === undefined ? {} : { thread_ts: thread }) })).ts;
  const thread = async (ts: string): Promise<Message[]> =>
    ((await place.api('conversations.replies', { channel: direct, ts })) as { messages: Message[] }).messages.slice(1);
  const answered = (ts: string, words: string) =>
    place.until(`an answer with "${words}"`, async () =>
      (await thread(ts)).findLast((message) => JSON.stringify(message.blocks ?? message.text).includes(words)),
    );

  test('starts with prompts that work without a model', async () => {
    const aborted = new AbortController();
    const events = await fetch(`${place.origin}/events?since=`, { headers: { cookie: visitor.cookie }, signal: aborted.signal });
    await visitor.act('home', { opened: 'messages' });
    let heard = '';
    for await (const bytes of events.body ?? []) {
      heard += Buffer.from(bytes).toString();
      if (heard.includes('"prompts"')) break;
    }
    aborted.abort();
    for (const words of ['What now?', 'What do we know so far?', 'Hand-over brief', 'Who must we tell?'])
      expect(heard).toContain(words);
    const { channel } = await place.declare(ada, 'The tool');
    expect(channel).not.toBe(direct);
    await answered(await says('What now?'), 'Step 1');
    await answered(await says('What do we know so far?'), 'No finding is on record yet');
    await answered(await says('Hand-over brief'), 'Where it stands');
    await answered(await says('Who must we tell?'), 'Not legal advice');
  });

  test('asks which of two incidents is meant, and the thread remembers', async () => {
    const one = await place.declare(ada, 'One');
    const other = await place.declare(ada, 'Other');
    const ts = await says('note: the vendor says Tuesday');
    const menu = await answered(ts, 'Which one do you mean?');
    expect((await view(one.record)).incident.notes).toEqual([]);
    const chosen = `${one.record}|${ts}|${ts}`;
    expect(JSON.stringify(menu.blocks)).toContain(chosen);
    await place.click(ada, direct, menu, 'direct.pick', { value: undefined, ...option(chosen) });
    await answered(ts, 'Recorded as entry');
    expect((await view(one.record)).incident.notes.map(({ text }) => text)).toEqual(['the vendor says Tuesday']);
    await says('note: and they apologise', ts);
    await place.until('the second note', async () => (await view(one.record)).incident.notes.length === 2);
    expect((await view(other.record)).incident.notes).toEqual([]);
  });

  test('the channel that stands open beside it says which incident is meant', async () => {
    await place.declare(ada, 'One');
    const other = await place.declare(ada, 'Other');
    const context = { entities: [{ type: 'slack#/types/channel_id', value: other.channel, team_id: place.team }] };
    await place.event({ type: 'app_context_changed', user: ada, channel: direct, context, event_ts: '1.1' });
    await says('note: written beside the other one');
    await place.until('the note', async () => (await view(other.record)).incident.notes.length === 1);
  });

  test('the older assistant pane works as well: its thread knows the channel beside it', async () => {
    await place.declare(ada, 'One');
    const other = await place.declare(ada, 'Other');
    const pane = { user_id: ada, channel_id: direct, thread_ts: '1795660000.000100', context: { channel_id: other.channel } };
    await place.event({ type: 'assistant_thread_started', assistant_thread: pane, event_ts: '1.2' });
    await says('note: out of the pane');
    await place.until('the note', async () => (await view(other.record)).incident.notes.length === 1);
  });

  test('somebody of another workspace learns nothing, in a direct message or in the channel', async () => {
    const { record, channel } = await place.declare(ada, 'Secret name');
    await place.submit(ada, 'finding', { record }, { about: 'payroll', status: option('suspected'), text: 'the canary' });
    const size = (await view(record)).incident.size;
    const said = { user: 'UFOREIGN', user_team: 'TOTHER', text: `<@${place.botUser}> what do we know about payroll?` };
    await place.event({ ...said, type: 'message', channel_type: 'im', channel: direct, ts: '1795660000.000200', event_ts: '1.3' });
    await place.event({ ...said, type: 'app_mention', channel, ts: '1795660000.000300', event_ts: '1.4' });
    await place.work?.bot.receiver.drain();
    const all = JSON.stringify(await place.messages(direct));
    expect(all).not.toMatch(/canary|Secret name|Step 1/);
    const answers = (await place.messages(channel)).filter(({ text }) => text.includes('1795660000'));
    expect(answers).toEqual([]);
    expect((await view(record)).entries.slice(size).filter(({ kind }) => !/^(?:delivery|checkpoint)\./.test(kind))).toEqual([]);
  });
});

test('a workspace without the agent view loses the prompts, and the operator reads why', async () => {
  const told: string[] = [];
  const refused = Object.assign(new Error('An API error occurred'), {
    code: 'slack_webapi_platform_error',
    data: { error: 'unknown_method' },
  });
  const client = {
    users: { info: async () => ({ user: { team_id: 'T1' } }) },
    apiCall: async () => Promise.reject(refused),
  };
  const say = (_: object, text: string) => void told.push(text);
  const log = { info: say, warn: say, error: say };
  const house = { surface: 'slack', client, log } as unknown as House;
  await conversationOpened(house, { user: 'U1', team: 'T1' }, 'D1');
  expect(told.join()).toContain('work without its suggested prompts');
});

test('the manifest asks for the agent view, its scope and its event', () => {
  const text = JSON.stringify(manifest({ socketMode: true }));
  for (const part of ['agent_view', 'assistant:write', 'app_context_changed', 'app_home_opened', 'message.im'])
    expect(text).toContain(part);
  expect(text).not.toContain('assistant_view');
});
