import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withForms } from '../notice/legal-parts.ts';
import { parseTemplate, type Template } from '../notice/template.ts';
import type { Log } from '../slack/house.ts';
import type { NoticeShelf } from '../slack/notices/desk.ts';
import { loadForms } from './law-files.ts';

/** The templates of runbooks/notices, with what the laws ask for in them. One that cannot be read is left out and named in the log: the others still work. */
export function openTemplates(runbooks: string, log: Log): NoticeShelf {
  const folder = join(runbooks, 'notices');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : [];
  const templates = new Map<string, Template>();
  for (const name of names.sort()) {
    const parsed = parseTemplate(readFileSync(join(folder, name), 'utf8'));
    if (parsed.ok) templates.set(parsed.value.kind, parsed.value);
    else log.warn({ name }, parsed.message);
  }
  let forms: ReturnType<typeof loadForms> | undefined;
  const lawful = () => {
    forms ??= loadForms(join(runbooks, 'law', 'built'));
    return forms;
  };
  return {
    template: (kind, chosen) => {
      const template = templates.get(kind);
      return template === undefined ? undefined : withForms(template, lawful(), chosen);
    },
    list: () => [...templates.values()],
    forms: lawful,
  };
}
