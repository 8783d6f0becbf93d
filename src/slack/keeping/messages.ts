import { post } from '../../desk/plan.ts';
import type { RecordView } from '../../desk/view.ts';
import { attempt, optional } from '../deliveries/failures.ts';
import { act, type Caller, type House, isRefusal, personOf, placeIn, recordAt } from '../house.ts';
import { asTyped, safe } from '../mrkdwn.ts';
import type { SlackEvent } from '../payloads.ts';
import { spelled } from '../spelled.ts';

/** Messages of a channel that enter the record: marked with a shortcut or a reaction, and what becomes of them afterwards. */
export type Kept = {
  channel: string;
  ts: string;
  text: string;
  speaker: string | undefined;
  how: 'shortcut' | 'reaction' | 'mention';
};

/** Reactions that keep a message. */
export const KEEPING = new Set(['pushpin', 'round_pushpin', 'memo', 'bookmark']);

/** The bot's name at the start of a message to it. */
export const ADDRESSED = /^\s*<@[UW][A-Z0-9]+(?:\|[^>]*)?>[,:]?\s*/;

export const instantOf = (ts: string): string => new Date(Math.round(Number(ts) * 1000)).toISOString();

/** A sentence where it was not kept. */
export async function keepMessage(
  house: House,
  { channel, ts, text, speaker, how }: Kept,
  caller: Caller,
): Promise<string | undefined> {
  const view = await recordAt(house, caller.team, channel);
  if (view === undefined) return 'No incident is worked on in this channel. Nothing was recorded.';
  return keepIn(house, view, { channel, ts, text, speaker, how }, caller);
}

async function keepIn(
  house: House,
  view: RecordView,
  { channel, ts, text, speaker, how }: Kept,
  caller: Caller,
): Promise<string | undefined> {
  const said = speaker === undefined ? 'somebody' : (await personOf(house, { user: speaker, team: caller.team })).name;
  const command = {
    do: 'keepMessage',
    message: `${channel}/${ts}`,
    text: await spelled(house, caller.team, asTyped(how === 'mention' ? text.replace(ADDRESSED, '') : text)),
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

/** One click under an answer keeps what was said, word for word, as it stands in the channel. */
export async function keepSaid(
  house: House,
  view: RecordView,
  message: string,
  caller: Caller,
): Promise<{ say: string } | undefined> {
  const [channel = '', ts = ''] = message.split('/');
  const found = await messageAt(house, channel, ts);
  if (found === undefined) return { say: 'That message is not there any more. Nothing was recorded.' };
  const kept = { channel, ts, text: found.text, speaker: found.user, how: 'mention' } as const;
  const sentence = await keepIn(house, view, kept, caller);
  return sentence === undefined ? undefined : { say: sentence };
}

const UNREAD = 'That message could not be read. Nothing was recorded; use the message menu "Keep in the record".';

/**
 * A message as it stands now, in a channel or in a thread of it. Asked for an answer, Slack gives the thread with its first message
 * first: only the time stamp says which one is meant.
 */
export async function messageAt(
  { client }: House,
  channel: string,
  ts: string,
): Promise<{ text: string; user?: string } | undefined> {
  const found = await client.conversations.replies({ channel, ts, oldest: ts, latest: ts, inclusive: true, limit: 100 });
  const message = found.messages?.find((one) => one.ts === ts);
  if (message === undefined) return undefined;
  return { text: wordsIn(message), ...(message.user === undefined ? {} : { user: message.user }) };
}

/** A photo without a word says at least what it is called. */
export function wordsIn({ text = '', files = [] }: { text?: string; files?: { name?: string | null | undefined }[] }): string {
  return text !== '' ? text : files.map(({ name }) => `file ${name ?? 'without a name'}`).join(', ');
}

export async function reacted(house: House, event: SlackEvent, team: string): Promise<void> {
  const { reaction = '', item, user } = event;
  if (!KEEPING.has(reaction) || item?.channel === undefined || item.ts === undefined || user === undefined) return;
  if ((await recordAt(house, team, item.channel)) === undefined) return;
  const { channel, ts } = item;
  const message = await optional(house, 'conversations.replies', 'Messages cannot be read here.', () =>
    messageAt(house, channel, ts),
  );
  const caller = { user, team };
  const sentence =
    message === undefined
      ? UNREAD
      : await keepMessage(house, { channel, ts, text: message.text, speaker: message.user, how: 'reaction' }, caller);
  if (sentence === undefined) return;
  await attempt(house, 'chat.postEphemeral', 'the person could not be answered', () =>
    house.client.chat.postEphemeral({ channel, user, text: sentence }),
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
      : ({ do: 'messageEdited', message, text: await spelled(house, team, asTyped(event.message?.text ?? '')), occurred } as const);
  if (user === undefined || event.message?.bot_id !== undefined || event.previous_message?.bot_id !== undefined) return;
  await act(house, { user, team }, view.incident.record, command, { key });
}
