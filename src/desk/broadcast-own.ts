import type { Order } from '../record/incident-lanes.ts';
import type { Desk } from './desk.ts';
import { ownOrderDelivery } from './lane-cards.ts';
import { laneOf } from './lanes.ts';
import { openChannel, partsOf, queueOf } from './plan.ts';
import { CHATS, type Delivery, type Place } from './ports.ts';
import type { RecordView } from './view.ts';

/**
 * Words that are one client's own are read and approved where that client is worked on, and nowhere else. A lane without a
 * channel gets one; whoever holds a role in the vendor incident is asked in, because somebody else than the author must approve.
 */
export async function showOwn(desk: Desk, vendor: RecordView, { id, by, clients: [client = ''] }: Order): Promise<void> {
  const { record: incident, people, roles } = vendor.incident;
  const lane = laneOf(incident, client);
  const view = await desk.view(client, lane);
  if (view === undefined) return;
  const accounts = [...new Set([by, ...roles.map(({ person }) => person)])].flatMap((person) => people.get(person)?.account ?? []);
  const places = view.incident.places.filter(({ purpose }) => purpose === 'incident');
  const author = accounts.find((account) => CHATS.has(partsOf(account).surface));
  if (places.length === 0) return author === undefined ? undefined : desk.send(client, [openChannel(lane, author)]);
  await desk.send(
    client,
    places.flatMap((place) => [
      ownOrderDelivery(lane, incident, id, place),
      ...accounts.flatMap((account) => inviteInto(lane, place, account)),
    ]),
  );
}

function inviteInto(record: string, { surface, workspace, channel }: Place, account: string): Delivery[] {
  const { user, ...home } = partsOf(account);
  if (home.surface !== surface || home.workspace !== workspace) return [];
  const place = { surface, workspace, channel };
  const body = JSON.stringify({ place, user });
  return [{ id: `${record}/invite/${user}@${channel}`, record, kind: 'invite', queue: queueOf(place), body, coalescing: false }];
}
