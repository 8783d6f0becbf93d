import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Parsed } from './draft.ts';
import { KINDS } from './draft.ts';

const matterSchema = z.looseObject({ kind: z.enum(KINDS), audience: z.string(), approver: z.array(z.string()) });

/** A notice template: its front matter, and its lines in order. */
export type Template = z.output<typeof matterSchema> & { lines: { text: string; type: 'fact' | 'fixed' | 'promise' | 'ask' }[] };

/** Reads a template of runbooks/notices. */
export function parseTemplate(text: string): Parsed<Template> {
  const matter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  if (!matter) return { ok: false, message: 'The template has no front matter.' };
  const head = matterSchema.safeParse(parseYaml(matter[1] ?? ''));
  if (!head.success) return { ok: false, message: `${head.error.issues[0]?.path.join('.')}: ${head.error.issues[0]?.message}` };
  return { ok: true, value: { ...head.data, lines: [] } };
}

/** The sentences that must stand byte for byte. */
export function fixedSentences(template: Template): ReadonlySet<string> {
  return new Set(template.lines.filter(({ type }) => type === 'fixed').map(({ text }) => text));
}
