import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildPackage } from './build-package.ts';
import { checkpoint, made } from './export-fixture.ts';
import { olderNode } from './older-node.ts';

const folder = mkdtempSync(join(tmpdir(), 'firebreak-package-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { pack, by, entries } = made();
const [dist, exported] = [join(folder, 'dist'), join(folder, 'export')];
const node = olderNode() ?? process.execPath;
const run = (...args: string[]) =>
  spawnSync(node, [join(dist, 'cli.js'), ...args], { encoding: 'utf8', input: checkpoint(by, entries, 9) });

beforeAll(async () => {
  await buildPackage(dist);
  for (const [path, bytes] of pack) {
    mkdirSync(dirname(join(exported, path)), { recursive: true });
    writeFileSync(join(exported, path), bytes);
  }
});

describe('the package for outsiders', () => {
  test('verifies an export, on an older Node where there is one', () => {
    const { status, stdout, stderr } = run('verify', exported, '--checkpoint', '-');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Unchanged since the witnessed head of 9 entries/);
  });

  test('says in one line what it does not do', () => {
    for (const args of [[], ['start'], ['verify'], ['verify', join(folder, 'nowhere')]]) {
      const { status, stdout, stderr } = run(...args);
      expect({ status, stdout, lines: stderr.trim().split('\n').length }).toEqual({ status: 2, stdout: '', lines: 1 });
    }
  });

  test('depends on nothing and stays below 100 KB', () => {
    expect(JSON.parse(readFileSync(join(dist, 'package.json'), 'utf8'))).not.toHaveProperty('dependencies');
    const sizes = readdirSync(dist, { recursive: true, encoding: 'utf8' }).map((path) => statSync(join(dist, path)));
    expect(sizes.filter((stat) => stat.isFile()).reduce((sum, { size }) => sum + size, 0)).toBeLessThan(100_000);
  });
});
