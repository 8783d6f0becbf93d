import { showOwn } from '../../desk/broadcast-own.ts';
import { renderFor } from '../../desk/broadcast-words.ts';
import { profileOf, standingOf } from '../../desk/clients.ts';
import { boardDelivery, broadcastDelivery } from '../../desk/lane-cards.ts';
import { laneOf } from '../../desk/lanes.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Command } from '../../record/command.ts';
import type { Order } from '../../record/incident-lanes.ts';
import { bank } from '../answers/bank.ts';
import { answersForm } from '../answers/cards.ts';
import { replyClick } from '../answers/clicks.ts';
import type { View } from '../blocks.ts';
import { callClick, sheetsAndBoards, takeCall } from '../calls/clicks.ts';
import { act, type Caller, type House, isRefusal, outsideHere, personOf, placeIn, recordOf } from '../house.ts';
import type { BlockActions } from '../payloads.ts';
import { barredHere } from '../reach.ts';
import { lookOf, readLook } from './board-card.ts';
import { moveForm } from './card.ts';
import { clientAlerts, landing, openLane } from './client-alert.ts';
import { advanceForm, approveForm, askAllForm, promoteForm, questionForm, releaseForm, tellForm } from './forms.ts';
import { receiptForm, receiptsForm, toldClients } from './receipt-clicks.ts';
import { slashClients } from './register-submissions.ts';

const OURS = new Set(['board', 'lanes', 'broadcast', 'calls', 'reply']);

export type LaneAnswer = { form: View } | { say: string } | undefined;

/** Clicks on the board, on a broadcast, and on what a client was told. */
export async function laneClick(
  house: House,
  payload: BlockActions,
  caller: Caller,
  key: string,
): Promise<LaneAnswer | 'not-ours'> {
  const [action] = payload.actions;
  const [noun, verb = ''] = action?.action_id.split('.') ?? [];
  const value = action?.value ?? action?.selected_option?.value ?? '';
  const channel = payload.channel?.id ?? '';
  if (noun === 'receipt') return receipt(house, caller, { value, verb, channel, key });
  if (noun === 'lane') return onLane(house, caller, { verb, value, channel, key });
  if (!OURS.has(noun ?? '')) return 'not-ours';
  const [incident = '', order = ''] = value.split('|');
  const barred = await barredHere(house, caller, incident, channel);
  if (barred !== undefined && !(noun === 'broadcast' && (await isOwnOrder(house, caller, { incident, order, channel }))))
    return { say: barred };
  if (noun === 'reply') return replyClick(house, caller, { verb, value, key });
  if (noun === 'calls') return callClick(house, caller, { verb, value, channel, key });
  if (noun === 'board') return look(house, caller, value, channel);
  return noun === 'lanes'
    ? open(house, caller, verb, incident, order)
    : steer(house, caller, { verb, incident, order, key, channel });
}

/** Buttons on the card of one lane. */
async function onLane(
  house: House,
  caller: Caller,
  { verb, value: record, channel, key }: { verb: string; value: string; channel: string; key: string },
): Promise<LaneAnswer> {
  const barred = await barredHere(house, caller, record, channel);
  if (barred !== undefined) return { say: barred };
  const view = await recordOf(house, caller.team, record);
  if (view?.incident.lanes.lane === undefined) return { say: 'That lane is not here any more. Nothing was recorded.' };
  if (verb === 'move') return { form: moveForm(view.incident.lanes.lane, record) };
  if (verb === 'receipt') return { form: receiptForm({ ...view.incident.lanes.lane, record, channel }) };
  const by = { person: await personOf(house, caller), via: house.via(caller.user), key };
  return takeCall(house, view.incident.lanes.lane.incident, view.client, by);
}

async function look(house: House, caller: Caller, value: string, channel: string): Promise<LaneAnswer> {
  const { incident, query } = readLook(value);
  const view = await recordOf(house, caller.team, incident);
  if (view === undefined) return { say: 'That incident is not here any more.' };
  const place = placeIn(house, caller.team, channel);
  await house.desk.send(view.client, [boardDelivery(incident, place, lookOf(incident, query))]);
  return undefined;
}

async function open(house: House, caller: Caller, verb: string, incident: string, order: string): Promise<LaneAnswer> {
  const view = await recordOf(house, caller.team, incident);
  if (view === undefined || house.lanes === undefined) return { say: 'That incident is not here any more.' };
  switch (verb) {
    case 'ask':
      return { form: askAllForm(incident) };
    case 'open':
      return openLane(house, incident, order, { person: await personOf(house, caller), via: house.via(caller.user) });
    case 'answers':
      return { form: answersForm(incident, bank(house)) };
    case 'receipt':
      return { form: receiptsForm(incident, await toldClients(house, incident)) };
    case 'advance':
      return { form: advanceForm(incident, view.runbook) };
    case 'clients':
      return slashClients(house, caller);
    case 'broadcast':
      return { form: tellForm(incident) };
    case 'promote': {
      const [all, lanes] = await Promise.all([house.lanes.clients.list(), house.lanes.lanes.of(incident)]);
      const has = new Set(lanes.map(({ client }) => client));
      const without = all.filter(({ client, status }) => status === 'open' && !has.has(client));
      return {
        form: promoteForm(
          incident,
          without.map(({ client: id, name }) => ({ id, name })),
        ),
      };
    }
    case 'release': {
      const { findings, notes } = view.incident;
      const known = [
        ...findings
          .filter(({ supersededBy }) => supersededBy === undefined)
          .map(({ seq, about, text }) => ({ seq, text: `${about}: ${text}` })),
        ...notes.filter(({ deleted }) => !deleted).map(({ seq, text }) => ({ seq, text })),
      ];
      return {
        form: releaseForm(
          incident,
          known.filter(({ seq }) => !view.incident.lanes.released.has(seq)),
        ),
      };
    }
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

const WAYS = { pause: 'paused', resume: 'resumed', stop: 'stopped' } as const;

type Steering = { verb: string; incident: string; order: string; key: string; channel: string };

async function steer(house: House, caller: Caller, { verb, incident, order, key, channel }: Steering): Promise<LaneAnswer> {
  const view = await recordOf(house, caller.team, incident);
  const found = view?.incident.lanes.orders.get(order);
  if (view === undefined || found === undefined) return { say: 'There is no such broadcast. Nothing was recorded.' };
  if (verb === 'approve' && found.basis === 'own' && !(await isOwnOrder(house, caller, { incident, order, channel })))
    return { say: 'These are one client’s own words: read and approve them in the channel of its lane. Nothing was recorded.' };
  if (verb === 'approve') return { form: approveForm(found, incident, await ownWords(house, incident, found)) };
  if (!(verb in WAYS)) return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  const command: Command = { do: 'steerBroadcast', order, way: WAYS[verb as keyof typeof WAYS] };
  const answer = await act(house, caller, incident, command, { key });
  return isRefusal(answer) ? { say: `${answer.refused} Nothing was recorded.` } : undefined;
}

/** Words that are one client's own are approved in that client's lane, where they stand. */
async function isOwnOrder(
  house: House,
  caller: Caller,
  at: { incident: string; order: string; channel: string },
): Promise<boolean> {
  if ((await outsideHere(house, caller, at.channel)) !== undefined) return false;
  const found = (await recordOf(house, caller.team, at.incident))?.incident.lanes.orders.get(at.order);
  const place = await house.store.at(placeIn(house, caller.team, at.channel));
  return found?.basis === 'own' && place !== undefined && place.client === found.clients[0];
}

/** Only a client's own order shows its words, and its card stands where only that client is worked on. */
async function ownWords(
  house: House,
  incident: string,
  { basis, clients: [client = ''], text }: Order,
): Promise<string | undefined> {
  if (basis !== 'own') return undefined;
  const standing = await house.desk.view(client, standingOf(client));
  const rendered =
    standing === undefined
      ? { gap: '' }
      : renderFor(text, standing, incident, await house.desk.view(client, laneOf(incident, client)));
  return 'text' in rendered ? rendered.text : undefined;
}

type Receipt = { value: string; verb: string; channel: string; key: string };

/**
 * One tap of a client: it lands in that client's own record, and only from that client's own channel. The one thing that people of
 * another workspace may do here.
 */
async function receipt(house: House, caller: Caller, { value, verb, channel, key }: Receipt): Promise<LaneAnswer> {
  const [record = '', order = ''] = value.split('|');
  const client = await clientAt(house, caller, channel, record);
  if (client === undefined)
    return { say: (await outsideHere(house, caller, channel)) ?? 'That does not belong to this channel. Nothing was recorded.' };
  if (verb === 'question') return { form: questionForm({ incident: '', record, order, channel }) };
  const answer = verb === 'hit' ? 'hit' : 'received';
  return giveReceipt(house, caller, { client, record, order, answer, key });
}

/** The client whose place this channel is, where the record is that client's too, and the person is one of theirs or of ours. */
export async function clientAt(house: House, caller: Caller, channel: string, record: string): Promise<string | undefined> {
  const { team, at = team } = caller;
  const place = (await house.store.at(placeIn(house, team, channel))) ?? (await house.store.at(placeIn(house, at, channel)));
  const owner = await house.store.coordinator().ownerOf(record);
  if (place === undefined || place.client !== owner || owner === house.clientOf(caller.team)) return undefined;
  const outside = await outsideHere(house, caller, channel);
  if (outside === undefined) return owner;
  if (caller.home === undefined) return undefined;
  const standing = await house.desk.view(owner, standingOf(owner));
  return profileOf(standing?.incident.lanes.client?.profile)?.workspace === caller.home ? owner : undefined;
}

export type Given = {
  client: string;
  record: string;
  order: string;
  answer: 'received' | 'question' | 'hit';
  key: string;
  text?: string;
};

const THANKS = {
  received: 'Thank you: noted as received.',
  question: 'Thank you: your question is with the team.',
  hit: 'Thank you: the team was told now. Do not delete or repair anything; leave what is off switched off.',
};

/** What they answer lands in their lane, where they have one by now, and cites what it answers by its leaf. */
export async function giveReceipt(house: House, caller: Caller, given: Given): Promise<{ say: string }> {
  const { client, order, answer, text, key } = given;
  const person = await personOf(house, caller);
  const { record, told } = await landing(house, given);
  const command: Command = { do: 'giveReceipt', order, answer, ...maybe({ text, told }) };
  const done = await house.desk.do({ client, record, command, person, via: house.via(caller.user), key });
  if (isRefusal(done)) return { say: done.code === 'already' ? THANKS[answer] : `${done.refused} Nothing was recorded.` };
  await answered(house, caller, given, done.view);
  return { say: THANKS[answer] };
}

const maybe = (values: Record<string, string | undefined>): { [key: string]: string } =>
  Object.fromEntries(Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));

/** Somebody must hear of it where the incident is worked on: that they answered, and what with. Their words stay in their own record. */
async function answered(house: House, { team }: Caller, { order, answer, client }: Given, { incident }: RecordView): Promise<void> {
  const us = house.clientOf(team);
  const vendor = incident.lanes.lane?.incident;
  const all = await house.desk.views(us);
  const ours = all.find((view) => (vendor === undefined ? view.incident.lanes.orders.has(order) : view.incident.record === vendor));
  if (ours === undefined) return;
  await house.desk.send(us, [
    ...(await sheetsAndBoards(house, us, ours.incident.record)),
    ...(answer === 'received' ? [] : clientAlerts(ours, { client, answer, inLane: vendor !== undefined, at: incident.size })),
  ]);
}

/** The card of a broadcast, drawn again where its incident is worked on. */
export async function redraw(house: House, us: string, incident: string, order: string): Promise<void> {
  const vendor = await house.desk.view(us, incident);
  const found = vendor?.incident.lanes.orders.get(order);
  if (vendor !== undefined && found?.basis === 'own') return showOwn(house.desk, vendor, found);
  const places = vendor?.incident.places.filter(({ purpose }) => purpose === 'incident') ?? [];
  await house.desk.send(
    us,
    places.map((place) => broadcastDelivery(incident, order, place)),
  );
}
