import type { DatabaseSync } from 'node:sqlite';
import type { Append, Appended, Delivery } from '../desk/ports.ts';
import type { SealedText } from '../record/entry.ts';
import { encrypt } from './cipher.ts';
import { writeLanes } from './sqlite-lanes.ts';
import { settleIn } from './sqlite-outbox.ts';
import { packFrontier, textItem } from './sqlite-read.ts';
import { statement, transact } from './statements.ts';

/** One append: entries, words, deliveries, checkpoints, places and erasures in one transaction. */
export function appendTo(database: DatabaseSync, client: string, append: Append): Appended {
  const answer = transact(
    database,
    'FULL',
    () => write(database, client, append),
    (written) => written === 'appended',
  );
  if (answer === 'appended' && append.erase.length > 0) flush(database);
  return answer;
}

/** Empties the write-ahead log: what was erased would stay readable in its old frames. */
export function flush(database: DatabaseSync): void {
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
}

function write(database: DatabaseSync, client: string, append: Append): Appended {
  if (append.key !== undefined && !takeKey(database, client, append.key)) return 'duplicate';
  if (!takeSequence(database, client, append)) return 'conflict';
  if (append.settles !== undefined && !settleIn(database, append.settles.id, append.settles.fence, append.settles.outcome))
    return 'duplicate';
  append.entries.forEach(({ line, texts }, i) => {
    const seq = append.expected + i + 1;
    statement(database, 'INSERT INTO entry (record, seq, line) VALUES (?, ?, ?)').run(append.record, seq, line);
    for (const text of texts) writeText(database, append.record, seq, text);
  });
  for (const { size, note } of append.checkpoints) {
    statement(database, 'INSERT INTO checkpoint (record, size, note) VALUES (?, ?, ?)').run(append.record, size, note);
  }
  for (const place of append.places) writePlace(database, client, append.record, place);
  for (const { seq, fields } of append.erase) {
    for (const field of fields) eraseKey(database, textItem(append.record, seq, field));
  }
  writeLanes(database, client, append);
  for (const delivery of append.deliveries) plan(database, client, delivery);
  return 'appended';
}

function takeKey(database: DatabaseSync, client: string, key: string): boolean {
  const insert = statement(database, 'INSERT INTO done_key (client, key) VALUES (?, ?) ON CONFLICT (client, key) DO NOTHING');
  return insert.run(client, key).changes === 1;
}

function takeSequence(database: DatabaseSync, client: string, { record, of, expected, entries, frontier }: Append): boolean {
  const size = expected + entries.length;
  if (expected === 0) {
    const insert = statement(
      database,
      'INSERT INTO record (record, client, kind, size, frontier) VALUES (?, ?, ?, ?, ?) ON CONFLICT (record) DO NOTHING',
    );
    return insert.run(record, client, of, size, packFrontier(frontier)).changes === 1;
  }
  const update = statement(database, 'UPDATE record SET size = ?, frontier = ? WHERE record = ? AND client = ? AND size = ?');
  return update.run(size, packFrontier(frontier), record, client, expected).changes === 1;
}

function writeText(database: DatabaseSync, record: string, seq: number, { field, commitment, salt, value }: SealedText): void {
  const item = textItem(record, seq, field);
  const { key, sealed } = encrypt(Buffer.from(JSON.stringify({ salt, value })), item);
  statement(database, 'INSERT INTO text (record, seq, field, commitment, sealed) VALUES (?, ?, ?, ?, ?)').run(
    record,
    seq,
    field,
    commitment,
    sealed,
  );
  statement(database, 'INSERT INTO item_key (item, key) VALUES (?, ?)').run(item, key);
}

export function eraseKey(database: DatabaseSync, item: string): void {
  statement(database, 'DELETE FROM item_key WHERE item = ?').run(item);
}

/** @throws Error where another record is worked on there: two incidents in one channel would be one mix-up. */
function writePlace(database: DatabaseSync, client: string, record: string, { place, open }: Append['places'][number]): void {
  const { surface, workspace, channel } = place;
  const sql = open
    ? 'INSERT INTO place (surface, workspace, channel, client, record) VALUES (?, ?, ?, ?, ?)'
    : 'DELETE FROM place WHERE surface = ? AND workspace = ? AND channel = ? AND client = ? AND record = ?';
  statement(database, sql).run(surface, workspace, channel, client, record);
}

export function planAll(database: DatabaseSync, client: string, deliveries: Delivery[]): void {
  for (const delivery of deliveries) plan(database, client, delivery);
}

/**
 * Planning twice is planning once. A card that was sent becomes due again; one that is being sent will be sent once more.
 * Only for records of this client: another client's delivery is not there to be planned.
 */
function plan(database: DatabaseSync, client: string, delivery: Delivery): void {
  const { id, record, kind, queue, body, coalescing, notBefore = 0 } = delivery;
  statement(
    database,
    `INSERT INTO delivery (id, client, record, kind, queue, body, coalescing, state, not_before)
       SELECT ?, client, record, ?, ?, ?, ?, 'pending', ? FROM record WHERE client = ? AND record = ?
       ON CONFLICT (id) DO UPDATE SET
         again = CASE WHEN coalescing = 1 AND state IN ('sending', 'uncertain') THEN 1 ELSE again END,
         body = CASE WHEN coalescing = 1 THEN excluded.body ELSE body END,
         state = CASE WHEN coalescing = 1 AND state IN ('sent', 'refused', 'asking') THEN 'pending' ELSE state END
       WHERE delivery.client = excluded.client`,
  ).run(id, kind, queue, body, coalescing ? 1 : 0, notBefore, client, record);
  // A card that records share goes with the one that planned it last.
  if (coalescing && !id.startsWith(`${record}/`))
    statement(
      database,
      'UPDATE delivery SET record = ? WHERE id = ? AND client = ? AND record <> ? AND EXISTS (SELECT 1 FROM record WHERE client = ? AND record = ?)',
    ).run(record, id, client, record, client, record);
}
