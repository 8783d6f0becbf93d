import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

const MONDAY = '2026-11-23';
const NOW = '2026-11-24T12:00:00-05:00';
const entity = (marks: Record<string, unknown>, role = 'owner', zone = 'America/New_York') => ({
  ...owner('US-OH', zone, marks),
  role,
});
const run = (marks: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  given({
    now: NOW,
    entity: entity(marks),
    anchors: { discovered: MONDAY },
    data_elements: ['phi'],
    individuals_total: 700,
    ...more,
  });
const COVERED = { hipaa: 'covered-entity' };

describe('HIPAA', () => {
  test('sixty days for people and HHS; five hundred is at least, counted over everybody', () => {
    const over = run(COVERED, { individuals_total: 500 });
    expect([over.duty('us-hipaa-individuals').due, over.duty('us-hipaa-hhs-500').due]).toEqual(['2027-01-22', '2027-01-22']);
    expect(over.duty('us-hipaa-hhs-under-500').state).toBe('not-triggered');
    const under = run(COVERED, { individuals_total: 499 });
    expect(under.duty('us-hipaa-hhs-500').state).toBe('not-triggered');
    expect(under.duty('us-hipaa-hhs-under-500').due).toBe('2027-03-01');
  });

  test('the yearly log is due on 29 February when the year after is a leap year', () => {
    const leap = run(COVERED, { now: '2027-06-01T12:00:00Z', individuals_total: 10, anchors: { discovered: '2027-05-03' } });
    expect(leap.duty('us-hipaa-hhs-under-500').due).toBe('2028-02-29');
  });

  test('media: more than five hundred in one state, and an unknown count is more', () => {
    expect(run(COVERED, { residents: { 'US-OH': 500, 'US-KY': 400 } }).duty('us-hipaa-media').state).toBe('not-triggered');
    expect(run(COVERED, { residents: { 'US-OH': 501 } }).duty('us-hipaa-media').due).toBe('2027-01-22');
    expect(run(COVERED, { residents: { 'US-OH': 'unknown' } }).duty('us-hipaa-media').state).toBe('dated');
  });

  test('an unknown total is five hundred or more, never fewer', () => {
    const unknown = run(COVERED, { individuals_total: 'unknown' });
    expect(unknown.duty('us-hipaa-hhs-500').state).toBe('dated');
    expect(unknown.duty('us-hipaa-hhs-under-500').state).toBe('not-triggered');
    expect(unknown.duty('us-hipaa-hhs-500').why).toContain('not known: people affected');
  });

  test('an agent’s knowledge is the covered entity’s; an independent contractor’s is not until it tells', () => {
    const told = { anchors: { vendor_notified_us: MONDAY } };
    const agent = run(COVERED, { ...told, vendor: { hipaa: 'business-associate', agent: true, discovered: '2026-11-02' } });
    expect([agent.duty('us-hipaa-individuals').due, agent.duty('us-hipaa-individuals').anchor]).toEqual([
      '2027-01-01',
      'vendor_discovered',
    ]);
    const contractor = run(COVERED, { ...told, vendor: { hipaa: 'business-associate', agent: false, discovered: '2026-11-02' } });
    expect(contractor.duty('us-hipaa-individuals').due).toBe('2027-01-22');
    const unasked = run(COVERED, { ...told, vendor: { hipaa: 'business-associate', discovered: '2026-11-02' } });
    expect(unasked.duty('us-hipaa-individuals').due).toBe('2027-01-01');
  });

  test('a business associate owes its customer, not HHS', () => {
    const associate = given({
      now: NOW,
      entity: entity({ hipaa: 'business-associate' }, 'service-provider'),
      anchors: { discovered: MONDAY },
      data_elements: ['phi'],
    });
    expect(associate.duty('us-hipaa-business-associate').due).toBe('2027-01-22');
    expect(associate.duty('us-hipaa-hhs-500').state).toBe('not-triggered');
    expect(associate.duty('us-hipaa-individuals').state).toBe('not-triggered');
  });

  test('only a documented assessment rebuts the presumption of a breach', () => {
    expect(run(COVERED, { harm_unlikely: true }).duty('us-hipaa-individuals').state).toBe('dated');
    expect(run(COVERED, { harm_unlikely: true, harm_determination_documented: true }).duty('us-hipaa-individuals').state).toBe(
      'not-triggered',
    );
  });

  test('the New York and Illinois copies follow the filing with HHS by five business days, whichever filing it is', () => {
    const residents = { 'US-NY': 20, 'US-IL': 20 };
    const small = run(COVERED, {
      now: '2026-12-15T12:00:00Z',
      residents,
      individuals_total: 40,
      anchors: { discovered: MONDAY, hhs_notified: '2026-12-14' },
    });
    expect([small.duty('us-ny-ag-hipaa').due, small.duty('us-il-ag-hipaa').due]).toEqual(['2026-12-21', '2026-12-21']);
    const large = run(COVERED, { residents, individuals_total: 700 });
    // From Friday 22 January 2027: 25 to 29 January.
    expect([large.duty('us-ny-ag-hipaa').due, large.duty('us-ny-ag-hipaa').provisional]).toEqual(['2027-01-29', true]);
  });

  test('letters to people before the filing with HHS make the filing due with them', () => {
    const sent = run(COVERED, { now: '2026-12-12T12:00:00Z', anchors: { discovered: MONDAY, notice_sent: '2026-12-10' } });
    expect([sent.duty('us-hipaa-hhs-500').due, sent.duty('us-hipaa-hhs-500').state]).toEqual(['2026-12-10', 'late']);
  });

  test('substance-use records ask for a filing of their own', () => {
    const program = run({ part2_program: true }, { individuals_total: 500 });
    expect(program.duty('us-42cfr2-part2-breach').due).toBe('2027-01-22');
    expect(run({ part2_program: true }, { individuals_total: 499 }).duty('us-42cfr2-part2-under-500').due).toBe('2027-03-01');
  });
});

describe('the FTC', () => {
  test('Health Breach Notification Rule: sixty days, five hundred or more to the FTC and in one state to the media', () => {
    const app = { data_elements: ['phr-identifiable-health-information'], residents: { 'US-OH': 500 } };
    const vendor = run({ phr_vendor: true }, { ...app, individuals_total: 500 });
    for (const id of ['us-ftc-hbnr-individuals', 'us-ftc-hbnr-ftc-500', 'us-ftc-hbnr-media'])
      expect(vendor.duty(id).due).toBe('2027-01-22');
    const few = run({ phr_vendor: true }, { ...app, residents: { 'US-OH': 499 }, individuals_total: 499 });
    expect(few.duty('us-ftc-hbnr-ftc-under-500').due).toBe('2027-03-01');
    expect(few.duty('us-ftc-hbnr-media').state).toBe('not-triggered');
  });

  test('a provider’s notice to a health app counts when receipt is acknowledged', () => {
    const provider = (filings: unknown[]) =>
      given({
        now: '2026-12-02T12:00:00Z',
        entity: entity({ phr_service_provider: true }, 'service-provider'),
        anchors: { discovered: MONDAY },
        data_elements: ['phr'],
        filings,
      }).duty('us-ftc-hbnr-third-party').state;
    expect(provider([{ duty: 'us-ftc-hbnr-third-party', at: '2026-12-01' }])).toBe('dated');
    expect(provider([{ duty: 'us-ftc-hbnr-third-party', at: '2026-12-01', received: '2026-12-02' }])).toBe('met');
  });

  test('Safeguards Rule: thirty days at five hundred consumers, with no filter for harm', () => {
    const dealer = (total: number, more = {}) =>
      run({ ftc_financial_institution: true }, { data_elements: ['ssn'], individuals_total: total, ...more }).duty(
        'us-ftc-safeguards',
      );
    expect(dealer(500).due).toBe('2026-12-23');
    expect(dealer(499).state).toBe('not-triggered');
    expect(dealer(500, { harm_unlikely: true, harm_determination_documented: true }).state).toBe('dated');
    expect(dealer(500, { encrypted: true, key_taken: false }).state).toBe('not-triggered');
  });
});

describe('finance', () => {
  test('a bank has 36 hours from the determination, across the night', () => {
    const bank = run(
      { sector: 'bank', bank_regulator: 'occ' },
      { anchors: { determined: '2026-11-23T20:30:00-05:00' }, operations_disrupted: true },
    );
    expect(bank.duty('us-bank-36h-occ').due).toBe('2026-11-25T13:30:00Z');
    expect(bank.duty('us-bank-36h-fdic').state).toBe('not-triggered');
  });

  test('a bank’s service provider: from four hours of disruption, without a number', () => {
    const provider = (minutes: number) =>
      given({
        now: NOW,
        entity: entity({ bank_service_provider: true }, 'service-provider'),
        anchors: { determined: MONDAY },
        outage_minutes: minutes,
      }).duty('us-bank-service-provider').state;
    expect([provider(239), provider(240)]).toEqual(['not-triggered', 'no-number']);
  });

  test('a credit union: 72 hours from reasonable belief or a third party’s word, whichever is sooner', () => {
    const union = run(
      { sector: 'credit-union' },
      { anchors: { vendor_notified_us: '2026-11-21T08:05:00-05:00', believed: '2026-11-23T09:00:00-05:00' } },
    );
    expect(union.duty('us-ncua-72h').due).toBe('2026-11-24T13:05:00Z');
  });

  test('SEC: a determination on a weekend or holiday counts from the next business day on', () => {
    const filer = (material: string) =>
      run({ sec_registrant: 'domestic' }, { now: '2026-12-01T12:00:00Z', anchors: { material } }).duty('us-sec-8k-105').due;
    // Saturday 21 November: Monday is day 1, Thanksgiving is skipped, Friday 27 is day 4.
    expect(filer('2026-11-21')).toBe('2026-11-27');
    // Thanksgiving: Friday 27 is day 1, Wednesday 2 December day 4.
    expect(filer('2026-11-26')).toBe('2026-12-02');
  });

  test('SEC: no materiality, no clock; a foreign issuer files no 8-K', () => {
    expect(run({ sec_registrant: 'domestic' }).duty('us-sec-8k-105').state).toBe('not-started');
    expect(run({ sec_registrant: 'domestic' }).duty('us-sec-8ka-105').state).toBe('not-triggered');
    expect(run({ sec_registrant: 'foreign' }, { anchors: { material: MONDAY } }).duty('us-sec-8k-105').state).toBe('not-triggered');
  });

  test('Regulation S-P: thirty days for customers, 72 hours for the provider', () => {
    const adviser = run({ sec_reg_sp: 'smaller' }, { anchors: { aware: MONDAY }, data_elements: ['ssn'] });
    expect(adviser.duty('us-sec-reg-sp-individuals').due).toBe('2026-12-23');
    const provider = given({
      now: NOW,
      entity: entity({ sec_reg_sp_provider: true }, 'service-provider'),
      anchors: { aware: '2026-11-23T11:00:00-05:00' },
    });
    expect(provider.duty('us-sec-reg-sp-service-provider').due).toBe('2026-11-26T16:00:00Z');
  });

  test('New York: 72 hours for the incident, 24 hours and 30 days for a ransom paid', () => {
    const licensee = given({
      now: NOW,
      entity: owner('US-NY', 'America/New_York', { nydfs_covered_entity: true }),
      anchors: { determined: '2026-11-23T10:00:00-05:00', ransom_paid: '2026-11-24T08:45:00-05:00' },
    });
    expect(licensee.duty('us-nydfs-incident').due).toBe('2026-11-26T15:00:00Z');
    expect(licensee.duty('us-nydfs-extortion-24h').due).toBe('2026-11-25T13:45:00Z');
    expect(licensee.duty('us-nydfs-extortion-30d').due).toBe('2026-12-24');
  });
});

describe('government, telecoms and infrastructure', () => {
  const home = (place: string, zone: string, marks: Record<string, unknown>, more: Record<string, unknown>) =>
    given({ now: NOW, entity: owner(place, zone, marks), ...more });

  test('FCC: seven full business days are a floor for the customers’ notice, not a deadline', () => {
    const carrier = { telecom_carrier: true };
    const cpni = { data_elements: ['cpni'] };
    const before = run(carrier, { ...cpni, anchors: { determined: MONDAY } });
    expect(before.duty('us-fcc-cpni-legacy-customers').state).toBe('not-started');
    const after = run(carrier, {
      ...cpni,
      now: '2026-11-25T12:00:00Z',
      anchors: { determined: MONDAY, le_notified: '2026-11-24' },
    });
    const duty = after.duty('us-fcc-cpni-legacy-customers');
    expect([duty.state, duty.due]).toEqual(['no-number', null]);
    expect(duty.why).toContain('not before the end of 2026-12-04');
    expect(after.duty('us-fcc-cpni-legacy-law-enforcement').state).toBe('met');
  });

  test('DFARS: 72 hours from discovery, then the prime gets the report’s number', () => {
    const sub = given({
      now: NOW,
      entity: entity({ dod_contractor: true }, 'service-provider'),
      anchors: { discovered: '2026-11-23T07:00:00-05:00' },
    });
    expect(sub.duty('us-dfars-7012').due).toBe('2026-11-26T12:00:00Z');
    expect(sub.duty('us-dfars-7012-subcontractor').state).toBe('not-started');
  });

  test('New Jersey public bodies and their contractors: 72 hours from reasonable belief', () => {
    const anchors = { believed: '2026-11-23T09:00:00-05:00' };
    expect(home('US-NJ', 'America/New_York', { government_contractor: true }, { anchors }).duty('us-nj-public-72h').due).toBe(
      '2026-11-26T14:00:00Z',
    );
    expect(home('US-NJ', 'America/New_York', {}, { anchors }).duty('us-nj-public-72h').state).toBe('not-triggered');
  });

  test('Florida’s local governments: twelve hours for ransomware, forty-eight for other incidents', () => {
    const town = (incident_type: string | undefined) =>
      home(
        'US-FL',
        'America/New_York',
        { public_body: 'local' },
        { anchors: { discovered: '2026-11-24T08:00:00-05:00' }, ...(incident_type ? { incident_type } : {}) },
      ).duty('us-fl-local-gov').due;
    expect(town('ransomware')).toBe('2026-11-25T01:00:00Z');
    expect(town('unauthorised-access')).toBe('2026-11-26T13:00:00Z');
    expect(town(undefined)).toBe('2026-11-25T01:00:00Z');
  });

  test('Texas and Idaho public bodies, New York’s local ones', () => {
    const discovered = { anchors: { discovered: '2026-11-23T10:00:00-06:00', ransom_paid: '2026-11-23T12:00:00-06:00' } };
    expect(
      home('US-TX', 'America/Chicago', { public_body: true }, { ...discovered, incident_type: 'ransomware' }).duty(
        'us-tx-local-gov-48h',
      ).due,
    ).toBe('2026-11-25T16:00:00Z');
    const idaho = home(
      'US-ID',
      'America/Boise',
      { public_body: true },
      { ...discovered, residents: { 'US-ID': 5 }, data_elements: ['ssn'] },
    );
    expect(idaho.duty('us-id-ag-public-agency').due).toBe('2026-11-24T16:00:00Z');
    const town = home('US-NY', 'America/New_York', { public_body: 'local' }, discovered);
    expect(town.duty('us-ny-local-gov-incident').due).toBe('2026-11-26T16:00:00Z');
    expect(town.duty('us-ny-local-gov-ransom').due).toBe('2026-11-24T18:00:00Z');
  });

  test('power: one hour for an incident, the end of the next day for an attempt', () => {
    const determined = { anchors: { determined: '2026-11-23T22:00:00-05:00' } };
    expect(run({ nerc_entity: true }, determined).duty('us-nerc-cip008-incident').due).toBe('2026-11-24T04:00:00Z');
    const attempt = run({ nerc_entity: true }, { ...determined, incident_type: 'attempt' });
    expect([attempt.duty('us-nerc-cip008-incident').state, attempt.duty('us-nerc-cip008-attempt').due]).toEqual([
      'not-triggered',
      '2026-11-24',
    ]);
  });

  test('schools: New York’s contractor has seven days, the agency ten and sixty; Connecticut’s directory data get sixty', () => {
    const contractor = given({
      now: NOW,
      entity: { ...owner('US-NY', 'America/New_York'), role: 'service-provider' },
      anchors: { discovered: MONDAY },
      residents: { 'US-CT': 9 },
      data_elements: ['student-data'],
    });
    expect(contractor.duty('us-ny-ed2d-contractor').due).toBe('2026-11-30');
    expect(contractor.duty('us-ct-student-contractor').due).toBe('2026-12-23');
    const school = home(
      'US-NY',
      'America/New_York',
      { sector: 'school' },
      { anchors: { discovered: MONDAY }, data_elements: ['student-data'] },
    );
    expect([school.duty('us-ny-ed2d-nysed').due, school.duty('us-ny-ed2d-parents').due]).toEqual(['2026-12-03', '2027-01-22']);
    const directory = given({
      now: NOW,
      entity: { ...owner('US-CT', 'America/New_York'), role: 'service-provider' },
      anchors: { discovered: MONDAY },
      data_elements: ['directory-information'],
    });
    expect(directory.duty('us-ct-student-contractor').due).toBe('2027-01-22');
  });
});

describe('insurance licensees', () => {
  const licensee = (home: string, more: Record<string, unknown>) =>
    given({
      now: NOW,
      entity: owner(home, 'America/New_York', { insurance_licensee: 'insurer' }),
      anchors: { determined: '2026-11-23T15:00:00-05:00' },
      data_elements: ['ssn'],
      ...more,
    });

  test('South Carolina counts 72 hours, the others business days', () => {
    expect(licensee('US-SC', {}).duty('us-sc-insurance').due).toBe('2026-11-26T20:00:00Z');
    expect(licensee('US-OH', {}).duty('us-oh-insurance').due).toBe('2026-11-27');
  });

  test('away from home it takes 250 residents; Rhode Island asks domestic insurers only', () => {
    expect(licensee('US-OH', { residents: { 'US-PA': 249 } }).duty('us-pa-insurance').state).toBe('not-triggered');
    expect(licensee('US-OH', { residents: { 'US-PA': 250 } }).duty('us-pa-insurance').due).toBe('2026-12-01');
    expect(licensee('US-OH', { residents: { 'US-RI': 900 } }).duty('us-ri-insurance').state).toBe('not-triggered');
    expect(licensee('US-RI', {}).duty('us-ri-insurance').due).toBe('2026-11-27');
  });

  test('the vendor’s notice starts the clock of a vendor event', () => {
    expect(
      licensee('US-OH', { anchors: { vendor_notified_us: '2026-11-20', determined: MONDAY } }).duty('us-oh-insurance').due,
    ).toBe('2026-11-25');
  });

  test('Pennsylvania’s Attorney General is not told by licensees', () => {
    expect(licensee('US-OH', { residents: { 'US-PA': 900 } }).duty('us-pa-ag').state).toBe('not-triggered');
  });
});
