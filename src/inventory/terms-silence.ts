import { type Contract, type Policy, SECURITY_DUTIES } from './terms.ts';

/** The topics that are looked for in every contract, and in every policy; what does not mention one is silent on it. */
const CONTRACT_TOPICS: Record<string, (contract: Contract) => unknown> = {
  'time to give notice': hasTime,
  'where notice goes': ({ to }) => to,
  'consent needed first': ({ consent }) => consent,
  'how a claim is made': ({ claim }) => claim,
  'cap on liability': ({ cap }) => cap,
  indemnity: ({ indemnity }) => indemnity,
  audit: ({ audit }) => audit,
  'keeping of evidence': ({ evidence, duties }) => evidence ?? duties?.['evidence-preservation'],
  cooperation: ({ cooperation }) => cooperation,
  exclusions: ({ exclusions }) => exclusions,
  'duty to insure': ({ insurance }) => insurance,
  'where data are kept': ({ data_location }) => data_location,
  termination: ({ termination }) => termination,
  forum: ({ forum }) => forum,
  ...Object.fromEntries(
    SECURITY_DUTIES.map((duty) => [`who does: ${duty.replaceAll('-', ' ')}`, ({ duties }: Contract) => duties?.[duty]]),
  ),
};

const POLICY_TOPICS: Record<string, (policy: Policy) => unknown> = {
  'policy number': ({ policy }) => policy,
  hotline: ({ hotline }) => hotline,
  'time to give notice': hasTime,
  'where notice goes': ({ to }) => to,
  'consent needed first': ({ consent }) => consent,
  'panel firms': ({ panel }) => panel,
  'proof of loss': ({ proof_of_loss_days: days, claim }) => days ?? claim,
  'waiting period': ({ waiting_period_hours: hours }) => hours,
  retention: ({ retention }) => retention,
  'retroactive date': ({ retro_date: date }) => date,
  'end of cover': ({ ends }) => ends,
  'additional insured': ({ additional_insured: insured }) => insured,
  subrogation: ({ subrogation }) => subrogation,
  exclusions: ({ exclusions }) => exclusions,
};

function hasTime({ hours, days, business_days }: { hours?: unknown; days?: unknown; business_days?: unknown }): unknown {
  return hours ?? days ?? business_days;
}

const silent = <T>(topics: Record<string, (of: T) => unknown>, document: T): string[] =>
  Object.entries(topics)
    .filter(([, read]) => read(document) === undefined)
    .map(([topic]) => topic);

/** What the register does not say of a contract: nobody may assume it. */
export const contractSilence = (contract: Contract): string[] => silent(CONTRACT_TOPICS, contract);

/** The same for a policy. */
export const policySilence = (policy: Policy): string[] => silent(POLICY_TOPICS, policy);
