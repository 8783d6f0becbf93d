import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ClientStore } from '../src/desk/ports.ts';
import { utf8 } from '../src/record/bytes.ts';
import { prepareSchema } from '../src/store/schema.ts';
import { openSqlite, type SqliteStore } from '../src/store/sqlite.ts';
import { freshFolder } from './folder.ts';
import { Scribe } from './scribe.ts';

/** What only SQLite must promise: that nothing but an append writes entries, and that an erased word is in no byte of any file. */
let folder: string;
let store: SqliteStore;
let us: ClientStore;
let scribe: Scribe;
beforeEach(async () => {
  folder = freshFolder();
  store = openSqlite(folder);
  us = store.open('us');
  scribe = new Scribe('inc-one');
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Every byte of the store on disk: the file with its free pages, and the write-ahead log. */
const onDisk = (): Buffer =>
  Buffer.concat(
    readdirSync(folder)
      .filter((name) => name.startsWith('firebreak.db'))
      .map((name) => readFileSync(join(folder, name))),
  );

const raw = <T>(work: (database: DatabaseSync) => T): T => {
  const database = new DatabaseSync(join(folder, 'firebreak.db'), { timeout: 5000 });
  try {
    return work(database);
  } finally {
    database.close();
  }
};

describe('append-only', () => {
  const TAMPERS: [string, string][] = [
    ['an update of an entry', "UPDATE entry SET line = 'x' WHERE seq = 1"],
    ['a deleted entry', 'DELETE FROM entry WHERE seq = 1'],
    ['a replaced entry', "INSERT OR REPLACE INTO entry (record, seq, line) VALUES ('inc-one', 1, 'x')"],
    ['an upserted entry', "INSERT INTO entry (record, seq, line) VALUES ('inc-one', 1, 'x') ON CONFLICT DO UPDATE SET line = 'x'"],
    ['an ignored duplicate', "INSERT OR IGNORE INTO entry (record, seq, line) VALUES ('inc-one', 1, 'x')"],
    ['a gap', "INSERT INTO entry (record, seq, line) VALUES ('inc-one', 9, 'x')"],
    ['an entry before the first', "INSERT INTO entry (record, seq, line) VALUES ('inc-one', 0, 'x')"],
    ['a changed text', "UPDATE text SET sealed = x'00'"],
    ['a deleted text', 'DELETE FROM text'],
    ['a replaced text', "INSERT OR REPLACE INTO text SELECT record, seq, field, 'x', x'00' FROM text"],
    ['a swapped key', "UPDATE item_key SET key = x'00'"],
    ['a replaced key', "INSERT OR REPLACE INTO item_key SELECT item, x'00' FROM item_key"],
    ['changed evidence', "UPDATE evidence SET sealed = x'00'"],
    ['deleted evidence', 'DELETE FROM evidence'],
    ['replaced evidence', "INSERT OR REPLACE INTO evidence SELECT record, evidence, x'00' FROM evidence"],
    ['a changed checkpoint', "UPDATE checkpoint SET note = 'x'"],
    ['a deleted checkpoint', 'DELETE FROM checkpoint'],
    ['a replaced checkpoint', "INSERT OR REPLACE INTO checkpoint SELECT record, size, 'x' FROM checkpoint"],
    ['a record cut short', 'UPDATE record SET size = 0'],
    ['a record given to another client', "UPDATE record SET client = 'other'"],
    ['a deleted record', 'DELETE FROM record'],
  ];
  const DOORS: [string, string][] = [
    ['a dropped trigger', 'DROP TRIGGER entry_update'],
    ['a dropped table', 'DROP TABLE entry'],
    ['a dropped index', 'DROP INDEX delivery_state'],
    ['an altered table', 'ALTER TABLE entry ADD COLUMN x'],
    ['a renamed table', 'ALTER TABLE entry RENAME TO gone'],
    ['another database beside it', "ATTACH ':memory:' AS beside"],
    ['a trigger of its own', 'CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM item_key; END'],
    ['weaker durability', 'PRAGMA synchronous = OFF'],
    ['a writable schema', 'PRAGMA writable_schema = ON'],
    ['triggers that recurse', 'PRAGMA recursive_triggers = ON'],
  ];

  async function written(): Promise<void> {
    await scribe.write(us, [scribe.note('first'), scribe.note('second')], { checkpoints: [{ size: 2, note: 'n' }] });
    await us.keepEvidence('inc-one', 'F1', utf8('bytes'));
  }

  const everything = (database: DatabaseSync) =>
    ['record', 'entry', 'text', 'item_key', 'evidence', 'checkpoint'].map((table) =>
      database.prepare(`SELECT * FROM ${table}`).all(),
    );

  test.each([...TAMPERS, ...DOORS])('the connection of the house refuses %s, and nothing has changed', async (_, sql) => {
    await written();
    raw((database) => {
      prepareSchema(database);
      const before = everything(database);
      expect(() => database.exec(sql)).toThrow();
      expect(everything(database)).toEqual(before);
    });
  });

  test.each(TAMPERS)('even without its guardian, a connection that knows the triggers refuses %s', async (_, sql) => {
    await written();
    raw((database) => {
      const before = everything(database);
      expect(() => database.exec(sql)).toThrow();
      expect(everything(database)).toEqual(before);
    });
  });
});

describe('erasing', () => {
  test('no word of an entry stands readable in any file, and erasing destroys the key in every byte of them', async () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'ä', '😀'), minLength: 1, maxLength: 3000 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(11), { maxLength: 6 }),
        async (texts, gone) => {
          const mine = new Scribe(`inc-${++run}`, run);
          await mine.write(
            us,
            texts.map((one) => mine.note(`CANARY-${run}-${one}`)),
          );
          const keys = raw((database) =>
            database
              .prepare('SELECT item, key FROM item_key WHERE item LIKE ?')
              .all(`${mine.record}/%`)
              .map((row) => ({ seq: Number(String(row.item).split('/')[1]), key: row.key as Uint8Array })),
          );
          const erased = new Set(gone.map((i) => (i % texts.length) + 1));
          expect(onDisk().includes(`CANARY-${run}`)).toBe(false);
          if (erased.size === 0) return;
          await mine.write(us, [mine.note('erased')], { erase: [...erased].map((seq) => ({ seq, fields: ['text'] })) });
          const bytes = onDisk();
          for (const { seq, key } of keys) expect(bytes.includes(key)).toBe(!erased.has(seq));
        },
      ),
      { numRuns: 30 },
    );
  });

  test('erased evidence leaves no key in any byte, and its bytes are nowhere to be read', async () => {
    await scribe.write(us, [scribe.note('1')]);
    await us.keepEvidence('inc-one', 'F1', utf8('CANARY '.repeat(3000)));
    const { key } = raw((database) => database.prepare("SELECT key FROM item_key WHERE item = 'inc-one/evidence/F1'").get())!;
    expect(onDisk().includes('CANARY')).toBe(false);
    expect(onDisk().includes(key as Uint8Array)).toBe(true);
    await us.eraseEvidence('inc-one', 'F1');
    expect(onDisk().includes(key as Uint8Array)).toBe(false);
  });

  test('what came in and is done with leaves its key behind and not its words, once the log is empty', async () => {
    await scribe.write(us, [scribe.note('1')], { deliveries: [scribe.delivery('d', { body: 'CANARY-out' })] });
    await store.inbox.put('event/1', 'CANARY-in '.repeat(900), 1);
    await store.inbox.done('event/1');
    const [claimed] = await store.outbox.claim(1, 1000, 1);
    await store.outbox.settle(claimed!.id, claimed!.fence, { state: 'sent', ref: 'ts' }, 2);
    await scribe.write(us, [scribe.note('erased')], { erase: [{ seq: 1, fields: ['text'] }] });
    expect(onDisk().includes('event/1')).toBe(true);
    expect(onDisk().includes('CANARY')).toBe(false);
  });
});
