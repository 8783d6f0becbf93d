import { named } from './chat-methods.ts';
import { visibleChannel } from './conversations.ts';
import { slackId } from './ids.ts';
import { compact, type JsonObject } from './json.ts';
import type { Message } from './message-book.ts';
import { react, setPin, showChannel, unreact } from './messages.ts';
import type { Method } from './method.ts';
import { Refusal } from './refusal.ts';
import { messageShape } from './shapes.ts';
import { enforce } from './validation.ts';
import { isMember, seconds, type Workspace } from './workspace.ts';

/** Refuses a reaction that Slack would not take: a malformed name, or too many on one message. */
export function checkReaction(message: Message, name: string, user: string): void {
  if (!/^[a-z0-9_'+-]+(::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
  const reactions = message.reactions ?? [];
  if (reactions.some((reaction) => reaction.name === name && reaction.users.includes(user))) return;
  const known = reactions.some((reaction) => reaction.name === name);
  enforce('reactions.add', {
    'emoji on a message': reactions.length + (known ? 0 : 1),
    'emoji of a person': reactions.filter(({ users }) => users.includes(user)).length + 1,
  });
}

function inside(w: Workspace, channel: string): void {
  const known = visibleChannel(w, channel, w.team.botUserId);
  if (!isMember(known, w.team.botUserId)) throw new Refusal('not_in_channel');
  if (known.archived) throw new Refusal('is_archived');
}

const addReaction: Method = (w, args) => {
  const { channel, message } = named(w, args, 'timestamp');
  inside(w, channel.id);
  const name = args.need('name').replaceAll(':', '');
  checkReaction(message, name, w.team.botUserId);
  react(w, channel, message, name, w.team.botUserId);
  return {};
};

const removeReaction: Method = (w, args) => {
  const { channel, message } = named(w, args, 'timestamp');
  unreact(w, channel, message, args.need('name').replaceAll(':', ''), w.team.botUserId);
  return {};
};

const getReactions: Method = (w, args) => {
  const { channel, message } = named(w, args, 'timestamp');
  return { type: 'message', channel: channel.id, message: messageShape(w, message) };
};

const addPin: Method = (w, args) => {
  const { channel, message } = named(w, args, 'timestamp');
  inside(w, channel.id);
  enforce('pins.add', { pins: channel.pins.length + 1 });
  setPin(w, channel, message, w.team.botUserId, true);
  return {};
};

const removePin: Method = (w, args) => {
  const { channel, message } = named(w, args, 'timestamp');
  inside(w, channel.id);
  setPin(w, channel, message, w.team.botUserId, false);
  return {};
};

const listPins: Method = (w, args) => {
  const channel = visibleChannel(w, args.need('channel'), w.team.botUserId);
  const items = channel.pins.flatMap(({ ts, user, created }): JsonObject[] => {
    const message = w.messages.get(channel.id, ts);
    if (message === undefined) return [];
    return [{ type: 'message', channel: channel.id, created, created_by: user, message: messageShape(w, message) }];
  });
  return { items };
};

const addBookmark: Method = (w, args) => {
  inside(w, args.need('channel_id'));
  const channel = visibleChannel(w, args.need('channel_id'), w.team.botUserId);
  if (args.need('type') !== 'link') throw new Refusal('invalid_bookmark_type');
  if (!/^https?:\/\//.test(args.need('link'))) throw new Refusal('invalid_link');
  enforce('bookmarks.add', { bookmarks: channel.bookmarks.length + 1 });
  const bookmark = compact({
    id: slackId('Bk', w.random),
    channel_id: channel.id,
    title: args.need('title'),
    link: args.need('link'),
    emoji: args.optional('emoji'),
    type: 'link',
    date_created: seconds(w),
    app_id: w.team.appId,
  });
  showChannel(w, w.channels.put(channel.id, { ...channel, bookmarks: [...channel.bookmarks, bookmark] }));
  return { bookmark };
};

export const ITEM_METHODS: Record<string, Method> = {
  'reactions.add': addReaction,
  'reactions.remove': removeReaction,
  'reactions.get': getReactions,
  'pins.add': addPin,
  'pins.remove': removePin,
  'pins.list': listPins,
  'bookmarks.add': addBookmark,
  'bookmarks.list': (w, args) => ({ bookmarks: visibleChannel(w, args.need('channel_id'), w.team.botUserId).bookmarks }),
};
