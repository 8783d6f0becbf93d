import { sidebar, visibleChannel } from './conversations.ts';
import type { JsonObject } from './json.ts';
import { pageMessage } from './messages.ts';
import { Refusal } from './refusal.ts';
import { personShape } from './shapes.ts';
import { stack, viewShape } from './views.ts';
import { isMember, type Person, type Workspace } from './workspace.ts';

/** How many messages a page takes at a time. */
const PAGE = 80;

/** Everything a person's page starts from. */
export function startState(w: Workspace, person: Person, tab: string): JsonObject {
  const home = w.homes.get(person.id);
  return {
    me: person.id,
    team: { id: w.team.id, name: w.team.name, bot: w.team.botUserId },
    people: w.people.all().map((known) => personShape(w, known)),
    channels: sidebar(w, person.id),
    home: home === undefined ? null : viewShape(home),
    views: stack(w, person.id, tab).map(viewShape),
    commands: [...w.commands],
    shortcuts: w.shortcuts.map(({ callback_id, name, type = 'message' }) => ({ callback_id, name, type })),
    doors: [...w.doors],
    waiting: w.events.waiting,
    position: w.feed.position,
  };
}

/** A stretch of a channel's messages, the latest last; `before` names the oldest message the page already has. */
export function history(w: Workspace, person: Person, id: string, before: string): JsonObject {
  const channel = visibleChannel(w, id, person.id);
  if (!isMember(channel, person.id)) throw new Refusal('not_in_channel');
  const edge = before === '' ? Number.POSITIVE_INFINITY : Number(before);
  const top = w.messages
    .in(id)
    .filter((m) => (m.thread_ts === undefined || m.thread_ts === m.ts || m.broadcast === true) && Number(m.ts) < edge);
  const whispers = [...w.whispers.values()].filter((m) => m.channel === id && m.person === person.id && m.thread_ts === undefined);
  const shown: JsonObject[] = before === '' ? whispers.map((m) => ({ ...pageMessage(w, m), is_ephemeral: true })) : [];
  const messages = [...top.slice(-PAGE).map((message) => pageMessage(w, message)), ...shown];
  return { messages: messages.sort((a, b) => Number(a.ts) - Number(b.ts)), more: top.length > PAGE, position: w.feed.position };
}

/** A thread: its first message and all replies. */
export function thread(w: Workspace, person: Person, id: string, ts: string): JsonObject {
  const channel = visibleChannel(w, id, person.id);
  const root = isMember(channel, person.id) ? w.messages.get(id, ts) : undefined;
  if (root === undefined) throw new Refusal('message_not_found');
  const whispers = [...w.whispers.values()].filter((m) => m.channel === id && m.person === person.id && m.thread_ts === ts);
  const shown: JsonObject[] = whispers.map((m) => ({ ...pageMessage(w, m), is_ephemeral: true }));
  const messages = [root, ...w.messages.replies(id, ts)].map((message) => pageMessage(w, message));
  return { messages: [...messages, ...shown].sort((a, b) => Number(a.ts) - Number(b.ts)), position: w.feed.position };
}
