import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { cli } from '../../src/cli.ts';
import { standingOf } from '../../src/desk/clients.ts';
import { Lanes, laneOf } from '../../src/desk/lanes.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** From the phone to the receipt: one vendor incident, three clients, of which two are hit. */
let place: Workplace;
let ada = '';
let ben = '';
let record = '';
let channel = '';
let order = '';
const TEXT = 'Please leave what is switched off as it is. Our next update comes by 11:00 UTC.';
const IDS = ['acme', 'birch', 'cedar'];

beforeEach(async () => {
  place = await new Workplace('http').open();
  [ada = '', ben = ''] = (await place.people()).map(({ id }) => id);
  const rows: string[] = [];
  for (const id of IDS) {
    const made = (await place.api('conversations.create', { name: `told-${id}`, is_private: 'true' })) as {
      channel: { id: string };
    };
    rows.push(`${id},Client ${id},Mia ${id},+49 170 1,${made.channel.id}`);
  }
  const file = join(place.folder, 'register.csv');
  writeFileSync(file, `Client ID,Client Name,Contact Name,Mobile,Channel\n${rows.join('\n')}\n`);
  const terminal = {
    out: () => {},
    err: () => {},
    env: { FIREBREAK_DATA: place.folder },
    stdin: async () => '',
    now: () => Temporal.Now.instant(),
  };
  expect(await cli(['clients', 'import', file], terminal)).toBe(0);
  ({ record, channel } = await place.declare(ada, 'The remote tool'));
  await place.submit(ada, 'role', { record }, { role: option('communications'), to: { selected_user: ben } });
  const by = { person: { account: `slack/${place.team}/${ada}`, name: 'Ada' }, via: 'slack-signature' } as const;
  const state = { tier: 'T2', state: 'present_in_window', reason: 'An affected version is present.' } as const;
  await new Lanes(place.desk!, place.store, US).sort(
    record,
    ['acme', 'birch'].map((client) => ({ client, ...state })),
    by,
  );
  const tell = await place.submit(
    ada,
    'lanes.tell',
    { incident: record },
    { audience: option('all'), purpose: option('holding'), text: TEXT },
  );
  expect(tell.body).toBe('');
  order = await place.until('the order', async () => [...(await vendor()).lanes.orders.keys()][0]);
  await place.submit(ben, 'lanes.approve', { incident: record, order }, { sure: option('yes') });
  await place.until('everybody told', async () => (await vendor()).lanes.orders.get(order)?.closed, 30_000);
}, 60_000);
afterEach(() => place.close());

const vendor = async () => (await place.desk!.view(US, record))!.incident;
const lane = async (id: string) => (await place.desk!.view(id, laneOf(record, id)))!.incident;
const standing = async (id: string) => (await place.desk!.view(id, standingOf(id)))!.incident;
const told = async (id: string) => (await standing(id)).places[0]!.channel;
const room = (id: string) =>
  place.until('the lane’s channel', async () => (await lane(id)).places.find(({ purpose }) => purpose === 'incident')?.channel);
const said = ({ blocks, text }: Message) => JSON.stringify(blocks ?? text);
const card = (where: string, words: string) =>
  place.until(`"${words}"`, async () => (await place.messages(where)).findLast((message) => said(message).includes(words)));

test('a question becomes a draft by one click, is approved by somebody else, and its receipt goes to the client as a file', {
  timeout: 60_000,
}, async () => {
  const asking = { incident: '', record: laneOf(record, 'acme'), order, channel: await told('acme') };
  await place.submit(ben, 'lanes.question', asking, { text: 'Are we affected?', urgent: option('no') });
  await card(channel, 'They have a question: Client acme');
  const asked = await card(await room('acme'), 'Draft: Are we affected?');
  expect((await place.click(ada, await room('acme'), asked, 'reply.draft')).body).toBe('');
  const notice = await place.until('the draft', async () => [...(await lane('acme')).notices.values()][0]);
  const about = { record: laneOf(record, 'acme'), notice: notice.id, sha256: notice.sha256 };
  expect((await place.submit(ada, 'notice.approve', about, { confirm: option('yes') })).body).toMatch(/second person|approved by/);
  await place.submit(
    ada,
    'role',
    { record: laneOf(record, 'acme') },
    { role: option('communications'), to: { selected_user: ben } },
  );
  expect((await place.submit(ben, 'notice.approve', about, { confirm: option('yes') })).body).toBe('');
  const foreign = await place.submit(ben, 'notice.send', about, { channel: option(await told('birch')) });
  expect(foreign.body).toContain('belongs to a record already');
  expect((await place.submit(ben, 'notice.send', about, { channel: option(await told('acme')) })).body).toBe('');
  const answer = await card(await told('acme'), 'An affected version is present');
  await place.until('the sending on record', async () => (await lane('acme')).notices.get(notice.id)?.sent[0]);
  await place.click(ben, await told('acme'), answer, 'receipt.received');
  expect((await lane('acme')).lanes.receipts.map(({ order: to, answer: how }) => [to, how])).toEqual([
    [order, 'question'],
    [notice.id, 'received'],
  ]);
  const where = { incident: record, client: 'acme', record: laneOf(record, 'acme'), channel: await room('acme') };
  expect((await place.submit(ada, 'lanes.receipt', where, { where: option('theirs') })).body).toBe('');
  const sent = await card(await told('acme'), 'word for word: 2 messages');
  expect(JSON.stringify(sent)).toMatch(/receipt-\d+\.html/);
  expect((await lane('acme')).notes.map(({ text }) => text)).toEqual([
    'The receipt of what this client was told goes into its channel.',
  ]);
});

test('a tap on the call sheet counts once and shows at once; who is hit without a lane gets one with one tap', {
  timeout: 60_000,
}, async () => {
  await place.mention(ada, channel, 'call sheet');
  const sheet = await card(channel, 'Call sheet: 0 of 3 reached');
  await place.click(ada, channel, sheet, 'calls.reached');
  const again = await place.click(ada, channel, sheet, 'calls.reached');
  expect(again.status).toBe(200);
  await card(channel, 'Call sheet: 1 of 3 reached');
  expect((await lane('acme')).lanes.calls).toHaveLength(1);
  await place.mention(ben, channel, 'call birch no answer');
  await place.until('the call', async () => (await lane('birch')).lanes.calls[0]);
  const message = await card(await told('cedar'), 'switched off');
  await place.click(ben, await told('cedar'), message, 'receipt.hit');
  const alert = await card(channel, 'They say that they are hit: Client cedar');
  await card(channel, 'they say they are hit*');
  expect((await place.click(ada, channel, alert, 'lanes.open')).status).toBe(200);
  await card(await room('cedar'), 'They say that they are hit');
  await place.click(ben, await told('cedar'), message, 'receipt.question').catch(() => undefined);
  const asking = { incident: '', record: standingOf('cedar'), order, channel: await told('cedar') };
  await place.submit(ben, 'lanes.question', asking, { text: 'Is it safe to log in?', urgent: option('no') });
  expect((await lane('cedar')).lanes.receipts.map(({ answer, by }) => [answer, by === 'bot'])).toEqual([
    ['hit', true],
    ['question', false],
  ]);
});
