import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { withholdCounsel } from '../src/export/audience.ts';
import { verifyPack } from '../src/export/verify.ts';
import { checkpoint, house, made } from './export-fixture.ts';
import { rotated } from './rotation.ts';
import { lieWithin, type Pack, tampered } from './tamper.ts';

const SCRIPT = join(import.meta.dirname, 'other-verifier.py');
const has = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const missing = [...(has('python3', '--version') ? [] : ['python3']), ...(has('openssl', 'version') ? [] : ['openssl'])];
if (missing.length > 0) console.warn(`The second verifier was not tried: ${missing.join(' and ')} is not on this machine.`);

const folder = mkdtempSync(join(tmpdir(), 'firebreak-other-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(pack: Pack, name: string): string {
  for (const [path, bytes] of pack) {
    const file = join(folder, name, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return join(folder, name);
}

/** What the Python program says of each pack. */
function judgedByPython(packs: Pack[], outside?: string): { ok: boolean; problems: { kind: string }[] }[] {
  const directories = packs.map((pack, i) => written(pack, `${Math.trunc(performance.now() * 1000)}-${i}`));
  const file = join(folder, 'checkpoint.txt');
  if (outside !== undefined) writeFileSync(file, outside);
  const run = spawnSync('python3', [SCRIPT, ...(outside === undefined ? [] : ['--checkpoint', file]), ...directories], {
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  return run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe.skipIf(missing.length > 0)('a verifier in Python, written from docs/record-format.md alone', () => {
  test('accepts what this one accepts: a plain pack, a withheld entry, an erased text, a rotated key', async () => {
    const plain = made();
    const withheld = made([5, 9, 12], { withhold: withholdCounsel });
    const erased = made(
      [5, 9, 12],
      {
        entries: plain.input.entries.map((entry) => (entry.seq === 6 ? { ...entry, texts: [] } : entry)),
      },
      plain.by,
    );
    const packs = [plain.pack, withheld.pack, erased.pack, rotated().pack];
    for (const pack of packs) expect(await verifyPack(pack)).toMatchObject({ ok: true, problems: [] });
    expect(judgedByPython(packs)).toEqual(packs.map(() => expect.objectContaining({ ok: true, problems: [] })));
  });

  test('rejects, given the checkpoint, every lie about an entry at or before it', async () => {
    const { pack, by, entries } = made();
    const liar = house('firebreak-liar');
    const outside = checkpoint(by, entries, 9);
    const lies = fc.sample(lieWithin(9), 60).map((lie) => tampered(pack, lie, liar));
    expect(judgedByPython([pack], outside)).toMatchObject([{ ok: true }]);
    for (const { ok } of judgedByPython(lies, outside)) expect(ok).toBe(false);
  }, 60_000);

  test('rejects a changed byte in any file that carries the record', () => {
    const { pack, by, entries } = made();
    const broken = [...pack.keys()]
      .filter((path) => path !== 'manifest.json')
      .map((path) => {
        const bytes = pack.get(path)!.slice();
        bytes[bytes.length >> 1]! ^= 1;
        return new Map(pack).set(path, bytes);
      });
    for (const { ok } of judgedByPython(broken, checkpoint(by, entries, 12))) expect(ok).toBe(false);
  }, 60_000);
});
