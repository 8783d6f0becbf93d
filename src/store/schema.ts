import { constants, type DatabaseSync } from 'node:sqlite';

/** The version of these tables; a file of a later one is left alone. */
export const VERSION = 1;

/** The tables of a house. Entries and texts are only ever inserted; item keys are what erasing destroys. */
const TABLES = {
  record: '(record TEXT PRIMARY KEY, client TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, frontier TEXT NOT NULL)',
  entry: '(record TEXT NOT NULL, seq INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (record, seq)) WITHOUT ROWID',
  text: '(record TEXT NOT NULL, seq INTEGER NOT NULL, field TEXT NOT NULL, commitment TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (record, seq, field)) WITHOUT ROWID',
  item_key: '(item TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID',
  evidence: '(record TEXT NOT NULL, evidence TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (record, evidence))',
  checkpoint: '(record TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (record, size)) WITHOUT ROWID',
  place:
    '(surface TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL, client TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (surface, workspace, channel)) WITHOUT ROWID',
  summary: '(record TEXT PRIMARY KEY, client TEXT NOT NULL, kind TEXT NOT NULL, incident TEXT, json TEXT NOT NULL) WITHOUT ROWID',
  release: '(record TEXT NOT NULL, seq INTEGER NOT NULL, client TEXT NOT NULL, PRIMARY KEY (record, seq, client)) WITHOUT ROWID',
  done_key: '(client TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (client, key)) WITHOUT ROWID',
  delivery: `(ord INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, client TEXT NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL, queue TEXT NOT NULL,
    body TEXT NOT NULL, coalescing INTEGER NOT NULL, state TEXT NOT NULL, not_before INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0,
    fence INTEGER NOT NULL DEFAULT 0, lease_until INTEGER, again INTEGER NOT NULL DEFAULT 0, ref TEXT, uncertain_since INTEGER, code TEXT)`,
  inbox:
    '(key TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID',
  pulse: '(id INTEGER PRIMARY KEY, beats INTEGER NOT NULL)',
  room: '(kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID',
} as const;

export type Table = keyof typeof TABLES;

export const TABLE_NAMES = Object.keys(TABLES) as Table[];

/** Makes these tables where they are missing, in the database of that name. */
export function makeTables(database: DatabaseSync, names: readonly Table[] = TABLE_NAMES, schema = 'main'): void {
  for (const name of names) database.exec(`CREATE TABLE IF NOT EXISTS ${schema}.${name} ${TABLES[name]}`);
}

const INDEXES = `
CREATE INDEX IF NOT EXISTS record_client ON record (client);
CREATE INDEX IF NOT EXISTS summary_client ON summary (client, incident);
CREATE INDEX IF NOT EXISTS delivery_state ON delivery (state, queue, ord);
CREATE INDEX IF NOT EXISTS delivery_record ON delivery (record);
`;

/** Refuses a second row of one key: without it, INSERT OR REPLACE would change what is only ever added. */
const once = (table: string, same: string, sentence: string): string =>
  `CREATE TRIGGER IF NOT EXISTS ${table}_insert BEFORE INSERT ON ${table} WHEN EXISTS (SELECT 1 FROM ${table} WHERE ${same}) BEGIN SELECT RAISE(ABORT, '${sentence}'); END;`;

const never = (table: string, act: 'UPDATE' | 'DELETE', sentence: string): string =>
  `CREATE TRIGGER IF NOT EXISTS ${table}_${act.toLowerCase()} BEFORE ${act} ON ${table} BEGIN SELECT RAISE(ABORT, '${sentence}'); END;`;

/**
 * Append-only. INSERT OR REPLACE slips past UPDATE and DELETE triggers, so a third one holds the sequence of entries:
 * it refuses replacement, gaps and duplicates, and is itself the compare-and-swap.
 */
const GUARDS = [
  never('entry', 'UPDATE', 'entries are never changed'),
  never('entry', 'DELETE', 'entries are never deleted'),
  `CREATE TRIGGER IF NOT EXISTS entry_insert BEFORE INSERT ON entry
   WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry WHERE record = NEW.record) BEGIN SELECT RAISE(ABORT, 'sequence'); END;`,
  never('text', 'UPDATE', 'texts are never changed'),
  never('text', 'DELETE', 'texts are erased by their key'),
  once('text', 'record = NEW.record AND seq = NEW.seq AND field = NEW.field', 'texts are never replaced'),
  never('evidence', 'UPDATE', 'evidence is never changed'),
  never('evidence', 'DELETE', 'evidence is erased by its key'),
  once('evidence', 'record = NEW.record AND evidence = NEW.evidence', 'evidence is never replaced'),
  never('checkpoint', 'UPDATE', 'checkpoints are never changed'),
  never('checkpoint', 'DELETE', 'checkpoints are never deleted'),
  once('checkpoint', 'record = NEW.record AND size = NEW.size', 'checkpoints are never replaced'),
  never('item_key', 'UPDATE', 'an item has one key'),
  once('item_key', 'item = NEW.item', 'an item has one key'),
  never('record', 'DELETE', 'records are never deleted'),
  `CREATE TRIGGER IF NOT EXISTS record_update BEFORE UPDATE ON record
   WHEN NEW.record <> OLD.record OR NEW.client <> OLD.client OR NEW.kind <> OLD.kind OR NEW.size < OLD.size
   BEGIN SELECT RAISE(ABORT, 'a record only grows, and stays with its client'); END;`,
].join('\n');

const APPEND_ONLY = new Set(['entry', 'text', 'evidence', 'checkpoint']);

const LIFTING = new Set([
  constants.SQLITE_ALTER_TABLE,
  constants.SQLITE_ATTACH,
  constants.SQLITE_DROP_TABLE,
  constants.SQLITE_DROP_TRIGGER,
  constants.SQLITE_DROP_INDEX,
  constants.SQLITE_CREATE_TRIGGER,
]);

/** The settings that later statements need: emptying the log after an erasure, and how long a commit waits. */
const PRAGMAS = new Set(['wal_checkpoint TRUNCATE', 'synchronous FULL', 'synchronous NORMAL']);

/** @throws Error with what is damaged, in one line. */
export function refuseDamaged(database: DatabaseSync): void {
  const { quick_check: found } = database.prepare('PRAGMA quick_check(1)').get() ?? {};
  if (found !== 'ok') throw new Error(`it is damaged: ${String(found).split('\n').at(-1)}`);
}

/** @throws Error where the file was written by a later version: this one would not keep what it does not know. */
export function refuseLater(database: DatabaseSync): void {
  const version = versionOf(database);
  if (version > VERSION) throw new Error(`it was written by a later Firebreak (tables ${version}, this one knows ${VERSION})`);
}

const versionOf = (database: DatabaseSync): number => Number(database.prepare('PRAGMA user_version').get()?.user_version);

/** Makes the tables and the guards, then shuts the door behind: no later statement may lift them. */
export function prepareSchema(database: DatabaseSync): void {
  makeTables(database);
  database.exec(INDEXES);
  database.exec(GUARDS);
  if (versionOf(database) < VERSION) database.exec(`PRAGMA user_version = ${VERSION}`);
  database.setAuthorizer((action, what, value) => (isForbidden(action, what, value) ? constants.SQLITE_DENY : constants.SQLITE_OK));
}

function isForbidden(action: number, what: string | null, value: string | null): boolean {
  if (LIFTING.has(action)) return true;
  if (action === constants.SQLITE_PRAGMA) return value !== null && !PRAGMAS.has(`${what} ${value}`);
  return (action === constants.SQLITE_UPDATE || action === constants.SQLITE_DELETE) && what !== null && APPEND_ONLY.has(what);
}
