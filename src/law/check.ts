/** `law check`: whether the law data are sound: form, citations, sources, references, holidays, examples. */
import { type FileProblem, type LawFile, readLaw } from './build.ts';
import type { Holidays } from './calendar.ts';
import { evaluate } from './duties.ts';
import type { Deadline, Predicate, RuleRecord, Start } from './duty.ts';
import { type Example, exampleOf } from './example.ts';
import { parseFindings } from './findings.ts';
import { type LegalForm, unknownRules } from './form.ts';
import { placeCode } from './place.ts';
import { Rulebook } from './rulebook.ts';
import { ANCHORS, dataElement, INCIDENT_TYPES } from './vocabulary.ts';

/** The years that every calendar must cover. */
export const HOLIDAYS_THROUGH = 2028;

export type LawReport = { records: number; inForce: number; problems: FileProblem[]; untested: string[] };

type Filed = { file: string; record: RuleRecord };

/** Checks every rule file. `tests` are the texts of the law tests: a record that none of them names is listed as untested. */
export function checkLaw(files: LawFile[], tests: string[]): LawReport {
  const { records, holidays, forms, problems } = readLaw(files);
  const rules = records.map(({ record }) => record);
  const book = new Rulebook(rules, holidays);
  const ids = new Set(rules.map(({ id }) => id));
  const found = [...problems, ...duplicates(records), ...holidayProblems(holidays)];
  for (const filed of records) found.push(...recordProblems(filed, ids, holidays), ...exampleProblems(filed, book));
  found.push(...forms.flatMap((form) => formProblems(form, [...ids])));
  const text = tests.join('\n');
  return {
    records: rules.length,
    inForce: rules.filter(({ status, kind }) => status === 'in-force' && (kind === 'obligation' || kind === 'contractual')).length,
    problems: found,
    untested: rules.map(({ id }) => id).filter((id) => !new RegExp(`['"\`]${id}['"\`]`).test(text)),
  };
}

function duplicates(records: Filed[]): FileProblem[] {
  const seen = new Set<string>();
  return records.flatMap(({ file, record: { id } }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ file, rule: id, field: 'id', message: 'the id stands twice' }];
  });
}

function holidayProblems(holidays: Holidays): FileProblem[] {
  const problem = (calendar: string, message: string) => ({ file: 'holidays.yaml', rule: calendar, field: '', message });
  return Object.entries(holidays).flatMap(([name, days]) => {
    const years = new Set(days.map(({ date }) => Number(date.slice(0, 4))));
    const missing = [2026, 2027, HOLIDAYS_THROUGH].filter((year) => !years.has(year));
    const bad = days.filter(({ date }) => !/^\d{4}-\d{2}-\d{2}$/.test(date));
    return [
      ...missing.map((year) => problem(name, `no holidays of ${year}`)),
      ...bad.map(({ date }) => problem(name, `${date} is no date`)),
    ];
  });
}

/** A form names rules that exist, and says where its parts stand. */
function formProblems(form: LegalForm, ids: string[]): FileProblem[] {
  const problem = (field: string, message: string) => ({ file: 'forms.yaml', rule: form.id, field, message });
  const source = isSource(form.source) ? [] : [problem('source', `${form.source} is no source`)];
  return [...source, ...unknownRules(form, ids).map((rule) => problem('rules', `there is no rule ${rule}`))];
}

/** A source is an address, a mirrored text by its number, or frankly memory. */
export function isSource(source: string): boolean {
  return source === 'knowledge' || /^mirror:\d+$/.test(source) || (/^https?:\/\/[^/]+\./.test(source) && URL.canParse(source));
}

function recordProblems({ file, record }: Filed, ids: ReadonlySet<string>, holidays: Holidays): FileProblem[] {
  const problems: FileProblem[] = [];
  const say = (field: string, message: string) => problems.push({ file, rule: record.id, field, message });
  const sources = [record.source, ...(record.sources ?? []), ...Object.values(record.provenance ?? {}).map(({ source }) => source)];
  for (const source of sources)
    if (!isSource(source)) say('source', `"${source}" is neither an address, mirror:<number> nor knowledge`);
  if (placeCode(record.jurisdiction) === undefined) say('jurisdiction', `${record.jurisdiction} is no jurisdiction`);
  if (record.calendar !== undefined && record.calendar !== 'none' && holidays[record.calendar] === undefined)
    say('calendar', `no calendar ${record.calendar}`);
  for (const id of referencesOf(record)) if (!ids.has(id)) say('deadline', `refers to ${id}, which does not exist`);
  for (const zone of record.zone ?? []) if (zone !== 'entity' && !isZone(zone)) say('zone', `${zone} is no time zone`);
  for (const name of startsOf(record)) if (!isAnchor(name)) say('start', `${name} is no anchor`);
  for (const word of [record.applies, ...(record.cases ?? []).map((c) => c.when)].flatMap(unknownWords))
    say('applies', `unknown word ${word}`);
  const timed = record.deadline.kind !== 'none' && !('to' in record.deadline) && record.deadline.kind !== 'earliest-of';
  if (timed && record.start === undefined && record.variant === undefined) say('start', 'a number needs a start');
  return problems;
}

function isZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

function isAnchor(name: string): boolean {
  return name === 'agent_discovered' || (ANCHORS as readonly string[]).includes(name);
}

function referencesOf({ deadline, cases, order, variant }: RuleRecord): string[] {
  const of = (d: Deadline) => ('to' in d ? d.to : []);
  return [
    ...of(deadline),
    ...(cases ?? []).flatMap((c) => of(c.deadline)),
    ...(order ?? []).map(({ to }) => to),
    ...(variant === undefined ? [] : [variant.of]),
  ];
}

function startsOf({ start, deadline, cases }: RuleRecord): string[] {
  const options = deadline.kind === 'earliest-of' ? deadline.options.map((option) => option.start) : [];
  return [start, ...options, ...(cases ?? []).map((c) => c.start)].flatMap((s) => (s === undefined ? [] : namesOf(s)));
}

function namesOf(start: Start): string[] {
  if (typeof start === 'string') return [start];
  return ('first' in start ? start.first : 'earliest' in start ? start.earliest : start.latest).flatMap(namesOf);
}

function unknownWords(predicate: Predicate): string[] {
  if ('all' in predicate) return predicate.all.flatMap(unknownWords);
  if ('any' in predicate) return predicate.any.flatMap(unknownWords);
  if ('not' in predicate) return unknownWords(predicate.not);
  if ('data' in predicate) return predicate.data.filter((word) => dataElement(word) === undefined);
  if ('dataStated' in predicate) return predicate.dataStated.filter((word) => dataElement(word) === undefined);
  if ('incident' in predicate) return predicate.incident.filter((word) => !(INCIDENT_TYPES as readonly string[]).includes(word));
  if ('anchor' in predicate) return predicate.anchor.filter((name) => !isAnchor(name));
  if ('home' in predicate) return predicate.home.filter((place) => place !== 'EEA' && placeCode(place) === undefined);
  return [];
}

/** Whether a duty can fire at all, so that it owes two examples. */
export function canFire({ status, kind, variant, effective }: RuleRecord, today: string): boolean {
  const inForce = status === 'in-force' || (status === 'not-yet' && effective !== undefined);
  return (
    inForce &&
    (effective === undefined || effective <= today) &&
    variant === undefined &&
    (kind === 'obligation' || kind === 'contractual')
  );
}

function exampleProblems({ file, record }: Filed, book: Rulebook): FileProblem[] {
  if (!canFire(record, '2026-11-23')) return [];
  const example = exampleOf(record, book);
  if (example === undefined)
    return [{ file, rule: record.id, field: 'examples', message: 'no example could be made from the predicate: it needs its own' }];
  return contradictions(record.id, example, book).map((message) => ({ file, rule: record.id, field: 'examples', message }));
}

const FIRED = new Set(['dated', 'no-number', 'not-started', 'late', 'met', 'paused']);

/** What the two examples of a rule get wrong: nothing, when the first fires and the second does not. */
export function contradictions(id: string, { fires, not, changed }: Example, book: Rulebook): string[] {
  const stateOf = (input: unknown) => {
    const { findings, refused } = parseFindings(input, 0);
    if (refused.length > 0) return `refused (${refused[0]?.field})`;
    return evaluate(findings, book).duties.find((duty) => duty.id === id)?.state ?? 'not-triggered';
  };
  const first = stateOf(fires);
  const second = stateOf(not);
  return [
    ...(FIRED.has(first) ? [] : [`its example does not fire it: ${first}`]),
    ...(second === 'not-triggered' ? [] : [`with ${changed} changed it still fires: ${second}`]),
  ];
}
