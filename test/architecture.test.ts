import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

/** The house: a folder imports only from lower floors (DESIGN: arrows only fall). */
const FLOOR: Record<string, number> = {
  runbook: 1,
  law: 1,
  inventory: 1,
  record: 2,
  notice: 3,
  export: 3,
  desk: 3,
  store: 4,
  model: 4,
  slack: 4,
  room: 4,
  cli: 5,
};
const PURE = ['record', 'law', 'runbook', 'inventory', 'export', 'notice'];
/** Files of the pure rooms that may read from disk: the edge where content is loaded. */
const EDGES = new Set<string>([]);

const root = resolve(import.meta.dirname, '..', 'src');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .sort();
const read = (name: string) => readFileSync(join(root, name), 'utf8');
const room = (name: string) => (name.includes('/') ? (name.split('/')[0] ?? '') : 'top');

function imports(name: string): { spec: string; typeOnly: boolean }[] {
  const found = [
    ...read(name).matchAll(/^(import|export)(\s+type)?\s[^'"]*?from\s+['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gms),
  ];
  return found.map((m) => ({ spec: m[3] ?? m[4] ?? '', typeOnly: m[2] !== undefined }));
}

function target(name: string, spec: string): string {
  return relative(root, resolve(root, dirname(name), spec));
}

describe('the house', () => {
  test('a folder imports only from lower floors', () => {
    const climbs = files.flatMap((name) =>
      imports(name)
        .filter(({ spec }) => spec.startsWith('.'))
        .map(({ spec }) => target(name, spec))
        .filter((to) => room(name) !== 'top' && room(to) !== room(name))
        .filter((to) => (FLOOR[room(to)] ?? 99) >= (FLOOR[room(name)] ?? 0))
        .map((to) => `${name} -> ${to}`),
    );
    expect(climbs).toEqual([]);
  });

  test('every folder has its floor', () => {
    expect([...new Set(files.map(room))].filter((name) => name !== 'top' && FLOOR[name] === undefined)).toEqual([]);
  });

  test('the pure rooms touch no Node I/O, no Slack client, no clock and no randomness', () => {
    const touches = files
      .filter((name) => PURE.includes(room(name)) && !EDGES.has(name))
      .flatMap((name) => [
        ...imports(name)
          .filter(({ spec }) => /^node:|^@slack\/|^openai|^pg$/.test(spec))
          .map(({ spec }) => `${name} imports ${spec}`),
        ...[
          ...read(name).matchAll(/\bDate\.now\(|\bnew Date\(\)|\bTemporal\.Now\b|\bMath\.random\(|\brandomBytes\(|\brandomUUID\(/g),
        ].map((m) => `${name} uses ${m[0]}`),
      ]);
    expect(touches).toEqual([]);
  });

  test('only slack/ and room/ know Slack, only store/ knows SQL, only main and cli read the environment', () => {
    const strays = files.flatMap((name) => {
      const source = read(name);
      const found: string[] = [];
      if (!['slack', 'room'].includes(room(name)) && /from '@slack\//.test(source)) found.push(`${name}: Slack`);
      if (room(name) !== 'store' && /node:sqlite|from 'pg'/.test(source)) found.push(`${name}: SQL`);
      if (room(name) !== 'top' && /process\.env/.test(source)) found.push(`${name}: environment`);
      return found;
    });
    expect(strays).toEqual([]);
  });

  test('no barrels, no types.ts, no helpers', () => {
    expect(files.filter((name) => /(^|\/)(index|types|helpers?|utils?)(\.ts$|\/)/.test(name))).toEqual([]);
  });
});

describe('house figures', () => {
  const lengths = files
    .filter((name) => !name.includes('.generated.'))
    .map((name) => ({ name, lines: read(name).split('\n').length - 1 }));

  test('no file is longer than 320 lines', () => {
    expect(lengths.filter(({ lines }) => lines > 320)).toEqual([]);
  });

  test('half of the files have at most 150 lines', () => {
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)] ?? 0).toBeLessThanOrEqual(150);
  });

  test('no any in src, and nothing in the project needs a path outside it', () => {
    expect(files.filter((name) => /:\s*any\b|\bas any\b|<any>/.test(read(name)))).toEqual([]);
    expect(files.filter((name) => /\.\.\/shared/.test(read(name)))).toEqual([]);
  });

  test('runtime dependencies stay within sixteen', () => {
    const manifest = JSON.parse(readFileSync(join(root, '..', 'package.json'), 'utf8'));
    expect(Object.keys(manifest.dependencies).length).toBeLessThanOrEqual(16);
    expect(statSync(join(root, '..', 'package-lock.json')).isFile()).toBe(true);
  });
});
