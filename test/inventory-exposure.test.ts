import { describe, expect, test } from 'vitest';
import { readAdvisories } from '../src/inventory/advisories.ts';
import { type ExposureReport, exposure, type Pair } from '../src/inventory/exposure.ts';
import { markDuplicates, readInventory, type SourceFile } from '../src/inventory/inventory.ts';
import { movedBetween } from '../src/inventory/moved.ts';

const lock = (packages: Record<string, string>, more: object = {}) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(Object.entries(packages).map(([name, version]) => [`node_modules/${name}`, { version, ...more }])),
  });

const files = (contents: Record<string, string>): SourceFile[] => Object.entries(contents).map(([path, text]) => ({ path, text }));

function run(advisory: string, ...clients: Record<string, string>[]): ExposureReport {
  const inventories = clients.map((contents, at) => readInventory(`client-${at + 1}`, files(contents)));
  return exposure(readAdvisories('advisory.yaml', advisory), inventories);
}

function pair(advisory: string, contents: Record<string, string>): Pair {
  const found = run(advisory, contents).clients[0]?.pairs[0];
  if (found === undefined) throw new Error('no pair');
  return found;
}

const AXIOS = 'id: AX\nproduct: axios\necosystem: npm\nversions: ["1.14.1", "0.30.4"]\n';
const WORM = `${AXIOS}window: {from: "2026-03-31T00:21Z", to: "2026-03-31T03:15Z"}\n`;
const installed = (at: string) => `installs: [{file: package-lock.json, at: "${at}"}]\n`;

describe('the first state that holds for any component', () => {
  test('an affected version anywhere is present in the window, and only the affected places are its basis', () => {
    const found = pair(AXIOS, {
      'a/package-lock.json': lock({ axios: '1.7.9' }),
      'b/package-lock.json': lock({ axios: '1.14.1' }),
    });
    expect(found.state).toBe('present_in_window');
    expect(found.matches.map(({ component, version, where }) => `${component} ${version} ${where}`)).toEqual([
      'axios 1.14.1 b/package-lock.json#node_modules/axios',
    ]);
    expect(found.reason).toContain('1 other place holds it in another state');
  });

  test('a version that cannot be decided is unknown before any that is outside', () => {
    const found = pair('id: R\nproduct: requests\necosystem: PyPI\nversions: ["< 2.31"]\n', {
      'requirements.txt': 'requests>=2\n',
      'poetry.lock': '[[package]]\nname = "requests"\nversion = "2.32"\n',
    });
    expect(found.state).toBe('unknown');
    expect(found.matches).toHaveLength(1);
  });

  test('a range whose every answer is unaffected is outside; one whose every answer is affected is inside', () => {
    const advisory = 'id: R\nproduct: requests\necosystem: PyPI\nversions: ["< 2.31"]\n';
    expect(pair(advisory, { 'requirements.txt': 'requests>=2.31,<3\n' }).state).toBe('present_outside_window');
    expect(pair(advisory, { 'requirements.txt': 'requests>=2.0,<2.30\n' }).state).toBe('present_in_window');
    expect(pair(advisory, { 'requirements.txt': 'requests~=2.30.0\n' }).state).toBe('present_in_window');
    expect(pair(advisory, { 'requirements.txt': 'requests==2.3*\n' }).state).toBe('unknown');
  });

  test('present in another version is outside; not listed at all is not present, with its basis', () => {
    expect(pair(AXIOS, { 'package-lock.json': lock({ axios: '1.7.9' }) }).state).toBe('present_outside_window');
    const absent = pair(AXIOS, {
      'package-lock.json': lock({ lodash: '4.17.21' }),
      'client.yaml': 'collected_at: 2026-04-01T08:00Z\n',
    });
    expect(absent).toEqual({
      advisory: 'AX',
      state: 'not_present',
      matches: [],
      reason: 'No axios: checked npm in package-lock.json, as of 2026-04-01T08:00Z.',
    });
  });

  test('a development dependency counts as present, and says so', () => {
    const found = pair(AXIOS, { 'package-lock.json': lock({ axios: '1.14.1' }, { dev: true }) });
    expect(found.state).toBe('present_in_window');
    expect(found.matches[0]?.why).toContain('development dependency');
  });

  test('a fork from git that carries a listed version number is undecided, not affected', () => {
    expect(
      pair(AXIOS, { 'package-lock.json': lock({ axios: '1.14.1' }, { resolved: 'git+ssh://git@example.org/x/axios.git#abc' }) })
        .state,
    ).toBe('unknown');
  });

  test('a commit that the advisory lists is affected', () => {
    const sha = '0e58ed8671d6b60d0890c21b07f8835ace038e67';
    const advisory = `id: TJ\nproduct: tj-actions/changed-files\necosystem: GitHub Actions\nversions: ["${sha}"]\n`;
    const workflow = (ref: string) => ({
      '.github/workflows/ci.yml': `jobs:\n  a:\n    steps:\n      - uses: tj-actions/changed-files@${ref}\n`,
    });
    expect(pair(advisory, workflow(sha)).state).toBe('present_in_window');
    expect(pair(advisory, workflow('b'.repeat(40))).state).toBe('present_outside_window');
  });

  test('no lockfile says which Go toolchain built: the standard library is never simply absent', () => {
    const stdlib = 'id: GO\nproduct: stdlib\necosystem: Go\nversions: ["< 1.22.5"]\n';
    expect(pair(stdlib, { 'go.sum': 'a/b v1.0.0 h1:x=\n' }).state).toBe('unknown');
    expect(pair(stdlib, { 'go.mod': 'module x\ngo 1.22.1\n' }).state).toBe('unknown');
  });

  test('a local replace in go.mod leaves the version undecided', () => {
    const mod = 'module x\nrequire github.com/a/b v1.0.0\nreplace github.com/a/b => ../b\n';
    expect(pair('id: G\nproduct: github.com/a/b\necosystem: Go\nversions: ["< 1.2.0"]\n', { 'go.mod': mod })).toMatchObject({
      state: 'unknown',
      matches: [{ where: 'go.mod:3' }],
    });
  });
});

describe('coverage', () => {
  test('a client without an inventory that covers the ecosystem is unknown, never not present', () => {
    expect(pair(AXIOS, { 'requirements.txt': 'a==1\n' })).toMatchObject({
      state: 'unknown',
      reason: 'No inventory of this client covers npm.',
    });
    expect(pair(AXIOS, {}).state).toBe('unknown');
  });

  test('client.yaml says what is covered; a claim without any file behind it shows nothing', () => {
    expect(pair(AXIOS, { 'client.yaml': 'covers: [software]\n', 'package-lock.json': lock({ a: '1.0.0' }) }).state).toBe('unknown');
    expect(pair(AXIOS, { 'client.yaml': 'covers: [npm]\n' }).state).toBe('unknown');
    expect(
      pair(AXIOS, {
        'client.yaml': 'covers: [npm, pypi]\n',
        'bom.json': '{"bomFormat":"CycloneDX","components":[{"purl":"pkg:pypi/a@1","name":"a"}]}',
      }).state,
    ).toBe('not_present');
  });

  test('something found counts even where coverage is not claimed', () => {
    expect(pair(AXIOS, { 'client.yaml': 'covers: [software]\n', 'package-lock.json': lock({ axios: '1.14.1' }) }).state).toBe(
      'present_in_window',
    );
  });

  test('covers is derived from the files found', () => {
    const report = run(AXIOS, {
      'package-lock.json': lock({ a: '1.0.0' }),
      'go.sum': 'a/b v1.0.0 h1:x=\n',
      'software.csv': 'Device,Software,Version\nPC,a,1\n',
    });
    expect(report.clients[0]?.covers).toEqual(['Go', 'npm', 'software']);
  });

  test('pom.xml may leave out indirect dependencies, and the basis says so', () => {
    const found = pair('id: L\nproduct: "org.a:b"\necosystem: Maven\n', { 'pom.xml': '<project><dependencies/></project>' });
    expect(found).toMatchObject({
      state: 'not_present',
      reason: 'No org.a:b: checked Maven in pom.xml, which may leave out indirect dependencies.',
    });
  });
});

describe('worms go by the install window', () => {
  const client = (yaml: string) => ({ 'package-lock.json': lock({ axios: '1.14.1' }), 'client.yaml': yaml });

  test.each([
    ['installed inside the window', installed('2026-03-31T01:00Z'), 'present_in_window'],
    ['installed inside it, told in another zone', installed('2026-03-31T03:00+02:00'), 'present_in_window'],
    ['installed before it', installed('2026-03-30T22:00Z'), 'present_outside_window'],
    ['installed after it', installed('2026-03-31T09:00Z'), 'present_outside_window'],
    ['only the day is known, which the window cuts', installed('2026-03-31'), 'unknown'],
    ['only another day is known', installed('2026-03-29'), 'present_outside_window'],
    ['no time at all', '', 'unknown'],
    ['collected before it opened', 'collected_at: 2026-03-30T10:00Z\n', 'present_outside_window'],
    ['collected long after, so it may have been written inside', 'collected_at: 2026-04-05T10:00Z\n', 'unknown'],
    [
      'one install of several inside',
      'installs: [{file: package-lock.json, at: ["2026-03-30T22:00Z", "2026-03-31T02:00Z"]}]\n',
      'present_in_window',
    ],
    ['the time of another file', 'installs: [{file: other/package-lock.json, at: "2026-03-31T01:00Z"}]\n', 'unknown'],
  ])('an affected version, %s', (_, yaml, state) => {
    expect(pair(WORM, client(yaml)).state).toBe(state);
  });

  test('an unaffected version is outside whenever it was installed', () => {
    expect(pair(WORM, { 'package-lock.json': lock({ axios: '1.7.9' }), 'client.yaml': installed('2026-03-31T01:00Z') }).state).toBe(
      'present_outside_window',
    );
  });

  test('a requirement that allows an affected version, installed inside the window, is in it', () => {
    const worm =
      'id: L\nproduct: litellm\necosystem: PyPI\nversions: ["1.82.7", "1.82.8"]\nwindow: {from: "2026-03-24T10:39Z", to: "2026-03-24T16:00Z"}\n';
    const at = (time: string) => ({
      'requirements.txt': 'litellm>=1.80\n',
      'client.yaml': `installs: [{file: requirements.txt, at: "${time}"}]\n`,
    });
    expect(pair(worm, at('2026-03-24T12:00Z')).state).toBe('present_in_window');
    expect(pair(worm, at('2026-03-25T12:00Z')).state).toBe('present_outside_window');
    expect(pair(worm, { 'requirements.txt': 'litellm>=1.80\n' }).state).toBe('unknown');
    expect(pair(worm, { 'requirements.txt': 'litellm<1.80\n' }).state).toBe('present_outside_window');
  });

  test('an action whose tag was moved: the run decides, and a pin to a commit stays undecided', () => {
    const moved =
      'id: TJ\nproduct: tj-actions/changed-files\necosystem: GitHub Actions\nversions: ["<= 45.0.7"]\nwindow: {from: "2025-03-14T16:00Z", to: "2025-03-15T22:00Z"}\n';
    const workflow = (ref: string, at: string) => ({
      '.github/workflows/ci.yml': `jobs:\n  a:\n    steps:\n      - uses: tj-actions/changed-files@${ref}\n`,
      'client.yaml': `installs: [{file: ci.yml, at: "${at}"}]\n`,
    });
    expect(pair(moved, workflow('v44', '2025-03-14T20:00Z')).state).toBe('present_in_window');
    expect(pair(moved, workflow('v44', '2025-03-20T20:00Z')).state).toBe('present_outside_window');
    expect(pair(moved, workflow('a'.repeat(40), '2025-03-14T20:00Z')).state).toBe('unknown');
  });
});

describe('installed software', () => {
  const KASEYA =
    'id: K\nproduct: VSA Agent\npublisher: "Kaseya, Inc."\nversions: ["< 9.5.7"]\nwindow: {from: 2021-07-02, to: 2021-07-04}\necosystem: software\n';
  const list = (...rows: string[]) => ({ 'rmm.csv': `Gerät;Anwendung;Hersteller;Version;Installiert am\n${rows.join('\n')}\n` });

  test.each([
    ['Kaseya VSA Agent;Kaseya GmbH;9.5.6;12.03.2021', 'present_in_window'],
    ['VSA Agent (x64);KASEYA LIMITED;9.5.6.3011;', 'present_in_window'],
    ['VSA Agent 9.5.6;Kaseya International Ltd.;;', 'present_in_window'],
    ['VSA Agent;;9.5.6;', 'present_in_window'],
    ['VSA Agent (4f2a9b1c03d7e586);Kaseya;9.5.6 (build 3011);', 'present_in_window'],
    ['VSA Agent;Kaseya;9.5.7a;03.07.2021', 'present_outside_window'],
    ['VSA Agent;Kaseya;;', 'unknown'],
    ['VSA Agent;Kaseya;=1+1;', 'unknown'],
    ['VSA Agent;Acme Tools;9.5.6;', 'not_present'],
    ['VSA Agent Helper;Kaseya;9.5.6;', 'not_present'],
    ['VSA;Kaseya;9.5.6;', 'not_present'],
    ['Agent VSA;Kaseya;9.5.6;', 'not_present'],
  ])('%s: %s', (row, state) => {
    expect(pair(KASEYA, list(`PC1;${row}`)).state).toBe(state);
  });

  test('a version that is not known is not cleared by an early date, but a date inside the window is enough', () => {
    expect(pair(KASEYA, list('PC1;VSA Agent;Kaseya;;12.03.2019')).state).toBe('unknown');
    expect(pair(KASEYA, list('PC1;VSA Agent;Kaseya;;03.07.2021')).state).toBe('present_in_window');
  });

  test('a list with a header and nothing under it is no inventory', () => {
    expect(pair(KASEYA, { 'rmm.csv': 'Device,Software,Version\n' }).state).toBe('unknown');
  });

  test('without versions the date of installation decides', () => {
    const window = 'id: S\nproduct: SimpleHelp\necosystem: software\nwindow: {from: 2025-01-10, to: 2025-01-20}\n';
    expect(pair(window, list('PC1;SimpleHelp;SimpleHelp Ltd;5.5.7;15.01.2025')).state).toBe('present_in_window');
    expect(pair(window, list('PC1;SimpleHelp;SimpleHelp Ltd;5.5.7;01.02.2025')).state).toBe('present_outside_window');
    expect(pair(window, list('PC1;SimpleHelp;SimpleHelp Ltd;5.5.7;')).state).toBe('unknown');
  });

  test('a product is never a package of the same name, nor the other way round', () => {
    expect(
      pair('id: A\nproduct: axios\necosystem: software\n', { 'package-lock.json': lock({ axios: '1.0.0' }), ...list('PC1;x;y;1;') })
        .state,
    ).toBe('not_present');
    expect(
      pair('id: A\nproduct: axios\necosystem: npm\n', { 'package-lock.json': lock({ b: '1.0.0' }), ...list('PC1;axios;y;1;') })
        .state,
    ).toBe('not_present');
  });
});

describe('OAuth grants', () => {
  const DRIFT = 'id: D\nproduct: Drift\npublisher: Salesloft\necosystem: oauth\nwindow: {from: 2025-08-08, to: 2025-08-18}\n';
  const grants = (...rows: string[]) => ({ 'oauth-grants.csv': `User,App,App ID,Scopes,Granted\n${rows.join('\n')}\n` });

  test('a grant that stood in the window is in it, even if given before', () => {
    expect(pair(DRIFT, grants('a@x.org,Drift,00D1,full,2024-05-01')).state).toBe('present_in_window');
    expect(pair(DRIFT, grants('a@x.org,Drift,00D1,full,2025-09-01')).state).toBe('present_outside_window');
    expect(pair(DRIFT, grants('a@x.org,Driftwood,00D2,full,2024-05-01')).state).toBe('not_present');
  });

  test('an app id matches whatever the app is called', () => {
    expect(pair('id: D\napp_id: 00D1ABC\necosystem: oauth\n', grants('a@x.org,Chat helper,00d1abc,full,2024-05-01')).state).toBe(
      'present_in_window',
    );
  });
});

describe('bad input is named and disturbs nothing else', () => {
  test('a malformed file costs what it would have covered, and no more', () => {
    const report = run(
      `- {id: AX, product: axios, ecosystem: npm, versions: ["1.14.1"]}\n- {id: G, product: "a/b", ecosystem: Go}\n`,
      {
        'package-lock.json': '{"lockfileVersion": 3,',
        'web/package-lock.json': lock({ lodash: '4.17.21' }),
        'go.sum': 'c/d v1.0.0 h1:x=\n',
      },
    );
    const [client] = report.clients;
    expect(client?.pairs.map(({ state }) => state)).toEqual(['unknown', 'not_present']);
    expect(client?.problems).toHaveLength(1);
    expect(client?.problems[0]).toMatchObject({ file: 'package-lock.json' });
    expect(client?.pairs[0]?.reason).toContain('package-lock.json');
  });

  test('what was found stays found beside a malformed file', () => {
    expect(pair(AXIOS, { 'bom.json': 'nonsense', 'package-lock.json': lock({ axios: '1.14.1' }) }).state).toBe('present_in_window');
  });

  test.each([
    ['bom.json', '{"bomFormat":"CycloneDX","components":{}}'],
    ['bom.json', '{"hello":1}'],
    ['bom.xml', '<bom><components></bom>'],
    ['bom.xml', '<!DOCTYPE x [<!ENTITY a "b">]><bom><components/></bom>'],
    ['x.spdx.json', '[]'],
    [
      'package-lock.json',
      `${'{"lockfileVersion":1,"dependencies":{"a":'.repeat(1)}${'{"dependencies":{"a":'.repeat(150)}{}${'}}'.repeat(150)}}}`,
    ],
    ['pnpm-lock.yaml', `lockfileVersion: 6\npackages: ${'['.repeat(5000)}${']'.repeat(5000)}\n`],
    ['yarn.lock', 'hello\n'],
    ['Cargo.lock', '[[package]\n'],
    ['pom.xml', '<html/>'],
    ['software.csv', 'a,b,c\n1,2,3\n'],
    ['software.csv', ''],
    ['software.csv', 'Software,Version\n"never closed,1\n'],
    ['client.yaml', 'installs: 5\n'],
  ])('%s with %j is skipped with a reason', (path, text) => {
    const report = run('id: A\nproduct: nothing\necosystem: npm\n', { [path]: text });
    expect(report.clients[0]?.problems[0]?.message).toMatch(/^It (was skipped|cannot be used): .+\.$/);
    expect(report.clients[0]?.pairs[0]?.state).toBe('unknown');
  });

  test('a formula in the name of a row hides a product, so nothing counts as absent', () => {
    const report = run('id: K\nproduct: VSA\necosystem: software\n', {
      'rmm.csv': 'Device,Software,Version\nPC1,"=cmd|\'/c calc\'!A1",1\nPC2,Chrome,120\n',
    });
    expect(report.clients[0]?.pairs[0]).toMatchObject({ state: 'unknown' });
    expect(report.clients[0]?.problems[0]).toMatchObject({ file: 'rmm.csv', line: 2 });
  });

  test('two folders of one client are named in both, and neither shows an absence', () => {
    const inventories = ['acme', 'Acme', 'other'].map((name) =>
      readInventory(name, files({ 'package-lock.json': lock(name === 'Acme' ? { axios: '1.14.1' } : { a: '1.0.0' }) })),
    );
    markDuplicates(inventories);
    const report = exposure(readAdvisories('a.yaml', AXIOS), inventories);
    expect(report.clients.map(({ client, pairs, problems }) => [client, pairs[0]?.state, problems.length])).toEqual([
      ['acme', 'unknown', 1],
      ['Acme', 'present_in_window', 1],
      ['other', 'not_present', 0],
    ]);
    expect(report.clients[0]?.problems[0]?.message).toContain('Acme and acme are the same client');
  });
});

describe('a changed advisory', () => {
  test('lists who moved, the more serious first', () => {
    const clients = [
      { 'package-lock.json': lock({ axios: '1.14.1' }) },
      { 'package-lock.json': lock({ axios: '1.14.2' }) },
      { 'package-lock.json': lock({ a: '1.0.0' }) },
    ];
    const before = run('id: AX\nproduct: axios\necosystem: npm\nversions: ["1.14.1"]\n', ...clients);
    const after = run('id: AX\nproduct: axios\necosystem: npm\nversions: ["1.14.2"]\n', ...clients);
    expect(movedBetween(before, after).map(({ client, from, to, worse }) => [client, from, to, worse])).toEqual([
      ['client-2', 'present_outside_window', 'present_in_window', true],
      ['client-1', 'present_in_window', 'present_outside_window', false],
    ]);
    expect(movedBetween(after, after)).toEqual([]);
  });
});
