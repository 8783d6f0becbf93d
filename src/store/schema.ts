import { constants, type DatabaseSync } from 'node:sqlite';

/** The tables of a house. Entries and texts are only ever inserted; item keys are what erasing destroys. */
const TABLES = `
CREATE TABLE IF NOT EXISTS record (record TEXT PRIMARY KEY, client TEXT NOT NULL, kind TEXT NOT NULL, size INTEGER NOT NULL, frontier TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS record_client ON record (client);
CREATE TABLE IF NOT EXISTS entry (record TEXT NOT NULL, seq INTEGER NOT NULL, line TEXT NOT NULL, PRIMARY KEY (record, seq)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS text (record TEXT NOT NULL, seq INTEGER NOT NULL, field TEXT NOT NULL, commitment TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (record, seq, field)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item_key (item TEXT PRIMARY KEY, key BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS evidence (record TEXT NOT NULL, evidence TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (record, evidence));
CREATE TABLE IF NOT EXISTS checkpoint (record TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL, PRIMARY KEY (record, size)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (surface TEXT NOT NULL, workspace TEXT NOT NULL, channel TEXT NOT NULL, client TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (surface, workspace, channel)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS summary (record TEXT PRIMARY KEY, client TEXT NOT NULL, kind TEXT NOT NULL, incident TEXT, json TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS summary_client ON summary (client, incident);
CREATE TABLE IF NOT EXISTS release (record TEXT NOT NULL, seq INTEGER NOT NULL, client TEXT NOT NULL, PRIMARY KEY (record, seq, client)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done_key (key TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS delivery (
  ord INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, client TEXT NOT NULL, record TEXT NOT NULL, kind TEXT NOT NULL, queue TEXT NOT NULL,
  body TEXT NOT NULL, coalescing INTEGER NOT NULL, state TEXT NOT NULL, not_before INTEGER NOT NULL, attempt INTEGER NOT NULL DEFAULT 0,
  fence INTEGER NOT NULL DEFAULT 0, lease_until INTEGER, again INTEGER NOT NULL DEFAULT 0, ref TEXT, uncertain_since INTEGER, code TEXT);
CREATE INDEX IF NOT EXISTS delivery_due ON delivery (state, not_before);
CREATE INDEX IF NOT EXISTS delivery_queue ON delivery (queue, state, ord);
CREATE INDEX IF NOT EXISTS delivery_record ON delivery (record);
CREATE TABLE IF NOT EXISTS inbox (key TEXT PRIMARY KEY, body TEXT NOT NULL, at INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS room (kind TEXT NOT NULL, id TEXT NOT NULL, json TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;
`;

/**
 * Append-only. INSERT OR REPLACE slips past UPDATE and DELETE triggers, so a third one holds the sequence:
 * it refuses replacement, gaps and duplicates, and is itself the compare-and-swap.
 */
const GUARDS = `
CREATE TRIGGER IF NOT EXISTS entry_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END;
CREATE TRIGGER IF NOT EXISTS entry_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END;
CREATE TRIGGER IF NOT EXISTS entry_insert BEFORE INSERT ON entry
  WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry WHERE record = NEW.record) BEGIN SELECT RAISE(ABORT, 'sequence'); END;
CREATE TRIGGER IF NOT EXISTS text_update BEFORE UPDATE ON text BEGIN SELECT RAISE(ABORT, 'texts are never changed'); END;
CREATE TRIGGER IF NOT EXISTS text_delete BEFORE DELETE ON text BEGIN SELECT RAISE(ABORT, 'texts are erased by their key'); END;
`;

const APPEND_ONLY = new Set(['entry', 'text']);

/** Makes the tables and the guards, then shuts the door behind: no later statement may lift them. */
export function prepareSchema(database: DatabaseSync): void {
  database.exec(TABLES);
  database.exec(GUARDS);
  database.setAuthorizer((action, table) => (isForbidden(action, table) ? constants.SQLITE_DENY : constants.SQLITE_OK));
}

function isForbidden(action: number, table: string | null): boolean {
  const lifting = [
    constants.SQLITE_ALTER_TABLE,
    constants.SQLITE_ATTACH,
    constants.SQLITE_DROP_TABLE,
    constants.SQLITE_DROP_TRIGGER,
    constants.SQLITE_DROP_INDEX,
  ];
  if (lifting.includes(action)) return true;
  return (action === constants.SQLITE_UPDATE || action === constants.SQLITE_DELETE) && table !== null && APPEND_ONLY.has(table);
}
