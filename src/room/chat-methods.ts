import type { Arguments } from './arguments.ts';
import { withIds } from './block-ids.ts';
import { directMessage, openChannel, visibleChannel } from './conversations.ts';
import { compact, isObject, type JsonObject } from './json.ts';
import { figure } from './limits.ts';
import type { Message } from './message-book.ts';
import { change, type Draft, post, remove, whisper } from './messages.ts';
import type { Method } from './method.ts';
import { Refusal } from './refusal.ts';
import { messageShape } from './shapes.ts';
import { checkBlocks, enforce } from './validation.ts';
import { type Channel, isMember, type Workspace } from './workspace.ts';

/** The channel a message is for: an id, a #name, or a person, whose direct message it then is. */
function target(w: Workspace, name: string): Channel {
  const bot = w.team.botUserId;
  if (w.people.has(name) && name !== bot) return directMessage(w, bot, name).channel;
  const bare = name.replace(/^#/, '');
  const named = w.channels.all().find((channel) => channel.name !== '' && channel.name === bare);
  return openChannel(w, named?.id ?? name, bot);
}

function content(w: Workspace, method: string, args: Arguments): Pick<Draft, 'text' | 'blocks' | 'metadata'> {
  const markdown = args.text('markdown_text');
  const [text, given] = [args.text('text'), args.json('blocks', 'invalid_blocks_format')];
  if (markdown !== '' && (text !== '' || given !== undefined)) throw new Refusal('markdown_text_conflict');
  enforce(method, compact({ markdown_text: args.optional('markdown_text'), text: method === 'chat.update' ? text : undefined }));
  const source = markdown !== '' ? [{ type: 'markdown', text: markdown }] : given;
  const blocks = source === undefined ? undefined : withIds(checkBlocks(source), w.random);
  const metadata = args.object('metadata', 'invalid_metadata_format');
  if (metadata !== undefined) checkMetadata(method, metadata);
  const most = figure('chat.postMessage', 'text').max;
  return {
    text: (text === '' ? markdown : text).slice(0, most),
    ...(blocks === undefined ? {} : { blocks }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

function checkMetadata(method: string, metadata: JsonObject): void {
  enforce(method, { metadata });
  if (Object.keys(metadata).length === 0) return;
  if (typeof metadata.event_type !== 'string' || !isObject(metadata.event_payload)) throw new Refusal('invalid_metadata_schema');
}

function needContent({ text, blocks }: Pick<Draft, 'text' | 'blocks'>): void {
  if (text === '' && (blocks === undefined || blocks.length === 0)) throw new Refusal('no_text');
}

const postMessage: Method = (w, args) => {
  const channel = target(w, args.need('channel'));
  const draft = content(w, 'chat.postMessage', args);
  needContent(draft);
  const thread = args.optional('thread_ts');
  const broadcast = args.flag('reply_broadcast') ? { broadcast: true } : {};
  if (thread !== undefined && w.messages.get(channel.id, thread) === undefined) throw new Refusal('thread_not_found');
  const message = post(w, channel, {
    ...draft,
    ...broadcast,
    user: w.team.botUserId,
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  const cut = args.text('text').length > figure('chat.postMessage', 'text').max;
  return { channel: channel.id, ts: message.ts, message: messageShape(w, message, true), ...(cut ? truncated() : {}) };
};

function truncated(): JsonObject {
  const warning = figure('chat.postMessage', 'text').error;
  return { warning, response_metadata: { warnings: [warning] } };
}

/** The message a call names, in a channel the bot may know of. */
export function named(w: Workspace, args: Arguments, field = 'ts'): { channel: Channel; message: Message } {
  const channel = visibleChannel(w, args.need('channel'), w.team.botUserId);
  const message = w.messages.get(channel.id, args.need(field));
  if (message === undefined) throw new Refusal('message_not_found');
  return { channel, message };
}

const update: Method = (w, args) => {
  const { channel, message } = named(w, args);
  if (message.user !== w.team.botUserId || message.subtype === 'tombstone') throw new Refusal('cant_update_message');
  if (channel.archived) throw new Refusal('is_inactive');
  const edit = content(w, 'chat.update', args);
  if (!args.has('blocks') && !args.has('text') && !args.has('markdown_text') && edit.metadata === undefined)
    throw new Refusal('no_text');
  const { text, ...rest } = edit;
  const changed = change(w, channel, message, { ...rest, ...(text === '' ? {} : { text }), user: w.team.botUserId });
  return { channel: channel.id, ts: message.ts, text: changed.text, message: messageShape(w, changed, true) };
};

const del: Method = (w, args) => {
  const { channel, message } = named(w, args);
  if (message.user !== w.team.botUserId || message.subtype === 'tombstone') throw new Refusal('cant_delete_message');
  remove(w, channel, message);
  return { channel: channel.id, ts: message.ts };
};

const postEphemeral: Method = (w, args) => {
  const channel = openChannel(w, args.need('channel'), w.team.botUserId);
  const person = args.need('user');
  if (!w.people.has(person) || !isMember(channel, person)) throw new Refusal('user_not_in_channel');
  const draft = content(w, 'chat.postMessage', args);
  needContent(draft);
  const thread = args.optional('thread_ts');
  return {
    message_ts: whisper(w, channel, person, {
      ...draft,
      user: w.team.botUserId,
      ...(thread === undefined ? {} : { thread_ts: thread }),
    }),
  };
};

const getPermalink: Method = (w, args) => {
  const { channel, message } = named(w, args, 'message_ts');
  return { channel: channel.id, permalink: `${w.base}/archives/${channel.id}/p${message.ts.replace('.', '')}` };
};

export const CHAT_METHODS: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': del,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
};
