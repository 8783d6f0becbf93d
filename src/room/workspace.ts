import type { Answers } from './answers.ts';
import type { BotLine } from './bot-line.ts';
import type { Events } from './events.ts';
import type { Feed } from './feed.ts';
import type { Random } from './ids.ts';
import type { JsonObject } from './json.ts';
import type { Message, MessageBook } from './message-book.ts';
import type { Table } from './table.ts';
import type { Templates } from './templates.ts';
import type { Triggers } from './triggers.ts';

/** How it was established that a browser speaks for this person. */
export type Identity = 'picked from a list' | 'joined by link' | 'the bot';

export type Person = { id: string; name: string; realName: string; identity: Identity; tz: string; created: number; bot: boolean };

/** `id` is the digest of the cookie's secret. */
export type Session = { id: string; person: string; created: number };

/** A one-person link: `id` is the digest of its token. It lets exactly one browser in, once. */
export type JoinLink = { id: string; name?: string; created: number; usedBy?: string };

export type Topic = { value: string; creator: string; last_set: number };
export type Pin = { ts: string; user: string; created: number };

export type Channel = {
  id: string;
  name: string;
  kind: 'public' | 'private' | 'im';
  creator: string;
  created: number;
  members: string[];
  archived: boolean;
  topic: Topic;
  purpose: Topic;
  pins: Pin[];
  bookmarks: JsonObject[];
};

export type FileRow = {
  id: string;
  name: string;
  title: string;
  mimetype: string;
  size: number;
  user: string;
  created: number;
  channels: string[];
  /** Handed to the bot in a form: it may read it, in no channel as it may be. */
  handed?: boolean;
  /** The digest of the secret in the upload URL, until the bytes have come. */
  upload?: string;
};

/** How far a person has read in a channel. */
export type ReadMark = { person: string; channel: string; ts: string };

export type Team = { id: string; name: string; domain: string; appId: string; botId: string; botUserId: string };

/** A slash command that the bot answers, as its manifest declares it. */
export type Command = { command: string; description: string; usage: string };
/** `type` is message unless it says global. */
export type Shortcut = { callback_id: string; name: string; type?: 'message' | 'global' };
/** A way in that the first screen offers: it sends a command as the person who opens it. */
export type Door = { title: string; text: string; command: string };

/** Everything the room knows, and the three ways out of it: to the pages (feed), to the bot (events), to nobody else. */
export type Workspace = {
  team: Team;
  people: Table<Person>;
  sessions: Table<Session>;
  joinLinks: Table<JoinLink>;
  channels: Table<Channel>;
  messages: MessageBook;
  /** Ephemeral messages of this run, and whom they are for. */
  whispers: Map<string, Message & { person: string }>;
  views: Table<JsonObject>;
  homes: Table<JsonObject>;
  files: Table<FileRow>;
  bytes: Table<string>;
  reads: Table<ReadMark>;
  commands: readonly Command[];
  shortcuts: readonly Shortcut[];
  doors: readonly Door[];
  templates: Templates;
  line: BotLine;
  feed: Feed;
  events: Events;
  triggers: Triggers;
  answers: Answers;
  /** The address under which the bot reaches the room, as last seen. */
  base: string;
  now(): number;
  random: Random;
};

/** Unix seconds, as most of Slack's times are. */
export function seconds(w: { now(): number }): number {
  return Math.floor(w.now() / 1000);
}

export function isMember(channel: Channel, person: string): boolean {
  return channel.members.includes(person);
}

/** The other person of a direct message, as seen by one of them. */
export function otherMember(channel: Channel, person: string): string {
  return channel.members.find((id) => id !== person) ?? person;
}
