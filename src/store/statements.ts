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
  const failed = broken.get(database)?.failed;
  if (failed !== undefined) throw failed;
  setDurability(database, mode);
  statement(database, 'BEGIN IMMEDIATE').run();
  try {
    const answer = work();
    statement(database, keep(answer) ? 'COMMIT' : 'ROLLBACK').run();
    return answer;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    if (isBroken(error)) breakDown(database, error);
    throw error;
  }
}

type Broken = { failed?: Error; tell: (error: Error) => void };
const broken = new WeakMap<DatabaseSync, Broken>();

/** Who hears, once, that the disk failed. */
export function onBroken(database: DatabaseSync, tell: (error: Error) => void): void {
  broken.set(database, { tell });
}

/** SQLITE_IOERR and SQLITE_CORRUPT, whatever their details. A full disk (13) is another thing: it comes to an end. */
const isBroken = (error: unknown): boolean => {
  const { errcode } = (error ?? {}) as { errcode?: number };
  return errcode !== undefined && ((errcode & 0xff) === 10 || (errcode & 0xff) === 11);
};

/**
 * After a failed write the kernel may hold for written what is not: going on would acknowledge what a power cut takes back.
 * Nothing more is taken; a fresh start looks the file over first.
 */
function breakDown(database: DatabaseSync, cause: unknown): void {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const failed = new Error(`The store failed (${reason}) and takes nothing more until it is started again. Nothing was recorded.`, {
    cause,
  });
  const { tell = () => {} } = broken.get(database) ?? {};
  broken.set(database, { failed, tell });
  tell(failed);
}
