import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli } from '../src/cli.ts';
import { fromUtf8, utf8 } from '../src/record/bytes.ts';
import { checkpoint, house, made } from './export-fixture.ts';
import { olderNode } from './older-node.ts';
import { tampered } from './tamper.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-verify-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { pack, by, entries } = made();
const [good, bad, empty] = ['good', 'bad', 'empty'].map((name) => join(folder, name));
const outside = join(folder, 'checkpoint.txt');
const elsewhere = join(folder, 'message.txt');

beforeAll(() => {
  write(good!, pack);
  const lie = { how: 'edit', at: 6, other: 1, byte: 0, depth: 'leaves and manifest too' } as const;
  write(bad!, tampered(pack, lie, house()));
  mkdirSync(empty!);
  writeFileSync(outside, checkpoint(by, entries, 9));
  const quoted = checkpoint(by, entries, 9)
    .split('\n')
    .map((line) => `> ${line}`);
  writeFileSync(elsewhere, `Firebreak, 10:42\r\nPlease keep this:\r\n${quoted.join('\r\n')}\r\nThanks!\r\n`);
});

function write(directory: string, files: Map<string, Uint8Array>): void {
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
}

/** Runs the command in this process, with a terminal that remembers. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    env: {},
    stdin: async () => checkpoint(by, entries, 9),
    now: () => Temporal.Instant.from('2026-03-02T12:00:00Z'),
  };
  const code = await cli(['verify', ...args], terminal);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('firebreak verify', () => {
  test('exits 0 and says since when nothing changed', async () => {
    const { code, out } = await run(good!, '--checkpoint', outside);
    expect(code).toBe(0);
    expect(out).toMatch(/^Unchanged since the witnessed head of 9 entries/);
    expect(out).toContain('9 entries: matches, given from outside');
  });

  test('takes the checkpoint from standard input, and out of a message copied with what stood around it', async () => {
    expect((await run(good!, '--checkpoint', '-')).out).toMatch(/^Unchanged since the witnessed head of 9/);
    expect((await run(good!, `--checkpoint=${elsewhere}`)).out).toMatch(/^Unchanged since the witnessed head of 9/);
  });

  test('exits 1 and names the first bad entry', async () => {
    const { code, out } = await run(bad!, '--checkpoint', outside);
    expect(code).toBe(1);
    expect(out).toMatch(/^This pack does not verify: /);
    expect(out).toContain('Problems:');
  });

  test('prints one JSON document of the documented shape', async () => {
    const { code, out } = await run(bad!, '--json');
    const verdict = JSON.parse(out);
    expect(code).toBe(1);
    expect(Object.keys(verdict)).toEqual(['ok', 'entries', 'root', 'checkpoints', 'firstBad', 'problems', 'says']);
    expect(Object.keys(verdict.checkpoints[0])).toEqual(['size', 'ok', 'witnessed']);
    expect(Object.keys(verdict.firstBad)).toEqual(['seq', 'kind']);
  });

  test.each([
    ['no export', [], /^usage: firebreak verify EXPORT/],
    ['a folder that is not there', [join(folder, 'nowhere')], /is not a directory/],
    ['a folder without a record', [join(folder, 'empty')], /There is no record\.jsonl here/],
    [
      'a checkpoint that is not there',
      [join(folder, 'good'), '--checkpoint', join(folder, 'nowhere')],
      /^The checkpoint cannot be read/,
    ],
    ['a checkpoint that is none', [join(folder, 'good'), '--checkpoint', join(folder, 'good', 'keys.txt')], /holds none/],
    ['an unknown option', [join(folder, 'good'), '--chekpoint'], /does not know "--chekpoint"/],
  ])('exits 2 with one line for %s', async (_, args, sentence) => {
    const { code, out, err } = await run(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err.split('\n')).toHaveLength(1);
  });
});

const older = olderNode();
if (older === undefined) console.warn('verify.mjs was not tried on an older Node: there is none between 20 and 26 on PATH.');

describe.each([['the Node that runs this', process.execPath], ...(older === undefined ? [] : [['an older Node', older]])])(
  'the verify.mjs of a pack, on %s',
  (_, node) => {
    const standalone = (...args: string[]) =>
      spawnSync(node!, [join(good!, 'verify.mjs'), ...args], { encoding: 'utf8', cwd: folder });

    test('verifies the pack that it lies in, and prints what the command prints', async () => {
      const { status, stdout, stderr } = standalone('--checkpoint', outside);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout.trimEnd()).toBe((await run(good!, '--checkpoint', outside)).out);
    });

    test('takes another pack, standard input and --json, with the same exit codes', () => {
      const input = checkpoint(by, entries, 9);
      const other = spawnSync(node!, [join(good!, 'verify.mjs'), bad!, '--checkpoint', '-', '--json'], { encoding: 'utf8', input });
      expect(other.status).toBe(1);
      expect(JSON.parse(other.stdout)).toMatchObject({ ok: false, firstBad: { kind: 're-hashed', seq: 6 } });
      expect(standalone(empty!).status).toBe(2);
      expect(standalone(empty!).stderr).toMatch(/^There is no record\.jsonl here[^\n]*\n$/);
    });
  },
);

test('the verify command needs neither zod, Bolt, SQLite nor any other package', () => {
  const code = fromUtf8(pack.get('verify.mjs')!);
  const imported = [...code.matchAll(/^import .* from "([^"]+)"/gm)].map((match) => match[1]);
  expect(imported.sort()).toEqual(['node:fs', 'node:path']);
  expect(code).not.toMatch(/\brequire\(|\bimport\(/);
});

test('a pack that lost a file, or gained one, does not verify', async () => {
  for (const change of [
    (files: Map<string, Uint8Array>) => files.delete('keys.txt'),
    (files: Map<string, Uint8Array>) => files.set('evidence/ev-1/more.txt', utf8('?')),
  ]) {
    const files = new Map(pack);
    change(files);
    const directory = mkdtempSync(join(folder, 'odd-'));
    write(directory, files);
    expect((await run(directory)).code).toBe(1);
  }
});

test('what a file manager leaves behind is no tampering', async () => {
  const directory = mkdtempSync(join(folder, 'littered-'));
  write(directory, new Map(pack).set('.DS_Store', utf8('x')).set('evidence/Thumbs.db', utf8('x')));
  expect((await run(directory)).code).toBe(0);
});
