import { dueOf } from '../law/bite.ts';
import { evaluate } from '../law/duties.ts';
import type { Duty, Refusal } from '../law/duty.ts';
import { parseFindings } from '../law/findings.ts';
import { jurisdictionsOf } from '../law/jurisdictions.ts';
import { Clock } from '../law/moment.ts';
import type { Rulebook } from '../law/rulebook.ts';
import type { Findings } from '../law/scope.ts';
import type { DutyName } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { type DutyRecord, dutyKey, isSettled, type RuleChange, type SealedDate } from '../record/incident-duties.ts';
import { contractIdOf, findingsInput } from '../record/law-findings.ts';

/** The law data: a port, because they lie on disk. Answers the rules of these jurisdictions, made ready. */
export type Law = { rulebook(places: ReadonlySet<string>): Rulebook };

/** A duty as the board shows it: what the law says of the record, and what the record has sealed of it. */
export type OwedDuty = {
  key: string;
  name: DutyName;
  /** As it stands: a sealed date stands until a change of its rule is accepted, and a filed one is frozen. */
  duty: Duty;
  /** As the law data say now. */
  current: Duty | undefined;
  record: DutyRecord | undefined;
  /** The rule changed under the sealed date, and nobody has accepted it. */
  change: RuleChange | undefined;
  /** The date rests on a record of low confidence, or on memory: counsel must be asked. */
  unverified: boolean;
};

export type Clocks = {
  /** What bites first comes first. */
  duties: OwedDuty[];
  findings: Findings;
  book: Rulebook;
  refused: Refusal[];
  warnings: string[];
};

/** Who must be told, worked out from a record. Pure; `now` in milliseconds of the epoch. */
export function clocksOf(incident: Incident, law: Law, now: number): Clocks {
  const { findings, refused, warnings } = parseFindings(findingsInput(incident), now);
  const records = [...incident.owed.duties.values()];
  const places = new Set(findings.scopes.flatMap((scope) => [...jurisdictionsOf(scope)]));
  for (const { sealed } of records) if (sealed !== undefined) places.add(sealed.jurisdiction);
  const book = law.rulebook(places);
  const evaluation = evaluate(findings, book);
  const all = evaluation.duties.map((duty) => owed(incident, book, duty, now));
  // Two contracts under one name: the one that bites first stands, or each would move the other's date for ever.
  const current = [...Map.groupBy(all, ({ key }) => key).values()].flatMap(([first]) => first ?? []);
  const seen = new Set(current.map(({ key }) => key));
  const gone = records.filter((record) => !seen.has(dutyKey(record))).flatMap((record) => unlisted(record, book, now));
  return {
    duties: [...gone, ...current],
    findings,
    book,
    refused: [...refused, ...evaluation.refused],
    warnings: [...warnings, ...evaluation.warnings],
  };
}

function owed(incident: Incident, book: Rulebook, current: Duty, now: number): OwedDuty {
  const instance = current.instance === null ? undefined : contractIdOf(incident, current.instance);
  const name = instance === undefined ? { duty: current.id } : { duty: current.id, instance };
  const key = dutyKey(name);
  const record = incident.owed.duties.get(key);
  const { duty, change } = asSealed(current, record, now);
  const unverified = current.confidence === 'low' || book.ready(current.id)?.rule.source === 'knowledge';
  return { key, name, duty, current, record, change, unverified };
}

/** The sealed date stands against another version of its rule; under the same version the findings decide. */
function asSealed(current: Duty, record: DutyRecord | undefined, now: number): Pick<OwedDuty, 'duty' | 'change'> {
  const sealed = record?.sealed;
  if (sealed?.due === undefined || sealed.ruleVersion === current.ruleVersion || current.state === 'waived')
    return { duty: current, change: undefined };
  const { due, zone = null, citation, ruleVersion, verifiedOn, provisional } = sealed;
  const frozen = { ...current, due, zone, citation, ruleVersion, verifiedOn, provisional, rolled: null };
  if (isSettled(sealed.state) && current.done !== null) return { duty: { ...frozen, state: sealed.state }, change: undefined };
  return { duty: { ...frozen, state: openState(sealed, now) }, change: record?.change };
}

function openState(sealed: SealedDate, now: number): Duty['state'] {
  const due = dueOf({ due: sealed.due ?? null, zone: sealed.zone ?? null });
  return due !== undefined && sealed.state === 'dated' && new Clock().endOf(due) < now ? 'late' : sealed.state;
}

/** A sealed date whose rule is no longer on file stands until somebody decides; a place that left the findings needs no line. */
function unlisted(record: DutyRecord, book: Rulebook, now: number): OwedDuty[] {
  const { duty: id, instance, sealed, change } = record;
  if (sealed?.due === undefined || book.ready(id) !== undefined) return [];
  const duty: Duty = {
    id,
    instance: instance ?? null,
    jurisdiction: sealed.jurisdiction,
    audience: [],
    recipient: id,
    state: openState(sealed, now),
    due: sealed.due,
    zone: sealed.zone ?? null,
    rolled: null,
    target: null,
    anchor: null,
    provisional: sealed.provisional,
    gates: [],
    citation: sealed.citation,
    ruleVersion: sealed.ruleVersion,
    verifiedOn: sealed.verifiedOn,
    confidence: 'low',
    why: 'the rule behind this date is no longer on file',
    startedAt: null,
    done: null,
  };
  return [{ key: dutyKey(record), name: nameOf(record), duty, current: undefined, record, change, unverified: true }];
}

export const nameOf = ({ duty, instance }: DutyRecord): DutyName => (instance === undefined ? { duty } : { duty, instance });
