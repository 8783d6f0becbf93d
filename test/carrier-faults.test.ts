import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { post } from '../src/desk/plan.ts';
import { checkEverything } from './check-everything.ts';
import { Bench, type Fault, stored } from './faulty-slack.ts';
import { api, type Loose } from './room-server.ts';

/**
 * Every call of the carrier fails as "failed and did not happen" and as "failed but happened". In the end everything is there,
 * and nothing is there twice. The quarantine passes on a clock that only the test moves.
 */
let bench: Bench;
beforeEach(async () => {
  bench = await new Bench().open();
});
afterEach(async () => {
  await checkEverything(bench.store, bench.desk);
  await bench.close();
});

const HOWS: Fault['how'][] = ['timeout', 'drop', 'cut', '500', 'html'];
const PAIRS = HOWS.flatMap((how) => [
  { how, when: 'before' as const },
  { how, when: 'after' as const },
]);
/** These two say for certain that nothing happened. */
const CLEAR = [
  { how: '429' as const, when: 'before' as const },
  { how: '404' as const, when: 'before' as const },
];
const FAULTS = [...PAIRS, ...CLEAR];
const keyOf = ({ metadata }: Loose): string => metadata.event_payload.key;

/** What a team needs to see, once each: one channel with its people, a pinned status card, a step, and a checkpoint. */
async function everythingIsThereOnce(cards: number): Promise<void> {
  const { channels, messages, threads } = await bench.seen();
  expect(channels).toHaveLength(1);
  const keys = [...messages, ...threads].map(keyOf);
  expect(new Set(keys).size, 'nothing is there twice').toBe(keys.length);
  expect(messages.filter(({ blocks }) => blocks !== undefined)).toHaveLength(cards);
  expect(messages.filter(({ text }) => text.startsWith('Checkpoint of'))).toHaveLength(1);
  expect((await stored(bench.store)).filter(({ state }) => state !== 'sent')).toEqual([]);
  const { members } = await api(bench.slack.running, 'conversations.members', { channel: channels[0]?.id });
  expect(members).toContain(bench.ada);
  const { items } = await api(bench.slack.running, 'pins.list', { channel: channels[0]?.id });
  expect(items).toHaveLength(1);
}

/** A server that answers 404 to these lacks the feature: see below. */
const BESIDE = ['conversations.invite', 'pins.add'];
const METHODS = ['conversations.create', 'conversations.setTopic', 'chat.postMessage', 'views.publish'];

describe.each(FAULTS)('a call that fails with $how, $when it was done', (fault) => {
  test.each([...METHODS, ...(fault.how === '404' ? [] : BESIDE)])(
    '%s, at the declaration: everything arrives, and once',
    async (method) => {
      bench.slack.faults = [{ method, nth: 1, ...fault }];
      await bench.declare();
      await bench.settle();
      await everythingIsThereOnce(2);
    },
  );

  test.each([2, 3])('chat.postMessage number %i', async (nth) => {
    bench.slack.faults = [{ method: 'chat.postMessage', nth, ...fault }];
    await bench.declare();
    await bench.settle();
    await everythingIsThereOnce(2);
  });

  test('chat.update: the card shows the latest state, and no second card appears', async () => {
    await bench.declare();
    await bench.settle();
    bench.slack.faults = [{ method: 'chat.update', nth: 1, ...fault }];
    await bench.do({ do: 'completeStep', step: 'cut-it-off' });
    await bench.settle();
    await everythingIsThereOnce(3);
    const { messages } = await bench.seen();
    expect(messages.find(({ text }) => text.includes('Cut it off'))?.text).toContain('reported, not verified');
  });

  test('an answer in a thread is not said twice', async () => {
    await bench.declare();
    await bench.settle();
    const { channels, messages } = await bench.seen();
    const place = { surface: 'slack', workspace: bench.team, channel: channels[0]?.id };
    bench.slack.faults = [{ method: 'chat.postMessage', nth: bench.slack.count('chat.postMessage') + 1, ...fault }];
    await bench.desk.send('us', [post('inc-testcase', 'answer/1', place, { text: 'Recorded.', thread: messages[0]?.ts })]);
    await bench.settle();
    const { threads } = await bench.seen();
    expect(threads.filter(({ text }) => text === 'Recorded.')).toHaveLength(1);
  });

  test('a later checkpoint, which stands in the thread of the first, is published once', async () => {
    await bench.declare();
    await bench.settle();
    await bench.do({ do: 'recordNote', text: 'so that the card moves' });
    await bench.settle();
    bench.slack.faults = [{ method: 'chat.postMessage', ...fault, nth: bench.slack.count('chat.postMessage') + 2 }];
    await bench.do({ do: 'closeIncident', as: 'resolved', reason: 'over' });
    await bench.settle();
    const { threads, messages } = await bench.seen();
    expect([...threads, ...messages].filter(({ text }) => text.startsWith('Checkpoint of'))).toHaveLength(2);
    expect((await stored(bench.store)).filter(({ state }) => state !== 'sent')).toEqual([]);
  });
});

describe('evidence files', () => {
  const fetchOf = (file: string) => () => {
    const body = { file, url: 'https://files.slack.com/f', name: 'console.png', mediaType: 'image/png', account: 'slack/T/U' };
    return [
      {
        id: `inc-testcase/evidence/${file}`,
        record: 'inc-testcase',
        kind: 'fetch-evidence',
        queue: `fetch/${file}`,
        body: JSON.stringify(body),
        coalescing: false,
      },
    ];
  };
  const ask = () => bench.do({ do: 'describeEvidence', evidence: 'F1', text: 'the console' }, 'inc-testcase', fetchOf('F1'));
  const added = async () => (await bench.desk.view('us', 'inc-testcase'))?.incident.evidence ?? [];

  test('a file that cannot be fetched for a while is fetched later, and named once', async () => {
    await bench.declare();
    let tries = 0;
    bench.files = async () => {
      if (++tries < 4) throw new Error('the file could not be fetched (HTTP 503)');
      return new TextEncoder().encode('pixels');
    };
    await ask();
    await bench.settle();
    expect(await added()).toMatchObject([{ id: 'F1', name: 'console.png', bytes: 6 }]);
    expect(Buffer.from((await bench.store.open('us').evidence('inc-testcase', 'F1'))!).toString()).toBe('pixels');
  });

  test('a file that never comes is said to be missing, in the record', async () => {
    await bench.declare();
    bench.files = async () => {
      throw new Error('files.example is not Slack: the file was not fetched');
    };
    await ask();
    await bench.settle();
    expect(await added()).toEqual([]);
    expect((await bench.desk.view('us', 'inc-testcase'))?.incident.delivered.get('inc-testcase/evidence/F1')).toBe('refused');
    expect(bench.logged.some((line) => line.includes('is not Slack'))).toBe(true);
  });

  test("Slack's sign-in page is not taken for a picture", async () => {
    await bench.declare();
    bench.files = async () => new TextEncoder().encode('<!DOCTYPE html><html>sign in</html>');
    await ask();
    await bench.settle();
    expect(await added()).toEqual([]);
  });

  test('a crash between keeping a file and naming it names it once', async () => {
    await bench.declare();
    await bench.settle();
    await ask();
    const [claimed] = (await bench.store.outbox.claim(bench.clock, 1_000, 8)).filter(({ kind }) => kind === 'fetch-evidence');
    await bench.store.open('us').keepEvidence('inc-testcase', 'F1', new TextEncoder().encode('the file'));
    expect(claimed?.id).toBe('inc-testcase/evidence/F1');
    bench.start();
    await bench.store.outbox.takeOver(bench.clock);
    await bench.settle();
    expect(await added()).toHaveLength(1);
  });
});

describe('the channel', () => {
  test('was made before a crash, is found again by its name, and not made twice', async () => {
    await bench.declare();
    const [opening] = await bench.store.outbox.claim(bench.clock, 1_000, 1);
    expect(opening?.kind).toBe('open-channel');
    await api(bench.slack.running, 'conversations.create', { name: 'inc-test-testcase', is_private: true });
    bench.start();
    await bench.store.outbox.takeOver(bench.clock);
    await bench.settle();
    await everythingIsThereOnce(2);
  });

  test('of that name is another one that the bot cannot see: it takes a second name, and work goes on', async () => {
    await bench.declare();
    bench.slack.faults = [{ method: 'conversations.list', how: '500', when: 'before' }];
    await api(bench.slack.running, 'conversations.create', { name: 'inc-test-testcase', is_private: true });
    const { channels } = await bench.seen();
    await api(bench.slack.running, 'conversations.archive', { channel: channels[0]?.id });
    bench.slack.faults = [];
    await bench.settle();
    const open = (await bench.desk.view('us', 'inc-testcase'))?.incident.places[0]?.channel;
    expect(open).toBeDefined();
    expect(open).not.toBe(channels[0]?.id);
  });

  test('cannot be made for good: it is said once, and nothing spins', async () => {
    await bench.declare();
    bench.slack.faults = [{ method: 'conversations.create', how: '404', when: 'before' }];
    await bench.settle();
    expect(await stored(bench.store)).toMatchObject([{ kind: 'open-channel', state: 'refused' }, { state: 'sent' }]);
    expect(bench.slack.count('conversations.create')).toBeLessThan(12);
    expect(bench.logged.filter((line) => line.includes('does not take it'))).toHaveLength(1);
  });
});

describe('Slack is away', () => {
  test('for twenty minutes: nothing is lost, nothing doubled, and nobody has to be asked', async () => {
    await bench.declare();
    await bench.settle();
    bench.slack.faults = [{ method: 'chat.postMessage', nth: 4, how: 'drop', when: 'after' }];
    await bench.do({ do: 'recordFinding', about: 'tool', status: 'suspected', text: 'it is abused' });
    await bench.courier.round();
    bench.slack.down = true;
    await bench.do({ do: 'completeStep', step: 'cut-it-off' });
    await bench.settle(20 * 60_000);
    bench.slack.down = false;
    await bench.settle();
    await everythingIsThereOnce(4);
  });

  test('cannot be reached at all: what never left is simply sent later, without a quarantine', async () => {
    await bench.declare();
    await bench.settle();
    const before = bench.clock;
    await bench.slack.close();
    await bench.do({ do: 'recordNote', text: 'offline' });
    await bench.courier.round();
    const states = (await stored(bench.store)).map(({ state, code }) => [state, code]).filter(([state]) => state !== 'sent');
    expect(states.length).toBeGreaterThan(0);
    expect(states.every(([state]) => state === 'pending')).toBe(true);
    expect((await bench.store.outbox.nextDue())! - before).toBeLessThan(60_000);
    bench.slack.close = async () => {};
  });
});

describe('a server that lacks a method costs one feature and one sentence', () => {
  const lacking = (...methods: string[]): Fault[] => methods.map((method) => ({ method, how: '404', when: 'before' }));

  test('without pins, topics, invitations and a Home tab the cards still come', async () => {
    bench.slack.faults = lacking('pins.add', 'conversations.setTopic', 'conversations.invite', 'views.publish');
    await bench.declare();
    await bench.settle();
    const { messages } = await bench.seen();
    expect(messages.filter(({ blocks }) => blocks !== undefined)).toHaveLength(2);
    expect(bench.logged.filter((line) => line.includes('not pinned'))).toHaveLength(1);
  });

  test('without a history, a card is sent again after its quarantine, and a message waits for a person instead of being doubled', async () => {
    await bench.declare();
    await bench.settle();
    bench.slack.faults = [...lacking('conversations.history'), { method: 'chat.postMessage', nth: 4, how: 'drop', when: 'before' }];
    await bench.do({ do: 'recordFinding', about: 'tool', status: 'suspected', text: 'abused' });
    await bench.settle();
    expect((await bench.seen()).messages.filter(({ text }) => text.includes('abused'))).toHaveLength(1);
    bench.slack.faults = [
      ...lacking('conversations.history'),
      { method: 'chat.postMessage', nth: bench.slack.count('chat.postMessage') + 1, how: 'drop', when: 'before' },
    ];
    const { channels } = await bench.seen();
    const place = { surface: 'slack', workspace: bench.team, channel: channels[0]?.id };
    await bench.desk.send('us', [post('inc-testcase', 'answer/1', place, { text: 'said once' })]);
    await bench.settle();
    expect((await bench.store.outbox.uncertain()).map(({ id }) => id)).toEqual(['inc-testcase/answer/1']);
  });
});

describe('what Slack shows late', () => {
  test('is not sent again: one look is not enough, and the quarantine comes first', async () => {
    await bench.declare();
    await bench.settle();
    const count = bench.slack.count('chat.postMessage');
    bench.slack.faults = [
      { method: 'chat.postMessage', nth: count + 1, how: 'timeout', when: 'after' },
      { method: 'conversations.history', nth: bench.slack.count('conversations.history') + 1, how: 'html', when: 'before' },
    ];
    await bench.do({ do: 'recordFinding', about: 'tool', status: 'suspected', text: 'abused' });
    await bench.settle();
    expect((await bench.seen()).messages.filter(({ text }) => text.includes('abused'))).toHaveLength(1);
    expect(bench.slack.count('chat.postMessage')).toBe(count + 1);
  });

  test('a message that never arrived is sent again only after two looks, ninety seconds later', async () => {
    await bench.declare();
    await bench.settle();
    const count = bench.slack.count('chat.postMessage');
    bench.slack.faults = [{ method: 'chat.postMessage', nth: count + 1, how: 'timeout', when: 'before' }];
    const before = bench.clock;
    await bench.do({ do: 'recordFinding', about: 'tool', status: 'suspected', text: 'abused' });
    const looks = bench.slack.count('conversations.history');
    await bench.settle(89_000);
    expect(bench.slack.count('chat.postMessage')).toBe(count + 1);
    await bench.settle();
    expect(bench.slack.count('chat.postMessage')).toBe(count + 2);
    expect(bench.slack.count('conversations.history') - looks).toBeGreaterThanOrEqual(3);
    expect(bench.clock - before).toBeGreaterThanOrEqual(90_000);
  });

  test('what changed while the fate of a card was unknown is shown in the end', async () => {
    await bench.declare();
    await bench.settle();
    bench.slack.faults = [
      { method: 'chat.postMessage', nth: bench.slack.count('chat.postMessage') + 1, how: 'drop', when: 'after' },
    ];
    await bench.do({ do: 'skipStep', step: 'cut-it-off', reason: 'was cut already' });
    await bench.courier.round();
    await bench.do({ do: 'skipStep', step: 'tell-the-team', reason: 'nobody is here' });
    await bench.settle();
    const card = (await bench.seen()).messages.find(({ text }) => text.includes('Tell the team'));
    expect(card?.text).toContain('nobody is here');
  });
});

describe('a card that somebody deleted', () => {
  test.each(['before', 'after'] as const)('is posted anew once, also where the posting fails %s it was done', async (when) => {
    await bench.declare();
    await bench.settle();
    const { channels, messages } = await bench.seen();
    const card = messages.find(({ text }) => text.includes('Cut it off'));
    await api(bench.slack.running, 'chat.delete', { channel: channels[0]?.id, ts: card?.ts });
    bench.slack.faults = [{ method: 'chat.postMessage', nth: bench.slack.count('chat.postMessage') + 1, how: 'drop', when }];
    await bench.do({ do: 'tickCheck', step: 'cut-it-off', check: '0', ticked: true });
    await bench.settle();
    expect((await bench.seen()).messages.filter(({ text }) => text.includes('Cut it off'))).toHaveLength(1);
  });
});

describe('a slow call', () => {
  test('holds up its own queue alone', async () => {
    await bench.declare();
    await bench.settle();
    const body = JSON.stringify({ file: 'F9', url: 'u', name: 'n', mediaType: 'image/png', account: 'a' });
    await bench.desk.send('us', [
      {
        id: 'inc-testcase/evidence/F9',
        record: 'inc-testcase',
        kind: 'fetch-evidence',
        queue: 'fetch/F9',
        body,
        coalescing: false,
      },
    ]);
    let release: (bytes: Uint8Array) => void = () => {};
    bench.files = () => new Promise((resolve) => (release = resolve));
    const round = bench.courier.round();
    bench.desk.onDeliveries = () => bench.courier.wake();
    await bench.do({ do: 'completeStep', step: 'cut-it-off' });
    const deadline = Date.now() + 5_000;
    const settled = async () => (await bench.seen()).messages.some(({ text }) => text.includes('reported, not verified'));
    while (!(await settled())) if (Date.now() > deadline) throw new Error('the card waited for the file');
    release(new Uint8Array([1]));
    await round;
    await bench.settle();
  });
});

describe('a server that does not take a card', () => {
  test('gets its words, and how to go on without buttons', async () => {
    bench.slack.faults = ['chat.postMessage', 'chat.update'].map((method) => ({ method, how: 'blocks', when: 'before' }));
    await bench.declare();
    await bench.settle();
    await bench.do({ do: 'completeStep', step: 'cut-it-off' });
    await bench.settle();
    const { messages } = await bench.seen();
    expect(messages.filter(({ text }) => text.includes('Mention the bot instead')).map(({ text }) => text.split('\n')[0])).toEqual(
      expect.arrayContaining([expect.stringContaining('Test: open'), expect.stringContaining('Cut it off: done')]),
    );
    expect((await stored(bench.store)).filter(({ state }) => state !== 'sent')).toEqual([]);
  });

  test('loses no state of a card that stands already', async () => {
    await bench.declare();
    await bench.settle();
    bench.slack.faults = [{ method: 'chat.update', nth: 1, how: 'blocks', when: 'before' }];
    await bench.do({ do: 'completeStep', step: 'cut-it-off' });
    await bench.settle();
    expect((await stored(bench.store)).filter(({ state }) => state !== 'sent')).toEqual([]);
  });
});
