import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { utf8 } from '../src/record/bytes.ts';
import { rootOf } from '../src/record/tree.ts';
import { type Backup, backUp, restore } from '../src/store/backup.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite, type SqliteStore } from '../src/store/sqlite.ts';
import { freshFolder } from './folder.ts';
import { Scribe } from './scribe.ts';

/** Backups: two files, data without item keys and the keys apart, and the way back. */
let folder: string;
let store: SqliteStore;
let scribe: Scribe;
beforeEach(async () => {
  folder = freshFolder();
  store = openSqlite(join(folder, 'data'));
  openSigner(join(folder, 'data'));
  scribe = new Scribe('inc-one');
  await scribe.write(store.open('us'), [scribe.note('CANARY one'), scribe.note('CANARY two')], {
    deliveries: [scribe.delivery('d')],
    checkpoints: [{ size: 2, note: 'head' }],
    places: [{ place: { surface: 'slack', workspace: 'T1', channel: 'C1' }, open: true }],
    key: 'click',
  });
  await store.open('us').keepEvidence('inc-one', 'F1', utf8('CANARY file'));
  await store.inbox.put('event/1', 'pending', 1);
  store.room.put('message', 'm1', '{}');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const made = (): Backup => backUp(join(folder, 'data'), join(folder, 'backups'), '2026-01-02');
const keysOf = () => {
  const database = new DatabaseSync(join(folder, 'data', 'firebreak.db'));
  const keys = database
    .prepare('SELECT key FROM item_key')
    .all()
    .map(({ key }) => key as Uint8Array);
  database.close();
  return keys;
};

async function restored<T>(
  backup: { data: string; keys?: string },
  look: (store: SqliteStore, target: string) => Promise<T>,
): Promise<T> {
  const target = join(folder, `restored-${readdirSync(folder).length}`);
  restore(backup, target);
  const again = openSqlite(target);
  try {
    return await look(again, target);
  } finally {
    await again.close();
  }
}

test('the data file holds no item key, the keys file holds no line, and only its owner may read the keys', () => {
  const { data, keys } = made();
  const [dataBytes, keyBytes] = [readFileSync(data), readFileSync(keys)];
  expect(keysOf()).toHaveLength(3);
  for (const key of keysOf()) {
    expect(dataBytes.includes(key)).toBe(false);
    expect(keyBytes.includes(key)).toBe(true);
  }
  expect(dataBytes.includes('CANARY')).toBe(false);
  expect(dataBytes.includes('note.recorded')).toBe(true);
  expect(keyBytes.includes('note.recorded')).toBe(false);
  if (process.platform !== 'win32') expect(statSync(keys).mode & 0o077).toBe(0);
  expect(readdirSync(join(folder, 'backups'))).toHaveLength(2);
});

test('restored with its keys, everything is as it was: lines, words, files, deliveries, places, keys done, and the signing key', async () => {
  const backup = made();
  const all = async (from: SqliteStore) => {
    const us = from.open('us');
    return {
      entries: await us.entries('inc-one'),
      root: rootOf((await us.head('inc-one'))!.frontier),
      evidence: Buffer.from((await us.evidence('inc-one', 'F1'))!).toString(),
      checkpoints: await us.checkpoints('inc-one'),
      deliveries: await us.deliveries('inc-one'),
      at: await from.at({ surface: 'slack', workspace: 'T1', channel: 'C1' }),
      room: from.room.all(),
    };
  };
  const before = await all(store);
  await restored(backup, async (again, target) => {
    expect(await all(again)).toEqual(before);
    expect(openSigner(target).name).toBe(openSigner(join(folder, 'data')).name);
    expect(await again.inbox.pending()).toHaveLength(1);
    expect(await again.open('us').append(scribe.append([scribe.note('x')], { key: 'click' }))).toBe('duplicate');
    expect(await again.open('us').append(scribe.append([scribe.note('x')]))).toBe('appended');
  });
});

test('restored without its keys, the record still has every line, and every text reads as erased', async () => {
  const { data } = made();
  await restored({ data }, async (again) => {
    const entries = await again.open('us').entries('inc-one');
    expect(entries.map(({ line }) => line)).toEqual((await store.open('us').entries('inc-one')).map(({ line }) => line));
    expect(entries.flatMap(({ texts }) => texts)).toEqual([]);
    expect(await again.open('us').evidence('inc-one', 'F1')).toBeUndefined();
  });
});

test('what was erased stays erased when the data of yesterday meets the keys of today', async () => {
  const yesterday = made();
  await scribe.write(store.open('us'), [scribe.note('erased')], { erase: [{ seq: 1, fields: ['text'] }] });
  const today = backUp(join(folder, 'data'), join(folder, 'backups'), '2026-01-03');
  await restored({ data: yesterday.data, keys: today.keys }, async (again) => {
    const texts = (await again.open('us').entries('inc-one')).map((entry) => entry.texts.map(({ value }) => value));
    expect(texts).toEqual([[], ['CANARY two']]);
  });
});

test('a backup is of one moment, and the house writes on meanwhile', async () => {
  const backup = made();
  await scribe.write(store.open('us'), [scribe.note('later')]);
  await restored(backup, async (again) => expect(await again.open('us').entries('inc-one')).toHaveLength(2));
});

test('nothing is written over: neither a backup of that name, nor a store', () => {
  const backup = made();
  expect(() => made()).toThrow('already');
  expect(() => restore(backup, join(folder, 'data'))).toThrow('Nothing was restored');
});

test('a damaged backup is refused in one sentence, and leaves nothing behind', () => {
  const { data, keys } = made();
  const target = join(folder, 'target');
  writeFileSync(data, readFileSync(data).fill(7, 4096, 9000));
  expect(() => restore({ data, keys }, target)).toThrow(/cannot be restored .*Nothing was restored/);
  expect(existsSync(join(target, 'firebreak.db'))).toBe(false);
  expect(() => backUp(join(folder, 'nowhere'), join(folder, 'backups'), 'x')).toThrow('There is no store');
  expect(existsSync(join(folder, 'nowhere'))).toBe(false);
});
