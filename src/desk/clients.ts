import type { Client } from '../inventory/register.ts';
import type { NamedPerson, Refusal } from '../record/command.ts';
import type { Via } from '../record/event.ts';
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
  /** The workspace that a client's channel is in where the register names none. */
  readonly #workspace: string;

  constructor(desk: Desk, store: Store, workspace: string) {
    this.#desk = desk;
    this.#store = store;
    this.#workspace = workspace;
  }

  /** Everybody who has a standing record, those who left included. */
  list(): Promise<Summarised[]> {
    return this.#store.coordinator().summaries('standing');
  }

  /** Takes clients into the register, one by one: one that cannot be taken disturbs no other. */
  async register(clients: Client[], by: By): Promise<Registered[]> {
    const registered: Registered[] = [];
    for (const client of clients) registered.push(await this.#register(client, by));
    return registered;
  }

  /** A client goes to another provider: what it was told and what happened stays, and can be exported and taken along. */
  leave(client: string, reason: string, to: string | undefined, by: By): Promise<Done | Refusal> {
    const command = { do: 'letClientGo', reason, ...(to === undefined ? {} : { to }) } as const;
    return this.#desk.do({ client, record: standingOf(client), of: 'standing', command, ...by });
  }

  async #register(client: Client, by: By): Promise<Registered> {
    const { id, name } = client;
    if (RESERVED.has(id.toLowerCase())) return { client: id, refused: `"${id}" is kept for ourselves: give ${name} another id.` };
    const place = this.#placeOf(client);
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

  #placeOf({ channel, workspace = this.#workspace }: Client): Place | undefined {
    return channel === undefined ? undefined : { surface: 'slack', workspace, channel };
  }
}
