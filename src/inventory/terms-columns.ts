/** The columns of a list of clients that say something of a client's contract with us, and of its policy. */

export type TermsColumn =
  | 'noticeHours'
  | 'noticeDays'
  | 'noticeBusinessDays'
  | 'noticeFrom'
  | 'contractKind'
  | 'contractClause'
  | 'insurer'
  | 'policy'
  | 'hotline'
  | 'policyHours'
  | 'consent'
  | 'panel'
  | 'waitingHours'
  | 'proofDays';

export const TERMS_HEADERS: Record<TermsColumn, string> = {
  noticeHours:
    'notice hours, contract notice hours, notification hours, contract hours, notice term, meldefrist, meldefrist stunden',
  noticeDays: 'notice days, contract notice days, notification days, meldefrist tage',
  noticeBusinessDays: 'notice business days, contract notice business days, meldefrist werktage',
  noticeFrom: 'notice from, notice anchor, counted from',
  contractKind: 'contract kind, contract type, agreement type, vertragsart',
  contractClause: 'contract clause, notice clause, klausel',
  insurer: 'insurer, cyber insurer, insurance, insurance company, versicherer, versicherung, assureur, verzekeraar',
  policy:
    'policy, policy number, policy no, insurance policy, police, policennummer, versicherungsnummer, numero de police, polisnummer',
  hotline: 'hotline, insurer hotline, claims hotline, schadenhotline, notfallnummer',
  policyHours: 'policy notice hours, insurer notice hours, policy hours',
  consent: 'consent before, consent needed, insurer consent before',
  panel: 'panel, panel vendors, panel firms',
  waitingHours: 'waiting period hours, waiting period, wartezeit',
  proofDays: 'proof of loss days, proof of loss',
};

type Get = (column: TermsColumn) => string | undefined;

/** The contract with us, where a column names one of its terms. */
export function contractsIn(get: Get): Record<string, unknown>[] | undefined {
  const digits = (column: TermsColumn) => /\d+/.exec(get(column) ?? '')?.[0];
  const terms = said({
    hours: digits('noticeHours'),
    days: digits('noticeDays'),
    business_days: digits('noticeBusinessDays'),
    anchor: get('noticeFrom')?.toLowerCase(),
    clause: get('contractClause'),
    kind: get('contractKind')?.toLowerCase(),
  });
  return Object.keys(terms).length === 0 ? undefined : [{ kind: 'msa', ...terms }];
}

export function insuranceIn(get: Get): Record<string, unknown> | undefined {
  const insurance = said({
    insurer: get('insurer'),
    policy: get('policy'),
    hotline: get('hotline'),
    hours: get('policyHours'),
    consent: get('consent')?.toLowerCase(),
    panel: get('panel'),
    waiting_period_hours: get('waitingHours'),
    proof_of_loss_days: get('proofDays'),
  });
  return Object.keys(insurance).length === 0 ? undefined : insurance;
}

const said = (values: Record<string, string | undefined>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
