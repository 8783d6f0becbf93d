import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

const MONDAY = '2026-11-23';
const SSN = { data_elements: ['name', 'ssn'] };
const entity = owner('US-NY', 'America/New_York');

const run = (now: string, residents: Record<string, number>, more: Record<string, unknown>) =>
  given({ now, entity, residents, anchors: { discovered: MONDAY, determined: MONDAY }, ...SSN, ...more });

describe('done, late and waived', () => {
  test('the last minute of the last day is in time, the next one is late', () => {
    expect(run('2026-12-23T23:59:00-08:00', { 'US-CA': 5 }, {}).duty('us-ca-individuals').state).toBe('dated');
    expect(run('2026-12-24T00:00:00-08:00', { 'US-CA': 5 }, {}).duty('us-ca-individuals').state).toBe('late');
  });

  test('an hour clock is not late at its very instant, only after it', () => {
    const at = (now: string) =>
      given({
        now,
        entity: owner('DE', 'Europe/Berlin'),
        anchors: { aware: '2026-11-20T09:00:00+01:00' },
        risk: 'likely',
        data_elements: ['name'],
      });
    expect(at('2026-11-23T09:00:00+01:00').duty('eu-gdpr-33-authority').state).toBe('dated');
    expect(at('2026-11-23T09:01:00+01:00').duty('eu-gdpr-33-authority').state).toBe('late');
  });

  test('a filing in time meets the duty for ever, a filing after it stays late', () => {
    const filed = (at: string) =>
      run('2027-03-01T12:00:00-08:00', { 'US-CA': 5 }, { filings: [{ duty: 'us-ca-individuals', at }] });
    expect(filed('2026-12-23T20:00:00-08:00').duty('us-ca-individuals').state).toBe('met');
    expect(filed('2026-12-24T08:00:00-08:00').duty('us-ca-individuals').state).toBe('late');
  });

  test('lateness freezes at the first filing', () => {
    const filings = [
      { duty: 'us-ca-individuals', at: '2027-01-20T08:00:00-08:00' },
      { duty: 'us-ca-individuals', at: '2026-12-20T08:00:00-08:00' },
    ];
    expect(run('2027-03-01T12:00:00-08:00', { 'US-CA': 5 }, { filings }).duty('us-ca-individuals').state).toBe('met');
  });

  test('deciding against a duty needs a reason and an approver, and is shown with both', () => {
    const decisions = [{ duty: 'us-ca-individuals', decision: 'waive', reason: 'another entity notifies', approver: 'Ana Pop' }];
    const duty = run('2026-12-01T12:00:00-08:00', { 'US-CA': 5 }, { decisions }).duty('us-ca-individuals');
    expect([duty.state, duty.why]).toEqual(['waived', expect.stringContaining('Ana Pop: another entity notifies')]);
    const bare = run(
      '2026-12-01T12:00:00-08:00',
      { 'US-CA': 5 },
      { decisions: [{ duty: 'us-ca-individuals', decision: 'waive', reason: '', approver: 'A' }] },
    );
    expect(bare.refusedFields()).toEqual(['decisions.0.reason']);
  });

  test('letters already sent stay sent when the data turn out to have been encrypted', () => {
    const sent = { anchors: { discovered: MONDAY, notice_sent: '2026-12-01' }, encrypted: true, key_taken: false };
    expect(run('2026-12-05T12:00:00-08:00', { 'US-CA': 5 }, sent).duty('us-ca-individuals').state).toBe('met');
    expect(run('2026-12-05T12:00:00-08:00', { 'US-CA': 0 }, sent).duty('us-ca-individuals').state).toBe('not-triggered');
  });

  test('a filing for a rule that turns out not to apply is still a filing', () => {
    const filings = [{ duty: 'us-ca-ag', at: '2026-12-01' }];
    expect(run('2026-12-05T12:00:00-08:00', { 'US-CA': 5 }, { filings }).duty('us-ca-ag').state).toBe('met');
  });

  test('a policy target that has passed makes nothing late', () => {
    const duty = run('2027-05-01T12:00:00Z', { 'US-GU': 3 }, {}).duty('us-gu-individuals');
    expect([duty.state, duty.why]).toEqual(['no-number', expect.stringContaining('policy, not law, and has passed')]);
  });
});

describe('a law-enforcement hold', () => {
  const hold = (start: string, end: string | undefined, more: Record<string, unknown> = {}) => ({
    law_enforcement_hold: { agency: 'FBI', written: true, start, ...(end === undefined ? {} : { end }), ...more },
  });

  test('pauses a state’s clock while it lasts', () => {
    const duty = run('2026-12-01T12:00:00Z', { 'US-CA': 5 }, hold('2026-11-25T10:00:00Z', undefined)).duty('us-ca-individuals');
    expect([duty.state, duty.due]).toEqual(['paused', null]);
  });

  test('changes nothing when the date is still ahead at its end, and makes an overtaken one due at once', () => {
    const short = run('2026-12-05T12:00:00Z', { 'US-CA': 5 }, hold('2026-11-25T10:00:00Z', '2026-12-01T10:00:00Z')).duty(
      'us-ca-individuals',
    );
    expect([short.state, short.due]).toEqual(['dated', '2026-12-23']);
    const long = run('2027-01-10T18:00:00Z', { 'US-CA': 5 }, hold('2026-11-25T10:00:00Z', '2027-01-10T17:00:00Z')).duty(
      'us-ca-individuals',
    );
    expect([long.state, long.due]).toEqual(['dated', '2027-01-10']);
  });

  test.each([
    ['us-sd-individuals', 'US-SD', '2027-02-09', '30 days after release'],
    ['us-tn-individuals', 'US-TN', '2027-02-24', '45 days after release'],
    ['us-md-individuals', 'US-MD', '2027-01-17', '7 days after release, the 45 days having passed'],
    ['us-md-ag', 'US-MD', '2027-01-17', 'with the letters'],
  ])('%s: %s, released on Sunday 2027-01-10, is due %s: %s', (id, place, due) => {
    const duty = run('2027-01-11T18:00:00Z', { [place]: 5 }, hold('2026-11-25T10:00:00Z', '2027-01-10T17:00:00Z')).duty(id);
    expect([duty.state, duty.due]).toEqual(['dated', due]);
  });

  test('Maine gives seven business days from the release', () => {
    const anchors = { aware: MONDAY, scope_known: MONDAY };
    const more = { ...hold('2026-11-25T10:00:00Z', '2027-01-10T17:00:00Z'), anchors };
    // Monday 11 January is day 1; Martin Luther King Jr. is observed on the 18th: day 7 is Wednesday 20 January.
    expect(run('2027-01-11T18:00:00Z', { 'US-ME': 5 }, more).duty('us-me-individuals').due).toBe('2027-01-20');
  });

  test('California health facilities get fifteen business days from the end of the delay', () => {
    const findings = {
      now: '2027-01-11T18:00:00Z',
      entity: owner('US-CA', 'America/Los_Angeles', { sector: 'hospital' }),
      anchors: { detected: MONDAY },
      data_elements: ['medical'],
      ...hold('2026-11-25T10:00:00Z', '2027-01-08T17:00:00Z'),
    };
    // From Friday 8 January: 11-15 are days 1-5, 19-22 days 6-9, 25-29 days 10-14, 1 February day 15.
    expect(given(findings).duty('us-ca-cdph').due).toBe('2027-02-01');
  });

  test('Alabama honours only a written request', () => {
    const oral = run('2026-12-01T12:00:00Z', { 'US-AL': 5 }, hold('2026-11-25T10:00:00Z', undefined, { written: false }));
    expect(oral.duty('us-al-individuals').state).toBe('dated');
    const written = run('2026-12-01T12:00:00Z', { 'US-AL': 5 }, hold('2026-11-25T10:00:00Z', undefined));
    expect(written.duty('us-al-individuals').state).toBe('paused');
  });

  test('under HIPAA an oral request lapses after thirty days', () => {
    const hipaa = (now: string, written: boolean) =>
      given({
        now,
        entity: owner('US-OH', 'America/New_York', { hipaa: 'covered-entity' }),
        anchors: { discovered: MONDAY },
        individuals_total: 700,
        data_elements: ['phi'],
        ...hold('2026-12-01T12:00:00Z', undefined, { written }),
      }).duty('us-hipaa-individuals');
    expect(hipaa('2026-12-20T12:00:00Z', false).state).toBe('paused');
    expect([hipaa('2027-01-02T12:00:00Z', false).state, hipaa('2027-01-02T12:00:00Z', false).due]).toEqual(['dated', '2027-01-22']);
    expect(hipaa('2027-01-02T12:00:00Z', true).state).toBe('paused');
  });

  test('the SEC listens to the Attorney General of the United States only, the FTC’s filing is never held', () => {
    const findings = (agency: string) => ({
      now: '2026-11-25T12:00:00-05:00',
      entity: owner('US-CA', 'America/Los_Angeles', { sec_registrant: 'domestic', ftc_financial_institution: true }),
      anchors: { material: MONDAY, discovered: MONDAY },
      individuals_total: 900,
      ...SSN,
      ...hold('2026-11-24T10:00:00Z', undefined, { agency }),
    });
    expect(given(findings('FBI')).duty('us-sec-8k-105').state).toBe('dated');
    expect(given(findings('US Attorney General')).duty('us-sec-8k-105').state).toBe('paused');
    expect(given(findings('Texas Attorney General')).duty('us-sec-8k-105').state).toBe('dated');
    expect(given(findings('US Attorney General')).duty('us-ftc-safeguards').state).toBe('dated');
  });

  test('a date that had passed before the hold began stays late', () => {
    const duty = run('2027-01-11T18:00:00Z', { 'US-CA': 5 }, hold('2027-01-05T10:00:00Z', undefined)).duty('us-ca-individuals');
    expect(duty.state).toBe('late');
  });

  test('does not touch a clock whose law knows no hold', () => {
    const nydfs = given({
      now: '2026-11-24T12:00:00-05:00',
      entity: owner('US-NY', 'America/New_York', { nydfs_covered_entity: true }),
      anchors: { determined: '2026-11-23T15:00:00-05:00' },
      ...hold('2026-11-24T10:00:00Z', undefined),
    });
    expect([nydfs.duty('us-nydfs-incident').state, nydfs.duty('us-nydfs-incident').due]).toEqual(['dated', '2026-11-26T20:00:00Z']);
  });
});

describe('exceptions', () => {
  const NOW = '2026-12-01T12:00:00-05:00';

  test('encryption spares, unless the key was taken or may have been', () => {
    expect(run(NOW, { 'US-CA': 5 }, { encrypted: true, key_taken: false }).duty('us-ca-individuals').state).toBe('not-triggered');
    expect(run(NOW, { 'US-CA': 5 }, { encrypted: true, key_taken: true }).duty('us-ca-individuals').state).toBe('dated');
    expect(run(NOW, { 'US-CA': 5 }, { encrypted: true, key_taken: 'unknown' }).duty('us-ca-individuals').state).toBe('dated');
  });

  test('unlikely harm spares where the law says so, with the finding in writing where it asks for that', () => {
    const spared = (place: string, id: string, documented: boolean, more = {}) =>
      run(NOW, { [place]: 5 }, { harm_unlikely: true, harm_determination_documented: documented, ...more }).duty(id).state;
    expect(spared('US-CA', 'us-ca-individuals', true)).toBe('dated');
    expect(spared('US-TX', 'us-tx-individuals', true)).toBe('dated');
    expect(spared('US-CO', 'us-co-individuals', false)).toBe('not-triggered');
    expect(spared('US-AL', 'us-al-individuals', false)).toBe('dated');
    expect(spared('US-AL', 'us-al-individuals', true)).toBe('not-triggered');
  });

  test('New York spares only an inadvertent disclosure', () => {
    const harmless = { harm_unlikely: true, harm_determination_documented: true };
    expect(run(NOW, { 'US-NY': 600 }, harmless).duty('us-ny-individuals').state).toBe('dated');
    const slip = run(
      NOW,
      { 'US-NY': 600 },
      { ...harmless, incident_type: 'misdelivery', anchors: { discovered: MONDAY, determined_no_harm: '2026-11-30' } },
    );
    expect(slip.duty('us-ny-individuals').state).toBe('not-triggered');
    expect([slip.duty('us-ny-ag-no-harm').state, slip.duty('us-ny-ag-no-harm').due]).toEqual(['dated', '2026-12-10']);
    const few = run(NOW, { 'US-NY': 500 }, { ...harmless, incident_type: 'misdelivery' });
    expect(few.duty('us-ny-ag-no-harm').state).toBe('not-triggered');
  });

  test('deciding that harm is unlikely opens a notice of its own in Alaska, Florida, South Dakota and Vermont', () => {
    const harmless = {
      harm_unlikely: true,
      harm_determination_documented: true,
      anchors: { discovered: MONDAY, determined_no_harm: MONDAY },
    };
    const all = run(NOW, { 'US-AK': 5, 'US-FL': 5, 'US-SD': 5, 'US-VT': 5 }, harmless);
    expect(all.duty('us-fl-ag-no-harm').due).toBe('2026-12-23');
    for (const id of ['us-ak-ag-no-harm', 'us-sd-ag-no-harm', 'us-vt-ag-no-harm']) expect(all.duty(id).state).toBe('no-number');
    for (const id of ['us-ak-individuals', 'us-fl-individuals', 'us-sd-individuals', 'us-vt-individuals'])
      expect(all.duty(id).state).toBe('not-triggered');
    const none = run(NOW, { 'US-FL': 5 }, {});
    expect(none.duty('us-fl-ag-no-harm').state).toBe('not-triggered');
  });

  test('entities under HIPAA or Gramm-Leach-Bliley are exempt where the state says so', () => {
    const hipaa = { entity: owner('US-TN', 'America/New_York', { hipaa: 'covered-entity' }) };
    const glba = { entity: owner('US-MN', 'America/Chicago', { ftc_financial_institution: true }) };
    for (const [id, place] of [
      ['us-az-individuals', 'US-AZ'],
      ['us-nm-individuals', 'US-NM'],
      ['us-tn-individuals', 'US-TN'],
      ['us-ky-individuals', 'US-KY'],
    ] as const) {
      expect(run(NOW, { [place]: 5 }, hipaa).duty(id).state).toBe('not-triggered');
      expect(run(NOW, { [place]: 5 }, glba).duty(id).state).toBe('not-triggered');
      expect(run(NOW, { [place]: 5 }, {}).duty(id).state).not.toBe('not-triggered');
    }
    expect(run(NOW, { 'US-MN': 5 }, glba).duty('us-mn-individuals').state).toBe('not-triggered');
    expect(run(NOW, { 'US-MN': 5 }, hipaa).duty('us-mn-individuals').state).toBe('no-number');
  });

  test('Georgia binds brokers and public bodies, not shops; its vendor clock runs 24 hours', () => {
    expect(run(NOW, { 'US-GA': 5 }, {}).duty('us-ga-individuals').state).toBe('not-triggered');
    const broker = { entity: owner('US-GA', 'America/New_York', { information_broker: true }) };
    expect(run(NOW, { 'US-GA': 5 }, broker).duty('us-ga-individuals').state).toBe('no-number');
    const vendor = { entity: { ...entity, role: 'service-provider' }, anchors: { discovered: '2026-11-30T16:20:00-05:00' } };
    expect(run(NOW, { 'US-GA': 5 }, vendor).duty('us-ga-service-provider').due).toBe('2026-12-01T21:20:00Z');
  });

  test('contact data alone open no state duty', () => {
    const fired = run(NOW, { 'US-CA': 5000, 'US-TX': 5000 }, { data_elements: ['name', 'email', 'phone', 'address'] });
    expect(fired.duties.filter(({ state }) => state !== 'not-triggered' && state !== 'watch')).toEqual([]);
  });

  test('a birth date with a name counts in North Dakota and Washington, not in California', () => {
    const data = { data_elements: ['name', 'date-of-birth'] };
    expect(run(NOW, { 'US-WA': 5 }, data).duty('us-wa-individuals').state).toBe('dated');
    expect(run(NOW, { 'US-ND': 5 }, data).duty('us-nd-individuals').state).toBe('no-number');
    expect(run(NOW, { 'US-CA': 5 }, data).duty('us-ca-individuals').state).toBe('not-triggered');
  });

  test('health records are medical information, whichever word is used', () => {
    for (const word of ['phi', 'health', 'medical', 'medical-information', 'health_records']) {
      expect(run(NOW, { 'US-CA': 5 }, { data_elements: [word] }).duty('us-ca-individuals').state).toBe('dated');
    }
  });
});

describe('what is not in force', () => {
  test('proposed and delayed rules are watched and never fire', () => {
    const run = given({
      now: '2026-11-24T12:00:00Z',
      entity: owner('US-CT', 'America/New_York', { critical_infrastructure: true, telecom_carrier: true }),
      anchors: { believed: MONDAY, discovered: MONDAY, determined: MONDAY, ransom_paid: MONDAY },
      residents: { 'US-CT': 200_000 },
      data_elements: ['ssn', 'cpni', 'cui'],
    });
    for (const id of [
      'us-circia-incident',
      'us-circia-ransom',
      'us-circia-supplemental',
      'us-fcc-2024-agencies',
      'us-fcc-2024-customers',
      'us-far-cui-8h',
      'us-ct-ag-massive-breach',
    ]) {
      expect([id, run.duty(id).state, run.duty(id).due]).toEqual([id, 'watch', null]);
    }
  });

  test('a rule is watched until the day it takes effect, and in force from that day on', () => {
    const missouri = (now: string) =>
      given({
        now,
        entity: owner('US-MO', 'America/Chicago', { insurance_licensee: true }),
        anchors: { determined: '2025-12-30' },
      }).duty('us-mo-insurance').state;
    expect(missouri('2025-12-31T12:00:00Z')).toBe('watch');
    expect(missouri('2026-01-01T12:00:00Z')).toBe('dated');
  });
});
