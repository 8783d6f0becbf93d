import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { cli } from '../../src/cli.ts';
import { Lanes } from '../../src/desk/lanes.ts';
import { option, Workplace } from '../slack/workplace.ts';

/** Sixty clients of which twelve are hit: from the vendor's alarm to the first word to all of them, and how much one person must type. */
const CLIENTS = 60;
const HIT = 12;
const AT_MOST = 40;
const TEXT =
  'We know of a problem with the remote tool and switched it off at 09:05 UTC. Leave what is off switched off. Our next update comes by 11:00 UTC.';

/** What a notice says must stand in the record first. */
const NOTED = 'There is a problem with the remote tool. We switched it off at 09:05 UTC.';

let place: Workplace;
let inputs: string[];

beforeEach(async () => {
  place = await new Workplace('http').open();
  inputs = [];
});
afterEach(() => place.close());

/** A form as one person fills it in: the way to it, every field of it, and its button. */
function fill(user: string, opened: string, callback: string, metadata: object, fields: Record<string, unknown>) {
  inputs.push(opened, ...Object.keys(fields).map((field) => `${callback}: ${field}`), `${callback}: send`);
  return place.submit(user, callback, metadata, fields);
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string[] }> {
  const err: string[] = [];
  const out: string[] = [];
  const env = { FIREBREAK_DATA: place.folder };
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    env,
    stdin: async () => '',
    now: () => Temporal.Now.instant(),
  };
  const code = await cli(args, terminal);
  return { code, out: out.join('\n'), err };
}

/** What their tools say of each client: software lists and SBOMs, an affected version at every fifth. */
function writeInventories(): void {
  for (let at = 0; at < CLIENTS; at++) {
    const folder = join(place.folder, 'inventory', `client-${at}`);
    mkdirSync(folder, { recursive: true });
    const hit = at % (CLIENTS / HIT) === 0;
    const version = hit ? '9.5.6' : '9.5.7';
    if (at % 2 === 0)
      writeFileSync(
        join(folder, 'rmm.csv'),
        `Device;Software;Publisher;Version;Install Date\r\nPC1;VSA Agent;Kaseya;${version};12.03.2021\r\n`,
      );
    else {
      const component = { type: 'application', name: 'VSA Agent', publisher: 'Kaseya', version };
      writeFileSync(join(folder, 'machine.cdx.json'), JSON.stringify({ bomFormat: 'CycloneDX', components: [component] }));
    }
  }
}

async function writeRegister(): Promise<string> {
  const rows: string[] = [];
  for (let at = 0; at < CLIENTS; at++) {
    const { channel } = (await place.api('conversations.create', { name: `told-${at}`, is_private: 'true' })) as {
      channel: { id: string };
    };
    rows.push(`client-${at},Client Number ${at},Contact ${at},+49 170 ${1000 + at},${channel.id}`);
  }
  const path = join(place.folder, 'register.csv');
  writeFileSync(path, `Client ID,Client Name,Contact Name,Mobile,Channel\n${rows.join('\n')}\n`);
  return path;
}

test('sorted, lanes open and the holding statement out, in at most forty inputs of one person', { timeout: 90_000 }, async () => {
  writeInventories();
  const register = await writeRegister();
  const [ada, ben] = (await place.people()).map(({ id }) => id);
  expect(await run('clients', 'import', register)).toMatchObject({ code: 0, err: [] });
  inputs.push('clients import register.csv');

  const { record, channel } = await place.declare(ada!, 'The remote tool is installing something');
  inputs.push('/incident', 'title', 'still happening', 'can reach clients', 'talking over it', 'looks like', 'Start');

  expect((await place.slash(ada!, 'lanes', channel)).body).toBe('');
  const advisory = { product: 'VSA Agent', publisher: 'Kaseya', versions: '< 9.5.7', ecosystem: option('software') };
  expect((await fill(ada!, '/incident lanes', 'lanes.sort', { incident: record }, advisory)).body).toBe('');
  await place.until(
    'the sorting',
    async () => (await place.messages(channel)).find(({ text }) => text.startsWith('Sorted 60 clients')),
    30_000,
  );

  await place.mention(ada!, channel, `note ${NOTED}`);
  inputs.push(`@firebreak note ${NOTED}`);
  await place.until('the note', async () =>
    (await place.desk!.view(US, record))!.incident.notes.some(({ text }) => text === NOTED),
  );

  const told = { audience: option('all'), purpose: option('holding'), text: TEXT };
  expect((await fill(ada!, '/incident tell', 'lanes.tell', { incident: record }, told)).body).toBe('');
  const card = await place.until('the card to approve', async () =>
    (await place.messages(channel)).find(({ text }) => text.startsWith('To approve')),
  );

  const own = await place.submit(ada!, 'lanes.approve', { incident: record, order: orderOf(card.blocks) }, { sure: option('yes') });
  expect(own.body).toContain('Somebody else must approve');
  await place.submit(ben!, 'lanes.approve', { incident: record, order: orderOf(card.blocks) }, { sure: option('yes') });

  const lanes = await new Lanes(place.desk!, place.store, US).of(record);
  expect(lanes.map(({ client }) => Number(client.slice(7))).sort((a, b) => a - b)).toEqual(
    Array.from({ length: HIT }, (_, at) => at * 5),
  );
  const closed = () => place.desk!.view(US, record).then((view) => [...view!.incident.lanes.orders.values()][0]?.closed);
  expect(await place.until('the last of sixty', closed, 60_000)).toEqual(
    expect.objectContaining({ sent: CLIENTS, unsent: 0, failures: [] }),
  );
  for (let at = 0; at < CLIENTS; at += 7) {
    const view = (await place.desk!.view(`client-${at}`, `standing-client-${at}`))!;
    const { channel: where } = view.incident.places[0]!;
    expect((await place.messages(where)).filter(({ text }) => text === TEXT)).toHaveLength(1);
  }
  expect(inputs.length).toBeLessThanOrEqual(AT_MOST);
});

test('a client answers with one tap, in its own record, and a tap from another channel does nothing', {
  timeout: 60_000,
}, async () => {
  const register = await writeRegister();
  const [ada, ben, mia = ''] = (await place.people()).map(({ id }) => id);
  await run('clients', 'import', register);
  const { record, channel } = await place.declare(ada!, 'Test');
  await place.mention(ada!, channel, `note ${NOTED}`);
  await place.until('the note', async () =>
    (await place.desk!.view(US, record))!.incident.notes.some(({ text }) => text === NOTED),
  );
  await place.submit(ada!, 'lanes.tell', { incident: record }, { audience: option('all'), purpose: option('holding'), text: TEXT });
  const order = await place.until(
    'the order',
    async () => [...(await place.desk!.view(US, record))!.incident.lanes.orders.keys()][0],
  );
  await place.submit(ben!, 'lanes.approve', { incident: record, order }, { sure: option('yes') });
  const channelOf = async (at: number) =>
    (await place.desk!.view(`client-${at}`, `standing-client-${at}`))!.incident.places[0]!.channel;
  const message = await place.until('the first message', async () => {
    for (let at = 0; at < CLIENTS; at++) {
      const found = (await place.messages(await channelOf(at))).find(({ text }) => text === TEXT);
      if (found !== undefined) return { at, found };
    }
    return undefined;
  });
  const { at, found } = message;
  const [mine, other] = [await channelOf(at), await channelOf((at + 1) % CLIENTS)];
  await place.click(mia || ben!, other, found, 'receipt.hit');
  const receipts = async () => (await place.desk!.view(`client-${at}`, `standing-client-${at}`))!.incident.lanes.receipts;
  expect(await receipts()).toEqual([]);
  await place.click(mia || ben!, mine, found, 'receipt.hit');
  expect(await receipts()).toMatchObject([{ order, answer: 'hit' }]);
  await place.until('word of it in the incident', async () =>
    (await place.messages(channel)).find(({ text }) =>
      text.includes(`They say that they are hit: Client Number ${at} (they have no lane yet`),
    ),
  );
  const { rows } = JSON.parse((await run('board', record, '--json')).out) as { rows: { client: string; stuck?: string }[] };
  expect(rows[0]).toMatchObject({ client: `client-${at}`, stuck: 'hit' });
});

function orderOf(blocks: { [key: string]: unknown }[] = []): string {
  const [, order = ''] = /"broadcast\|inc-[a-z0-9]+\|(order-[a-z0-9]+)"/.exec(JSON.stringify(blocks)) ?? [];
  return order;
}
