import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { makeTables, refuseDamaged, refuseLater, TABLE_NAMES, VERSION } from './schema.ts';
import { signingKeyFile } from './signer.ts';
import { databaseFile } from './sqlite.ts';

/**
 * A backup is two files: the data, in which every erasable item is encrypted, and the keys. Kept apart, the keys can have a
 * shorter life than the data: what was erased stays erased once the keys of that day are gone.
 */
export type Backup = { data: string; keys: string };

const DATA = TABLE_NAMES.filter((name) => name !== 'item_key');
const SIGNING_KEY = 'signing-key';

/**
 * Writes a backup of the store in `from` into `to`, as of one moment, while the bot goes on. `stamp` names the two files.
 * The keys never stand in the data file, not even for a moment.
 * @throws Error where the store or the folder cannot be read or written: then no backup of that name is there.
 */
export function backUp(from: string, to: string, stamp: string): Backup {
  if (!existsSync(databaseFile(from))) throw new Error(`There is no store in ${from}. Nothing was written.`);
  mkdirSync(to, { recursive: true });
  const backup = { data: join(to, `firebreak-${stamp}.data.db`), keys: join(to, `firebreak-${stamp}.keys.db`) };
  const parts = { data: `${backup.data}.part`, keys: `${backup.keys}.part` };
  for (const path of Object.values(parts)) rmSync(path, { force: true });
  for (const path of Object.values(backup))
    if (existsSync(path)) throw new Error(`There is a backup ${path} already. Nothing was written.`);
  copy(from, parts);
  for (const path of [parts.keys, parts.data]) durable(path);
  renameSync(parts.keys, backup.keys);
  renameSync(parts.data, backup.data);
  return backup;
}

function copy(from: string, { data, keys }: Backup): void {
  // Made by us first: only its owner may read the keys.
  writeFileSync(keys, '', { mode: 0o600 });
  const database = new DatabaseSync(databaseFile(from), { timeout: 5000 });
  try {
    database.prepare('ATTACH ? AS data').run(data);
    database.prepare('ATTACH ? AS keys').run(keys);
    makeTables(database, DATA, 'data');
    makeTables(database, ['item_key'], 'keys');
    database.exec(`PRAGMA data.user_version = ${VERSION}; CREATE TABLE keys.secret (name TEXT PRIMARY KEY, bytes BLOB NOT NULL)`);
    database.exec('BEGIN');
    for (const table of DATA) database.exec(`INSERT INTO data.${table} SELECT * FROM main.${table}`);
    database.exec('INSERT INTO keys.item_key SELECT * FROM main.item_key');
    database.prepare('INSERT INTO keys.secret (name, bytes) VALUES (?, ?)').run(SIGNING_KEY, readFileSync(signingKeyFile(from)));
    database.exec('COMMIT');
  } finally {
    database.close();
  }
}

function durable(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}

/**
 * Puts a backup into `folder`, where no store may be yet. Without the keys the records verify and can be continued, but every
 * text in them reads as erased.
 * @throws Error with one sentence where a file is damaged or something is in the way: then nothing is there.
 */
export function restore({ data, keys }: { data: string; keys?: string }, folder: string): void {
  const target = databaseFile(folder);
  if (existsSync(target)) throw new Error(`There is a store in ${folder} already. Nothing was restored; choose an empty folder.`);
  mkdirSync(folder, { recursive: true });
  const draft = `${target}.part`;
  rmSync(draft, { force: true });
  try {
    writeFileSync(draft, readFileSync(data));
    fill(draft, keys, folder);
    durable(draft);
    renameSync(draft, target);
  } catch (cause) {
    rmSync(draft, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`The backup ${data} cannot be restored (${reason}). Nothing was restored.`, { cause });
  }
}

function fill(draft: string, keys: string | undefined, folder: string): void {
  const database = new DatabaseSync(draft);
  try {
    refuseDamaged(database);
    refuseLater(database);
    makeTables(database);
    if (keys === undefined) return;
    if (!existsSync(keys)) throw new Error(`there is no file ${keys}`);
    database.prepare('ATTACH ? AS keys').run(keys);
    database.exec('INSERT INTO main.item_key SELECT * FROM keys.item_key');
    const secret = database.prepare('SELECT bytes FROM keys.secret WHERE name = ?').get(SIGNING_KEY);
    if (secret !== undefined)
      writeFileSync(signingKeyFile(folder), secret.bytes as Uint8Array, { mode: 0o600, flag: 'wx', flush: true });
  } finally {
    database.close();
  }
}
