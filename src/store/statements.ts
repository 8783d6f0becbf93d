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
 * One transaction in one synchronous block: nothing may await between BEGIN and COMMIT, because one connection has one
 * transaction. `keep` says whether what was written is to stay.
 */
export function transact<T>(database: DatabaseSync, work: () => T, keep: (answer: T) => boolean = () => true): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const answer = work();
    database.exec(keep(answer) ? 'COMMIT' : 'ROLLBACK');
    return answer;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
