import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseTemplate, type Template } from '../notice/template.ts';
import type { Log } from '../slack/house.ts';
import type { NoticeShelf } from '../slack/notice-desk.ts';

/** The templates of runbooks/notices. One that cannot be read is left out and named in the log: the others still work. */
export function openTemplates(runbooks: string, log: Log): NoticeShelf {
  const folder = join(runbooks, 'notices');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.md')) : [];
  const templates = new Map<string, Template>();
  for (const name of names.sort()) {
    const parsed = parseTemplate(readFileSync(join(folder, name), 'utf8'));
    if (parsed.ok) templates.set(parsed.value.kind, parsed.value);
    else log.warn({ name }, parsed.message);
  }
  return { template: (kind) => templates.get(kind), list: () => [...templates.values()] };
}
