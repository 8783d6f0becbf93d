import { z } from 'zod';

/**
 * The plain record: what a draft is checked against. A pack's reader gives the same shape (an entry's id is its `seq`).
 * Unknown keys are kept out silently here and warned about by the caller; what contradicts the schema is refused by name.
 */

/** Entries of the vendor incident itself, visible to every client's lane. */
export const SHARED = 'shared';

const name = z.union([z.string(), z.looseObject({ name: z.string() }).transform((it) => it.name)]);
const names = z.union([name, z.array(name).transform((list) => list.join(', '))]).nullish();
const id = z.union([z.string(), z.number()]).transform(String);
const ids = z
  .union([id, z.array(id)])
  .nullish()
  .transform((it) => (it == null ? [] : Array.isArray(it) ? it : [it]));
const flag = z
  .boolean()
  .nullish()
  .transform((it) => it === true);
const moment = z.string().refine((text) => isMoment(text), 'is not an ISO 8601 time');

export const entrySchema = z.looseObject({
  id,
  client: id.nullish().transform((it) => it ?? SHARED),
  at: moment.nullish().transform((it) => it ?? undefined),
  status: z
    .enum(['confirmed', 'suspected', 'ruled_out', 'unknown'])
    .nullish()
    .transform((it) => it ?? undefined),
  kind: z
    .string()
    .nullish()
    .transform((it) => it ?? 'note'),
  text: z
    .string()
    .nullish()
    .transform((it) => it ?? ''),
  value: z.unknown().optional(),
  signed_by: names.transform((it) => it ?? undefined),
  supersedes: ids,
  privileged: flag,
  redacted: flag,
});

export const recordSchema = z.looseObject({
  id: id.nullish().transform((it) => it ?? undefined),
  title: z
    .string()
    .nullish()
    .transform((it) => it ?? ''),
  vendor: names.transform((it) => it ?? ''),
  product: names.transform((it) => it ?? ''),
  msp: names.transform((it) => it ?? ''),
  clients: z
    .array(z.looseObject({ id, name: z.string().nullish(), zone: z.string().nullish() }))
    .nullish()
    .transform((list) => (list ?? []).map((it) => ({ id: it.id, name: it.name ?? it.id, zone: it.zone ?? undefined }))),
  entries: z.array(entrySchema),
});

export type PlainRecord = z.output<typeof recordSchema>;
export type PlainEntry = z.output<typeof entrySchema>;
export type PlainClient = PlainRecord['clients'][number];

/** A record from data of any origin (a file, a pack's entries with `seq` as id), or one sentence naming the field that is wrong. */
export function plainRecord(data: unknown): { ok: true; value: PlainRecord } | { ok: false; message: string } {
  const result = recordSchema.safeParse(data);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  return { ok: false, message: `${issue?.path.map(String).join('.') || 'record'}: ${issue?.message ?? 'not of the right shape'}` };
}

function isMoment(text: string): boolean {
  try {
    Temporal.Instant.from(text);
    return true;
  } catch {
    return isDate(text);
  }
}

function isDate(text: string): boolean {
  try {
    Temporal.PlainDateTime.from(text);
    return true;
  } catch {
    return false;
  }
}

/** The record's entries as one client's draft may see them: its own and the vendor incident's. */
export function visibleTo(record: PlainRecord, client: string): PlainEntry[] {
  return record.entries.filter((entry) => entry.client === client || entry.client === SHARED);
}

/** Ids of entries that a later entry replaces. */
export function supersededIds(record: PlainRecord): Set<string> {
  return new Set(record.entries.flatMap((entry) => entry.supersedes));
}
