import { type Client, ClientShape } from '../inventory/register.ts';
import type { NamedPerson, Refusal } from '../record/command.ts';
import type { Failure, Via } from '../record/event.ts';
import type { Desk, Done } from './desk.ts';
import type { Place, Store, Summarised } from './ports.ts';

/** The clients of a house: each one a standing record, kept in that client's own scope. */
export type By = { person: NamedPerson; via: Via };

/** What became of one client of an import. */
export type Registered = { client: string; outcome: 'added' | 'changed' | 'same' } | { client: string; refused: string };

export const standingOf = (client: string): string => `standing-${client}`;

/** Nobody's client may have our own id, or the mark that stands for every lane. */
const RESERVED = new Set(['us', '*']);

export class Clients {
  readonly #desk: Desk;
  readonly #store: Store;

  constructor(desk: Desk, store: Store) {
    this.#desk = desk;
    this.#store = store;
  }

  /** Everybody who has a standing record, those who left included. */
  list(): Promise<Summarised[]> {
    return this.#store.coordinator().summaries('standing');
  }

  /** Takes clients into the register, one by one: one that cannot be taken disturbs no other. */
  async register(clients: Client[], by: By, home?: Home): Promise<Registered[]> {
    const registered: Registered[] = [];
    for (const client of clients) registered.push(await this.#register(client, by, home));
    return registered;
  }

  /** A client goes to another provider: what it was told and what happened stays, and can be exported and taken along. */
  leave(client: string, reason: string, to: string | undefined, by: By): Promise<Done | Refusal> {
    const command = { do: 'letClientGo', reason, ...(to === undefined ? {} : { to }) } as const;
    return this.#desk.do({ client, record: standingOf(client), of: 'standing', command, ...by });
  }

  async #register(client: Client, by: By, home: Home | undefined): Promise<Registered> {
    const { id, name } = client;
    if (RESERVED.has(id.toLowerCase())) return { client: id, refused: `"${id}" is kept for ourselves: give ${name} another id.` };
    const place = placeFor(client, home);
    const taken = place === undefined ? undefined : await this.#store.at(place);
    if (taken !== undefined && taken.client !== id)
      return { client: id, refused: `${name} was skipped: the channel ${place?.channel} belongs to somebody else already.` };
    const about = { client: id, record: standingOf(id), of: 'standing', ...by } as const;
    const known = await this.#desk.view(id, standingOf(id));
    const profile = JSON.stringify(client);
    const { verifierKey } = this.#desk;
    const answer = await this.#desk.do({
      ...about,
      command:
        known === undefined
          ? { do: 'registerClient', client: id, name, profile, verifierKey }
          : { do: 'changeClient', name, profile },
    });
    if (place !== undefined && taken === undefined)
      await this.#desk.do({ ...about, command: { do: 'openPlace', ...place, purpose: 'client' } });
    if ('refused' in answer)
      return answer.code === 'already' ? { client: id, outcome: 'same' } : { client: id, refused: answer.refused };
    return { client: id, outcome: known === undefined ? 'added' : 'changed' };
  }

  /**
   * Opens the channels that the register names, once it is known which chat they are in: a list imported at a command line does
   * not know that. Answers whose channel somebody else has.
   */
  async moveIn(home: Home, by: By): Promise<Failure[]> {
    const failures: Failure[] = [];
    for (const { client, record } of await this.list()) {
      const view = await this.#desk.view(client, record);
      const profile = profileOf(view?.incident.lanes.client?.profile);
      const place = profile === undefined ? undefined : placeFor(profile, home);
      if (place === undefined || view?.incident.places.some(({ channel }) => channel === place.channel)) continue;
      const taken = await this.#store.at(place);
      if (taken !== undefined) failures.push({ client, code: 'channel-taken' });
      else
        await this.#desk.do({ client, record, of: 'standing', command: { do: 'openPlace', ...place, purpose: 'client' }, ...by });
    }
    return failures;
  }
}

/** The chat that we are at home in, and the workspaces of clients in which we are installed too. */
export type Home = { surface: string; workspace: string; elsewhere?: { has(workspace: string): boolean } };

function placeFor({ channel, workspace = '' }: Client, home: Home | undefined): Place | undefined {
  if (channel === undefined || home === undefined) return undefined;
  return { surface: home.surface, workspace: home.elsewhere?.has(workspace) ? workspace : home.workspace, channel };
}

/** The register's own form, read back from a standing record. */
export function profileOf(profile: string | undefined): Client | undefined {
  if (profile === undefined) return undefined;
  try {
    const parsed = ClientShape.safeParse(JSON.parse(profile));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
