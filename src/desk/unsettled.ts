import type { Desk } from './desk.ts';
import type { Claimed, Delivery, Place, Store } from './ports.ts';

/**
 * Deliveries of which nobody can say whether they arrived, and which no program may repeat: somebody is asked, where the
 * record is worked on, or else where the vendor incident is. Nothing is kept here: after a start everything is shown again.
 */
export type Unknown = { delivery: string; client: string; kind: string; channel?: string; since: string };

type Body = { place?: Place; incident?: string };

export class Unsettled {
  readonly #desk: Desk;
  readonly #store: Store;
  readonly #us: string;
  readonly #now: () => number;
  readonly #asked = new Set<string>();

  constructor(parts: { desk: Desk; store: Store; us: string; now: () => number }) {
    this.#desk = parts.desk;
    this.#store = parts.store;
    this.#us = parts.us;
    this.#now = parts.now;
  }

  async look(): Promise<void> {
    for (const claimed of await this.#store.outbox.uncertain()) {
      const { id, fence } = claimed;
      if (this.#asked.has(`${id}/${fence}`)) continue;
      await this.#ask(claimed);
      this.#asked.add(`${id}/${fence}`);
    }
  }

  async #ask({ id, client, record, kind, body }: Claimed): Promise<void> {
    const { place, incident }: Body = JSON.parse(body === '' ? '{}' : body);
    const since = new Date(this.#now()).toISOString();
    const unknown: Unknown = { delivery: id, client, kind, since, ...(place === undefined ? {} : { channel: place.channel }) };
    const asked = (await this.#placesOf(client, record)) ?? (await this.#ours(incident));
    if (asked === undefined) return;
    const cards = asked.places.map((at) => unsettledCard(asked.record, at, unknown));
    await this.#desk.send(asked.client, cards);
  }

  async #placesOf(client: string, record: string): Promise<Asked | undefined> {
    const places = (await this.#desk.view(client, record))?.incident.places.filter(({ purpose }) => purpose === 'incident') ?? [];
    return places.length === 0 ? undefined : { client, record, places };
  }

  /** Our own incident that it was sent for, or the newest of ours that is worked on anywhere. */
  async #ours(incident: string | undefined): Promise<Asked | undefined> {
    const named = incident === undefined ? undefined : await this.#placesOf(this.#us, incident);
    if (named !== undefined) return named;
    for (const { incident: one } of (await this.#desk.views(this.#us)).toReversed()) {
      const found = one.of === 'incident' ? await this.#placesOf(this.#us, one.record) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

type Asked = { client: string; record: string; places: Place[] };

/** The question, at one place; drawn again with the answer once somebody has given it. */
export function unsettledCard(record: string, at: Place, unknown: Unknown & { answer?: string }): Delivery {
  const { surface, workspace, channel } = at;
  return {
    id: `${record}/unsettled/${unknown.delivery}@${channel}`,
    record,
    kind: 'unsettled-card',
    queue: `${surface}/${workspace}/${channel}`,
    body: JSON.stringify({ place: { surface, workspace, channel }, unknown }),
    coalescing: true,
  };
}
