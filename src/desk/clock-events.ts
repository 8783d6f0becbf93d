import type { Duty } from '../law/duty.ts';
import { ruleChanged } from '../law/sealed-duty.ts';
import type { DutyName, DutyState, Event, EventOf, Seq } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { type DutyRecord, dutyKey, GONE, isSettled, type SealedDate } from '../record/incident-duties.ts';
import { type Clocks, nameOf, type OwedDuty } from './clocks.ts';

/**
 * What must be sealed because the clocks say something else than the record: a first date, a date that a finding moved, and
 * a rule that changed under a sealed date (which then stands until somebody accepts). Pure, and empty once it was sealed.
 * `because` is the entry from which it follows; none where time passed or the law data are others.
 */
export function clockEvents(incident: Incident, clocks: Clocks, because: Seq | undefined): Event[] {
  const listed = clocks.duties.filter(({ current }) => current !== undefined);
  const seen = new Set(listed.map(({ key }) => key));
  const others = [...incident.owed.duties.values()].filter((record) => !seen.has(dutyKey(record)));
  return [...listed.flatMap((owed) => ofListed(owed, because)), ...others.flatMap((record) => ofUnlisted(record, clocks, because))];
}

function ofListed({ name, current, record }: OwedDuty, because: Seq | undefined): Event[] {
  if (current === undefined || current.state === 'waived') return [];
  const sealed = record?.sealed;
  const sameRule = sealed === undefined || sealed.due === undefined || sealed.ruleVersion === current.ruleVersion;
  if (sameRule || record?.accepted === current.ruleVersion) return isSame(sealed, current) ? [] : [dated(name, current, because)];
  if (isSettled(sealed.state) && current.done !== null) return [];
  return changed(name, sealed, record, current);
}

/** Lateness by the mere passing of time is not sealed: the date is. */
const standing = ({ state, done }: Duty): DutyState => (state === 'late' && done === null ? 'dated' : state);

function isSame(sealed: SealedDate | undefined, current: Duty): boolean {
  if ((sealed?.due ?? null) === null && current.due === null) return true;
  if (sealed === undefined) return !DATED.has(current.state);
  return (
    (sealed.due ?? null) === current.due &&
    (sealed.zone ?? null) === current.zone &&
    sealed.state === standing(current) &&
    sealed.provisional === current.provisional &&
    sealed.ruleVersion === current.ruleVersion
  );
}

/** A first date is sealed only for what is owed. */
const DATED = new Set<DutyState>(['dated', 'late', 'met', 'paused']);

function dated(name: DutyName, duty: Duty, because: Seq | undefined): EventOf<'duty.dated'> {
  const { jurisdiction, due, zone, provisional, citation, ruleVersion, verifiedOn } = duty;
  const when = due === null ? {} : { due, ...(zone === null ? {} : { zone }) };
  const more = { provisional, citation, ruleVersion, verifiedOn, ...(because === undefined ? {} : { because }) };
  return { kind: 'duty.dated', body: { ...name, state: standing(duty), jurisdiction, ...when, ...more }, texts: {} };
}

/** Raised once for every version and date that the law data come to say. */
function changed(name: DutyName, sealed: SealedDate, record: DutyRecord | undefined, current: Duty): Event[] {
  const { ruleVersion: to, due, zone, citation } = current;
  const [change] = ruleChanged([sealedDuty(name, sealed)], [{ ...current, instance: name.instance ?? null }]);
  const known = record?.change;
  if (change === undefined || (known?.to === to && (known.due ?? null) === due && known.state === standing(current))) return [];
  const when = due === null ? {} : { due, ...(zone === null ? {} : { zone }) };
  const body = { ...name, from: sealed.ruleVersion, to, state: standing(current), citation, ...when };
  return [{ kind: 'duty.rule-changed', body, texts: {} }];
}

/** What a record seals of a duty, in the words of the law data. */
export function sealedDuty({ duty, instance }: DutyName, { due, zone, ruleVersion, citation }: SealedDate) {
  return { id: duty, instance: instance ?? null, due: due ?? null, zone: zone ?? null, ruleVersion, citation };
}

/** A place that left the findings leaves no duty behind; a rule that left the data raises an item like any other change. */
function ofUnlisted(record: DutyRecord, { book }: Clocks, because: Seq | undefined): Event[] {
  const { sealed, change, accepted } = record;
  if (sealed?.due === undefined) return [];
  const name = nameOf(record);
  if (book.ready(record.duty) !== undefined || accepted === GONE) {
    const { jurisdiction, citation, ruleVersion, verifiedOn } = sealed;
    const body = { ...name, state: 'not-triggered' as const, jurisdiction, provisional: false, citation, ruleVersion, verifiedOn };
    return [{ kind: 'duty.dated', body: because === undefined ? body : { ...body, because }, texts: {} }];
  }
  if (isSettled(sealed.state) || (change !== undefined && change.to === undefined)) return [];
  return [{ kind: 'duty.rule-changed', body: { ...name, from: sealed.ruleVersion, state: 'not-triggered' }, texts: {} }];
}
