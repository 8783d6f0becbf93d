import { z } from 'zod';
import { admit, createChannel, describe, directMessage, dismiss, joinable, openChannel, visibleChannel } from './conversations.ts';
import type { Actor } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { Unanswered } from './replies.ts';
import { enforce } from './validation.ts';
import { isMember, type Workspace } from './workspace.ts';

type Act = (w: Workspace, actor: Actor, body: unknown) => JsonObject;

const Named = z.object({ channel: z.string() });
const Create = z.object({ name: z.string(), private: z.boolean() });
const Invite = Named.extend({ people: z.array(z.string()).min(1).max(100) });
const Topic = Named.extend({ topic: z.string() });

const create: Act = (w, { person }, body) => {
  const { name, private: isPrivate } = Create.parse(body);
  return { channel: createChannel(w, name.trim().toLowerCase().replaceAll(' ', '-'), isPrivate, person.id).id };
};

const join: Act = (w, { person }, body) => {
  const channel = visibleChannel(w, Named.parse(body).channel, person.id);
  if (!isMember(channel, person.id)) admit(w, channel, [person.id]);
  return { channel: channel.id };
};

const leave: Act = (w, { person }, body) => {
  const channel = openChannel(w, Named.parse(body).channel, person.id);
  if (channel.name === 'general') throw new Unanswered('Nobody can leave #general.');
  if (channel.kind === 'im') throw new Unanswered('A direct message cannot be left.');
  dismiss(w, channel, person.id);
  return {};
};

const invite: Act = (w, { person }, body) => {
  const { channel: id, people } = Invite.parse(body);
  const channel = openChannel(w, id, person.id);
  if (channel.kind === 'im') throw new Unanswered('A direct message is for two. Make a channel instead.');
  const added = people.filter((user) => w.people.has(user) && !isMember(channel, user));
  if (added.length === 0) throw new Unanswered('They are already in this channel.');
  admit(w, channel, added, person.id);
  return {};
};

const message: Act = (w, { person }, body) => {
  const { person: other } = z.object({ person: z.string() }).parse(body);
  if (!w.people.has(other)) throw new Unanswered('There is nobody of that name here.');
  return { channel: directMessage(w, person.id, other).channel.id };
};

const topic: Act = (w, { person }, body) => {
  const wanted = Topic.parse(body);
  enforce('conversations.setTopic', { topic: wanted.topic });
  describe(w, openChannel(w, wanted.channel, person.id), 'topic', wanted.topic, person.id);
  return {};
};

export const CHANNEL_ACTS: Record<string, Act> = {
  create,
  join,
  leave,
  invite,
  message,
  topic,
  browse: (w, { person }) => ({ channels: joinable(w, person.id) }),
};
