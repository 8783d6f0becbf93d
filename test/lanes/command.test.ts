import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHouse, settingsOf } from '../../src/cli/house.ts';
import { cli } from '../../src/cli.ts';
import { library, US } from './house.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'firebreak-lanes-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await cli(args, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    env: { FIREBREAK_DATA: join(folder, 'data') },
    stdin: async () => '',
    now: () => Temporal.Instant.from('2026-10-24T12:00:00Z'),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

async function declare(): Promise<void> {
  const { store, desk } = openHouse(settingsOf({ FIREBREAK_DATA: join(folder, 'data') }));
  const unknown = { stillHappening: 'unknown', canReachClients: 'unknown', talkingOverIt: 'unknown' } as const;
  const runbook = library.source('breach-letter')!;
  const command = {
    do: 'declareIncident',
    title: 'Vendor',
    looksLike: 'x',
    ...unknown,
    runbook,
    verifierKey: desk.verifierKey,
  } as const;
  await desk.do({
    client: US,
    record: 'inc-1',
    command,
    person: { account: 'command-line/ada', name: 'Ada' },
    via: 'command-line',
  });
  await store.close();
}

const REGISTER = 'Client,Channel,Contact\nAlpha Dental,C0001AAAA,Mia\nBeta Legal,C0002BBBB,=1+1\nAlpha dental,C0003CCCC,Else\n';

describe('clients', () => {
  test('a preview shows what became of each column and records nothing; the import then takes in the rest and names what it skipped', async () => {
    const path = file('register.csv', REGISTER);
    const preview = await run('clients', 'import', path, '--preview');
    expect(preview.out).toContain('Channel -> channel');
    expect(preview.out).toContain('Nothing was recorded');
    expect((await run('clients')).out).toBe('No client is in the register.');
    const taken = await run('clients', 'import', path);
    expect(taken).toMatchObject({ code: 0, out: expect.stringContaining('2 added') });
    expect(taken.err).toContain('Alpha dental stands in the table twice');
    expect(taken.err).toContain('holds a formula');
    expect(JSON.parse((await run('clients', '--json')).out)).toMatchObject({
      clients: [{ id: 'alpha-dental' }, { id: 'beta-legal' }],
    });
  });

  test('a folder of YAML files is one register, and a client in two of them is taken once', async () => {
    file('all/a.yaml', 'id: a\nname: Alpha\n');
    file('all/b.yaml', '- id: b\n  name: Beta\n- id: a\n  name: Alpha again\n');
    const taken = await run('clients', 'import', join(folder, 'all'));
    expect(taken.out).toContain('2 added');
    expect(taken.err).toContain('client a was skipped');
  });

  test('one that leaves is told what it takes along, and its record can be exported and verified', async () => {
    await run('clients', 'import', file('register.csv', REGISTER));
    expect((await run('clients', 'leave', 'alpha-dental', '--reason', 'another provider')).out).toContain(
      'firebreak export standing-alpha-dental',
    );
    expect((await run('clients', 'leave', 'nobody', '--reason', 'x')).code).toBe(1);
    const out = join(folder, 'pack');
    expect((await run('export', 'standing-alpha-dental', '--out', out)).code).toBe(0);
    expect((await run('verify', out)).code).toBe(0);
    expect(readFileSync(join(out, 'record.jsonl'), 'utf8')).toContain('client.left');
  });

  test('a path that is not there, and a command that is not understood, are one line', async () => {
    expect(await run('clients', 'import', join(folder, 'none.csv'))).toMatchObject({
      code: 2,
      err: expect.stringContaining('cannot be read'),
    });
    expect(await run('clients', 'nonsense')).toMatchObject({ code: 2, err: expect.stringContaining('usage:') });
  });
});

describe('lanes and board', () => {
  test('clients are sorted by their files, lanes open for those who are hit, and the board is a page', async () => {
    await declare();
    await run('clients', 'import', file('register.csv', REGISTER));
    file(
      'inventory/alpha-dental/rmm.csv',
      'Device;Software;Publisher;Version;Install Date\r\nPC1;VSA Agent;Kaseya;9.5.6;12.03.2021\r\n',
    );
    file(
      'inventory/beta-legal/rmm.csv',
      'Device;Software;Publisher;Version;Install Date\r\nPC1;Firefox;Mozilla;89.0;12.03.2021\r\n',
    );
    file('inventory/stranger/rmm.csv', 'Device;Software;Publisher;Version;Install Date\r\nPC1;Firefox;Mozilla;89.0;12.03.2021\r\n');
    const advisory = file(
      'kaseya.yaml',
      'id: K\nproduct: VSA Agent\npublisher: Kaseya\nversions: ["< 9.5.7"]\necosystem: software\n',
    );
    const sorted = await run('lanes', 'sort', 'inc-1', '--advisory', advisory, '--inventory', join(folder, 'inventory'));
    expect(sorted).toMatchObject({ code: 0, err: expect.stringContaining('stranger has files, and is not in the register') });
    expect(sorted.out).toContain('1 lanes opened');
    expect(JSON.parse((await run('lanes', 'inc-1', '--json')).out)).toMatchObject({
      lanes: [{ client: 'alpha-dental', tier: 'T2' }],
    });
    expect((await run('lanes', 'open', 'inc-1', 'beta-legal')).out).toMatch(/^lane-[0-9a-f]{12}$/);
    const coordination = join(folder, 'coordination');
    expect((await run('export', 'inc-1-lanes', '--out', coordination)).code).toBe(0);
    expect((await run('verify', coordination)).code).toBe(0);
    for (const client of ['alpha-dental', 'beta-legal'])
      expect((await run('verify', join(coordination, 'lanes', client))).code).toBe(0);
    expect((await run('export', 'inc-1-lanes', '--for', 'client', '--out', join(folder, 'outward'))).code).toBe(0);
    expect(existsSync(join(folder, 'outward', 'lanes'))).toBe(false);
    const page = join(folder, 'board.html');
    expect((await run('board', 'inc-1', '--html', page)).out).toBe(page);
    expect(readFileSync(page, 'utf8')).toContain('Alpha Dental');
    const { rows } = JSON.parse((await run('board', 'inc-1', '--tier', 'T2', '--json')).out) as { rows: { client: string }[] };
    expect(rows.map(({ client }) => client)).toEqual(['alpha-dental']);
    expect((await run('board', 'inc-1', '--order', 'nonsense')).code).toBe(2);
    expect((await run('board', 'inc-none')).code).toBe(2);
  });
});
