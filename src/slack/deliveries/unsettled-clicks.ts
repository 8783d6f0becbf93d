import type { Outcome } from '../../desk/ports.ts';
import { unsettledCard } from '../../desk/unsettled.ts';
import type { Command } from '../../record/command.ts';
import { clock } from '../../record/turn.ts';
import { act, type Caller, type House, isRefusal, outsideHere, personOf, placeIn } from '../house.ts';
import type { BlockActions } from '../payloads.ts';

const GONE = 'Somebody has settled that already. Nothing was recorded.';

/** One tap: recorded as the person's word, and the outbox goes on with it. */
export async function unsettledClick(
  house: House,
  payload: BlockActions,
  caller: Caller,
  key: string,
): Promise<{ say: string } | undefined> {
  const [action] = payload.actions;
  const channel = payload.channel?.id;
  const outside = await outsideHere(house, caller, channel);
  if (outside !== undefined) return { say: outside };
  const found = (await house.store.outbox.uncertain()).find(({ id }) => id === action?.value);
  if (found === undefined) return { say: GONE };
  const ours = house.clientOf(caller.team);
  const owner = channel === undefined ? undefined : (await house.store.at(placeIn(house, caller.team, channel)))?.client;
  if ((owner ?? ours) !== ours && owner !== found.client)
    return { say: 'That does not belong to this channel. Nothing was recorded.' };
  const arrived = action?.action_id === 'unsettled.arrived';
  const outcome: Outcome = arrived ? { state: 'sent', ref: 'a person saw it' } : { state: 'later', afterMs: 0, code: 'send-again' };
  const person = await personOf(house, caller);
  const { client, record, id: delivery, fence } = found;
  const command: Command = { do: 'settleDelivery', delivery, arrived: arrived ? 'yes' : 'no' };
  const settles = { id: delivery, fence, outcome };
  const answer = await house.desk.do({ client, record, command, person, via: house.via(caller.user), key, settles });
  if (isRefusal(answer)) return { say: `${answer.refused} Nothing was recorded.` };
  if (arrived && found.kind === 'approved-notice') await noticed(house, caller, found);
  house.desk.onDeliveries();
  await redraw(
    house,
    caller,
    found,
    `${arrived ? 'it arrived' : 'it is sent again'}, said ${person.name} at ${clock(new Date(house.desk.now()).toISOString())}`,
    channel,
  );
  return undefined;
}

type Found = { client: string; record: string; id: string; kind: string; body: string };

/** A notice that a person saw there was sent: the clocks stop at that. */
async function noticed(house: House, caller: Caller, { record, body }: Found): Promise<void> {
  const { place, notice, sha256 }: { place?: { channel: string }; notice?: string; sha256?: string } = JSON.parse(body);
  if (notice === undefined || sha256 === undefined) return;
  const recipient = `channel ${place?.channel ?? ''}`;
  const command: Command = {
    do: 'sendNotice',
    notice,
    sha256,
    road: 'slack',
    recipient,
    proof: 'seen there by the person who says so',
  };
  await act(house, caller, record, command);
}

async function redraw(house: House, caller: Caller, found: Found, answer: string, channel: string | undefined): Promise<void> {
  if (channel === undefined) return;
  const at = placeIn(house, caller.team, channel);
  const here = (await house.store.at(at)) ?? { client: house.clientOf(caller.team), record: found.record };
  const { place }: { place?: { channel: string } } = JSON.parse(found.body === '' ? '{}' : found.body);
  const unknown = { delivery: found.id, client: found.client, kind: found.kind, since: '', answer };
  await house.desk.send(here.client, [
    unsettledCard(here.record, at, { ...unknown, ...(place === undefined ? {} : { channel: place.channel }) }),
  ]);
}
