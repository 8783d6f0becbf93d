import type { Arguments } from './arguments.ts';
import {
  admit,
  archive,
  channelsFor,
  createChannel,
  describe,
  directMessage,
  dismiss,
  openChannel,
  rename,
  visibleChannel,
} from './conversations.ts';
import type { Message } from './message-book.ts';
import { type Method, page } from './method.ts';
import { Refusal } from './refusal.ts';
import { channelShape, messageShape } from './shapes.ts';
import { enforce } from './validation.ts';
import { type Channel, isMember, type Workspace } from './workspace.ts';

const bot = (w: Workspace) => w.team.botUserId;
const shape = (w: Workspace, channel: Channel) => channelShape(w, channel, bot(w));
const named = (w: Workspace, args: Arguments) => visibleChannel(w, args.need('channel'), bot(w));
const own = (w: Workspace, args: Arguments) => openChannel(w, args.need('channel'), bot(w));

const create: Method = (w, args) => ({ channel: shape(w, createChannel(w, args.text('name'), args.flag('is_private'), bot(w))) });

const list: Method = (w, args) => {
  const types = args.has('types') ? args.list('types') : ['public_channel'];
  const kinds = types.map((type) => ({ public_channel: 'public', private_channel: 'private', im: 'im', mpim: 'mpim' })[type]);
  if (kinds.includes(undefined)) throw new Refusal('invalid_types');
  const found = channelsFor(w, bot(w)).filter(
    (channel) => kinds.includes(channel.kind) && !(args.flag('exclude_archived') && channel.archived),
  );
  const { items, next } = page(found, args, 100, 1000);
  return { channels: items.map((channel) => shape(w, channel)), response_metadata: { next_cursor: next } };
};

const info: Method = (w, args) => ({ channel: shape(w, named(w, args)) });

const invite: Method = (w, args) => {
  const channel = own(w, args);
  if (channel.kind === 'im') throw new Refusal('method_not_supported_for_channel_type');
  const people = [...new Set(args.list('users'))];
  enforce('conversations.invite', { users: people });
  const errors = people.flatMap((user) => inviteError(w, channel, user).map((error) => ({ user, ok: false, error })));
  const good = people.filter((user) => !errors.some((error) => error.user === user));
  const [first] = errors;
  if (first !== undefined && (good.length === 0 || !args.flag('force'))) throw new Refusal(first.error, { errors });
  return { channel: shape(w, admit(w, channel, good, bot(w))) };
};

function inviteError(w: Workspace, channel: Channel, user: string): string[] {
  if (user === bot(w)) return ['cant_invite_self'];
  if (!w.people.has(user)) return ['user_not_found'];
  return isMember(channel, user) ? ['already_in_channel'] : [];
}

const join: Method = (w, args) => {
  const channel = named(w, args);
  if (channel.kind !== 'public') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.archived) throw new Refusal('is_archived');
  if (!isMember(channel, bot(w))) return { channel: shape(w, admit(w, channel, [bot(w)])) };
  return { channel: shape(w, channel), warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } };
};

const members: Method = (w, args) => {
  const { items, next } = page(named(w, args).members, args, 100, 1000);
  return { members: items, response_metadata: { next_cursor: next } };
};

const open: Method = (w, args) => {
  if (args.has('channel')) return { channel: shape(w, named(w, args)) };
  const users = args.list('users');
  const [user] = users;
  if (user === undefined) throw new Refusal('users_list_not_supplied');
  if (users.length > 1) throw new Refusal('not_enough_users');
  if (!w.people.has(user)) throw new Refusal('user_not_found');
  if (user === bot(w)) throw new Refusal('cannot_dm_bot');
  const { channel, opened } = directMessage(w, bot(w), user);
  return { channel: shape(w, channel), ...(opened ? {} : { no_op: true, already_open: true }) };
};

function readable(w: Workspace, args: Arguments): Channel {
  const channel = named(w, args);
  if (!isMember(channel, bot(w))) throw new Refusal('not_in_channel');
  return channel;
}

/** The part of a history between `oldest` and `latest`. */
function between(messages: readonly Message[], args: Arguments): Message[] {
  const [oldest, latest] = [args.text('oldest') || '0', args.text('latest') || '9999999999'];
  const edge = args.flag('inclusive');
  const after = (ts: string) => Number(ts) > Number(oldest) || (edge && ts === oldest);
  const before = (ts: string) => Number(ts) < Number(latest) || (edge && ts === latest);
  return messages.filter(({ ts }) => after(ts) && before(ts));
}

const history: Method = (w, args) => {
  const channel = readable(w, args);
  const top = w.messages
    .in(channel.id)
    .filter(({ thread_ts, ts, broadcast }) => thread_ts === undefined || thread_ts === ts || broadcast === true);
  const { items, next } = page(between(top, args).reverse(), args, 100, 999);
  const messages = items.map((message) => messageShape(w, message, args.flag('include_all_metadata')));
  return { messages, has_more: next !== '', pin_count: channel.pins.length, response_metadata: { next_cursor: next } };
};

const replies: Method = (w, args) => {
  const channel = readable(w, args);
  const named = w.messages.get(channel.id, args.need('ts'));
  if (named === undefined) throw new Refusal('thread_not_found');
  const root = w.messages.get(channel.id, named.thread_ts ?? named.ts) ?? named;
  const thread = [root, ...between(w.messages.replies(channel.id, root.ts), args)];
  const { items, next } = page(thread, args, 1000, 1000);
  const messages = items.map((message) => messageShape(w, message, args.flag('include_all_metadata')));
  return { messages, has_more: next !== '', response_metadata: { next_cursor: next } };
};

const setTopic: Method = (w, args) => {
  enforce('conversations.setTopic', { topic: args.text('topic') });
  return { channel: shape(w, describe(w, own(w, args), 'topic', args.text('topic'), bot(w))) };
};

const setPurpose: Method = (w, args) => {
  enforce('conversations.setPurpose', { purpose: args.text('purpose') });
  return { channel: shape(w, describe(w, own(w, args), 'purpose', args.text('purpose'), bot(w))), purpose: args.text('purpose') };
};

const kick: Method = (w, args) => {
  const channel = own(w, args);
  const user = args.need('user');
  if (user === bot(w)) throw new Refusal('cant_kick_self');
  if (!w.people.has(user)) throw new Refusal('user_not_found');
  if (!isMember(channel, user)) throw new Refusal('not_in_channel');
  dismiss(w, channel, user);
  return {};
};

const leave: Method = (w, args) => {
  const channel = named(w, args);
  if (channel.kind === 'im') throw new Refusal('method_not_supported_for_channel_type');
  if (channel.name === 'general') throw new Refusal('cant_leave_general');
  if (!isMember(channel, bot(w))) return { not_in_channel: true };
  dismiss(w, channel, bot(w));
  return {};
};

export const CONVERSATION_METHODS: Record<string, Method> = {
  'conversations.create': create,
  'conversations.list': list,
  'conversations.info': info,
  'conversations.invite': invite,
  'conversations.join': join,
  'conversations.members': members,
  'conversations.open': open,
  'conversations.history': history,
  'conversations.replies': replies,
  'conversations.setTopic': setTopic,
  'conversations.setPurpose': setPurpose,
  'conversations.rename': (w, args) => ({ channel: shape(w, rename(w, own(w, args), args.text('name'), bot(w))) }),
  'conversations.archive': (w, args) => {
    const channel = named(w, args);
    if (!isMember(channel, bot(w))) throw new Refusal('not_in_channel');
    archive(w, channel, bot(w));
    return {};
  },
  'conversations.kick': kick,
  'conversations.leave': leave,
};
