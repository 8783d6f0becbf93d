import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Access, SESSION_SECONDS } from './access.ts';
import { Answers } from './answers.ts';
import { BotLine } from './bot-line.ts';
import { Entrance } from './entrance.ts';
import { Events } from './events.ts';
import { Feed } from './feed.ts';
import { filler, type Random, slackId } from './ids.ts';
import { stringOf } from './json.ts';
import { MessageBook } from './message-book.ts';
import { makeJoinLink, settle } from './people.ts';
import { Rates } from './rates.ts';
import { type Pages, Reception } from './reception.ts';
import type { Shelf } from './shelf.ts';
import { openTables, type Table } from './table.ts';
import { NO_TEMPLATES, type Templates } from './templates.ts';
import { Triggers } from './triggers.ts';
import type { Command, Door, Identity, Shortcut, Team, Workspace } from './workspace.ts';

export type RoomOptions = {
  shelf: Shelf;
  signingSecret: string;
  botToken: string;
  /** Milliseconds since 1970. */
  now(): number;
  random: Random;
  /** Where the bot listens: the room POSTs signed requests there. May be '' until `connect`. */
  eventsUrl: string;
  commands: readonly Command[];
  shortcuts: readonly Shortcut[];
  doors?: readonly Door[];
  /** Who is let in; without it, anybody on this machine, who then picks a name. */
  access?: Access;
  /** Names, with port, under which the room may be reached besides the addresses it listens on. */
  hosts?: readonly string[];
  /** People to choose from in a new room; with a passphrase there are none but those who join. */
  people?: readonly string[];
  teamName?: string;
  botName?: string;
  /** Slack's rate limits are enforced unless this says off. */
  rateLimits?: 'slack' | 'off';
  /** Runbooks that a new one may start from, on the preview page. */
  templates?: Templates;
  /** Further pages for whoever is signed in. */
  pages?: Pages;
  log?(line: string): void;
};

/** The built-in workspace. Mount `listener` in a node:http server. */
export type Room = {
  listener(request: IncomingMessage, response: ServerResponse): void;
  /** Says where the bot listens; events it has not taken are sent again. */
  connect(eventsUrl: string): void;
  /** The path of a link that lets one person in, once. */
  joinLink(name?: string): string;
  /** How the identity of a person was established. */
  identityOf(user: string): Identity;
  /** Sends what is due to the bot; called every second on its own. */
  tick(): Promise<void>;
  /** What the bot's side may want to know without asking over HTTP. */
  team: Team;
  close(): Promise<void>;
};

const PEOPLE = ['Ada Okafor', 'Ben Lindqvist', 'Chidi Park', 'Dana Moreau'];
const DOORS: readonly Door[] = [
  {
    title: 'Start an incident',
    text: 'Something is wrong, or might be. Three questions, then the first step.',
    command: '/incident',
  },
  {
    title: 'Play Kaseya, July 2021 (a drill)',
    text: 'A real supply-chain attack, replayed. Nothing you do here touches a real system.',
    command: '/incident drill kaseya',
  },
];

/** Opens the room on what its shelf holds; a new shelf gets a team, #general and the people to choose from. */
export function createRoom(options: RoomOptions): Room {
  const w = openWorkspace(options);
  const access: Access = options.access ?? { loopback: true };
  settle(w, options.botName ?? 'Firebreak', 'loopback' in access ? (options.people ?? PEOPLE) : []);
  const rates = options.rateLimits === 'off' ? undefined : new Rates(options.now);
  const reception = new Reception({
    w,
    entrance: new Entrance(w, access),
    rates,
    botToken: options.botToken,
    hosts: options.hosts ?? [],
    sync: () => options.shelf.sync?.(),
    pages: options.pages ?? {},
  });
  const log = options.log ?? (() => {});
  const beat = setInterval(() => void w.events.tick().catch((error) => log(String(error))), 1000);
  const pulse = setInterval(() => w.feed.beat(), 20_000);
  for (const timer of [beat, pulse]) timer.unref();
  w.events.renew();
  sweep(w);
  return {
    listener: (request, response) =>
      void reception.answer(request, response).catch((error) => reception.fail(response, error, log)),
    connect: (eventsUrl) => {
      w.line.connect(eventsUrl);
      w.events.renew();
      void w.events.tick();
    },
    joinLink: (name) => `/join/${makeJoinLink(w, name)}`,
    identityOf: (user) => w.people.get(user)?.identity ?? 'picked from a list',
    tick: () => w.events.tick(),
    team: w.team,
    close: async () => {
      clearInterval(beat);
      clearInterval(pulse);
      w.line.connect('');
      w.feed.drop();
    },
  };
}

function openWorkspace(options: RoomOptions): Workspace {
  const { now, random } = options;
  const table = openTables(options.shelf);
  const team = openTeam(table('team'), options);
  const line = new BotLine(options.eventsUrl, options.signingSecret, now);
  const log = options.log ?? (() => {});
  const feed = new Feed(filler(random));
  const onWaiting = (count: number) => feed.publish('all', { type: 'waiting', count });
  return {
    team,
    people: table('person'),
    sessions: table('session'),
    joinLinks: table('join-link'),
    channels: table('channel'),
    messages: new MessageBook(table('message')),
    whispers: new Map(),
    views: table('view'),
    homes: table('home'),
    files: table('file'),
    bytes: table('bytes'),
    reads: table('read'),
    commands: options.commands,
    shortcuts: options.shortcuts,
    doors: options.doors ?? DOORS,
    templates: options.templates ?? NO_TEMPLATES,
    line,
    feed,
    events: new Events({ team, table: table('event'), line, now, random, log, onWaiting }),
    triggers: new Triggers(now, random),
    answers: new Answers(table('answer'), now, random),
    base: '',
    now,
    random,
  };
}

/** Lets go of what nobody can come back to: sessions that have run out, and forms left open for a day. */
function sweep(w: Workspace): void {
  const now = w.now() / 1000;
  for (const id of w.sessions.ids(({ created }) => created + SESSION_SECONDS < now)) w.sessions.delete(id);
  for (const id of w.views.ids(({ hash }) => Number(stringOf(hash).split('.')[0]) + 86_400 < now)) w.views.delete(id);
}

function openTeam(table: Table<Team>, { random, teamName = 'Firebreak room' }: RoomOptions): Team {
  const known = table.get('team');
  if (known !== undefined) return known;
  const ids = {
    id: slackId('T', random),
    appId: slackId('A', random),
    botId: slackId('B', random),
    botUserId: slackId('U', random),
  };
  return table.put('team', { ...ids, name: teamName, domain: 'room' });
}
