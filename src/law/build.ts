/** From the YAML that people edit to the JSON that a run loads: one file per jurisdiction, and the holidays. */
import type { Holidays } from './calendar.ts';
import type { Rule, RuleRecord } from './duty.ts';
import { type LegalForm, parseForms } from './form.ts';
import { parseRules, type SchemaProblem } from './schema.ts';
import { digestOf } from './version.ts';

export type LawFile = { file: string; parsed: unknown };
export type FileProblem = SchemaProblem & { file: string };

/** Reads every rule file; `holidays.yaml` holds the calendars, `forms.yaml` what notices must hold. */
export function readLaw(files: LawFile[]): {
  records: { file: string; record: RuleRecord }[];
  holidays: Holidays;
  forms: LegalForm[];
  problems: FileProblem[];
} {
  const records: { file: string; record: RuleRecord }[] = [];
  const problems: FileProblem[] = [];
  let holidays: Holidays = {};
  let forms: LegalForm[] = [];
  for (const { file, parsed } of files) {
    if (file === 'holidays.yaml') {
      holidays = (parsed as { calendars: Holidays }).calendars;
      continue;
    }
    if (file === 'forms.yaml') {
      const read = parseForms(parsed);
      forms = read.forms;
      problems.push(...read.problems.map((problem) => ({ ...problem, file })));
      continue;
    }
    const read = parseRules(parsed);
    records.push(...read.rules.map((record) => ({ file, record })));
    problems.push(...read.problems.map((problem) => ({ ...problem, file })));
  }
  return { records, holidays, forms, problems };
}

/** The texts of the built files, by name. */
export function buildLaw(files: LawFile[]): { files: Map<string, string>; problems: FileProblem[] } {
  const { records, holidays, forms, problems } = readLaw(files);
  const byPlace = new Map<string, Rule[]>();
  for (const { record } of records) byPlace.set(record.jurisdiction, [...(byPlace.get(record.jurisdiction) ?? []), ruleOf(record)]);
  const built = new Map<string, string>([
    ['holidays.json', lines(Object.entries(holidays), '{', '}', ([k, v]) => `${JSON.stringify(k)}: ${JSON.stringify(v)}`)],
    ['forms.json', lines(forms, '[', ']', (form) => JSON.stringify(form))],
  ]);
  for (const place of [...byPlace.keys()].sort())
    built.set(
      `${place}.json`,
      lines(byPlace.get(place) ?? [], '[', ']', (rule) => JSON.stringify(rule)),
    );
  return { files: built, problems };
}

/** A record without what is for people and for checks only, with its version. */
export function ruleOf(record: RuleRecord): Rule {
  const {
    sources,
    provenance,
    statusNote,
    thresholds,
    exemptions,
    language,
    fines,
    phased,
    successors,
    notes,
    examples,
    substituteNotice,
    extension,
    ...rule
  } = record;
  return { ...rule, version: digestOf(rule) };
}

function lines<T>(items: T[], open: string, close: string, text: (item: T) => string): string {
  return `${open}\n${items.map(text).join(',\n')}\n${close}\n`;
}
