import type { DatabaseSync } from 'node:sqlite';
import type { Append, Coordinator, StoredEntry, Summarised } from '../desk/ports.ts';
import type { RecordKind } from '../record/event.ts';
import { readEntries } from './sqlite-read.ts';
import { statement } from './statements.ts';

/** What the coordinator sees of a record, and what a vendor incident lets its lanes see: written with the append that causes it. */
export function writeLanes(database: DatabaseSync, client: string, { record, summary, releases = [] }: Append): void {
  if (summary !== undefined) {
    statement(
      database,
      'INSERT INTO summary (record, client, kind, incident, json) VALUES (?, ?, ?, ?, ?) ON CONFLICT (record) DO UPDATE SET json = excluded.json',
    ).run(record, client, summary.of, summary.incident ?? null, JSON.stringify(summary));
  }
  for (const { seq, to } of releases) for (const whom of to.length === 0 ? [EVERY_LANE] : to) release(database, record, seq, whom);
}

function release(database: DatabaseSync, record: string, seq: number, whom: string): void {
  statement(database, 'INSERT INTO release (record, seq, client) VALUES (?, ?, ?) ON CONFLICT DO NOTHING').run(record, seq, whom);
}

/** No client can have this id. */
const EVERY_LANE = '*';

/** Only a client with a lane in the incident sees anything of it, and only what was released to it. */
export function readReleased(database: DatabaseSync, client: string, incident: string): StoredEntry[] {
  const owner = statement(
    database,
    'SELECT client FROM record WHERE record = ? AND EXISTS (SELECT 1 FROM summary WHERE summary.client = ? AND incident = ?)',
  ).get(incident, client, incident);
  if (owner === undefined) return [];
  const released = statement(database, 'SELECT DISTINCT seq FROM release WHERE record = ? AND client IN (?, ?) ORDER BY seq')
    .all(incident, client, EVERY_LANE)
    .map((row) => Number(row.seq));
  return released.flatMap((seq) => readEntries(database, String(owner.client), incident, seq, seq));
}

const owners = new WeakMap<DatabaseSync, Map<string, string>>();

/** A record stays with its client for ever (a trigger sees to it), and every click asks whose it is. */
function ownerOf(database: DatabaseSync, record: string): string | undefined {
  const known = owners.get(database) ?? new Map<string, string>();
  owners.set(database, known);
  const owner = known.get(record) ?? statement(database, 'SELECT client FROM record WHERE record = ?').get(record)?.client;
  if (typeof owner !== 'string') return undefined;
  known.set(record, owner);
  return owner;
}

export function openCoordinator(database: DatabaseSync): Coordinator {
  const all = 'SELECT record, client, json FROM summary WHERE kind = ? ORDER BY client, record';
  return {
    summaries: async (of: RecordKind) =>
      statement(database, all)
        .all(of)
        .map((row): Summarised => ({ ...JSON.parse(String(row.json)), client: String(row.client), record: String(row.record) })),
    ownerOf: async (record) => ownerOf(database, record),
  };
}
