import { compact, type Json, type JsonObject } from './json.ts';
import type { Message } from './message-book.ts';
import { type Channel, type FileRow, isMember, otherMember, type Person, type Workspace } from './workspace.ts';

/** A file as Slack shows it. URLs start with the address under which the bot reaches the room. */
export function fileShape(w: Workspace, file: FileRow): JsonObject {
  const url = `${w.base}/files/${file.id}/${encodeURIComponent(file.name)}`;
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.includes('.') ? (file.name.split('.').at(-1) ?? '') : 'binary',
    user: file.user,
    user_team: w.team.id,
    size: file.size,
    mode: 'hosted',
    is_external: false,
    is_public: file.channels.some((id) => w.channels.get(id)?.kind === 'public'),
    url_private: url,
    url_private_download: url,
    permalink: url,
    channels: file.channels.filter((id) => w.channels.get(id)?.kind === 'public'),
    groups: file.channels.filter((id) => w.channels.get(id)?.kind === 'private'),
    ims: file.channels.filter((id) => w.channels.get(id)?.kind === 'im'),
  };
}

/** A message as Slack shows it: metadata only where it was asked for. */
export function messageShape(w: Workspace, message: Message, withMetadata = false): JsonObject {
  return {
    ...compact({
      type: 'message',
      subtype: message.subtype,
      user: message.user,
      text: message.text,
      ts: message.ts,
      team: w.team.id,
      blocks: message.blocks,
      thread_ts: message.thread_ts,
      edited: message.edited,
      metadata: withMetadata ? message.metadata : undefined,
    }),
    ...(message.bot === true ? botFields(w) : {}),
    ...threadFields(w, message),
    ...(message.reactions === undefined || message.reactions.length === 0
      ? {}
      : { reactions: message.reactions.map(({ name, users }) => ({ name, users, count: users.length })) }),
    ...(message.file_ids === undefined ? {} : { files: filesOf(w, message) }),
    ...(w.channels.get(message.channel)?.pins.some(({ ts }) => ts === message.ts) ? { pinned_to: [message.channel] } : {}),
  };
}

function filesOf(w: Workspace, message: Message): Json[] {
  return (message.file_ids ?? []).flatMap((id) => {
    const file = w.files.get(id);
    return file === undefined ? [] : [fileShape(w, file)];
  });
}

function botFields(w: Workspace): JsonObject {
  const { botId, appId, id } = w.team;
  const name = w.people.get(w.team.botUserId)?.realName ?? '';
  return { bot_id: botId, app_id: appId, bot_profile: { id: botId, app_id: appId, name, deleted: false, team_id: id } };
}

function threadFields(w: Workspace, message: Message): JsonObject {
  if (message.thread_ts !== message.ts) {
    const parent = message.thread_ts === undefined ? undefined : w.messages.get(message.channel, message.thread_ts);
    return parent === undefined ? {} : { parent_user_id: parent.user };
  }
  const replies = w.messages.replies(message.channel, message.ts);
  const users = [...new Set(replies.map(({ user }) => user))];
  return {
    reply_count: replies.length,
    reply_users_count: users.length,
    reply_users: users,
    ...(replies.length === 0 ? {} : { latest_reply: replies.at(-1)?.ts ?? '' }),
    is_locked: false,
    subscribed: false,
  };
}

/** A channel as Slack shows it to one person or to the bot. */
export function channelShape(w: Workspace, channel: Channel, viewer: string): JsonObject {
  const common = { id: channel.id, created: channel.created, is_archived: channel.archived, context_team_id: w.team.id };
  if (channel.kind === 'im') {
    return {
      ...common,
      is_im: true,
      is_org_shared: false,
      user: otherMember(channel, viewer),
      is_user_deleted: false,
      priority: 0,
    };
  }
  const priv = channel.kind === 'private';
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: !priv,
    is_group: priv,
    is_im: false,
    is_mpim: false,
    is_private: priv,
    is_general: channel.name === 'general',
    is_member: isMember(channel, viewer),
    is_shared: false,
    is_org_shared: false,
    is_ext_shared: false,
    creator: channel.creator,
    topic: channel.topic,
    purpose: channel.purpose,
    num_members: channel.members.length,
    previous_names: [],
  };
}

/** A person as Slack shows them. The title says how their identity was established. */
export function personShape(w: Workspace, person: Person): JsonObject {
  return {
    id: person.id,
    team_id: w.team.id,
    name: person.name,
    deleted: false,
    real_name: person.realName,
    tz: person.tz,
    is_admin: false,
    is_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: person.bot,
    is_app_user: false,
    updated: person.created,
    profile: {
      title: person.identity,
      real_name: person.realName,
      real_name_normalized: person.realName,
      display_name: person.name,
      display_name_normalized: person.name,
      team: w.team.id,
      ...(person.bot ? { bot_id: w.team.botId, api_app_id: w.team.appId } : {}),
    },
  };
}
