/** The form of a findings file. What contradicts it is refused with the field's name; keys outside it are warned of. */
import { z } from 'zod';
import { ROLES } from './duty.ts';
import { ANCHORS } from './vocabulary.ts';

const time = z.string();
const anyTime = z.union([time, z.null(), z.literal('unknown')]).optional();
const count = z.union([z.number().int().nonnegative(), z.literal('unknown')]);
const figure = z.union([z.number().nonnegative(), z.literal('unknown')]).optional();
const yes = z.union([z.boolean(), z.literal('unknown'), z.null()]).optional();
const some = z.union([z.string(), z.array(z.string())]).optional();

export const entitySchema = z.looseObject({
  role: z.enum(ROLES).optional(),
  sector: some,
  jurisdiction: z.string().optional(),
  zone: z.string().optional(),
  eu_main_establishment: z.union([z.string(), z.null()]).optional(),
  staff: figure,
  turnover_eur: figure,
  balance_eur: figure,
  turnover_aud: figure,
});

const holdSchema = z.looseObject({
  agency: z.string().optional(),
  officer: z.string().optional(),
  written: yes,
  start: time.optional(),
  end: anyTime,
});

const vendorSchema = z.looseObject({ name: z.string().optional(), hipaa: z.string().optional(), agent: yes, discovered: anyTime });

const contractSchema = z.looseObject({
  party: z.string().min(1),
  kind: z.enum(['dpa', 'msa', 'policy', 'card-scheme', 'proof-of-loss', 'vendor-claim']),
  hours: z.number().positive().optional(),
  business_days: z.number().int().positive().optional(),
  days: z.number().int().positive().optional(),
  anchor: z.enum(ANCHORS).optional(),
});

const filingSchema = z.looseObject({
  duty: z.string(),
  instance: z.string().nullable().optional(),
  at: time,
  ref: z.string().optional(),
  received: time.nullable().optional(),
});

const decisionSchema = z.looseObject({
  duty: z.string(),
  instance: z.string().nullable().optional(),
  decision: z.literal('waive'),
  reason: z.string().min(1),
  approver: z.string().min(1),
  at: time.optional(),
});

export const scopeSchema = z.looseObject({
  entity: entitySchema.optional(),
  anchors: z.record(z.string(), z.unknown()).optional(),
  residents: z.record(z.string(), count).optional(),
  individuals_total: count.optional(),
  data_elements: z.union([z.array(z.string()), z.literal('unknown')]).optional(),
  encrypted: yes,
  key_taken: yes,
  risk: z.enum(['unlikely', 'likely', 'high', 'unknown']).optional(),
  harm_unlikely: yes,
  harm_determination_documented: yes,
  incident_type: some,
  outage_minutes: figure,
  financial_loss_eur: figure,
  users_affected: figure,
  users_affected_percent: figure,
  law_enforcement_hold: holdSchema.nullable().optional(),
  vendor: vendorSchema.nullable().optional(),
  contracts: z.array(contractSchema).optional(),
  filings: z.array(filingSchema).optional(),
  decisions: z.array(decisionSchema).optional(),
});

const keysOf = (schema: { shape: object }) => new Set(Object.keys(schema.shape));

/** The keys that are understood inside each block; others are warned of. */
export const KEYS = {
  hold: keysOf(holdSchema),
  vendor: keysOf(vendorSchema),
  contract: keysOf(contractSchema),
  filing: keysOf(filingSchema),
  decision: keysOf(decisionSchema),
};

/** The findings of one evaluation; printed as JSON Schema by `schema findings`. */
export const findingsSchema = scopeSchema.extend({
  now: time.optional(),
  clients: z.record(z.string(), scopeSchema).optional(),
});

export type RawEntity = z.infer<typeof entitySchema>;
export type RawScope = z.infer<typeof scopeSchema>;
