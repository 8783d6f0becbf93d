import type { Entry } from '../record/entry.ts';
import type { Incident } from '../record/incident.ts';
import type { Delivery, Place } from './ports.ts';

/** The cards of a vendor incident with lanes: its board, and one for each broadcast. */
export const boardDelivery = (incident: string, place: Place, look?: string): Delivery =>
  card(incident, `board@${place.channel}`, 'board-card', place, look === undefined ? {} : { look });

/** Whom to phone next; it names people, so it goes only where the team alone reads. */
export const callsDelivery = (incident: string, place: Place, look?: string): Delivery =>
  card(incident, `calls@${place.channel}`, 'call-sheet', place, look === undefined ? {} : { look });

export const broadcastDelivery = (incident: string, order: string, place: Place): Delivery =>
  card(incident, `broadcast/${order}@${place.channel}`, 'broadcast-card', place, { order });

/** The orders of one text together: the groups, and how far the clients are who are approved alone. */
export const batchDelivery = (incident: string, batch: string, place: Place): Delivery =>
  card(incident, `batch/${batch}@${place.channel}`, 'batch-card', place, { batch });

/** Words of one client's own, in the channel of its lane. */
export const ownOrderDelivery = (lane: string, incident: string, order: string, place: Place): Delivery =>
  card(lane, `own/${order}@${place.channel}`, 'own-order-card', place, { incident, order });

/** What a vendor incident's channel sees when something about its lanes was recorded. */
export function laneCards({ record: incident, lanes }: Incident, entries: readonly Entry[], place: Place): Delivery[] {
  const orders = entries.flatMap((entry) =>
    entry.kind.startsWith('broadcast.') && 'order' in entry.body ? (lanes.orders.get(entry.body.order) ?? []) : [],
  );
  const batches = new Set(orders.flatMap(({ batch }) => batch ?? []));
  const shown = new Set(orders.filter(({ basis }) => basis !== 'own').map(({ id }) => id));
  const begun = entries.some(({ kind }) => kind === 'lanes.begun');
  return [
    ...(begun ? [boardDelivery(incident, place)] : []),
    ...[...batches].map((batch) => batchDelivery(incident, batch, place)),
    ...[...shown].map((order) => broadcastDelivery(incident, order, place)),
  ];
}

/** A lane's channel that was just made hears what its client said before there was one. */
export function saidBefore(all: readonly Entry[], entries: readonly Entry[]): Entry[] {
  const made = entries.some((entry) => entry.kind === 'place.opened' && entry.body.purpose === 'incident');
  return made ? all.filter((entry) => entry.kind === 'receipt.given' && isLaneNews(entry)) : [];
}

/** What a lane's own channel hears of; that a message was received is a state on the board, and no news. */
export function isLaneNews(entry: Entry): boolean {
  if (entry.kind === 'receipt.given') return entry.body.answer !== 'received';
  return entry.kind === 'lane.moved' || entry.kind === 'entry.cited' || entry.kind === 'call.logged';
}

function card(
  record: string,
  id: string,
  kind: string,
  { surface, workspace, channel }: Place,
  more: Record<string, string>,
): Delivery {
  const place = { surface, workspace, channel };
  const body = JSON.stringify({ place, ...more });
  return { id: `${record}/${id}`, record, kind, queue: `${surface}/${workspace}/${channel}`, body, coalescing: true };
}
