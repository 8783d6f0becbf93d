import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Terminal } from '../src/cli/command.ts';
import { cli } from '../src/cli.ts';

function folder(files: Record<string, string | Uint8Array>): string {
  const root = mkdtempSync(join(tmpdir(), 'firebreak-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const printed = { out: '', err: '' };
  const terminal: Terminal = {
    out: (text) => {
      printed.out += `${text}\n`;
    },
    err: (text) => {
      printed.err += `${text}\n`;
    },
    env: {},
    stdin: async () => '',
    now: () => Temporal.Instant.from('2026-04-01T00:00Z'),
  };
  return { code: await cli(args, terminal), ...printed };
}

const lock = (version: string) => JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/axios': { version } } });
const ADVISORY = 'id: AX\nproduct: axios\necosystem: npm\nversions: ["1.14.1"]\n';

describe('firebreak exposure', () => {
  test('prints one JSON document in the documented shape', async () => {
    const root = folder({
      'ax.yaml': ADVISORY,
      'inv/one/web/package-lock.json': lock('1.14.1'),
      'inv/two/package-lock.json': lock('1.7.9'),
      'inv/two/client.yaml': 'name: Two Ltd\n',
    });
    const { code, out } = await run('exposure', '--advisory', join(root, 'ax.yaml'), '--inventory', join(root, 'inv'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      clients: [
        {
          client: 'one',
          covers: ['npm'],
          pairs: [
            {
              advisory: 'AX',
              state: 'present_in_window',
              matches: [
                {
                  component: 'axios',
                  version: '1.14.1',
                  where: 'web/package-lock.json#node_modules/axios',
                  why: '1.14.1 is listed as affected',
                },
              ],
              reason: 'axios 1.14.1 in web/package-lock.json#node_modules/axios: affected (1.14.1 is listed as affected).',
            },
          ],
          problems: [],
        },
        {
          client: 'two',
          name: 'Two Ltd',
          covers: ['npm'],
          pairs: [
            {
              advisory: 'AX',
              state: 'present_outside_window',
              matches: [
                {
                  component: 'axios',
                  version: '1.7.9',
                  where: 'package-lock.json#node_modules/axios',
                  why: '1.7.9 lies outside the affected 1.14.1',
                },
              ],
              reason:
                'axios 1.7.9 in package-lock.json#node_modules/axios: present, none of it affected (1.7.9 lies outside the affected 1.14.1).',
            },
          ],
          problems: [],
        },
      ],
    });
  });

  test('several advisories after one flag or several flags; files in any encoding; what was unpacked is not inventory', async () => {
    const table = 'Gerät;Anwendung;Hersteller;Version\r\nPC1;VSA;Kaseya;9.5.6\r\n';
    const root = folder({
      'a.yaml': ADVISORY,
      'b.yaml': 'id: K\nproduct: VSA\npublisher: Kaseya\nversions: ["< 9.5.7"]\necosystem: software\n',
      'inv/one/rmm.csv': Uint8Array.from([0xff, 0xfe, ...Buffer.from(table, 'utf16le')]),
      'inv/one/node_modules/x/package-lock.json': lock('1.14.1'),
    });
    const args = ['--inventory', join(root, 'inv'), '--json'];
    const together = await run('exposure', '--advisory', join(root, 'a.yaml'), join(root, 'b.yaml'), ...args);
    const apart = await run('exposure', '--advisory', join(root, 'a.yaml'), `--advisory=${join(root, 'b.yaml')}`, ...args);
    expect(apart.out).toBe(together.out);
    expect(JSON.parse(together.out).clients[0].pairs.map(({ state }: { state: string }) => state)).toEqual([
      'unknown',
      'present_in_window',
    ]);
  });

  test('without --json one line per pair, and problems on standard error', async () => {
    const root = folder({ 'a.yaml': ADVISORY, 'inv/one/package-lock.json': '{' });
    const { code, out, err } = await run('exposure', '--advisory', join(root, 'a.yaml'), '--inventory', join(root, 'inv'));
    expect(code).toBe(0);
    expect(out).toMatch(/^one {2}AX {2}unknown {2}package-lock\.json: It was skipped/);
    expect(err).toMatch(/^one\/package-lock\.json: It was skipped/);
  });

  test.each([
    ['nothing', [], 'usage'],
    ['an unknown flag', ['--what'], '"--what" is not understood'],
    ['no such advisory', ['--advisory', '/nowhere.json', '--inventory', '/tmp'], '/nowhere.json cannot be read'],
  ])('%s: exit 2 and one line', async (_, args, words) => {
    const { code, out, err } = await run('exposure', ...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err.trim().split('\n')).toHaveLength(1);
    expect(err).toContain(words);
  });

  test('an unreadable advisory is refused whole: half an answer would look like an all-clear', async () => {
    const root = folder({ 'good.yaml': ADVISORY, 'bad.json': '{"id": ', 'inv/one/package-lock.json': lock('1.14.1') });
    const { code, err } = await run(
      'exposure',
      '--advisory',
      join(root, 'good.yaml'),
      join(root, 'bad.json'),
      '--inventory',
      join(root, 'inv'),
    );
    expect(code).toBe(2);
    expect(err).toContain('bad.json');
  });
});
