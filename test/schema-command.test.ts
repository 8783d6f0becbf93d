import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { cli } from '../src/cli.ts';

const run = async (...args: string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const terminal: Terminal = {
    out: (t) => void out.push(t),
    err: (t) => void err.push(t),
    env: {},
    stdin: async () => '',
    now: () => Temporal.Now.instant(),
  };
  return { code: await cli(args, terminal), out: out.join('\n'), err: err.join('\n') };
};

test.each([
  'findings',
  'duties',
  'advisory',
  'inventory',
  'client',
  'exposure',
  'draft',
  'draft-verdict',
  'record',
  'timeline',
  'drill',
  'pack',
  'verdict',
  'costs',
  'terms',
])('the form of %s is published as one JSON Schema', async (name) => {
  const { code, out } = await run('schema', name);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ $schema: expect.stringContaining('json-schema.org') });
});

test('a form nobody publishes is refused with the list of those that are', async () => {
  const { code, err } = await run('schema', 'nothing');
  expect(code).toBe(2);
  expect(err).toMatch(/findings, duties/);
});

test('the drill that ships fits the form that is published for drills', async () => {
  const { DrillFile } = await import('../src/cli/drill-file.ts');
  const { parse } = await import('yaml');
  const text = readFileSync(resolve(import.meta.dirname, '..', 'runbooks', 'drills', 'kaseya.yaml'), 'utf8');
  expect(DrillFile.safeParse(parse(text)).success).toBe(true);
});

test('an unknown command and no command at all are usage errors with one line of help', async () => {
  expect((await run('nothing')).code).toBe(2);
  expect((await run()).code).toBe(2);
  expect((await run('help')).code).toBe(0);
});
