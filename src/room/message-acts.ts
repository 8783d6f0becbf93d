import { z } from 'zod';
import { openChannel, visibleChannel } from './conversations.ts';
import type { Actor } from './interactions.ts';
import { checkReaction } from './item-methods.ts';
import type { JsonObject } from './json.ts';
import type { Message } from './message-book.ts';
import { change, post, react, remove, setPin, unreact, whisper } from './messages.ts';
import { Refusal } from './refusal.ts';
import { Unanswered } from './replies.ts';
import { fromTyped } from './typed-text.ts';
import { enforce } from './validation.ts';
import { type Channel, isMember, type Workspace } from './workspace.ts';

type Act = (w: Workspace, actor: Actor, body: unknown) => Promise<JsonObject> | JsonObject;

/** Slack's own composer stops at this many characters. */
const TYPED_MOST = 12_000;

const Place = z.object({ channel: z.string(), ts: z.string() });
const Say = z.object({
  channel: z.string(),
  text: z.string().max(TYPED_MOST),
  thread_ts: z.string().optional(),
  broadcast: z.boolean().optional(),
  files: z.array(z.string()).max(10).optional(),
});
const Edit = Place.extend({ text: z.string().max(TYPED_MOST) });
const React = Place.extend({ name: z.string(), on: z.boolean() });
const SetPin = Place.extend({ on: z.boolean() });

function named(
  w: Workspace,
  actor: Actor,
  { channel, ts }: { channel: string; ts: string },
): { channel: Channel; message: Message } {
  const open = openChannel(w, channel, actor.person.id);
  const message = w.messages.get(open.id, ts);
  if (message === undefined) throw new Refusal('message_not_found');
  return { channel: open, message };
}

function own(w: Workspace, actor: Actor, place: { channel: string; ts: string }): { channel: Channel; message: Message } {
  const found = named(w, actor, place);
  if (found.message.user !== actor.person.id || found.message.subtype !== undefined)
    throw new Unanswered('Only your own messages can be changed.');
  return found;
}

const say: Act = (w, actor, body) => {
  const { channel: id, text, thread_ts, broadcast, files = [] } = Say.parse(body);
  const channel = openChannel(w, id, actor.person.id);
  const mine = files.filter((file) => w.files.get(file)?.user === actor.person.id);
  if (text.trim() === '' && mine.length === 0) throw new Unanswered('Write something first.');
  const message = post(w, channel, {
    user: actor.person.id,
    text: fromTyped(w, text.trim()),
    ...(thread_ts === undefined ? {} : { thread_ts }),
    ...(broadcast === true ? { broadcast } : {}),
    ...(mine.length === 0 ? {} : { file_ids: mine }),
  });
  mentionOutside(w, channel, actor, message);
  return { ts: message.ts };
};

/** Somebody mentions the bot where it is not: Slack says so to the person, and so does the room. */
function mentionOutside(w: Workspace, channel: Channel, actor: Actor, message: Message): void {
  const bot = w.team.botUserId;
  if (channel.kind === 'im' || isMember(channel, bot) || !message.text.includes(`<@${bot}>`)) return;
  const name = w.people.get(bot)?.name ?? 'bot';
  whisper(w, channel, actor.person.id, {
    user: bot,
    text: `I am not in this channel, so I did not hear that. Add me with \`/invite @${name}\`.`,
  });
}

const edit: Act = (w, actor, body) => {
  const wanted = Edit.parse(body);
  const { channel, message } = own(w, actor, wanted);
  if (wanted.text.trim() === '') throw new Unanswered('A message cannot be empty. Delete it instead.');
  change(w, channel, message, { text: fromTyped(w, wanted.text.trim()), user: actor.person.id });
  return {};
};

const del: Act = (w, actor, body) => {
  const { channel, message } = own(w, actor, Place.parse(body));
  remove(w, channel, message);
  return {};
};

const reaction: Act = (w, actor, body) => {
  const wanted = React.parse(body);
  const { channel, message } = named(w, actor, wanted);
  checkReaction(message, wanted.name, actor.person.id);
  (wanted.on ? react : unreact)(w, channel, message, wanted.name, actor.person.id);
  return {};
};

const pin: Act = (w, actor, body) => {
  const wanted = SetPin.parse(body);
  const { channel, message } = named(w, actor, wanted);
  if (wanted.on) enforce('pins.add', { pins: channel.pins.length + 1 });
  setPin(w, channel, message, actor.person.id, wanted.on);
  return {};
};

const read: Act = (w, actor, body) => {
  const { channel: id, ts } = Place.parse(body);
  const channel = visibleChannel(w, id, actor.person.id);
  const known = w.reads.get(`${actor.person.id}:${channel.id}`)?.ts ?? '0';
  if (Number(ts) <= Number(known)) return {};
  w.reads.put(`${actor.person.id}:${channel.id}`, { person: actor.person.id, channel: channel.id, ts });
  w.feed.publish([actor.person.id], { type: 'read', channel: channel.id, ts });
  return {};
};

export const MESSAGE_ACTS: Record<string, Act> = { say, edit, delete: del, react: reaction, pin, read };
