import type { DatabaseSync, StatementSync } from 'node:sqlite';

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/** The statement of that text, compiled once per connection: a click runs a dozen of them before it is acknowledged. */
export function statement(database: DatabaseSync, sql: string): StatementSync {
  const known = prepared.get(database) ?? new Map<string, StatementSync>();
  prepared.set(database, known);
  const found = known.get(sql) ?? database.prepare(sql);
  known.set(sql, found);
  return found;
}

/**
 * FULL waits for the disk. NORMAL does not: a power cut may take the last moments back, whole transactions and in their order,
 * because there is one log; the next FULL commit makes everything before it durable. So only what is acknowledged outward has to
 * wait, and the cards that follow from a click do not hold up the next one. A crash of the process takes nothing back either way.
 */
export type Durability = 'FULL' | 'NORMAL';

const modes = new WeakMap<DatabaseSync, Durability>();

export function setDurability(database: DatabaseSync, mode: Durability): void {
  if (modes.get(database) === mode) return;
  database.exec(`PRAGMA synchronous = ${mode}`);
  modes.set(database, mode);
}

/** What was committed so far is on the disk when this returns. */
export function sync(database: DatabaseSync): void {
  transact(database, 'FULL', () =>
    statement(database, 'INSERT INTO pulse (id, beats) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET beats = beats + 1').run(),
  );
}

/**
 * One transaction in one synchronous block: nothing may await between BEGIN and COMMIT, because one connection has one
 * transaction. `keep` says whether what was written is to stay.
 */
export function transact<T>(database: DatabaseSync, mode: Durability, work: () => T, keep: (answer: T) => boolean = () => true): T {
  setDurability(database, mode);
  statement(database, 'BEGIN IMMEDIATE').run();
  try {
    const answer = work();
    statement(database, keep(answer) ? 'COMMIT' : 'ROLLBACK').run();
    return answer;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
