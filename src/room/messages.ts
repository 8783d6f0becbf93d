import { compact, type Json, type JsonObject, stringOf } from './json.ts';
import type { Message } from './message-book.ts';
import { Refusal } from './refusal.ts';
import { channelShape, messageShape } from './shapes.ts';
import { type Channel, isMember, type Workspace } from './workspace.ts';

/** What somebody wants to post. */
export type Draft = {
  user: string;
  text: string;
  blocks?: JsonObject[];
  metadata?: JsonObject;
  thread_ts?: string;
  broadcast?: boolean;
  file_ids?: string[];
  subtype?: string;
};

/** `channel_type` of message events. */
export function channelType(channel: Channel): string {
  return channel.kind === 'im' ? 'im' : channel.kind === 'private' ? 'group' : 'channel';
}

/** Tells the bot, if it is a member: Slack sends an app nothing from places it is not in. */
export function tellBot(w: Workspace, channel: Channel, event: JsonObject): void {
  if (isMember(channel, w.team.botUserId)) w.events.emit(event);
}

/** The message as pages see it: no metadata, and its channel beside it. */
export function pageMessage(w: Workspace, message: Message): JsonObject {
  const broadcast = message.broadcast === true ? { broadcast: true } : {};
  return { ...messageShape(w, message), ...broadcast, channel: message.channel };
}

function show(w: Workspace, channel: Channel, message: Message): void {
  w.feed.publish(channel.members, { type: 'message', message: pageMessage(w, message) });
}

/** Posts a message: kept, shown on every member's pages, told to the bot. The channel must be open to the sender. */
export function post(w: Workspace, channel: Channel, draft: Draft): Message {
  const ts = w.messages.nextTs(w.now());
  const parent = draft.thread_ts === undefined ? undefined : w.messages.get(channel.id, draft.thread_ts);
  const root = parent?.thread_ts ?? parent?.ts;
  const bot = draft.user === w.team.botUserId ? { bot: true } : {};
  const { thread_ts: _, ...rest } = draft;
  const message = w.messages.put({ channel: channel.id, ts, ...rest, ...bot, ...(root === undefined ? {} : { thread_ts: root }) });
  if (root !== undefined) touchParent(w, channel, root);
  for (const id of draft.file_ids ?? []) shareFile(w, channel, id);
  show(w, channel, message);
  announce(w, channel, message);
  return message;
}

/** The parent of a first reply becomes a thread; its reply count is shown anew. */
function touchParent(w: Workspace, channel: Channel, root: string): void {
  const parent = w.messages.get(channel.id, root);
  if (parent === undefined) return;
  show(w, channel, parent.thread_ts === root ? parent : w.messages.put({ ...parent, thread_ts: root }));
}

function shareFile(w: Workspace, channel: Channel, id: string): void {
  const file = w.files.get(id);
  if (file === undefined || file.channels.includes(channel.id)) return;
  w.files.put(id, { ...file, channels: [...file.channels, channel.id] });
}

function announce(w: Workspace, channel: Channel, message: Message): void {
  const place = { channel: channel.id, event_ts: message.ts };
  const base = { ...messageShape(w, message), ...place, ...(message.file_ids === undefined ? {} : { subtype: 'file_share' }) };
  tellBot(w, channel, { ...base, channel_type: channelType(channel) });
  if (message.bot !== true && channel.kind !== 'im' && message.text.includes(`<@${w.team.botUserId}>`)) {
    tellBot(w, channel, { ...base, type: 'app_mention' });
  }
  for (const id of message.file_ids ?? []) {
    tellBot(w, channel, {
      type: 'file_shared',
      file_id: id,
      user_id: message.user,
      file: { id },
      channel_id: channel.id,
      event_ts: message.ts,
    });
  }
  if (message.metadata !== undefined) tellBot(w, channel, metadataEvent(w, message, message.metadata));
}

function metadataEvent(w: Workspace, message: Message, metadata: JsonObject): JsonObject {
  return {
    type: 'message_metadata_posted',
    app_id: w.team.appId,
    bot_id: w.team.botId,
    user_id: message.user,
    team_id: w.team.id,
    channel_id: message.channel,
    metadata,
    message_ts: message.ts,
    event_ts: message.ts,
  };
}

/** What an edit replaces; a field that is absent stays as it was. */
export type Edit = { text?: string; blocks?: JsonObject[]; metadata?: JsonObject; user: string };

/** Edits a message in place and tells the bot what it was before. */
export function change(w: Workspace, channel: Channel, message: Message, edit: Edit): Message {
  const { user, ...fields } = edit;
  const edited = { user, ts: w.messages.nextTs(w.now()) };
  const changed: Message = { ...message, ...fields, edited };
  if (changed.blocks?.length === 0) delete changed.blocks;
  if (changed.metadata !== undefined && Object.keys(changed.metadata).length === 0) delete changed.metadata;
  w.messages.put(changed);
  show(w, channel, changed);
  tellBot(w, channel, {
    type: 'message',
    subtype: 'message_changed',
    message: messageShape(w, changed),
    previous_message: messageShape(w, message),
    channel: channel.id,
    hidden: true,
    ts: edited.ts,
    event_ts: edited.ts,
    channel_type: channelType(channel),
  });
  return changed;
}

/** Deletes a message. A message with replies leaves a tombstone, as in Slack, so that its thread stays readable. */
export function remove(w: Workspace, channel: Channel, message: Message): void {
  const ts = w.messages.nextTs(w.now());
  const previous = messageShape(w, message);
  if (w.messages.replies(channel.id, message.ts).length > 0) {
    const { channel: id, user, thread_ts } = message;
    const kept = { channel: id, ts: message.ts, user, text: 'This message was deleted.', subtype: 'tombstone' };
    show(w, channel, w.messages.put(thread_ts === undefined ? kept : { ...kept, thread_ts }));
  } else {
    w.messages.delete(channel.id, message.ts);
    w.feed.publish(channel.members, { type: 'gone', channel: channel.id, ts: message.ts });
    if (message.thread_ts !== undefined) touchParent(w, channel, message.thread_ts);
  }
  const event = { type: 'message', subtype: 'message_deleted', hidden: true, deleted_ts: message.ts, previous_message: previous };
  tellBot(w, channel, { ...event, channel: channel.id, ts, event_ts: ts, channel_type: channelType(channel) });
}

/** Adds a person's reaction. Refuses a second one of the same name, as Slack does. */
export function react(w: Workspace, channel: Channel, message: Message, name: string, user: string): void {
  const reactions = message.reactions ?? [];
  const known = reactions.find((reaction) => reaction.name === name);
  if (known?.users.includes(user)) throw new Refusal('already_reacted');
  const added =
    known === undefined
      ? [...reactions, { name, users: [user] }]
      : reactions.map((reaction) => (reaction === known ? { name, users: [...known.users, user] } : reaction));
  show(w, channel, w.messages.put({ ...message, reactions: added }));
  tellBot(w, channel, reactionEvent(w, 'reaction_added', message, name, user));
}

/** Takes a person's reaction away. */
export function unreact(w: Workspace, channel: Channel, message: Message, name: string, user: string): void {
  const reactions = message.reactions ?? [];
  if (!reactions.some((reaction) => reaction.name === name && reaction.users.includes(user))) throw new Refusal('no_reaction');
  const left = reactions
    .map((reaction) => (reaction.name === name ? { name, users: reaction.users.filter((id) => id !== user) } : reaction))
    .filter(({ users }) => users.length > 0);
  show(w, channel, w.messages.put({ ...message, reactions: left }));
  tellBot(w, channel, reactionEvent(w, 'reaction_removed', message, name, user));
}

function reactionEvent(w: Workspace, type: string, message: Message, name: string, user: string): JsonObject {
  const item = { type: 'message', channel: message.channel, ts: message.ts };
  return { type, user, reaction: name, item, item_user: message.user, event_ts: w.messages.nextTs(w.now()) };
}

/** Pins or unpins a message, and shows it on the pages. */
export function setPin(w: Workspace, channel: Channel, message: Message, user: string, pinned: boolean): Channel {
  const others = channel.pins.filter(({ ts }) => ts !== message.ts);
  if (pinned === others.length < channel.pins.length) throw new Refusal(pinned ? 'already_pinned' : 'no_pin');
  const pins = pinned ? [...others, { ts: message.ts, user, created: Math.floor(w.now() / 1000) }] : others;
  const changed = w.channels.put(channel.id, { ...channel, pins });
  show(w, changed, message);
  showChannel(w, changed);
  return changed;
}

/** Shows a channel anew on the pages of everyone who is in it. */
export function showChannel(w: Workspace, channel: Channel): void {
  for (const person of channel.members) w.feed.publish([person], { type: 'channel', channel: pageChannel(w, channel, person) });
}

/** A channel as a page sees it: with its members and pins. */
export function pageChannel(w: Workspace, channel: Channel, person: string): JsonObject {
  const pins: Json[] = channel.pins.map(({ ts, user }) => ({ ts, user }));
  const read = w.reads.get(`${person}:${channel.id}`)?.ts ?? '0';
  const unread = w.messages
    .in(channel.id)
    .filter((m) => m.ts > read && m.user !== person && (m.thread_ts === undefined || m.thread_ts === m.ts)).length;
  const bookmarks: Json[] = channel.bookmarks.map((mark) => compact({ id: stringOf(mark.id), title: mark.title, link: mark.link }));
  return { ...channelShape(w, channel, person), members: channel.members, pins, bookmarks, read, unread };
}

/** How many whispers are remembered, for clicks on them. */
const WHISPERS = 500;

/** Shows a message to one person only. It is not kept on the shelf: as in Slack, it is gone when the page is loaded again. */
export function whisper(w: Workspace, channel: Channel, person: string, draft: Draft, replaced?: string): string {
  const ts = replaced ?? w.messages.nextTs(w.now());
  const { user, text, blocks, thread_ts } = draft;
  const bot = user === w.team.botUserId;
  const fields = { ...(blocks === undefined ? {} : { blocks }), ...(thread_ts === undefined ? {} : { thread_ts }) };
  w.whispers.set(ts, { channel: channel.id, ts, user, text, bot, person, ...fields });
  for (const old of [...w.whispers.keys()].slice(0, -WHISPERS)) w.whispers.delete(old);
  const message = compact({ type: 'message', user, text, ts, blocks, thread_ts, channel: channel.id, is_ephemeral: true });
  w.feed.publish([person], { type: 'message', message: bot ? { ...message, bot_id: w.team.botId } : message });
  return ts;
}
