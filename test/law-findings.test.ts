import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

const base = {
  now: '2026-11-24T12:00:00-05:00',
  entity: owner('US-CA', 'America/Los_Angeles'),
  anchors: { occurred: '2026-11-20T00:00:00Z', detected: '2026-11-22T10:00:00Z', discovered: '2026-11-23T10:00:00Z' },
  residents: { 'US-CA': 600 },
  data_elements: ['ssn'],
};

describe('what contradicts is refused by field', () => {
  test.each([
    ['an unknown zone', { entity: { ...base.entity, zone: 'Europe/Atlantis' } }, 'entity.zone'],
    ['a jurisdiction that is none', { entity: { ...base.entity, jurisdiction: 'Texas' } }, 'entity.jurisdiction'],
    ['a role that is none', { entity: { ...base.entity, role: 'boss' } }, 'entity.role'],
    ['a value a mark does not have', { entity: { ...base.entity, hipaa: 'maybe' } }, 'entity.hipaa'],
    ['a yes where HIPAA knows roles only', { entity: { ...base.entity, hipaa: true } }, 'entity.hipaa'],
    ['a mark that is a number', { entity: { ...base.entity, merchant: 3 } }, 'entity.merchant'],
    ['a vendor that is half an agent', { vendor: { agent: 'half' } }, 'vendor.agent'],
    ['a negative staff', { entity: { ...base.entity, staff: -1 } }, 'entity.staff'],
    ['a future awareness', { anchors: { ...base.anchors, aware: '2026-11-25T12:00:00Z' } }, 'anchors.aware'],
    ['tomorrow as a bare date', { anchors: { discovered: '2026-11-25' } }, 'anchors.discovered'],
    ['a time without an offset', { anchors: { discovered: '2026-11-23T10:00' } }, 'anchors.discovered'],
    ['a day that does not exist', { anchors: { discovered: '2026-11-31' } }, 'anchors.discovered'],
    ['a word for a time', { anchors: { discovered: 'yesterday' } }, 'anchors.discovered'],
    ['something before it occurred', { anchors: { ...base.anchors, suspected: '2026-11-19T00:00:00Z' } }, 'anchors.suspected'],
    ['determined before discovered', { anchors: { ...base.anchors, determined: '2026-11-23T09:00:00Z' } }, 'anchors.determined'],
    [
      'determined before detected',
      { anchors: { detected: '2026-11-22', determined_no_harm: '2026-11-21' } },
      'anchors.determined_no_harm',
    ],
    ['a negative count', { residents: { 'US-CA': -5 } }, 'residents.US-CA'],
    ['half a person', { residents: { 'US-CA': 1.5 } }, 'residents.US-CA'],
    ['one place under two names', { residents: { UK: 5, GB: 6 } }, 'residents.GB'],
    ['a negative total', { individuals_total: -1 }, 'individuals_total'],
    ['a negative outage', { outage_minutes: -30 }, 'outage_minutes'],
    ['a risk that is none', { risk: 'medium' }, 'risk'],
    ['a word where yes or no belongs', { encrypted: 'partly' }, 'encrypted'],
    ['a flag that is no yes or no', { malicious_compromise: 'perhaps' }, 'malicious_compromise'],
    [
      'a hold that ends before it starts',
      { law_enforcement_hold: { start: '2026-11-23', end: '2026-11-22' } },
      'law_enforcement_hold.end',
    ],
    ['such a hold among the anchors', { anchors: { hold_start: '2026-11-23', hold_end: '2026-11-22' } }, 'anchors.hold_end'],
    ['a hold without a start', { law_enforcement_hold: { agency: 'FBI', written: true } }, 'law_enforcement_hold.start'],
    [
      'a hold stated twice, differently',
      { law_enforcement_hold: { start: '2026-11-22' }, anchors: { hold_start: '2026-11-23' } },
      'law_enforcement_hold.start',
    ],
    [
      'a vendor’s discovery stated twice, differently',
      { vendor: { discovered: '2026-11-22' }, anchors: { vendor_discovered: '2026-11-23' } },
      'vendor.discovered',
    ],
    ['a filing in the future', { filings: [{ duty: 'us-ca-individuals', at: '2026-12-24' }] }, 'filings.0.at'],
    ['a contract of no kind', { contracts: [{ party: 'A', kind: 'handshake', hours: 4 }] }, 'contracts.0.kind'],
    ['a contract with negative hours', { contracts: [{ party: 'A', kind: 'dpa', hours: -4 }] }, 'contracts.0.hours'],
    ['a waiver without an approver', { decisions: [{ duty: 'us-ca-ag', decision: 'waive', reason: 'x' }] }, 'decisions.0.approver'],
    ['a now that is no instant', { now: '2026-11-24' }, 'now'],
    ['clients that are a list', { clients: [] }, 'clients'],
  ])('%s', (_, change, field) => {
    const run = given({ ...base, ...change });
    expect(run.refusedFields()).toContain(field);
    expect(run.duties).toEqual([]);
    expect(run.refused[0]?.message.length).toBeGreaterThan(5);
  });

  test('a stage stated under filings and among the anchors at two times', () => {
    const run = given({
      now: '2026-12-12T12:00:00Z',
      entity: owner('US-OH', 'America/New_York', { hipaa: 'covered-entity' }),
      anchors: { discovered: '2026-11-23', hhs_notified: '2026-12-10' },
      individuals_total: 600,
      data_elements: ['phi'],
      filings: [{ duty: 'us-hipaa-hhs-500', at: '2026-12-11' }],
    });
    expect(run.refusedFields()).toEqual(['filings.0.at']);
  });

  test('a bare date on the day it occurred is no contradiction', () => {
    const anchors = { occurred: '2026-11-23T15:00:00Z', discovered: '2026-11-23', determined: '2026-11-23T16:00:00Z' };
    expect(given({ ...base, anchors }).refused).toEqual([]);
  });

  test('the same time stated in both places is accepted', () => {
    const run = given({
      ...base,
      vendor: { discovered: '2026-11-22T10:00:00Z' },
      anchors: { ...base.anchors, vendor_discovered: '2026-11-22T11:00:00+01:00' },
    });
    expect(run.refused).toEqual([]);
  });

  test('one client’s contradiction costs the others nothing', () => {
    const { now, ...client } = base;
    const run = given({ now, clients: { A: client, B: { ...client, residents: { 'US-CA': -1 } } } });
    expect(run.refusedFields()).toEqual(['clients.B.residents.US-CA']);
    expect(run.duty('us-ca-individuals').instance).toBe('A');
  });
});

describe('what is unknown is warned of, never refused and never silent', () => {
  test.each([
    ['a key', { planet: 'Earth' }, /unknown key "planet"/],
    ['an anchor', { anchors: { ...base.anchors, smelled: '2026-11-23' } }, /unknown anchor "smelled"/],
    ['a mark', { entity: { ...base.entity, wizard: true } }, /unknown mark "wizard"/],
    ['a mark by a name that objects have anyway', { entity: { ...base.entity, constructor: true } }, /unknown mark "constructor"/],
    ['a sector', { entity: { ...base.entity, sector: 'alchemy' } }, /unknown sector "alchemy"/],
    ['a data element', { data_elements: ['ssn', 'aura'] }, /unknown data element "aura"/],
    [
      'a kind that a mark does not have',
      { entity: { ...base.entity, public_body: 'county' } },
      /"county" is no known kind of public_body/,
    ],
    ['a key inside a block', { vendor: { colour: 'red' } }, /unknown key "vendor.colour"/],
    ['a total below its parts', { individuals_total: 5 }, /residents add up to 600/],
    ['an incident type', { incident_type: 'poltergeist' }, /unknown incident type "poltergeist"/],
    ['a place', { residents: { 'US-CA': 5, 'US-ZZ': 3 } }, /unknown place "US-ZZ"/],
    ['a place without law on file', { residents: { 'US-CA': 5, AQ: 3 } }, /no law is on file for AQ/],
    ['a duty that is no rule', { filings: [{ duty: 'us-zz-ag', at: '2026-11-24' }] }, /"us-zz-ag" is no rule/],
  ])('%s', (_, change, warning) => {
    const run = given({ ...base, ...change });
    expect(run.refused).toEqual([]);
    expect(run.warnings.join('\n')).toMatch(warning);
    expect(run.duty('us-ca-individuals').state).toBe('dated');
  });

  test('law that nobody has looked at for ninety days says so', () => {
    expect(given({ ...base, now: '2027-02-21T12:00:00Z' }).warnings.join()).not.toMatch(/last verified/);
    expect(given({ ...base, now: '2027-02-22T12:00:00Z' }).warnings.join()).toMatch(/last verified on 2026-11-23, 91 days ago/);
  });

  test('a date from memory or of low confidence carries its warning', () => {
    const seller = given({
      now: base.now,
      entity: owner('US-CA', 'America/Los_Angeles', { gse_seller_servicer: true }),
      anchors: { discovered: '2026-11-23T10:00:00Z' },
    });
    expect(seller.duty('us-gse-36h').why).toContain('unverified, ask counsel');
    expect(given(base).duty('us-ca-individuals').why).not.toContain('unverified');
  });

  test('data kinds nobody stated are taken as met where people are affected, and it says so', () => {
    const { data_elements, ...unstated } = base;
    const duty = given(unstated).duty('us-ca-individuals');
    expect([duty.state, duty.why]).toEqual(['dated', expect.stringContaining('not known: data elements')]);
  });
});

describe('places', () => {
  test('UK and GB are one place, a territory’s own code is its state code', () => {
    const run = given({ ...base, residents: { PR: 5, 'US-GU': 5 } });
    expect(run.duty('us-pr-daco').state).toBe('dated');
    expect(run.duty('us-gu-individuals').state).toBe('no-number');
  });

  test('residents elsewhere do not open the law of home, unless nobody said where they live', () => {
    expect(given({ ...base, residents: { 'US-TX': 5 } }).duty('us-ca-individuals').state).toBe('not-triggered');
    const { residents, ...unstated } = base;
    expect(given(unstated).duty('us-ca-individuals').state).toBe('dated');
    expect(given(unstated).duty('us-ca-ag').state).toBe('dated');
  });

  test('an unknown count is at most the total', () => {
    const some = given({ ...base, residents: { 'US-CA': 'unknown', 'US-TX': 100 }, individuals_total: 600 });
    expect(some.duty('us-ca-individuals').state).toBe('dated');
    expect(some.duty('us-ca-ag').state).toBe('not-triggered');
    expect(given({ ...base, residents: { 'US-CA': 'unknown' }, individuals_total: 0 }).duty('us-ca-individuals').state).toBe(
      'not-triggered',
    );
  });

  test('jurisdictions that nobody named are not listed', () => {
    expect(new Set(given(base).duties.map(({ jurisdiction }) => jurisdiction))).toEqual(new Set(['US-CA', 'US']));
  });
});

describe('clients', () => {
  const { now, ...client } = base;

  test('are evaluated apart: two times 300 Californians are not 600', () => {
    const half = { ...client, residents: { 'US-CA': 300 } };
    const run = given({ now, clients: { A: half, B: half } });
    expect(run.duty('us-ca-ag', 'A').state).toBe('not-triggered');
    expect(run.duty('us-ca-ag', 'B').state).toBe('not-triggered');
    expect(run.duty('us-ca-individuals', 'A').state).toBe('dated');
  });

  test('each have their own start', () => {
    const later = { ...client, anchors: { discovered: '2026-11-24T10:00:00Z' } };
    const run = given({ now, clients: { A: client, B: later } });
    expect([run.duty('us-ca-individuals', 'A').due, run.duty('us-ca-individuals', 'B').due]).toEqual(['2026-12-23', '2026-12-24']);
  });

  test('the provider’s own duties stand beside those of its clients', () => {
    const msp = { ...base, entity: { ...base.entity, role: 'service-provider' } };
    const run = given({ ...msp, clients: { A: client } });
    expect(run.duty('us-ca-service-provider', 'A').state).toBe('not-triggered');
    expect(run.duties.find(({ id, instance }) => id === 'us-ca-service-provider' && instance === null)?.state).toBe('no-number');
    expect(run.duty('us-ca-individuals', 'A').state).toBe('dated');
    expect(run.duties.find(({ id, instance }) => id === 'us-ca-individuals' && instance === null)?.state).toBe('not-triggered');
  });

  test('a filing that names a client is that client’s alone', () => {
    const filings = [{ duty: 'us-ca-individuals', instance: 'A', at: '2026-11-24T11:00:00-05:00' }];
    const run = given({ now, clients: { A: client, B: client }, filings });
    expect(run.duty('us-ca-individuals', 'A').state).toBe('met');
    expect(run.duty('us-ca-individuals', 'B').state).toBe('dated');
  });
});
