import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

/** Dates of Europe, worked out by hand from the citation: the comment above each row is the working. */
type Row = [id: string, findings: Record<string, unknown>, due: string | null, rolled?: string | null];

const NOW = '2026-12-01T12:00:00Z';
const MON = '2026-11-23T09:00:00Z';
const filed = (duty: string, at: string) => ({ filings: [{ duty, at }] });
const personal = { data_elements: ['name', 'email'], risk: 'likely' };
const msp = (place: string, zone: string) => ({
  now: NOW,
  entity: { ...owner(place, zone), sector: 'msp', staff: 60 },
  anchors: { aware: MON },
  malicious_compromise: true,
});
const finance = (anchors: Record<string, string>, mark: unknown = true) => ({
  now: NOW,
  entity: owner('DE', 'Europe/Berlin', { financial_entity: mark }),
  anchors,
});
const maker = (more: Record<string, unknown>) => ({
  now: NOW,
  entity: { role: 'manufacturer', jurisdiction: 'NL', zone: 'Europe/Amsterdam' },
  anchors: { aware: MON },
  ...more,
});
const marked = (place: string, zone: string, mark: string, more: Record<string, unknown> = {}) => ({
  now: NOW,
  entity: owner(place, zone, { [mark]: true }),
  anchors: { aware: MON },
  outage_minutes: 90,
  ...more,
});

const EUROPE: Row[] = [
  // GDPR 33(1): 72 elapsed hours. Fri 23 Oct 09:00 CEST is 07:00Z; the clocks go back on the 25th, so it ends Mon at 08:00 local.
  [
    'eu-gdpr-33-authority',
    { now: NOW, entity: owner('DE', 'Europe/Berlin'), anchors: { aware: '2026-10-23T09:00:00+02:00' }, ...personal },
    '2026-10-26T07:00:00Z',
  ],
  // BSIG 32(1) no. 1, NIS2 23(4)(a): 24 h from Mon 09:00Z.
  ['eu-nis2-early-warning', msp('DE', 'Europe/Berlin'), '2026-11-24T09:00:00Z'],
  // The Cypriot form is reported with 6 h.
  ['eu-nis2-early-warning', msp('CY', 'Asia/Nicosia'), '2026-11-23T15:00:00Z'],
  // NIS2 23(4)(b): 72 h from awareness, whenever the early warning went out.
  ['eu-nis2-incident-notification', msp('FR', 'Europe/Paris'), '2026-11-26T09:00:00Z'],
  // NIS2 23(4)(d): a month from submission on 31 Jan 2027 is 28 Feb, a Sunday; 1182/71 3(4) lets it run on to Mon 1 March.
  [
    'eu-nis2-final-report',
    {
      ...msp('FR', 'Europe/Paris'),
      now: '2027-02-01T12:00:00Z',
      ...filed('eu-nis2-incident-notification', '2027-01-31T10:00:00Z'),
    },
    '2027-02-28',
    '2027-03-01',
  ],
  // The same in a leap year: 31 Jan 2028 to Tue 29 Feb.
  [
    'eu-nis2-final-report',
    {
      ...msp('FR', 'Europe/Paris'),
      now: '2028-02-01T12:00:00Z',
      ...filed('eu-nis2-incident-notification', '2028-01-31T10:00:00Z'),
    },
    '2028-02-29',
    null,
  ],
  // NIS2 23(4)(e): still open at the final report, so a month from handling on 10 March 2027: Sat 10 April, on to Mon 12.
  [
    'eu-nis2-final-report',
    {
      ...msp('FR', 'Europe/Paris'),
      now: '2027-03-20T12:00:00Z',
      anchors: { aware: '2027-01-04T09:00:00Z', handled: '2027-03-10' },
      incident_ongoing: true,
      ...filed('eu-nis2-incident-notification', '2027-01-05T10:00:00Z'),
    },
    '2027-04-10',
    '2027-04-12',
  ],
  // ... and the progress report a month after the notification of 5 Jan: Fri 5 Feb.
  [
    'eu-nis2-progress-report',
    {
      ...msp('FR', 'Europe/Paris'),
      now: '2027-01-20T12:00:00Z',
      anchors: { aware: '2027-01-04T09:00:00Z' },
      incident_ongoing: true,
      ...filed('eu-nis2-incident-notification', '2027-01-05T10:00:00Z'),
    },
    '2027-02-05',
    null,
  ],
  // NIS2 23(4) second subparagraph: trust services have 24 h for the notification itself.
  ['eu-nis2-trust-24h', marked('ES', 'Europe/Madrid', 'trust_service_provider'), '2026-11-24T09:00:00Z'],
  // eIDAS 19a, 24(2)(fb): 24 h.
  ['eu-eidas-trust-24h', marked('ES', 'Europe/Madrid', 'trust_service_provider', personal), '2026-11-24T09:00:00Z'],
  // DORA RTS 5(1)(a): classified two hours after awareness, so four hours from then.
  ['eu-dora-initial', finance({ aware: MON, classified: '2026-11-23T11:00:00Z' }), '2026-11-23T15:00:00Z'],
  // Classified 22 h after awareness: 24 h from awareness ends before 4 h from classification.
  ['eu-dora-initial', finance({ aware: MON, classified: '2026-11-24T07:00:00Z' }), '2026-11-24T09:00:00Z'],
  // RTS 5(2): classified 30 h after awareness, four hours from classification alone.
  ['eu-dora-initial', finance({ aware: MON, classified: '2026-11-24T15:00:00Z' }), '2026-11-24T19:00:00Z'],
  // RTS 5(4): Sat 21 Nov 00:00Z is 01:00 in Berlin; relief to Mon noon, 11:00Z.
  [
    'eu-dora-initial',
    finance({ aware: '2026-11-20T15:00:00Z', classified: '2026-11-20T20:00:00Z' }, 'other'),
    '2026-11-21T00:00:00Z',
    '2026-11-23T11:00:00Z',
  ],
  // RTS 5(5): a credit institution has no such relief, and a financial entity of unknown kind might be one.
  [
    'eu-dora-initial',
    finance({ aware: '2026-11-20T15:00:00Z', classified: '2026-11-20T20:00:00Z' }, 'credit-institution'),
    '2026-11-21T00:00:00Z',
    null,
  ],
  // RTS 5(1)(b): 72 h from SUBMITTING the initial one, Mon 14:00Z.
  [
    'eu-dora-intermediate',
    finance({ aware: MON, classified: '2026-11-23T11:00:00Z', initial_filed: '2026-11-23T14:00:00Z' }),
    '2026-11-26T14:00:00Z',
  ],
  // RTS 5(1)(c): a month from the intermediate report of Thu 26 Nov: Sat 26 Dec; relief to Mon 28 Dec, 12:00 in Berlin.
  [
    'eu-dora-final',
    finance({
      aware: MON,
      classified: '2026-11-23T11:00:00Z',
      initial_filed: '2026-11-23T14:00:00Z',
      intermediate_filed: '2026-11-26T10:00:00Z',
    }),
    '2026-12-26',
    '2026-12-28T11:00:00Z',
  ],
  // CRA 14(2)(a), (b): 24 and 72 h from awareness.
  ['eu-cra-vuln-early-warning', maker({ actively_exploited: true }), '2026-11-24T09:00:00Z'],
  ['eu-cra-vuln-notification', maker({ actively_exploited: true }), '2026-11-26T09:00:00Z'],
  // CRA 14(2)(c): 14 days after the fix of Sat 21 Nov: Sat 5 Dec, on to Mon 7 Dec.
  [
    'eu-cra-vuln-final',
    maker({ actively_exploited: true, anchors: { aware: MON, fix_available: '2026-11-21' } }),
    '2026-12-05',
    '2026-12-07',
  ],
  // CRA 14(4)(a), (b).
  ['eu-cra-incident-early-warning', maker({ severe_product_incident: true }), '2026-11-24T09:00:00Z'],
  ['eu-cra-incident-notification', maker({ severe_product_incident: true }), '2026-11-26T09:00:00Z'],
  // CRA 14(4)(c): a month from submitting the notification on Wed 25 Nov: Fri 25 Dec, a holiday in every Member State; Mon 28 Dec.
  [
    'eu-cra-incident-final',
    maker({ severe_product_incident: true, ...filed('eu-cra-incident-notification', '2026-11-25T10:00:00Z') }),
    '2026-12-25',
    '2026-12-28',
  ],
  // Regulation 611/2013 art. 2(2): 24 h from detection, which is enough awareness.
  ['eu-telecom-611-authority', marked('PL', 'Europe/Warsaw', 'telecom_provider', personal), '2026-11-24T09:00:00Z'],
  // Art. 2(3): three days after the first notification of Tue 24 Nov: Fri 27.
  [
    'eu-telecom-611-second',
    marked('PL', 'Europe/Warsaw', 'telecom_provider', {
      ...personal,
      ...filed('eu-telecom-611-authority', '2026-11-24T08:00:00Z'),
    }),
    '2026-11-27',
    null,
  ],
  // CER 15(1): 24 h, then a month from the initial notice of 24 Nov: Thu 24 Dec.
  ['eu-cer-initial', marked('IT', 'Europe/Rome', 'critical_entity'), '2026-11-24T09:00:00Z'],
  [
    'eu-cer-detailed',
    marked('IT', 'Europe/Rome', 'critical_entity', filed('eu-cer-initial', '2026-11-24T08:00:00Z')),
    '2026-12-24',
    null,
  ],
  // UK GDPR 33: 72 h, weekend or not: Fri 27 Nov 17:30Z to Mon 17:30Z.
  [
    'uk-gdpr-33-ico',
    { now: NOW, entity: owner('GB', 'Europe/London'), anchors: { aware: '2026-11-27T17:30:00Z' }, ...personal },
    '2026-11-30T17:30:00Z',
  ],
  // PECR 5A since 2025-08-20: 72 h, no longer 24.
  ['uk-pecr-ico', marked('GB', 'Europe/London', 'telecom_provider', personal), '2026-11-26T09:00:00Z'],
  // SI 2018/506 reg 11 and 12: 72 h.
  ['uk-nis-oes', marked('UK', 'Europe/London', 'critical_infrastructure'), '2026-11-26T09:00:00Z'],
  [
    'uk-nis-rdsp',
    {
      ...marked('UK', 'Europe/London', 'soc2'),
      entity: { ...owner('UK', 'Europe/London'), sector: 'marketplace', staff: 50 },
    },
    '2026-11-26T09:00:00Z',
  ],
  // FCA PS26/2 from 2027-03-18: 24 h from the determination.
  [
    'uk-fca-pra-2027-initial',
    {
      now: '2027-03-23T12:00:00Z',
      entity: owner('GB', 'Europe/London', { fca_authorised: 'enhanced-reporting' }),
      anchors: { aware: '2027-03-22T07:00:00Z', determined: '2027-03-22T10:00:00Z' },
    },
    '2027-03-23T10:00:00Z',
  ],
  // Thirty working days after Mon 22 March 2027, without Good Friday 26, Easter Monday 29 March and Mon 3 May: 3 in March before Easter,
  // 30 and 31 March (5), April without weekends (22, so 27), 4, 5 and 6 May (30).
  [
    'uk-fca-pra-2027-final',
    {
      now: '2027-04-01T12:00:00Z',
      entity: owner('GB', 'Europe/London', { fca_authorised: 'enhanced-reporting' }),
      anchors: { determined: '2027-03-19T10:00:00Z', recovered: '2027-03-22' },
    },
    '2027-05-06',
  ],
  // ISG 74e: 24 h from discovery, which came an hour before awareness; the rest 14 days after the first report of Tue 24 Nov.
  [
    'ch-isg-bacs-24h',
    marked('CH', 'Europe/Zurich', 'critical_infrastructure', {
      anchors: { discovered: '2026-11-23T08:00:00Z', aware: MON },
      incident_type: 'ransomware',
    }),
    '2026-11-24T08:00:00Z',
  ],
  [
    'ch-isg-complete-14d',
    marked('CH', 'Europe/Zurich', 'critical_infrastructure', {
      incident_type: 'ransomware',
      ...filed('ch-isg-bacs-24h', '2026-11-24T08:00:00Z'),
    }),
    '2026-12-08',
  ],
  // FINMA 05/2020, 03/2024: 24 h for the word, 72 h for the report.
  ['ch-finma-24h', marked('CH', 'Europe/Zurich', 'finma_supervised', { incident_type: 'ddos' }), '2026-11-24T09:00:00Z'],
  ['ch-finma-72h', marked('CH', 'Europe/Zurich', 'finma_supervised', { incident_type: 'ddos' }), '2026-11-26T09:00:00Z'],
  // Digitalsikkerhetsloven: 24 h, 72 h, a month after the first notice of 24 Nov.
  ['no-digital-security-24h', marked('NO', 'Europe/Oslo', 'critical_infrastructure'), '2026-11-24T09:00:00Z'],
  ['no-digital-security-72h', marked('NO', 'Europe/Oslo', 'critical_infrastructure'), '2026-11-26T09:00:00Z'],
  [
    'no-digital-security-1m',
    marked('NO', 'Europe/Oslo', 'critical_infrastructure', filed('no-digital-security-24h', '2026-11-24T08:00:00Z')),
    '2026-12-24',
  ],
  // GDPR in the EEA: 72 h.
  ['no-gdpr-33', { now: NOW, entity: owner('NO', 'Europe/Oslo'), anchors: { aware: MON }, ...personal }, '2026-11-26T09:00:00Z'],
  [
    'is-gdpr-33',
    { now: NOW, entity: owner('IS', 'Atlantic/Reykjavik'), anchors: { aware: MON }, ...personal },
    '2026-11-26T09:00:00Z',
  ],
];

describe('Europe, date by date', () => {
  test.each(EUROPE)('%s is due when its citation says', (id, findings, due, rolled) => {
    const duty = given(findings).duty(id);
    expect(duty.due).toBe(due);
    if (rolled !== undefined) expect(duty.rolled).toBe(rolled);
  });
});

describe('who, and from when', () => {
  const controller = { now: NOW, anchors: { aware: MON }, ...personal };

  test('without an establishment in the Union every authority with affected residents is told, with one only the lead', () => {
    const abroad = given({ ...controller, entity: owner('US-NY', 'America/New_York'), residents: { DE: 40, FR: 3, NO: 2 } });
    const told = abroad.duties.filter(({ id }) => id === 'eu-gdpr-33-authority');
    expect(told.map(({ instance }) => instance)).toEqual(['DE', 'FR']);
    expect(abroad.duty('no-gdpr-33').state).toBe('late');
    const led = given({ ...controller, entity: owner('IE', 'Europe/Dublin'), residents: { DE: 40, FR: 3, NO: 2 } });
    expect(led.duty('eu-gdpr-33-authority').instance).toBeNull();
    expect(led.duty('eu-gdpr-33-authority').why).toContain('the authority of IE');
    expect(led.duty('no-gdpr-33').state).toBe('not-triggered');
  });

  test('letters wait for a high risk, fall away with encryption, and alone can be held back', () => {
    const high = { ...controller, entity: owner('DE', 'Europe/Berlin'), risk: 'high' };
    expect(given({ ...high, risk: 'likely' }).duty('eu-gdpr-34-individuals').state).toBe('not-triggered');
    expect(given(high).duty('eu-gdpr-34-individuals').state).toBe('no-number');
    expect(given({ ...high, encrypted: true, key_taken: false }).duty('eu-gdpr-34-individuals').state).toBe('not-triggered');
    const held = given({ ...high, now: '2026-11-24T12:00:00Z', law_enforcement_hold: { agency: 'BKA', start: MON } });
    expect([held.duty('eu-gdpr-34-individuals').state, held.duty('eu-gdpr-33-authority').state]).toEqual(['paused', 'dated']);
  });

  test('a processor owes its customer whatever the risk, and no authority', () => {
    const processor = given({ ...controller, entity: { role: 'service-provider', jurisdiction: 'DE' }, risk: 'unlikely' });
    expect(processor.duty('eu-gdpr-33-2-processor-controller').state).toBe('no-number');
    expect(processor.duty('eu-gdpr-33-authority').state).toBe('not-triggered');
  });

  test('what follows in phases waits for the first filing', () => {
    const home = { ...controller, entity: owner('DE', 'Europe/Berlin') };
    expect(given(home).duty('eu-gdpr-33-authority-followup').state).toBe('not-started');
    const after = given({ ...home, ...filed('eu-gdpr-33-authority', '2026-11-24T09:00:00Z') });
    expect([after.duty('eu-gdpr-33-authority').state, after.duty('eu-gdpr-33-authority-followup').state]).toEqual([
      'met',
      'no-number',
    ]);
  });

  test('NIS2 leaves out the small: one figure at or under ten million is enough, fifty staff are not small', () => {
    const firm = (more: Record<string, unknown>) =>
      given({ ...msp('DE', 'Europe/Berlin'), entity: { ...owner('DE', 'Europe/Berlin'), sector: 'msp', ...more } }).duty(
        'eu-nis2-early-warning',
      ).state;
    expect(firm({ staff: 49, turnover_eur: 12e6, balance_eur: 10e6 })).toBe('not-triggered');
    expect(firm({ staff: 49, turnover_eur: 12e6, balance_eur: 10e6 + 1 })).toBe('late');
    expect(firm({ staff: 50, turnover_eur: 1e6, balance_eur: 1e6 })).toBe('late');
  });

  test('an outage counts from over thirty minutes, a loss from over the lower of EUR 500,000 and five per cent', () => {
    const firm = (more: Record<string, unknown>) =>
      given({
        now: NOW,
        entity: { ...owner('DE', 'Europe/Berlin'), sector: 'msp', staff: 60, turnover_eur: 2e6 },
        anchors: { aware: MON },
        ...more,
      }).duty('eu-nis2-incident-notification').state;
    expect([firm({}), firm({ outage_minutes: 30 }), firm({ financial_loss_eur: 100_000 })]).toEqual(Array(3).fill('not-triggered'));
    expect([firm({ outage_minutes: 31 }), firm({ financial_loss_eur: 100_001 })]).toEqual(['late', 'late']);
    expect(firm({ outage_minutes: 600, scheduled_maintenance: true })).toBe('not-triggered');
  });

  test('the German form overrides the directive’s stage and is no second duty', () => {
    const german = given(msp('DE', 'Europe/Berlin'));
    expect(german.duty('eu-nis2-early-warning').citation).toContain('BSIG');
    expect(german.duty('de-nis2-bsig-32').state).toBe('not-triggered');
  });

  test('reports under the Cyber Resilience Act begin on 2026-09-11, not the day before', () => {
    const at = (now: string) =>
      given(maker({ now, actively_exploited: true, anchors: { aware: '2026-09-10T09:00:00Z' } })).duty('eu-cra-vuln-early-warning');
    expect([at('2026-09-10T20:00:00Z').state, at('2026-09-11T08:00:00Z').state]).toEqual(['watch', 'dated']);
  });

  test('proposals are watched and never fire', () => {
    const seen = given({ ...controller, entity: owner('DE', 'Europe/Berlin'), risk: 'high' });
    expect(seen.duty('eu-omnibus-gdpr-96h').state).toBe('watch');
    expect(given(msp('GB', 'Europe/London')).duty('uk-csrb-initial').state).toBe('watch');
  });
});
