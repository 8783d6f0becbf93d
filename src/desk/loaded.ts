import { sameBytes, utf8 } from '../record/bytes.ts';
import { parseNote } from '../record/checkpoint.ts';
import { type Entry, isCommitted, readLine, type Sealed, unseal } from '../record/entry.ts';
import type { RecordKind } from '../record/event.ts';
import { evolve, fold } from '../record/fold.ts';
import { emptyIncident, type Incident } from '../record/incident.ts';
import { emptyFrontier, type Frontier, grow, leafHash, rootOf } from '../record/tree.ts';
import { compile } from '../runbook/compile.ts';
import type { Runbook } from '../runbook/runbook.ts';
import { RecordAlarm } from './alarm.ts';
import type { RecordHead, Store, StoredEntry } from './ports.ts';

/** A record in memory: disposable, folded from its entries, and checked against its tree when it was loaded. */
export type Loaded = { client: string; head: RecordHead; incident: Incident; entries: Entry[]; runbook: Runbook | undefined };

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

  /** The record as it is stored: what another process wrote since is folded onward. @throws RecordAlarm */
  async find(client: string, record: string): Promise<Loaded | undefined> {
    const head = await this.#store.open(client).head(record);
    if (head === undefined) return undefined;
    const known = this.#loaded.get(record);
    if (known === undefined) return this.#read(client, head);
    if (known.head.size === head.size) return known;
    // Ahead of the store: an append is under way, and what it adds is not true yet.
    return known.head.size > head.size ? this.#read(client, head, false) : this.#catchUp(known, head);
  }

  async #read(client: string, head: RecordHead, keep = true): Promise<Loaded> {
    const handle = this.#store.open(client);
    const [stored, checkpoints] = [await handle.entries(head.record), await handle.checkpoints(head.record)];
    const loaded = check(client, head, stored.slice(0, head.size), checkpoints.findLast(({ size }) => size <= head.size)?.note);
    if (keep) this.#put(loaded);
    return loaded;
  }

  async #catchUp(known: Loaded, head: RecordHead): Promise<Loaded> {
    const from = known.head.size;
    const stored = (await this.#store.open(known.client).entries(head.record, from + 1)).slice(0, head.size - from);
    // Somebody else caught up meanwhile, or an erasure wants the record read anew.
    if (known.head.size !== from || this.#loaded.get(head.record) !== known) return this.#read(known.client, head, false);
    if (stored.some(({ line }) => line.includes('"kind":"text.redacted"'))) return this.#read(known.client, head);
    const frontier = checkLines(head, known.head.frontier, stored);
    const entries = stored.map(({ line, texts }) => unseal(line, texts));
    this.#fold(known, entries, { ...head, frontier });
    return known;
  }

  /**
   * The state after further entries. It goes on in place: the caller holds the record's turn, and forgets the state
   * where the append then fails.
   */
  advance(loaded: Loaded, entries: Entry[], sealed: Sealed[]): void {
    const frontier = sealed.reduce((tree, { leaf }) => grow(tree, leaf), loaded.head.frontier);
    this.#fold(loaded, entries, { ...loaded.head, size: frontier.size, frontier });
  }

  #fold(loaded: Loaded, entries: Entry[], head: RecordHead): void {
    const before = loaded.incident.runbook?.digest;
    loaded.head = head;
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
  checkLines(head, emptyFrontier(), stored);
  if (note !== undefined) checkAgainst(head.record, stored, note);
  const entries = stored.map(({ line, texts }) => unseal(line, texts));
  const incident = fold(entries, emptyIncident(head.record, head.of));
  return { client, head, incident, entries, runbook: compiled(incident) };
}

/** The frontier that these lines lead to, which must be the one that was written with them; their words must be theirs. */
function checkLines(head: RecordHead, from: Frontier, stored: StoredEntry[]): Frontier {
  const frontier = stored.reduce((tree: Frontier, { line }) => grow(tree, leafHash(utf8(line))), from);
  if (frontier.size !== head.size)
    throw new RecordAlarm(head.record, `it has ${frontier.size} entries where ${head.size} were written`);
  if (!sameBytes(rootOf(frontier), rootOf(head.frontier)))
    throw new RecordAlarm(head.record, 'an entry is not the one that was written');
  for (const one of stored) checkWords(head.record, one);
  return frontier;
}

/** The words beside a line are those that the line committed to. */
function checkWords(record: string, { seq, line, texts }: StoredEntry): void {
  const read = readLine(line);
  if (typeof read === 'string') throw new RecordAlarm(record, `at entry ${seq}, ${read}`);
  const other = texts.find((text) => text.commitment !== read.texts[text.field] || !isCommitted(read, text));
  if (other !== undefined)
    throw new RecordAlarm(record, `the text "${other.field}" of entry ${seq} is not the one that was written`);
}

function checkAgainst(record: string, stored: StoredEntry[], note: string): void {
  const { size, root } = readCheckpoint(record, note);
  const then = stored.slice(0, size).reduce((tree: Frontier, { line }) => grow(tree, leafHash(utf8(line))), emptyFrontier());
  if (!sameBytes(rootOf(then), root)) throw new RecordAlarm(record, `its last checkpoint, of ${size} entries, does not match`);
}

function readCheckpoint(record: string, note: string): { size: number; root: Uint8Array } {
  try {
    return parseNote(note).checkpoint;
  } catch (cause) {
    throw new RecordAlarm(record, 'its last checkpoint cannot be read', { cause });
  }
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
