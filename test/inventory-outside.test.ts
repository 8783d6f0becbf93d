import { expect, test } from 'vitest';
import { readAdvisories } from '../src/inventory/advisories.ts';
import { exposure } from '../src/inventory/exposure.ts';
import { readInventory } from '../src/inventory/inventory.ts';

// Shapes of documents that vendors and package managers really write; each stands for a fault found with real ones.
const stateOf = (advisory: object, path: string, text: string): string | undefined =>
  exposure(readAdvisories('a.json', JSON.stringify(advisory)), [readInventory('acme', [{ path, text }])]).clients[0]?.pairs[0]
    ?.state;
const installed = (advisory: object, row: string) =>
  stateOf(advisory, 'software.csv', `Device,Software,Publisher,Version\nPC1,${row}\n`);
const listed = (advisory: object, purl: string) =>
  stateOf(advisory, 'bom.json', JSON.stringify({ bomFormat: 'CycloneDX', components: [{ type: 'library', name: 'x', purl }] }));

type Entry = { category: string; name: string; product?: object; branches?: Entry[] };
const branch = (category: string, name: string, branches: Entry[]): Entry => ({ category, name, branches });
const leaf = (category: string, name: string, helper?: object): Entry => ({
  category,
  name,
  product: { product_id: name, name, ...(helper === undefined ? {} : { product_identification_helper: helper }) },
});
const csaf = (branches: Entry[], status: object, relationships: object[] = []) => ({
  document: { csaf_version: '2.0', tracking: { id: 'CSAF-1' } },
  product_tree: { branches, relationships },
  vulnerabilities: [{ product_status: status }],
});
const ranges = (vendor: string, ...products: [name: string, ...ranges: string[]][]) =>
  csaf(
    [
      branch(
        'vendor',
        vendor,
        products.map(([name, ...all]) =>
          branch(
            'product_name',
            name,
            all.map((one) => leaf('product_version_range', one)),
          ),
        ),
      ),
    ],
    { known_affected: products.flatMap(([, ...all]) => all) },
  );
const on = (product: string, platform: string) => ({
  full_product_name: { product_id: `${platform}:${product}`, name: `${product} on ${platform}` },
  product_reference: product,
  relates_to_product_reference: platform,
});

test('a vendor that keeps a product per series says nothing about its other series', () => {
  const siemens = ranges(
    'Siemens',
    ['Teamcenter Visualization V14.3', 'vers:all/<V14.3.0.13'],
    ['Teamcenter Visualization V2312', 'vers:all/<V2312.0009'],
    ['Teamcenter Visualization V2412', 'vers:all/<V2412.0002'],
  );
  const rows = ['14.3.0.12', '14.3.0.13', '14.2.0.15', '2312.0008', '2312.0009', '2410.0001'];
  expect(rows.map((version) => installed(siemens, `Teamcenter Visualization,Siemens AG,${version}`))).toEqual([
    'present_in_window',
    'present_outside_window',
    'present_outside_window',
    'present_in_window',
    'present_outside_window',
    'present_outside_window',
  ]);
  expect(installed(siemens, 'Teamcenter Visualization 2312,Siemens,2312.0008')).toBe('present_in_window');
});

test('ranges that have only an upper end are branches where each names its fix', () => {
  const fixes = ['10.2.35', '11.0.21'];
  const airship = csaf(
    [
      branch('vendor', 'Airship AI', [
        branch('product_name', 'Acropolis', [
          ...fixes.map((fix) => leaf('product_version_range', `<${fix}`)),
          ...fixes.map((fix) => leaf('product_version', fix)),
        ]),
      ]),
    ],
    { known_affected: fixes.map((fix) => `<${fix}`), fixed: fixes },
  );
  const rows = ['10.2.34', '10.2.35', '10.2.40', '10.3.0', '11.0.20', '11.0.22'];
  expect(rows.map((version) => installed(airship, `Acropolis,Airship AI,${version}`))).toEqual([
    'present_in_window',
    'present_outside_window',
    'present_outside_window',
    'present_in_window',
    'present_in_window',
    'present_outside_window',
  ]);
});

test('a version with letters in front is ordered, and one that cannot be read affects nobody by name', () => {
  const schneider = ranges('Schneider Electric', ['BMXNOR0200H', '<SV1.70IR26']);
  expect(
    ['SV1.70IR25', 'SV1.70IR26', '1.70IR25'].map((version) => installed(schneider, `BMXNOR0200H,Schneider Electric,${version}`)),
  ).toEqual(['present_in_window', 'present_outside_window', 'present_in_window']);
  const unreadable = ranges('Schneider Electric', ['BMXNOR0200H', 'before the June update']);
  expect(installed(unreadable, 'BMXNOR0200H,Schneider Electric,SV1.70IR26')).toBe('unknown');
});

test('a remark in brackets and an edition are no other product, and a list without a system clears no system', () => {
  const microsoft = ranges(
    'Microsoft',
    ['Microsoft Edge (Chromium-based)', '<131.0.2903.99'],
    ['Windows Server 2019', '<10.0.17763.6659'],
  );
  expect(installed(microsoft, 'Microsoft Edge,Microsoft Corporation,131.0.2903.86')).toBe('present_in_window');
  expect(installed(microsoft, 'Microsoft Windows Server 2019 Standard,Microsoft,10.0.17763.6054')).toBe('present_in_window');
  expect(installed(microsoft, '7-Zip,Igor Pavlov,22.01')).toBe('unknown');
});

test('a document that names fixed versions alone leaves every older one undecided', () => {
  const fixed = csaf([branch('vendor', 'Acme', [branch('product_name', 'Agent', [leaf('product_version', '8.0.1')])])], {
    fixed: ['8.0.1'],
  });
  expect(['7.9', '8.0.1', '8.1'].map((version) => installed(fixed, `Agent,Acme,${version}`))).toEqual([
    'unknown',
    'present_outside_window',
    'present_outside_window',
  ]);
});

test('a build of a distribution older than the fixed one is affected, in its own release', () => {
  const file = 'telnet-server-1:0.17-65.el7_6.x86_64';
  const redhat = csaf(
    [
      branch('vendor', 'Red Hat', [
        branch('product_family', 'Red Hat Enterprise Linux', [
          leaf('product_name', 'AUS-7.6', { cpe: 'cpe:/o:redhat:rhel_aus:7.6::server' }),
          leaf('product_name', 'RHEL-6', { cpe: 'cpe:/o:redhat:enterprise_linux:6' }),
        ]),
        branch('architecture', 'x86_64', [leaf('product_version', file)]),
        leaf('product_version', 'telnet-server', { purl: 'pkg:rpm/redhat/telnet-server?arch=src' }),
      ]),
    ],
    { fixed: [`AUS-7.6:${file}`], known_affected: ['RHEL-6:telnet-server'] },
    [on(file, 'AUS-7.6'), on('telnet-server', 'RHEL-6')],
  );
  const build = (version: string, distro: string) =>
    listed(redhat, `pkg:rpm/redhat/telnet-server@${version}?arch=x86_64&epoch=1${distro}`);
  expect(build('0.17-64.el7', '&distro=rhel-7.6')).toBe('present_in_window');
  expect(build('0.17-66.el7', '&distro=rhel-7.6')).toBe('present_outside_window');
  expect(build('0.17-60.el6', '')).toBe('present_in_window');
});

test('SUSE calls the fixed build recommended', () => {
  const file = 'xz-5.2.3-150000.4.7.1.x86_64';
  const suse = csaf(
    [
      branch('vendor', 'SUSE', [
        branch('product_family', 'SLE', [leaf('product_name', 'SLES 15 SP4', { cpe: 'cpe:/o:suse:sles:15:sp4' })]),
        branch('architecture', 'x86_64', [leaf('product_version', file)]),
      ]),
    ],
    { recommended: [`SLES 15 SP4:${file}`] },
    [on(file, 'SLES 15 SP4')],
  );
  expect(listed(suse, 'pkg:rpm/suse/xz@5.2.3-4.3.1?distro=sles-15.4')).toBe('present_in_window');
  expect(listed(suse, 'pkg:rpm/suse/xz@5.2.3-150000.4.7.1?distro=sles-15.4')).toBe('present_outside_window');
});

test('a release may be named by its codename; where none is named, and the releases differ, nothing is decided', () => {
  const range = (release: string, fixed: string) => ({
    package: { ecosystem: `Ubuntu:${release}:LTS`, name: 'coreutils' },
    ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
  });
  const usn = {
    id: 'USN-1',
    modified: '2026-01-01T00:00:00Z',
    affected: [range('22.04', '8.32-4.1ubuntu1.4'), range('24.04', '9.4-3ubuntu6.3')],
  };
  const purl = 'pkg:deb/ubuntu/coreutils@8.32-4.1ubuntu1.4?arch=amd64';
  expect(listed(usn, `${purl}&distro=jammy`)).toBe('present_outside_window');
  expect(listed(usn, purl)).toBe('unknown');
});

const of = (ecosystem: string, name: string, ...versions: string[]) => ({
  id: 'X-1',
  modified: '2026-01-01T00:00:00Z',
  affected: [{ package: { ecosystem, name }, versions }],
});

test('names with dots are no hosts, and an archive of the registry is the registry’s version', () => {
  const pnpm = 'lockfileVersion: 5.4\npackages:\n  /ipaddr.js/1.9.1:\n    resolution: {integrity: sha512-x}\n';
  expect(stateOf(of('npm', 'ipaddr.js', '1.9.1'), 'pnpm-lock.yaml', pnpm)).toBe('present_in_window');
  const npm = {
    lockfileVersion: 1,
    dependencies: { 'is-number': { version: 'https://registry.npmjs.org/is-number/-/is-number-7.0.0.tgz' } },
  };
  expect(stateOf(of('npm', 'is-number', '7.0.0'), 'package-lock.json', JSON.stringify(npm))).toBe('present_in_window');
  const wheel = 'requests @ https://files.pythonhosted.org/packages/aa/requests-2.30.0-py3-none-any.whl\n';
  expect(stateOf(of('PyPI', 'requests', '2.30.0'), 'requirements.txt', wheel)).toBe('present_in_window');
});

test('SPDX as tag-value text is read like its JSON form', () => {
  const text = `SPDXVersion: SPDX-2.3
SPDXID: SPDXRef-DOCUMENT
Created: 2025-01-01T00:00:00Z
PackageName: requests
SPDXID: SPDXRef-1
PackageVersion: 2.30.0
PackageComment: <text>PackageName: never
PackageVersion: 9</text>
ExternalRef: PACKAGE-MANAGER purl pkg:pypi/requests@2.30.0
`;
  expect(stateOf(of('PyPI', 'requests', '2.30.0'), 'app.spdx', text)).toBe('present_in_window');
  expect(stateOf(of('PyPI', 'never', '9'), 'app.spdx', text)).toBe('not_present');
});
