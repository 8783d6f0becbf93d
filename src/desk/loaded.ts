import { sameBytes, utf8 } from '../record/bytes.ts';
import { parseNote } from '../record/checkpoint.ts';
import { type Entry, type Sealed, unseal } from '../record/entry.ts';
import type { RecordKind } from '../record/event.ts';
import { emptyIncident, evolve, fold, type Incident } from '../record/incident.ts';
import { emptyFrontier, type Frontier, grow, leafHash, rootOf } from '../record/tree.ts';
import { compile } from '../runbook/compile.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { RecordHead, Store, StoredEntry } from './ports.ts';

/** A record in memory: disposable, folded from its entries, and checked against its tree when it was loaded. */
export type Loaded = { client: string; head: RecordHead; incident: Incident; entries: Entry[]; runbook: Runbook | undefined };

/** The record does not verify. It becomes read-only and shouts; no other record stops. */
export class RecordAlarm extends Error {
  override name = 'RecordAlarm';
  readonly record: string;

  constructor(record: string, what: string) {
    super(
      `ALARM: the record ${record} does not verify: ${what}. It is read-only until somebody has looked at it. Nothing was recorded.`,
    );
    this.record = record;
  }
}

const KEPT = 200;

export class Records {
  readonly #store: Store;
  readonly #loaded = new Map<string, Loaded>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** The record, or a fresh and empty one of that kind. @throws RecordAlarm */
  async load(client: string, record: string, of: RecordKind): Promise<Loaded> {
    return (await this.find(client, record)) ?? empty(client, record, of);
  }

  async find(client: string, record: string): Promise<Loaded | undefined> {
    const known = this.#loaded.get(record);
    if (known !== undefined) return known.client === client ? known : undefined;
    const handle = this.#store.open(client);
    const head = await handle.head(record);
    if (head === undefined) return undefined;
    const stored = await handle.entries(record);
    const loaded = check(client, head, stored, (await handle.checkpoints(record)).at(-1)?.note);
    this.#put(loaded);
    return loaded;
  }

  /**
   * The state after further entries. It goes on in place: the caller holds the record's turn, and forgets the state
   * where the append then fails.
   */
  advance(loaded: Loaded, entries: Entry[], sealed: Sealed[]): void {
    const before = loaded.incident.runbook?.digest;
    const frontier = sealed.reduce((tree, { leaf }) => grow(tree, leaf), loaded.head.frontier);
    loaded.head = { ...loaded.head, size: frontier.size, frontier };
    entries.reduce(evolve, loaded.incident);
    loaded.entries.push(...entries);
    if (loaded.incident.runbook?.digest !== before) loaded.runbook = compiled(loaded.incident);
  }

  keep(loaded: Loaded): void {
    if (this.#loaded.get(loaded.head.record) !== loaded) this.#put(loaded);
  }

  forget(record: string): void {
    this.#loaded.delete(record);
  }

  #put(loaded: Loaded): void {
    this.#loaded.set(loaded.head.record, loaded);
    const oldest = this.#loaded.keys().next().value;
    if (this.#loaded.size > KEPT && oldest !== undefined) this.#loaded.delete(oldest);
  }
}

function empty(client: string, record: string, of: RecordKind): Loaded {
  return {
    client,
    head: { record, of, size: 0, frontier: emptyFrontier() },
    incident: emptyIncident(record, of),
    entries: [],
    runbook: undefined,
  };
}

function check(client: string, head: RecordHead, stored: StoredEntry[], note: string | undefined): Loaded {
  const frontier = stored.reduce((tree: Frontier, { line }) => grow(tree, leafHash(utf8(line))), emptyFrontier());
  if (frontier.size !== head.size)
    throw new RecordAlarm(head.record, `it has ${frontier.size} entries where ${head.size} were written`);
  if (!sameBytes(rootOf(frontier), rootOf(head.frontier)))
    throw new RecordAlarm(head.record, 'an entry is not the one that was written');
  if (note !== undefined) checkAgainst(head.record, stored, note);
  const entries = stored.map(({ line, texts }) => unseal(line, texts));
  const incident = fold(entries, emptyIncident(head.record, head.of));
  return { client, head, incident, entries, runbook: compiled(incident) };
}

function checkAgainst(record: string, stored: StoredEntry[], note: string): void {
  const { size, root } = parseNote(note).checkpoint;
  const then = stored.slice(0, size).reduce((tree: Frontier, { line }) => grow(tree, leafHash(utf8(line))), emptyFrontier());
  if (!sameBytes(rootOf(then), root)) throw new RecordAlarm(record, `its last checkpoint, of ${size} entries, does not match`);
}

/** Every lane of an incident follows the same text: it is compiled once. By the text itself, never by what a record calls it. */
const runbooks = new Map<string, Runbook>();
const RUNBOOKS_KEPT = 20;

function compiled({ runbook }: Incident): Runbook | undefined {
  if (runbook === undefined) return undefined;
  const { file, source } = runbook;
  const key = `${file}\n${source}`;
  const made = runbooks.get(key) ?? compile(source, { file });
  runbooks.set(key, made);
  const oldest = runbooks.keys().next().value;
  if (runbooks.size > RUNBOOKS_KEPT && oldest !== undefined) runbooks.delete(oldest);
  return made;
}
