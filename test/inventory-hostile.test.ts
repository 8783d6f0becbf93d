import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAdvisories } from '../src/inventory/advisories.ts';
import { exposure } from '../src/inventory/exposure.ts';
import { readInventory } from '../src/inventory/inventory.ts';
import { readRegister } from '../src/inventory/register.ts';
import { previewImport } from '../src/inventory/register-import.ts';

const NAMES = [
  'package-lock.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  'bun.lock',
  'requirements.txt',
  'poetry.lock',
  'Pipfile.lock',
  'go.mod',
  'go.sum',
  'Cargo.lock',
  'pom.xml',
  'gradle.lockfile',
  'composer.lock',
  'Gemfile.lock',
  'packages.lock.json',
  'bom.json',
  'bom.xml',
  'x.spdx.json',
  '.github/workflows/ci.yml',
  'software.csv',
  'client.yaml',
];

/** Keys the readers look for, so that generated documents reach deep into them. */
const KEYS = [
  'lockfileVersion',
  'packages',
  'dependencies',
  'node_modules/a',
  'name',
  'version',
  'components',
  'purl',
  'bomFormat',
  'spdxVersion',
  'externalRefs',
  'default',
  '_meta',
  'covers',
  'installs',
  '__proto__',
  'constructor',
];
const document = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(null, true, 1, '', '1.0.0', 'pkg:npm/a@1', 'pkg:', 'CycloneDX', '=1+1'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...KEYS), tie('value'), { maxKeys: 4 }),
  ),
})).value;

const anything = fc.oneof(
  document.map((value) => JSON.stringify(value)),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.constantFrom(
    '[[package]]\nname = 1\n',
    'a,b\n"',
    'module x\nreplace =>\n',
    'require (\n',
    '<a><b/></a>',
    '<project><dependencies><dependency/></dependencies></project>',
    '"@a@npm:b":\n  resolution: "x"\n',
    '/a:\n',
  ),
);

const ADVISORIES = readAdvisories(
  'a.yaml',
  '- {id: A, product: a, ecosystem: npm, versions: ["< 2"]}\n- {id: B, product: b, ecosystem: software}\n',
);

describe('whatever a file holds', () => {
  test.each(NAMES)('%s: it is read or named, and the neighbour is untouched', (path) => {
    fc.assert(
      fc.property(anything, (text) => {
        const inventory = readInventory('acme', [{ path, text }]);
        const neighbour = readInventory('other', [
          { path: 'other/package-lock.json', text: '{"lockfileVersion":3,"packages":{"node_modules/a":{"version":"1.0.0"}}}' },
        ]);
        const report = exposure(ADVISORIES, [inventory, neighbour]);
        expect(report.clients[1]?.pairs.map(({ state }) => state)).toEqual(['present_in_window', 'unknown']);
        for (const { message } of inventory.problems) expect(message).toMatch(/\.$/);
      }),
      { numRuns: 150 },
    );
  });

  test('a file that cannot be read never turns a client green', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), anything, (path, text) => {
        const inventory = readInventory('acme', [{ path, text }]);
        const failed = inventory.problems.some(({ message }) => message.startsWith('It was skipped'));
        const states = exposure(ADVISORIES, [inventory]).clients[0]?.pairs.map(({ state }) => state);
        if (failed && inventory.components.length === 0) expect(states).toEqual(['unknown', 'unknown']);
      }),
      { numRuns: 300 },
    );
  });

  test('an advisory is read, or refused with its path', () => {
    fc.assert(
      fc.property(anything, (text) => {
        try {
          exposure(readAdvisories('some.json', text), []);
        } catch (error) {
          expect(String(error)).toContain('some.json');
        }
      }),
      { numRuns: 300 },
    );
  });

  test('a register and an import table are read, or named', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const register = readRegister(text);
        const preview = previewImport(text, register.clients);
        expect(register.clients.length + register.problems.length).toBeGreaterThan(0);
        expect(preview.clients.length + preview.problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});
