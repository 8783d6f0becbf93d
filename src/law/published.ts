/** What the project publishes of the law room: the form of findings and of duties, and the closed vocabularies. */
import { z } from 'zod';
import { findingsSchema } from './findings-form.ts';
import { MARKS } from './marks.ts';
import { ANCHORS, DATA_ELEMENTS, FLAGS, INCIDENT_TYPES, NUMBERS, SECTORS } from './vocabulary.ts';

const text = z.string();
const dutySchema = z.strictObject({
  id: text,
  instance: text.nullable(),
  jurisdiction: text,
  audience: z.array(text),
  recipient: text,
  state: z.enum(['dated', 'no-number', 'not-started', 'not-triggered', 'paused', 'met', 'late', 'waived', 'watch']),
  due: text.nullable(),
  zone: text.nullable(),
  rolled: text.nullable(),
  target: text.nullable(),
  anchor: text.nullable(),
  provisional: z.boolean(),
  gates: z.array(text),
  citation: text,
  ruleVersion: text,
  verifiedOn: text,
  confidence: z.enum(['high', 'medium', 'low']),
  why: text,
});

/** What `duties --json` prints. */
export const dutiesSchema = z.strictObject({
  duties: z.array(dutySchema),
  refused: z.array(z.strictObject({ field: text, message: text })),
  warnings: z.array(text),
});

/** The JSON Schema of findings, with the closed vocabularies beside it; `ruleIds` are those of the rules on file. */
export function findingsJsonSchema(ruleIds: readonly string[]): Record<string, unknown> {
  return { ...z.toJSONSchema(findingsSchema, { io: 'input' }), $defs: vocabularies(ruleIds) };
}

/** The words that findings may use. A word outside them is a warning, never silently ignored. */
export function vocabularies(ruleIds: readonly string[]): Record<string, unknown> {
  const words = (list: readonly string[], description: string) => ({ description, type: 'string', enum: list });
  const marks = Object.entries(MARKS).map(([mark, { about, words: kinds }]) => [
    mark,
    { description: about, enum: [true, false, ...(kinds ?? [])] },
  ]);
  return {
    anchors: words(ANCHORS, 'When something happened or was understood'),
    data_elements: words(Object.keys(DATA_ELEMENTS), 'Kinds of data; other words in use for them are understood too'),
    sectors: words(SECTORS, 'Sector of an entity'),
    marks: { description: 'What an entity is in the eyes of a law', properties: Object.fromEntries(marks) },
    flags: words(Object.keys(FLAGS), 'Yes-or-no facts of the incident'),
    figures: words(NUMBERS, 'Figures of the entity or the incident'),
    incident_types: words(INCIDENT_TYPES, 'Kinds of incident'),
    rule_ids: words(ruleIds, 'Rules on file: what a filing or decision may name'),
  };
}
