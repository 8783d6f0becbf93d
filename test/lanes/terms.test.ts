import { resolve } from 'node:path';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openLaw } from '../../src/cli/law-shelf.ts';
import { packInMemory } from '../../src/cli/pack.ts';
import { openTemplates } from '../../src/cli/templates.ts';
import type { Law } from '../../src/desk/clocks.ts';
import { coordinationWords, laneCosts, sumOfLanes, waitingWords } from '../../src/desk/cost-sums.ts';
import { laneOf } from '../../src/desk/lanes.ts';
import { Reckoner } from '../../src/desk/reckoner.ts';
import { clockTerms, REGISTER, termsNews } from '../../src/desk/terms.ts';
import { TermsDesk } from '../../src/desk/terms-desk.ts';
import { sheetLines } from '../../src/desk/terms-lines.ts';
import { termsSheet } from '../../src/desk/terms-sheet.ts';
import { lanesCsv } from '../../src/export/costs.ts';
import { type Client, ClientShape, readRegister } from '../../src/inventory/register.ts';
import { previewImport } from '../../src/inventory/register-import.ts';
import { CONSENTS, SECURITY_DUTIES, termsOf } from '../../src/inventory/terms.ts';
import { isTermsTable, termsTable, withPaper } from '../../src/inventory/terms-table.ts';
import { check } from '../../src/notice/gate.ts';
import { TERMS_KIND } from '../../src/notice/terms-entry.ts';
import { fromUtf8 } from '../../src/record/bytes.ts';
import type { Command } from '../../src/record/command.ts';
import { termsCard } from '../../src/slack/money/terms-card.ts';
import { contractIn, policyIn, timeIn } from '../../src/slack/money/terms-form.ts';
import { noticeDue, termsDraft } from '../../src/slack/money/terms-notice.ts';
import { draftIn } from '../../src/slack/notices/desk.ts';
import { plainRecord } from '../../src/slack/notices/record.ts';
import { Form } from '../../src/slack/payloads.ts';
import { by, HOME, idOf, ManyClients, US } from './house.ts';

/** The terms of the register become clocks, a card and notices; one client's terms are that client's alone. */
let law: Law;
let house: ManyClients;
let terms: TermsDesk;
let incident: string;

const ALPHA: Partial<Client> = {
  contracts: [{ kind: 'dpa', hours: 24, clause: '9.1', to: 'privacy@alpha.example', duties: { backups: 'us', mfa: 'client' } }],
  insurance: {
    insurer: 'Beta Ins',
    policy: 'BI-77',
    hotline: '+1 555 0101',
    hours: 72,
    anchor: 'discovered',
    proof_of_loss_days: 90,
  },
};
const OURS = {
  id: 'us',
  name: 'Northwind',
  insurance: [
    {
      insurer: 'Aqua',
      policy: 'CY-1',
      kind: 'cyber',
      hours: 72,
      hotline: '+44 1',
      consent: ['forensics'],
      panel: 'Blue, Lex',
      waiting_period_hours: 12,
      clause: '4.2',
      to: 'Claims, Aqua',
    },
    { insurer: 'Aqua', policy: 'PI-9', kind: 'tech-eo' },
  ],
  contracts: [
    {
      party: 'Remote Inc',
      product: 'remote tool',
      claim: { days: 30, clause: '12.3', to: 'Legal, Remote Inc' },
      accounts: 'tenant 7',
    },
    { party: 'Other Vendor', kind: 'eula' },
  ],
};

beforeAll(() => {
  law = openLaw();
});

beforeEach(async () => {
  house = new ManyClients();
  house.desk.reckoner = new Reckoner(law);
  terms = new TermsDesk(house.desk);
  incident = await house.declare();
  await house.register(2, (at) =>
    at === 0 ? ALPHA : { insurance: { insurer: 'Gamma', policy: 'SECRET-9', hotline: '+9 SECRET' } },
  );
});

const record = (at: number) => laneOf(incident, idOf(at));
const lane = (at: number) => house.view(idOf(at), record(at));
const hit = (at: number) => ({ client: idOf(at), tier: 'T2', state: 'present_in_window', reason: 'It is there.' }) as const;
const sort = () => house.lanes.sort(incident, [hit(0), hit(1)], by);
const factsOf = (view: Awaited<ReturnType<typeof lane>>) => view.entries.filter(({ kind }) => kind === 'fact.set');
const change = (more: Partial<Client>) =>
  house.clients.register([ClientShape.parse({ id: idOf(0), name: 'Client 0', channel: 'C1000', ...more })], by);
const due = (view: Awaited<ReturnType<typeof lane>>, duty: string) =>
  [...view.incident.owed.duties.values()].filter((one) => one.duty === duty).map(({ sealed }) => sealed?.due ?? sealed?.state);

describe('the terms of the register start the clocks of a lane', () => {
  test('they are sealed when it opens, each with its source; with the first anchor the duties date themselves', async () => {
    await sort();
    expect(factsOf(await lane(0)).map(({ texts }) => texts)).toMatchObject(
      [
        { party: 'Client 0', source: REGISTER, terms: 'Data processing agreement with Client 0, clause 9.1.' },
        { party: 'Beta Ins', source: REGISTER, terms: 'Policy BI-77 with Beta Ins, hotline +1 555 0101.' },
        { party: 'Beta Ins', source: REGISTER },
      ].map((texts) => expect.objectContaining(texts)),
    );
    for (const anchor of ['aware', 'discovered'])
      await house.theirs(idOf(0), record(0), { do: 'setAnchor', anchor, at: '2026-10-24T08:00:00Z' });
    expect(due(await lane(0), 'x-dpa-processor-hours')).toEqual(['2026-10-25T08:00:00Z']);
    expect(due(await lane(0), 'x-ins-formal-notice')).toEqual(['2026-10-27T08:00:00Z']);
    expect(due(await lane(0), 'x-ins-proof-of-loss')).toEqual(['2027-01-22']);
  });

  test('sorting again adds no entry', async () => {
    await sort();
    const before = (await lane(0)).entries.length;
    await sort();
    expect((await lane(0)).entries.length).toBe(before);
  });

  test('a register changed meanwhile moves no sealed date until somebody takes it over', async () => {
    await sort();
    await house.theirs(idOf(0), record(0), { do: 'setAnchor', anchor: 'aware', at: '2026-10-24T08:00:00Z' });
    await change({ ...ALPHA, contracts: [{ kind: 'dpa', hours: 12, clause: '9.1' }] });
    await sort();
    expect(due(await lane(0), 'x-dpa-processor-hours')).toEqual(['2026-10-25T08:00:00Z']);
    await house.theirs(idOf(0), record(0), { do: 'openPlace', ...HOME, channel: 'CLANE0', purpose: 'incident' });
    await terms.refresh(idOf(0));
    const shown = (await house.store.open(idOf(0)).deliveries(record(0))).filter(({ kind }) => kind === 'terms-card');
    expect(shown).toHaveLength(1);
    const card = JSON.stringify(await termsCard(house.desk, await lane(0)));
    expect(card).toContain('24 hours is sealed, the register says 12 hours');
    expect(card).toContain('terms.take');
    await terms.takeOver(idOf(0), record(0), by);
    expect(due(await lane(0), 'x-dpa-processor-hours')).toEqual(['2026-10-24T20:00:00Z']);
    expect(await terms.takeOver(idOf(0), record(0), by)).toMatchObject({ code: 'already' });
  });

  test('a clause that is new in the register starts its clock, and one that is gone is asked about', async () => {
    await sort();
    await change({ contracts: [{ kind: 'msa', hours: 48 }] });
    await sort();
    const view = await lane(0);
    expect(factsOf(view)).toHaveLength(4);
    const entry = (await terms.of(view))!;
    const news = termsNews(view.incident, entry.terms, entry.profile.name);
    expect(news.changed.map(({ value }) => value)).toEqual([
      { kind: 'dpa', ended: true },
      { kind: 'policy', ended: true },
      { kind: 'proof-of-loss', ended: true },
    ]);
    await terms.takeOver(idOf(0), record(0), by);
    const again = await lane(0);
    expect(termsNews(again.incident, entry.terms, entry.profile.name).changed).toEqual([]);
  });

  test('another policy number is a change too, and the notice names the new one', async () => {
    await sort();
    await change({ ...ALPHA, insurance: { ...(ALPHA.insurance as object), policy: 'BI-78' } });
    await sort();
    await terms.takeOver(idOf(0), record(0), by);
    const texts = plainRecord(await lane(0), {}).entries.filter(({ kind }) => kind === TERMS_KIND);
    expect(texts.map(({ text, supersedes }) => [text.includes('BI-78'), supersedes.length])).toEqual([
      [false, 0],
      [false, 0],
      [false, 0],
      [true, 1],
      [true, 1],
    ]);
  });

  test('a client of whom the register says nothing gets no clause, and asking to take it over says so', async () => {
    await house.clients.register([ClientShape.parse({ id: 'bare', name: 'Bare' })], by);
    await house.lanes.promote(incident, 'bare', by);
    expect(factsOf(await house.view('bare', laneOf(incident, 'bare')))).toEqual([]);
    expect(await terms.takeOver('bare', laneOf(incident, 'bare'), by)).toMatchObject({ code: 'already' });
    expect(await terms.takeOver(US, incident, by)).toMatchObject({ code: 'unknown' });
    expect(await terms.change(US, 'nobody', (all) => all, by)).toMatchObject({ code: 'unknown' });
  });
});

describe('a name that was erased', () => {
  test('is never written back by the bot', async () => {
    await sort();
    const of = factsOf(await lane(0))[0]!.seq;
    const second = { account: 'slack/T1/UBEN', name: 'Ben' };
    const erase = { do: 'redactText', of, fields: ['party', 'terms'], basis: 'erasure', reason: 'asked', second } satisfies Command;
    expect(await house.theirs(idOf(0), record(0), erase)).not.toHaveProperty('refused');
    const before = (await lane(0)).entries.length;
    await sort();
    const view = await lane(0);
    expect(view.entries.length).toBe(before);
    const { terms: known, profile } = (await terms.of(view))!;
    expect(termsNews(view.incident, known, profile.name)).toMatchObject({
      added: [],
      offered: [{ party: 'Client 0' }],
      changed: [],
    });
  });
});

describe('our own terms', () => {
  beforeEach(async () => {
    expect(await terms.describe(US, ClientShape.parse(OURS), by)).not.toHaveProperty('refused');
    await terms.settle(US, incident);
  });

  test('stand in our own standing record, are no client, and are changed only by a change', async () => {
    expect((await house.clients.list()).map(({ client }) => client)).toEqual([idOf(0), idOf(1)]);
    expect(await terms.describe(US, ClientShape.parse(OURS), by)).toMatchObject({ code: 'already' });
    const command = { do: 'describeHouse', profile: '{}' } as const;
    expect(await house.ours(incident, command)).toMatchObject({ code: 'unknown' });
  });

  test('two policies of one insurer are two duties, and only the vendor that the incident is named after is concerned', async () => {
    const { incident: folded } = await house.view(US, incident);
    const parties = [...folded.owed.facts.values()].map(({ party, value }) => [party, (value as { kind: string }).kind]);
    expect(parties).toEqual([
      ['Remote Inc', 'vendor-claim'],
      ['Aqua, cyber', 'policy'],
      ['Aqua, tech E&O', 'policy'],
    ]);
    await house.ours(incident, { do: 'setAnchor', anchor: 'aware', at: '2026-10-24T08:00:00Z' });
    const { incident: dated, now } = await house.view(US, incident);
    const formal = house.desk.reckoner?.clocks(dated, now)?.duties.filter(({ duty }) => duty.id === 'x-ins-formal-notice') ?? [];
    expect(formal.map(({ duty }) => [duty.instance, duty.due ?? duty.state]).sort()).toEqual([
      ['Aqua, cyber', '2026-10-27T08:00:00Z'],
      ['Aqua, tech E&O', 'no-number'],
    ]);
    expect(due(await house.view(US, incident), 'x-vendor-claim-notice')).toEqual(['2026-11-23']);
  });

  test('another vendor is taken over when somebody says that it is concerned', async () => {
    expect(await terms.takeOver(US, incident, by, { vendor: 'Nobody' })).toMatchObject({ code: 'already' });
    await terms.takeOver(US, incident, by, { vendor: 'Other Vendor' });
    const parties = [...(await house.view(US, incident)).incident.owed.facts.values()].map(({ party }) => party);
    expect(parties).toContain('Other Vendor');
  });

  test('the waiting period is said beside the costs', async () => {
    expect(waitingWords((await terms.entry(US))?.terms)).toEqual([
      'Waiting period of Aqua, cyber: loss of business counts after the first 12 hours.',
    ]);
  });

  test.each([
    ['p0', 'insurer_first_notice', ['CY-1', 'clause 4.2', '+44 1'], ['PI-9', 'Remote Inc']],
    ['p1', 'notice_of_circumstances', ['PI-9'], ['CY-1']],
    ['c0', 'vendor_preservation', ['Remote Inc', 'clause 12.3', 'tenant 7'], ['CY-1', 'PI-9']],
  ])(
    '%s is drafted with number, clause and addressee, and with nothing of another document: %s',
    async (document, kind, has, lacks) => {
      const view = await house.view(US, incident);
      const entry = (await terms.of(view))!;
      const notice = noticeDue(entry, document, kind)!;
      const template = openTemplates(resolve(import.meta.dirname, '..', '..', 'runbooks'), {
        info() {},
        warn() {},
        error() {},
      }).template(kind)!;
      const made = termsDraft(view, entry, notice, template, 'n1', undefined);
      expect(await house.ours(incident, made)).not.toHaveProperty('refused');
      const kept = (await house.view(US, incident)).incident.notices.get('n1')!;
      const text = draftIn(kept)
        .sentences.map((sentence) => sentence.text)
        .join('\n');
      for (const word of has) expect(text).toContain(word);
      for (const word of lacks) expect(`${text} ${kept.values}`).not.toContain(word);
      const problems = check(
        draftIn(kept),
        plainRecord(await house.view(US, incident), JSON.parse(kept.values)),
        template,
      ).problems;
      expect(
        problems.filter(({ level, rule }) => level === 'truth' && rule !== 'text.unknown').map(({ message }) => message),
      ).toEqual([]);
      expect(kept.values).toContain(
        kind === 'insurer_first_notice' ? 'Claims, Aqua' : kind === 'vendor_preservation' ? 'Legal, Remote Inc' : 'Aqua',
      );
    },
  );

  test('a holding statement to a client never names the policy', async () => {
    const template = openTemplates(resolve(import.meta.dirname, '..', '..', 'runbooks'), {
      info() {},
      warn() {},
      error() {},
    }).template('holding')!;
    const { drafted } = await import('../../src/slack/notices/desk.ts');
    const draft = drafted(await house.view(US, incident), template, 'n', { client: 'Client 0' });
    expect(JSON.stringify(draft)).not.toMatch(/CY-1|PI-9|Aqua/);
  });
});

describe('what people read', () => {
  const ours = () => termsOf(ClientShape.parse(OURS));

  test('hotline first, then consent, then the notices due, then who does what, and what every paper is silent on', () => {
    const parts = sheetLines(termsSheet(ours(), 'Northwind'), () => undefined).map(({ title }) => title);
    expect(parts.slice(0, 4)).toEqual(['Call first', 'Ask for consent before', 'Take care', 'Notices due']);
    const sheet = termsSheet(ours(), 'Northwind');
    expect(sheet.before).toEqual([{ what: 'hiring forensics', who: 'Aqua, cyber', panel: ['Blue', 'Lex'] }]);
    expect(sheet.documents.every(({ silent }) => silent.length > 0)).toBe(true);
  });

  test('a topic that a contract does not mention is silent, and one that it mentions is not', () => {
    const full = {
      kind: 'msa',
      hours: 1,
      to: 'x',
      consent: [...CONSENTS],
      claim: { days: 1 },
      cap: 'x',
      indemnity: 'x',
      audit: 'x',
      evidence: 'x',
      cooperation: 'x',
      termination: 'x',
      forum: 'x',
      exclusions: 'x',
      insurance: 'x',
      data_location: 'x',
      duties: Object.fromEntries(SECURITY_DUTIES.map((duty) => [duty, 'shared'])),
    };
    const silent = (contract: object) =>
      termsSheet(termsOf(ClientShape.parse({ id: 'a', name: 'A', contracts: [contract] })), 'A').documents[0]?.silent;
    expect(silent(full)).toEqual([]);
    expect(silent({ ...full, cap: undefined, duties: { mfa: 'us' } })).toEqual([
      'cap on liability',
      ...SECURITY_DUTIES.filter((duty) => duty !== 'mfa').map((duty) => `who does: ${duty.replaceAll('-', ' ')}`),
    ]);
    expect(silent({ kind: 'msa', cap: '' })).toContain('cap on liability');
  });

  test('no written contract, and a policy that does not speak of consent, are dangers of their own', () => {
    const { warnings } = termsSheet(
      termsOf(ClientShape.parse({ id: 'a', name: 'A', contracts: [{ written: false }], insurance: { insurer: 'B' } })),
      'A',
    );
    expect(warnings).toEqual([
      expect.stringContaining('no written contract with A'),
      expect.stringContaining('Ask before you hire'),
    ]);
  });

  test('the same contract twice is one clause: two clocks of one name would move each other', () => {
    const twice = termsOf(
      ClientShape.parse({
        id: 'a',
        name: 'A',
        contracts: [
          { kind: 'msa', hours: 1 },
          { kind: 'sow', hours: 2 },
        ],
      }),
    );
    expect(clockTerms(twice, 'A')).toHaveLength(1);
  });
});

describe('the register refuses by field name', () => {
  const problems = (more: object) =>
    readRegister(JSON.stringify([{ id: 'a', name: 'A', ...more }])).problems.map(({ level, field }) => [level, field]);
  test.each([
    [{ contracts: [{ hours: 1, days: 2 }] }, 'error', 'contracts.0.hours'],
    [{ contracts: [{ hours: 1.5 }] }, 'error', 'contracts.0.hours'],
    [{ contracts: [{ business_days: 0 }] }, 'error', 'contracts.0.business_days'],
    [{ contracts: [{ kind: 'handshake' }] }, 'error', 'contracts.0.kind'],
    [{ contracts: [{ anchor: 'tuesday' }] }, 'error', 'contracts.0.anchor'],
    [{ contracts: [{ with: 'friend' }] }, 'error', 'contracts.0.with'],
    [{ contracts: [{ duties: { patching: 'somebody' } }] }, 'error', 'contracts.0.duties.patching'],
    [{ contracts: [{ consent: ['beer'] }] }, 'error', 'contracts.0.consent.0'],
    [{ contracts: [{ claim: { days: -1 } }] }, 'error', 'contracts.0.claim.days'],
    [{ contracts: [{ written: 'no' }] }, 'error', 'contracts.0.written'],
    [{ insurance: { kind: 'fire' } }, 'error', 'insurance.kind'],
    [{ insurance: [{}, { retro_date: 'soon' }] }, 'error', 'insurance.1.retro_date'],
    [{ insurance: { proof_of_loss_days: 'ninety' } }, 'error', 'insurance.proof_of_loss_days'],
    [{ contracts: [{ hourz: 1 }] }, 'warning', 'contracts.0.hourz'],
    [{ insurance: { claim: { dayz: 1 } } }, 'warning', 'insurance.claim.dayz'],
  ])('%j: %s at %s', (more, level, field) => expect(problems(more)).toEqual([[level, field]]));

  test('what a register always could hold is still read as it was', () => {
    const known = {
      contracts: [{ party: 'X', kind: 'msa', hours: '24', anchor: 'aware' }],
      insurance: { insurer: 'I', policy: 'P', hotline: 'H' },
    };
    const [client] = readRegister(JSON.stringify([{ id: 'a', name: 'A', ...known }])).clients;
    expect(client).toMatchObject({ contracts: [{ hours: 24 }], insurance: known.insurance });
  });

  test('ourselves stand beside the clients, and what is wrong with us disturbs none of them', () => {
    const good = readRegister(JSON.stringify({ us: OURS, clients: [{ id: 'a', name: 'A' }] }));
    expect([good.us?.name, good.clients.length, good.problems]).toEqual(['Northwind', 1, []]);
    const bad = readRegister(JSON.stringify({ us: { contracts: [{ hours: -1 }] }, clients: [{ id: 'a', name: 'A' }] }));
    expect([bad.us, bad.clients.length, bad.problems[0]?.field]).toEqual([undefined, 1, 'contracts.0.hours']);
  });
});

describe('papers from a spreadsheet', () => {
  const HEAD = 'client,document,party,insurer,policy,hours,anchor,claim_days,consent,duties,written';
  const read = (...rows: string[]) => termsTable([HEAD, ...rows].join('\n'));

  test('a row is a paper, for clients and for ourselves; what a cell does not say stays silent', () => {
    const { papers, problems } = read(
      'us,cyber,,Zeta,Z-1,48,discovered,,"forensics, ransom",,',
      'alpha,eula,Kaseya,,,,,30,,patching: vendor; mfa: client,no',
    );
    expect(problems).toEqual([]);
    expect(papers).toEqual([
      {
        client: 'us',
        row: 2,
        policy: {
          kind: 'cyber',
          insurer: 'Zeta',
          policy: 'Z-1',
          hours: 48,
          anchor: 'discovered',
          consent: ['forensics', 'ransom'],
        },
      },
      {
        client: 'alpha',
        row: 3,
        contract: {
          kind: 'eula',
          party: 'Kaseya',
          claim: { days: 30 },
          duties: { patching: 'vendor', mfa: 'client' },
          written: false,
        },
      },
    ]);
  });

  test.each([
    [',msa,,,,24,,,,,', 'client'],
    ['a,,,,,24,,,,,', 'document'],
    ['a,handshake,,,,24,,,,,', 'document'],
    ['a,msa,,,,1.5,,,,,', 'hours'],
    ['a,msa,,,,,soon,,,,', 'anchor'],
    ['a,msa,,,,,,x,,,', 'claim.days'],
    ['a,msa,,,,,,,beer,,', 'consent.0'],
    ['a,msa,,,,,,,,dancing: us,', 'duties'],
    ['a,msa,,,,,,,,,perhaps', 'written'],
  ])('%s is skipped, and its field named', (row, field) => {
    const { papers, problems } = read(row);
    expect(papers).toEqual([]);
    expect(problems.map((problem) => problem.field?.replace(/^duties.*/, 'duties'))).toEqual([field]);
    expect(problems[0]?.message).toContain('Row 2 was skipped');
  });

  test('a paper takes the place of the same one, and any other is kept', () => {
    const [paper] = read('a,msa,X,,,12,,,,,').papers;
    const before = termsOf(
      ClientShape.parse({
        id: 'a',
        name: 'A',
        contracts: [
          { party: 'X', kind: 'msa', hours: 24 },
          { party: 'Y', kind: 'msa' },
        ],
      }),
    );
    expect(withPaper(before, paper!).contracts.map(({ party, hours }) => [party, hours])).toEqual([
      ['X', 12],
      ['Y', undefined],
    ]);
  });

  test('a list of clients brings the terms that have a column', () => {
    const { clients, problems } = previewImport(
      'Client,Notice days,Contract kind,Insurer,Policy hours,Consent before,Proof of loss days\nAlpha,3,DPA,Aqua,72,"forensics, ransom",90\nBeta,,,Aqua,soon,,',
      [],
    );
    expect(clients[0]).toMatchObject({
      contracts: [{ kind: 'dpa', days: 3 }],
      insurance: { insurer: 'Aqua', hours: 72, consent: ['forensics', 'ransom'], proof_of_loss_days: 90 },
    });
    expect(problems.map(({ field, message }) => [field, message])).toEqual([
      ['insurance.hours', 'Row 3 was skipped: "insurance.hours" is no whole number.'],
    ]);
  });

  test('only a table that names client and document is one of papers', () => {
    expect([isTermsTable(`${HEAD}\n`), isTermsTable('Client,Contact\nA,B'), isTermsTable('')]).toEqual([true, false, false]);
  });
});

describe('the forms', () => {
  const form = (fields: Record<string, string | string[]>) =>
    new Form(
      Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [
          name,
          { value: Array.isArray(value) ? { selected_options: value.map((one) => ({ value: one })) } : { value } },
        ]),
      ),
    );

  test('a policy by its fields, the rest a line each; a new time replaces the old one whole', () => {
    const made = policyIn(
      form({
        insurer: 'Aqua',
        time: '3 business days',
        consent: ['ransom'],
        rest: 'retro_date: 2020-01-01\npanel: Blue, Lex\nbroker: -',
      }),
      { hours: 72, hotline: '+1', kind: 'tech-eo', broker: 'X' },
    );
    expect(made).toEqual({
      kind: 'tech-eo',
      insurer: 'Aqua',
      business_days: 3,
      hotline: '+1',
      consent: ['ransom'],
      retro_date: '2020-01-01',
      panel: ['Blue', 'Lex'],
    });
  });

  test('the time of a vendor’s contract is the time to claim', () => {
    const made = contractIn(
      form({ party: 'Kaseya', kind: 'msa', with: 'vendor', time: '30 days', duties: 'patching: vendor' }),
      undefined,
    );
    expect(made).toEqual({ party: 'Kaseya', kind: 'msa', with: 'vendor', claim: { days: 30 }, duties: { patching: 'vendor' } });
  });

  test.each([
    [{ time: 'soon' }, 'time'],
    [{ time: '0 days' }, 'time'],
    [{ rest: 'nonsense' }, 'rest'],
    [{ rest: 'retro_date: tomorrow' }, 'rest'],
    [{ rest: 'colour: red' }, 'rest'],
    [{ kind: 'fire' }, 'kind'],
  ])('a policy with %j is refused there', (fields, at) => {
    const made = policyIn(form(fields), undefined);
    expect('errors' in made && Object.keys(made.errors)).toEqual([at]);
    expect('errors' in made && Object.values(made.errors)[0]).toContain('Nothing was recorded.');
  });

  test.each([
    [{ duties: 'patching: somebody' }, 'duties'],
    [{ duties: 'dancing: us' }, 'duties'],
    [{ kind: 'handshake' }, 'kind'],
    [{ time: '1 week' }, 'time'],
  ])('a contract with %j is refused there', (fields, at) => {
    const made = contractIn(form(fields), undefined);
    expect('errors' in made && Object.keys(made.errors)).toEqual([at]);
  });

  test.each([
    ['72 hours', { hours: 72 }],
    ['1 hour', { hours: 1 }],
    ['3 working days', { business_days: 3 }],
    ['30d', { days: 30 }],
    ['', {}],
  ])('%j', (text, time) => expect(timeIn(text)).toEqual(time));
});

describe('one client’s terms and costs are that client’s alone', () => {
  beforeEach(async () => {
    await terms.describe(US, ClientShape.parse(OURS), by);
    await sort();
    await terms.settle(US, incident);
    await house.theirs(idOf(1), record(1), {
      do: 'recordCost',
      cost: 'a',
      category: 'legal',
      who: 'SECRET-LAWYER',
      by: 'firm',
      amount: 5000,
      currency: 'USD',
      task: 'SECRET-TASK',
    });
    await house.theirs(idOf(0), record(0), {
      do: 'recordCost',
      cost: 'a',
      category: 'restoration',
      who: 'Ada',
      by: 'person',
      minutes: 90,
      consent: 'C-1',
    });
  });

  test('neither policy number, hotline nor contract of one stands in the lane, the card or the pack of another, or in ours', async () => {
    const order = { out: 'x', audience: 'full', zone: 'UTC', at: '2026-10-24T12:00:00Z', by: 'test' } as const;
    const packed = async (client: string, one: string) =>
      [...(await packInMemory(house.store, { client, record: one, ...order })).files]
        .filter(([path]) => !path.endsWith('.mjs') && !path.startsWith('lanes/'))
        .map(([, bytes]) => fromUtf8(bytes))
        .join('\n');
    const mine = [await packed(idOf(0), record(0)), JSON.stringify(await termsCard(house.desk, await lane(0)))].join('\n');
    expect(mine).toContain('BI-77');
    expect(mine).not.toMatch(/SECRET|Gamma|CY-1|PI-9|Aqua/);
    const ours = [
      await packed(US, incident),
      await packed(US, `${incident}-lanes`),
      JSON.stringify(await termsCard(house.desk, await house.view(US, incident))),
    ].join('\n');
    expect(ours).toContain('CY-1');
    expect(ours).not.toMatch(/SECRET|Gamma|BI-77|Beta Ins/);
  });

  test('a regulator learns no policy and no party, a client none of ours, and its own', async () => {
    const order = { out: 'x', zone: 'UTC', at: '2026-10-24T12:00:00Z', by: 'test' } as const;
    const packed = async (client: string, one: string, audience: 'client' | 'regulator') =>
      [...(await packInMemory(house.store, { client, record: one, audience, ...order })).files]
        .filter(([path]) => !path.endsWith('.mjs'))
        .map(([, bytes]) => fromUtf8(bytes))
        .join('\n');
    expect(await packed(idOf(0), record(0), 'regulator')).not.toMatch(/BI-77|Beta Ins/);
    expect(await packed(US, incident, 'client')).not.toMatch(/CY-1|Aqua|Remote Inc/);
    expect(await packed(idOf(0), record(0), 'client')).toContain('BI-77');
  });

  test('the same as a table, a row for each currency', async () => {
    const csv = lanesCsv(laneCosts(await house.store.coordinator().summaries('lane'), incident), false);
    const rows = csv.trim().split('\r\n');
    expect(rows.slice(1).sort()).toEqual([
      `"","client-00","${record(0)}","1","90","0","",""`,
      `"","client-01","${record(1)}","1","0","1","USD","50.00"`,
    ]);
  });

  test('the coordinator sees how much each lane costs, and no word of it', async () => {
    const summaries = await house.store.coordinator().summaries('lane');
    const lanes = laneCosts(summaries, incident);
    expect(sumOfLanes(lanes)).toEqual({ lines: 2, minutes: 90, amounts: { USD: 5000 }, unconsented: 1 });
    expect(coordinationWords(lanes)[0]).toBe('Over 2 lanes: 2 lines, 90 minutes, 50.00 USD, 1 without consent on record');
    expect(JSON.stringify(await house.store.coordinator().summaries('standing')) + JSON.stringify(summaries)).not.toMatch(
      /SECRET|BI-77|Ada|CY-1/,
    );
  });
});
