import { afterEach, beforeEach, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { profileOf, standingOf } from '../../src/desk/clients.ts';
import type { Client } from '../../src/inventory/register.ts';
import { changesTo } from '../../src/inventory/register-change.ts';
import { slashIncident } from '../../src/slack/declare.ts';
import type { FormAnswer } from '../../src/slack/forms.ts';
import type { Caller } from '../../src/slack/house.ts';
import { submit } from '../../src/slack/submissions.ts';
import { HOME, ManyClients } from './house.ts';
import { houseOver } from './slack-house.ts';

/** The register in Slack: nothing is recorded before it was seen. */
let many: ManyClients;
let house: ReturnType<typeof houseOver>;
const ada: Caller = { user: 'UADA', team: HOME.workspace, home: HOME.workspace };
let turn = 0;

beforeEach(() => {
  many = new ManyClients();
  house = houseOver(many);
});
afterEach(() => many.store.close());

function send(callback: string, metadata: object, texts: Record<string, string>, caller = ada): Promise<FormAnswer> {
  const values = Object.fromEntries(
    Object.entries(texts).map(([name, value]) => [
      name,
      { value: name === 'way' || name === 'role' ? { selected_option: { value } } : { value } },
    ]),
  );
  const view = { id: `V${turn++}`, callback_id: callback, private_metadata: JSON.stringify(metadata), state: { values } };
  return submit(house, { type: 'view_submission', user: { id: caller.user, team_id: caller.home }, view } as never, caller);
}
const shown = (answer: FormAnswer): string => JSON.stringify(answer);
const previewIn = (answer: FormAnswer): object =>
  answer !== undefined && 'form' in answer ? JSON.parse(answer.form.private_metadata ?? '{}') : {};
const profile = async (id: string): Promise<Client | undefined> =>
  profileOf((await many.desk.view(id, standingOf(id)))?.incident.lanes.client?.profile);

test('a pasted list is previewed: added, changed, the same, refused with reasons, and only then recorded', async () => {
  await many.clients.register(
    [
      { id: 'tulip', name: 'Tulip BV', contacts: [{ name: 'Mia', mobile: '+31 1' }], backup: 'tape' },
      { id: 'oak', name: 'Oak Ltd', contacts: [] },
    ],
    { person: { account: 'slack/T1/UADA', name: 'Ada' }, via: 'slack-signature' },
  );
  const csv = 'Handy;Kunde;Kontakt;Kanal\n+31 2;Tulip BV;Mia;\n;Oak Ltd;;\n+49 3;Ülme GmbH;Jörg;\n;Bad;;no channel\n';
  const preview = await send('register.import', {}, { csv });
  expect(shown(preview)).toContain('1 added · 1 changed · 1 as they are · 1 refused');
  expect(shown(preview)).toContain('Handy → mobile');
  expect(shown(preview)).toContain('Tulip BV: contacts');
  expect(await profile('ulme-gmbh')).toBeUndefined();
  expect(shown(await send('register.confirm', previewIn(preview), {}))).toContain('1 added, 1 changed');
  expect(await profile('ulme-gmbh')).toMatchObject({ name: 'Ülme GmbH', contacts: [{ name: 'Jörg', mobile: '+49 3' }] });
  expect(await profile('tulip')).toMatchObject({ backup: 'tape', contacts: [{ name: 'Mia', mobile: '+31 2' }] });
  expect(shown(await send('register.confirm', previewIn(preview), {}))).toContain('not here any more');
});

test('one client is added and changed by a form; what the form does not ask stays', async () => {
  const fields = {
    name: 'Elm Clinic',
    contacts: 'Dr Elm; +1 2; elm@example.org; owner',
    products: 'VSA; Kaseya; 9.5',
    jurisdictions: 'US-TX: 300, DE',
    role: 'owner',
    insurer: 'Acme',
    tolerable_downtime_hours: '8',
  };
  expect(shown(await send('register.client', {}, fields))).toContain('added');
  expect(await profile('elm-clinic')).toMatchObject({
    contacts: [{ name: 'Dr Elm', mobile: '+1 2', email: 'elm@example.org', role: 'owner' }],
    products: [{ name: 'VSA', publisher: 'Kaseya', version: '9.5' }],
    jurisdictions: { 'US-TX': 300, DE: 'unknown' },
    insurance: { insurer: 'Acme' },
    tolerable_downtime_hours: 8,
  });
  expect(await send('register.client', {}, { name: 'elm clinic' })).toMatchObject({
    errors: { name: expect.stringContaining('already') },
  });
  expect(await send('register.client', { client: 'elm-clinic' }, { ...fields, zone: 'Mars/Olympus' })).toMatchObject({
    errors: { zone: expect.stringContaining('time zone') },
  });
  expect(shown(await send('register.client', { client: 'elm-clinic' }, { ...fields, insurer: '', backup: 'cloud' }))).toContain(
    'changed',
  );
  const now = await profile('elm-clinic');
  expect(now?.backup).toBe('cloud');
  expect(now?.insurance).toBeUndefined();
});

test('a client that leaves is told nothing more, and its records are written out', async () => {
  const [id = ''] = await many.register(1);
  const form = await send('register.way', {}, { way: 'leave', client: 'Client 0' });
  expect(shown(form)).toContain('Let them go');
  expect(shown(await send('register.leave', { client: id }, { reason: 'another provider', to: 'Elsewhere' }))).toContain(
    'packs/standing',
  );
  expect((await many.clients.list()).map(({ status }) => status)).toEqual(['left']);
  expect(await send('register.way', {}, { way: 'leave', client: 'Client 0' })).toMatchObject({
    errors: { client: expect.any(String) },
  });
});

test('nobody from outside sees or changes the register', async () => {
  const stranger: Caller = { user: 'UX', team: HOME.workspace, home: 'TOTHER' };
  expect(await send('register.client', {}, { name: 'Evil' }, stranger)).toMatchObject({
    errors: { name: expect.stringContaining('team that invited you') },
  });
  expect(await profile('evil')).toBeUndefined();
  const slash = {
    command: '/incident',
    text: 'clients',
    user_id: 'UADA',
    team_id: HOME.workspace,
    channel_id: 'C1',
    trigger_id: 't',
  };
  expect(shown((await slashIncident(house, slash)) as never)).toContain('Import a list');
  expect((await many.store.coordinator().summaries('standing')).map(({ client }) => client)).not.toContain(US);
});

test('a list that leaves something out changes nothing of it', () => {
  const known = [{ id: 'a', name: 'A', contacts: [{ name: 'Mia', mobile: '1' }], sector: 'msp', jurisdictions: { DE: 1, FR: 2 } }];
  expect(changesTo(known, [{ id: 'x', name: ' a ', contacts: [] }])).toMatchObject([{ outcome: 'changed', fields: ['name'] }]);
  expect(
    changesTo(known, [{ id: 'a', name: 'A', contacts: [{ name: 'mia' }], jurisdictions: { FR: 2, DE: 1 } }])[0]?.fields,
  ).toEqual(['contacts']);
  expect(changesTo(known, [{ id: 'a', name: 'A', contacts: [] }])[0]?.outcome).toBe('same');
});

test('a list of papers, and what stands under us, are taken in elsewhere, and the form says where', async () => {
  expect(await send('register.import', {}, { csv: 'client,document,hours\ntulip,msa,24\n' })).toMatchObject({
    errors: { csv: expect.stringContaining('Nothing was recorded.') },
  });
  const preview = await send('register.import', {}, { csv: 'clients: [{id: elm, name: Elm}]\nus: {name: Northwind}\n' });
  expect(shown(preview)).toContain('is left alone here');
});
