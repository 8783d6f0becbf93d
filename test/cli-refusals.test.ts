import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { cli } from '../src/cli.ts';
import { freshFolder } from './folder.ts';

/** Bad input on the command line: one clear sentence, exit code 2, and no words of the machine. */
let folder: string;
let said: string[];
const terminal = (env: Record<string, string> = {}): Terminal => ({
  out: () => {},
  err: (text) => void said.push(text),
  env,
  stdin: async () => '',
  now: () => Temporal.Instant.from('2026-01-05T09:00:00Z'),
});

beforeEach(() => {
  folder = freshFolder();
  said = [];
});
afterEach(() => {
  expect(said).toHaveLength(1);
  expect(said[0]).not.toMatch(/\n|call stack|:$/);
});

test.each([
  ['half', '{\n'],
  ['deep', '['.repeat(100_000)],
])('a findings file that is %s a file', async (name, text) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  expect(await cli(['duties', file], terminal())).toBe(2);
});

test('a folder for the store that cannot be made', async () => {
  writeFileSync(join(folder, 'taken'), '');
  const places = [
    join(folder, 'taken'),
    join(folder, 'taken', 'below', 'it'),
    ...(process.platform === 'linux' ? ['/proc/nowhere/at/all'] : []),
  ];
  for (const FIREBREAK_DATA of places) {
    said = [];
    expect(await cli(['incidents'], terminal({ FIREBREAK_DATA }))).toBe(2);
    expect(said[0]).toContain('cannot be opened');
  }
});
