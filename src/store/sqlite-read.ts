import type { DatabaseSync } from 'node:sqlite';
import { RecordAlarm } from '../desk/alarm.ts';
import type { Delivery, RecordHead, StoredEntry } from '../desk/ports.ts';
import { fromBase64, toBase64 } from '../record/bytes.ts';
import type { SealedText } from '../record/entry.ts';
import type { RecordKind } from '../record/event.ts';
import type { Frontier } from '../record/tree.ts';
import { decrypt, encrypt } from './cipher.ts';
import { statement, transact } from './statements.ts';

/** Reading one client's records. Every statement names the client: a record of another one is not there. */

type Row = Record<string, unknown>;

/** As it is stored. It is remembered: what was written last is what is read next. */
export function packFrontier(frontier: Frontier): string {
  const text = JSON.stringify(frontier.peaks.map(toBase64));
  last = { size: frontier.size, text, frontier };
  return text;
}

/** A frontier that cannot be read fits no entries: that record raises its alarm when it is loaded, and no other one does. */
function unpackFrontier(size: number, text: string): Frontier {
  if (last.size === size && last.text === text) return last.frontier;
  last = { size, text, frontier: { size, peaks: peaksOf(text) } };
  return last.frontier;
}

/** One click reads the same head three times. */
let last: { size: number; text: string; frontier: Frontier } = { size: 0, text: '[]', frontier: { size: 0, peaks: [] } };

function peaksOf(text: string): Frontier['peaks'] {
  try {
    return (JSON.parse(text) as string[]).map(fromBase64);
  } catch {
    return [];
  }
}

const headOf = (row: Row): RecordHead => ({
  record: String(row.record),
  of: row.kind as RecordKind,
  size: Number(row.size),
  frontier: unpackFrontier(Number(row.size), String(row.frontier)),
});

export function readHeads(database: DatabaseSync, client: string): RecordHead[] {
  return statement(database, 'SELECT * FROM record WHERE client = ? ORDER BY record').all(client).map(headOf);
}

export function readHead(database: DatabaseSync, client: string, record: string): RecordHead | undefined {
  const row = statement(database, 'SELECT * FROM record WHERE client = ? AND record = ?').get(client, record);
  return row === undefined ? undefined : headOf(row);
}

const LAST = Number.MAX_SAFE_INTEGER;
const OWN = 'record IN (SELECT record FROM record WHERE client = ? AND record = ?)';

export function readEntries(database: DatabaseSync, client: string, record: string, from: number, to = LAST): StoredEntry[] {
  const lines = statement(database, `SELECT seq, line FROM entry WHERE ${OWN} AND seq BETWEEN ? AND ? ORDER BY seq`).all(
    client,
    record,
    from,
    to,
  );
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
  const rows = statement(
    database,
    `SELECT text.seq, field, commitment, sealed, key FROM text JOIN item_key ON item_key.item = text.record || '/' || text.seq || '/' || field
       WHERE text.${OWN} AND text.seq BETWEEN ? AND ? ORDER BY text.seq, field`,
  ).all(client, record, from, to);
  return rows.map((row) => {
    const [seq, field] = [Number(row.seq), String(row.field)];
    const plain = opened(row, record, textItem(record, seq, field), `the text "${field}" of entry ${seq}`);
    const { salt, value } = JSON.parse(Buffer.from(plain).toString('utf8')) as { salt: string; value: string };
    return { seq, field, commitment: String(row.commitment), salt, value };
  });
}

/** @throws RecordAlarm where the stored bytes are not those that were written under that name. */
function opened(row: Row, record: string, item: string, what: string): Uint8Array {
  try {
    return decrypt({ key: row.key as Uint8Array, sealed: row.sealed as Uint8Array }, item);
  } catch (cause) {
    throw new RecordAlarm(record, `${what} is not the one that was written`, { cause });
  }
}

export const textItem = (record: string, seq: number, field: string): string => `${record}/${seq}/${field}`;
const evidenceItem = (record: string, evidence: string): string => `${record}/evidence/${evidence}`;

export function readCheckpoints(database: DatabaseSync, client: string, record: string): { size: number; note: string }[] {
  const rows = statement(database, `SELECT size, note FROM checkpoint WHERE ${OWN} ORDER BY size`).all(client, record);
  return rows.map((row) => ({ size: Number(row.size), note: String(row.note) }));
}

/** Stored before the entry that names it, whose commit makes both durable: an orphan harms nobody, a missing file would. */
export function keepEvidence(database: DatabaseSync, client: string, record: string, evidence: string, bytes: Uint8Array): void {
  const item = evidenceItem(record, evidence);
  transact(database, 'NORMAL', () => {
    if (readHead(database, client, record) === undefined) throw new Error(`There is no record "${record}" here.`);
    if (isKept(database, client, record, evidence, bytes)) return;
    const { key, sealed } = encrypt(bytes, item);
    statement(database, 'INSERT INTO evidence (record, evidence, sealed) VALUES (?, ?, ?)').run(record, evidence, sealed);
    statement(database, 'INSERT INTO item_key (item, key) VALUES (?, ?)').run(item, key);
  });
}

/** A file is fetched again where nobody knew whether it had been: the same bytes are kept once. */
function isKept(database: DatabaseSync, client: string, record: string, evidence: string, bytes: Uint8Array): boolean {
  const there = statement(database, 'SELECT 1 FROM evidence WHERE record = ? AND evidence = ?').get(record, evidence);
  if (there === undefined) return false;
  const kept = readEvidence(database, client, record, evidence);
  if (kept !== undefined && Buffer.compare(kept, bytes) === 0) return true;
  throw new Error(`The evidence "${evidence}" of ${record} ${kept === undefined ? 'was erased' : 'is kept already, and differs'}.`);
}

export function readEvidence(database: DatabaseSync, client: string, record: string, evidence: string): Uint8Array | undefined {
  const item = evidenceItem(record, evidence);
  const row = statement(database, `SELECT sealed, key FROM evidence JOIN item_key ON item = ? WHERE ${OWN} AND evidence = ?`).get(
    item,
    client,
    record,
    evidence,
  );
  return row === undefined ? undefined : opened(row, record, item, `the evidence "${evidence}"`);
}

/** Whether there was anything to erase. */
export function eraseEvidence(database: DatabaseSync, client: string, record: string, evidence: string): boolean {
  if (readHead(database, client, record) === undefined) return false;
  return statement(database, 'DELETE FROM item_key WHERE item = ?').run(evidenceItem(record, evidence)).changes === 1;
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
  const rows = statement(database, 'SELECT * FROM delivery WHERE client = ? AND record = ? ORDER BY ord').all(client, record);
  return rows.map((row) => ({
    ...deliveryOf(row),
    state: String(row.state),
    ...(row.ref === null ? {} : { ref: String(row.ref) }),
    ...(row.code === null ? {} : { code: String(row.code) }),
  }));
}
