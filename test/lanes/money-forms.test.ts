import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { webApi } from '@slack/bolt';
import { beforeEach, describe, expect, test } from 'vitest';
import { openHouse, settingsOf } from '../../src/cli/house.ts';
import { costsSchema } from '../../src/cli/schema-money.ts';
import { cli } from '../../src/cli.ts';
import { laneOf } from '../../src/desk/lanes.ts';
import { TermsDesk } from '../../src/desk/terms-desk.ts';
import { ClientShape } from '../../src/inventory/register.ts';
import { proofOfLoss } from '../../src/record/proof-of-loss.ts';
import { click } from '../../src/slack/clicks.ts';
import type { Caller, House } from '../../src/slack/house.ts';
import { submit } from '../../src/slack/submissions.ts';
import { freshFolder } from '../folder.ts';
import { by, HOME, idOf, library, ManyClients, US } from './house.ts';

/** The forms of terms and costs, as they come back from Slack: what they record, where, and what they refuse. */
let many: ManyClients;
let house: House;
let incident: string;
let lane: string;
let forms = 0;
const ada: Caller = { user: 'UADA', team: 'T1', home: 'T1' };
const POLICY = { insurer: 'Beta Ins', policy: 'BI-77', hotline: '+1 555' };

beforeEach(async () => {
  many = new ManyClients();
  const silent = () => {};
  const client = { users: { info: async () => ({ ok: true, user: { real_name: 'Ada', team_id: 'T1' } }) } };
  house = {
    surface: 'slack',
    team: 'T1',
    desk: many.desk,
    store: many.store,
    library,
    client: client as unknown as webApi.WebClient,
    log: { info: silent, warn: silent, error: silent },
    via: () => 'slack-signature',
    clientOf: () => US,
  };
  incident = await many.declare();
  await many.register(1, () => ({ insurance: POLICY }));
  await many.lanes.sort(incident, [{ client: idOf(0), tier: 'T2', state: 'present_in_window', reason: 'x' }], by);
  lane = laneOf(incident, idOf(0));
  await many.theirs(idOf(0), lane, { do: 'openPlace', ...HOME, channel: 'CLANE', purpose: 'incident' });
});

type Fields = Record<string, string | string[] | { choice: string }>;

function send(callback: string, record: string, fields: Fields, caller = ada) {
  const values = Object.entries(fields).map(([name, value]) => {
    const field = Array.isArray(value)
      ? { selected_options: value.map((one) => ({ value: one })) }
      : typeof value === 'string'
        ? { value }
        : { selected_option: { value: value.choice } };
    return [name, { value: field }];
  });
  const view = {
    id: `V${forms++}`,
    callback_id: callback,
    private_metadata: JSON.stringify({ record }),
    state: { values: Object.fromEntries(values) },
  };
  return submit(house, { type: 'view_submission', user: { id: caller.user }, view }, caller);
}

const costs = async () => proofOfLoss((await many.view(idOf(0), lane)).incident.costs);
const press = (action: string, value: string, channel = 'CLANE') =>
  click(
    house,
    {
      type: 'block_actions',
      user: { id: 'UADA', team_id: 'T1' },
      team: { id: 'T1' },
      trigger_id: 't',
      channel: { id: channel },
      actions: [{ action_id: action, block_id: 'b', value, action_ts: String(forms++) }],
    },
    ada,
  );

describe('the cost form', () => {
  const HOURS: Fields = { category: { choice: 'restoration' }, who: 'Ada', hours: '2h30', rate: '100 EUR', consent: 'C-1' };

  test('records a line in the lane it was opened in, and shows what it costs so far', async () => {
    expect(await send('cost.add', lane, HOURS)).toBeUndefined();
    expect((await costs()).lines).toMatchObject([
      { who: 'Ada', minutes: 150, amount: 25000, currency: 'EUR', consent: 'yes', billed: 'nobody' },
    ]);
    expect((await many.view(US, incident)).incident.costs.lines.size).toBe(0);
    expect(JSON.stringify(await press('cost.add', lane))).toContain('250.00 EUR');
  });

  test('puts a line right, and takes one out with a reason', async () => {
    await send('cost.add', lane, HOURS);
    const [line] = (await costs()).lines;
    await send('cost.add', lane, { ...HOURS, hours: '1h', supersedes: { choice: String(line?.seq) } });
    const [again] = (await costs()).lines;
    expect(again).toMatchObject({ minutes: 60 });
    await send('cost.add', lane, {
      category: { choice: 'legal' },
      supersedes: { choice: String(again?.seq) },
      reason: 'counted twice',
    });
    expect((await costs()).lines).toEqual([]);
  });

  test('takes a sheet as a whole, once', async () => {
    const table = 'date,technician,hours,ticket\n2026-10-24,Ada,3,T1\n2026-10-24,Ben,1.5,T2';
    expect(await send('cost.add', lane, { category: { choice: 'overtime' }, table })).toBeUndefined();
    expect((await costs()).total).toMatchObject({ lines: 2, minutes: 270 });
    expect(await send('cost.add', lane, { category: { choice: 'overtime' }, table })).toEqual({
      errors: { table: 'Every line of it is on record already. Nothing was recorded.' },
    });
  });

  test.each<[Fields, string]>([
    [{ ...HOURS, hours: 'soon' }, 'hours'],
    [{ ...HOURS, hours: '', rate: '', amount: '12' }, 'amount'],
    [{ ...HOURS, rate: '12' }, 'rate'],
    [{ ...HOURS, who: '' }, 'who'],
    [{ ...HOURS, on: '2030-01-01' }, 'on'],
    [{ ...HOURS, hours: '', rate: '' }, 'hours'],
    [{ ...HOURS, reason: 'x', supersedes: '' }, 'supersedes'],
    [{ ...HOURS, table: 'a,b\n1,2' }, 'table'],
    [{ ...HOURS, table: 'date,technician,hours\n' }, 'table'],
    [{ ...HOURS, table: 'technician,hours\nAda,soon' }, 'table'],
  ])('%j is refused at its field, and nothing is recorded', async (fields, at) => {
    const answer = (await send('cost.add', lane, fields)) as { errors: Record<string, string> };
    expect(Object.keys(answer.errors)).toEqual([at]);
    expect(answer.errors[at]).toMatch(/Nothing was recorded\.$/);
    expect((await costs()).lines).toEqual([]);
  });
});

describe('the terms forms', () => {
  const terms = async () => (await new TermsDesk(many.desk).entry(idOf(0)))?.terms;

  test('a policy is changed in the register entry of that client alone, and its card is drawn again', async () => {
    expect(await send('terms.policy', lane, { document: { choice: 'p0' }, hotline: '+1 999', time: '24 hours' })).toBeUndefined();
    expect((await terms())?.policies).toEqual([{ ...POLICY, hotline: '+1 999', hours: 24 }]);
    const cards = (await many.store.open(idOf(0)).deliveries(lane)).filter(({ kind }) => kind === 'terms-card');
    expect(cards.map(({ body }) => JSON.parse(body).place.channel)).toEqual(['CLANE']);
    expect(await new TermsDesk(many.desk).entry(US)).toBeUndefined();
  });

  test('from the vendor incident it is our own entry that opens, and what we have signed is with vendors', async () => {
    expect(
      await send('terms.contract', incident, {
        kind: { choice: 'eula' },
        party: 'Kaseya',
        time: '30 days',
        with: { choice: 'vendor' },
      }),
    ).toBeUndefined();
    expect((await new TermsDesk(many.desk).entry(US))?.terms.contracts).toEqual([
      { kind: 'eula', party: 'Kaseya', with: 'vendor', claim: { days: 30 } },
    ]);
    expect((await terms())?.contracts).toEqual([]);
  });

  test('a paper that is not in force any more is taken out', async () => {
    expect(await send('terms.policy', lane, { gone: ['gone'] })).toEqual({
      errors: { document: 'Choose which one is taken out. Nothing was recorded.' },
    });
    await send('terms.policy', lane, { document: { choice: 'p0' }, gone: ['gone'] });
    expect((await terms())?.policies).toEqual([]);
  });

  test('a register changed elsewhere shows itself in the lane', async () => {
    const put = { name: 'Client 0', channel: 'C1000', insurer: 'Gamma', policy: 'G-1', role: { choice: 'unknown' } };
    const metadata = JSON.stringify({ client: idOf(0) });
    const values = Object.entries(put).map(([name, value]) => [
      name,
      { value: typeof value === 'string' ? { value } : { selected_option: { value: value.choice } } },
    ]);
    const view = {
      id: `V${forms++}`,
      callback_id: 'register.client',
      private_metadata: metadata,
      state: { values: Object.fromEntries(values) },
    };
    const stub = { clients: many.clients } as unknown as NonNullable<House['lanes']>;
    await submit({ ...house, lanes: stub }, { type: 'view_submission', user: { id: 'UADA' }, view }, ada);
    const facts = [...(await many.view(idOf(0), lane)).incident.owed.facts.values()];
    expect(facts.map(({ party }) => party)).toEqual(['Beta Ins', 'Gamma']);
    expect((await many.store.open(idOf(0)).deliveries(lane)).some(({ kind }) => kind === 'terms-card')).toBe(true);
  });

  test('what changed is taken over on somebody’s word, and refused where nothing differs', async () => {
    expect(await send('terms.take', lane, { which: { choice: 'all' } })).toEqual({
      errors: { which: 'The record says what the register says. Nothing was recorded.' },
    });
    await send('terms.policy', lane, { document: { choice: 'p0' }, time: '24 hours' });
    expect(JSON.stringify(await press('terms.take', lane))).toContain('the register says 24 hours');
    expect(await send('terms.take', lane, { which: { choice: 'all' } })).toBeUndefined();
    const facts = [...(await many.view(idOf(0), lane)).incident.owed.facts.values()];
    expect(facts).toMatchObject([{ value: { kind: 'policy', hours: 24 }, by: 'p1' }]);
  });

  test('people of another workspace change nothing, nor does anybody from a channel of somebody else', async () => {
    const stranger: Caller = { user: 'UX', team: 'T1', home: 'TX' };
    expect(await send('terms.policy', lane, { insurer: 'X' }, stranger)).toMatchObject({ errors: {} });
    expect(await press('terms.policy', lane, 'CELSEWHERE')).toMatchObject({
      say: expect.stringContaining('Nothing was recorded.'),
    });
    expect((await terms())?.policies).toEqual([POLICY]);
  });

  test.each(['terms.notice', 'terms.take', 'terms.papers', 'terms.nonsense'])(
    '%s of a record that has no terms says so',
    async (action) => {
      const answer = await press(action, `${incident}|p9|insurer_first_notice`, 'CVENDOR');
      expect(answer).toMatchObject({ say: expect.stringContaining('Nothing was recorded.') });
    },
  );

  test('a notice of a paper that is gone is not drafted', async () => {
    await new TermsDesk(many.desk).describe(US, ClientShape.parse({ id: 'us', name: 'Us', insurance: POLICY }), by);
    expect(await press('terms.notice', `${incident}|p7|insurer_first_notice`, 'CVENDOR')).toMatchObject({
      say: 'The register has changed since: look at the terms again. Nothing was recorded.',
    });
  });
});

describe('the command line', () => {
  let folder: string;
  beforeEach(() => {
    folder = freshFolder();
  });

  async function run(...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const env = { FIREBREAK_DATA: join(folder, 'data') };
    const code = await cli(args, {
      out: (text) => void out.push(text),
      err: (text) => void err.push(text),
      env,
      stdin: async () => '',
      now: () => Temporal.Instant.from('2026-10-24T12:00:00Z'),
    });
    return { code, out: out.join('\n'), err: err.join('\n') };
  }

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  test('ourselves and a client come in from a file; terms are shown hotline first, and papers from a sheet are added', async () => {
    const register = { us: { name: 'Northwind', insurance: POLICY }, clients: [{ id: 'alpha', name: 'Alpha' }] };
    expect(await run('clients', 'import', file('r.yaml', JSON.stringify(register)))).toMatchObject({ code: 0 });
    const shown = await run('terms');
    expect(shown.out.split('\n').slice(0, 4)).toEqual([
      'Terms of Northwind',
      '',
      'Call first:',
      '  +1 555  Beta Ins (policy BI-77)',
    ]);
    const sheet = file('papers.csv', 'client,document,hours\nalpha,dpa,24\nnobody,msa,1\n');
    expect(await run('clients', 'import', sheet)).toMatchObject({ code: 1, err: expect.stringContaining('no such client') });
    expect(JSON.parse((await run('terms', 'alpha', '--json')).out).notices).toMatchObject([
      { kind: 'affected_client', time: '24 hours', due: null },
    ]);
    expect((await run('clients', 'import', sheet, '--preview')).out).toContain('Nothing was recorded.');
  });

  test('a time sheet goes in once and the proof of loss comes out; lanes give counts alone', async () => {
    const { store, desk } = openHouse(settingsOf({ FIREBREAK_DATA: join(folder, 'data') }));
    const runbook = library.source('breach-letter')!;
    const unknown = { stillHappening: 'unknown', canReachClients: 'unknown', talkingOverIt: 'unknown' } as const;
    const command = {
      do: 'declareIncident',
      title: 'V',
      looksLike: 'x',
      ...unknown,
      runbook,
      verifierKey: desk.verifierKey,
    } as const;
    await desk.do({ client: US, record: 'inc-1', command, ...by });
    await store.close();
    const sheet = file(
      'psa.csv',
      'date,technician,hours,rate,currency,category\n2026-10-24,Ada,1.5,100,EUR,restoration\n2026-10-24,Ben,x,,,legal\n',
    );
    expect(await run('costs', 'import', 'inc-1', sheet, '--preview')).toMatchObject({
      code: 1,
      out: expect.stringContaining('Nothing was recorded.'),
    });
    expect((await run('costs', 'import', 'inc-1', sheet)).out).toBe('1 recorded, 0 were there already, 1 left out.');
    expect((await run('costs', 'import', 'inc-1', sheet)).out).toBe('0 recorded, 1 were there already, 1 left out.');
    expect((await run('costs', 'inc-1')).out).toContain('1 line, 2026-10-24: 1 h 30 min; 150.00 EUR');
    expect((await run('costs', 'inc-1', '--csv')).out).toContain('"90","1.50","100.00","EUR","150.00"');
    expect((await run('costs', 'inc-1', '--lanes', '--csv')).out.split('\r\n')).toHaveLength(1);
    const printed = JSON.parse((await run('costs', 'inc-1', '--json')).out);
    expect(costsSchema.parse(printed).total).toMatchObject({ minutes: 90, amounts: { EUR: 15000 } });
    expect((await run('terms', 'take-over', 'inc-1')).err).toContain('Nothing was recorded.');
  });
});
