import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { olderNode } from './older-node.ts';

/** Everything starts through one launcher, which runs the Node that the lockfile pins, whatever Node the machine has. */
const launcher = resolve('firebreak.mjs');
const node = olderNode();
const run = (program: string, ...args: string[]) => spawnSync(program, [launcher, ...args], { encoding: 'utf8' });

describe('the launcher', () => {
  test.skipIf(node === undefined)(
    'on an older Node the command line works, its answers go through, and so does its exit code',
    () => {
      const help = run(node ?? '', 'src/cli.ts', 'help');
      expect(help.stderr).toBe('');
      expect(help.stdout).toContain('usage: firebreak COMMAND');
      expect(help.status).toBe(0);
      const wrong = run(node ?? '', 'src/cli.ts', 'nonsense');
      expect(wrong.stderr).toContain('There is no command "nonsense"');
      expect(wrong.status).toBe(2);
    },
  );

  test('on the pinned Node it runs the script itself', () => {
    const help = run(process.execPath, 'src/cli.ts', 'help');
    expect(help.stdout).toContain('usage: firebreak COMMAND');
    expect(help.status).toBe(0);
  });

  test('without a script it says how it is used, and ends with 2', () => {
    const bare = run(process.execPath);
    expect(bare.stderr.trim()).toBe('usage: node firebreak.mjs SCRIPT [ARGUMENTS]');
    expect(bare.status).toBe(2);
  });
});
