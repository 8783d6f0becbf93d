import type { By } from '../../desk/clients.ts';
import { laneOf } from '../../desk/lanes.ts';
import { queueOf } from '../../desk/plan.ts';
import type { Delivery, Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { approve } from '../../notice/approval.ts';
import type { Notice } from '../../record/incident-notices.ts';
import type { View } from '../blocks.ts';
import type { FormAnswer } from '../forms.ts';
import { accountOf, type Caller, type House, isRefusal, personOf, recordOf } from '../house.ts';
import { toldPlace } from '../lanes/told-place.ts';
import { actorOf, approver, examined, promiseFault, requestOf } from '../notices/desk.ts';
import type { Form } from '../payloads.ts';
import { bank, type Drafting, draftAnswer } from './bank.ts';
import { alikeForm, replyForm } from './cards.ts';
import { alikeGroups, noticeOf } from './groups.ts';

export type ReplyClick = { verb: string; value: string; key: string };

const GONE = { say: 'That is not here any more. Nothing was recorded.' };

/** A click under a client's question, or on answers that read alike. The caller has looked whether it may be done in this channel. */
export async function replyClick(
  house: House,
  caller: Caller,
  { verb, value, key }: ReplyClick,
): Promise<{ form: View } | { say: string } | undefined> {
  const [record = '', second = '', third = ''] = value.split('|');
  const view = await recordOf(house, caller.team, record);
  if (view === undefined) return GONE;
  if (verb === 'approve') {
    const group = (await alikeGroups(house, record, second)).find((one) => one.key === third);
    return group === undefined || group.members.length < 2
      ? GONE
      : { form: alikeForm(group, { incident: record, batch: second, key: third }) };
  }
  if (view.incident.of !== 'lane') return GONE;
  const asked = view.entries[Number(second) - 1];
  const words = asked?.kind === 'receipt.given' ? (asked.texts.text ?? '') : '';
  if (verb === 'choose') return { form: replyForm(record, second, bank(house), words) };
  const by = { person: await personOf(house, caller), via: house.via(caller.user), key };
  const drafted = await draftAnswer(house, view, { question: third, ...askedBy(second) }, by);
  return isRefusal(drafted) ? { say: `${drafted.refused} Nothing was recorded.` } : undefined;
}

const askedBy = (seq: string): Pick<Drafting, 'asked'> => (/^\d+$/.test(seq) ? { asked: Number(seq) } : {});

const typed = (form: Form): Pick<Drafting, 'nextUpdate' | 'checking'> => ({
  nextUpdate: form.when('nextUpdate'),
  checking: form.maybe('checking'),
});

/** The form for one client comes back. */
export async function reply(
  house: House,
  form: Form,
  { record = '', order = '' }: { record?: string; order?: string },
  caller: Caller,
  key: string,
): Promise<FormAnswer> {
  const view = await recordOf(house, caller.team, record);
  if (view?.incident.of !== 'lane') return { errors: { question: GONE.say } };
  const by = { person: await personOf(house, caller), via: house.via(caller.user), key };
  const drafted = await draftAnswer(house, view, { question: form.text('question'), ...typed(form), ...askedBy(order) }, by);
  return isRefusal(drafted) ? { errors: { question: `${drafted.refused} Nothing was recorded.` } } : undefined;
}

type Many = { house: House; form: Form; incident: string; by: By; key: string; us: string };

/** One draft in each lane that is meant; what reads alike is approved together, on a card in the incident's own channel. */
export async function answerMany({ house, form, incident, by, key, us }: Many): Promise<string> {
  const question = form.text('question');
  const batch = house.desk.newId();
  let drafted = 0;
  for (const { client, status } of (await house.lanes?.lanes.of(incident)) ?? []) {
    const view = status === 'open' ? await house.desk.view(client, laneOf(incident, client)) : undefined;
    if (view === undefined || (form.text('whom') === 'asked' && !isAsking(view))) continue;
    const answer = await draftAnswer(house, view, { question, ...typed(form), batch }, { ...by, key: `${key}/${client}` });
    if (!isRefusal(answer)) drafted++;
  }
  const places = (await house.desk.view(us, incident))?.incident.places.filter(({ purpose }) => purpose === 'incident') ?? [];
  await house.desk.send(
    us,
    places.map((place) => alikeDelivery(incident, batch, question, place)),
  );
  return `Drafted ${drafted} ${drafted === 1 ? 'answer' : 'answers'}, each in its own lane. Nothing was sent.`;
}

/** A question that nothing has been told after. */
export function isAsking({ incident }: RecordView): boolean {
  const { receipts, told } = incident.lanes;
  const last = receipts.at(-1);
  if (last?.answer !== 'question') return false;
  const after = [...told.values(), ...[...incident.notices.values()].flatMap(({ sent }) => sent)];
  return !after.some(({ seq }) => seq > last.seq);
}

export function alikeDelivery(incident: string, batch: string, question: string, place: Place): Delivery {
  const { surface, workspace, channel } = place;
  const body = JSON.stringify({ place: { surface, workspace, channel }, batch, question });
  return {
    id: `${incident}/answers/${batch}@${channel}`,
    record: incident,
    kind: 'answers-card',
    queue: queueOf(place),
    body,
    coalescing: true,
  };
}

type Alike = { house: House; caller: Caller; incident: string; batch: string; group: string; key: string; us: string };

/** One approval for all that read alike: each is looked at by the gate again, sealed in its own lane, and let go into its own channel. */
export async function approveAlike({ house, caller, incident, batch, group: wanted, key, us }: Alike): Promise<string> {
  const vendor = await house.desk.view(us, incident);
  const group = (await alikeGroups(house, incident, batch)).find((one) => one.key === wanted);
  if (vendor === undefined || group === undefined) return GONE.say;
  const by = { person: await personOf(house, caller), via: house.via(caller.user) };
  const left: string[] = [];
  let sent = 0;
  for (const { client } of group.members.filter(({ state }) => state === 'draft')) {
    const view = await house.desk.view(client, laneOf(incident, client));
    const notice = view === undefined ? undefined : noticeOf(view, batch);
    const refused =
      view === undefined || notice === undefined ? 'it is gone' : await letGo({ house, caller, vendor, by, key }, view, notice);
    if (refused === undefined) sent++;
    else left.push(`${client} (${refused})`);
  }
  const places = vendor.incident.places.filter(({ purpose }) => purpose === 'incident');
  const { question = '' } = questionOf(house, group.words);
  await house.desk.send(
    us,
    places.map((place) => alikeDelivery(incident, batch, question, place)),
  );
  return `Approved and on their way: ${sent}.${left.length === 0 ? '' : ` Left as they are: ${left.slice(0, 20).join(', ')}.`}`;
}

const questionOf = (house: House, words: string): { question?: string } => {
  const found = bank(house).find(({ question }) => words.includes(question));
  return found === undefined ? {} : { question: found.id };
};

type Letting = { house: House; caller: Caller; vendor: RecordView; by: By; key: string };

/** Why it did not go, or undefined where it is on its way. Roles count where they were given: in the vendor incident, or in the lane. */
async function letGo({ house, caller, vendor, by, key }: Letting, view: RecordView, notice: Notice): Promise<string | undefined> {
  if (house.notices === undefined) return 'no templates';
  const account = accountOf(house, caller);
  const looked = examined(view, notice, house.notices);
  const request = requestOf(looked);
  const person = approver(view, actorOf(view, account));
  const roles = [...person.roles, ...approver(vendor, actorOf(vendor, account)).roles];
  const at = Temporal.Instant.fromEpochMilliseconds(view.now);
  const granted = request === undefined ? undefined : approve(request, { ...person, roles }, at);
  const late = promiseFault(looked);
  if (granted === undefined || late !== undefined) return late ?? 'its template is gone';
  if (!granted.ok) return granted.says;
  const place = await toldPlace(house, view);
  if (place === undefined) return 'no channel in the register';
  const { client, incident } = view;
  const on = { client, record: incident.record, of: 'lane', ...by } as const;
  const { id, sha256 } = notice;
  const approved = await house.desk.do({
    ...on,
    key: `${key}/${client}/approve`,
    command: { do: 'approveNotice', notice: id, sha256 },
  });
  if (isRefusal(approved)) return approved.refused;
  const command = { do: 'releaseNotice', notice: id, sha256, ...place, theirs: true } as const;
  const released = await house.desk.do({ ...on, key: `${key}/${client}/release`, command });
  return isRefusal(released) ? released.refused : undefined;
}
