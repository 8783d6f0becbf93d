import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ClientStore, Inbox, Place, Store } from '../desk/ports.ts';
import { prepareSchema, refuseDamaged, refuseLater } from './schema.ts';
import { signingKeyFile } from './signer.ts';
import { appendTo, flush, planAll } from './sqlite-append.ts';
import { openCoordinator, readReleased } from './sqlite-lanes.ts';
import { openOutbox } from './sqlite-outbox.ts';
import {
  eraseEvidence,
  keepEvidence,
  readCheckpoints,
  readDeliveries,
  readEntries,
  readEvidence,
  readHead,
  readHeads,
} from './sqlite-read.ts';
import { onBroken, setDurability, statement, sync, transact } from './statements.ts';

/** Where the room keeps what Slack would keep: one document per thing. */
export type RoomShelf = {
  all(): { kind: string; id: string; json: string }[];
  put(kind: string, id: string, json: string): void;
  delete(kind: string, id: string): void;
  /** What was put so far is on the disk when this returns. */
  sync(): void;
};

export type SqliteStore = Store & {
  room: RoomShelf;
  /** Hears, once, that the disk failed: from then on the store takes nothing, and only a fresh start helps. */
  onBroken(tell: (error: Error) => void): void;
};

/** Below this version a WAL reset can corrupt the file (sqlite.org/wal.html#walresetbug). */
const OLDEST_SQLITE = [3, 51, 3];

/**
 * Opens the store in `folder` (`:memory:` for a test that needs no disk).
 * @throws Error with one sentence where the file is damaged, not ours, or SQLite is too old.
 */
export function openSqlite(folder: string): SqliteStore {
  const database = connect(folder);
  const room = openRoom(database);
  return {
    open: (client) => clientStore(database, client),
    clients: async () =>
      statement(database, 'SELECT DISTINCT client FROM record ORDER BY client')
        .all()
        .map((row) => String(row.client)),
    at: async (place) => placeOf(database, place),
    coordinator: () => openCoordinator(database),
    outbox: openOutbox(database),
    inbox: openInbox(database),
    room,
    onBroken: (tell) => onBroken(database, tell),
    close: async () => database.close(),
  };
}

/** The one file in which a store is, beside its write-ahead log. */
export const databaseFile = (folder: string): string => (folder === ':memory:' ? folder : join(folder, 'firebreak.db'));

/** One by one: asked to make all folders at once, Node 26 never comes back where one of them cannot be made. */
function makeFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

function connect(folder: string): DatabaseSync {
  const path = databaseFile(folder);
  try {
    if (folder !== ':memory:') makeFolder(folder);
    if (existsSync(path)) check(folder, path);
    const database = new DatabaseSync(path, { timeout: 5000 });
    refuseOldSqlite(database);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;');
    setDurability(database, 'FULL');
    prepareSchema(database);
    return database;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The store ${path} cannot be opened (${reason}). Nothing was changed. Put back a backup, or start with another FIREBREAK_DATA.`,
      { cause },
    );
  }
}

/**
 * Looks a file over without the right to write: into a damaged one nothing is written, not even its own log, because what
 * is left of it may be all there is.
 */
function check(folder: string, path: string): void {
  if (statSync(path).size === 0 && existsSync(signingKeyFile(folder))) throw new Error('it is empty, and records were kept here');
  const database = new DatabaseSync(path, { timeout: 5000, readOnly: true });
  try {
    refuseDamaged(database);
    refuseLater(database);
  } finally {
    database.close();
  }
}

function refuseOldSqlite(database: DatabaseSync): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.version);
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const [a = 0, b = 0, c = 0] = OLDEST_SQLITE;
  if (major * 1e6 + minor * 1e3 + patch < a * 1e6 + b * 1e3 + c) throw new Error(`SQLite ${version} is older than 3.51.3`);
}

function clientStore(database: DatabaseSync, client: string): ClientStore {
  return {
    client,
    records: async () => readHeads(database, client),
    head: async (record) => readHead(database, client, record),
    entries: async (record, from = 1) => readEntries(database, client, record, from),
    append: async (append) => appendTo(database, client, append),
    checkpoints: async (record) => readCheckpoints(database, client, record),
    keepEvidence: async (record, evidence, bytes) => keepEvidence(database, client, record, evidence, bytes),
    evidence: async (record, evidence) => readEvidence(database, client, record, evidence),
    eraseEvidence: async (record, evidence) => {
      if (eraseEvidence(database, client, record, evidence)) flush(database);
    },
    plan: async (deliveries) => transact(database, 'NORMAL', () => planAll(database, client, deliveries)),
    deliveries: async (record) => readDeliveries(database, client, record),
    released: async (incident) => readReleased(database, client, incident),
  };
}

function placeOf(database: DatabaseSync, { surface, workspace, channel }: Place): { client: string; record: string } | undefined {
  const found = statement(database, 'SELECT client, record FROM place WHERE surface = ? AND workspace = ? AND channel = ?').get(
    surface,
    workspace,
    channel,
  );
  return found === undefined ? undefined : { client: String(found.client), record: String(found.record) };
}

function openInbox(database: DatabaseSync): Inbox {
  const put = database.prepare('INSERT INTO inbox (key, body, at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING');
  const done = database.prepare("UPDATE inbox SET done = 1, body = '' WHERE key = ?");
  const pending = database.prepare('UPDATE inbox SET tries = tries + 1 WHERE done = 0 RETURNING key, body, tries, at');
  return {
    put: async (key, body, now) => transact(database, 'FULL', () => put.run(key, body, now)).changes === 1,
    // Where a power cut takes this back, the event is worked on again, and finds its keys.
    done: async (key) => void transact(database, 'NORMAL', () => done.run(key)),
    pending: async () =>
      transact(database, 'NORMAL', () => pending.all())
        .sort((a, b) => Number(a.at) - Number(b.at))
        .map((row) => ({ key: String(row.key), body: String(row.body), tries: Number(row.tries) })),
  };
}

function openRoom(database: DatabaseSync): RoomShelf {
  const all = database.prepare('SELECT kind, id, json FROM room ORDER BY kind, id');
  const put = database.prepare(
    'INSERT INTO room (kind, id, json) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO UPDATE SET json = excluded.json',
  );
  const remove = database.prepare('DELETE FROM room WHERE kind = ? AND id = ?');
  // What arrives while the house closes is sent again at the next start.
  const write = (work: () => unknown) => void (database.isOpen && transact(database, 'NORMAL', work));
  return {
    all: () => all.all().map((row) => ({ kind: String(row.kind), id: String(row.id), json: String(row.json) })),
    put: (kind, id, json) => write(() => put.run(kind, id, json)),
    delete: (kind, id) => write(() => remove.run(kind, id)),
    sync: () => {
      if (database.isOpen) sync(database);
    },
  };
}
