import { z } from 'zod';
import { COST_BILLED, COST_CATEGORIES } from '../record/event.ts';

const said = z.enum(['yes', 'no', 'unknown']);
/** Minor units by ISO 4217 code: currencies are never added together. */
const amounts = z.record(z.string(), z.int());

const sum = z.looseObject({ name: z.string(), lines: z.int(), minutes: z.int(), amounts, unpriced: z.int() });

const line = z.looseObject({
  seq: z.int(),
  category: z.enum(COST_CATEGORIES),
  who: z.string(),
  by: z.enum(['person', 'firm']),
  on: z.string(),
  minutes: z.int().optional(),
  rate: z.int().optional(),
  amount: z.int().optional(),
  currency: z.string().optional(),
  task: z.string().optional(),
  consent: said,
  reference: z.string().optional(),
  billed: z.enum(COST_BILLED),
  causedByVendor: said,
  evidence: z.array(z.int()),
});

/** What `costs --json` prints: the proof of loss of one record, and what the lanes of a vendor incident cost. */
export const costsSchema = z.looseObject({
  incident: z.string(),
  drill: z.boolean(),
  lines: z.array(line),
  total: sum,
  period: z.strictObject({ from: z.string(), to: z.string() }).nullable(),
  byCategory: z.array(sum),
  byWho: z.array(sum),
  byConsent: z.array(sum),
  unconsented: z.array(z.int()),
  waiting: z.array(z.string()),
  lanes: z.array(
    z.looseObject({ client: z.string(), lane: z.string(), lines: z.int(), minutes: z.int(), amounts, unconsented: z.int() }),
  ),
});

/** What `terms --json` prints. `due` is the date by the clocks of the record that was named, with the state of its duty. */
export const termsSchema = z.looseObject({
  of: z.string(),
  name: z.string(),
  hotlines: z.array(z.looseObject({ who: z.string(), number: z.string(), about: z.string() })),
  before: z.array(z.looseObject({ what: z.string(), who: z.string(), panel: z.array(z.string()) })),
  notices: z.array(
    z.looseObject({
      kind: z.string(),
      title: z.string(),
      party: z.string(),
      duty: z.string(),
      clause: z.string(),
      time: z.string(),
      to: z.string(),
      due: z.looseObject({ due: z.string().nullable(), zone: z.string().nullable(), state: z.string() }).nullable(),
    }),
  ),
  duties: z.array(z.looseObject({ duty: z.string(), owner: z.string(), about: z.string() })),
  documents: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      lines: z.array(z.looseObject({ topic: z.string(), says: z.string() })),
      silent: z.array(z.string()),
    }),
  ),
  warnings: z.array(z.string()),
});
