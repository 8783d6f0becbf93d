import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

/** Dates of the Americas outside the United States, of contracts, policies and card schemes: the comment is the working. */
type Row = [id: string, findings: Record<string, unknown>, due: string | null];

const NOW = '2026-12-02T12:00:00Z';
const MON = '2026-11-23T09:00:00Z';
const filed = (duty: string, at: string) => ({ filings: [{ duty, at }] });
const breach = (place: string, zone: string, more: Record<string, unknown> = {}) => ({
  now: NOW,
  entity: owner(place, zone),
  anchors: { aware: MON },
  data_elements: ['name', 'health'],
  residents: { [place]: 40 },
  risk: 'likely',
  ...more,
});
const brazil = (more: Record<string, unknown> = {}) =>
  breach('BR', 'America/Sao_Paulo', { anchors: { determined: '2026-11-19T15:00:00-03:00' }, ...more });
const small = { entity: owner('BR', 'America/Sao_Paulo', { small_processing_agent: true }) };
const chile = (more: Record<string, unknown> = {}) => ({
  now: NOW,
  entity: { ...owner('CL', 'America/Santiago'), sector: 'msp' },
  anchors: { aware: MON },
  ...more,
});
const vital = { entity: owner('CL', 'America/Santiago', { critical_infrastructure: true }) };
const contract = (kind: string, party: string, more: Record<string, unknown> = {}, rest: Record<string, unknown> = {}) => ({
  now: NOW,
  entity: { role: 'service-provider', jurisdiction: 'NZ', zone: 'Pacific/Auckland' },
  anchors: { aware: MON },
  contracts: [{ party, kind, ...more }],
  ...rest,
});
const cards = { data_elements: ['card-number'] };

const ROWS: Row[] = [
  // OSFI advisory: 24 h from the determination, not from awareness.
  [
    'ca-osfi-24h',
    {
      now: NOW,
      entity: { ...owner('CA', 'America/Toronto'), sector: 'bank' },
      anchors: { aware: MON, determined: '2026-11-24T14:00:00Z' },
    },
    '2026-11-25T14:00:00Z',
  ],
  // Resolution 15/2024 art. 6, known Thu 19 Nov: Fri 20 is Consciencia Negra, so Mon 23, Tue 24, Wed 25.
  ['br-anpd-3bd', brazil(), '2026-11-25'],
  ['br-individuals-3bd', brazil(), '2026-11-25'],
  // Small agents, six: Thu 26, Fri 27, Mon 30.
  ['br-anpd-3bd', brazil(small), '2026-11-30'],
  // Art 9: three more after the period for the letters, so the sixth as well.
  ['br-individuals-declaration', brazil(), '2026-11-30'],
  // Twenty after the communication of Wed 25 Nov: 3 to Mon 30 Nov, 4 to Fri 4 Dec (7), 5 a week to Fri 18 Dec (17), Wed 23 Dec (20).
  ['br-anpd-supplement', brazil(filed('br-anpd-3bd', '2026-11-25T12:00:00-03:00')), '2026-12-23'],
  // Forty for small agents: Thu 24 Dec (21), without Christmas Fri 25; 28 to 31 Dec (25), without 1 Jan; then 5 a week to Fri 22 Jan (40).
  ['br-anpd-supplement', brazil({ ...small, ...filed('br-anpd-3bd', '2026-11-25T12:00:00-03:00') }), '2027-01-22'],
  // SIC, 15 business days after detection on Fri 27 Nov: Mon 30 (1) to Fri 4 Dec (5), Mon 7 (6), without Tue 8 (Immaculate Conception),
  // Wed 9 to Fri 11 (9), Mon 14 to Fri 18 (14), Mon 21 (15).
  [
    'co-sic-15bd',
    breach('CO', 'America/Bogota', { anchors: { detected: '2026-11-27T10:00:00-05:00', aware: '2026-11-30T10:00:00-05:00' } }),
    '2026-12-21',
  ],
  // Ley 21.663 art. 9: 3 h, 72 h, 15 calendar days after the alert of 23 Nov.
  ['cl-anci-3h', chile(), '2026-11-23T12:00:00Z'],
  ['cl-anci-72h', chile(), '2026-11-26T09:00:00Z'],
  ['cl-anci-15d', chile(filed('cl-anci-3h', '2026-11-23T11:00:00Z')), '2026-12-08'],
  // An operator of vital importance whose service is affected: 24 h, and a plan within 7 days.
  ['cl-anci-72h', chile({ ...vital, outage_minutes: 20 }), '2026-11-24T09:00:00Z'],
  ['cl-anci-oiv-plan-7d', chile(vital), '2026-11-30'],
  // Contracts: 48 h from awareness; 36 h from the clause's own word, suspected; 2 business days after Fri 27 Nov: Tue 1 Dec.
  ['x-dpa-processor-hours', contract('dpa', 'Tulip BV', { hours: 48 }), '2026-11-25T09:00:00Z'],
  [
    'x-dpa-processor-hours',
    contract('dpa', 'Tulip BV', { hours: 36, anchor: 'suspected' }, { anchors: { suspected: '2026-11-22T20:00:00Z', aware: MON } }),
    '2026-11-24T08:00:00Z',
  ],
  [
    'x-msa-security-incident',
    contract('msa', 'Bank', { business_days: 2 }, { anchors: { aware: '2026-11-27T02:00:00Z' } }),
    '2026-12-01',
  ],
  ['x-msa-security-incident', contract('msa', 'Bank', { hours: 4 }), '2026-11-23T13:00:00Z'],
  // A policy's hotline within the policy's 24 h.
  ['x-ins-hotline', contract('policy', 'Aqua Cyber', { hours: 24 }), '2026-11-24T09:00:00Z'],
  // Visa: 3 business days after Mon 23 Nov: Thu 26. The investigator 5 business days after Visa asked on Wed 25: Wed 2 Dec.
  ['x-visa-report-3bd', contract('card-scheme', 'Visa', {}, cards), '2026-11-26'],
  [
    'x-visa-pfi',
    contract('card-scheme', 'Visa', {}, { ...cards, anchors: { aware: MON, requested: '2026-11-25T22:00:00+13:00' } }),
    '2026-12-02',
  ],
  // Mastercard: 24 h from suspicion, the investigator in 72. American Express: 72 h from discovery.
  [
    'x-mastercard-adc',
    contract('card-scheme', 'Mastercard', {}, { ...cards, anchors: { suspected: '2026-11-22T09:00:00Z', aware: MON } }),
    '2026-11-23T09:00:00Z',
  ],
  ['x-mastercard-pfi-72h', contract('card-scheme', 'Mastercard', {}, cards), '2026-11-26T09:00:00Z'],
  ['x-amex-72h', contract('card-scheme', 'American Express', {}, cards), '2026-11-26T09:00:00Z'],
];

describe('the Americas and contracts, date by date', () => {
  test.each(ROWS)('%s is due when its citation says', (id, findings, due) => {
    expect(given(findings).duty(id).due).toBe(due);
  });
});

describe('what fires and what does not', () => {
  const state = (id: string, findings: Record<string, unknown>) => given(findings).duty(id).state;

  test('Canada names no number, and its records are kept, not due', () => {
    const found = given(breach('CA', 'America/Toronto'));
    expect([found.duty('ca-pipeda-opc').state, found.duty('ca-pipeda-opc').due]).toEqual(['no-number', null]);
    expect(found.duty('ca-pipeda-records').state).toBe('not-triggered');
    expect(state('ca-pipeda-opc', breach('CA', 'America/Toronto', { harm_unlikely: true }))).toBe('not-triggered');
  });

  test('people in Quebec call for Quebec’s law, and its letters alone can be held back', () => {
    const held = given({
      ...breach('US-NY', 'America/New_York', { residents: { 'CA-QC': 12 } }),
      law_enforcement_hold: { agency: 'SQ', start: MON },
    });
    expect([held.duty('ca-qc-law25-cai').state, held.duty('ca-qc-law25-individuals').state]).toEqual(['no-number', 'paused']);
  });

  test('names and addresses alone are no relevant risk in Brazil', () => {
    expect(state('br-anpd-3bd', brazil({ data_elements: ['name', 'address'] }))).toBe('not-triggered');
    expect(state('br-anpd-3bd', brazil({ data_elements: ['name', 'address'], large_scale: true }))).toBe('late');
  });

  test('Chile’s data protection law begins on 2026-12-01', () => {
    const at = (now: string) => state('cl-ley21719-agency', breach('CL', 'America/Santiago', { now }));
    expect([at('2026-11-30T12:00:00Z'), at('2026-12-01T12:00:00Z')]).toEqual(['watch', 'no-number']);
  });

  test('a template never fires without its contract, and takes no example amount', () => {
    const none = given({ now: NOW, entity: { role: 'service-provider', merchant: true }, anchors: { aware: MON } });
    expect(none.duty('x-dpa-processor-hours').state).toBe('not-triggered');
    expect(none.duty('x-msa-security-incident').state).toBe('not-triggered');
    expect(given(contract('dpa', 'Tulip BV')).duty('x-dpa-processor-hours')).toMatchObject({ state: 'no-number', due: null });
  });

  test('two customers with two agreements are two duties, each with its own hours', () => {
    const two = given({
      ...contract('dpa', 'Tulip BV', { hours: 48 }),
      contracts: [
        { party: 'Tulip BV', kind: 'dpa', hours: 48 },
        { party: 'Rose GmbH', kind: 'dpa', hours: 24 },
      ],
    });
    expect(two.duty('x-dpa-processor-hours', 'Tulip BV').due).toBe('2026-11-25T09:00:00Z');
    expect(two.duty('x-dpa-processor-hours', 'Rose GmbH').due).toBe('2026-11-24T09:00:00Z');
  });

  test('a policy asks for the hotline, the formal notice and consent, and for the ransom only in extortion', () => {
    const policy = given(contract('policy', 'Aqua Cyber'));
    expect(policy.duty('x-ins-hotline')).toMatchObject({ instance: 'Aqua Cyber', state: 'no-number' });
    expect(policy.duty('x-ins-formal-notice')).toMatchObject({ instance: 'Aqua Cyber', state: 'no-number' });
    expect(policy.duty('x-ins-consent-costs').state).toBe('no-number');
    expect(policy.duty('x-ins-consent-extortion').state).toBe('not-triggered');
    expect(state('x-ins-consent-extortion', contract('policy', 'Aqua Cyber', {}, { incident_type: 'ransomware' }))).toBe(
      'no-number',
    );
  });

  test('a merchant whose card data are hit owes the acquirer, and the schemes their own numbers', () => {
    const shop = { now: NOW, entity: owner('NZ', 'Pacific/Auckland', { merchant: true }), anchors: { aware: MON } };
    const hit = given({ ...shop, ...cards });
    expect(hit.duty('x-pci-acquirer').state).toBe('no-number');
    expect(hit.duty('x-mastercard-adc').due).toBe('2026-11-24T09:00:00Z');
    expect(given({ ...shop, data_elements: ['email'] }).duty('x-pci-acquirer').state).toBe('not-triggered');
    expect(hit.duty('x-ins-hotline').state).toBe('not-triggered');
  });
});
