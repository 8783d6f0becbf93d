import { z } from 'zod';
import { ClientFileShape } from '../inventory/client-file.ts';
import { ClientShape } from '../inventory/register.ts';
import { ShortAdvisory } from '../inventory/short-advisory.ts';
import { dutiesSchema, findingsJsonSchema } from '../law/published.ts';
import { draftSchema } from '../notice/draft.ts';
import { recordSchema } from '../notice/record.ts';
import { readArguments } from './arguments.ts';
import { type Command, UsageError } from './command.ts';
import { DrillFile, TimelineFile } from './drill-file.ts';
import { everyRuleId } from './law-files.ts';
import { costsSchema, termsSchema } from './schema-money.ts';

const json = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });

/** What `verify --json` prints. */
const verdict = z.strictObject({
  ok: z.boolean(),
  entries: z.int(),
  root: z.string(),
  checkpoints: z.array(z.strictObject({ size: z.int(), ok: z.boolean(), witnessed: z.boolean() })),
  firstBad: z.strictObject({ seq: z.int(), kind: z.string() }).nullable(),
  problems: z.array(z.looseObject({ kind: z.string(), message: z.string() })),
  says: z.string(),
});

/** What `exposure --json` prints. */
const exposure = z.looseObject({
  clients: z.array(
    z.looseObject({
      client: z.string(),
      covers: z.array(z.string()),
      pairs: z.array(
        z.looseObject({
          advisory: z.string(),
          state: z.enum(['present_in_window', 'unknown', 'present_outside_window', 'not_present']),
          matches: z.array(z.looseObject({ component: z.string(), version: z.string(), where: z.string(), why: z.string() })),
          reason: z.string(),
        }),
      ),
    }),
  ),
});

/** `manifest.json` of a pack. */
const pack = z.looseObject({
  format: z.literal('firebreak-pack'),
  v: z.literal(1),
  record: z.string(),
  of: z.enum(['incident', 'lane', 'coordination', 'standing']),
  title: z.string(),
  entries: z.int(),
  root: z.string(),
  zone: z.string(),
  drill: z.boolean(),
  audience: z.string(),
  exported: z.strictObject({ at: z.string(), by: z.string() }).optional(),
  files: z.array(z.strictObject({ path: z.string(), sha256: z.string(), bytes: z.int() })),
  withheld: z.array(z.strictObject({ seq: z.int(), reason: z.string() })),
  redacted: z.array(z.strictObject({ seq: z.int(), fields: z.array(z.string()), reason: z.string() })),
});

/** What `draft check --json` prints. */
const draftVerdict = z.strictObject({
  ok: z.boolean(),
  problems: z.array(
    z.looseObject({
      rule: z.string(),
      level: z.enum(['truth', 'wording', 'form']),
      message: z.string(),
      suggestion: z.string().optional(),
    }),
  ),
});

const SCHEMAS: Record<string, () => object> = {
  findings: () => findingsJsonSchema(everyRuleId()),
  duties: () => json(dutiesSchema),
  advisory: () => json(ShortAdvisory),
  inventory: () => json(ClientFileShape),
  client: () => json(ClientShape),
  exposure: () => json(exposure),
  draft: () => json(draftSchema),
  'draft-verdict': () => json(draftVerdict),
  record: () => json(recordSchema),
  timeline: () => json(TimelineFile),
  drill: () => json(DrillFile),
  pack: () => json(pack),
  verdict: () => json(verdict),
  costs: () => json(costsSchema),
  terms: () => json(termsSchema),
};

/** `schema NAME`: the JSON Schema of any file that goes in or comes out, closed vocabularies included. */
export const schema: Command = async (args, terminal) => {
  const [name] = readArguments(args, { flags: ['json'] }, 'usage: firebreak schema NAME').words;
  const make = name === undefined ? undefined : SCHEMAS[name];
  if (make === undefined)
    throw new UsageError(`usage: firebreak schema NAME, where NAME is one of: ${Object.keys(SCHEMAS).join(', ')}.`);
  terminal.out(JSON.stringify(make(), null, 2));
  return 0;
};
