import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

/** Every date here was worked out by hand from the statute's number; the anchors stand on Monday 2026-11-23 unless stated. */
const MONDAY = '2026-11-23';
const NOW = '2026-11-24T12:00:00-05:00';
const SSN = { data_elements: ['name', 'ssn'] };

const discovered = (residents: Record<string, number | 'unknown'>, more: Record<string, unknown> = {}) =>
  given({
    now: NOW,
    entity: owner('US-NY', 'America/New_York'),
    anchors: { discovered: MONDAY, determined: MONDAY },
    residents,
    ...SSN,
    ...more,
  });

describe('the worked dates of the notes, from Monday 2026-11-23', () => {
  test.each([
    ['us-ca-individuals', 'US-CA', '2026-12-23', '30 calendar days'],
    ['us-al-individuals', 'US-AL', '2027-01-07', '45 calendar days'],
    ['us-tx-individuals', 'US-TX', '2027-01-22', '60 calendar days'],
    ['us-vt-ag', 'US-VT', '2026-12-14', '14 business days, over Thanksgiving'],
    ['us-pr-daco', 'US-PR', '2026-12-03', '10 calendar days'],
  ])('%s for %s falls due on %s: %s', (id, place, due) => {
    const duty = discovered({ [place]: 5 }).duty(id);
    expect([duty.state, duty.due]).toEqual(['dated', due]);
  });

  test.each([
    ['us-al-insurance', 'US-AL', '2026-11-27', '3 business days'],
    ['us-mo-insurance', 'US-MO', '2026-11-30', '4 business days'],
    ['us-mn-insurance', 'US-MN', '2026-12-01', '5 business days'],
    ['us-mi-insurance', 'US-MI', '2026-12-08', '10 business days'],
  ])('%s: %s falls due on %s, %s', (id, home, due) => {
    const run = given({
      now: NOW,
      entity: owner(home, 'America/Chicago', { insurance_licensee: true }),
      anchors: { determined: MONDAY },
    });
    expect([run.duty(id).state, run.duty(id).due]).toEqual(['dated', due]);
  });

  test('SEC 8-K: the fourth business day after the determination of materiality is Monday 30 November, Eastern time', () => {
    const run = given({
      now: NOW,
      entity: owner('US-CA', 'America/Los_Angeles', { sec_registrant: 'domestic' }),
      anchors: { material: MONDAY },
    });
    const duty = run.duty('us-sec-8k-105');
    expect([duty.due, duty.zone, duty.anchor]).toEqual(['2026-11-30', 'America/New_York', 'material']);
  });

  test('FCC: 7 business days are Thursday 3 December', () => {
    const run = given({
      now: NOW,
      entity: owner('US-TX', 'America/Chicago', { telecom_carrier: true }),
      anchors: { determined: MONDAY },
      data_elements: ['cpni'],
    });
    expect(run.duty('us-fcc-cpni-legacy-law-enforcement').due).toBe('2026-12-03');
  });

  test('California health facilities: 15 business days are Tuesday 15 December', () => {
    const run = given({
      now: NOW,
      entity: owner('US-CA', 'America/Los_Angeles', { sector: 'clinic' }),
      anchors: { detected: MONDAY },
      data_elements: ['medical'],
    });
    expect(run.duty('us-ca-cdph').due).toBe('2026-12-15');
    expect(run.duty('us-ca-cdph-patients').due).toBe('2026-12-15');
  });
});

describe('days of the states', () => {
  test.each([
    ['us-co-individuals', 'US-CO', '2026-12-23', 'America/Denver'],
    ['us-fl-individuals', 'US-FL', '2026-12-23', 'America/New_York'],
    ['us-ny-individuals', 'US-NY', '2026-12-23', 'America/New_York'],
    ['us-wa-individuals', 'US-WA', '2026-12-23', 'America/Los_Angeles'],
    ['us-in-individuals', 'US-IN', '2027-01-07', 'America/Indiana/Indianapolis'],
    ['us-nm-individuals', 'US-NM', '2027-01-07', 'America/Denver'],
    ['us-oh-individuals', 'US-OH', '2027-01-07', 'America/New_York'],
    ['us-or-individuals', 'US-OR', '2027-01-07', 'America/Boise'],
    ['us-tn-individuals', 'US-TN', '2027-01-07', 'America/New_York'],
    ['us-wi-individuals', 'US-WI', '2027-01-07', 'America/Chicago'],
    ['us-ct-individuals', 'US-CT', '2027-01-22', 'America/New_York'],
    ['us-de-individuals', 'US-DE', '2027-01-22', 'America/New_York'],
    ['us-la-individuals', 'US-LA', '2027-01-22', 'America/Chicago'],
    ['us-sd-individuals', 'US-SD', '2027-01-22', 'America/Chicago'],
    ['us-az-individuals', 'US-AZ', '2027-01-07', 'America/Phoenix'],
  ])('%s falls due at the end of a day in the residents’ zone', (id, place, due, zone) => {
    const duty = discovered({ [place]: 5 }).duty(id);
    expect([duty.state, duty.due, duty.zone]).toEqual(['dated', due, zone]);
  });

  test('a date that ends on a Saturday is not rolled forward, and the working day before it is the target', () => {
    const duty = discovered({ 'US-CA': 5 }, { anchors: { discovered: '2026-11-19' } }).duty('us-ca-individuals');
    expect([duty.due, duty.rolled, duty.target]).toEqual(['2026-12-19', null, '2026-12-18']);
  });

  test('an hour after midnight in New York is still the day before for Californians', () => {
    const late = { anchors: { discovered: '2026-11-23T22:30:00-05:00' } };
    expect(discovered({ 'US-CA': 5 }, late).duty('us-ca-individuals').due).toBe('2026-12-23');
    const early = { anchors: { discovered: '2026-11-23T01:30:00-05:00' } };
    expect(discovered({ 'US-CA': 5 }, early).duty('us-ca-individuals').due).toBe('2026-12-22');
  });

  test('states without a number get none, only a policy target that says so', () => {
    const duty = discovered({ 'US-GU': 3 }).duty('us-gu-individuals');
    expect([duty.state, duty.due, duty.target]).toEqual(['no-number', null, '2026-12-23']);
    expect(duty.why).toContain('policy, not law');
  });

  test('Texas: the Attorney General falls due before the residents', () => {
    const run = discovered({ 'US-TX': 250 });
    expect(run.duty('us-tx-ag').due).toBe('2026-12-23');
    expect(run.duty('us-tx-individuals').due).toBe('2027-01-22');
  });
});

describe('thresholds keep more-than and at-least apart', () => {
  test.each([
    ['us-ca-ag', 'US-CA', 500, 501],
    ['us-fl-ag', 'US-FL', 499, 500],
    ['us-tx-ag', 'US-TX', 249, 250],
    ['us-co-ag', 'US-CO', 499, 500],
    ['us-al-ag', 'US-AL', 1000, 1001],
    ['us-dc-ag', 'US-DC', 49, 50],
    ['us-or-ag', 'US-OR', 250, 251],
    ['us-wa-ag', 'US-WA', 500, 501],
    ['us-ny-cra', 'US-NY', 5000, 5001],
    ['us-tx-cra', 'US-TX', 10000, 10001],
    ['us-md-cra', 'US-MD', 999, 1000],
    ['us-ut-cra', 'US-UT', 999, 1000],
    ['us-mn-cra', 'US-MN', 500, 501],
  ])('%s', (id, place, under, over) => {
    expect(discovered({ [place]: under }).duty(id).state).toBe('not-triggered');
    expect(discovered({ [place]: over }).duty(id).state).not.toBe('not-triggered');
    expect(discovered({ [place]: 'unknown' }).duty(id).state).not.toBe('not-triggered');
  });

  test('counts are per state: three hundred in each of two states are not six hundred in one', () => {
    const run = discovered({ 'US-CA': 300, 'US-WA': 300 });
    expect(run.duty('us-ca-ag').state).toBe('not-triggered');
    expect(run.duty('us-wa-ag').state).toBe('not-triggered');
  });
});

describe('what starts a clock', () => {
  test('a determination state does not start on discovery alone', () => {
    const run = discovered({ 'US-TX': 900, 'US-CA': 900 }, { anchors: { discovered: MONDAY } });
    expect(run.duty('us-tx-individuals').state).toBe('not-started');
    expect(run.duty('us-ca-individuals').state).toBe('dated');
  });

  test('the vendor’s mail is discovery where the law says discovery or notification', () => {
    const run = discovered({ 'US-CA': 9 }, { anchors: { vendor_notified_us: '2026-11-20', discovered: MONDAY } });
    expect([run.duty('us-ca-individuals').due, run.duty('us-ca-individuals').anchor]).toEqual(['2026-12-20', 'vendor_notified_us']);
  });

  test('Alabama counts the finding of likely harm, or the vendor’s notice, whichever came first', () => {
    const both = { anchors: { determined: '2026-11-20', determined_likely_harm: MONDAY } };
    expect(discovered({ 'US-AL': 9 }, both).duty('us-al-individuals').due).toBe('2027-01-07');
    const vendor = { anchors: { determined: MONDAY, vendor_notified_us: '2026-11-18' } };
    expect(discovered({ 'US-AL': 9 }, vendor).duty('us-al-individuals').due).toBe('2027-01-02');
  });

  test('Florida starts with reason to believe, if that came before the determination', () => {
    const run = discovered({ 'US-FL': 600 }, { anchors: { believed: '2026-11-20', determined: MONDAY } });
    expect(run.duty('us-fl-individuals').due).toBe('2026-12-20');
    expect(run.duty('us-fl-ag').due).toBe('2026-12-20');
  });

  test('Maine and Rhode Island wait for the later of two conditions', () => {
    const waiting = discovered({ 'US-ME': 5, 'US-RI': 5 }, { anchors: { aware: MONDAY, confirmed: MONDAY } });
    expect(waiting.duty('us-me-individuals').state).toBe('not-started');
    expect(waiting.duty('us-ri-individuals').state).toBe('not-started');
    const known = discovered(
      { 'US-ME': 5, 'US-RI': 5 },
      { now: '2026-12-02T12:00:00Z', anchors: { aware: MONDAY, confirmed: MONDAY, scope_known: '2026-12-01' } },
    );
    expect(known.duty('us-me-individuals').due).toBe('2026-12-31');
    expect(known.duty('us-ri-individuals').due).toBe('2027-01-15');
  });

  test('Rhode Island gives its agencies thirty days, not forty-five', () => {
    const entity = owner('US-RI', 'America/New_York', { public_body: true });
    const run = discovered(
      { 'US-RI': 5 },
      { entity, anchors: { confirmed: MONDAY, scope_known: MONDAY, detected: '2026-11-23T08:00:00-05:00' } },
    );
    expect(run.duty('us-ri-individuals').due).toBe('2026-12-23');
    expect(run.duty('us-ri-state-police-agency').due).toBe('2026-11-24T13:00:00Z');
  });

  test('Minnesota’s bureaus: 48 hours from finding that more than 500 must be told, by the clock', () => {
    const run = discovered({ 'US-MN': 501 }, { anchors: { discovered: MONDAY, decision_to_notify: '2026-11-24T09:15:00-06:00' } });
    expect(run.duty('us-mn-cra').due).toBe('2026-11-26T15:15:00Z');
  });

  test('the Arizona and New Mexico bureaus count from the threshold finding', () => {
    const run = discovered(
      { 'US-AZ': 1001, 'US-NM': 1001 },
      { anchors: { discovered: '2026-11-10', determined: '2026-11-12', scope_known: MONDAY } },
    );
    expect(run.duty('us-az-cra').due).toBe('2027-01-07');
    expect(run.duty('us-nm-cra').due).toBe('2027-01-07');
    expect(run.duty('us-nm-ag').due).toBe('2026-12-25');
  });

  test('Puerto Rico counts from detection', () => {
    const run = discovered({ 'US-PR': 5 }, { anchors: { detected: '2026-11-20', discovered: MONDAY } });
    expect(run.duty('us-pr-daco').due).toBe('2026-11-30');
  });
});

describe('duties that hang on another', () => {
  test('California: a provisional date until the letters go, then fifteen days from them', () => {
    const before = discovered({ 'US-CA': 501 }).duty('us-ca-ag');
    expect([before.due, before.provisional, before.state]).toEqual(['2027-01-07', true, 'dated']);
    const sent = { now: '2026-12-03T12:00:00-08:00', anchors: { discovered: MONDAY, notice_sent: '2026-12-01T10:00:00-08:00' } };
    const after = discovered({ 'US-CA': 501 }, sent);
    expect([after.duty('us-ca-ag').due, after.duty('us-ca-ag').provisional]).toEqual(['2026-12-16', false]);
    expect(after.duty('us-ca-individuals').state).toBe('met');
  });

  test('Oklahoma: sixty days after the letters, whatever their own date', () => {
    const sent = { now: '2026-12-03T12:00:00-06:00', anchors: { discovered: MONDAY, notice_sent: '2026-12-01' } };
    expect(discovered({ 'US-OK': 500 }, sent).duty('us-ok-ag').due).toBe('2027-01-30');
    expect(discovered({ 'US-OK': 500 }).duty('us-ok-ag').state).toBe('not-started');
  });

  test('Iowa: five business days after the first letter', () => {
    const sent = { now: '2026-11-26T12:00:00-06:00', anchors: { discovered: MONDAY, notice_sent: '2026-11-25' } };
    expect(discovered({ 'US-IA': 501 }, sent).duty('us-ia-ag').due).toBe('2026-12-03');
  });

  test('Louisiana: the copy must be received within ten days of the letters', () => {
    const late = { filings: [{ duty: 'us-la-ag', at: '2026-12-09', received: '2026-12-12' }] };
    const sent = { now: '2026-12-13T12:00:00-06:00', anchors: { discovered: MONDAY, notice_sent: '2026-12-01' } };
    expect(discovered({ 'US-LA': 5 }, { ...sent, ...late }).duty('us-la-ag').state).toBe('late');
    const received = { filings: [{ duty: 'us-la-ag', at: '2026-12-09', received: '2026-12-11' }] };
    const duty = discovered({ 'US-LA': 5 }, { ...sent, ...received }).duty('us-la-ag');
    expect([duty.state, duty.due]).toEqual(['met', '2026-12-11']);
  });

  test('Louisiana: a copy that is only sent is not yet done', () => {
    const filings = [{ duty: 'us-la-ag', at: '2026-12-05' }];
    const run = discovered(
      { 'US-LA': 5 },
      { now: '2026-12-06T12:00:00-06:00', anchors: { discovered: MONDAY, notice_sent: '2026-12-01' }, filings },
    );
    expect(run.duty('us-la-ag').state).toBe('dated');
  });

  test.each([
    ['us-md-ag', 'us-md-individuals', 'US-MD'],
    ['us-nj-state-police', 'us-nj-individuals', 'US-NJ'],
    ['us-nh-ag', 'us-nh-individuals', 'US-NH'],
    ['us-ct-ag', 'us-ct-individuals', 'US-CT'],
    ['us-de-ag', 'us-de-individuals', 'US-DE'],
    ['us-ne-ag', 'us-ne-individuals', 'US-NE'],
    ['us-mt-ag', 'us-mt-individuals', 'US-MT'],
    ['us-pa-ag', 'us-pa-individuals', 'US-PA'],
    ['us-vt-ag', 'us-vt-individuals', 'US-VT'],
    ['us-ny-ag', 'us-ny-individuals', 'US-NY'],
  ])('%s gates the letters of %s', (regulator, letters, place) => {
    const run = discovered({ [place]: 900 });
    expect(run.duty(regulator).gates).toContain(letters);
    expect(run.duty(letters).gates).toContain(regulator);
  });

  test('letters sent before the authority was told make that notice late at once', () => {
    const run = discovered(
      { 'US-MD': 5 },
      { now: '2026-12-01T12:00:00-05:00', anchors: { discovered: MONDAY, notice_sent: '2026-12-01T09:00:00-05:00' } },
    );
    expect([run.duty('us-md-ag').state, run.duty('us-md-ag').due]).toEqual(['late', '2026-12-01T14:00:00Z']);
  });

  test('Vermont: fourteen business days, or the letters if they go sooner', () => {
    const sent = { now: '2026-11-30T12:00:00-05:00', anchors: { discovered: MONDAY, notice_sent: '2026-11-30T08:00:00-05:00' } };
    expect(discovered({ 'US-VT': 5 }, sent).duty('us-vt-ag').due).toBe('2026-11-30T13:00:00Z');
  });

  test('Arkansas: with the letters, or 45 days from finding harm likely, whichever comes first', () => {
    const anchors = { discovered: '2026-11-20', determined_likely_harm: MONDAY };
    expect(discovered({ 'US-AR': 1001 }, { anchors }).duty('us-ar-ag').due).toBe('2027-01-07');
    const sent = { now: '2026-12-02T12:00:00-06:00', anchors: { ...anchors, notice_sent: '2026-12-01T09:00:00-06:00' } };
    expect(discovered({ 'US-AR': 1001 }, sent).duty('us-ar-ag').due).toBe('2026-12-01T15:00:00Z');
  });
});
