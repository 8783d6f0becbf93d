import type { DatabaseSync } from 'node:sqlite';
import type { Append, Appended, Delivery } from '../desk/ports.ts';
import type { SealedText } from '../record/entry.ts';
import { encrypt } from './cipher.ts';
import { writeLanes } from './sqlite-lanes.ts';
import { settleIn } from './sqlite-outbox.ts';
import { packFrontier, textItem } from './sqlite-read.ts';

/**
 * One append: entries, words, deliveries, checkpoints, places and erasures in one transaction and one synchronous block.
 * Nothing awaits between BEGIN and COMMIT: one connection has one transaction.
 */
export function appendTo(database: DatabaseSync, client: string, append: Append): Appended {
  database.exec('BEGIN IMMEDIATE');
  try {
    const answer = write(database, client, append);
    database.exec(answer === 'appended' ? 'COMMIT' : 'ROLLBACK');
    return answer;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function write(database: DatabaseSync, client: string, append: Append): Appended {
  if (append.key !== undefined && !takeKey(database, append.key)) return 'duplicate';
  if (!takeSequence(database, client, append)) return 'conflict';
  append.entries.forEach(({ line, texts }, i) => {
    const seq = append.expected + i + 1;
    database.prepare('INSERT INTO entry (record, seq, line) VALUES (?, ?, ?)').run(append.record, seq, line);
    for (const text of texts) writeText(database, append.record, seq, text);
  });
  for (const { size, note } of append.checkpoints) {
    database.prepare('INSERT INTO checkpoint (record, size, note) VALUES (?, ?, ?)').run(append.record, size, note);
  }
  for (const place of append.places) writePlace(database, client, append.record, place);
  for (const { seq, fields } of append.erase) {
    for (const field of fields) database.prepare('DELETE FROM item_key WHERE item = ?').run(textItem(append.record, seq, field));
  }
  writeLanes(database, client, append);
  if (append.settles !== undefined) settleIn(database, append.settles.id, append.settles.fence, append.settles.outcome);
  for (const delivery of append.deliveries) plan(database, client, delivery);
  return 'appended';
}

function takeKey(database: DatabaseSync, key: string): boolean {
  return database.prepare('INSERT INTO done_key (key) VALUES (?) ON CONFLICT (key) DO NOTHING').run(key).changes === 1;
}

function takeSequence(database: DatabaseSync, client: string, { record, of, expected, entries, frontier }: Append): boolean {
  const size = expected + entries.length;
  if (expected === 0) {
    const insert = database.prepare(
      'INSERT INTO record (record, client, kind, size, frontier) VALUES (?, ?, ?, ?, ?) ON CONFLICT (record) DO NOTHING',
    );
    return insert.run(record, client, of, size, packFrontier(frontier)).changes === 1;
  }
  const update = database.prepare('UPDATE record SET size = ?, frontier = ? WHERE record = ? AND client = ? AND size = ?');
  return update.run(size, packFrontier(frontier), record, client, expected).changes === 1;
}

function writeText(database: DatabaseSync, record: string, seq: number, { field, commitment, salt, value }: SealedText): void {
  const item = textItem(record, seq, field);
  const { key, sealed } = encrypt(Buffer.from(JSON.stringify({ salt, value })), item);
  database
    .prepare('INSERT INTO text (record, seq, field, commitment, sealed) VALUES (?, ?, ?, ?, ?)')
    .run(record, seq, field, commitment, sealed);
  database.prepare('INSERT INTO item_key (item, key) VALUES (?, ?)').run(item, key);
}

function writePlace(database: DatabaseSync, client: string, record: string, { place, open }: Append['places'][number]): void {
  const { surface, workspace, channel } = place;
  const sql = open
    ? 'INSERT INTO place (surface, workspace, channel, client, record) VALUES (?, ?, ?, ?, ?)'
    : 'DELETE FROM place WHERE surface = ? AND workspace = ? AND channel = ? AND client = ? AND record = ?';
  database.prepare(sql).run(surface, workspace, channel, client, record);
}

/** Deliveries of this client's own records, and of no other's. */
export function planAll(database: DatabaseSync, client: string, deliveries: Delivery[]): void {
  const own = database.prepare('SELECT 1 FROM record WHERE client = ? AND record = ?');
  for (const delivery of deliveries) if (own.get(client, delivery.record) !== undefined) plan(database, client, delivery);
}

/** Planning twice is planning once. A card that was sent becomes due again; one that is being sent will be sent once more. */
function plan(database: DatabaseSync, client: string, delivery: Delivery): void {
  const { id, record, kind, queue, body, coalescing, notBefore = 0 } = delivery;
  database
    .prepare(
      `INSERT INTO delivery (id, client, record, kind, queue, body, coalescing, state, not_before) VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?)
       ON CONFLICT (id) DO UPDATE SET
         again = CASE WHEN coalescing = 1 AND state IN ('sending', 'uncertain') THEN 1 ELSE again END,
         body = CASE WHEN coalescing = 1 THEN excluded.body ELSE body END,
         state = CASE WHEN coalescing = 1 AND state IN ('sent', 'refused') THEN 'pending' ELSE state END`,
    )
    .run(id, client, record, kind, queue, body, coalescing ? 1 : 0, notBefore);
}
