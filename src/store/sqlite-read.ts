import type { DatabaseSync } from 'node:sqlite';
import type { Delivery, RecordHead, StoredEntry } from '../desk/ports.ts';
import { fromBase64, toBase64 } from '../record/bytes.ts';
import type { SealedText } from '../record/entry.ts';
import type { RecordKind } from '../record/event.ts';
import type { Frontier } from '../record/tree.ts';
import { decrypt, encrypt } from './cipher.ts';

/** Reading one client's records. Every statement names the client: a record of another one is not there. */

type Row = Record<string, unknown>;

export const packFrontier = ({ peaks }: Frontier): string => JSON.stringify(peaks.map(toBase64));
const unpackFrontier = (size: number, text: string): Frontier => ({ size, peaks: (JSON.parse(text) as string[]).map(fromBase64) });

const headOf = (row: Row): RecordHead => ({
  record: String(row.record),
  of: row.kind as RecordKind,
  size: Number(row.size),
  frontier: unpackFrontier(Number(row.size), String(row.frontier)),
});

export function readHeads(database: DatabaseSync, client: string): RecordHead[] {
  return database.prepare('SELECT * FROM record WHERE client = ? ORDER BY record').all(client).map(headOf);
}

export function readHead(database: DatabaseSync, client: string, record: string): RecordHead | undefined {
  const row = database.prepare('SELECT * FROM record WHERE client = ? AND record = ?').get(client, record);
  return row === undefined ? undefined : headOf(row);
}

const LAST = Number.MAX_SAFE_INTEGER;
const OWN = 'record IN (SELECT record FROM record WHERE client = ? AND record = ?)';

export function readEntries(database: DatabaseSync, client: string, record: string, from: number, to = LAST): StoredEntry[] {
  const lines = database
    .prepare(`SELECT seq, line FROM entry WHERE ${OWN} AND seq BETWEEN ? AND ? ORDER BY seq`)
    .all(client, record, from, to);
  const texts = Map.groupBy(readTexts(database, client, record, from, to), ({ seq }) => seq);
  return lines.map((row) => {
    const seq = Number(row.seq);
    return { seq, line: String(row.line), texts: (texts.get(seq) ?? []).map(({ seq: _, ...text }) => text) };
  });
}

function readTexts(
  database: DatabaseSync,
  client: string,
  record: string,
  from: number,
  to: number,
): (SealedText & { seq: number })[] {
  const rows = database
    .prepare(
      `SELECT text.seq, field, commitment, sealed, key FROM text JOIN item_key ON item_key.item = text.record || '/' || text.seq || '/' || field
       WHERE text.${OWN} AND text.seq BETWEEN ? AND ? ORDER BY text.seq, field`,
    )
    .all(client, record, from, to);
  return rows.map((row) => {
    const [seq, field] = [Number(row.seq), String(row.field)];
    const plain = decrypt({ key: row.key as Uint8Array, sealed: row.sealed as Uint8Array }, textItem(record, seq, field));
    const { salt, value } = JSON.parse(Buffer.from(plain).toString('utf8')) as { salt: string; value: string };
    return { seq, field, commitment: String(row.commitment), salt, value };
  });
}

export const textItem = (record: string, seq: number, field: string): string => `${record}/${seq}/${field}`;
const evidenceItem = (record: string, evidence: string): string => `${record}/evidence/${evidence}`;

export function readCheckpoints(database: DatabaseSync, client: string, record: string): { size: number; note: string }[] {
  const rows = database.prepare(`SELECT size, note FROM checkpoint WHERE ${OWN} ORDER BY size`).all(client, record);
  return rows.map((row) => ({ size: Number(row.size), note: String(row.note) }));
}

/** Stored before the entry that names it: an orphan harms nobody, a missing file would. */
export function keepEvidence(database: DatabaseSync, record: string, evidence: string, bytes: Uint8Array): void {
  const item = evidenceItem(record, evidence);
  const { key, sealed } = encrypt(bytes, item);
  database.exec('BEGIN IMMEDIATE');
  try {
    database.prepare('INSERT INTO evidence (record, evidence, sealed) VALUES (?, ?, ?)').run(record, evidence, sealed);
    database.prepare('INSERT INTO item_key (item, key) VALUES (?, ?)').run(item, key);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

export function readEvidence(database: DatabaseSync, client: string, record: string, evidence: string): Uint8Array | undefined {
  const item = evidenceItem(record, evidence);
  const row = database
    .prepare(`SELECT sealed, key FROM evidence JOIN item_key ON item = ? WHERE ${OWN} AND evidence = ?`)
    .get(item, client, record, evidence);
  return row === undefined ? undefined : decrypt({ key: row.key as Uint8Array, sealed: row.sealed as Uint8Array }, item);
}

export function eraseEvidence(database: DatabaseSync, client: string, record: string, evidence: string): void {
  if (readHead(database, client, record) === undefined) return;
  database.prepare('DELETE FROM item_key WHERE item = ?').run(evidenceItem(record, evidence));
}

export function deliveryOf(row: Row): Delivery {
  return {
    id: String(row.id),
    record: String(row.record),
    kind: String(row.kind),
    queue: String(row.queue),
    body: String(row.body),
    coalescing: row.coalescing === 1,
    notBefore: Number(row.not_before),
  };
}

export function readDeliveries(
  database: DatabaseSync,
  client: string,
  record: string,
): (Delivery & { state: string; ref?: string; code?: string })[] {
  const rows = database.prepare('SELECT * FROM delivery WHERE client = ? AND record = ? ORDER BY ord').all(client, record);
  return rows.map((row) => ({
    ...deliveryOf(row),
    state: String(row.state),
    ...(row.ref === null ? {} : { ref: String(row.ref) }),
    ...(row.code === null ? {} : { code: String(row.code) }),
  }));
}
