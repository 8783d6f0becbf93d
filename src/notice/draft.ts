import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { PlainRecord } from './record.ts';
import { plainRecord } from './record.ts';

/** The kinds of notices; each has a template in runbooks/notices. */
export const KINDS = [
  'holding',
  'per_client_status',
  'affected_client',
  'not_affected',
  'correction',
  'individual_letter',
  'regulator_initial',
  'regulator_interim',
  'regulator_final',
  'insurer_first_notice',
  'notice_of_circumstances',
  'vendor_preservation',
  'law_enforcement',
  'board_brief',
  'staff',
  'status_page',
  'press_line',
  'scam_warning',
  'facts_pack',
  'closing',
  'client_answer',
  'call_script',
  'text_message',
] as const;
export type Kind = (typeof KINDS)[number];

/** fact cites entries; fixed is byte-equal to the template; promise becomes a clock; ask is what the reader should do. */
export type SentenceType = 'fact' | 'fixed' | 'promise' | 'ask';

const id = z.union([z.string(), z.number()]).transform(String);
const sentence = z.looseObject({
  text: z.string(),
  cites: z
    .union([z.array(id), id.transform((it) => [it])])
    .nullish()
    .transform((it) => it ?? []),
  type: z
    .enum(['fact', 'fixed', 'promise', 'ask'])
    .nullish()
    .transform((it) => it ?? undefined),
});

export const draftSchema = z.looseObject({
  id: id.nullish().transform((it) => it ?? undefined),
  record: id.nullish().transform((it) => it ?? undefined),
  client: id.nullish().transform((it) => it ?? undefined),
  kind: z.preprocess(
    (it) => (typeof it === 'string' ? it.trim().toLowerCase().replaceAll(/[- ]/g, '_') : (it ?? undefined)),
    z.enum(KINDS).optional(),
  ),
  sentences: z.array(sentence),
});

export type Draft = z.output<typeof draftSchema>;
export type Sentence = Draft['sentences'][number];

/** Parsed, or one clear sentence that says which field is wrong. */
export type Parsed<T> = { ok: true; value: T } | { ok: false; message: string };

/** Reads a record from JSON or YAML text. */
export function parseRecord(text: string): Parsed<PlainRecord> {
  const data = parseData(text);
  return data.ok ? plainRecord(data.value) : data;
}

const KNOWN_KEYS: Record<string, readonly string[]> = {
  draft: ['id', 'record', 'client', 'kind', 'sentences'],
  sentences: ['text', 'cites', 'type'],
  record: ['id', 'title', 'vendor', 'product', 'msp', 'clients', 'entries'],
  clients: ['id', 'name', 'zone'],
  entries: ['id', 'client', 'at', 'status', 'kind', 'text', 'value', 'signed_by', 'supersedes', 'privileged', 'redacted'],
};

/** Keys that the format does not know, each once ("sentences: colour"): a warning, never a refusal. */
export function unknownKeys(data: object, what: 'draft' | 'record'): string[] {
  const strange = (it: object, name: string) => Object.keys(it).filter((key) => !(KNOWN_KEYS[name] ?? []).includes(key));
  const own = strange(data, what).map((key) => `${what}: ${key}`);
  const lists = Object.entries(data).flatMap(([name, list]) =>
    Array.isArray(list)
      ? list.flatMap((it) => (typeof it === 'object' && it !== null ? strange(it, name).map((key) => `${name}: ${key}`) : []))
      : [],
  );
  return [...new Set([...own, ...lists])];
}

/** Reads a draft from JSON, YAML or markdown (one sentence a line, citations as `[^id]`). */
export function parseDraft(text: string): Parsed<Draft> {
  const data = parseData(text);
  if (data.ok && typeof data.value === 'object' && data.value !== null && 'sentences' in data.value) {
    return shaped(draftSchema, data.value, 'draft');
  }
  if (/^\s*\{/.test(text)) return data.ok ? { ok: false, message: 'The draft has no "sentences".' } : data;
  return parseMarkdown(text);
}

/** JSON or YAML text as data, or why not. */
export function parseData(text: string): Parsed<unknown> {
  try {
    return { ok: true, value: /^\s*[[{]/.test(text) ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 20 }) };
  } catch (error) {
    return {
      ok: false,
      message: `It cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'not JSON or YAML'}`,
    };
  }
}

function shaped<T>(schema: z.ZodType<T>, data: unknown, what: string): Parsed<T> {
  const result = schema.safeParse(data);
  if (result.success) return { ok: true, value: result.data };
  const issue = result.error.issues[0];
  const path = issue?.path.map(String).join('.') || what;
  return { ok: false, message: `${path}: ${issue?.message ?? 'not of the right shape'}` };
}

/** Front matter (optional) gives id, record, client and kind; every other line is a sentence. */
function parseMarkdown(text: string): Parsed<Draft> {
  const matter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  const head = matter ? parseData(matter[1] ?? '') : { ok: true as const, value: {} };
  if (!head.ok) return { ok: false, message: `The front matter of the draft: ${head.message}` };
  const lines = text.slice(matter?.[0].length ?? 0).split(/\r?\n/);
  const sentences = lines
    .filter((line) => line.trim() !== '' && !/^\s*\[\^[^\]]+\]:|^\s*(```|<!--|---+\s*$)/.test(line))
    .map(markdownSentence);
  const matterKeys = typeof head.value === 'object' && head.value !== null ? head.value : {};
  return shaped(draftSchema, { ...matterKeys, sentences }, 'draft');
}

function markdownSentence(line: string): { text: string; cites: string[] } {
  const cites = [...line.matchAll(/\[\^([^\]]+)\]/g)].flatMap((m) => (m[1] ?? '').split(/[,;]\s*\^?/)).map((it) => it.trim());
  const text = line
    .replaceAll(/\s*\[\^[^\]]+\]/g, '')
    .replace(/^\s*(#{1,6}|[-*+]|\d+[.)]|>)\s+/, '')
    .trim();
  return { text, cites };
}
