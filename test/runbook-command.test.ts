import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { cli } from '../src/cli.ts';

const folder = mkdtempSync(join(tmpdir(), 'runbook-command-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: [] as string[], err: [] as string[] };
  const terminal: Terminal = {
    out: (text) => said.out.push(text),
    err: (text) => said.err.push(text),
    env: {},
    stdin: async () => '',
    now: () => Temporal.Instant.from('2026-10-24T09:00:00Z'),
  };
  const code = await cli(['runbook', ...args], terminal);
  return { code, out: said.out.join('\n'), err: said.err.join('\n') };
}

const GOOD = '---\ndefault-role: Lead\n---\n\n## Contain\n\n- Cut it off\n';

describe('runbook check', () => {
  test('prints file:line:col level message rule, then a hint, and says no on errors', async () => {
    const bad = file('bad.md', '## Contain\n\n### Cut\n\nRole: Lead\nWithin: asap-ish\n\n- [ ] Do\n');
    const { code, out, err } = await run('check', bad);
    expect(code).toBe(1);
    expect(out).toBe(`${bad}:6:1 error Cannot read "asap-ish" as a time duration\n  Write \`Within: 30 minutes\``);
    expect(err).toBe('1 file: 1 errors, 0 warnings, 0 notes');
  });

  test('a warning is fine, and not fine with --strict', async () => {
    const warned = file('warned.md', '## Contain\n\n- Cut it off\n');
    expect((await run('check', warned)).code).toBe(0);
    expect((await run('check', warned, '--strict')).code).toBe(1);
  });

  test('a folder is walked; one unreadable file does not hide the others', async () => {
    const inner = mkdtempSync(join(folder, 'many-'));
    writeFileSync(join(inner, 'a.md'), GOOD);
    writeFileSync(join(inner, 'b.md'), Buffer.from([0xff, 0xfe]));
    writeFileSync(join(inner, 'c.md'), '# Nothing\n');
    const { code, out, err } = await run('check', inner);
    expect(code).toBe(2);
    expect(err).toContain('b.md is not UTF-8');
    expect(out).toContain('c.md:1:1 error No steps found');
  });

  test('--json is one document with every problem', async () => {
    const { out } = await run('check', file('warned2.md', '## Contain\n\n1. TODO\n'), '--json');
    const report = JSON.parse(out);
    expect(report).toMatchObject({ ok: true, errors: 0 });
    expect(report.files[0].problems.map(({ rule }: { rule: string }) => rule)).toContain('placeholder');
  });

  test('--fix writes what is certain and nothing else', async () => {
    const boxes = file('boxes.md', '---\ndefault-role: Lead\n---\n\n## Contain\n\n☐ Cut it off\n\nSome words.\n');
    await run('check', boxes, '--fix');
    expect(readFileSync(boxes, 'utf8')).toBe('---\ndefault-role: Lead\n---\n\n## Contain\n\n- [ ] Cut it off\n\nSome words.\n');
  });
});

describe('runbook show', () => {
  test('--json has the shape that others read', async () => {
    const { code, out } = await run('show', file('good.md', GOOD), '--json');
    const made = JSON.parse(out);
    expect(code).toBe(0);
    expect(Object.keys(made)).toEqual(expect.arrayContaining(['id', 'title', 'phases', 'context', 'problems']));
    expect(Object.keys(made.phases[0].steps[0])).toEqual(
      expect.arrayContaining([
        'id',
        'title',
        'kind',
        'role',
        'scope',
        'after',
        'checks',
        'evidence',
        'options',
        'clauses',
        'notices',
        'warnings',
        'commands',
        'body',
        'source',
      ]),
    );
    expect(made.phases[0].steps[0].source).toEqual({ line: 7, column: 1, endLine: 7 });
  });

  test('without --json it reads as a list', async () => {
    expect((await run('show', file('good2.md', GOOD))).out).toContain('CONTAIN\n  1. Cut it off\n     Lead');
  });

  test('what must not be read is refused in one line, as unreadable input', async () => {
    const { code, out, err } = await run('show', file('deep.md', `${'>'.repeat(10_000)} a\n`));
    expect([code, out]).toEqual([2, '']);
    expect(err.split('\n')).toHaveLength(1);
    expect((await run('show', join(folder, 'none.md'))).code).toBe(2);
  });
});

describe('runbook new and export', () => {
  test('a new runbook passes the strict check and is never written over a file', async () => {
    const out = join(folder, 'new.md');
    expect((await run('new', 'The till is down', '--out', out)).code).toBe(0);
    expect(await run('check', out, '--strict')).toMatchObject({ code: 0, out: '' });
    expect((await run('new', 'Again', '--out', out)).code).toBe(2);
    expect(readFileSync(out, 'utf8')).toContain('title: "The till is down"');
  });

  test('export gives CACAO 2.0, and says so when asked for anything else', async () => {
    const good = file('good3.md', GOOD);
    expect(JSON.parse((await run('export', good, '--to', 'cacao')).out)).toMatchObject({
      type: 'playbook',
      spec_version: 'cacao-2.0',
      created: '2026-10-24T09:00:00.000Z',
    });
    expect((await run('export', good, '--to', 'pdf')).code).toBe(2);
  });

  test('an unknown flag or verb is usage, in one line', async () => {
    expect(await run('check', '--loud', 'x.md')).toMatchObject({ code: 2, out: '' });
    expect((await run('dance')).err).toMatch(/^usage: /);
  });
});
