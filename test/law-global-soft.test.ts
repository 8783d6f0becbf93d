import { describe, expect, test } from 'vitest';
import { given, owner } from './law-given.ts';

/** Duties without a number: each with a case in which it is owed, and one field changed so that it is not. */
type Json = Record<string, unknown>;
type Pair = [id: string, owed: Json, changed: Json];

const NOW = '2026-12-02T12:00:00Z';
const MON = '2026-11-23T09:00:00Z';
const people = { now: NOW, anchors: { aware: MON }, data_elements: ['name', 'email'], risk: 'likely' };
const at = (place: string, more: Json = {}) => ({ ...people, entity: owner(place, 'UTC', more) });
const processor = (place: string, more: Json = {}) => at(place, { role: 'service-provider', ...more });
const asOwner = (place: string) => ({ entity: owner(place, 'UTC') });
const high = { risk: 'high' };
const noData = { data_elements: [] };
const harmless = { harm_unlikely: true };
const requested = { anchors: { aware: MON, requested: '2026-11-30T10:00:00Z' } };
const notRequested = { anchors: { aware: MON } };
const nis2 = (more: Json = {}) => ({ ...at('FR', { essential_entity: true }), malicious_compromise: true, ...more });
const bank = (more: Json = {}) => ({ ...at('FR', { financial_entity: true }), ...more });
const maker = (more: Json = {}) => ({ ...at('FR', { role: 'manufacturer' }), actively_exploited: true, ...more });
const telecom = (place: string) => at(place, { telecom_provider: true });

const EUROPE: Pair[] = [
  ['eu-gdpr-33-5-register', { ...at('DE'), risk: 'unlikely' }, noData],
  ['eu-scc-2021-914-m2', at('US-NY', { scc_importer: 'processor' }), { entity: owner('US-NY', 'UTC', { scc_importer: 'none' }) }],
  ['eu-scc-2021-914-m1', at('US-NY', { scc_importer: 'controller' }), { risk: 'unlikely' }],
  ['eu-scc-2021-915-art28', processor('DE', { art_28_clauses: true }), asOwner('DE')],
  ['eu-nis2-intermediate-on-request', nis2(requested), notRequested],
  ['eu-nis2-service-recipients', nis2(), { malicious_compromise: false }],
  ['eu-nis2-threat-recipients', nis2({ significant_threat: true }), { significant_threat: false }],
  ['eu-dora-delay-notice', bank({ deadline_will_be_missed: true }), { deadline_will_be_missed: false }],
  ['eu-dora-intermediate-update', bank({ anchors: { aware: MON, recovered: '2026-11-25' } }), { anchors: { aware: MON } }],
  ['eu-dora-clients', bank({ anchors: { aware: MON, classified: MON } }), { anchors: { aware: MON } }],
  ['eu-dora-ict-provider', processor('FR', { serves_financial_entities: true }), asOwner('FR')],
  ['eu-cra-intermediate', maker(requested), notRequested],
  ['eu-cra-users', maker(), { actively_exploited: false }],
  ['eu-telecom-611-individuals', telecom('FR'), { encrypted: true, key_taken: false }],
  ['uk-gdpr-33-processor', processor('GB'), asOwner('GB')],
  ['uk-gdpr-34-individuals', { ...at('GB'), ...high }, { risk: 'likely' }],
  ['uk-pecr-subscribers', telecom('GB'), { encrypted: true, key_taken: false }],
  ['uk-fca-principle11', at('GB', { fca_authorised: true }), asOwner('GB')],
  ['uk-telecoms-security', { ...telecom('GB'), operations_disrupted: true }, { operations_disrupted: false }],
  ['ch-nfadp-fdpic', { ...at('CH'), ...high }, { risk: 'likely' }],
  ['ch-nfadp-processor', processor('CH'), asOwner('CH')],
  ['ch-nfadp-individuals', { ...at('CH'), ...requested }, notRequested],
  ['is-nis', { ...at('IS', { critical_infrastructure: true }), outage_minutes: 5 }, { outage_minutes: 0 }],
];

const WORLD: Pair[] = [
  ['au-ndb-oaic', at('AU'), harmless],
  ['au-soci-data-provider', { ...at('AU', { critical_infrastructure: true }), business_critical_data: true }, asOwner('AU')],
  ['nz-privacy-individuals', at('NZ'), harmless],
  ['sg-pdpa-individuals', { ...at('SG'), ...high, anchors: { determined: MON } }, { encrypted: true, key_taken: false }],
  ['sg-pdpa-intermediary', processor('SG'), asOwner('SG')],
  ['jp-appi-individuals', { ...at('JP'), incident_type: 'ransomware' }, { encrypted: true, key_taken: false }],
  ['jp-appi-entrustee', { ...processor('JP'), incident_type: 'ransomware' }, asOwner('JP')],
  ['jp-acda-core-infra', { ...at('JP', { critical_infrastructure: true }), incident_type: 'malware' }, { incident_type: 'outage' }],
  ['kr-pipa-possibility', { ...at('KR'), breach_possible: true }, { breach_possible: false }],
  ['tw-pdpa-individuals', at('TW'), noData],
  ['th-pdpa-individuals', { ...at('TH'), ...high }, { risk: 'likely' }],
  ['vn-pdpl-processor', processor('VN'), asOwner('VN')],
  ['cn-cac-vendor-contract', processor('CN', { sector: 'mssp' }), asOwner('CN')],
  ['cn-pipl-57', at('CN'), noData],
  ['ca-pipeda-individuals', at('CA'), harmless],
  ['ca-pipeda-other-orgs', at('CA'), harmless],
  ['ca-pipeda-processor', processor('CA'), asOwner('CA')],
  ['ca-ab-pipa-oipc', at('CA-AB'), harmless],
  ['mx-lfpdppp-individuals', at('MX'), { risk: 'unlikely' }],
  ['za-popia-individuals', at('ZA'), noData],
  ['za-popia-operator', processor('ZA'), asOwner('ZA')],
  ['ng-ndpa-individuals', { ...at('NG'), ...high }, { risk: 'likely' }],
  ['ng-ndpa-processor', processor('NG'), asOwner('NG')],
  ['ae-difc-commissioner', at('AE-DIFC'), noData],
  ['sa-pdpl-individuals', at('SA'), harmless],
  ['tr-kvkk-individuals', at('TR'), noData],
  ['tr-kvkk-processor', processor('TR'), asOwner('TR')],
  ['tr-cyber-7545', at('TR'), asOwner('NZ')],
  ['x-ins-circumstances', processor('NZ', { insured: true }), asOwner('NZ')],
  ['x-soc2', at('NZ', { soc2: true }), asOwner('NZ')],
  ['x-iso27001', at('NZ', { iso27001: true }), asOwner('NZ')],
  ['x-listed-customer-flowdown', processor('NZ', { regulated_customers: true }), asOwner('NZ')],
];

const stateIn = (id: string, findings: Json) => given(findings).duties.find((duty) => duty.id === id)?.state ?? 'not-triggered';

describe('duties without a number', () => {
  test.each([...EUROPE, ...WORLD])('%s is owed without a date, and one changed field ends it', (id, owed, changed) => {
    expect(given(owed).duty(id)).toMatchObject({ state: 'no-number', due: null });
    expect(stateIn(id, { ...owed, ...changed })).toBe('not-triggered');
  });

  test('letters and updates that follow a filing wait for it', () => {
    const clinic = { ...at('AU', { sector: 'clinic' }), data_elements: ['health'] };
    expect(stateIn('au-ndb-individuals', clinic)).toBe('not-started');
    expect(stateIn('au-ndb-individuals', { ...clinic, filings: [{ duty: 'au-ndb-oaic', at: MON }] })).toBe('no-number');
    const lender = { ...at('CA', { osfi_regulated: true }), anchors: { determined: MON } };
    expect(stateIn('ca-osfi-updates', lender)).toBe('not-started');
    expect(stateIn('ca-osfi-updates', { ...lender, filings: [{ duty: 'ca-osfi-24h', at: MON }] })).toBe('no-number');
  });

  test('a steward of free software reports as a manufacturer does, and the rest of its ladder follows', () => {
    const steward = { ...at('DE', { open_source_steward: true }), actively_exploited: true };
    expect(given(steward).duty('eu-cra-steward').due).toBe('2026-11-24T09:00:00Z');
    expect(given(steward).duty('eu-cra-vuln-notification').due).toBe('2026-11-26T09:00:00Z');
    expect(stateIn('eu-cra-vuln-early-warning', steward)).toBe('not-triggered');
  });

  test('people with financial data in Chile are told once its law has begun', () => {
    const chile = { ...at('CL'), data_elements: ['bank-account'] };
    expect(stateIn('cl-ley21719-individuals', chile)).toBe('no-number');
    expect(stateIn('cl-ley21719-individuals', { ...chile, data_elements: ['email'] })).toBe('not-triggered');
  });
});

describe('what never fires', () => {
  const everything = {
    ...high,
    significant_incident: true,
    significant_threat: true,
    malicious_compromise: true,
    incident_type: ['ransomware', 'vulnerability'],
    anchors: { aware: MON, determined: MON, classified: MON },
  };
  const seen = (place: string, more: Json = {}) =>
    given({ ...at(place, { critical_infrastructure: true, ...more }), ...everything });

  test('thresholds, guidance, voluntary reports and retention are no duties', () => {
    const eu = seen('FR', { essential_entity: true, sector: 'msp' });
    for (const id of ['eu-nis2-thresholds-msp', 'eu-nis2-thresholds-cloud-dc', 'eu-nis2-voluntary', 'eu-dora-thresholds'])
      expect(eu.duty(id).state).toBe('not-triggered');
    expect(eu.duty('eu-dora-threat-voluntary').state).toBe('not-triggered');
    const places: [string, string][] = [
      ['GB', 'uk-ncsc-voluntary'],
      ['GB', 'uk-cyber-essentials'],
      ['HK', 'hk-pdpo-voluntary'],
      ['AR', 'ar-aaip-voluntary'],
      ['AU', 'au-acsc-voluntary'],
      ['BR', 'br-register-5y'],
      ['CA-QC', 'ca-qc-law25-register'],
      ['US-OH', 'us-ic3-voluntary'],
      ['US-OH', 'us-cisa-voluntary'],
    ];
    for (const [place, id] of places) expect([id, seen(place).duty(id).state]).toEqual([id, 'not-triggered']);
  });

  test('proposals, and law whose day has not come, are watched', () => {
    const watched: [string, string][] = [
      ['FR', 'eu-nis2-amend-2026'],
      ['FR', 'eu-omnibus-single-entry-point'],
      ['FR', 'eu-cra-component-upstream'],
      ['FR', 'eu-cra-importer-distributor'],
      ['GB', 'uk-csrb-full'],
      ['GB', 'uk-csrb-customers'],
      ['GB', 'uk-fca-pra-2027-intermediate'],
      ['IN', 'in-dpdp-board-initial'],
      ['IN', 'in-dpdp-individuals'],
      ['TW', 'tw-pdpa-pdpc'],
      ['CA', 'ca-ccspa-72h'],
      ['AE', 'ae-pdpl'],
    ];
    for (const [place, id] of watched) expect([id, seen(place).duty(id).state]).toEqual([id, 'watch']);
  });

  test('a national form lends its citation to the directive’s stage and is no duty of its own', () => {
    const german = given({ ...at('DE', { essential_entity: true }), malicious_compromise: true });
    for (const id of ['de-nis2-bsig-32-notification', 'de-nis2-bsig-32-final']) expect(german.duty(id).state).toBe('not-triggered');
    expect(german.duty('eu-nis2-incident-notification').recipient).toContain('BSI');
    expect(german.duty('eu-nis2-final-report').citation).toContain('BSIG');
    const cypriot = given({ ...at('CY', { essential_entity: true }), malicious_compromise: true });
    expect(cypriot.duty('cy-nis2-early-warning').state).toBe('not-triggered');
    expect(cypriot.duty('eu-nis2-early-warning')).toMatchObject({ confidence: 'low', due: '2026-11-23T15:00:00Z' });
  });
});
