import { describe, expect, test } from 'vitest';
import { readAdvisories } from '../src/inventory/advisories.ts';
import { exposure } from '../src/inventory/exposure.ts';
import { type Inventory, readInventory } from '../src/inventory/inventory.ts';

/** A client whose bill of materials lists these package URLs, and nothing else. */
function client(...purls: string[]): Inventory {
  const bom = { bomFormat: 'CycloneDX', specVersion: '1.5', components: purls.map((purl) => ({ name: purl, purl })) };
  return readInventory('acme', [{ path: 'bom.json', text: JSON.stringify(bom) }]);
}

function softwareClient(...rows: string[]): Inventory {
  return readInventory('acme', [
    {
      path: 'software.csv',
      text: `Device,Software,Publisher,Version,Install Date\n${rows.map((row) => `PC1,${row}`).join('\n')}\n`,
    },
  ]);
}

function state(advisory: unknown, inventory: Inventory): string | undefined {
  return exposure(readAdvisories('a.json', JSON.stringify(advisory)), [inventory]).clients[0]?.pairs[0]?.state;
}

const osv = (ecosystem: string, name: string, events: object[], more: object = {}) => ({
  id: 'GHSA-test',
  modified: '2026-01-01T00:00:00Z',
  affected: [{ package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events }], ...more }],
});

describe('OSV', () => {
  test('`introduced` includes, `fixed` excludes, `last_affected` includes', () => {
    const fixed = osv('npm', 'a', [{ introduced: '1.0.0' }, { fixed: '2.0.0' }]);
    expect(
      ['0.9.9', '1.0.0', '1.9.9', '2.0.0-rc.1', '2.0.0'].map((version) => state(fixed, client(`pkg:npm/a@${version}`))),
    ).toEqual(['present_outside_window', 'present_in_window', 'present_in_window', 'present_in_window', 'present_outside_window']);
    const last = osv('npm', 'a', [{ introduced: '0' }, { last_affected: '2.0.0' }]);
    expect(['0.0.1', '2.0.0', '2.0.1'].map((version) => state(last, client(`pkg:npm/a@${version}`)))).toEqual([
      'present_in_window',
      'present_in_window',
      'present_outside_window',
    ]);
  });

  test('events need not be sorted, and ranges can be disjoint', () => {
    const unsorted = osv('npm', 'a', [{ fixed: '3.2.0' }, { introduced: '3.0.0' }, { fixed: '1.5.0' }, { introduced: '1.0.0' }]);
    expect(['1.4.9', '1.5.0', '2.0.0', '3.1.0', '3.2.0'].map((version) => state(unsorted, client(`pkg:npm/a@${version}`)))).toEqual(
      ['present_in_window', 'present_outside_window', 'present_outside_window', 'present_in_window', 'present_outside_window'],
    );
  });

  test('a range that is fixed where it was introduced holds nothing', () => {
    expect(state(osv('npm', 'a', [{ introduced: '1.0.0' }, { fixed: '1.0.0' }]), client('pkg:npm/a@2.0.0'))).toBe(
      'present_outside_window',
    );
  });

  test('`introduced: 0` alone is every version', () => {
    expect(state(osv('npm', 'a', [{ introduced: '0' }]), client('pkg:npm/a@99.0.0-x'))).toBe('present_in_window');
  });

  test('`versions` beside ranges adds to them', () => {
    const both = osv('npm', 'a', [{ introduced: '1.0.0' }, { fixed: '2.0.0' }], { versions: ['5.0.1'] });
    expect(['1.5.0', '5.0.1', '5.0.0'].map((version) => state(both, client(`pkg:npm/a@${version}`)))).toEqual([
      'present_in_window',
      'present_in_window',
      'present_outside_window',
    ]);
  });

  test('GIT ranges alone decide nothing about a package version', () => {
    const git = {
      id: 'OSV-1',
      modified: 'x',
      affected: [
        {
          package: { ecosystem: 'npm', name: 'a' },
          ranges: [{ type: 'GIT', repo: 'https://example.org/a', events: [{ introduced: '0' }, { fixed: 'abc' }] }],
        },
      ],
    };
    expect(state(git, client('pkg:npm/a@1.0.0'))).toBe('unknown');
    expect(state(git, client('pkg:npm/b@1.0.0'))).toBe('not_present');
    const bare = {
      id: 'OSV-2',
      modified: 'x',
      affected: [{ ranges: [{ type: 'GIT', repo: 'https://example.org/a', events: [{ introduced: '0' }] }] }],
    };
    expect(state(bare, client('pkg:npm/a@1.0.0'))).toBe('unknown');
  });

  test('a withdrawn record exposes nobody', () => {
    expect(state({ ...osv('npm', 'a', [{ introduced: '0' }]), withdrawn: '2026-02-01T00:00:00Z' }, client('pkg:npm/a@1.0.0'))).toBe(
      'not_present',
    );
  });

  test('GHSA sometimes bounds a range only in last_known_affected_version_range', () => {
    const ghsa = osv('npm', 'a', [{ introduced: '0' }], { database_specific: { last_known_affected_version_range: '<= 2.3.1' } });
    expect(['2.3.1', '2.3.2'].map((version) => state(ghsa, client(`pkg:npm/a@${version}`)))).toEqual([
      'present_in_window',
      'present_outside_window',
    ]);
  });

  test('a record of a malicious package names versions, or all of them', () => {
    const listed = {
      id: 'MAL-2026-1',
      modified: 'x',
      affected: [{ package: { ecosystem: 'npm', name: 'flat' }, versions: ['6.1.24'] }],
    };
    expect(['6.1.24', '6.1.23'].map((version) => state(listed, client(`pkg:npm/flat@${version}`)))).toEqual([
      'present_in_window',
      'present_outside_window',
    ]);
    const all = {
      id: 'MAL-2026-2',
      modified: 'x',
      affected: [
        { package: { ecosystem: 'PyPI', name: 'evil_pkg' }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }] }] },
      ],
    };
    const pinned = readInventory('acme', [{ path: 'requirements.txt', text: 'Evil.Pkg>=1\n' }]);
    expect(state(all, pinned)).toBe('present_in_window');
  });

  test('an ecosystem whose order is not known here is decided by listed versions, otherwise unknown', () => {
    const ranged = osv('Homebrew', 'xz', [{ introduced: '0' }, { fixed: '5.6.2' }]);
    const inventory = client('pkg:npm/a@1.0.0');
    inventory.components.push({ ecosystem: 'Homebrew', name: 'xz', version: '5.6.1', where: 'x#y' });
    expect(state(ranged, inventory)).toBe('unknown');
    expect(state({ ...ranged, affected: [{ ...ranged.affected[0], versions: ['5.6.1'] }] }, inventory)).toBe('present_in_window');
  });

  test('a distribution package belongs to its release, and a binary package to its source', () => {
    const debian = osv('Debian:13', 'xz-utils', [{ introduced: '5.6.0-0.1' }, { fixed: '5.6.1+really5.4.5-1' }]);
    const purl = (version: string, distro: string) =>
      client(`pkg:deb/debian/liblzma5@${version}?arch=amd64&distro=${distro}&upstream=xz-utils`);
    expect(state(debian, purl('5.6.1-1', 'debian-13'))).toBe('present_in_window');
    expect(state(debian, purl('5.6.1%2Breally5.4.5-1', 'debian-13'))).toBe('present_outside_window');
    expect(state(debian, purl('5.6.1-1', 'debian-12'))).toBe('not_present');
    const alpine = osv('Alpine:v3.18', 'openssl', [{ introduced: '0' }, { fixed: '3.1.4-r1' }]);
    expect(state(alpine, client('pkg:apk/alpine/libcrypto3@3.1.4-r0?upstream=openssl&distro=alpine-3.18.4'))).toBe(
      'present_in_window',
    );
    const redhat = osv('Rocky Linux:9', 'sudo', [{ introduced: '0' }, { fixed: '0:1.9.5p2-10.el9_3' }]);
    expect(state(redhat, client('pkg:rpm/rocky/sudo@1.9.5p2-9.el9?arch=x86_64&distro=rocky-9.3'))).toBe('present_in_window');
  });

  test.each([
    ['PyPI', 'PyYAML', [{ introduced: '0' }, { fixed: '5.4' }], 'pkg:pypi/pyyaml@5.4b1', 'present_in_window'],
    ['PyPI', 'a', [{ introduced: '0' }, { fixed: '2.3.8' }], 'pkg:pypi/a@2.3.8.dev0', 'present_in_window'],
    ['PyPI', 'a', [{ introduced: '0' }, { last_affected: '3.8.4' }], 'pkg:pypi/a@3.8.4.post1', 'present_outside_window'],
    ['PyPI', 'a', [{ introduced: '0' }, { fixed: '1!1.0' }], 'pkg:pypi/a@2026.1', 'present_in_window'],
    ['PyPI', 'torch', [{ introduced: '0' }, { last_affected: '2.0.0' }], 'pkg:pypi/torch@2.0.0%2Bcu118', 'present_in_window'],
    [
      'Go',
      'github.com/Azure/x',
      [{ introduced: '0' }, { fixed: '0.0.0-20220314234659-1baeb1ce4c0b' }],
      'pkg:golang/github.com/azure/x@v0.0.0-20220101000000-aaaaaaaaaaaa',
      'present_in_window',
    ],
    [
      'Go',
      'github.com/a/b',
      [{ introduced: '2.0.0' }, { fixed: '2.1.0' }],
      'pkg:golang/github.com/a/b@v2.0.5+incompatible',
      'present_in_window',
    ],
    [
      'Maven',
      'org.apache.logging.log4j:log4j-core',
      [{ introduced: '2.0-beta9' }, { fixed: '2.15.0' }],
      'pkg:maven/org.apache.logging.log4j/log4j-core@2.15.0-rc1',
      'present_in_window',
    ],
    [
      'Maven',
      'org.hibernate:core',
      [{ introduced: '0' }, { fixed: '5.4.24.Final' }],
      'pkg:maven/org.hibernate/core@5.4.24',
      'present_outside_window',
    ],
    [
      'Maven',
      'org.springframework:spring-core',
      [{ introduced: '0' }, { last_affected: '5.3.17' }],
      'pkg:maven/org.springframework/spring-core@5.3.17.RELEASE',
      'present_in_window',
    ],
    ['RubyGems', 'rails', [{ introduced: '0' }, { fixed: '6.1.0' }], 'pkg:gem/rails@6.1.0.rc1', 'present_in_window'],
    [
      'NuGet',
      'newtonsoft.json',
      [{ introduced: '0' }, { fixed: '13.0.1' }],
      'pkg:nuget/Newtonsoft.Json@13.0.1-beta2',
      'present_in_window',
    ],
    [
      'Packagist',
      'Symfony/Http-Kernel',
      [{ introduced: '0' }, { fixed: '6.0.1' }],
      'pkg:composer/symfony/http-kernel@v6.0.1',
      'present_outside_window',
    ],
    ['crates.io', 'hyper', [{ introduced: '0' }, { fixed: '0.14.10' }], 'pkg:cargo/hyper@0.14', 'unknown'],
    ['crates.io', 'hyper', [{ introduced: '0' }, { fixed: '0.15.0' }], 'pkg:cargo/hyper@0.14', 'present_in_window'],
    [
      'GitHub Actions',
      'tj-actions/changed-files',
      [{ introduced: '0' }, { fixed: '46.0.1' }],
      'pkg:github/tj-actions/changed-files@v45',
      'present_in_window',
    ],
    [
      'GitHub Actions',
      'tj-actions/changed-files',
      [{ introduced: '0' }, { fixed: '46.0.1' }],
      'pkg:githubactions/tj-actions/changed-files@v46.0.1',
      'present_outside_window',
    ],
    [
      'GitHub Actions',
      'tj-actions/changed-files',
      [{ introduced: '0' }, { fixed: '46.0.1' }],
      'pkg:githubactions/tj-actions/changed-files@v46',
      'unknown',
    ],
    ['GitHub Actions', 'a/b', [{ introduced: '0' }, { last_affected: '45.0.7' }], 'pkg:githubactions/a/b@v45', 'present_in_window'],
    ['GitHub Actions', 'a/b', [{ introduced: '0' }, { fixed: '45.0.8' }], 'pkg:githubactions/a/b@v45', 'unknown'],
    [
      'GitHub Actions',
      'tj-actions/changed-files',
      [{ introduced: '0' }, { fixed: '46.0.1' }],
      `pkg:github/tj-actions/changed-files@${'0e'.repeat(20)}`,
      'unknown',
    ],
  ])('%s %s %j against %s: %s', (ecosystem, name, events, purl, expected) => {
    expect(state(osv(ecosystem, name, events), client(purl))).toBe(expected);
  });
});

describe('names', () => {
  test.each([
    ['the same name in another ecosystem', 'npm', 'requests', 'pkg:pypi/requests@1.0.0'],
    ['a scoped lookalike', 'npm', 'node', 'pkg:npm/%40types/node@1.0.0'],
    ['an unscoped lookalike', 'npm', '@types/node', 'pkg:npm/node@1.0.0'],
    ['another group', 'Maven', 'org.a:x', 'pkg:maven/org.b/x@1.0'],
  ])('%s never matches', (_, ecosystem, name, purl) => {
    expect(
      state(
        osv(ecosystem, name, [{ introduced: '0' }]),
        client(purl, `pkg:${ecosystem === 'Maven' ? 'maven/z' : 'npm'}/other@1.0.0`),
      ),
    ).toBe('not_present');
  });

  test('components are reported under their registry name', () => {
    const lock = JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/http': { name: 'axios', version: '1.14.1' } } });
    const report = exposure(
      readAdvisories('a.json', JSON.stringify(osv('npm', 'axios', [{ introduced: '1.14.1' }, { last_affected: '1.14.1' }]))),
      [readInventory('acme', [{ path: 'package-lock.json', text: lock }])],
    );
    expect(report.clients[0]?.pairs[0]?.matches).toEqual([
      {
        component: 'axios',
        version: '1.14.1',
        where: 'package-lock.json#node_modules/http',
        why: '1.14.1 lies in the affected 1.14.1',
      },
    ]);
  });
});

describe('a GitHub advisory as the REST interface gives it', () => {
  test('ranges are text, and a comma means both', () => {
    const rest = {
      ghsa_id: 'GHSA-rest',
      vulnerabilities: [{ package: { ecosystem: 'pip', name: 'Foo_Bar' }, vulnerable_version_range: '>= 1.0, < 1.2.3' }],
      withdrawn_at: null,
    };
    expect(['1.1', '1.2.3', '0.9'].map((version) => state(rest, client(`pkg:pypi/foo-bar@${version}`)))).toEqual([
      'present_in_window',
      'present_outside_window',
      'present_outside_window',
    ]);
  });
});

const branch = (category: string, name: string, rest: object) => ({ category, name, ...rest });
const version = (category: string, name: string, id: string, helper?: object) =>
  branch(category, name, {
    product: { product_id: id, name: `Full ${id}`, ...(helper ? { product_identification_helper: helper } : {}) },
  });
const csaf = (branches: object[], ...statuses: object[]) => ({
  document: {
    csaf_version: '2.0',
    category: 'csaf_security_advisory',
    tracking: { id: 'CSAF-1', current_release_date: '2026-01-01T00:00:00Z' },
  },
  product_tree: { branches },
  vulnerabilities: statuses.map((product_status) => ({ product_status })),
});
const kaseya = (...versions: object[]) => [
  branch('vendor', 'Kaseya', {
    branches: [branch('product_family', 'Remote', { branches: [branch('product_name', 'VSA', { branches: versions })] })],
  }),
];

describe('CSAF 2.0', () => {
  test.each([
    ['< 9.5.7', '9.5.6.3011', 'present_in_window'],
    ['< 9.5.7', '9.5.7a', 'present_outside_window'],
    ['vers:intdot/>=9.5.0|<9.5.7', '9.4.9', 'present_outside_window'],
    ['12.0|13.0', '13.0', 'present_in_window'],
    ['12.0|13.0', '12.1', 'present_outside_window'],
    ['vers:all/*', '1.0', 'present_in_window'],
    ['All versions < V9.5.7', '9.5.6', 'present_in_window'],
    ['9.5.6 and prior', '9.5.6', 'present_in_window'],
    ['certain builds', '9.5.6', 'unknown'],
  ])('a version branch "%s" and an installed %s: %s', (text, installed, expected) => {
    const advisory = csaf(kaseya(version('product_version_range', text, 'P1')), { known_affected: ['P1'] });
    expect(state(advisory, softwareClient(`Kaseya VSA,Kaseya Ltd.,${installed},`))).toBe(expected);
  });

  test('fixed and known_not_affected count, the more exact word first', () => {
    const tree = kaseya(
      version('product_version_range', 'vers:all/*', 'ALL'),
      version('product_version', '9.5.7a', 'FIX'),
      version('product_version', '9.5.2', 'NOT'),
      version('product_version', '9.5.6', 'BAD'),
    );
    const advisory = csaf(tree, { known_affected: ['ALL', 'BAD'], fixed: ['FIX'], known_not_affected: ['NOT'] });
    const states = ['9.5.7a', '9.5.2', '9.5.6', '9.0'].map((installed) =>
      state(advisory, softwareClient(`VSA,Kaseya,${installed},`)),
    );
    expect(states).toEqual(['present_outside_window', 'present_outside_window', 'present_in_window', 'present_in_window']);
  });

  test('one vulnerability of several is enough; under investigation is unknown', () => {
    const tree = kaseya(version('product_version', '9.5.6', 'A'), version('product_version', '9.5.5', 'B'));
    expect(state(csaf(tree, { fixed: ['A'] }, { known_affected: ['A'] }), softwareClient('VSA,Kaseya,9.5.6,'))).toBe(
      'present_in_window',
    );
    expect(state(csaf(tree, { under_investigation: ['B'], known_affected: ['A'] }), softwareClient('VSA,Kaseya,9.5.5,'))).toBe(
      'unknown',
    );
    expect(state(csaf(tree, { known_not_affected: ['A'] }), softwareClient('VSA,Kaseya,9.5.6,'))).toBe('present_outside_window');
  });

  test('a product id that the tree does not explain clears nobody', () => {
    expect(
      state(
        csaf(kaseya(version('product_version', '9.5.6', 'A')), { known_affected: ['GONE'] }),
        softwareClient('Chrome,Google,1,'),
      ),
    ).toBe('unknown');
    expect(state(csaf(kaseya(version('product_version', '9.5.6', 'A')), {}), softwareClient('Chrome,Google,1,'))).toBe('unknown');
  });

  test('helpers: a package URL makes it a package, a CPE another name', () => {
    const tree = [
      branch('vendor', 'Axios', {
        branches: [
          branch('product_name', 'axios', {
            branches: [version('product_version', '1.14.1', 'P', { purl: 'pkg:npm/axios@1.14.1' })],
          }),
        ],
      }),
    ];
    expect(state(csaf(tree, { known_affected: ['P'] }), client('pkg:npm/axios@1.14.1'))).toBe('present_in_window');
    const cpe = [
      branch('vendor', 'Kaseya', {
        branches: [
          branch('product_name', 'Virtual System Administrator', {
            branches: [version('product_version', '9.5.6', 'P', { cpe: 'cpe:2.3:a:kaseya:vsa:9.5.6:*:*:*:*:*:*:*' })],
          }),
        ],
      }),
    ];
    expect(state(csaf(cpe, { known_affected: ['P'] }), softwareClient('VSA,Kaseya,9.5.6,'))).toBe('present_in_window');
  });

  test('relationships stand for their component; lone product names carry their version', () => {
    const document = {
      ...csaf(kaseya(version('product_version', '9.5.6', 'COMPONENT')), { known_affected: ['ON-WINDOWS', 'LONE'] }),
      product_tree: {
        branches: kaseya(version('product_version', '9.5.6', 'COMPONENT')),
        full_product_names: [{ product_id: 'LONE', name: 'Example Tool 4.2.1' }],
        relationships: [
          {
            category: 'installed_on',
            product_reference: 'COMPONENT',
            relates_to_product_reference: 'WINDOWS',
            full_product_name: { product_id: 'ON-WINDOWS', name: 'VSA on Windows' },
          },
        ],
      },
    };
    expect(state(document, softwareClient('VSA,Kaseya,9.5.6,'))).toBe('present_in_window');
    expect(state(document, softwareClient('Example Tool,,4.2.1,'))).toBe('present_in_window');
    expect(state(document, softwareClient('Example Tool,,4.2.2,'))).toBe('present_outside_window');
  });
});

describe('advisory files', () => {
  test('YAML keeps version 1.10 as it stands', () => {
    const [advisory] = readAdvisories('a.yaml', 'id: X\nproduct: tool\necosystem: npm\nversions: [1.10]\n');
    expect(advisory?.affected[0]?.versions.exact).toEqual(['1.10']);
  });

  test('a list, several YAML documents and a package URL are read', () => {
    expect(readAdvisories('a.yaml', '- {id: A, product: x}\n- {id: B, product: y}\n').map(({ id }) => id)).toEqual(['A', 'B']);
    expect(readAdvisories('a.yaml', 'id: A\nproduct: x\n---\nid: B\nproduct: y\n').map(({ id }) => id)).toEqual(['A', 'B']);
    expect(readAdvisories('a.yaml', 'id: A\nproduct: "pkg:npm/%40a/b@1.0.0"\n')[0]?.affected[0]).toMatchObject({
      ecosystem: 'npm',
      name: '@a/b',
      versions: { exact: ['1.0.0'] },
    });
  });

  test.each([
    ['{', 'a.json'],
    ['id: [1\n', 'a.json'],
    ['{"hello": "world"}', 'it is neither OSV'],
    ['[]', 'holds no advisory'],
    ['id: A\nproduct: x\nwindow: {from: soon}\n', '"window.from"'],
  ])('%j is refused with a sentence', (text, words) => {
    expect(() => readAdvisories('a.json', text)).toThrow(words);
  });

  test('a YAML alias bomb is refused', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((key, at) => `${key}: &${key} [${Array(9).fill(`*${'abcdefgh'[at]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(() => readAdvisories('a.yaml', bomb)).toThrow();
  });
});
