import type { RecordView } from '../desk/view.ts';
import type { CommandOf } from '../record/command.ts';
import type { Choice } from './blocks.ts';
import { act, type Caller, type House, recordOf } from './house.ts';

type Close = CommandOf<'closeIncident'>;

/** The other incidents that this one may turn out to be a part of; the open ones first. */
export async function mergeable(house: House, { client, incident }: RecordView): Promise<Choice[]> {
  const others = (await house.desk.views(client)).filter(
    (view) => view.incident.of === 'incident' && view.incident.record !== incident.record,
  );
  const open = others.filter((view) => view.incident.status === 'open');
  const closed = others.filter((view) => view.incident.status !== 'open');
  return [...open.reverse(), ...closed.reverse()].map(({ incident: { record, title } }) => ({
    text: `${title} (${record})`,
    value: record,
  }));
}

/** What is merged into must be there; undefined where it is, or where nothing is merged. */
export async function lostTarget(house: House, { as, into }: Close, { team }: Caller): Promise<string | undefined> {
  if (as !== 'merged' || !into) return undefined;
  return (await recordOf(house, team, into)) === undefined ? `There is no incident ${into} here.` : undefined;
}

/** Whoever reads the other record must find what went into it: a note there names where it came from. */
export async function noteAtTarget(
  house: House,
  from: string,
  { as, into, reason }: Close,
  caller: Caller,
  key: string,
): Promise<void> {
  if (as !== 'merged' || !into) return;
  const title = (await recordOf(house, caller.team, from))?.incident.title ?? '';
  const text = `The incident ${from} ("${title}") was closed as a part of this one: ${reason}`;
  await act(house, caller, into, { do: 'recordNote', text }, { key: `${key}/merged` });
}
