import type { DatabaseSync } from 'node:sqlite';
import type { Claimed, Outbox, Outcome } from '../desk/ports.ts';
import { deliveryOf } from './sqlite-read.ts';

/** How long an uncertain delivery rests before anybody looks for it: longer than any client timeout and clock skew. */
const QUARANTINE_MS = 60_000;

type Row = Record<string, unknown>;

/** Deliveries by lease, at most one per queue at a time and in order. */
export function openOutbox(database: DatabaseSync): Outbox {
  return {
    claim: async (now, leaseMs, limit) => claim(database, now, leaseMs, limit),
    settle: async (id, fence, outcome, now) => settleIn(database, id, fence, outcome, now),
    nextDue: async () => nextDue(database),
    uncertain: async () => database.prepare("SELECT * FROM delivery WHERE state = 'asking' ORDER BY ord").all().map(claimedOf),
  };
}

function claim(database: DatabaseSync, now: number, leaseMs: number, limit: number): Claimed[] {
  database.exec('BEGIN IMMEDIATE');
  try {
    doubt(database, now);
    const taken = database
      .prepare(DUE)
      .all(now, limit)
      .map((row) => take(database, Number(row.ord), now + leaseMs));
    database.exec('COMMIT');
    return taken;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

/** A lease that ran out while sending: nobody knows whether it arrived. An update of a known card can simply be repeated. */
function doubt(database: DatabaseSync, now: number): void {
  database
    .prepare(
      `UPDATE delivery SET lease_until = NULL, uncertain_since = CASE WHEN coalescing = 1 AND ref IS NOT NULL THEN NULL ELSE coalesce(uncertain_since, lease_until) END,
         state = CASE WHEN coalescing = 1 AND ref IS NOT NULL THEN 'pending' ELSE 'uncertain' END,
         not_before = CASE WHEN coalescing = 1 AND ref IS NOT NULL THEN 0 ELSE ? END
       WHERE state = 'sending' AND lease_until < ?`,
    )
    .run(now + QUARANTINE_MS, now);
}

const DUE = `
SELECT min(ord) AS ord FROM delivery AS due WHERE state IN ('pending', 'uncertain') AND not_before <= ?
  AND NOT EXISTS (SELECT 1 FROM delivery AS ahead WHERE ahead.queue = due.queue AND (ahead.state = 'sending' OR (ahead.state = 'pending' AND ahead.ord < due.ord)))
GROUP BY queue ORDER BY ord LIMIT ?`;

function take(database: DatabaseSync, ord: number, leaseUntil: number): Claimed {
  const row = database
    .prepare(
      "UPDATE delivery SET state = 'sending', fence = fence + 1, attempt = attempt + 1, lease_until = ?, again = 0 WHERE ord = ? RETURNING *",
    )
    .get(leaseUntil, ord);
  if (row === undefined) throw new Error('a delivery vanished while it was claimed');
  return claimedOf(row);
}

function claimedOf(row: Row): Claimed {
  return {
    ...deliveryOf(row),
    client: String(row.client),
    fence: Number(row.fence),
    attempt: Number(row.attempt),
    ...(row.ref === null ? {} : { ref: String(row.ref) }),
    ...(row.uncertain_since === null ? {} : { uncertainSince: Number(row.uncertain_since) }),
  };
}

/** Writes an outcome; false where the lease was lost to somebody else. Also used inside an append's transaction. */
export function settleIn(database: DatabaseSync, id: string, fence: number, outcome: Outcome, now = 0): boolean {
  const mine = database
    .prepare("SELECT again, coalescing FROM delivery WHERE id = ? AND fence = ? AND state = 'sending'")
    .get(id, fence);
  if (mine === undefined) return false;
  const again = mine.again === 1;
  const set = (sql: string, ...values: (string | number | null)[]) => {
    database.prepare(`UPDATE delivery SET lease_until = NULL, again = 0, ${sql} WHERE id = ?`).run(...values, id);
  };
  switch (outcome.state) {
    case 'sent':
      set('state = ?, ref = ?, uncertain_since = NULL, code = NULL, not_before = 0', again ? 'pending' : 'sent', outcome.ref);
      break;
    case 'refused':
      set('state = ?, code = ?', again ? 'pending' : 'refused', outcome.code);
      break;
    case 'later':
      set("state = 'pending', code = ?, not_before = ?, uncertain_since = NULL", outcome.code, now + outcome.afterMs);
      break;
    case 'uncertain':
      set(
        "state = 'uncertain', code = ?, not_before = ?, uncertain_since = coalesce(uncertain_since, ?)",
        outcome.code,
        now + QUARANTINE_MS,
        now,
      );
      break;
    case 'asking':
      set("state = 'asking', code = ?", outcome.code);
      break;
  }
  return true;
}

function nextDue(database: DatabaseSync): number | undefined {
  const row = database
    .prepare(
      "SELECT min(CASE WHEN state = 'sending' THEN lease_until ELSE not_before END) AS due FROM delivery WHERE state IN ('pending', 'uncertain', 'sending')",
    )
    .get();
  return row?.due === null || row?.due === undefined ? undefined : Number(row.due);
}
