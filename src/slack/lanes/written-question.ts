import { standingOf } from '../../desk/clients.ts';
import { laneOf } from '../../desk/lanes.ts';
import type { RecordView } from '../../desk/view.ts';
import { attempt } from '../deliveries/failures.ts';
import { type Caller, type House, placeIn } from '../house.ts';
import { asTyped } from '../mrkdwn.ts';
import { isExternal } from '../outside.ts';
import type { SlackEvent } from '../payloads.ts';
import { clientAt, giveReceipt } from './clicks.ts';

/**
 * A client's person writes a question under what the client was told, instead of pressing the button: it lands where a press would
 * have. Only people of that client's own workspace, only in its own channel, and only what ends in or holds a question mark.
 */
export async function writtenQuestion(
  house: House,
  { channel, user, user_team: home, text = '', ts }: SlackEvent,
  team: string,
): Promise<void> {
  const at = house.elsewhere?.has(team) ? { at: team } : {};
  const caller: Caller = { user: user ?? '', team: house.team ?? team, home: home ?? at.at, ...at };
  if (channel === undefined || user === undefined || ts === undefined || !text.includes('?') || !isExternal(caller)) return;
  const place = await house.store.at(placeIn(house, at.at ?? caller.team, channel));
  const last = place?.record === standingOf(place?.client ?? '') ? await lastTold(house, place?.client ?? '') : undefined;
  const client = last === undefined ? undefined : await clientAt(house, caller, channel, last.record);
  if (last === undefined || client === undefined) return;
  const given = { client, ...last, answer: 'question', text: asTyped(text), key: `question/${channel}/${ts}` } as const;
  const answer = await giveReceipt(house, caller, given);
  await attempt(house, 'chat.postEphemeral', 'Somebody was not told that their question has arrived.', () =>
    house.client.chat.postEphemeral({ channel, user, text: answer.say }),
  );
}

/** What a question written now would be about: the last thing that this client was told, and the record that says so. */
async function lastTold({ desk, clientOf, team }: House, client: string): Promise<{ record: string; order: string } | undefined> {
  const open = (await desk.views(clientOf(team ?? ''))).filter(({ incident }) => incident.lanes.coordination !== undefined);
  const ids = [standingOf(client), ...open.map(({ incident }) => laneOf(incident.record, client))];
  const views = (await Promise.all(ids.map((record) => desk.view(client, record)))).filter((view) => view !== undefined);
  const [last] = views.flatMap(toldIn).sort((a, b) => (a.at < b.at ? 1 : -1));
  return last === undefined ? undefined : { record: last.record, order: last.order };
}

function toldIn({ incident: { record, lanes, notices } }: RecordView): { record: string; order: string; at: string }[] {
  const broadcasts = [...lanes.told].map(([order, { at }]) => ({ record, order, at }));
  const sent = [...notices.values()].flatMap(({ id, sent: all }) => all.map(({ at }) => ({ record, order: id, at })));
  return [...broadcasts, ...sent];
}
