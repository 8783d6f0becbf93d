/** The schema of a rule file (`runbooks/law/*.yaml`). `duty.ts` says what each key means. */
import { z } from 'zod';
import type { Deadline, Predicate, RuleRecord, Start } from './duty.ts';
import { ROLES } from './duty.ts';
import { MARKS } from './marks.ts';
import { ANCHORS, FLAGS, NUMBERS, SECTORS } from './vocabulary.ts';

const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date like 2026-11-23');
const id = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case words joined by hyphens');
const op = z.enum(['>', '>=', '<', '<=']);
const compare = z.strictObject({ op, value: z.number() });
const words = z.array(z.string().min(1)).min(1);
const oneOf = (list: readonly string[], what: string) => z.string().refine((word) => list.includes(word), `no such ${what}`);

const figure = compare.extend({
  field: oneOf(NUMBERS, 'figure'),
  stated: z.boolean().optional(),
  orPercent: z.strictObject({ of: oneOf(NUMBERS, 'figure'), value: z.number().positive() }).optional(),
});

const predicate: z.ZodType<Predicate> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(predicate).min(1) }),
    z.strictObject({ any: z.array(predicate).min(1) }),
    z.strictObject({ not: predicate }),
    z.strictObject({ role: z.array(z.enum(ROLES)).min(1) }),
    z.strictObject({ home: words }),
    z.strictObject({ established: words }),
    z.strictObject({ sector: z.array(oneOf(SECTORS, 'sector')).min(1) }),
    z.strictObject({ mark: oneOf(Object.keys(MARKS), 'mark'), is: z.array(z.union([z.string(), z.boolean()])).optional() }),
    z.strictObject({ residents: compare.extend({ of: z.string().optional() }) }),
    z.strictObject({ residentsOfOne: compare.extend({ of: z.string() }) }),
    z.strictObject({ individuals: compare }),
    z.strictObject({ number: figure }),
    z.strictObject({ data: words }),
    z.strictObject({ dataStated: words }),
    z.strictObject({ personalData: z.literal(true) }),
    z.strictObject({ secured: z.literal(true) }),
    z.strictObject({ harmExcused: z.enum(['plain', 'documented']) }),
    z.strictObject({ risk: z.enum(['likely', 'high']) }),
    z.strictObject({ incident: words }),
    z.strictObject({ flag: oneOf(Object.keys(FLAGS), 'flag') }),
    z.strictObject({ vendor: z.strictObject({ hipaa: z.string().optional(), agent: z.boolean().optional() }) }),
    z.strictObject({ anchor: words }),
  ]),
) as z.ZodType<Predicate>;

const start: z.ZodType<Start> = z.lazy(() =>
  z.union([
    z.string().min(1),
    z.strictObject({ first: z.array(start).min(1) }),
    z.strictObject({ earliest: z.array(start).min(1) }),
    z.strictObject({ latest: z.array(start).min(1) }),
  ]),
);

const unit = z.enum(['minutes', 'hours', 'calendar-days', 'business-days', 'months']);
const span = z.strictObject({ kind: unit, value: z.number().int().positive() });
const none = z.strictObject({ kind: z.literal('none'), waits: z.boolean().optional() });
const chain = { to: z.array(id).min(1) };
const deadline = z.union([
  span,
  none,
  z.strictObject({ kind: z.literal('annual'), value: z.number().int().positive() }),
  z.strictObject({
    kind: z.literal('earliest-of'),
    options: z.array(span.extend({ start })).min(2),
    needs: words.optional(),
    unlessPast: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('after'), ...chain, span: z.union([span, none]) }),
  z.strictObject({ kind: z.literal('same'), ...chain }),
  z.strictObject({ kind: z.literal('floor'), ...chain, span }),
]) as z.ZodType<Deadline>;

const confidence = z.enum(['high', 'medium', 'low']);
const rule = z.strictObject({
  id,
  jurisdiction: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{2,4})?$/),
  kind: z.enum(['obligation', 'contractual', 'threshold', 'guidance', 'voluntary', 'retention', 'proposal']),
  status: z.enum(['in-force', 'not-yet', 'proposed', 'adopted-not-effective', 'unverified']),
  effective: date.optional(),
  until: date.optional(),
  name: z.string().optional(),
  citation: z.string().min(2),
  audience: words,
  recipient: z.string().min(2),
  obliged: z.string().optional(),
  applies: predicate,
  start: start.optional(),
  startText: z.string().optional(),
  deadline,
  deadlineText: z.string().optional(),
  standard: z.string().optional(),
  cases: z.array(z.strictObject({ when: predicate, deadline, start: start.optional() })).optional(),
  order: z.array(z.strictObject({ relation: z.enum(['before', 'with', 'not-later-than']), to: id })).optional(),
  hold: z
    .strictObject({
      needs: z.enum(['written', 'us-attorney-general']).optional(),
      oralDays: z.number().int().positive().optional(),
      release: span.extend({ mode: z.enum(['from-release', 'if-past']) }).optional(),
    })
    .optional(),
  zone: words.optional(),
  calendar: z.string().optional(),
  roll: z.union([z.boolean(), z.literal('noon')]).optional(),
  rollUnless: predicate.optional(),
  instances: z.enum(['lead-or-each', 'home']).optional(),
  elsewhere: words.optional(),
  receipt: z.boolean().optional(),
  filed: z.array(oneOf(ANCHORS, 'anchor')).optional(),
  template: z
    .strictObject({
      contract: z.enum(['dpa', 'msa', 'policy', 'card-scheme', 'proof-of-loss', 'vendor-claim']),
      party: z.union([z.string(), words]).optional(),
      ownNumber: z.boolean().optional(),
      number: z.boolean().optional(),
      alone: oneOf(Object.keys(MARKS), 'mark').optional(),
    })
    .optional(),
  variant: z.strictObject({ of: id, in: words }).optional(),
  source: z.string().min(3),
  confidence,
  verifiedOn: date,
  version: z.string().optional(),
  content: z.array(z.string()).optional(),
  channel: z.string().optional(),
  portal: z.string().optional(),
  creditMonitoring: z.strictObject({ months: z.number(), trigger: z.string() }).optional(),
  sources: z.array(z.string()).optional(),
  provenance: z.record(z.string(), z.strictObject({ source: z.string(), confidence })).optional(),
  statusNote: z.string().optional(),
  thresholds: z.string().optional(),
  exemptions: z.string().optional(),
  language: z.string().optional(),
  fines: z.string().optional(),
  phased: z.boolean().optional(),
  successors: z.array(z.string()).optional(),
  substituteNotice: z.string().optional(),
  extension: z.string().optional(),
  notes: z.string().optional(),
  examples: z.strictObject({ fires: z.record(z.string(), z.unknown()), not: z.record(z.string(), z.unknown()) }).optional(),
});

const file = z.strictObject({
  defaults: z.record(z.string(), z.unknown()).optional(),
  shared: z.unknown().optional(),
  rules: z.array(z.record(z.string(), z.unknown())),
});

export type SchemaProblem = { rule: string; field: string; message: string };

/** Reads the parsed YAML of one rule file; `shared` is a place for YAML anchors. Problems name the rule and the field. */
export function parseRules(parsed: unknown): { rules: RuleRecord[]; problems: SchemaProblem[] } {
  const outer = file.safeParse(parsed);
  if (!outer.success)
    return { rules: [], problems: [{ rule: '', field: '', message: 'not a rule file: it needs a list `rules`' }] };
  const rules: RuleRecord[] = [];
  const problems: SchemaProblem[] = [];
  for (const raw of outer.data.rules) {
    const merged = { ...outer.data.defaults, ...raw };
    const result = rule.safeParse(merged);
    if (result.success) rules.push(result.data as RuleRecord);
    else {
      const name = typeof raw.id === 'string' ? raw.id : '?';
      problems.push(...result.error.issues.map((i) => ({ rule: name, field: i.path.join('.'), message: i.message })));
    }
  }
  return { rules, problems };
}
