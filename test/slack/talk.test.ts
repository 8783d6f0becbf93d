import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { parseTalk, talksIn } from '../../src/slack/talk/talk.ts';
import { type Message, option, Workplace } from './workplace.ts';

describe('words, as people write them', () => {
  test.each([
    ['what now?', 'next'],
    ['we switched the VSA server off at 19:35, what now?', 'next'],
    ['what do we do next', 'next'],
    ['hand-over brief', 'brief'],
    ['brief me', 'brief'],
    ['what did I miss?', 'brief'],
    ['who is in charge', 'who'],
    ['what is due?', 'due'],
    ['what do we know about payroll data?', 'known'],
    ['find payroll data', 'known'],
    ['Did anybody look at the firewall logs?', 'known'],
  ])('"%s" is a question', (words, asks) => {
    const talk = parseTalk(words);
    const said = talk.say === 'question' ? talk.question.asks : talk.say;
    expect(said).toBe(asks);
  });

  test.each([
    'the vendor says Tuesday',
    'Ben is on the phone with them',
    'I pulled the plug on RMM-1 at 19:35',
    'done with RMM-2, going to RMM-3',
    'close, but no cigar',
    'close the firewall port please',
    'next week they patch',
    'statement from the vendor is still missing',
    'promise me you sleep',
    'done rotating the npm tokens',
    'done 3 times already',
    'answer is in the thread',
    'unblock the CI',
    'skip the staging cluster',
    'block the registry at the proxy',
    'entry point is the postinstall script',
    'correct, that version is bad',
    'export the audit log from github',
    'clocks are off on runner 9',
    'take it easy',
    'pack the laptop',
    'undo the merge',
    'delete that branch',
    'npm says they removed 187 packages',
    'status page says all green lol',
  ])('"%s" asks nothing and commands nothing', (words) => {
    expect(parseTalk(words).say).toBe('unknown');
  });

  test.each([
    ['find payroll data suspected: export seen in the log', { say: 'find', about: 'payroll data', status: 'suspected' }],
    ['ask <@U12345> is the backup separate? by 14:30', { say: 'ask', to: '<@U12345>', due: '14:30' }],
    ['decide not to pay because there are backups', { say: 'decide', not: true }],
    ['done 4: port closed', { say: 'done', step: '4', note: 'port closed' }],
    ['done: port closed', { say: 'done', note: 'port closed' }],
    ['close as false alarm because it was our own script', { say: 'close', as: 'false-alarm', reason: 'it was our own script' }],
    [
      'statement Kaseya: shut down VSA now. changes 12',
      { say: 'statement', speaker: 'Kaseya', text: 'shut down VSA now.', changes: 12 },
    ],
    ['promise Kaseya: a patch by 14:00', { say: 'promise', who: 'Kaseya', text: 'a patch', due: '14:00' }],
    ['scribe', { say: 'scribe' }],
    ['pls scribe', { say: 'scribe' }],
    ['thanks, done!', { say: 'done' }],
    ['skip 3 cos we have no hosted VSA', { say: 'skip', step: '3', reason: 'we have no hosted VSA' }],
    ['decided: freeze all deploys because the token leaked', { say: 'decide', choice: 'freeze all deploys' }],
    ['remind me in 30 minutes to call tulip', { say: 'remind', what: 'call tulip', when: 'in 30 minutes' }],
    ['<@U12345> is tech lead', { say: 'role', role: 'technical lead', to: '<@U12345>' }],
    ['show me entry 12', { say: 'entry', entry: 12 }],
    ['correct 12: it was 19:53 because the clock was off', { say: 'correct', entry: 12, text: 'it was 19:53' }],
    ['scribe every 30 minutes and at hand-over', { say: 'scribe set', every: 30, handover: true }],
    ['scribe every hour', { say: 'scribe set', every: 60, handover: false }],
    ['scribe off', { say: 'scribe set', every: 0, handover: false }],
  ])('"%s" is a command, whatever it contains', (words, expected) => {
    expect(parseTalk(words)).toMatchObject(expected);
  });

  test('several lines are several commands; a note keeps what was pasted below it', () => {
    const says = (text: string) => talksIn(text).map(({ talk }) => talk.say);
    expect(says('note: tulip called\ndone\nwhat now?')).toEqual(['note', 'done', 'next']);
    expect(says('call the vendor\nand the insurer\nnext')).toEqual(['unknown', 'next']);
    expect(says('Jul 2 19:01 agent started\nJul 2 19:02 agent stopped')).toEqual(['unknown']);
    const [only, ...more] = talksIn('note: from the log\ndone\nJul 2 19:01 agent.exe started');
    expect(more).toEqual([]);
    expect(only?.talk).toEqual({ say: 'note', text: 'from the log\ndone\nJul 2 19:01 agent.exe started' });
  });

  test('what stands beside a question is not lost', () => {
    const talk = parseTalk('we switched the VSA server off at 19:35, what now?');
    expect(talk).toMatchObject({ say: 'question', question: { rest: 'we switched the VSA server off at 19:35' } });
  });
});

describe('talking in the channel', () => {
  let place: Workplace;
  let ada: string;
  beforeEach(async () => {
    place = await new Workplace().open();
    ada = (await place.people())[0]?.id ?? '';
  });
  afterEach(() => place.close());

  const view = async (record: string) => (await place.desk?.view(US, record))!;
  const thread = async (channel: string, ts: string): Promise<Message[]> => {
    const { messages = [] } = (await place.api('conversations.replies', { channel, ts, limit: '50' })) as { messages?: Message[] };
    return messages.filter((message) => message.ts !== ts);
  };
  /** Somebody writes in the channel, and mentions the bot. */
  const says = async (channel: string, words: string, user = ada): Promise<string> => {
    const text = `<@${place.botUser}> ${words}`;
    const { ts } = (await place.api('chat.postMessage', { channel, text })) as { ts: string };
    await place.mention(user, channel, words, ts);
    return ts;
  };
  const answered = (channel: string, ts: string, words: string) =>
    place.until(
      `an answer with "${words}"`,
      async () => (await thread(channel, ts)).find((message) => JSON.stringify(message.blocks ?? message.text).includes(words)),
      3_000,
    );

  test('a question about what is known is answered with entries and their status, within three seconds', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await place.submit(
      ada,
      'finding',
      { record },
      { about: 'payroll data', status: option('suspected'), text: 'an export of 4.2 GB' },
    );
    const ts = await says(channel, 'what do we know about payroll data?');
    const answer = await answered(channel, ts, 'an export of 4.2 GB');
    const { incident, entries } = await view(record);
    expect(JSON.stringify(answer.blocks)).toContain('suspected');
    expect(JSON.stringify(answer.blocks)).toContain(`entry ${incident.findings[0]?.seq}`);
    expect(entries.filter(({ kind }) => kind === 'note.recorded' || kind === 'message.kept')).toEqual([]);
  });

  test('an answer links to the entries it stands on: to the kept message, to the card, or by a button that shows it to one person', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const said = (await place.api('chat.postMessage', { channel, text: 'the vendor says Tuesday' })) as { ts: string };
    await place.event({
      type: 'reaction_added',
      user: ada,
      reaction: 'pushpin',
      item: { type: 'message', channel, ts: said.ts },
      event_ts: said.ts,
    });
    await place.until('the message', async () => (await view(record)).incident.notes.length === 1);
    await place.submit(ada, 'note', { record }, { text: 'the vendor phoned' });
    await says(channel, 'promise vendor: a patch');
    const at = (ts: string) => `/archives/${channel}/p${ts.replace('.', '')}`;
    await place.until('the card', async () =>
      (await place.messages(channel)).some(({ text }) => text.includes('the vendor phoned')),
    );
    const card = (await place.messages(channel)).find(({ text }) => text.includes('Note: the vendor phoned'));
    const [kept, noted] = (await view(record)).incident.notes.map(({ seq }) => seq);
    const ts = await says(channel, 'what do we know about the vendor?');
    const known = JSON.stringify((await answered(channel, ts, 'the vendor phoned')).blocks);
    expect(known).toContain(`${at(said.ts)}|entry ${kept}>`);
    expect(known).toContain(`${at(card?.ts ?? '')}|entry ${noted}>`);
    const asked = await says(channel, 'any news from the vendor?');
    const answer = await answered(channel, asked, 'a patch');
    const { seq } = (await view(record)).incident.promises[0]!;
    expect(JSON.stringify(answer.blocks)).toContain(`Show entry ${seq}`);
    const clicked = await place.click(ada, channel, answer, 'entry.show.0');
    expect(clicked.status).toBe(200);
  });

  test('words nobody understands are not recorded, and one click keeps them as they were said', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    const ts = await says(channel, 'Ben pulled the plug on RMM-1 at 19:35');
    const answer = await answered(channel, ts, 'Not recorded yet');
    expect((await view(record)).incident.notes).toEqual([]);
    await place.click(ada, channel, answer, 'answer.keep');
    const [note] = (await view(record)).incident.notes;
    expect(note?.text).toBe('Ben pulled the plug on RMM-1 at 19:35');
    await place.click(ada, channel, answer, 'answer.keep');
    expect((await view(record)).incident.notes).toHaveLength(1);
  });

  test('a statement with a question is answered, and the statement can be kept', async () => {
    const { channel } = await place.declare(ada, 'Test');
    const ts = await says(channel, 'we switched the VSA server off at 19:35, what now?');
    const answer = await answered(channel, ts, 'Step 1');
    expect(JSON.stringify(answer.blocks)).toContain('we switched the VSA server off at 19:35');
    expect(JSON.stringify(answer.blocks)).toContain('answer.keep');
  });

  test('the hand-over brief says where it stands, what is known, what is open and who holds what', async () => {
    const { record, channel } = await place.declare(ada, 'The remote tool');
    await place.submit(
      ada,
      'finding',
      { record },
      { about: 'backups', status: option('confirmed'), text: 'untouched since 12:00' },
    );
    await place.submit(ada, 'ask', { record }, { question: 'Which clients ran the agent?' });
    const ts = await says(channel, 'hand over to the night shift');
    const text = JSON.stringify((await answered(channel, ts, 'Where it stands')).blocks);
    for (const part of ['untouched since 12:00', 'Which clients ran the agent?', 'lead:', 'Now: step 1'])
      expect(text).toContain(part);
  });

  test('in a direct message the one open incident is meant', async () => {
    const { record } = await place.declare(ada, 'Test');
    const { channel } = (await place.api('conversations.open', { users: ada })) as { channel: { id: string } };
    const ts = `${Math.floor(Date.now() / 1000)}.000200`;
    await place.event({
      type: 'message',
      channel_type: 'im',
      user: ada,
      channel: channel.id,
      ts,
      event_ts: ts,
      text: 'note the vendor says Tuesday',
    });
    await place.until('the note', async () => (await view(record)).incident.notes.some(({ text }) => text.includes('Tuesday')));
  });

  test('what counsel labelled is in no answer and in no brief', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await place.submit(ada, 'note', { record }, { text: 'Privileged thoughts about payroll liability' });
    const seq = (await view(record)).incident.notes[0]?.seq ?? 0;
    await place.desk?.do({
      client: US,
      record,
      via: 'bot',
      command: { do: 'relabelEntry', of: seq, label: 'counsel' },
    });
    const ts = await says(channel, 'what do we know about payroll liability?');
    const answer = await answered(channel, ts, 'holds nothing');
    expect(JSON.stringify(answer.blocks)).not.toContain('Privileged');
    const brief = await says(channel, 'brief me');
    expect(JSON.stringify((await answered(channel, brief, 'Where it stands')).blocks)).not.toContain('Privileged');
  });
});
