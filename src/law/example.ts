/**
 * Two examples for a rule, made from its predicate: findings that fire it as narrowly as they can (one person over the
 * threshold, one kind of data), and one field changed so that it does not fire.
 */
import type { Compare, Deadline, Predicate, Rule, RuleRecord, Start } from './duty.ts';
import { parseFindings } from './findings.ts';
import { compile } from './predicate.ts';
import type { Rulebook } from './rulebook.ts';
import { fits } from './span.ts';

type Json = Record<string, unknown>;
export type Example = { fires: Json; not: Json; changed: string };

const BEFORE = '2026-11-23T10:00:00Z';
export const EXAMPLE_NOW = '2026-11-23T12:00:00Z';

/** The examples of a rule: its own, or made ones; undefined when none could be made (then it needs its own). */
export function exampleOf(rule: RuleRecord, book: Rulebook): Example | undefined {
  if (rule.examples !== undefined) {
    const { fires, not } = rule.examples;
    return {
      fires: { now: EXAMPLE_NOW, ...fires },
      not: { now: EXAMPLE_NOW, ...merged(fires, not) },
      changed: Object.keys(not).join(', '),
    };
  }
  const fires = firing(rule, book);
  if (fires === undefined) return undefined;
  for (const { findings, field } of changes(fires, rule.applies, rule.jurisdiction)) {
    if (!holds(rule, findings)) return { fires, not: findings, changed: field };
  }
  return undefined;
}

function merged(base: Json, patch: Json): Json {
  const out: Json = { ...base };
  for (const [key, value] of Object.entries(patch)) {
    const was = out[key];
    if (value === null) delete out[key];
    else out[key] = isObject(value) && isObject(was) ? merged(was, value) : value;
  }
  return out;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function holds(rule: Rule, findings: Json): boolean {
  const scope = parseFindings(findings, Date.parse(EXAMPLE_NOW)).findings.scopes[0];
  if (scope === undefined || compile(rule.applies, rule.jurisdiction)(scope, []) !== undefined) return false;
  return rule.template === undefined || scope.contracts.some((contract) => fits(rule, contract));
}

/** Findings that meet a rule's predicate, and that of every rule its clock hangs on. */
function firing(rule: Rule, book: Rulebook): Json | undefined {
  const linked = chained(rule.deadline).flatMap((id) => book.ready(id)?.rule ?? []);
  const chain = [...linked.slice(0, 1), rule];
  for (let choice = 0; choice < 4; choice += 1) {
    const findings = blank(rule);
    for (const link of chain) satisfy(link.applies, link.jurisdiction, findings, choice);
    for (const link of chain)
      if (link.start !== undefined) for (const name of anchorsOf(link.start)) setIn(findings, 'anchors', name, BEFORE);
    if (rule.deadline.kind === 'earliest-of')
      for (const name of rule.deadline.needs ?? []) setIn(findings, 'anchors', name, BEFORE);
    if (chain.every((link) => holds(link, findings))) return findings;
  }
  return undefined;
}

function chained(deadline: Deadline): string[] {
  return deadline.kind === 'after' || deadline.kind === 'same' || deadline.kind === 'floor' ? deadline.to : [];
}

function blank(rule: Rule): Json {
  const country = rule.jurisdiction === 'EU' ? 'DE' : rule.jurisdiction;
  const findings: Json = {
    now: EXAMPLE_NOW,
    entity: { role: 'owner', zone: 'UTC' },
    anchors: {},
    residents: {},
    data_elements: ['name'],
  };
  if (country !== 'XX' && country !== 'US') setIn(findings, 'entity', 'jurisdiction', country);
  if (country === 'US') setIn(findings, 'entity', 'jurisdiction', 'US-OH');
  if (rule.template !== undefined)
    findings.contracts = [{ party: [rule.template.party].flat()[0] ?? 'Example Ltd', kind: rule.template.contract, hours: 48 }];
  return findings;
}

function setIn(findings: Json, block: string, key: string, value: unknown): void {
  const inner = findings[block];
  findings[block] = { ...(isObject(inner) ? inner : {}), [key]: value };
}

export function anchorsOf(start: Start): string[] {
  if (typeof start === 'string') return [start === 'agent_discovered' ? 'vendor_discovered' : start];
  const options = 'first' in start ? start.first.slice(0, 1) : 'earliest' in start ? start.earliest.slice(0, 1) : start.latest;
  return options.flatMap(anchorsOf);
}

function enough({ op, value }: Compare): number {
  if (op === '>') return value + 1;
  return op === '<' ? Math.max(0, value - 1) : value;
}

function placeIn(of: string): string {
  if (of === 'EU' || of === 'EEA') return 'DE';
  return of === 'US' ? 'US-OH' : of;
}

/** Changes the findings so that the predicate holds; `choice` says which branch of an `any` to try first. */
function satisfy(predicate: Predicate, jurisdiction: string, findings: Json, choice: number): void {
  if ('all' in predicate) for (const part of predicate.all) satisfy(part, jurisdiction, findings, choice);
  else if ('any' in predicate) {
    const part = predicate.any[choice % predicate.any.length];
    if (part !== undefined) satisfy(part, jurisdiction, findings, choice);
  } else if ('not' in predicate) refute(predicate.not, findings);
  else if ('residents' in predicate) {
    setIn(findings, 'residents', placeIn(predicate.residents.of ?? jurisdiction), enough(predicate.residents));
  } else if ('residentsOfOne' in predicate)
    setIn(findings, 'residents', placeIn(predicate.residentsOfOne.of), enough(predicate.residentsOfOne));
  else if ('individuals' in predicate) findings.individuals_total = enough(predicate.individuals);
  else satisfyWord(predicate, findings);
}

function satisfyWord(predicate: Predicate, findings: Json): void {
  if ('role' in predicate) setIn(findings, 'entity', 'role', predicate.role[0]);
  else if ('home' in predicate) setIn(findings, 'entity', 'jurisdiction', placeIn(predicate.home[0] ?? 'DE'));
  else if ('sector' in predicate) setIn(findings, 'entity', 'sector', predicate.sector[0]);
  else if ('mark' in predicate) setIn(findings, 'entity', predicate.mark, predicate.is?.[0] ?? true);
  else if ('number' in predicate) {
    const { field } = predicate.number;
    if (/^(staff|turnover|balance)/.test(field)) setIn(findings, 'entity', field, enough(predicate.number));
    else findings[field] = enough(predicate.number);
  } else if ('data' in predicate) findings.data_elements = [...elementsOf(findings), predicate.data[0]];
  else if ('dataStated' in predicate) findings.data_elements = [...elementsOf(findings), predicate.dataStated[0]];
  else if ('risk' in predicate) findings.risk = predicate.risk;
  else if ('incident' in predicate) findings.incident_type = predicate.incident[0];
  else if ('flag' in predicate) findings[predicate.flag] = true;
  else if ('anchor' in predicate) setIn(findings, 'anchors', predicate.anchor[0] ?? '', BEFORE);
  else if ('vendor' in predicate) findings.vendor = { ...predicate.vendor };
  else if ('secured' in predicate) Object.assign(findings, { encrypted: true, key_taken: false });
  else if ('harmExcused' in predicate) Object.assign(findings, { harm_unlikely: true, harm_determination_documented: true });
}

function elementsOf(findings: Json): unknown[] {
  return Array.isArray(findings.data_elements) ? findings.data_elements : [];
}

/** Findings say nothing by default; only what would be assumed must be denied. */
function refute(predicate: Predicate, findings: Json): void {
  if ('any' in predicate) for (const part of predicate.any) refute(part, findings);
  else if ('secured' in predicate) findings.encrypted = false;
  else if ('number' in predicate) findings[predicate.number.field] = tooFew(predicate.number);
  else if ('personalData' in predicate) findings.data_elements = [];
}

function tooFew({ op, value }: Compare): number {
  if (op === '>') return value;
  return op === '>=' ? Math.max(0, value - 1) : value + 1;
}

/** Findings with one field changed, the thresholds of the predicate first. */
function* changes(fires: Json, predicate: Predicate, jurisdiction: string): Generator<{ findings: Json; field: string }> {
  for (const { path, value } of [...contrary(predicate, jurisdiction), ...GENERAL]) {
    const [outer = '', inner] = path;
    const block = fires[outer];
    const changed = inner === undefined ? value : { ...(isObject(block) ? block : {}), [inner]: value };
    const findings = { ...fires, [outer]: changed };
    if (value === undefined && inner === undefined) delete findings[outer];
    yield { findings: JSON.parse(JSON.stringify(findings)), field: path.join('.') };
  }
}

type Change = { path: string[]; value: unknown };

const GENERAL: Change[] = [
  { path: ['data_elements'], value: [] },
  { path: ['entity', 'role'], value: 'service-provider' },
  { path: ['entity', 'role'], value: 'owner' },
  { path: ['entity', 'role'], value: 'manufacturer' },
  { path: ['encrypted'], value: true },
  { path: ['risk'], value: 'unlikely' },
  { path: ['entity', 'sector'], value: 'other' },
  { path: ['entity', 'jurisdiction'], value: 'US-OH' },
  { path: ['entity', 'jurisdiction'], value: 'NZ' },
  { path: ['residents'], value: {} },
  { path: ['contracts'], value: undefined },
];

/** The smallest change against each part of a predicate. */
function contrary(predicate: Predicate, jurisdiction: string): Change[] {
  if ('all' in predicate) return predicate.all.flatMap((part) => contrary(part, jurisdiction));
  if ('any' in predicate) return predicate.any.flatMap((part) => contrary(part, jurisdiction));
  if ('residents' in predicate)
    return [{ path: ['residents', placeIn(predicate.residents.of ?? jurisdiction)], value: tooFew(predicate.residents) }];
  if ('residentsOfOne' in predicate)
    return [{ path: ['residents', placeIn(predicate.residentsOfOne.of)], value: tooFew(predicate.residentsOfOne) }];
  if ('individuals' in predicate) return [{ path: ['individuals_total'], value: tooFew(predicate.individuals) }];
  if ('number' in predicate) {
    const { field } = predicate.number;
    const block = /^(staff|turnover|balance)/.test(field) ? ['entity'] : [];
    return [{ path: [...block, field], value: tooFew(predicate.number) }];
  }
  if ('mark' in predicate)
    return [
      { path: ['entity', predicate.mark], value: undefined },
      { path: ['entity', predicate.mark], value: false },
    ];
  if ('flag' in predicate) return [{ path: [predicate.flag], value: undefined }];
  if ('incident' in predicate) return [{ path: ['incident_type'], value: 'other' }];
  if ('anchor' in predicate) return predicate.anchor.map((name) => ({ path: ['anchors', name], value: undefined }));
  if ('risk' in predicate) return [{ path: ['risk'], value: predicate.risk === 'high' ? 'likely' : 'unlikely' }];
  if ('harmExcused' in predicate) return [{ path: ['harm_unlikely'], value: false }];
  if ('vendor' in predicate) return [{ path: ['vendor'], value: undefined }];
  if ('not' in predicate && 'incident' in predicate.not) return [{ path: ['incident_type'], value: predicate.not.incident[0] }];
  if ('not' in predicate && 'mark' in predicate.not)
    return [{ path: ['entity', predicate.not.mark], value: predicate.not.is?.[0] ?? true }];
  if ('not' in predicate && 'flag' in predicate.not) return [{ path: [predicate.not.flag], value: true }];
  return [];
}
