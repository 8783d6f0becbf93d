import { type By, standingOf } from '../../desk/clients.ts';
import { type Lanes, laneOf } from '../../desk/lanes.ts';
import { queueOf } from '../../desk/plan.ts';
import type { Claimed, Delivery, Store } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { actions, button, context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import type { House } from '../house.ts';
import { safe } from '../mrkdwn.ts';
import { mark } from '../words.ts';

/** A client says that it is hit, or asks: told at once where the incident is worked on. That it did, never in which words. */
type Alert = { client: string; answer: string; inLane: boolean; at: number };

export function clientAlerts({ incident }: RecordView, { client, answer, inLane, at }: Alert): Delivery[] {
  const places = incident.places.filter(({ purpose }) => purpose === 'incident');
  return places.map((place) => {
    const { surface, workspace, channel } = place;
    return {
      id: `${incident.record}/client-alert/${client}/${inLane ? 'lane' : 'standing'}/${at}@${channel}`,
      record: incident.record,
      kind: 'client-alert',
      queue: queueOf(place),
      body: JSON.stringify({ place: { surface, workspace, channel }, client, answer }),
      coalescing: true,
    };
  });
}

/** As things stand when it is shown: who has no lane yet gets one with one tap. */
export async function alertCard({ store }: { store: Store }, { incident }: RecordView, { body }: Claimed): Promise<Card> {
  const { client, answer }: Alert = JSON.parse(body);
  const coordinator = store.coordinator();
  const name = (await coordinator.summaries('standing')).find((one) => one.client === client)?.name ?? client;
  const lane = (await coordinator.summaries('lane')).find((one) => one.client === client && one.incident === incident.record);
  const says = answer === 'hit' ? ':rotating_light: They say that they are hit' : ':speech_balloon: They have a question';
  const where = lane === undefined ? 'they have no lane yet: open one from the board' : 'see their lane';
  const text = `${mark(incident)}${says}: ${safe(name)} (${where}).`;
  const value = `${incident.record}|${client}`;
  return {
    text,
    blocks: [
      section(`*${mark(incident)}${says}: ${safe(name)}*${lane === undefined ? '\nThey have no lane yet.' : ''}`),
      actions(`alert|${value}`, [
        ...(lane === undefined ? [button('lanes.open', 'Open their lane', value, { style: 'primary' })] : []),
        button('calls.take', 'I phone them', value, answer === 'hit' && lane !== undefined ? { style: 'primary' } : {}),
      ]),
      context('What they wrote stands in their own record.'),
    ],
  };
}

/** One tap for a client who has no lane: what it was told and answered before stays in its standing record. */
export async function openLane(
  { desk, lanes, log }: House,
  incident: string,
  client: string,
  by: By,
): Promise<{ say: string } | undefined> {
  const opened: Awaited<ReturnType<Lanes['promote']>> | undefined = await lanes?.lanes.promote(incident, client, by);
  if (opened === undefined) return { say: 'There are no clients here. Nothing was recorded.' };
  if ('refused' in opened) return { say: `${opened.refused} Nothing was recorded.` };
  await carryAnswer(desk, incident, client, opened.lane);
  log.info({ incident, lane: opened.lane }, 'a lane was opened from an alert');
  return { say: 'Their lane is open, and its channel is on its way.' };
}

/** Where an answer lands: in the lane that the client has by now, with the leaf of what it answers, else where it was told. */
export async function landing(
  { desk, clientOf, team }: House,
  { client, record, order }: { client: string; record: string; order: string },
): Promise<{ record: string; told?: string }> {
  if (record !== standingOf(client)) return { record };
  const told = (await desk.view(client, record))?.incident.lanes.told.get(order);
  const vendor = (await desk.views(clientOf(team ?? ''))).find(({ incident }) => incident.lanes.orders.has(order));
  if (told === undefined || vendor === undefined) return { record };
  const lane = laneOf(vendor.incident.record, client);
  const open = (await desk.view(client, lane))?.incident;
  const leaf = await desk.leaf(client, record, told.seq);
  return open?.status === 'open' && leaf !== undefined ? { record: lane, told: leaf } : { record };
}

/** What a client asked before it had a lane is read and answered in the lane: the same words, with the leaf of where they were said. */
export async function carryAnswer(desk: House['desk'], incident: string, client: string, lane: string): Promise<void> {
  const standing = (await desk.view(client, standingOf(client)))?.incident.lanes;
  const last = standing?.receipts.at(-1);
  const told = last === undefined ? undefined : await desk.leaf(client, standingOf(client), last.seq);
  if (last === undefined || last.answer === 'received' || told === undefined) return;
  const { order, answer, text } = last;
  const command = { do: 'giveReceipt', order, answer, told, ...(text === undefined ? {} : { text }) } as const;
  await desk.do({ client, record: lane, of: 'lane', command, via: 'bot', key: `carried/${incident}/${client}` });
}
