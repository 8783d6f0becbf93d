import { type Contract, type Policy, SECURITY_DUTIES, type Terms } from '../inventory/terms.ts';
import { contractSilence, policySilence } from '../inventory/terms-silence.ts';
import { COVERS, KINDS, policyParty, timeWords } from './terms.ts';

/** What somebody needs to know of contracts and policies, in the order in which it is needed. Plain text: escape it at the exit. */
export type TermsSheet = {
  /** Numbers to call first. */
  hotlines: { who: string; number: string; about: string }[];
  /** What must not be done before somebody consented. */
  before: { what: string; who: string; panel: string[] }[];
  notices: NoticeDue[];
  /** Who took on which security duty; several lines of one duty are several contracts. */
  duties: { duty: string; owner: string; about: string }[];
  documents: Document[];
  /** Dangers of the documents themselves: no written contract, two that cannot be told apart. */
  warnings: string[];
};

export type Document = { id: string; title: string; lines: { topic: string; says: string }[]; silent: string[] };

/** A notice that a document asks for: its kind of draft, to whom, until when by the document, and the clause of the record. */
export type NoticeDue = {
  kind: 'insurer_first_notice' | 'notice_of_circumstances' | 'vendor_preservation' | 'affected_client';
  title: string;
  document: string;
  party: string;
  /** The duty that its clock belongs to. */
  duty: string;
  clause: string;
  time: string;
  to: string;
  hotline?: string;
};

export function termsSheet({ contracts, policies }: Terms, name: string): TermsSheet {
  return {
    hotlines: [
      ...policies.flatMap((one) => hotline(policyParty(one, policies), one)),
      ...contracts.flatMap((one) => hotline(one.party ?? name, one)),
    ],
    before: [
      ...policies.flatMap((one) => consents(policyParty(one, policies), one.consent, one.panel)),
      ...contracts.flatMap((one) => consents(one.party ?? name, one.consent)),
    ],
    notices: [
      ...policies.flatMap((one, at) => policyNotices(one, at, policies)),
      ...contracts.flatMap((one, at) => contractNotices(one, at, name)),
    ],
    duties: SECURITY_DUTIES.flatMap((duty) => owners(duty, contracts, name)),
    documents: [
      ...policies.map((one, at) => policyDocument(one, at, policies)),
      ...contracts.map((one, at) => contractDocument(one, at, name)),
    ],
    warnings: warningsOf({ contracts, policies }, name),
  };
}

function hotline(who: string, { hotline: number, policy }: { hotline?: string | undefined; policy?: string | undefined }) {
  return number === undefined ? [] : [{ who, number, about: policy === undefined ? '' : `policy ${policy}` }];
}

function consents(who: string, consent: string[] | undefined, panel: string[] = []) {
  return (consent ?? []).map((what) => ({ what: BEFORE[what] ?? what, who, panel: PANEL.has(what) ? panel : [] }));
}

const PANEL = new Set(['forensics', 'counsel', 'restoration', 'public-relations', 'negotiation']);
const BEFORE: Record<string, string> = {
  counsel: 'engaging counsel',
  forensics: 'hiring forensics',
  restoration: 'paying anybody to restore',
  'public-relations': 'hiring a public relations firm',
  notification: 'paying for notification',
  negotiation: 'answering the attackers',
  ransom: 'paying a ransom',
  admission: 'admitting anything',
  settlement: 'settling anything',
  costs: 'spending anything that shall be paid back',
};

const orUnknown = (text: string | undefined): string => text ?? '';

function policyNotices(policy: Policy, at: number, all: Policy[]): NoticeDue[] {
  const party = policyParty(policy, all);
  const common = {
    document: `p${at}`,
    party,
    clause: orUnknown(policy.clause),
    time: timeWords(policy),
    to: orUnknown(policy.to),
    ...(policy.hotline === undefined ? {} : { hotline: policy.hotline }),
  };
  return policy.kind === 'tech-eo'
    ? [{ ...common, kind: 'notice_of_circumstances', title: 'Notice of circumstances', duty: 'x-ins-formal-notice' }]
    : [{ ...common, kind: 'insurer_first_notice', title: 'First notice to the insurer', duty: 'x-ins-formal-notice' }];
}

function contractNotices(contract: Contract, at: number, name: string): NoticeDue[] {
  const { party = name, with: side, claim, kind = 'msa', clause, to } = contract;
  const common = { document: `c${at}`, party };
  if (side === 'vendor')
    return [
      {
        ...common,
        kind: 'vendor_preservation',
        title: 'Preservation and claim to the vendor',
        duty: 'x-vendor-claim-notice',
        clause: orUnknown(claim?.clause ?? clause),
        time: `${timeWords(claim ?? {})}${claim?.form === undefined ? '' : `, ${claim.form}`}`,
        to: orUnknown(claim?.to ?? to),
      },
    ];
  if (kind === 'eula' || kind === 'other' || kind === 'policy' || kind === 'card-scheme') return [];
  const duty = kind === 'dpa' || kind === 'baa' ? 'x-dpa-processor-hours' : 'x-msa-security-incident';
  return [
    {
      ...common,
      kind: 'affected_client',
      title: 'Notice of the incident',
      duty,
      clause: orUnknown(clause),
      time: timeWords(contract),
      to: orUnknown(to),
    },
  ];
}

function owners(duty: (typeof SECURITY_DUTIES)[number], contracts: Contract[], name: string) {
  return contracts.flatMap(({ duties, party = name, kind = 'msa' }) => {
    const owner = duties?.[duty];
    return owner === undefined ? [] : [{ duty: duty.replaceAll('-', ' '), owner, about: `${KINDS[kind]} with ${party}` }];
  });
}

type Line = [topic: string, says: string | undefined];

const lines = (all: Line[]): Document['lines'] =>
  all.flatMap(([topic, says]) => (says === undefined || says === '' ? [] : [{ topic, says }]));

function policyDocument(policy: Policy, at: number, all: Policy[]): Document {
  const { proof_of_loss_days: days, waiting_period_hours: hours } = policy;
  return {
    id: `p${at}`,
    title: `${policy.kind === undefined ? 'Policy' : `Policy, ${COVERS[policy.kind]}`}: ${policyParty(policy, all)}`,
    lines: lines([
      ['policy number', policy.policy],
      ['notice', timeWords(policy)],
      ['notice goes to', policy.to],
      ['form', policy.form],
      ['clause', policy.clause],
      ['broker', policy.broker],
      ['panel', policy.panel?.join(', ')],
      ['claim', policy.claim === undefined ? undefined : timeWords(policy.claim)],
      ['proof of loss', days === undefined ? undefined : timeWords({ days })],
      ['waiting period', hours === undefined ? undefined : `${hours} hours before loss of business counts`],
      ['retention', policy.retention],
      ['retroactive date', policy.retro_date],
      ['ends', policy.ends],
      ['additional insured', policy.additional_insured?.join(', ')],
      ['subrogation', policy.subrogation],
      ['exclusions', policy.exclusions],
    ]),
    silent: policySilence(policy),
  };
}

function contractDocument(contract: Contract, at: number, name: string): Document {
  const { party = name, kind = 'msa', claim } = contract;
  return {
    id: `c${at}`,
    title: `${KINDS[kind]}: ${party}`,
    lines: lines([
      ['product', contract.product],
      ['notice', timeWords(contract)],
      ['notice goes to', contract.to],
      ['form', contract.form],
      ['clause', contract.clause],
      [
        'claim',
        claim === undefined ? undefined : [timeWords(claim), claim.form, claim.to, claim.clause].filter(Boolean).join('; '),
      ],
      ['our accounts', contract.accounts],
      ['cap on liability', contract.cap],
      ['indemnity', contract.indemnity],
      ['audit', contract.audit],
      ['keeping of evidence', contract.evidence],
      ['cooperation', contract.cooperation],
      ['exclusions', contract.exclusions],
      ['duty to insure', contract.insurance],
      ['where data are kept', contract.data_location],
      ['termination', contract.termination],
      ['forum', contract.forum],
    ]),
    silent: contractSilence(contract),
  };
}

function warningsOf({ contracts, policies }: Terms, name: string): string[] {
  const unwritten = contracts
    .filter(({ written }) => written === false)
    .map(({ party = name }) => `There is no written contract with ${party}: what was promised is whatever can be proved.`);
  const parties = policies.map((one) => policyParty(one, policies));
  const twice = [...new Set(parties.filter((party, at) => parties.indexOf(party) !== at))];
  const consentless = policies
    .filter(({ consent }) => consent === undefined)
    .map(
      (one) =>
        `${policyParty(one, policies)}: whether the insurer must consent before anybody is hired is not in the register. Ask before you hire.`,
    );
  return [
    ...unwritten,
    ...twice.map((party) => `Two policies cannot be told apart: ${party}. Name the kind or the number of each.`),
    ...consentless,
  ];
}
