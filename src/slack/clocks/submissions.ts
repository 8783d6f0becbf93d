import type { Doing } from '../../desk/desk.ts';
import type { Command } from '../../record/command.ts';
import type { DutyName } from '../../record/event.ts';
import type { Incident } from '../../record/incident.ts';
import { accountOf, type Caller, type House, personOf, recordOf } from '../house.ts';
import { evidenceDeliveries } from '../keeping/evidence.ts';
import type { Form } from '../payloads.ts';
import { factAnswer } from './fact-answer.ts';
import type { ClockAbout } from './forms.ts';

type Made = { command: Command; more?: Partial<Doing> } | { errors: Record<string, string> } | undefined;

/** The command that a form about clocks means. */
export async function clockCommand(house: House, callback: string, form: Form, about: ClockAbout, caller: Caller): Promise<Made> {
  const view = await recordOf(house, caller.team, about.record);
  if (view === undefined) return undefined;
  const reason = form.text('reason');
  const duty = nameOf(about.duty ?? form.text('duty'));
  switch (callback) {
    case 'clock.answer': {
      const answer = factAnswer(view.incident, about.field ?? '', form);
      return 'errors' in answer ? answer : { command: { do: 'setFacts', facts: answer.facts } };
    }
    case 'clock.time':
      return anchorCommand(view.incident, form, about);
    case 'clock.filed':
      return filed(form, about, duty, accountOf(house, caller));
    case 'clock.waive': {
      const user = form.maybe('approver');
      if (user === undefined) return { errors: { approver: 'Choose a second person. Nothing was recorded.' } };
      const approver = await personOf(house, { user, team: caller.team });
      return { command: { do: 'waiveDuty', ...duty, reason, approver } };
    }
    case 'clock.undo':
      return { command: { do: 'reopenDuty', ...duty, reason } };
    case 'clock.accept':
      return { command: { do: 'acceptRule', ...duty, of: about.of ?? 0, ...given('note', form.maybe('note')) } };
  }
}

/** A key of a duty, as buttons and menus carry it. */
function nameOf(key: string): DutyName {
  const [duty = '', instance] = key.split('|');
  return instance === undefined ? { duty } : { duty, instance };
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { [P in K]?: V });
}

/** The entry that the person saw is the one that is replaced; a newer one is refused by the record. */
function anchorCommand(incident: Incident, form: Form, { anchor: fixed, size = 0 }: ClockAbout): Made {
  const anchor = fixed ?? form.text('anchor');
  const exact = form.text('exact');
  const instant = form.when('at');
  if (instant === undefined && exact !== 'unknown') return { errors: { at: 'When was it? Nothing was recorded.' } };
  const current = incident.owed.anchors.get(anchor)?.seq;
  const at = exact === 'unknown' || instant === undefined ? undefined : exact === 'day' ? dayOf(incident, instant) : instant;
  const command: Command = {
    do: 'setAnchor',
    anchor,
    ...given('at', at),
    ...given('supersedes', current !== undefined && current <= size ? current : undefined),
    ...given('reason', form.maybe('reason')),
    ...given('source', form.maybe('source')),
  };
  return { command };
}

/** The day of an instant where the entity is: that is the day its law counts. */
function dayOf({ owed }: Incident, instant: string): string {
  const zone = owed.facts.get('entity.zone')?.value;
  const local = Temporal.Instant.from(instant).toZonedDateTimeISO(typeof zone === 'string' ? zone : 'UTC');
  return local.toPlainDate().toString();
}

function filed(form: Form, about: ClockAbout, duty: DutyName, account: string): Made {
  const at = form.when('at');
  if (at === undefined) return { errors: { at: 'When was it sent? Nothing was recorded.' } };
  const files = form.files('file');
  const supersedes = form.maybe('supersedes');
  const command: Command = {
    do: 'fileDuty',
    ...duty,
    at,
    evidence: form.many('evidence').map(Number),
    ...given('received', form.when('received')),
    ...given('reference', form.maybe('reference')),
    ...given('proof', form.maybe('proof')),
    ...(supersedes === undefined ? {} : { supersedes: Number(supersedes) }),
  };
  return { command, more: { also: () => evidenceDeliveries({ record: about.record }, files, account) } };
}
