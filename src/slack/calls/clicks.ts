import { CLAIM_MINUTES } from '../../desk/call-sheet.ts';
import type { By } from '../../desk/clients.ts';
import { boardDelivery, callsDelivery } from '../../desk/lane-cards.ts';
import { ourselves } from '../../desk/ourselves.ts';
import type { Delivery, Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import type { CallOutcome } from '../../record/event.ts';
import type { View } from '../blocks.ts';
import type { FormAnswer } from '../forms.ts';
import { type Caller, type House, isRefusal, personOf, placeIn, recordOf } from '../house.ts';
import type { Form } from '../payloads.ts';
import { phoneForm, sheetLook } from './card.ts';
import { callScript } from './script.ts';

export type CallClick = { verb: string; value: string; channel: string; key: string };

/** A sheet names people to phone: never where another workspace reads along. */
export const SHARED =
  'People of another workspace are in this channel, and the call sheet names the people to phone. Nothing was shown. Use the team’s own channel, or print it: firebreak calls INCIDENT --out FILE';

const ELSEWHERE = 'The call sheet is shown in the channel of the vendor incident only. Nothing was shown or recorded here.';
const GONE = { say: 'That incident is not here any more. Nothing was recorded.' };
const OUTCOMES: readonly string[] = ['reached', 'left-word', 'no-answer'] satisfies CallOutcome[];

/** A tap on the call sheet. The caller of this has made sure that the sheet's incident may be acted on in this channel. */
export async function callClick(
  house: House,
  caller: Caller,
  click: CallClick,
): Promise<{ form: View } | { say: string } | undefined> {
  const [incident = '', second = '', third] = click.value.split('|');
  const { calls } = house.lanes ?? {};
  const view = await recordOf(house, caller.team, incident);
  if (calls === undefined || view === undefined || view.client !== house.clientOf(caller.team)) return GONE;
  const barred = await barredForSheet(house, view, caller.team, click.channel);
  if (barred !== undefined) return { say: barred };
  const by = { person: await personOf(house, caller), via: house.via(caller.user), key: click.key } satisfies By & { key: string };
  if (click.verb === 'take') return takeCall(house, incident, second, by);
  if (OUTCOMES.includes(click.verb)) {
    const answer = await calls.log(incident, second, { outcome: click.verb as CallOutcome }, by);
    await redrawSheets(house, view.client, incident);
    return isRefusal(answer) ? { say: `${answer.refused} Nothing more was recorded.` } : undefined;
  }
  const place = placeIn(house, caller.team, click.channel);
  const page = /^\d{1,4}$/.test(second) ? Number(second) : 0;
  await house.desk.send(view.client, [callsDelivery(incident, place, sheetLook(incident, page, third === 'all'))]);
  return undefined;
}

/** Only where this incident is worked on, and nobody from outside reads: asked of Slack again each time, for that changes. */
export async function barredForSheet(house: House, view: RecordView, team: string, channel: string): Promise<string | undefined> {
  const place = placeIn(house, team, channel);
  if (!isWorkedOnIn(view, place)) return ELSEWHERE;
  return (await house.lanes?.isShared?.(place)) === true ? SHARED : undefined;
}

export const isWorkedOnIn = ({ incident }: RecordView, { workspace, channel }: Place): boolean =>
  incident.places.some((place) => place.purpose === 'incident' && place.workspace === workspace && place.channel === channel);

/** Whoever says so first phones them; the form that opens is the script, and the way to log how it went. */
export async function takeCall(
  house: House,
  incident: string,
  client: string,
  by: By & { key: string },
): Promise<{ form: View } | { say: string }> {
  const calls = house.lanes?.calls;
  const phoned = await calls?.phoned(incident, client);
  if (calls === undefined || phoned === undefined)
    return { say: 'That client is not in the register any more. Nothing was recorded.' };
  const answer = await calls.claim(incident, client, by);
  const { claim } = (phoned.lane ?? phoned.standing).incident.lanes;
  const people = (phoned.lane ?? phoned.standing).incident.people;
  const mine = claim !== undefined && people.get(claim.by)?.account === by.person.account;
  if (isRefusal(answer) && !mine) return { say: `${answer.refused} Nothing was recorded.` };
  await redrawSheets(house, house.clientOf(house.team ?? ''), incident);
  const ours = await ourselves(house.desk, house.clientOf(house.team ?? ''));
  const script = house.notices === undefined ? undefined : callScript(phoned, house.notices, ours?.contact || ours?.phone);
  const contacts = (phoned.profile?.contacts ?? [])
    .slice(0, 6)
    .map(({ name, role, mobile, email }) =>
      [name, role, mobile, email].filter((part) => part !== undefined && part !== '').join(' · '),
    );
  const name = `${phoned.standing.incident.lanes.client?.name ?? client} (yours for ${CLAIM_MINUTES} minutes)`;
  return { form: phoneForm({ client, name, contacts }, script, incident) };
}

/** The form under the script comes back: a call with whom and what, where somebody typed it. */
export async function phoned(
  house: House,
  form: Form,
  { incident, client = '' }: { incident: string; client?: string },
  by: By & { key: string },
): Promise<FormAnswer> {
  const [who, note] = [form.maybe('who'), form.maybe('note')];
  const outcome = form.text('outcome') as CallOutcome;
  const call = { outcome, ...(who === undefined ? {} : { who }), ...(note === undefined ? {} : { note }) };
  const answer = await house.lanes?.calls?.log(incident, client, call, by);
  if (answer === undefined || isRefusal(answer))
    return { errors: { outcome: `${answer?.refused ?? 'There are no clients here.'} Nothing was recorded.` } };
  await redrawSheets(house, house.clientOf(house.team ?? ''), incident);
  return undefined;
}

/** Every sheet and board of this incident that stands somewhere, each as it was looked at last. */
export async function sheetsAndBoards(house: House, us: string, incident: string): Promise<Delivery[]> {
  const shown = await house.store.open(us).deliveries(incident);
  return shown.flatMap(({ kind, body }) => {
    const draw = kind === 'call-sheet' ? callsDelivery : kind === 'board-card' ? boardDelivery : undefined;
    const { place, look } = JSON.parse(body || '{}') as { place?: Place; look?: string };
    return draw === undefined || place === undefined ? [] : [draw(incident, place, look)];
  });
}

export async function redrawSheets(house: House, us: string, incident: string): Promise<void> {
  const again = await sheetsAndBoards(house, us, incident);
  if (again.length > 0) await house.desk.send(us, again);
}
