import { z } from 'zod';
import type { Kind, Parsed } from './draft.ts';
import { KINDS, parseData } from './draft.ts';
import { PARTS } from './parts.ts';

/** Who may approve, in the order of preference. `counsel` in the list makes counsel's approval necessary. */
export const APPROVERS = [
  'communications',
  'owner',
  'counsel',
  'technical lead',
  'incident lead',
  'account manager',
  'insurer contact',
] as const;

const matterSchema = z.looseObject({
  kind: z.enum(KINDS),
  title: z.string(),
  /** What a letter or a message is headed with, for its reader. */
  subject: z.string(),
  audience: z.string(),
  /** Whose name stands in the address: a client's, the vendor's, or one that somebody types. */
  to: z.enum(['client', 'vendor', 'other']).default('other'),
  approver: z.array(z.enum(APPROVERS)).min(1),
  /** False only where one person may send alone: a status page. */
  second_person: z.boolean(),
  /** Fewest and most words. */
  words: z.tuple([z.number().int(), z.number().int()]),
  grade: z.number(),
  as_of: z.boolean(),
  next_update: z.boolean(),
  must: z.array(z.string().refine((it) => PARTS[it] !== undefined, 'is no part this gate knows')),
  /** Headings that must stand: those of the laws in `forms`, always, and of the laws that were chosen. */
  headings: z.array(z.string()).default([]),
  forms: z.array(z.string()).default([]),
  must_not: z.array(z.string()).default([]),
  clock: z.string().optional(),
  source: z.string().optional(),
});

/**
 * A line of a template. `heading` and `fixed` stand as they are; `courtesy`, `ask` and `promise` have slots in double braces;
 * `facts` lets the record speak: every entry of a selection, or a sentence of the template that cites one; `else` says what stands
 * there where the record is silent: what is unknown, `nothing`, or `= ` and fixed words.
 */
export type Line =
  | { type: 'heading'; text: string; regime: string | undefined }
  | { type: 'fixed'; text: string; regime: string | undefined }
  | SpokenLine
  | FactsLine;

/** Entries of a selection, at most so many; `missing` is what is unknown where there are none. */
export type FactsLine = {
  type: 'facts';
  selection: string;
  most: number;
  missing: string;
  text: string | undefined;
  regime: string | undefined;
};

/** A line with slots. */
export type SpokenLine = { type: 'courtesy' | 'ask' | 'promise'; text: string; regime: string | undefined };

/** `lawAt` is the line before which the parts of the laws stand. */
export type Template = z.output<typeof matterSchema> & { kind: Kind; lines: Line[]; lawAt: number };

const MARKS: Record<string, 'fixed' | 'ask' | 'promise' | 'courtesy'> = {
  '=': 'fixed',
  '>': 'ask',
  '~': 'promise',
  ':': 'courtesy',
};
const FACTS = /^\*\s+([a-z ]+?)(?:,\s*at most (\d+))?,\s*else\s+(.+?)(?:\s+\|\s+(.+))?$/;

/**
 * Reads a template of runbooks/notices. After the front matter, a line is a heading (`## {regime} text`), a fixed sentence (`= `),
 * an ask (`> `), a promise (`~ `), a courtesy (`: `), or facts: `* done, at most 3, else what we have done | sentence`. `@law` is where the
 * parts of the laws go; what stands under `{general}` is for where no law asks for parts of its own.
 */
export function parseTemplate(text: string): Parsed<Template> {
  const matter = /^---\r?\n([\s\S]*?)\r?\n---\r?\n?/.exec(text);
  if (!matter) return { ok: false, message: 'The template has no front matter.' };
  const data = parseData(matter[1] ?? '');
  if (!data.ok) return { ok: false, message: `front matter: ${data.message}` };
  const head = matterSchema.safeParse(data.value);
  if (!head.success) return { ok: false, message: `${head.error.issues[0]?.path.join('.')}: ${head.error.issues[0]?.message}` };
  const body = parseLines(text.slice(matter[0].length), undefined, matter[0].split('\n').length);
  return body.ok ? { ok: true, value: { ...head.data, ...body.value } } : body;
}

/** The lines of a body, or of one part of a law (`regime`). `first` is the number of its first line in the file. */
export function parseLines(text: string, law: string | undefined, first = 1): Parsed<Pick<Template, 'lines' | 'lawAt'>> {
  const lines: Line[] = [];
  let regime = law;
  let lawAt: number | undefined;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (raw.trim() === '' || raw.startsWith('<!--')) continue;
    if (raw.trim() === '@law') {
      lawAt = lines.length;
      regime = law;
      continue;
    }
    const line = lineOf(raw.trim(), regime);
    if (line === undefined) return { ok: false, message: `line ${first + index}: "${raw.slice(0, 40)}" is no line of a template.` };
    if (line.type === 'heading') regime = line.regime ?? law;
    lines.push(line);
  }
  return { ok: true, value: { lines, lawAt: lawAt ?? lines.length } };
}

function lineOf(raw: string, regime: string | undefined): Line | undefined {
  const heading = /^#{1,3}\s+(?:\{([\w-]+)\}\s+)?(.+)$/.exec(raw);
  if (heading) return { type: 'heading', text: heading[2] ?? '', regime: heading[1] };
  const facts = FACTS.exec(raw);
  if (facts) {
    return {
      type: 'facts',
      selection: (facts[1] ?? '').trim(),
      most: Number(facts[2] ?? 20),
      missing: facts[3] ?? '',
      text: facts[4],
      regime,
    };
  }
  const type = MARKS[raw[0] ?? ''];
  if (type === undefined || raw[1] !== ' ') return undefined;
  const text = raw.slice(2).trim();
  return type === 'fixed' ? { type, text, regime } : { type, text, regime };
}

/** The sentences that must stand byte for byte: headings and fixed lines. */
export function fixedSentences(template: Template): ReadonlySet<string> {
  return new Set(template.lines.flatMap(fixedIn));
}

function fixedIn(line: Line): string[] {
  if (line.type === 'facts') return line.missing.startsWith('= ') ? [line.missing.slice(2)] : [];
  return line.type === 'fixed' || line.type === 'heading' ? [line.text] : [];
}

/** What stands only where no law asks for parts of its own. */
export const GENERAL = 'general';

/** The laws (gdpr-33, nis2, hipaa, ...) for which the template has parts of their own. */
export function regimesOf(template: Template): string[] {
  return [...new Set(template.lines.flatMap(({ regime }) => (regime === undefined || regime === GENERAL ? [] : [regime])))];
}
