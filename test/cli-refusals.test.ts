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

test.each([
  [['calls'], 2, 'usage: firebreak calls'],
  [['calls', 'inc-none'], 2, 'There is no incident "inc-none" here.'],
  [['calls', 'inc-none', '--out', 'a.csv'], 2, 'Name the page'],
  [['receipt', 'acme'], 2, 'usage: firebreak receipt'],
  [['receipt', 'acme', '--incident', 'inc-none', '--out', 'receipt'], 2, 'There is no incident "inc-none" here.'],
  [['costs'], 2, 'usage: firebreak costs'],
  [['costs', 'inc-none'], 2, 'There is no incident "inc-none" here.'],
  [['costs', 'inc-none', '--csv', '--json'], 2, 'usage: firebreak costs'],
  [['costs', 'import', 'inc-none', '/nowhere/at-all.csv'], 2, 'cannot be read'],
  [['costs', 'import', 'inc-none', '/dev/null', '--category', 'beer'], 2, '--category knows forensics'],
  [['costs', 'import', 'inc-none', '/dev/null', '--currency', 'QQQ'], 2, '--currency takes a code'],
  [['terms', 'a', 'b', 'c'], 2, 'usage: firebreak terms'],
  [['terms'], 1, 'The register holds no terms of us.'],
  [['terms', 'take-over', 'inc-none'], 1, 'Nothing was recorded.'],
])('%j', async (args, code, sentence) => {
  const FIREBREAK_DATA = join(folder, 'data');
  expect(await cli(args, terminal({ FIREBREAK_DATA }))).toBe(code);
  said = [said.join(' ').replaceAll('\n', ' ')];
  expect(said[0]).toContain(sentence);
});
