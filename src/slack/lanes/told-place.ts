import { placeOf } from '../../desk/broadcast-order.ts';
import { standingOf } from '../../desk/clients.ts';
import type { Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import type { House } from '../house.ts';

/** Where the client of a lane is told things: its standing record has the channel, and no other record can be told there. */
export async function toldPlace({ desk }: House, { client, incident }: RecordView): Promise<Place | undefined> {
  if (incident.of !== 'lane') return undefined;
  const standing = await desk.view(client, standingOf(client));
  return standing === undefined ? undefined : placeOf(standing);
}
