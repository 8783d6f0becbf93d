import { toBase64 } from '../record/bytes.ts';
import { houseTree, type RecordHeadLine } from '../record/house-head.ts';
import { rootOf } from '../record/tree.ts';
import type { Desk } from './desk.ts';
import { post } from './plan.ts';
import type { Place, Store, World } from './ports.ts';

/**
 * The witness: one head of the whole house into one channel, at most every 15 minutes and only when something changed. Whoever reads
 * that channel holds a copy outside, and learns from it neither names nor how many incidents there are.
 */
const EVERY_MS = 15 * 60_000;

export class Witness {
  readonly #store: Store;
  readonly #desk: Desk;
  readonly #world: World;
  readonly #client: string;
  readonly #place: Place;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: { store: Store; desk: Desk; world: World }, client: string, place: Place, failed: (error: unknown) => void) {
    this.#store = parts.store;
    this.#desk = parts.desk;
    this.#world = parts.world;
    this.#client = client;
    this.#place = place;
    this.#failed = failed;
  }

  /** The standing record of the house itself. */
  get record(): string {
    return `house-${this.#desk.house.replace(/[^a-z0-9]/g, '').slice(-8)}`;
  }

  start(everyMs = EVERY_MS): void {
    const look = () => void this.look().catch(this.#failed);
    look();
    this.#timer ??= setInterval(look, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Signs and posts a head where anything changed since the last one. Answers whether it did. */
  async look(): Promise<boolean> {
    await this.#settle();
    const heads = await this.#heads();
    if (heads.length === 0 || JSON.stringify(heads) === (await this.#signedLast())) return false;
    await this.#sign(heads.map((head) => ({ ...head, salt: toBase64(this.#world.random(32)) })));
    return true;
  }

  /** The house has a record of its own, worked on in the witness channel. */
  async #settle(): Promise<void> {
    const on = { client: this.#client, record: this.record, of: 'standing', via: 'bot' } as const;
    if ((await this.#desk.view(this.#client, this.record)) === undefined) {
      await this.#desk.do({ ...on, command: { do: 'openHouse', verifierKey: this.#desk.verifierKey } });
    }
    const view = await this.#desk.view(this.#client, this.record);
    const known = view?.incident.places.some(
      ({ channel, workspace }) => channel === this.#place.channel && workspace === this.#place.workspace,
    );
    if (!known) await this.#desk.do({ ...on, command: { do: 'openPlace', ...this.#place, purpose: 'witness' } });
  }

  async #heads(): Promise<Omit<RecordHeadLine, 'salt'>[]> {
    const clients = await this.#store.clients();
    const all = await Promise.all(clients.map((client) => this.#store.open(client).records()));
    const others = all.flat().filter(({ record }) => record !== this.record);
    return others.map(({ record, size, frontier }) => ({ record, size, root: toBase64(rootOf(frontier)) })).sort(byRecord);
  }

  /** What the last signed head was over: the record says, so a restart signs nothing twice. */
  async #signedLast(): Promise<string> {
    const view = await this.#desk.view(this.#client, this.record);
    const last = view?.entries.findLast((entry) => entry.kind === 'house.signed');
    if (last?.kind !== 'house.signed') return '';
    const heads: RecordHeadLine[] = JSON.parse(last.texts.heads);
    return JSON.stringify(heads.map(({ record, size, root }) => ({ record, size, root })).sort(byRecord));
  }

  async #sign(unordered: RecordHeadLine[]): Promise<void> {
    const { heads, root } = houseTree(unordered);
    const at = new Date(this.#world.now()).toISOString();
    // Every tree is made anew, so each has an origin of its own: heads of one origin must be consistent.
    const note = this.#desk.signHead(`house/${at}`, heads.length, root);
    await this.#desk.do({
      client: this.#client,
      record: this.record,
      of: 'standing',
      via: 'bot',
      command: { do: 'signHouse', note, root: toBase64(root), heads: JSON.stringify(heads) },
      also: ({ incident }) => [
        post(incident.record, `house/${at}`, this.#place, {
          text: `Head of this house. Keep a copy.\n\`\`\`\n${note}\`\`\``,
          marked: true,
        }),
      ],
    });
  }
}

const byRecord = (a: { record: string }, b: { record: string }): number => (a.record < b.record ? -1 : 1);
