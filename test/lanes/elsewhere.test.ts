import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US, world } from '../../src/cli/house.ts';
import { tokensElsewhere } from '../../src/cli/start.ts';
import { ClientShape } from '../../src/inventory/register.ts';
import { createRoom } from '../../src/room/room.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { type Message, option, Workplace } from '../slack/workplace.ts';

/** A client that is told things in its own workspace, where the bot is installed too. */
const TOKEN = 'xoxb-of-the-client';
const TEXT =
  'We know of a problem with the remote tool and switched it off at 09:05 UTC. Leave what is off switched off. Our next update comes by 11:00 UTC.';

let place: Workplace;
let theirs: Theirs;
let ada: string;
let ben: string;
let record: string;
let channel: string;

/** A second Slack, with people and channels of its own. */
class Theirs {
  readonly store = openSqlite(':memory:');
  readonly room = createRoom({
    shelf: this.store.room,
    signingSecret: 'not-used',
    botToken: TOKEN,
    now: world.now,
    random: world.random,
    eventsUrl: '',
    rateLimits: 'off',
    commands: [],
    shortcuts: [],
  });
  readonly #server = createServer(this.room.listener);
  team = '';

  async open(): Promise<this> {
    await new Promise<void>((ready) => this.#server.listen(0, '127.0.0.1', ready));
    this.team = String((await this.api('auth.test')).team_id);
    return this;
  }

  async api(method: string, args: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const { port } = this.#server.address() as AddressInfo;
    const headers = { authorization: `Bearer ${TOKEN}` };
    const answer = await fetch(`http://127.0.0.1:${port}/api/${method}`, {
      method: 'POST',
      headers,
      body: new URLSearchParams(args),
    });
    return (await answer.json()) as Record<string, unknown>;
  }

  async messages(of: string): Promise<Message[]> {
    return ((await this.api('conversations.history', { channel: of })).messages ?? []) as Message[];
  }

  async close(): Promise<void> {
    await this.room.close();
    this.#server.closeAllConnections();
    await new Promise((done) => this.#server.close(done));
    await this.store.close();
  }
}

beforeEach(async () => {
  theirs = await new Theirs().open();
  place = new Workplace('http');
  place.beside = { team: theirs.team, token: TOKEN, listener: theirs.room.listener };
  await place.open();
  [ada = '', ben = ''] = (await place.people()).map(({ id }) => id);
  const made = (await theirs.api('conversations.create', { name: 'word-from-our-provider', is_private: 'true' })) as {
    channel: { id: string };
  };
  channel = made.channel.id;
  const client = ClientShape.parse({ id: 'tulip', name: 'Tulip BV', channel, workspace: theirs.team });
  const by = { person: { account: `slack/${place.team}/${ada}`, name: 'Ada' }, via: 'slack-signature' } as const;
  const { Clients } = await import('../../src/desk/clients.ts');
  await new Clients(place.desk!, place.store).register([client], by);
  record = (await place.declare(ada, 'The remote tool is installing something')).record;
  const noted = 'There is a problem with the remote tool. We switched it off at 09:05 UTC.';
  await place.desk!.do({ client: US, record, command: { do: 'recordNote', text: noted }, via: 'bot' });
  await place.submit(ada, 'lanes.tell', { incident: record }, { audience: option('all'), purpose: option('holding'), text: TEXT });
});
afterEach(async () => {
  await place.close();
  await theirs.close();
});

const told = () =>
  place.until('the word in their workspace', async () => (await theirs.messages(channel)).find(({ text }) => text === TEXT));
const standing = async () => (await place.desk!.view('tulip', 'standing-tulip'))!.incident;

async function approved(): Promise<Message> {
  const view = () => place.desk!.view(US, record);
  const order = await place.until('the order', async () => [...(await view())!.incident.lanes.orders.keys()][0]);
  await place.submit(ben, 'lanes.approve', { incident: record, order }, { sure: option('yes') });
  return told();
}

/** Somebody of that workspace, which signs as theirs. */
const from = { team: { id: '' }, user: { id: 'UTHEIRS' } };
const fromThem = () => ({ ...from, team: { id: theirs.team }, user: { id: 'UTHEIRS', team_id: theirs.team } });

describe('a client with a workspace of its own', () => {
  test('is told there, and its tap lands in its own record', async () => {
    const message = await approved();
    expect((await standing()).places).toMatchObject([{ workspace: theirs.team, channel, purpose: 'client' }]);
    const answer = await place.click('UTHEIRS', channel, message, 'receipt.received', {}, fromThem());
    expect(answer.status).toBe(200);
    expect((await standing()).lanes.receipts).toMatchObject([{ answer: 'received' }]);
  });

  test('reaches nothing else: no command, no form, no card of ours, and no record by its id', async () => {
    const message = await approved();
    // The broadcast may still be closing: that entry is not theirs.
    const entries = async () =>
      (await place.desk!.view(US, record))!.entries.filter(({ kind }) => kind !== 'broadcast.closed').length;
    const before = await entries();
    const forged = {
      ...message,
      blocks: [{ type: 'actions', block_id: 'x', elements: [{ type: 'button', action_id: 'incident.note', value: record }] }],
    };
    expect((await place.click('UTHEIRS', channel, forged, 'incident.note', {}, fromThem())).body).toBe('');
    const note = {
      id: 'V1',
      callback_id: 'note',
      private_metadata: JSON.stringify({ record }),
      state: { values: { text: { value: { value: 'theirs' } } } },
    };
    await place.interact({ type: 'view_submission', ...fromThem(), view: note });
    const team = place.team;
    place.team = theirs.team;
    const slash = await place.slash('UTHEIRS', 'list', channel);
    await place.mention('UTHEIRS', channel, 'note: theirs');
    place.team = team;
    expect(slash.body).toContain('Nothing was recorded');
    expect(slash.body).not.toContain('remote tool');
    expect(await entries()).toBe(before);
  });

  test('whose register names another workspace than its channel is told nothing', async () => {
    const profile = JSON.stringify(ClientShape.parse({ id: 'tulip', name: 'Tulip BV', channel, workspace: 'T0SOMEBODY' }));
    const command = { do: 'changeClient', name: 'Tulip BV', profile } as const;
    await place.desk!.do({ client: 'tulip', record: 'standing-tulip', of: 'standing', command, via: 'bot' });
    const view = () => place.desk!.view(US, record);
    const order = await place.until('the order', async () => [...(await view())!.incident.lanes.orders.keys()][0]);
    await place.submit(ben, 'lanes.approve', { incident: record, order }, { sure: option('yes') });
    const closed = () => view().then((one) => [...one!.incident.lanes.orders.values()][0]?.closed);
    expect(await place.until('the end of the broadcast', closed)).toMatchObject({
      sent: 0,
      failures: [{ client: 'tulip', code: 'not-that-client' }],
    });
    expect((await theirs.messages(channel)).filter(({ text }) => text === TEXT)).toEqual([]);
  });
});

test('the setting is read, and a wrong one is said by its number and without its token', () => {
  expect(tokensElsewhere('T1=xoxb-1, T2=xoxb-2')).toEqual(
    new Map([
      ['T1', 'xoxb-1'],
      ['T2', 'xoxb-2'],
    ]),
  );
  expect(tokensElsewhere('')).toBeUndefined();
  expect(() => tokensElsewhere('T1=xoxb-1,secret')).toThrow(/number 2 is not a workspace/);
  expect(() => tokensElsewhere('T1=xoxb-1,secret')).not.toThrow(/secret/);
});
