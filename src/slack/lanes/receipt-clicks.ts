import { placeOf } from '../../desk/broadcast-order.ts';
import { standingOf } from '../../desk/clients.ts';
import { laneOf } from '../../desk/lanes.ts';
import { queueOf } from '../../desk/plan.ts';
import type { Claimed, Delivery, Outcome, Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { choiceInput, context, input, menuInput, modal, section, textInput, type View } from '../blocks.ts';
import type { FormAnswer } from '../forms.ts';
import { type Caller, type House, isRefusal, personOf, placeIn } from '../house.ts';
import { clip, safe } from '../mrkdwn.ts';
import type { Form } from '../payloads.ts';
import type { ReceiptFiles } from './receipt-files.ts';

const WHERE = [
  { text: 'Into the client’s own channel', value: 'theirs' },
  { text: 'Into this channel, for us', value: 'here' },
];

/** For one client: where the receipt goes is said by whoever clicks. */
export function receiptForm({
  incident,
  client,
  name,
  record,
  channel,
}: {
  incident: string;
  client: string;
  name: string;
  record: string;
  channel: string;
}): View {
  return modal('lanes.receipt', 'Receipt', 'Make it', JSON.stringify({ incident, client, record, channel }), [
    section(
      `What *${safe(clip(name, 100))}* was told, when and in which words, with what they answered, as a page that anybody can check. Nothing else of the record is in it.`,
    ),
    input('where', 'Where does it go?', choiceInput(WHERE, 'theirs')),
    context('It is noted in the record of this client that you sent it.'),
  ]);
}

/** For a client of a vendor incident, by name: also those who have no lane. */
export function receiptsForm(incident: string, clients: { id: string; name: string }[]): View {
  const choices = clients.slice(0, 100).map(({ id, name }) => ({ text: clip(name, 75), value: id }));
  const many = clients.length > 100;
  return modal('lanes.receipt', 'Receipt', choices.length === 0 ? undefined : 'Send it', JSON.stringify({ incident }), [
    section('What one client was told, when and in which words, goes as a page into that client’s own channel.'),
    ...(choices.length === 0
      ? [context('Nobody was told anything yet.')]
      : [input('client', 'For whom?', menuInput(choices), { optional: many })]),
    ...(many ? [input('id', 'Or the client’s id', textInput({ max: 80 }), { optional: true })] : []),
  ]);
}

/** Everybody who was told something: names and counts, as the coordinator sees them. */
export async function toldClients({ lanes, store }: House, incident: string): Promise<{ id: string; name: string }[]> {
  const inLanes = new Set((await lanes?.lanes.of(incident))?.filter(({ told }) => told > 0).map(({ client }) => client));
  const all = await store.coordinator().summaries('standing');
  return all.filter(({ client, told }) => told > 0 || inLanes.has(client)).map(({ client: id, name }) => ({ id, name }));
}

type About = { incident: string; client?: string; record?: string; channel?: string };

/** Notes who sent it in the client's own record, together with the delivery that carries it. */
export async function sendReceipt(house: House, form: Form, about: About, caller: Caller, key: string): Promise<FormAnswer> {
  const field = form.has('where') ? 'where' : 'client';
  const refused = (says: string) => ({ errors: { [field]: `${says} Nothing was sent.` } });
  const client = about.client ?? form.maybe('client') ?? form.text('id');
  const standing = await house.desk.view(client, standingOf(client));
  if (standing === undefined) return refused('That client is not in the register.');
  const lane = await house.desk.view(client, laneOf(about.incident, client));
  const view = lane ?? standing;
  const theirs = form.text('where') !== 'here';
  const place = theirs ? placeOf(standing) : placeIn(house, caller.team, about.channel ?? '');
  if (place === undefined) return refused('The register names no channel of this client.');
  if (!theirs && !isOwnRoom(view, place)) return refused('Only the channel of this client’s lane can have it.');
  const delivery = receiptDelivery(view.incident.record, key, place, about.incident);
  const text = theirs
    ? 'The receipt of what this client was told goes into its channel.'
    : 'The receipt of what this client was told was made for us.';
  const command = { do: 'recordNote', text } as const;
  const { record, of } = view.incident;
  const by = { person: await personOf(house, caller), via: house.via(caller.user), key };
  const answer = await house.desk.do({ client, record, of, command, ...by, also: () => [delivery] });
  return isRefusal(answer) ? refused(answer.refused) : undefined;
}

const isOwnRoom = ({ incident }: RecordView, { workspace, channel }: Place): boolean =>
  incident.places.some((one) => one.purpose === 'incident' && one.workspace === workspace && one.channel === channel);

function receiptDelivery(record: string, key: string, place: Place, incident: string): Delivery {
  const { surface, workspace, channel } = place;
  const body = JSON.stringify({ place: { surface, workspace, channel }, incident });
  return { id: `${record}/receipt/${key}`, record, kind: 'receipt-file', queue: queueOf(place), body, coalescing: false };
}

type Parts = {
  client: House['client'];
  receipt?: ((client: string, incident: string) => Promise<ReceiptFiles | string>) | undefined;
};

/** Made when it goes, from what the record holds then; a record that does not verify gives none. */
export async function uploadReceipt({ client: slack, receipt }: Parts, { body }: Claimed, view: RecordView): Promise<Outcome> {
  const { place, incident }: { place: Place; incident: string } = JSON.parse(body);
  const made = await receipt?.(view.client, incident);
  if (made === undefined || typeof made === 'string')
    return { state: 'refused', code: 'no-receipt', sentence: made ?? 'No receipt can be made here.' };
  await slack.filesUploadV2({
    channel_id: place.channel,
    initial_comment: `${view.incident.drill ? 'DRILL · ' : ''}What you were told so far, word for word: ${made.told} ${made.told === 1 ? 'message' : 'messages'}. Open the page and press Verify to check that nothing was changed.`,
    file_uploads: made.files.map(({ filename, bytes }) => ({ filename, title: filename, file: Buffer.from(bytes) })),
  });
  return { state: 'sent', ref: made.name };
}
