import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { world } from '../src/cli/house.ts';
import { RecordAlarm } from '../src/desk/alarm.ts';
import { Desk } from '../src/desk/desk.ts';
import type { StoredEntry } from '../src/desk/ports.ts';
import { Watch } from '../src/desk/watch.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite, type SqliteStore } from '../src/store/sqlite.ts';
import { checkEverything } from './check-everything.ts';
import { freshFolder } from './folder.ts';
import { ADA, BEN, DECLARE } from './play.ts';
import { counting } from './room-server.ts';

/** A store whose bytes were changed by a disk or by somebody: it is refused, or the record in question raises its alarm. */
let folder: string;
const file = () => join(folder, 'firebreak.db');
const RECORDS = ['inc-one', 'inc-two'];
let original: Map<string, StoredEntry[]>;

beforeEach(async () => {
  folder = freshFolder();
  await withHouse(async (store, desk) => {
    for (const record of RECORDS) {
      const doing = { client: 'us', record, person: ADA, via: 'slack-signature' } as const;
      await desk.do({ ...doing, command: { ...DECLARE, verifierKey: desk.verifierKey } });
      for (let i = 0; i < 12; i++) await desk.do({ ...doing, command: { do: 'recordNote', text: `note ${i} of ${record}` } });
      await desk.do({ ...doing, command: { do: 'closeIncident', as: 'resolved', reason: 'over' } });
    }
    original = new Map();
    for (const record of RECORDS) original.set(record, await store.open('us').entries(record));
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function withHouse<T>(work: (store: SqliteStore, desk: Desk) => Promise<T>): Promise<T> {
  const store = openSqlite(folder);
  try {
    return await work(store, new Desk(store, world, openSigner(folder)));
  } finally {
    await store.close();
  }
}

/** What somebody with the file and a database tool can do. */
function tamper(...statements: string[]): void {
  const database = new DatabaseSync(file());
  for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
    database.exec(`DROP TRIGGER ${name}`);
  for (const sql of statements) database.exec(sql);
  database.close();
}

function cli(...args: string[]): { code: number | null; out: string; err: string } {
  const run = spawnSync(process.execPath, [resolve('src/cli.ts'), ...args], {
    env: { ...process.env, FIREBREAK_DATA: folder },
    encoding: 'utf8',
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

describe('bytes that changed by chance', () => {
  test('are refused in one sentence with the file left as it is, or raise the alarm of their record; nothing reads differently', async () => {
    const whole = readFileSync(file());
    const random = counting(20_260_105);
    const seen = { refused: 0, alarm: 0, harmless: 0 };
    for (let round = 0; round < 120; round++) {
      const bytes = Buffer.from(whole);
      const [a = 0, b = 0, c = 0, d = 0] = random(4);
      const at = ((a << 16) | (b << 8) | c) % bytes.length;
      bytes[at] = (bytes[at] ?? 0) ^ (1 << (d % 8));
      writeFileSync(file(), bytes);
      for (const beside of ['-wal', '-shm']) rmSync(file() + beside, { force: true });
      const came = await withHouse(readAll).catch((error: Error) => error);
      if (came instanceof Error) {
        seen.refused++;
        expect(came.message).toMatch(/^The store \S+ cannot be opened \(.+\)\. Nothing was changed\. .+$/);
        expect(readFileSync(file()).equals(bytes)).toBe(true);
      } else seen[came]++;
    }
    expect(seen.refused).toBeGreaterThan(3);
    expect(seen.alarm).toBeGreaterThan(10);
  });

  /** The same lines and the same words; a word whose key is gone reads as erased, never as another one. */
  function expectUnchanged(entries: StoredEntry[], before: StoredEntry[]): void {
    expect(entries.map(({ line }) => line)).toEqual(before.map(({ line }) => line));
    entries.forEach(({ texts }, i) => {
      expect(before[i]?.texts).toEqual(expect.arrayContaining(texts));
    });
  }

  /** Every record is as it was, or has raised its alarm; one that a flipped name hides is not shown at all. */
  async function readAll(store: SqliteStore, desk: Desk): Promise<'alarm' | 'harmless'> {
    let alarms = 0;
    for (const record of RECORDS) {
      try {
        const view = await desk.view('us', record);
        if (view !== undefined) expectUnchanged(await store.open('us').entries(record), original.get(record) ?? []);
      } catch (error) {
        if (!(error instanceof RecordAlarm)) throw error;
        alarms++;
      }
    }
    return alarms > 0 ? 'alarm' : 'harmless';
  }

  test.each<[string, () => Buffer, string[][]]>([
    [
      'no database at all',
      () => Buffer.from('This is a text file, and no database.\n'.repeat(200)),
      [['incidents'], ['export', 'inc-one', '--out', 'out']],
    ],
    ['a damaged header', () => readFileSync(file()).fill(0x41, 0, 40), [['start', '--port', '0']]],
    ['the first half only', () => readFileSync(file()).subarray(0, 3 * 4096 + 100), [['incidents']]],
    ['nothing where records were kept', () => Buffer.alloc(0), [['incidents']]],
  ])('on the command line: %s is one sentence and exit 2, and the file is left as it is', (_, damage, commands) => {
    const bytes = Buffer.from(damage());
    writeFileSync(file(), bytes);
    for (const args of commands) {
      const { code, out, err } = cli(...args);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err.trim().split('\n')).toHaveLength(1);
      expect(err).toContain('cannot be opened');
    }
    expect(readFileSync(file()).equals(bytes)).toBe(true);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  test('a store of a later version is left alone', () => {
    tamper('PRAGMA user_version = 99');
    const { code, err } = cli('incidents');
    expect(code).toBe(2);
    expect(err).toContain('written by a later Firebreak');
  });

  test('a signing key that cannot be read is not replaced by another', () => {
    writeFileSync(join(folder, 'signing-key.pem'), 'half a k');
    const { code, err } = cli('incidents');
    expect(code).toBe(2);
    expect(err).toMatch(/^firebreak incidents: |^The signing key/);
    expect(err).toContain('Put back the backup of it');
    expect(readFileSync(join(folder, 'signing-key.pem'), 'utf8')).toBe('half a k');
  });

  test('a folder that is a file is one sentence and exit 2', () => {
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'a file');
    const { code, err } = cli('incidents');
    expect(code).toBe(2);
    expect(err.trim().split('\n')).toHaveLength(1);
    rmSync(folder);
    mkdirSync(folder);
  });
});

describe('a record that somebody changed in the database', () => {
  const TAMPERS: [string, string[]][] = [
    ['an entry changed', ["UPDATE entry SET line = replace(line, '\"seq\":8', '\"seq\":8 ') WHERE record = 'inc-one' AND seq = 8"]],
    ['an entry deleted', ["DELETE FROM entry WHERE record = 'inc-one' AND seq = 19"]],
    [
      'two entries exchanged',
      [
        "UPDATE entry SET seq = CASE seq WHEN 8 THEN -9 ELSE -8 END WHERE record = 'inc-one' AND seq IN (8, 9)",
        'UPDATE entry SET seq = -seq WHERE seq < 0',
      ],
    ],
    [
      'the end cut off, and the head with it',
      ["DELETE FROM entry WHERE record = 'inc-one' AND seq = 19", "UPDATE record SET size = 18 WHERE record = 'inc-one'"],
    ],
    [
      'a text exchanged for another one',
      [
        "UPDATE text SET sealed = (SELECT sealed FROM text WHERE record = 'inc-one' AND seq = 9) WHERE record = 'inc-one' AND seq = 8",
        "UPDATE item_key SET key = (SELECT key FROM item_key WHERE item = 'inc-one/9/text') WHERE item = 'inc-one/8/text'",
      ],
    ],
    ['the head rewritten', ["UPDATE record SET frontier = '[]' WHERE record = 'inc-one'"]],
    ['the head made unreadable', ["UPDATE record SET frontier = '}' WHERE record = 'inc-one'"]],
    ['the checkpoint rewritten', ["UPDATE checkpoint SET note = replace(note, char(10), ' ') WHERE record = 'inc-one'"]],
  ];

  test.each(TAMPERS)('%s: that incident is read-only and says so, and the others work', async (_, statements) => {
    tamper(...statements);
    await withHouse(async (store, desk) => {
      const size = (await store.open('us').head('inc-one'))?.size;
      const doing = { client: 'us', person: BEN, via: 'slack-signature', command: { do: 'recordNote', text: 'on it' } } as const;
      await expect(desk.do({ ...doing, record: 'inc-one' })).rejects.toThrow(
        /^ALARM: the record inc-one does not verify: .+ Nothing was recorded\.$/,
      );
      await expect(desk.view('us', 'inc-one')).rejects.toThrow(RecordAlarm);
      expect((await store.open('us').head('inc-one'))?.size).toBe(size);

      expect('done' in (await desk.do({ ...doing, record: 'inc-two' }))).toBe(true);
      const alarms: string[] = [];
      const views = await desk.views('us', ({ record }) => alarms.push(record));
      expect(views.map(({ incident }) => incident.record)).toEqual(['inc-two']);
      expect(alarms).toEqual(['inc-one']);
      const heard: unknown[] = [];
      await new Watch(store, desk, world, (error) => heard.push(error)).look();
      expect(heard).toHaveLength(1);
      expect(heard[0]).toBeInstanceOf(RecordAlarm);
    });
  });

  test('on the command line it is exit 1 and one alarm, and the others are listed', () => {
    tamper(...(TAMPERS[0]?.[1] ?? []));
    const { code, out, err } = cli('incidents', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(out).incidents.map(({ id }: { id: string }) => id)).toEqual(['inc-two']);
    expect(err).toContain('ALARM: the record inc-one');
  });

  test('what was not tampered with verifies', async () => {
    await withHouse((store, desk) => checkEverything(store, desk));
    expect(cli('incidents').code).toBe(0);
    expect(cli('export', 'inc-none', '--out', join(folder, 'out')).code).toBe(2);
  });
});
