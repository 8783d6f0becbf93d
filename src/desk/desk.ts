import { toBase64, utf8 } from '../record/bytes.ts';
import { checkpointText, printKey, signedNote } from '../record/checkpoint.ts';
import { type Command, type Decided, type NamedPerson, type Refusal, refuse } from '../record/command.ts';
import { decide } from '../record/decide.ts';
import { type Entry, type Sealed, seal, unseal } from '../record/entry.ts';
import type { RecordKind, Via } from '../record/event.ts';
import { leafHash, rootOf } from '../record/tree.ts';
import { BOT } from '../record/turn.ts';
import { RecordAlarm } from './alarm.ts';
import { type Loaded, Records } from './loaded.ts';
import { observed } from './observed.ts';
import { needsCheckpoint, plan, type Signed } from './plan.ts';
import type { Append, Claimed, Delivery, Outcome, Signer, Store, World } from './ports.ts';
import type { Reckoner } from './reckoner.ts';
import { withReleased } from './released.ts';
import { lanesOf } from './summary.ts';
import { Turns } from './turns.ts';
import { type RecordView, viewOf } from './view.ts';

/**
 * The one place where entries are written. A command is decided on the folded record, sealed, and appended together with
 * the deliveries that follow from it; a conflict is answered by loading and deciding again.
 */
export type Doing = {
  client: string;
  record: string;
  command: Command;
  /** Who wants it; none where the bot records what it saw. */
  person?: NamedPerson;
  via: Via;
  /** The click's own key: done once, however often it arrives. */
  key?: string;
  of?: RecordKind;
  drill?: boolean;
  /** When it happened, where that is not now: drills and imports know. */
  occurred?: string;
  settles?: Append['settles'];
  /** Deliveries that only the asking surface knows about: an answer into a thread. */
  also?: (view: RecordView, entries: readonly Entry[]) => Delivery[];
};

export type Done = { done: true; view: RecordView; entries: readonly Entry[] } | { duplicate: true; view: RecordView };

const TRIES = 8;

/** Our heads would not agree with its key. */
const FOREIGN = 'This record was sealed with the key of another house: it can be read and exported here, and not be continued.';

export class Desk {
  readonly #store: Store;
  readonly #world: World;
  readonly #signer: Signer;
  readonly #records: Records;
  /** The public half of the key that signs here, as printed. */
  readonly verifierKey: string;
  readonly #turns = new Turns();
  /** Called after every append that planned deliveries: the courier wakes up. */
  onDeliveries: () => void = () => {};
  /** Works out who must be told; a house without law data has none. */
  reckoner: Reckoner | undefined;

  constructor(store: Store, world: World, signer: Signer) {
    this.#store = store;
    this.#world = world;
    this.#signer = signer;
    this.verifierKey = printKey(signer.name, signer.publicKey);
    this.#records = new Records(store);
  }

  now = (): number => this.#world.now();

  /** A short id nobody can guess: people read it to each other over the phone, so it has no look-alike letters. */
  newId = (): string => Array.from(this.#world.random(8), (byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31]).join('');

  /**
   * Does what a command asks, or says why not.
   * @throws where the store failed: then nothing was recorded.
   * @throws RecordAlarm where the record does not verify.
   */
  do(doing: Doing): Promise<Done | Refusal> {
    return this.#turns.take(doing.record, () => this.#do(doing));
  }

  async #do(doing: Doing): Promise<Done | Refusal> {
    for (let turn = 0; turn < TRIES; turn++) {
      const loaded = await this.#records.load(doing.client, doing.record, doing.of ?? 'incident');
      const answer = await this.#attempt(doing, loaded).catch((error: unknown) => {
        this.#records.forget(doing.record);
        throw error;
      });
      if (answer !== 'conflict') return answer;
      this.#records.forget(doing.record);
    }
    return refuse('invalid', 'Too many people changed this at the same moment. Nothing was recorded; please try again.');
  }

  async view(client: string, record: string): Promise<RecordView | undefined> {
    const loaded = await this.#records.find(client, record);
    return loaded === undefined ? undefined : withReleased(this.#store, this.#viewOf(client, loaded));
  }

  /** The leaf hash of one entry, base64: what another record cites it by. */
  async leaf(client: string, record: string, seq: number): Promise<string | undefined> {
    const [stored] = await this.#store.open(client).entries(record, seq);
    return stored === undefined ? undefined : toBase64(leafHash(utf8(stored.line)));
  }

  /** All records of a client that verify; `alarmed` hears of each that does not. */
  async views(client: string, alarmed: (alarm: RecordAlarm) => void = () => {}): Promise<RecordView[]> {
    const heads = await this.#store.open(client).records();
    const views = await Promise.all(
      heads.map(({ record }) => this.view(client, record).catch((error: unknown) => heard(error, alarmed))),
    );
    return views.filter((view) => view !== undefined);
  }

  /** Sends what follows from no entry: a card somebody wants to see. */
  async send(client: string, deliveries: Delivery[]): Promise<void> {
    await this.#store.open(client).plan(deliveries);
    this.onDeliveries();
  }

  async #attempt(doing: Doing, loaded: Loaded): Promise<Done | Refusal | 'conflict'> {
    const at = new Date(this.#world.now()).toISOString();
    if (loaded.incident.verifierKey !== undefined && loaded.incident.verifierKey !== this.verifierKey)
      return refuse('not-yours', FOREIGN);
    const context = { now: at, person: doing.person, runbook: loaded.runbook, newId: this.newId };
    const decision = decide(loaded.incident, doing.command, context);
    if ('refused' in decision) return decision;
    const sealed = decision.events.map((decided, i) => this.#seal(doing, loaded, decided, decision.actor, at, i));
    return this.#append(doing, loaded, sealed, at);
  }

  /** What the clocks say after these entries is sealed with them, by the bot. */
  #following(doing: Doing, loaded: Loaded, entries: Entry[], at: string): Sealed[] {
    const events = this.reckoner?.follow(loaded.incident, entries, Date.parse(at)) ?? [];
    const { occurred: _, ...bot } = doing;
    return events.map((event, i) => this.#seal({ ...bot, via: 'bot' }, loaded, { event }, BOT, at, i));
  }

  #seal(doing: Doing, { incident, head }: Loaded, decided: Decided, actor: string, at: string, i: number): Sealed {
    const { event, label } = decided;
    const occurred = decided.occurred ?? doing.occurred;
    return seal(event, {
      record: doing.record,
      of: head.of,
      seq: head.size + i + 1,
      at,
      ...(occurred === undefined || occurred === at ? {} : { occurred }),
      actor: decided.actor ?? actor,
      via: doing.via,
      label: label ?? 'internal',
      drill: doing.drill ?? incident.drill,
      ...(decided.ref === undefined ? {} : { ref: decided.ref }),
      nonce: this.#world.random(16),
      salts: () => this.#world.random(32),
    });
  }

  async #append(doing: Doing, loaded: Loaded, decided: Sealed[], at: string): Promise<Done | 'conflict'> {
    const expected = loaded.head.size;
    const said = this.#advance(loaded, decided);
    const following = this.#following(doing, loaded, said, at);
    const entries = [...said, ...this.#advance(loaded, following)];
    const sealed = [...decided, ...following];
    const view = this.#viewOf(doing.client, loaded);
    if (sealed.length === 0 && doing.settles === undefined) return { duplicate: true, view };
    const checkpoint = needsCheckpoint(entries) ? this.#checkpoint(loaded) : undefined;
    const append: Append = {
      record: doing.record,
      of: loaded.head.of,
      expected,
      entries: sealed,
      frontier: loaded.head.frontier,
      deliveries: [...plan(view, entries, checkpoint), ...(doing.also?.(view, entries) ?? [])],
      checkpoints: checkpoint === undefined ? [] : [checkpoint],
      places: placesOf(entries),
      erase: erasedBy(entries),
      ...lanesOf(view, entries),
      ...(doing.key === undefined ? {} : { key: doing.key }),
      ...(doing.settles === undefined ? {} : { settles: doing.settles }),
    };
    const appended = await this.#store.open(doing.client).append(append);
    if (appended === 'conflict') return 'conflict';
    return appended === 'duplicate' ? this.#again(doing) : this.#kept(loaded, append, { done: true, view, entries });
  }

  #advance(loaded: Loaded, sealed: Sealed[]): Entry[] {
    const entries = sealed.map(({ line, texts }) => unseal(line, texts));
    this.#records.advance(loaded, entries, sealed);
    return entries;
  }

  /** Stored: the state in memory is the state on disk. After an erasure the words in memory must go too. */
  #kept(loaded: Loaded, append: Append, done: Done): Done {
    if (append.erase.length > 0) this.#records.forget(append.record);
    else this.#records.keep(loaded);
    if (append.deliveries.length > 0) this.onDeliveries();
    return done;
  }

  async #again({ client, record }: Doing): Promise<Done> {
    this.#records.forget(record);
    const loaded = await this.#records.load(client, record, 'incident');
    return { duplicate: true, view: this.#viewOf(client, loaded) };
  }

  /** The name of the key that signs here. */
  get house(): string {
    return this.#signer.name;
  }

  /** A signed tree head of this house, `path` below its name. */
  signHead(path: string, size: number, root: Uint8Array): string {
    const { name, publicKey } = this.#signer;
    const text = checkpointText({ origin: `${name}/${path}`, size, root });
    return signedNote(text, name, publicKey, this.#signer.sign(utf8(text)));
  }

  #checkpoint({ head }: Loaded): Signed {
    return { size: head.size, note: this.signHead(head.record, head.size, rootOf(head.frontier)) };
  }

  #viewOf(client: string, { incident, runbook, entries }: Loaded): RecordView {
    return viewOf(client, incident, runbook, entries, this.#world.now());
  }

  /** Settles a delivery; a fate that belongs in the record is sealed in the same transaction. */
  async settle(delivery: Claimed, outcome: Outcome): Promise<void> {
    const command = observed(delivery, outcome);
    const settles = { id: delivery.id, fence: delivery.fence, outcome };
    if (command !== undefined) {
      const answer = await this.do({ client: delivery.client, record: delivery.record, command, via: 'bot', settles });
      if (!('refused' in answer)) return;
    }
    await this.#store.outbox.settle(delivery.id, delivery.fence, outcome, this.#world.now());
  }
}

/** One record in alarm hides no other. */
function heard(error: unknown, alarmed: (alarm: RecordAlarm) => void): undefined {
  if (!(error instanceof RecordAlarm)) throw error;
  alarmed(error);
}

const erasedBy = (entries: readonly Entry[]): Append['erase'] =>
  entries.flatMap((entry) => (entry.kind === 'text.redacted' ? [{ seq: entry.body.of, fields: entry.body.fields }] : []));

function placesOf(entries: readonly Entry[]): Append['places'] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'place.opened' && entry.kind !== 'place.closed') return [];
    const { surface, workspace, channel } = entry.body;
    return [{ place: { surface, workspace, channel }, open: entry.kind === 'place.opened' }];
  });
}
