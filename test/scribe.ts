import type { Append, Claimed, ClientStore, Delivery } from '../src/desk/ports.ts';
import { seal } from '../src/record/entry.ts';
import type { Event } from '../src/record/event.ts';
import { emptyFrontier, grow, rootOf } from '../src/record/tree.ts';
import { counting } from './room-server.ts';

/** Writes appends by hand, as the desk would: every byte follows from the seed, so two scribes write the same history. */
export class Scribe {
  readonly record: string;
  readonly #random: (bytes: number) => Uint8Array;
  size = 0;
  frontier = emptyFrontier();

  constructor(record: string, seed = 1) {
    this.record = record;
    this.#random = counting(seed);
  }

  get root(): string {
    return Buffer.from(rootOf(this.frontier)).toString('hex');
  }

  /** The append of these events; the scribe goes on only with `written`. */
  append(events: Event[], more: Partial<Append> = {}): Append {
    const entries = events.map((event, i) =>
      seal(event, {
        record: this.record,
        of: 'incident',
        seq: this.size + i + 1,
        at: new Date(1_600_000_000_000 + (this.size + i) * 1000).toISOString(),
        actor: 'p1',
        via: 'slack-signature',
        label: 'internal',
        drill: false,
        nonce: this.#random(16),
        salts: () => this.#random(32),
      }),
    );
    return {
      record: this.record,
      of: 'incident',
      expected: this.size,
      entries,
      frontier: entries.reduce((tree, { leaf }) => grow(tree, leaf), this.frontier),
      deliveries: [],
      checkpoints: [],
      places: [],
      erase: [],
      ...more,
    };
  }

  written({ entries, frontier }: Append): void {
    this.size += entries.length;
    this.frontier = frontier;
  }

  /** Appends and goes on. @throws where the store did not take it. */
  async write(store: ClientStore, events: Event[], more: Partial<Append> = {}): Promise<Append> {
    const append = this.append(events, more);
    const answer = await store.append(append);
    if (answer !== 'appended') throw new Error(`not appended: ${answer}`);
    this.written(append);
    return append;
  }

  note(text: string): Event {
    return { kind: 'note.recorded', body: {}, texts: { text } };
  }

  /** A frozen message, unless said otherwise. */
  delivery(id: string, more: Partial<Delivery> = {}): Delivery {
    return { id: `${this.record}/${id}`, record: this.record, kind: 'post', queue: 'q', body: 'body', coalescing: false, ...more };
  }
}

export const named = (claimed: Claimed[]): string[] => claimed.map(({ id }) => id.split('/').slice(1).join('/'));
