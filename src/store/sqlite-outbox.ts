import type { DatabaseSync } from 'node:sqlite';
import type { Claimed, Outbox, Outcome } from '../desk/ports.ts';
import { deliveryOf } from './sqlite-read.ts';
import { statement, sync, transact } from './statements.ts';

type Row = Record<string, unknown>;

/**
 * Deliveries by lease, at most one per queue at a time and in order. What a power cut takes back of an outcome is looked for
 * again; only a claim must be on the disk before a message leaves, or it would leave twice.
 */
export function openOutbox(database: DatabaseSync): Outbox {
  return {
    claim: async (now, leaseMs, limit) => claim(database, now, leaseMs, limit),
    settle: async (id, fence, outcome, now) => transact(database, 'NORMAL', () => settleIn(database, id, fence, outcome, now)),
    takeOver: async (since) => {
      transact(database, 'NORMAL', () => statement(database, TAKE_OVER).run(since));
    },
    nextDue: async () => nextDue(database),
    uncertain: async () => statement(database, "SELECT * FROM delivery WHERE state = 'asking' ORDER BY ord").all().map(claimedOf),
  };
}

const TAKE_OVER = "UPDATE delivery SET lease_until = ? WHERE state = 'sending'";

function claim(database: DatabaseSync, now: number, leaseMs: number, limit: number): Claimed[] {
  const taken = transact(database, 'NORMAL', () => {
    doubt(database, now);
    return statement(database, DUE)
      .all(now, limit)
      .map((row) => take(database, Number(row.ord), now + leaseMs));
  });
  const isEdit = ({ coalescing, ref }: Claimed) => coalescing && ref !== undefined;
  if (!taken.every(isEdit)) sync(database);
  return taken;
}

/** A lease that ran out while sending: nobody knows whether it arrived. An update of a known card can simply be repeated. */
function doubt(database: DatabaseSync, now: number): void {
  statement(
    database,
    `UPDATE delivery SET
       uncertain_since = CASE WHEN coalescing = 1 AND ref IS NOT NULL THEN NULL ELSE lease_until END,
       state = CASE WHEN coalescing = 1 AND ref IS NOT NULL THEN 'pending' ELSE 'uncertain' END,
       code = CASE WHEN coalescing = 1 AND ref IS NOT NULL THEN code ELSE NULL END, not_before = 0, lease_until = NULL
     WHERE state = 'sending' AND lease_until < ?`,
  ).run(now);
}

/** The head of each queue: what waits behind a delivery that is being sent, or was planned earlier, is not due. */
const HEADS = `
FROM delivery AS due WHERE state IN ('pending', 'uncertain') AND NOT EXISTS (SELECT 1 FROM delivery AS ahead
  WHERE ahead.queue = due.queue AND (ahead.state = 'sending' OR (ahead.state = 'pending' AND ahead.ord < due.ord)))`;

const DUE = `SELECT min(ord) AS ord ${HEADS} AND not_before <= ? GROUP BY queue ORDER BY ord LIMIT ?`;

/** What an uncertain card missed stays owed: it may be found as it stood, and then it is sent once more. */
function take(database: DatabaseSync, ord: number, leaseUntil: number): Claimed {
  const row = statement(
    database,
    `UPDATE delivery SET state = 'sending', fence = fence + 1, attempt = attempt + 1, lease_until = ?,
       again = CASE WHEN state = 'uncertain' THEN again ELSE 0 END WHERE ord = ? RETURNING *`,
  ).get(leaseUntil, ord);
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
    ...(row.code === null ? {} : { code: String(row.code) }),
    ...(row.uncertain_since === null ? {} : { uncertainSince: Number(row.uncertain_since) }),
  };
}

/**
 * Writes an outcome; false where somebody else has taken the delivery since. An answer that comes after the lease ran out
 * still counts while nobody has: it is the truth. Also used inside an append's transaction.
 */
export function settleIn(database: DatabaseSync, id: string, fence: number, outcome: Outcome, now = 0): boolean {
  const mine = statement(
    database,
    "SELECT again, coalescing FROM delivery WHERE id = ? AND fence = ? AND state IN ('sending', 'uncertain', 'asking')",
  ).get(id, fence);
  if (mine === undefined) return false;
  const set = (sql: string, ...values: (string | number | null)[]) => {
    statement(database, `UPDATE delivery SET lease_until = NULL, ${sql} WHERE id = ?`).run(...values, id);
  };
  const next = mine.again === 1 ? 'pending' : undefined;
  // What was frozen has left, or never will: its words are kept in the record, and nowhere else.
  const emptied = mine.coalescing === 1 ? '' : ", body = ''";
  switch (outcome.state) {
    case 'sent':
      set(
        `state = ?, ref = ?, uncertain_since = NULL, code = NULL, not_before = 0, again = 0, attempt = 0${emptied}`,
        next ?? 'sent',
        outcome.ref,
      );
      break;
    case 'refused':
      set(`state = ?, code = ?, uncertain_since = NULL, again = 0, attempt = 0${emptied}`, next ?? 'refused', outcome.code);
      break;
    case 'later':
      set(
        "state = 'pending', code = ?, not_before = ?, uncertain_since = NULL, again = 0, ref = coalesce(?, ref)",
        outcome.code,
        now + outcome.afterMs,
        outcome.ref ?? null,
      );
      break;
    case 'uncertain':
      set(
        "state = 'uncertain', code = ?, not_before = ?, uncertain_since = ?",
        outcome.code,
        now + outcome.afterMs,
        outcome.since ?? now,
      );
      break;
    case 'asking':
      set('state = ?, code = ?, uncertain_since = NULL, again = 0', next ?? 'asking', outcome.code);
      break;
  }
  return true;
}

function nextDue(database: DatabaseSync): number | undefined {
  const waiting = statement(database, `SELECT min(not_before) AS due ${HEADS}`).get()?.due;
  const leased = statement(database, "SELECT min(lease_until) AS due FROM delivery WHERE state = 'sending'").get()?.due;
  const known = [waiting, leased].filter((due) => typeof due === 'number');
  return known.length === 0 ? undefined : Math.min(...known);
}
