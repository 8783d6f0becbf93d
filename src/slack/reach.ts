import { type Caller, type House, outsideHere, placeIn } from './house.ts';

/**
 * Where a record may be acted on: in its own client's place, or anywhere else where no client has a place and the record is our
 * own. A card of one client that turns up in the channel of another does nothing.
 */
export async function barredHere(
  house: House,
  caller: Caller,
  record: string,
  channel: string | undefined,
): Promise<string | undefined> {
  const outside = await outsideHere(house, caller, channel);
  if (outside !== undefined) return outside;
  const ours = house.clientOf(caller.team);
  const owner = (await house.store.coordinator().ownerOf(record)) ?? ours;
  const place = channel === undefined ? undefined : await house.store.at(placeIn(house, caller.team, channel));
  const here = place?.client ?? ours;
  return here === owner ? undefined : 'That does not belong to this channel. Nothing was recorded.';
}
