import { post } from '../desk/plan.ts';
import { act, type Caller, type House, isRefusal, personOf, placeIn, recordAt } from './house.ts';
import { asTyped, safe } from './mrkdwn.ts';
import type { SlackEvent } from './payloads.ts';

/** Messages of a channel that enter the record: marked with a shortcut or a reaction, and what becomes of them afterwards. */
export type Kept = { channel: string; ts: string; text: string; speaker: string | undefined; how: 'shortcut' | 'reaction' };

/** Reactions that keep a message. */
export const KEEPING = new Set(['pushpin', 'round_pushpin', 'memo', 'bookmark']);

export const instantOf = (ts: string): string => new Date(Math.round(Number(ts) * 1000)).toISOString();

/** A sentence where it was not kept. */
export async function keepMessage(
  house: House,
  { channel, ts, text, speaker, how }: Kept,
  caller: Caller,
): Promise<string | undefined> {
  const view = await recordAt(house, caller.team, channel);
  if (view === undefined) return 'No incident is worked on in this channel. Nothing was recorded.';
  const said = speaker === undefined ? 'somebody' : (await personOf(house, { user: speaker, team: caller.team })).name;
  const command = {
    do: 'keepMessage',
    message: `${channel}/${ts}`,
    text: asTyped(text),
    speaker: said,
    occurred: instantOf(ts),
    how,
  } as const;
  const place = placeIn(house, caller.team, channel);
  const answer = await act(house, caller, view.incident.record, command, {
    key: `keep/${channel}/${ts}`,
    also: ({ incident }, entries) => {
      const kept = entries.find(({ kind }) => kind === 'message.kept')?.seq ?? incident.size;
      return [post(incident.record, `kept/${ts}`, place, { text: `Kept as entry ${kept}.`, thread: ts })];
    },
  });
  return isRefusal(answer) ? safe(`${answer.refused} Nothing was recorded.`) : undefined;
}

export async function reacted(house: House, event: SlackEvent, team: string): Promise<void> {
  const { reaction = '', item, user } = event;
  if (!KEEPING.has(reaction) || item?.channel === undefined || item.ts === undefined || user === undefined) return;
  if ((await recordAt(house, team, item.channel)) === undefined) return;
  const found = await house.client.conversations.replies({ channel: item.channel, ts: item.ts, inclusive: true, limit: 1 });
  const message = found.messages?.[0];
  if (message?.text === undefined) return;
  await keepMessage(
    house,
    { channel: item.channel, ts: item.ts, text: message.text, speaker: message.user, how: 'reaction' },
    { user, team },
  );
}

/** An edit or a deletion of a kept message is an entry of its own; the words that were kept first stay. */
export async function changed(house: House, event: SlackEvent, team: string): Promise<void> {
  const { channel, subtype } = event;
  if (channel === undefined) return;
  const view = await recordAt(house, team, channel);
  if (view === undefined) return;
  const occurred = instantOf(event.event_ts ?? event.ts ?? '0');
  const ts = subtype === 'message_deleted' ? event.deleted_ts : event.message?.ts;
  if (ts === undefined) return;
  const message = `${channel}/${ts}`;
  const user = event.message?.user ?? event.previous_message?.user;
  const key = `change/${channel}/${ts}/${event.event_ts ?? event.ts}`;
  const command =
    subtype === 'message_deleted'
      ? ({ do: 'messageDeleted', message, occurred } as const)
      : ({ do: 'messageEdited', message, text: asTyped(event.message?.text ?? ''), occurred } as const);
  if (user === undefined || event.message?.bot_id !== undefined || event.previous_message?.bot_id !== undefined) return;
  await act(house, { user, team }, view.incident.record, command, { key });
}
