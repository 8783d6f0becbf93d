/** Law data on disk: the YAML that people edit, and the JSON built from it that a run loads by jurisdiction. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import type { Holidays } from '../law/calendar.ts';
import type { Rule } from '../law/duty.ts';
import type { LegalForm } from '../law/form.ts';
import { UsageError } from './command.ts';

/** Where the rules live, beside the program. */
export const LAW_FOLDER = resolve(import.meta.dirname, '..', '..', 'runbooks', 'law');

/** Every rule file, by its path under the folder, with its YAML parsed. */
export function readLawYaml(folder = LAW_FOLDER): { file: string; parsed: unknown }[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'));
  return names.sort().map((name) => ({ file: name.replaceAll('\\', '/'), parsed: parseYaml(join(folder, name)) }));
}

function parseYaml(path: string): unknown {
  try {
    return parse(readFileSync(path, 'utf8'), { maxAliasCount: 2000 });
  } catch (error) {
    throw new UsageError(
      `${relative(process.cwd(), path)}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    );
  }
}

/** The built rules of the jurisdictions that a run needs; a jurisdiction without data has none. */
export function loadRules(jurisdictions: Iterable<string>, folder = join(LAW_FOLDER, 'built')): Rule[] {
  return [...jurisdictions].flatMap((name) => {
    const path = join(folder, `${name}.json`);
    return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Rule[]) : [];
  });
}

/** The id of every rule on file, for the published vocabularies. */
export function everyRuleId(folder = join(LAW_FOLDER, 'built')): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && !OTHERS.has(name));
  return loadRules(
    names.map((name) => name.replace(/\.json$/, '')),
    folder,
  ).map(({ id }) => id);
}

const OTHERS = new Set(['holidays.json', 'forms.json']);

/** What notices must hold under each law. */
export function loadForms(folder = join(LAW_FOLDER, 'built')): LegalForm[] {
  const path = join(folder, 'forms.json');
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as LegalForm[]) : [];
}

export function loadHolidays(folder = join(LAW_FOLDER, 'built')): Holidays {
  return JSON.parse(readFileSync(join(folder, 'holidays.json'), 'utf8')) as Holidays;
}
