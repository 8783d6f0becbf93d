import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Draft } from '../src/notice/draft.ts';
import { draftSchema, parseDraft } from '../src/notice/draft.ts';
import type { PlainRecord } from '../src/notice/record.ts';
import { recordSchema } from '../src/notice/record.ts';

/** A true sentence with its variants that the record does not carry. */
export type Sentence = { text: string; cites: string[]; type: string | undefined; bad: Bad[] };
export type Bad = { family: string; text: string; cites: string[] };
export type OutsideDraft = { client: string; kind: string; markdown: boolean; sentences: Sentence[] };
export type OutsideCase = { name: string; record: PlainRecord; drafts: OutsideDraft[] };

const FIXTURES = join(import.meta.dirname, 'fixtures', 'notice-outside');

/** Records and drafts written as an outsider would, before looking at the gate. `holdout` is never looked at while mending. */
export function outsideCases(part: 'tuned' | 'holdout'): OutsideCase[] {
  const folder = part === 'tuned' ? FIXTURES : join(FIXTURES, 'holdout');
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return names.map((name) => parsed(name, readFileSync(join(folder, name), 'utf8')));
}

type Plain = {
  entries: { value?: unknown; signed_by?: string; supersedes?: string; [key: string]: unknown }[];
  clients: Record<string, string>[];
  [key: string]: unknown;
};

function parsed(name: string, text: string): OutsideCase {
  const record: Plain = { clients: [], entries: [] };
  const drafts: OutsideDraft[] = [];
  for (const line of text.split('\n')) if (line.trim() !== '') take(line, record, drafts);
  return { name, record: recordSchema.parse(record), drafts };
}

function take(line: string, record: Plain, drafts: OutsideDraft[]): void {
  const word = /^\s*(\S+)/.exec(line)?.[1] ?? '';
  const parts = line.slice(line.indexOf(word) + word.length).split(' | ');
  const fields = parts.map((it) => it.trim());
  const [first = '', second = ''] = fields;
  const entry = record.entries.at(-1) ?? {};
  if (word === 'record') {
    const [id, title, vendor, product, msp] = fields;
    Object.assign(record, { id, title, vendor, product, msp });
  } else if (word === 'client') record.clients.push({ id: first, name: second, zone: fields[2] ?? '' });
  else if (word === 'entry') {
    const [id, client, at, status, kind, ...rest] = fields;
    record.entries.push({ id, client, at, status, kind, text: rest.join(' | ') });
  } else if (word === 'value') entry.value = JSON.parse(first);
  else if (word === 'by') entry.signed_by = first;
  else if (word === 'supersedes') entry.supersedes = first;
  else if (word === 'privileged' || word === 'redacted') entry[word] = true;
  else if (word === 'draft') {
    const [client = '', kind = '', form] = first.split(' ');
    drafts.push({ client, kind, markdown: form === 'markdown', sentences: [] });
  } else if (word.startsWith('+')) {
    const good = cited(first);
    drafts.at(-1)?.sentences.push({ text: good.text, cites: good.cites ?? [], type: word.slice(1) || undefined, bad: [] });
  } else if (word === '-') {
    const good = drafts.at(-1)?.sentences.at(-1);
    const bad = cited(second);
    good?.bad.push({ family: first, text: bad.text, cites: bad.cites ?? good.cites });
  } else throw new Error(`What is ${line}?`);
}

function cited(text: string): { text: string; cites: string[] | undefined } {
  const brackets = /^(.*?)\s*\[([^[\]]*)\]$/.exec(text);
  if (brackets === null || /\[\.\]/.test(text.slice(-4))) return { text, cites: undefined };
  return { text: brackets[1] ?? '', cites: (brackets[2] ?? '').split(',').filter((it) => it !== '') };
}

/** The draft as the gate reads it, from JSON or from markdown, with the sentence at `index` replaced by `bad`. */
export function draftOf(draft: OutsideDraft, index = -1, bad?: Bad): Draft {
  const sentences = draft.sentences.map((it, at) => ({
    ...(at === index && bad !== undefined ? { text: bad.text, cites: bad.cites } : { text: it.text, cites: it.cites }),
    type: it.type,
  }));
  if (!draft.markdown) return draftSchema.parse({ client: draft.client, kind: draft.kind, sentences });
  const lines = sentences.map(({ text, cites }) => `- ${text} ${cites.map((id) => `[^${id}]`).join('')}`.trim());
  const read = parseDraft(`---\nclient: ${draft.client}\nkind: ${draft.kind}\n---\n${lines.join('\n')}\n`);
  if (!read.ok) throw new Error(read.message);
  return read.value;
}
