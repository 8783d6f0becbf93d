import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { US, world } from '../src/cli/house.ts';
import { Desk } from '../src/desk/desk.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { checkEverything } from './check-everything.ts';
import { CrashHouse, Responder } from './crash-house.ts';
import { freshFolder } from './folder.ts';
import { Workplace } from './slack/workplace.ts';

/** The disk is full, the port is taken, the record was tampered with: what the person hears, and that nothing acknowledged is lost. */
const open: Workplace[] = [];
const mounted: string[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const place of open.splice(0)) await place.close(true);
  for (const folder of mounted.splice(0)) spawnSync('umount', [folder]);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function workplace(folder?: string): Promise<Workplace> {
  const place = await new Workplace('http', folder).open();
  folders.push(place.folder);
  open.push(place);
  return place;
}

/** A disk of its own that can be filled, or made read-only. */
function smallDisk(size: string): string {
  const folder = fresh();
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]);
  mounted.push(folder);
  return folder;
}

/** Only root may make such a disk, and not in every container; elsewhere these two tests are skipped. */
function canMount(): boolean {
  if (process.getuid?.() !== 0 || process.platform !== 'linux') return false;
  const folder = freshFolder();
  const made = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status === 0;
  if (made) spawnSync('umount', [folder]);
  rmSync(folder, { recursive: true });
  return made;
}

const CAN_MOUNT = canMount();

/** A folder that is gone after the test. */
function fresh(): string {
  const folder = freshFolder();
  folders.push(folder);
  return folder;
}

const free = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

describe('a full disk', () => {
  test.skipIf(!CAN_MOUNT)(
    'the person hears that it was NOT recorded, what was acknowledged is there, and work goes on when there is room again',
    async () => {
      const disk = smallDisk('8m');
      const place = await workplace(disk);
      const [ada] = await place.people();
      const { record } = await place.declare(ada?.id ?? '', 'Full');
      await place.work?.courier.stop();
      const ballast = join(disk, 'ballast');
      writeFileSync(ballast, Buffer.alloc(Math.max(free(disk) - 120_000, 0)));
      const acknowledged: string[] = [];
      let refusal = '';
      for (let i = 0; i < 200 && refusal === ''; i++) {
        const text = `note ${i} ${'x'.repeat(2_500)}`;
        const { status, body } = await place.submit(ada?.id ?? '', 'note', { record }, { text });
        if (status === 200 && body === '') acknowledged.push(text);
        else refusal = body;
      }
      expect(refusal).toContain('This was NOT recorded');
      rmSync(ballast);
      const after = await place.submit(ada?.id ?? '', 'note', { record }, { text: 'room again' });
      expect(after).toEqual({ status: 200, body: '' });
      const notes = (await place.desk?.view(US, record))?.incident.notes.map(({ text }) => text);
      expect(notes).toEqual([...acknowledged, 'room again']);
      await checkEverything(place.store, place.desk);
    },
  );

  test.skipIf(!CAN_MOUNT)(
    'the house with its room lives through it, and takes up work when there is room again',
    { timeout: 40_000 },
    async () => {
      const disk = smallDisk('8m');
      const house = new CrashHouse(disk);
      try {
        await house.start();
        const ada = new Responder(house, 'Ada Okafor');
        await ada.enter();
        const channel = await ada.declare('Full');
        await ada.card(channel, 'Step 1 of');
        const ballast = join(disk, 'ballast');
        writeFileSync(ballast, Buffer.alloc(Math.max(free(disk) - 40_000, 0)));
        for (let i = 0; i < 2; i++)
          await Promise.all([
            ada.note(channel, `form ${i} ${'x'.repeat(1_500)}`),
            ada.say(channel, `said ${i} ${'y'.repeat(1_500)}`),
            ada.tick(channel),
          ]);
        expect([...ada.notes.values(), ...ada.ticks]).toContain('refused');
        expect([...ada.notes.values(), ...ada.ticks], 'the house never died').not.toContain('unknown');
        rmSync(ballast);
        await ada.note(channel, 'room again');
        expect(ada.notes.get('room again')).toBe('acknowledged');
        await house.stop();
        const store = openSqlite(disk);
        const [view] = await new Desk(store, world, openSigner(disk)).views(US);
        const written = view?.incident.notes.map(({ text }) => text) ?? [];
        for (const [text, came] of ada.notes)
          if (came === 'acknowledged' && !text.startsWith('said')) expect(written).toContain(text);
        await checkEverything(store);
        await store.close();
      } finally {
        await house.kill();
      }
    },
  );

  test('a file that may not grow: the store stops taking anything, and after a restart every acknowledged note is there and no other', async () => {
    const folder = fresh();
    const script = resolve(import.meta.dirname, 'note-writer.ts');
    const run = spawnSync('sh', ['-c', 'ulimit -f 2400; exec "$0" "$@"', process.execPath, script, folder], { encoding: 'utf8' });
    const lines = run.stdout.trim().split('\n');
    const acknowledged = lines.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4));
    expect(lines.at(-2)).toMatch(/^failed \d+ disk I\/O error/);
    expect(lines.at(-1)).toMatch(/^again The store failed .+ takes nothing more until it is started again/);
    expect(acknowledged.length).toBeGreaterThan(5);
    const store = openSqlite(folder);
    const desk = new Desk(store, world, openSigner(folder));
    expect((await desk.view('us', 'inc-growing'))?.incident.notes.map(({ text }) => text.slice(0, text.indexOf(' ')))).toEqual(
      acknowledged,
    );
    await checkEverything(store, desk);
    await store.close();
  });
});

describe('a record that somebody changed', () => {
  test('the person who clicks hears the alarm, nothing is recorded, and the other incident works', async () => {
    const first = await new Workplace().open();
    const [ada] = await first.people();
    const [one, two] = [await first.declare(ada?.id ?? '', 'One'), await first.declare(ada?.id ?? '', 'Two')];
    await first.close(true);
    const database = new DatabaseSync(join(first.folder, 'firebreak.db'));
    for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all())
      database.exec(`DROP TRIGGER ${name}`);
    database
      .prepare(`UPDATE entry SET line = replace(line, '"drill":false', '"drill":true') WHERE record = ? AND seq = 2`)
      .run(one.record);
    database.close();

    const place = await workplace(first.folder);
    const note = (record: string) => {
      const view = {
        id: `V-${record}`,
        callback_id: 'note',
        private_metadata: JSON.stringify({ record }),
        state: { values: { text: { value: { type: 'plain_text_input', value: 'still here' } } } },
      };
      return place.interact({ type: 'view_submission', user: { id: ada?.id ?? '' }, view });
    };
    const refused = await note(one.record);
    expect(refused.body).toContain(`ALARM: the record ${one.record} does not verify`);
    expect(refused.body).toContain('Nothing was recorded');
    expect((await note(two.record)).body).toBe('');
    expect((await place.desk?.view(US, two.record))?.incident.notes).toHaveLength(1);
    const list = await place.slash(ada?.id ?? '', 'list');
    expect(list.body).toContain('Two');
  });
});

describe('starting', () => {
  const start = (env: Record<string, string>, ...args: string[]) =>
    spawnSync(process.execPath, [resolve('src/cli.ts'), 'start', ...args], {
      env: { ...process.env, FIREBREAK_DATA: fresh(), ...env },
      encoding: 'utf8',
      timeout: 15_000,
    });
  const sentence = ({ status, stdout, stderr }: { status: number | null; stdout: string; stderr: string }) => {
    expect(stdout).toBe('');
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(status).toBe(2);
    return stderr.trim();
  };

  test('on a port that is taken is one sentence and exit 2', async () => {
    const server = createServer();
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    expect(sentence(start({}, '--port', String(port)))).toContain(`Port ${port} is in use. Nothing was started.`);
    await new Promise((closed) => server.close(closed));
  });

  test('on a port that is none, or with half of the Slack settings, is one sentence and exit 2', () => {
    expect(sentence(start({}, '--port', 'abc'))).toContain('--port wants a number');
    expect(sentence(start({ SLACK_BOT_TOKEN: 'xoxb-1' }))).toContain('SLACK_APP_TOKEN');
  });

  test.skipIf(!CAN_MOUNT)('in a folder that cannot be written is one sentence and exit 2', () => {
    const disk = smallDisk('1m');
    mkdirSync(join(disk, 'data'));
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    expect(sentence(start({ FIREBREAK_DATA: join(disk, 'data') }, '--port', '0'))).toContain('cannot be opened');
  });
});
