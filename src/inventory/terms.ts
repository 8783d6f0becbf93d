/**
 * The terms of contracts and policies, as data: what starts a clock, what needs consent, whom to call, who took on which security
 * duty. A topic that a document does not mention is silent, which is shown and never filled in.
 */
import { z } from 'zod';

const Text = z.string().transform((value) => value.trim());
/** An empty cell says nothing, as if it were not there. */
const Filled = Text.transform((value) => (value === '' ? undefined : value));
const Texts = z.union([z.array(Text), Text.transform((value) => value.split(/\s*[,;]\s*/).filter((part) => part !== ''))]);
const Whole = z
  .union([z.number(), Text.pipe(z.string().regex(/^\d+$/, 'is no whole number')).transform(Number)])
  .pipe(z.number().int('is no whole number').positive('must be more than 0'));
const Day = Text.refine(isDay, 'is no day, such as 2026-01-31');

/** What a clock of a document can be counted from; the names of the findings. */
export const TERM_ANCHORS = [
  'aware',
  'suspected',
  'discovered',
  'confirmed',
  'determined',
  'occurred',
  'detected',
  'vendor_notified_us',
] as const;
const Anchor = z.enum(TERM_ANCHORS, `must be one of ${TERM_ANCHORS.join(', ')}`);

/** What may need somebody's consent first. */
export const CONSENTS = [
  'counsel',
  'forensics',
  'restoration',
  'public-relations',
  'notification',
  'negotiation',
  'ransom',
  'admission',
  'settlement',
  'costs',
] as const;
export type Consent = (typeof CONSENTS)[number];
const words = z.union([z.array(Text), Text.transform((value) => value.split(/\s*[,;]\s*/).filter((part) => part !== ''))]);
const Consents = words.pipe(z.array(z.enum(CONSENTS, `may hold ${CONSENTS.join(', ')} only`)));

/** The security duties that a contract should give to somebody. */
export const SECURITY_DUTIES = [
  'patching',
  'backups',
  'restore-tests',
  'monitoring',
  'logging',
  'mfa',
  'access-reviews',
  'endpoint-protection',
  'awareness-training',
  'incident-response',
  'evidence-preservation',
  'notification-of-individuals',
] as const;
export type SecurityDuty = (typeof SECURITY_DUTIES)[number];
const Owner = z.enum(['us', 'client', 'vendor', 'shared', 'nobody'], 'must be us, client, vendor, shared or nobody');
export type DutyOwner = z.infer<typeof Owner>;
const Duties = z.partialRecord(z.enum(SECURITY_DUTIES, `may name ${SECURITY_DUTIES.join(', ')} only`), Owner);

/** A time, one of three units; `anchor` is what it counts from. */
const clock = {
  hours: Whole.optional(),
  days: Whole.optional(),
  business_days: Whole.optional(),
  anchor: Anchor.optional(),
};
const oneUnit = (value: { hours?: unknown; days?: unknown; business_days?: unknown }) =>
  [value.hours, value.days, value.business_days].filter((unit) => unit !== undefined).length < 2;
const ONE_UNIT = { message: 'names hours, days and business_days at once: keep one of them', path: ['hours'] };

/** How and until when a claim is made, under a contract or a policy. */
const Claim = z
  .object({ ...clock, form: Filled.optional(), to: Filled.optional(), clause: Filled.optional() })
  .refine(oneUnit, ONE_UNIT);

export const CONTRACT_KINDS = ['dpa', 'baa', 'msa', 'sow', 'eula', 'policy', 'card-scheme', 'other'] as const;

const contract = {
  party: Filled.optional(),
  kind: z.enum(CONTRACT_KINDS, `must be one of ${CONTRACT_KINDS.join(', ')}`).optional(),
  /** What a vendor supplies under it: a vendor incident is recognised by it. */
  product: Filled.optional(),
  /** What the other side is to whoever the register entry is about; absent, a customer. */
  with: z.enum(['customer', 'vendor'], 'must be customer or vendor').optional(),
  ...clock,
  clause: Filled.optional(),
  /** Where a notice under it goes. */
  to: Filled.optional(),
  form: Filled.optional(),
  hotline: Filled.optional(),
  accounts: Filled.optional(),
  consent: Consents.optional(),
  claim: Claim.optional(),
  duties: Duties.optional(),
  cap: Filled.optional(),
  indemnity: Filled.optional(),
  audit: Filled.optional(),
  evidence: Filled.optional(),
  cooperation: Filled.optional(),
  termination: Filled.optional(),
  forum: Filled.optional(),
  exclusions: Filled.optional(),
  insurance: Filled.optional(),
  data_location: Filled.optional(),
  /** False: there is no written contract, which is a risk of its own. */
  written: z.boolean('must be true or false').optional(),
};
export const ContractShape = z.object(contract).refine(oneUnit, ONE_UNIT);
export type Contract = z.infer<typeof ContractShape>;

const policy = {
  insurer: Filled.optional(),
  policy: Filled.optional(),
  hotline: Filled.optional(),
  /** Cyber, technology errors and omissions, or another cover. */
  kind: z.enum(['cyber', 'tech-eo', 'crime', 'other'], 'must be cyber, tech-eo, crime or other').optional(),
  ...clock,
  clause: Filled.optional(),
  to: Filled.optional(),
  form: Filled.optional(),
  broker: Filled.optional(),
  consent: Consents.optional(),
  panel: Texts.optional(),
  claim: Claim.optional(),
  proof_of_loss_days: Whole.optional(),
  waiting_period_hours: Whole.optional(),
  retention: Filled.optional(),
  retro_date: Day.optional(),
  ends: Day.optional(),
  additional_insured: Texts.optional(),
  subrogation: Filled.optional(),
  exclusions: Filled.optional(),
};
export const PolicyShape = z.object(policy).refine(oneUnit, ONE_UNIT);
export type Policy = z.infer<typeof PolicyShape>;

/** One policy, as it always was, or several. */
export const InsuranceShape = z.union([PolicyShape, z.array(PolicyShape)]);

/** The contracts and policies of one entry of the register. */
export type Terms = { contracts: Contract[]; policies: Policy[] };

export function termsOf(entry: { contracts?: Contract[] | undefined; insurance?: Policy | Policy[] | undefined }): Terms {
  const { contracts = [], insurance = [] } = entry;
  return { contracts, policies: Array.isArray(insurance) ? insurance : [insurance] };
}

const KEYS = {
  contracts: new Set(Object.keys(contract)),
  insurance: new Set(Object.keys(policy)),
  claim: new Set([...Object.keys(clock), 'form', 'to', 'clause']),
};

/** Keys of contracts and policies that nobody here understands, as paths: they are warned of, and left alone. */
export function unknownTerms(entry: Record<string, unknown>): string[] {
  return (['contracts', 'insurance'] as const).flatMap((group) =>
    listed(entry[group]).flatMap((one, at) => {
      const path = Array.isArray(entry[group]) ? `${group}.${at}` : group;
      const own = Object.keys(one)
        .filter((key) => !KEYS[group].has(key))
        .map((key) => `${path}.${key}`);
      const [claim] = listed(one.claim);
      return [
        ...own,
        ...Object.keys(claim ?? {})
          .filter((key) => !KEYS.claim.has(key))
          .map((key) => `${path}.claim.${key}`),
      ];
    }),
  );
}

const listed = (value: unknown): Record<string, unknown>[] =>
  (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'object' && one !== null && !Array.isArray(one));

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text).toString() === text;
  } catch {
    return false;
  }
}
