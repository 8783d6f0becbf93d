import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { withSettings } from '../src/cli/settings-file.ts';
import { cli } from '../src/cli.ts';
import { freshFolder } from './folder.ts';

/** Settings from firebreak.yaml, for those who would rather keep a file than an environment. */
function given(text: string, env: Record<string, string> = {}): { terminal: Terminal; said: string[] } {
  const folder = freshFolder();
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'firebreak.yaml');
  writeFileSync(file, text);
  const said: string[] = [];
  return {
    said,
    terminal: {
      out: (line) => void said.push(line),
      err: (line) => void said.push(line),
      env: { FIREBREAK_CONFIG: file, ...env },
      stdin: async () => '',
      now: () => Temporal.Instant.from('2026-01-05T09:00:00Z'),
    },
  };
}

describe('a file of settings', () => {
  test('gives what the environment does not, as text and not as numbers', async () => {
    const { terminal } = given('PORT: 0800\nOPENAI_MODEL: small\n');
    const { env } = await withSettings(terminal);
    expect(env).toMatchObject({ PORT: '0800', OPENAI_MODEL: 'small' });
  });

  test('gives way to the environment', async () => {
    const { terminal } = given('PORT: 4000', { PORT: '5000' });
    expect((await withSettings(terminal)).env.PORT).toBe('5000');
  });

  test('may be empty', async () => {
    const { terminal, said } = given('# nothing yet\n');
    expect((await withSettings(terminal)).env.PORT).toBeUndefined();
    expect(said).toEqual([]);
  });

  test('with an unknown name is read, and the name is said', async () => {
    const { terminal, said } = given('PROT: 4000\nPORT: 4001');
    expect((await withSettings(terminal)).env).not.toHaveProperty('PROT');
    expect(said.join()).toContain('PROT');
  });

  test.each([
    ['is a list', '- PORT'],
    ['is no YAML', 'PORT: [4000'],
    ['nests', 'PORT:\n  number: 4000'],
  ])('that %s is refused in one line, and nothing is started', async (_, text) => {
    const { terminal, said } = given(text);
    expect(await cli(['incidents'], terminal)).toBe(2);
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(/firebreak\.yaml/);
  });

  test('that is named and not there is said', async () => {
    const { terminal, said } = given('', { FIREBREAK_CONFIG: '/nowhere/firebreak.yaml' });
    expect(await cli(['incidents'], terminal)).toBe(2);
    expect(said).toEqual(['/nowhere/firebreak.yaml: there is no such file of settings.']);
  });
});
