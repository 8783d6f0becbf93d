import { beforeAll, describe, expect, test } from 'vitest';
import { laneOf } from '../../src/desk/lanes.ts';
import type { RecordView } from '../../src/desk/view.ts';
import type { Notice } from '../../src/record/incident-notices.ts';
import { contactLines, foreignAddress, laneClient, mainContact } from '../../src/slack/notices/recipients.ts';
import { by, idOf, ManyClients } from './house.ts';

/** A notice of a lane is for the client of that lane: its own contacts stand ready, and another client's are refused. */
const many = new ManyClients();
let lane: RecordView;
const house = { desk: many.desk, lanes: many };
const notice = (client: string) => ({ values: JSON.stringify({ client }) }) as Notice;
const refused = (text: string, view = lane, client = 'Client 0') => foreignAddress(house, view, notice(client), text);

beforeAll(async () => {
  const record = await many.declare();
  await many.register(3, (at) => ({
    name: `Clinic Number ${at}`,
    address: `${at} High Street`,
    contacts: [
      { name: `Owner ${at}`, role: 'owner', mobile: '555 0100' },
      { name: `It ${at}`, role: 'IT', email: at === 2 ? 'two@gmail.com' : `it@clinic${at}.example` },
    ],
  }));
  const assessed = [0, 1, 2].map((at) => ({
    client: idOf(at),
    tier: 'T2' as const,
    state: 'present_in_window' as const,
    reason: 'the tool',
  }));
  await many.lanes.sort(record, assessed, by);
  lane = await many.view(idOf(0), laneOf(record, idOf(0)));
});

describe('the addressee of a notice in a lane', () => {
  test('is the client of the lane, with address and contacts by role', async () => {
    const client = await laneClient(house, lane);
    expect(client).toMatchObject({ name: 'Clinic Number 0', address: '0 High Street' });
    expect(mainContact(client!)).toMatchObject({ email: 'it@clinic0.example' });
    expect(contactLines(client)).toMatch(/Owner 0 \(owner, 555 0100\)[\s\S]*It 0 \(IT, it@clinic0\.example\)/);
    expect(contactLines(client)).not.toContain('clinic1');
  });

  test('is nobody in a record of ours', async () => {
    expect(await laneClient(house, await many.view('us', 'inc-vendor'))).toBeUndefined();
  });
});

describe('an address of another client', () => {
  test.each(['it@clinic1.example', 'Somebody <boss@clinic1.example>', 'two@gmail.com', 'Clinic Number 1, by post'])(
    'is refused in this lane, and it is not said whose: %s',
    async (text) => {
      expect(await refused(text)).toMatch(/another client/);
      expect(await refused(text)).not.toMatch(/Number|clinic1/);
    },
  );

  test.each(['it@clinic0.example', 'new.person@clinic0.example', 'somebody@gmail.com', 'report@regulator.example', '555 0100'])(
    'is not: %s',
    async (text) => expect(await refused(text)).toBeUndefined(),
  );

  test('in a record of ours, whoever the notice is addressed to decides', async () => {
    const ours = await many.view('us', 'inc-vendor');
    expect(await refused('it@clinic1.example', ours, 'Clinic Number 1')).toBeUndefined();
    expect(await refused('it@clinic1.example', ours, 'Clinic Number 0')).toMatch(/another client/);
  });
});
