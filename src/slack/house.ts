import type { webApi } from '@slack/bolt';
import type { Desk, Doing, Done } from '../desk/desk.ts';
import type { Model } from '../desk/model-port.ts';
import type { Place, Store } from '../desk/ports.ts';
import type { RecordView } from '../desk/view.ts';
import { type Command, type NamedPerson, type Refusal, refuse } from '../record/command.ts';
import type { Via } from '../record/event.ts';
import type { Elsewhere } from './lanes/elsewhere.ts';
import type { LaneHouse } from './lanes/house.ts';
import type { ReceiptFiles } from './lanes/receipt-files.ts';
import type { NoticeShelf } from './notices/desk.ts';
import { isExternal, NOT_KNOWN, OUTSIDE } from './outside.ts';
import { isZone } from './talk/time-said.ts';

/** What the Slack side needs to work with; built by main, and the same for every workspace. */
export type House = {
  /** What this chat is called in accounts and places. */
  surface: string;
  /** The workspace that the bot is installed in, once Slack has said which. */
  team?: string;
  /** Workspaces of clients in which it is installed too. */
  elsewhere?: Elsewhere;
  desk: Desk;
  store: Store;
  library: Library;
  client: webApi.WebClient;
  log: Log;
  /** How the identity of a user of this surface was established. */
  via(user: string): Via;
  /** Whose records this workspace works on. */
  clientOf(team: string): string;
  /** The bytes behind one of the chat's private file addresses. */
  fetchFile?(url: string): Promise<Uint8Array>;
  /** Starts a drill by name, or says why not. */
  drill?(name: string, by: NamedPerson): Promise<string>;
  /** Where the board stands as a page, in a chat that can serve one. */
  boardUrl?(incident: string): string;
  /** Whether another workspace reads a channel, or may: asked where it is not known whose person somebody is. */
  sharedWith?(channel: string): Promise<boolean>;
  /** One vendor incident, many clients: there where a house has clients. */
  lanes?: LaneHouse;
  /** Templates of notices; without them nothing is drafted. */
  notices?: NoticeShelf;
  /** The language model, where one is configured. */
  model?: Model;
  /** What one client was told, as files to hand over, or why there are none. */
  receipt?(client: string, incident: string): Promise<ReceiptFiles | string>;
  /** Writes the reviewer pack and answers where it is. */
  exportPack?(client: string, record: string): Promise<string>;
};

export type Library = {
  list(): { id: string; title: string; file: string }[];
  source(id: string): { id: string; file: string; source: string; digest: string } | undefined;
};

export type Log = {
  info(about: object, text: string): void;
  warn(about: object, text: string): void;
  error(about: object, text: string): void;
};

/** A person of Slack, as an account and a name. */
export type Caller = {
  user: string;
  /** The workspace that the bot is installed in. */
  team: string;
  name?: string | undefined;
  /** The person's own workspace, where it is known. */
  home?: string | undefined;
  /** The workspace of a client in which this was done, where it was not done in ours. */
  at?: string;
};

type Known = { name?: string; home?: string; zone?: string };

const known = new WeakMap<House, Map<string, Known>>();

/**
 * The acting person. The account is workspace and user id, never a display name; the name is looked up once and is for people.
 * A lookup that fails costs the name, never the click.
 */
export async function personOf(house: House, caller: Caller): Promise<NamedPerson> {
  const { name, home } = await lookUp(house, caller);
  return { account: accountOf(house, { ...caller, home: caller.home ?? home }), name: name ?? caller.name ?? caller.user };
}

/**
 * Why somebody may not act from these channels; undefined where they may. An event does not always say whose person it is
 * about: Slack is asked, once. Whose home stays unknown is one of ours only where nobody else could be: never in a channel
 * that another workspace reads, or may read.
 */
export async function outsideHere(house: House, caller: Caller, ...channels: (string | undefined)[]): Promise<string | undefined> {
  const home = caller.home ?? (await lookUp(house, caller)).home;
  if (home !== undefined) return isExternal({ team: caller.team, home }) ? OUTSIDE : undefined;
  for (const channel of channels) if (channel !== undefined && (await house.sharedWith?.(channel))) return NOT_KNOWN;
  return undefined;
}

/** Where a person is, for the times of day they name; UTC where the chat does not say. */
export const zoneOf = async (house: House, caller: Caller): Promise<string> => (await lookUp(house, caller)).zone ?? 'UTC';

export async function lookUp(house: House, { user, team }: Caller): Promise<Known> {
  const people = known.get(house) ?? new Map<string, Known>();
  known.set(house, people);
  const key = `${team}/${user}`;
  return people.get(key) ?? (await inTime(asking(house, user, key, people))) ?? {};
}

const asked = new WeakMap<House, Map<string, Promise<Known | undefined>>>();

/** One question at a time about one person; an answer that comes late is there for the next click. */
function asking(house: House, user: string, key: string, people: Map<string, Known>): Promise<Known | undefined> {
  const flying = asked.get(house) ?? new Map<string, Promise<Known | undefined>>();
  asked.set(house, flying);
  const answer =
    flying.get(key) ??
    ask(house, user).then((found) => {
      flying.delete(key);
      if (found !== undefined) people.set(key, found);
      return found;
    });
  flying.set(key, answer);
  return answer;
}

/** Slack waits three seconds for an ack, and a form may name two people: a name is not worth the click. */
const NAME_MS = 1_100;

async function inTime<T>(answer: Promise<T>): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), NAME_MS);
  return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}

async function ask({ client, log }: House, user: string): Promise<Known | undefined> {
  try {
    const { user: found } = await client.users.info({ user });
    const name = found?.real_name || found?.profile?.real_name || found?.profile?.display_name || found?.name;
    const zone = found?.tz === undefined || !isZone(found.tz) ? {} : { zone: found.tz };
    return { ...(name === undefined ? {} : { name }), ...(found?.team_id === undefined ? {} : { home: found.team_id }), ...zone };
  } catch (error) {
    log.warn({ user, error }, 'users.info failed: the payload has to do for a name');
    return undefined;
  }
}

/** Somebody chosen in a form or named in words. */
export async function named(house: House, user: string | undefined, { team }: Caller): Promise<NamedPerson | undefined> {
  return user === undefined ? undefined : personOf(house, { user, team });
}

export const accountOf = ({ surface }: House, { user, team, home }: Caller): string => `${surface}/${home ?? team}/${user}`;

export const placeIn = ({ surface }: House, team: string, channel: string): Place => ({ surface, workspace: team, channel });

/** Where the channels of clients are: ours, and those of the workspaces in which the bot is installed too. */
export const homeOf = ({ surface, elsewhere }: House, { team }: Caller) => ({
  surface,
  workspace: team,
  ...(elsewhere === undefined ? {} : { elsewhere }),
});

/** The record that is worked on in a channel. Where a client or a witness is told things, nothing is worked on. */
export async function recordAt(house: House, team: string, channel: string): Promise<RecordView | undefined> {
  const found = await house.store.at(placeIn(house, team, channel));
  const view = found === undefined ? undefined : await house.desk.view(found.client, found.record);
  const place = view?.incident.places.find((one) => one.channel === channel && one.workspace === team);
  const worked = place?.purpose !== 'client' && place?.purpose !== 'witness' && view?.incident.of !== 'standing';
  return worked ? view : undefined;
}

/** A record named in a payload: it must belong to whom this workspace works for, or be a lane that is worked on in it. */
export async function recordOf(house: House, team: string, record: string): Promise<RecordView | undefined> {
  return house.desk.view(await ownerIn(house, team, record), record);
}

async function ownerIn(house: House, team: string, record: string): Promise<string> {
  const ours = house.clientOf(team);
  const owner = await house.store.coordinator().ownerOf(record);
  if (owner === undefined || owner === ours) return ours;
  const lane = (await house.desk.view(owner, record))?.incident;
  const here = lane?.places.some(
    ({ surface, workspace, purpose }) => surface === house.surface && workspace === team && purpose === 'incident',
  );
  return lane?.of === 'lane' && here ? owner : ours;
}

export async function act(
  house: House,
  caller: Caller,
  record: string,
  command: Command,
  more: Partial<Doing> = {},
): Promise<Done | Refusal> {
  const client = await ownerIn(house, caller.team, record);
  const channels = await channelsOf(house, client, record);
  // Both ask Slack the same once, and wait for it together.
  const [outside, person] = await Promise.all([outsideHere(house, caller, ...channels), personOf(house, caller)]);
  if (outside !== undefined) return refuse('not-yours', outside.replace(' Nothing was recorded.', ''));
  return house.desk.do({ client, record, command, person, via: house.via(caller.user), ...more });
}

async function channelsOf({ desk, surface }: House, client: string, record: string): Promise<string[]> {
  const places = (await desk.view(client, record))?.incident.places ?? [];
  return places.filter((place) => place.surface === surface).map(({ channel }) => channel);
}

export const isRefusal = (answer: object): answer is Refusal => 'refused' in answer;
