import { slackId } from './ids.ts';
import type { JsonObject } from './json.ts';
import { channelType, pageChannel, post, showChannel, tellBot } from './messages.ts';
import { Refusal } from './refusal.ts';
import { channelShape } from './shapes.ts';
import { enforce } from './validation.ts';
import { type Channel, isMember, seconds, type Workspace } from './workspace.ts';

/** The channel, if this person may know of it; otherwise Slack's `channel_not_found`. */
export function visibleChannel(w: Workspace, id: string, viewer: string): Channel {
  const channel = w.channels.get(id);
  if (channel === undefined || (channel.kind !== 'public' && !isMember(channel, viewer))) throw new Refusal('channel_not_found');
  return channel;
}

/** The channel, if this person may speak there. */
export function openChannel(w: Workspace, id: string, speaker: string): Channel {
  const channel = visibleChannel(w, id, speaker);
  if (channel.archived) throw new Refusal('is_archived');
  if (!isMember(channel, speaker)) throw new Refusal('not_in_channel');
  return channel;
}

/** Creates a channel with its creator in it. Names are unique for ever: an archived channel keeps its name. */
export function createChannel(w: Workspace, name: string, isPrivate: boolean, creator: string): Channel {
  enforce('conversations.create', { name });
  checkName(name);
  if (w.channels.all().some((channel) => channel.name === name)) throw new Refusal('name_taken');
  const kind = isPrivate ? 'private' : 'public';
  const channel = newChannel(w, { name, kind, members: [creator], creator });
  showChannel(w, channel);
  if (kind === 'public')
    w.events.emit({ type: 'channel_created', channel: { id: channel.id, name, created: channel.created, creator } });
  return channel;
}

function checkName(name: string): void {
  if (/^[-_]+$/.test(name)) throw new Refusal('invalid_name_punctuation');
  if (!/^[\p{Ll}\p{Lo}\p{N}_-]+$/u.test(name)) throw new Refusal('invalid_name_specials');
}

/** A channel as it begins; nobody is told. */
export function newChannel(w: Workspace, fields: Pick<Channel, 'name' | 'kind' | 'members' | 'creator'>): Channel {
  const id = slackId(fields.kind === 'im' ? 'D' : 'C', w.random);
  const empty = { value: '', creator: '', last_set: 0 };
  const rest = { archived: false, topic: empty, purpose: empty, pins: [], bookmarks: [] };
  return w.channels.put(id, { id, created: seconds(w), ...fields, ...rest });
}

/** The direct message of two people, opened on first use. */
export function directMessage(w: Workspace, one: string, other: string): { channel: Channel; opened: boolean } {
  const both = new Set([one, other]);
  const known = w.channels
    .all()
    .find(({ kind, members }) => kind === 'im' && members.length === both.size && members.every((id) => both.has(id)));
  if (known !== undefined) return { channel: known, opened: false };
  const channel = newChannel(w, { name: '', kind: 'im', members: [...both], creator: one });
  showChannel(w, channel);
  return { channel, opened: true };
}

/** Adds people to a channel, says so in it, and tells the bot. */
export function admit(w: Workspace, channel: Channel, people: string[], inviter?: string): Channel {
  const changed = w.channels.put(channel.id, { ...channel, members: [...channel.members, ...people] });
  showChannel(w, changed);
  for (const user of people) {
    post(w, changed, { user, text: `<@${user}> has joined the channel`, subtype: 'channel_join' });
    const base = { type: 'member_joined_channel', user, channel: channel.id, channel_type: changed.kind === 'private' ? 'G' : 'C' };
    const invited: JsonObject = inviter === undefined || inviter === user ? {} : { inviter };
    tellBot(w, changed, { ...base, ...invited, team: w.team.id, event_ts: w.messages.nextTs(w.now()) });
  }
  return changed;
}

/** Takes somebody out of a channel; their pages lose a private channel at once. */
export function dismiss(w: Workspace, channel: Channel, person: string): Channel {
  tellBot(w, channel, {
    type: 'member_left_channel',
    user: person,
    channel: channel.id,
    channel_type: channel.kind === 'private' ? 'G' : 'C',
    team: w.team.id,
    event_ts: w.messages.nextTs(w.now()),
  });
  const changed = w.channels.put(channel.id, { ...channel, members: channel.members.filter((id) => id !== person) });
  w.feed.publish([person], { type: 'left', channel: channel.id });
  post(w, changed, { user: person, text: `<@${person}> has left the channel`, subtype: 'channel_leave' });
  showChannel(w, changed);
  return changed;
}

/** Sets topic or purpose and says so in the channel, as Slack does. */
export function describe(w: Workspace, channel: Channel, field: 'topic' | 'purpose', value: string, by: string): Channel {
  const changed = w.channels.put(channel.id, { ...channel, [field]: { value, creator: by, last_set: seconds(w) } });
  showChannel(w, changed);
  const text = value === '' ? `cleared the channel ${field}` : `set the channel ${field}: ${value}`;
  post(w, changed, { user: by, text, subtype: `channel_${field}` });
  return changed;
}

export function rename(w: Workspace, channel: Channel, name: string, by: string): Channel {
  enforce('conversations.rename', { name });
  checkName(name);
  if (w.channels.all().some((other) => other.name === name && other.id !== channel.id)) throw new Refusal('name_taken');
  const changed = w.channels.put(channel.id, { ...channel, name });
  showChannel(w, changed);
  post(w, changed, { user: by, text: `renamed the channel from "${channel.name}" to "${name}"`, subtype: 'channel_name' });
  tellBot(w, changed, {
    type: changed.kind === 'private' ? 'group_rename' : 'channel_rename',
    channel: { id: channel.id, name, created: channel.created },
  });
  return changed;
}

/** Closes a channel for good: it stays readable for its members. */
export function archive(w: Workspace, channel: Channel, by: string): Channel {
  if (channel.archived) throw new Refusal('already_archived');
  if (channel.name === 'general') throw new Refusal('cant_archive_general');
  post(w, channel, { user: by, text: 'archived the channel', subtype: 'channel_archive' });
  const changed = w.channels.put(channel.id, { ...channel, archived: true });
  showChannel(w, changed);
  const type = channelType(channel) === 'group' ? 'group_archive' : 'channel_archive';
  tellBot(w, changed, { type, channel: channel.id, user: by });
  return changed;
}

/** All channels a person may know of, as the browser of channels lists them. */
export function channelsFor(w: Workspace, person: string): Channel[] {
  return w.channels.all().filter((channel) => channel.kind === 'public' || isMember(channel, person));
}

/** One person's sidebar. */
export function sidebar(w: Workspace, person: string): JsonObject[] {
  return w.channels
    .all()
    .filter((channel) => isMember(channel, person))
    .map((channel) => pageChannel(w, channel, person));
}

/** A public channel a person could join. */
export function joinable(w: Workspace, person: string): JsonObject[] {
  return channelsFor(w, person)
    .filter((channel) => !channel.archived && !isMember(channel, person))
    .map((channel) => channelShape(w, channel, person));
}
