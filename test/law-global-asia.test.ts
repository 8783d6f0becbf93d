import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

/** Dates of Asia, the Pacific, Africa and the Middle East, worked out by hand: the comment above each row is the working. */
type Row = [id: string, findings: Record<string, unknown>, due: string | null, rolled?: string | null];

const NOW = '2026-12-02T12:00:00Z';
const MON = '2026-11-23T09:00:00Z';
const ZONES: Record<string, string> = {
  AU: 'Australia/Sydney',
  SG: 'Asia/Singapore',
  JP: 'Asia/Tokyo',
  KR: 'Asia/Seoul',
  HK: 'Asia/Hong_Kong',
  IN: 'Asia/Kolkata',
  PH: 'Asia/Manila',
  TH: 'Asia/Bangkok',
  MY: 'Asia/Kuala_Lumpur',
  ID: 'Asia/Jakarta',
  VN: 'Asia/Ho_Chi_Minh',
  CN: 'Asia/Shanghai',
  NZ: 'Pacific/Auckland',
  TW: 'Asia/Taipei',
  ZA: 'Africa/Johannesburg',
  NG: 'Africa/Lagos',
  KE: 'Africa/Nairobi',
  SA: 'Asia/Riyadh',
  TR: 'Europe/Istanbul',
  IL: 'Asia/Jerusalem',
};
const entity = (place: string, more: Record<string, unknown> = {}) => owner(place, ZONES[place.slice(0, 2)] ?? 'Asia/Dubai', more);
/** People's data, a likely risk, awareness on Monday 23 November 2026, 09:00Z. */
const breach = (place: string, more: Record<string, unknown> = {}) => ({
  now: NOW,
  entity: entity(place),
  anchors: { aware: MON },
  residents: { [place]: 2000 },
  data_elements: ['name', 'passport', 'health'],
  risk: 'likely',
  ...more,
});
/** An operator of critical infrastructure. */
const operator = (place: string, more: Record<string, unknown> = {}) => ({
  now: NOW,
  entity: entity(place, { critical_infrastructure: true }),
  anchors: { aware: MON },
  ...more,
});
const filed = (duty: string, at: string) => ({ filings: [{ duty, at }] });
const down = { outage_minutes: 45 };
const bank = (place: string, more: Record<string, unknown> = {}) => ({
  ...operator(place),
  entity: { ...entity(place), sector: 'bank' },
  ...more,
});

const PACIFIC: Row[] = [
  // Privacy Act s.26WH: 30 days from suspicion on Thu 26 Nov: Sat 26 Dec, on to Mon 28 (Acts Interpretation Act s.36).
  ['au-ndb-assessment', breach('AU', { anchors: { suspected: '2026-11-26T10:00:00+11:00' } }), '2026-12-26', '2026-12-28'],
  // SOCI s.30BC: 12 h; the written record 84 h after the oral report of 20:00Z.
  ['au-soci-critical-12h', operator('AU', down), '2026-11-23T21:00:00Z'],
  [
    'au-soci-critical-written-84h',
    operator('AU', { ...down, ...filed('au-soci-critical-12h', '2026-11-23T20:00:00Z') }),
    '2026-11-27T08:00:00Z',
  ],
  // SOCI s.30BD: 72 h, and 48 h after the oral report of 24 Nov 09:00Z.
  ['au-soci-other-72h', operator('AU'), '2026-11-26T09:00:00Z'],
  ['au-soci-other-written-48h', operator('AU', filed('au-soci-other-72h', '2026-11-24T09:00:00Z')), '2026-11-26T09:00:00Z'],
  // Cyber Security Act 2024 s.27: 72 h from the payment, whatever was known before.
  [
    'au-ransomware-payment',
    {
      now: NOW,
      entity: entity('AU', { turnover_aud: 3_000_001 }),
      anchors: { aware: MON, ransom_paid: '2026-11-28T03:00:00Z' },
    },
    '2026-12-01T03:00:00Z',
  ],
  // CPS 234 para 35: 72 h. Para 36: ten business days after Mon 23 Nov: the fifth is Mon 30, the tenth Mon 7 Dec.
  ['au-apra-cps234-incident', bank('AU'), '2026-11-26T09:00:00Z'],
  ['au-apra-cps234-weakness', bank('AU', { control_weakness: true }), '2026-12-07'],
  // CPS 230: 72 h, and 24 h when the tolerance is exceeded.
  ['au-apra-cps230', bank('AU'), '2026-11-26T09:00:00Z'],
  ['au-apra-cps230', bank('AU', { tolerance_exceeded: true }), '2026-11-24T09:00:00Z'],
];

const ASIA: Row[] = [
  // PDPA s.26D: assessed on Fri 27 Nov; Sat 28 is day 1, Mon 30 day 3. No relief for weekends.
  ['sg-pdpa-pdpc', breach('SG', { anchors: { aware: MON, determined: '2026-11-27T18:00:00+08:00' } }), '2026-11-30', null],
  // S 519/2018 r.5: 2 h, 72 h, and 30 days after the supplement of Wed 25 Nov: Fri 25 Dec.
  ['sg-cii-2h', operator('SG'), '2026-11-23T11:00:00Z'],
  ['sg-cii-72h', operator('SG'), '2026-11-26T09:00:00Z'],
  ['sg-cii-30d', operator('SG', filed('sg-cii-72h', '2026-11-25T09:00:00Z')), '2026-12-25'],
  // FSM-N05: an hour from discovery, then 24 h and 14 days (Mon 7 Dec).
  ['sg-mas-1h', bank('SG', { ...down, anchors: { discovered: MON } }), '2026-11-23T10:00:00Z'],
  ['sg-mas-24h', bank('SG', down), '2026-11-24T09:00:00Z'],
  ['sg-mas-14d', bank('SG', down), '2026-12-07'],
  // Rules 8(2): 18:00 in Tokyo on 23 Nov is day 1; eight days in November, so day 30 is 22 Dec.
  ['jp-appi-final-30', breach('JP'), '2026-12-22', null],
  // Known on Tue 1 Dec: day 30 is Wed 30 Dec, when offices are closed until Sun 3 Jan: Mon 4 Jan 2027.
  ['jp-appi-final-30', breach('JP', { anchors: { aware: '2026-12-01T10:00:00+09:00' } }), '2026-12-30', '2027-01-04'],
  // A cyberattack has 60 days: 8 in November, 31 in December, so 21 January 2027.
  ['jp-appi-final-60', breach('JP', { incident_type: 'ransomware' }), '2027-01-21', null],
  // PIPA 34: 72 h for people and for the commission; Network Act 48-3: 24 h, and 24 h again for each further fact.
  ['kr-pipa-individuals', breach('KR'), '2026-11-26T09:00:00Z'],
  ['kr-pipa-pipc', breach('KR'), '2026-11-26T09:00:00Z'],
  [
    'kr-network-act-24h',
    breach('KR', { entity: { ...entity('KR'), sector: 'saas' }, incident_type: 'ransomware' }),
    '2026-11-24T09:00:00Z',
  ],
  [
    'kr-network-act-followup',
    breach('KR', {
      entity: { ...entity('KR'), sector: 'saas' },
      incident_type: 'ransomware',
      anchors: { aware: MON, information_available: '2026-11-25T01:30:00Z' },
    }),
    '2026-11-26T01:30:00Z',
  ],
  // Cap. 653: 12 h for a core function, else 48; the form 48 h after an oral report; 14 days from awareness: Mon 7 Dec.
  ['hk-pcicso-12h', operator('HK', down), '2026-11-23T21:00:00Z'],
  ['hk-pcicso-48h', operator('HK'), '2026-11-25T09:00:00Z'],
  ['hk-pcicso-written-48h', operator('HK', filed('hk-pcicso-48h', '2026-11-24T09:00:00Z')), '2026-11-26T09:00:00Z'],
  ['hk-pcicso-written-14d', operator('HK'), '2026-12-07'],
  // CERT-In directions: 6 h from noticing, over midnight and holidays.
  ['in-certin-6h', breach('IN', { anchors: { aware: '2026-11-23T20:00:00+05:30' } }), '2026-11-23T20:30:00Z'],
  // NPC Circular 16-03: 72 h from belief, an hour before knowledge; the full report 5 days after Tue 24 Nov.
  ['ph-dpa-npc', breach('PH', { anchors: { believed: '2026-11-23T08:00:00Z', aware: MON } }), '2026-11-26T08:00:00Z'],
  ['ph-dpa-individuals', breach('PH'), '2026-11-26T09:00:00Z'],
  ['ph-dpa-full-report', breach('PH', filed('ph-dpa-npc', '2026-11-24T03:00:00Z')), '2026-11-29'],
  // PDPA s.37(4).
  ['th-pdpa-pdpc', breach('TH'), '2026-11-26T09:00:00Z'],
  // DBN Guidelines: the earliest of occurrence and awareness; people 7 days, the rest 30 days after the notice of Tue 24 Nov.
  ['my-pdpa-commissioner', breach('MY', { anchors: { occurred: '2026-11-22T09:00:00Z', aware: MON } }), '2026-11-25T09:00:00Z'],
  ['my-pdpa-individuals', breach('MY', filed('my-pdpa-commissioner', '2026-11-24T03:00:00Z')), '2026-12-01'],
  ['my-pdpa-followup', breach('MY', filed('my-pdpa-commissioner', '2026-11-24T03:00:00Z')), '2026-12-24'],
  // Cyber Security Act 2024 s.23: details in 6 h, the supplement 14 days after the first report of 23 Nov.
  ['my-csa-ncii', operator('MY'), '2026-11-23T15:00:00Z'],
  ['my-csa-ncii-14d', operator('MY', filed('my-csa-ncii', '2026-11-23T12:00:00Z')), '2026-12-07'],
  // Law 27/2022 art. 46: 3 x 24 h.
  ['id-pdp-3x24', breach('ID'), '2026-11-26T09:00:00Z'],
  // Law 91/2025 art. 23: 72 h from detection.
  ['vn-pdpl-a05', breach('VN'), '2026-11-26T09:00:00Z'],
  ['vn-pdpl-individuals', breach('VN', { data_elements: ['biometric'] }), '2026-11-26T09:00:00Z'],
  // CAC measures 2025: an hour for critical infrastructure, 4 for others, 2 for state bodies; 30 days after handling ended on 1 Dec.
  ['cn-cac-cii-1h', operator('CN', { significant_incident: true }), '2026-11-23T10:00:00Z'],
  ['cn-cac-operator-4h', breach('CN', { residents: { CN: 1_000_000 } }), '2026-11-23T13:00:00Z'],
  [
    'cn-cac-operator-4h',
    breach('CN', { residents: { CN: 1_000_000 }, entity: entity('CN', { public_body: 'local' }) }),
    '2026-11-23T11:00:00Z',
  ],
  [
    'cn-cac-summary-30d',
    breach('CN', { residents: { CN: 1_000_000 }, anchors: { aware: MON, handled: '2026-12-01' } }),
    '2026-12-31',
  ],
  ['cn-ndsmr-24h', operator('CN', { public_interest_endangered: true }), '2026-11-24T09:00:00Z'],
  [
    'cn-rmsv-48h',
    { now: NOW, entity: { ...entity('CN'), role: 'manufacturer' }, anchors: { aware: MON }, incident_type: 'vulnerability' },
    '2026-11-25T09:00:00Z',
  ],
];

const AFRICA: Row[] = [
  // NDPA s.40(2), DPA s.43(1)(a), PDPL art. 24, Board Decision 2019/10, ADGM s.32: 72 h each.
  ['ng-ndpa-ndpc', breach('NG'), '2026-11-26T09:00:00Z'],
  ['ke-dpa-odpc', breach('KE'), '2026-11-26T09:00:00Z'],
  ['sa-pdpl-sdaia', breach('SA'), '2026-11-26T09:00:00Z'],
  ['tr-kvkk-board', breach('TR', { risk: 'unlikely' }), '2026-11-26T09:00:00Z'],
  ['ae-adgm-commissioner', breach('AE-ADGM'), '2026-11-26T09:00:00Z'],
  // DPA s.43(3): a processor has 48 h.
  ['ke-dpa-processor', breach('KE', { entity: { ...entity('KE'), role: 'service-provider' } }), '2026-11-25T09:00:00Z'],
];

describe('Asia, the Pacific, Africa and the Middle East, date by date', () => {
  test.each([...PACIFIC, ...ASIA, ...AFRICA])('%s is due when its citation says', (id, findings, due, rolled) => {
    const duty = given(findings).duty(id);
    expect(duty.due).toBe(due);
    if (rolled !== undefined) expect(duty.rolled).toBe(rolled);
  });
});

describe('thresholds are read as they are written', () => {
  const state = (id: string, findings: Record<string, unknown>) => given(findings).duty(id).state;
  const plain = { data_elements: ['name', 'email'] };

  test('at least 500 in Singapore, at least 1,000 in Korea, more than 1,000 in Japan and Malaysia', () => {
    const at = (id: string, place: string, n: number, more = {}) =>
      state(id, breach(place, { ...plain, residents: { [place]: n }, ...more }));
    const assessed = { anchors: { determined: '2026-12-01' } };
    expect([at('sg-pdpa-pdpc', 'SG', 499, assessed), at('sg-pdpa-pdpc', 'SG', 500, assessed)]).toEqual(['not-triggered', 'dated']);
    expect([at('kr-pipa-pipc', 'KR', 999), at('kr-pipa-pipc', 'KR', 1000)]).toEqual(['not-triggered', 'late']);
    expect([at('jp-appi-final-30', 'JP', 1000), at('jp-appi-final-30', 'JP', 1001)]).toEqual(['not-triggered', 'dated']);
    const safe = { harm_unlikely: true };
    expect([at('my-pdpa-commissioner', 'MY', 1000, safe), at('my-pdpa-commissioner', 'MY', 1001, safe)]).toEqual([
      'not-triggered',
      'late',
    ]);
  });

  test('the ransom report binds above AUD 3 million, and critical infrastructure of any turnover', () => {
    const paid = (more: Record<string, unknown>) =>
      state('au-ransomware-payment', { now: NOW, entity: entity('AU', more), anchors: { ransom_paid: MON } });
    expect(paid({ turnover_aud: 3_000_000 })).toBe('not-triggered');
    expect(paid({ turnover_aud: 1, critical_infrastructure: true })).toBe('late');
    expect(state('au-ransomware-payment', { now: NOW, entity: entity('AU'), anchors: { aware: MON } })).toBe('not-triggered');
  });

  test('a number that is only guidance gives no date', () => {
    expect(given(breach('JP')).duty('jp-appi-preliminary')).toMatchObject({ state: 'no-number', due: null });
    expect(given(breach('NZ')).duty('nz-privacy-opc')).toMatchObject({ state: 'no-number', due: null });
    expect(given(breach('SG')).duty('sg-pdpa-assessment')).toMatchObject({ state: 'no-number', due: null });
    const processor = { entity: { ...entity('TH'), role: 'service-provider' } };
    expect(given(breach('TH', processor)).duty('th-pdpa-processor')).toMatchObject({ state: 'no-number', due: null });
  });

  test('encryption spares where the law says so, and only there', () => {
    const sealed = { encrypted: true, key_taken: false };
    expect(state('jp-appi-preliminary', breach('JP', sealed))).toBe('not-triggered');
    expect(state('ke-dpa-individuals', breach('KE', sealed))).toBe('not-triggered');
    expect(state('ke-dpa-odpc', breach('KE', sealed))).toBe('late');
    expect(state('kr-pipa-individuals', breach('KR', sealed))).toBe('late');
  });

  test('India’s data protection rules are watched until 2027-05-13 and then fire without a threshold', () => {
    const later = { now: '2027-05-20T12:00:00Z', anchors: { aware: '2027-05-19T09:00:00Z' }, risk: 'unlikely' };
    expect(state('in-dpdp-board-72h', breach('IN'))).toBe('watch');
    expect(given(breach('IN', later)).duty('in-dpdp-board-72h').due).toBe('2027-05-22T09:00:00Z');
  });

  test('no test of harm in South Africa and Turkiye; the levels of Israel', () => {
    expect(state('za-popia-regulator', breach('ZA', { harm_unlikely: true, risk: 'unlikely' }))).toBe('no-number');
    expect(state('il-severe-incident', breach('IL', plain))).toBe('not-triggered');
    expect(state('il-severe-incident', breach('IL', { ...plain, entity: entity('IL', { database_security: 'high' }) }))).toBe(
      'no-number',
    );
  });

  test('low confidence is said aloud', () => {
    expect(given(breach('VN', { data_elements: ['biometric'] })).duty('vn-pdpl-individuals').why).toContain(
      'unverified, ask counsel',
    );
  });
});
