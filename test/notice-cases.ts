import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadForms } from '../src/cli/law-files.ts';
import type { Draft } from '../src/notice/draft.ts';
import { draftSchema } from '../src/notice/draft.ts';
import { withForms } from '../src/notice/legal-parts.ts';
import type { PlainRecord } from '../src/notice/record.ts';
import { recordSchema } from '../src/notice/record.ts';
import type { Template } from '../src/notice/template.ts';
import { parseTemplate } from '../src/notice/template.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures', 'notice');
const TEMPLATES = join(import.meta.dirname, '..', 'runbooks', 'notices');

/** The records of test/fixtures/notice, each with its good drafts. */
export const CASES: { name: string; record: PlainRecord; drafts: Draft[] }[] = readdirSync(FIXTURES)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => {
    const data = parse(readFileSync(join(FIXTURES, name), 'utf8'));
    return { name, record: recordSchema.parse(data.record), drafts: data.drafts.map((it: unknown) => draftSchema.parse(it)) };
  });

export const TEMPLATE_FILES = readdirSync(TEMPLATES).filter((name) => name.endsWith('.md'));

const templates = new Map<string, Template>();

/** The shipped template of a kind. */
export function template(kind: string): Template {
  const known = templates.get(kind);
  if (known !== undefined) return known;
  const parsed = parseTemplate(readFileSync(join(TEMPLATES, `${kind}.md`), 'utf8'));
  if (!parsed.ok) throw new Error(`${kind}: ${parsed.message}`);
  const whole = withForms(parsed.value, loadForms());
  templates.set(kind, whole);
  return whole;
}

export const templateOf = (draft: Draft) => (draft.kind === undefined ? undefined : template(draft.kind));

export function recordNamed(name: string): PlainRecord {
  const found = CASES.find((it) => it.name === `${name}.yaml`);
  if (found === undefined) throw new Error(`no fixture ${name}`);
  return found.record;
}
