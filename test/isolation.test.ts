import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { packInMemory } from '../src/cli/pack.ts';
import { boardOf } from '../src/desk/board.ts';
import { boardPage } from '../src/desk/board-page.ts';
import { standingOf } from '../src/desk/clients.ts';
import { Unsettled } from '../src/desk/unsettled.ts';
import { fromUtf8 } from '../src/record/bytes.ts';
import { click } from '../src/slack/clicks.ts';
import { slashIncident } from '../src/slack/declare.ts';
import { act, type Caller } from '../src/slack/house.ts';
import { keepMessage } from '../src/slack/keeping/messages.ts';
import { writtenQuestion } from '../src/slack/lanes/written-question.ts';
import { submit } from '../src/slack/submissions.ts';
import { mentioned } from '../src/slack/talk/mentions.ts';
import { HOME, idOf, US } from './lanes/house.ts';
import {
  CLIENTS,
  canariesIn,
  canary,
  IsolatedHouse,
  laneChannel,
  OURS,
  theirTeam,
  toldChannel,
  VENDOR_CHANNEL,
} from './lanes/isolated-house.ts';

/** Fifty clients, each with a word of its own in every text: no word of one may ever reach where another reads. */
let world: IsolatedHouse;
let turn = 0;

beforeAll(async () => {
  world = await new IsolatedHouse().open();
}, 120_000);

/** Every button, menu and form there is, read from the source: whoever adds one is tested without being asked. */
const SLACK = resolve(import.meta.dirname, '..', 'src', 'slack');
const source = readdirSync(SLACK, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(join(SLACK, name), 'utf8'))
  .join('\n');
const named = (pattern: RegExp): string[] => [...new Set([...source.matchAll(pattern)].map(([, id = '']) => id))];
const CLICKS = [...named(/(?:button|menu)\(\s*'([a-z]+\.[a-z.-]+)'/g), 'step.check.0', 'entry.show.0'].filter(
  (id) => id !== 'home.declare',
);
const FORMS = named(/(?:modal|reasonForm)\(\s*'([a-z.-]+)'/g).filter((id) => id !== 'declare');

const WORDS = [
  'next',
  'call sheet',
  'call client-07 reached: spoke to Bo',
  'status',
  'help',
  'note x',
  'find x suspected: y',
  'decide x because y',
  'ask x',
  'answer y',
  'done',
  'skip because z',
  'entry 3',
  'correct 3: y because z',
  'did we tell client-07?',
  'what did we decide?',
  'what is open?',
  'who is affected?',
  'any news from the vendor?',
  'timeline',
  'undo',
  'take 1',
  'I am technical lead',
  'remind me in 5 minutes to x',
  'tell client-07 that x',
  'scribe every 30 minutes',
  'client-07 is confirmed, 14 machines encrypted',
  'note: x\nnext\nwhat do we know?',
  'accept',
  'terms',
  'costs',
  'cost 3h x legal: y',
  'nonsense',
];

/** Who asks. `at` is the client that the command is about, `other` is another one. */
const CALLERS: Record<string, (at: number, other: number) => Caller> = {
  lead: () => ({ user: 'UADA', team: 'T1', home: 'T1' }),
  colleague: () => ({ user: 'UBEN', team: 'T1', home: 'T1' }),
  'their own person': (at) => ({ user: `UX${at}`, team: 'T1', home: theirTeam(at) }),
  'another client’s person': (_, other) => ({ user: `UX${other}`, team: 'T1', home: theirTeam(other) }),
  stranger: () => ({ user: 'USTRANGER', team: 'T1', home: 'TSTRANGE' }),
};

const CHANNELS: Record<string, (at: number, other: number) => string> = {
  'the vendor incident': () => VENDOR_CHANNEL,
  'its lane': (at) => laneChannel(at),
  'another lane': (_, other) => laneChannel(other),
  'where it is told': (at) => toldChannel(at),
  'where another is told': (_, other) => toldChannel(other),
  'a channel of nobody': () => 'CELSEWHERE',
};

type Setting = { caller: Caller; channel: string; at: number; other: number };

function* settings(): Generator<Setting & { name: string }> {
  for (const [who, caller] of Object.entries(CALLERS))
    for (const [where, channel] of Object.entries(CHANNELS)) {
      const at = turn++ % CLIENTS;
      const other = (at + 17) % CLIENTS;
      yield { name: `${who} in ${where}`, caller: caller(at, other), channel: channel(at, other), at, other };
    }
}

/** What came back to that person in that channel, and everything that was sent meanwhile. */
async function heard(channel: string, work: () => Promise<unknown>): Promise<{ back: string; sent: typeof world.calls }> {
  const before = world.calls.length;
  const back = await work().catch((error: unknown) => String(error));
  await world.courier.round();
  const sent = world.calls.slice(before);
  const ephemeral = sent.filter(({ method }) => method === 'chat.postEphemeral').map(({ json }) => json);
  return { back: [JSON.stringify(back ?? ''), ...ephemeral, channel].join(' '), sent };
}

/** In a client's channels that client's words alone; in ours and anywhere else none at all; for outsiders nothing internal. */
function foreign({ back, sent }: Awaited<ReturnType<typeof heard>>, { channel, caller, at }: Setting, phoned?: number): string[] {
  const owner = IsolatedHouse.owner(channel) ?? -1;
  const outside = caller.home !== HOME.workspace;
  const wrong: string[] = [];
  const mine = (one: number) => one === owner || (one === phoned && channel === VENDOR_CHANNEL);
  for (const one of canariesIn(back)) if (!mine(one) || outside) wrong.push(`answer: ${one} in ${channel}`);
  if (back.includes(OURS) && (owner !== -1 || outside)) wrong.push(`answer: ours in ${channel}`);
  for (const call of sent) {
    const whose = IsolatedHouse.owner(call.channel) ?? -1;
    for (const one of canariesIn(posted(call))) if (one !== whose) wrong.push(`${call.method}: ${one} in ${call.channel}`);
    if (call.json.includes(OURS) && whose !== -1) wrong.push(`${call.method}: ours in ${call.channel}`);
  }
  return wrong.map((what) => `${what} (about ${at})`);
}

/** The call sheet, in our own channel alone, names whom to phone; nothing else of a client stands in it. */
const posted = ({ channel, json }: (typeof world.calls)[number]): string =>
  channel === VENDOR_CHANNEL && json.includes('Call sheet:') ? json.replaceAll(/Contact canary\d\dx\w+/g, '') : json;

/** The client whom a tap on the call sheet names: its caller reads what that client is told, and nothing of another one. */
const phonedBy = (action: string, value: string): number | undefined =>
  action === 'calls.take' ? Number(/\|client-(\d+)$/.exec(value)?.[1]) : undefined;

/** One of each kind: a leak shows up a thousand times. */
const kinds = (wrong: string[]): string[] =>
  [...new Map(wrong.map((what) => [what.replace(/\d+/g, '#').replace(/lane-\S+/g, 'lane'), what])).values()].slice(0, 40);

const payload = (action: string, value: string, { caller, channel }: Setting) => ({
  type: 'block_actions' as const,
  user: { id: caller.user, team_id: caller.home },
  team: { id: 'T1' },
  trigger_id: 't',
  channel: { id: channel },
  message: { ts: '1.1' },
  actions: [{ action_id: action, block_id: `b|0|${value}`, value, action_ts: String(turn) }],
});

async function valuesFor(at: number): Promise<string[]> {
  const view = await world.many.view(idOf(at), world.record(at));
  const step = view.guide?.current?.step.id ?? '';
  const record = world.record(at);
  return [
    record,
    `${record}|${step}`,
    `${record}|${view.incident.asks[0]?.id}`,
    `${standingOf(idOf(at))}|${world.order}`,
    `${record}|${world.order}`,
    `${world.incident}|${world.order}`,
    world.incident,
    `${world.incident}|${idOf(at)}`,
  ];
}

const fieldsWith = (word: string) => {
  const text = { value: word };
  const choice = (value: string) => ({ selected_option: { value } });
  const named = {
    reason: text,
    override: text,
    text,
    about: text,
    question: text,
    answer: text,
    brief: text,
    client: text,
    id: text,
    product: text,
    insurer: text,
    policy: text,
    hotline: text,
    party: text,
    who: text,
    task: text,
    hours: { value: '3h' },
    time: { value: '24 hours' },
  };
  const chosen = {
    status: choice('suspected'),
    outcome: choice('decided'),
    reversible: choice('unknown'),
    role: choice('counsel'),
    step: choice('x'),
    audience: choice('all'),
    purpose: choice('holding'),
    sure: choice('yes'),
    urgent: choice('no'),
    category: choice('legal'),
    with: choice('vendor'),
    which: choice('all'),
  };
  return Object.fromEntries(Object.entries({ ...named, choice: text, ...chosen }).map(([name, value]) => [name, { value }]));
};

describe('no client’s words reach another', () => {
  test('the commands were found in the source', () => {
    expect(CLICKS.length).toBeGreaterThan(50);
    expect(FORMS.length).toBeGreaterThan(25);
  });

  test('whoever clicks whatever, wherever', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    for (const action of CLICKS)
      for (const setting of settings())
        for (const value of await valuesFor(setting.at)) {
          const answer = await heard(setting.channel, () => click(world.house, payload(action, value, setting), setting.caller));
          wrong.push(
            ...foreign(answer, setting, phonedBy(action, value)).map((what) => `${action} ${value}: ${setting.name}: ${what}`),
          );
        }
    expect(kinds(wrong)).toEqual([]);
  });

  test('whoever sends whatever form, of whichever record', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    for (const callback of FORMS)
      for (const setting of settings()) {
        const { at, caller, channel } = setting;
        const about = {
          record: world.record(at),
          incident: world.incident,
          client: idOf(at),
          order: world.order,
          channel,
          step: 'x',
          ask: 'x',
        };
        const view = {
          id: `V${turn++}`,
          callback_id: callback,
          private_metadata: JSON.stringify(about),
          state: { values: fieldsWith(callback.startsWith('lanes.') ? 'to all' : canary(at)) },
        };
        const sent = { type: 'view_submission' as const, user: { id: caller.user }, view };
        const answer = await heard(laneChannel(at), () => submit(world.house, sent, caller));
        wrong.push(
          ...foreign(answer, { ...setting, channel: laneChannel(at) }).map((what) => `${callback}: ${setting.name}: ${what}`),
        );
      }
    expect(kinds(wrong)).toEqual([]);
  });

  test('whoever says whatever to the bot, keeps a message, or types the command', { timeout: 120_000 }, async () => {
    const wrong: string[] = [];
    for (const setting of settings()) {
      const { caller, channel } = setting;
      for (const words of WORDS) {
        const mention = { channel, ts: `${turn++}.5`, text: `<@UBOT> ${words}`, caller };
        const answer = await heard(channel, () => mentioned(world.house, mention));
        wrong.push(...foreign(answer, setting).map((what) => `${words}: ${setting.name}: ${what}`));
      }
      const asked = { type: 'message', channel, user: caller.user, user_team: caller.home, text: 'Are we hit?', ts: `${turn++}.6` };
      wrong.push(...foreign(await heard(channel, () => writtenQuestion(world.house, asked, 'T1')), setting));
      const kept = { channel, ts: `${turn++}.1`, text: 'kept', speaker: undefined, how: 'shortcut' as const };
      wrong.push(...foreign(await heard(channel, () => keepMessage(world.house, kept, caller)), setting));
      for (const text of ['list', 'lanes', 'board', 'tell', 'calls', '']) {
        const slash = { command: '/incident', text, user_id: caller.user, team_id: 'T1', channel_id: channel, trigger_id: 't' };
        const answer = await heard(channel, () => slashIncident(world.house, slash));
        if (caller.home === 'T1') wrong.push(...foreign(answer, setting).map((what) => `/incident ${text}: ${what}`));
      }
    }
    expect(kinds(wrong)).toEqual([]);
  });

  test('a question that a client writes lands in that client’s own record; anybody else’s lands nowhere', async () => {
    const counts = async () => {
      const lanes = await Promise.all([7, 8].map((at) => world.many.view(idOf(at), world.record(at))));
      return lanes.map(({ incident }) => incident.lanes.receipts.filter(({ text }) => text === 'Is it safe to log in?').length);
    };
    const ask = (at: number, team: string) => {
      const event = { type: 'message', channel: toldChannel(7), user: `UX${at}`, user_team: team, text: 'Is it safe to log in?' };
      return writtenQuestion(world.house, { ...event, ts: `${turn++}.7` }, HOME.workspace);
    };
    await ask(8, theirTeam(8));
    await ask(9, HOME.workspace);
    expect(await counts()).toEqual([0, 0]);
    await ask(7, theirTeam(7));
    expect(await counts()).toEqual([1, 0]);
  });

  test('everybody was told, each in its own words alone', async () => {
    const orders = [...(await world.many.view(US, world.incident)).incident.lanes.orders.values()];
    expect(orders.slice(0, CLIENTS).map(({ basis, closed }) => [basis, closed?.sent, closed?.failures.length])).toEqual(
      Array.from({ length: CLIENTS }, () => ['own', 1, 0]),
    );
    for (let at = 0; at < CLIENTS; at++) {
      const there = world.calls.filter(({ method, channel }) => method === 'chat.postMessage' && channel === toldChannel(at));
      expect(there.map(({ json }) => canariesIn(json))[0]).toEqual([at]);
    }
  });

  test('people of another workspace record nothing but their own answers, in their own record', async () => {
    for (let at = 0; at < CLIENTS; at++) {
      for (const { incident } of await world.many.desk.views(idOf(at))) {
        const strangers = [...incident.people.values()].filter(({ account }) => !account.startsWith('slack/T1/'));
        expect(strangers.filter(({ account }) => account !== `slack/${theirTeam(at)}/UX${at}`)).toEqual([]);
      }
    }
    const ours = (await world.many.view(US, world.incident)).incident.people;
    expect([...ours.values()].filter(({ account }) => !account.startsWith('slack/T1/'))).toEqual([]);
  });

  test('no record, no export and no page of one client holds a word of another or of ours', { timeout: 120_000 }, async () => {
    const order = { out: 'x', audience: 'full', zone: 'UTC', at: '2026-10-24T12:00:00Z', by: 'test' } as const;
    for (let at = 0; at < CLIENTS; at++)
      for (const { record } of await world.many.store.open(idOf(at)).records()) {
        const { files } = await packInMemory(world.many.store, { client: idOf(at), record, ...order });
        const text = [...files]
          .filter(([path]) => !path.endsWith('.mjs'))
          .map(([, bytes]) => fromUtf8(bytes))
          .join('\n');
        expect(canariesIn(text).filter((one) => one !== at)).toEqual([]);
        expect(text).not.toContain(OURS);
      }
  });

  test('the coordinator’s handle, the board, its page and the log hold no free text at all', async () => {
    const coordinator = world.many.store.coordinator();
    const [standing, lanes] = [await coordinator.summaries('standing'), await coordinator.summaries('lane')];
    const board = boardOf(
      { incident: world.incident, standing, lanes, sorted: new Map(), now: world.many.now },
      undefined,
      CLIENTS,
    );
    const coordination = await world.many.view(US, `${world.incident}-lanes`);
    const all = [standing, lanes, board, boardPage(board, world.incident, 'x'), coordination.entries, world.logged]
      .map((part) => JSON.stringify(part))
      .join('\n');
    expect(canariesIn(all)).toEqual([]);
    expect(all).not.toContain(OURS);
  });

  test('a client’s handle opens nothing of another client', async () => {
    for (let at = 0; at < CLIENTS; at++) {
      const foreignHandle = world.many.store.open(idOf((at + 1) % CLIENTS));
      expect(await foreignHandle.entries(world.record(at))).toEqual([]);
      expect(await foreignHandle.deliveries(world.record(at))).toEqual([]);
      expect(await foreignHandle.checkpoints(world.record(at))).toEqual([]);
      expect(await foreignHandle.released(world.incident)).toEqual([]);
      expect(await world.many.desk.view(idOf((at + 1) % CLIENTS), world.record(at))).toBeUndefined();
    }
  });
});

describe('where somebody else reads', () => {
  const notice = (at: number) => ({
    id: `test/${turn++}`,
    record: world.record(at),
    kind: 'tell',
    queue: `q${turn}`,
    body: JSON.stringify({ place: { ...HOME, channel: toldChannel(at) }, text: canary(at) }),
    coalescing: false,
  });
  const outcomeOf = async (at: number, delivery: ReturnType<typeof notice>) => {
    await world.many.desk.send(idOf(at), [delivery]);
    await world.courier.round();
    return world.carried.find(({ delivery: one }) => one.id === delivery.id)?.state;
  };

  test('a client’s words go into a shared channel only where that client alone is on the other side, asked when they go', async () => {
    expect(await outcomeOf(4, notice(4))).toBe('sent');
    world.intruded.set(toldChannel(4), ['T1', theirTeam(5)]);
    expect(await outcomeOf(4, notice(4))).toBe('refused');
    world.intruded.set(toldChannel(4), ['T1', theirTeam(4), 'TOTHER']);
    expect(await outcomeOf(4, notice(4))).toBe('refused');
    world.intruded.delete(toldChannel(4));
    expect(await outcomeOf(4, notice(4))).toBe('sent');
  });

  test('no internal card ever goes there', async () => {
    for (const kind of [
      'status-card',
      'step-card',
      'entry-card',
      'checkpoint',
      'post',
      'board-card',
      'broadcast-card',
      'call-sheet',
    ])
      expect(await outcomeOf(6, { ...notice(6), kind })).toBe('refused');
  });
});

describe('who somebody is, where Slack does not say', () => {
  const nobody: Caller = { user: 'UNOBODY', team: 'T1' };
  const receipt = (channel: string) =>
    click(
      world.house,
      payload('receipt.received', `${world.record(7)}|${world.order}`, { caller: nobody, channel, at: 7, other: 8 }),
      nobody,
    );

  test('in a channel shared with another workspace they may do nothing, and hear why', async () => {
    const before = (await world.many.view(idOf(7), world.record(7))).incident.size;
    expect(await receipt(toldChannel(7))).toMatchObject({ say: expect.stringContaining('cannot say just now') });
    expect((await world.many.view(idOf(7), world.record(7))).incident.size).toBe(before);
  });

  test('where nobody else reads they are one of ours', async () => {
    const done = await act(world.house, nobody, world.incident, { do: 'recordNote', text: 'noted' });
    expect(done).toMatchObject({ done: true });
  });
});

describe('a message of which nobody knows whether it arrived', () => {
  const settle = (verb: string, delivery: string, caller: Caller, channel = VENDOR_CHANNEL) =>
    click(world.house, payload(`unsettled.${verb}`, delivery, { caller, channel, at: 9, other: 10 }), caller);
  const lead = { user: 'UADA', team: 'T1', home: 'T1' };

  /** One that was sent, was never answered for, and may not be repeated by a program. */
  async function lost(id: string): Promise<string> {
    const body = JSON.stringify({ place: { ...HOME, channel: toldChannel(9) }, text: canary(9), incident: world.incident });
    const { store } = world.many;
    await store.open(idOf(9)).plan([{ id, record: world.record(9), kind: 'tell', queue: `q/${id}`, body, coalescing: false }]);
    const claimed = (await store.outbox.claim(world.many.now, 1000, 100)).find((one) => one.id === id);
    await world.many.desk.settle(claimed!, { state: 'asking', code: 'fate-unknown' });
    return id;
  }

  test('somebody is asked, and it stays as it is until they say', async () => {
    const { desk, store } = world.many;
    const id = await lost('lost/1');
    const unsettled = new Unsettled({ desk, store, us: US, now: () => world.many.now });
    const before = world.calls.length;
    await unsettled.look();
    await unsettled.look();
    await world.courier.round();
    const asked = world.calls.slice(before).filter(({ json }) => json.includes(id));
    expect(asked.map(({ channel }) => channel)).toContain(laneChannel(9));
    expect(asked.every(({ channel }) => IsolatedHouse.owner(channel) === 9)).toBe(true);
    expect(asked[0]?.json).not.toContain(canary(9));
    expect(await settle('arrived', id, { user: 'UX9', team: 'T1', home: theirTeam(9) })).toMatchObject({ say: expect.any(String) });
    expect(await settle('arrived', id, lead, laneChannel(8))).toMatchObject({ say: expect.stringContaining('does not belong') });
    expect((await store.outbox.uncertain()).map((one) => one.id)).toContain(id);
  });

  test('"it arrived" is the person’s word in the client’s own record; "send it again" sends it once', async () => {
    expect(await settle('arrived', 'lost/1', lead)).toBeUndefined();
    const { incident, entries } = await world.many.view(idOf(9), world.record(9));
    expect(incident.delivered.get('lost/1')).toBe('sent');
    expect(entries.at(-1)).toMatchObject({ kind: 'delivery.settled', body: { arrived: 'yes' } });
    expect(await settle('again', 'lost/1', lead)).toMatchObject({ say: expect.stringContaining('already') });

    const id = await lost('lost/2');
    const before = world.calls.length;
    expect(await settle('again', id, lead)).toBeUndefined();
    await world.courier.round();
    const again = world.calls
      .slice(before)
      .filter(({ channel, method }) => channel === toldChannel(9) && method === 'chat.postMessage');
    expect(again).toHaveLength(1);
    expect((await world.many.view(idOf(9), world.record(9))).incident.delivered.get(id)).toBe('sent');
  });
});
