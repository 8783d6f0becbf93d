import { admit, newChannel } from './conversations.ts';
import { digest, secret, slackId } from './ids.ts';
import { personShape } from './shapes.ts';
import { type Identity, type JoinLink, type Person, seconds, type Workspace } from './workspace.ts';

/** A handle from a name: lower case, ASCII where possible, unique. */
function handle(w: Workspace, realName: string): string {
  const plain = realName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '.')
    .replace(/^\.+|\.+$/g, '');
  const base = plain.slice(0, 60) || 'person';
  const taken = new Set(w.people.all().map(({ name }) => name));
  let name = base;
  for (let count = 2; taken.has(name); count++) name = `${base}${count}`;
  return name;
}

/** Adds a person; everybody is in #general. */
export function addPerson(w: Workspace, realName: string, identity: Identity, tz = 'Etc/UTC'): Person {
  const id = slackId('U', w.random);
  const person = { id, name: handle(w, realName), realName, identity, tz, created: seconds(w), bot: false };
  w.people.put(id, person);
  w.feed.publish('all', { type: 'person', person: personShape(w, person) });
  const general = w.channels.all().find(({ name }) => name === 'general');
  if (general !== undefined) admit(w, general, [id]);
  return person;
}

/** Brings a new workspace to life: the bot, #general, and the people to choose from. */
export function settle(w: Workspace, botName: string, people: readonly string[]): void {
  const { botUserId } = w.team;
  if (w.people.has(botUserId)) return;
  const name = botName.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  w.people.put(botUserId, {
    id: botUserId,
    name,
    realName: botName,
    identity: 'the bot',
    tz: 'Etc/UTC',
    created: seconds(w),
    bot: true,
  });
  const seeded = people.map((realName) => seed(w, realName));
  newChannel(w, { name: 'general', kind: 'public', creator: botUserId, members: [botUserId, ...seeded.map(({ id }) => id)] });
}

function seed(w: Workspace, realName: string): Person {
  const id = slackId('U', w.random);
  return w.people.put(id, {
    id,
    name: handle(w, realName),
    realName,
    identity: 'picked from a list',
    tz: 'Etc/UTC',
    created: seconds(w),
    bot: false,
  });
}

/** Makes a link that lets one person in, once: the token is told only here. */
export function makeJoinLink(w: Workspace, name?: string): string {
  const token = secret(w.random);
  const id = digest(token);
  w.joinLinks.put(id, { id, created: seconds(w), ...(name === undefined ? {} : { name }) });
  return token;
}

/** A join link is good for a week. */
const LINK_SECONDS = 604_800;

/** A join link that can still be used. */
export function findJoinLink(w: Workspace, token: string): JoinLink | undefined {
  const link = w.joinLinks.get(digest(token));
  if (link === undefined || link.usedBy !== undefined || link.created + LINK_SECONDS < seconds(w)) return undefined;
  return link;
}

/** Spends a join link. A link made for somebody who joined by link before lets the same person in again. */
export function useJoinLink(w: Workspace, link: JoinLink, name: string): Person {
  const realName = link.name ?? name;
  const known = w.people
    .all()
    .find((person) => person.identity === 'joined by link' && link.name !== undefined && person.realName === realName);
  const person = known ?? addPerson(w, realName, 'joined by link');
  w.joinLinks.put(link.id, { ...link, usedBy: person.id });
  return person;
}
