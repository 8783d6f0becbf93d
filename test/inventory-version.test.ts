import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asBoundSees, orderFor } from '../src/inventory/version.ts';
import { holds, overlap } from '../src/inventory/version-range.ts';
import { versionSet } from '../src/inventory/version-text.ts';

/** Each line ascends; versions in one bracket are equal. */
const ASCENDING: Record<string, string[][]> = {
  npm: [
    ['0.9.0'],
    ['1.0.0-alpha'],
    ['1.0.0-alpha.1'],
    ['1.0.0-beta.2'],
    ['1.0.0-beta.11'],
    ['1.0.0-rc.1'],
    ['1.0.0', '1.0.0+build.7'],
    ['1.0.1'],
    ['1.10.0'],
  ],
  Go: [
    ['v0.0.0-20190101000000-aaaaaaaaaaaa'],
    ['0.0.0-20220314234659-1baeb1ce4c0b'],
    ['v0.0.1'],
    ['v1.2.3'],
    ['v1.2.4-0.20200101000000-abcdefabcdef'],
    ['v1.2.4', '1.2.4'],
    ['v2.0.0+incompatible', '2.0.0'],
    ['v3.0.0-rc.1'],
  ],
  PyPI: [
    ['2.3.8.dev0'],
    ['2.3.8a1'],
    ['2.3.8rc1', '2.3.8.RC1'],
    ['2.3.8', '2.3.8.0', 'v2.3.8'],
    ['3.8.4'],
    ['3.8.4.post1'],
    ['3.8.4.post2.dev1'],
    ['3.9'],
    ['1!0.1'],
  ],
  'crates.io': [['0.1.0-alpha.1'], ['0.1.0'], ['0.14.9'], ['0.14.10']],
  Maven: [
    ['1.0-alpha-1', '1.0a1'],
    ['1.0-beta-2'],
    ['1.0-milestone-1', '1.0m1'],
    ['1.0-rc1', '1.0-cr1'],
    ['1.0-SNAPSHOT'],
    ['1.0', '1', '1.0.0', '1.0.Final', '1.0.0.RELEASE', '1.0-ga'],
    ['1.0-sp'],
    ['1.0-jre'],
    ['1.0-1'],
    ['1.0.1'],
    ['2.14.1'],
    ['2.15.0-rc1'],
    ['2.15.0'],
    ['10.0'],
  ],
  RubyGems: [['1.0.a'], ['1.0.b1'], ['1.0.rc1'], ['1.0', '1.0.0', '1'], ['1.0.1'], ['1.10']],
  NuGet: [
    ['1.0.0-Alpha', '1.0.0-alpha'],
    ['1.0.0-beta.2'],
    ['1.0.0-beta.10'],
    ['1.0.0', '1.0', '1.0.0.0', '1.0.0+abc'],
    ['1.0.0.1'],
    ['1.0.1'],
  ],
  Packagist: [
    ['1.0.0-dev'],
    ['1.0.0-alpha1'],
    ['1.0.0-beta1'],
    ['1.0.0-RC1'],
    ['1.0.0', 'v1.0', '1.0.0.0'],
    ['1.0.0-patch1', '1.0.0pl1'],
    ['1.0.1'],
    ['10.0'],
  ],
  Debian: [
    ['1.0~rc1-1'],
    ['1.0-1'],
    ['1.0-1+deb12u1'],
    ['1.0-2'],
    ['1.0a-1'],
    ['1.0+dfsg-1'],
    ['1.2-1'],
    ['5.6.1+really5.4.5-1'],
    ['1:0.1-1'],
  ],
  'Red Hat': [['1.0~rc1-1'], ['1.0-1.el9'], ['1.0-2.el9'], ['1.0^20240101-1'], ['1.0.1-1'], ['1.10-1'], ['1:0.5-1']],
  Alpine: [['1.0_alpha1'], ['1.0_rc1-r0'], ['1.0', '1.0-r0'], ['1.0-r1'], ['1.0_p1'], ['1.0a'], ['1.0.1'], ['1.10']],
  software: [
    ['9.5.6'],
    ['9.5.7rc1', '9.5.7 RC 1'],
    ['9.5.7', '9.5.7.0', 'v9.5.7', '9.5.7 (x64)'],
    ['9.5.7a'],
    ['9.5.7b'],
    ['9.5.7.1'],
    ['9.5.7.3011'],
    ['9.5.8'],
    ['2020.2.1'],
    ['2020.2.1 HF1'],
    ['2020.2.1 HF2'],
    ['2020.2.4'],
  ],
};

describe('versions sort as each ecosystem sorts them', () => {
  test.each(Object.entries(ASCENDING))('%s', (ecosystem, groups) => {
    const order = orderFor(ecosystem);
    for (const [at, group] of groups.entries()) {
      for (const [other, others] of groups.entries()) {
        for (const a of group)
          for (const b of others)
            expect(`${a} ${b} ${Math.sign(order?.(a, b) ?? Number.NaN)}`).toBe(`${a} ${b} ${Math.sign(at - other)}`);
      }
    }
  });

  test('what is no version of an ecosystem has no place in its order', () => {
    expect(orderFor('PyPI')?.('latest', '1.0')).toBeUndefined();
    expect(orderFor('Packagist')?.('dev-main', '1.0')).toBeUndefined();
    expect(orderFor('npm')?.('next', '1.0.0')).toBeUndefined();
    expect(orderFor('software')?.('unbekannt', '1.0')).toBeUndefined();
    expect(orderFor('Homebrew')).toBeUndefined();
  });
});

const digits = fc.nat({ max: 30 }).map(String);
const core = fc.array(digits, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'));
const three = fc.tuple(digits, digits, digits).map((parts) => parts.join('.'));
const tail = (choices: string[]) =>
  fc.tuple(fc.constantFrom('', ...choices), digits).map(([word, n]) => (word === '' ? '' : `${word}${n}`));
const GENERATED: Record<string, fc.Arbitrary<string>> = {
  npm: fc.tuple(three, tail(['-alpha.', '-rc.', '-x.y', '+b'])).map((parts) => parts.join('')),
  'crates.io': fc.tuple(three, tail(['-alpha.', '-rc'])).map((parts) => parts.join('')),
  Go: fc.tuple(three, tail(['-rc.', '-0.2020010100000', '+incompatible'])).map((parts) => `v${parts.join('')}`),
  PyPI: fc.tuple(fc.constantFrom('', '1!'), core, tail(['a', 'rc', '.post', '.dev'])).map((parts) => parts.join('')),
  Maven: fc
    .tuple(core, tail(['-alpha-', '-rc', '.Final', '-SNAPSHOT', '.sp', '-jre', '-', '.RELEASE']))
    .map((parts) => parts.join('')),
  RubyGems: fc.tuple(core, tail(['.rc', '.pre.', '.a'])).map((parts) => parts.join('')),
  NuGet: fc.tuple(core, tail(['-beta.', '-RC', '+'])).map((parts) => parts.join('')),
  Packagist: fc.tuple(core, tail(['-beta', '-RC', '-patch', '-alpha'])).map((parts) => parts.join('')),
  Debian: fc.tuple(fc.constantFrom('', '1:'), core, tail(['~rc', '+dfsg', 'a', '-'])).map((parts) => parts.join('')),
  'Red Hat': fc.tuple(fc.constantFrom('', '1:'), core, tail(['~rc', '^', '-', '.el'])).map((parts) => parts.join('')),
  Alpine: fc.tuple(core, tail(['_rc', '_p', '-r', '_alpha'])).map((parts) => parts.join('')),
  software: fc.tuple(core, tail(['a', ' SP', ' HF', 'rc', ' build '])).map((parts) => parts.join('')),
};

describe('every order is total and antisymmetric', () => {
  test.each(Object.entries(GENERATED))('%s', (ecosystem, version) => {
    const order = orderFor(ecosystem);
    const sign = (a: string, b: string) => Math.sign(order?.(a, b) ?? Number.NaN);
    fc.assert(
      fc.property(version, version, version, (a, b, c) => {
        expect(sign(a, a)).toBe(0);
        expect(sign(a, b)).toBe(0 - sign(b, a));
        if (sign(a, b) <= 0 && sign(b, c) <= 0) expect(sign(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 400 },
    );
  });
});

const holding = (ecosystem: string, texts: string[], version: string) => {
  const read = versionSet(ecosystem, texts);
  return 'set' in read ? holds(ecosystem, read.set, version) : 'unreadable';
};

describe('version texts', () => {
  test.each([
    ['software', ['< 8.0.1'], '8.0.0', 'yes'],
    ['software', ['< 8.0.1'], '8.0.1', 'no'],
    ['software', ['12.0|13.0'], '13.0', 'yes'],
    ['software', ['12.0|13.0'], '12.5', 'no'],
    ['software', ['9.5.6 and earlier'], '9.5.6', 'yes'],
    ['software', ['9.5.6 and prior versions'], '9.5.7', 'no'],
    ['software', ['versions prior to 4.2'], '4.1.9', 'yes'],
    ['software', ['before 4.2'], '4.2', 'no'],
    ['software', ['All versions < V2.0'], '1.9', 'yes'],
    ['software', ['All versions'], 'whatever', 'yes'],
    ['software', ['vers:all/*'], '1', 'yes'],
    ['software', ['*'], '1', 'yes'],
    ['software', ['18.12.407 - 18.12.416'], '18.12.410', 'yes'],
    ['software', ['from 3.0 to 3.4'], '3.5', 'no'],
    ['software', ['3.0 through 3.4'], '3.4', 'yes'],
    ['software', ['2.3.x'], '2.3.9', 'yes'],
    ['software', ['2.3.x'], '2.4', 'no'],
    ['software', ['23.9.7'], '23.9.7.8804', 'yes'],
    ['software', ['<= 23.9.7'], '23.9.7.8804', 'yes'],
    ['software', ['< 23.9.8'], '23.9.8.8811', 'no'],
    ['software', ['> 23.9.7'], '23.9.7.8804', 'no'],
    ['npm', ['>= 1.0.0, < 2.0.0'], '1.5.0', 'yes'],
    ['npm', ['>=1.0.0 <2.0.0'], '2.0.0', 'no'],
    ['npm', ['>= 1.0.0', '< 2.0.0'], '2.5.0', 'no'],
    ['npm', ['= 1.14.1'], '1.14.1', 'yes'],
    ['npm', ['>= 1.0.0, < 2.0.0', '>= 3.0.0, <= 3.1.0'], '3.1.0', 'yes'],
    ['npm', ['vers:npm/>=1.0.0|<2.0.0|3.0.0|!=1.5.0'], '1.5.0', 'no'],
    ['npm', ['vers:npm/>=1.0.0|<2.0.0|3.0.0|!=1.5.0'], '3.0.0', 'yes'],
    ['npm', ['vers:npm/1.2.3|>=2.0.0|<5.0.0'], '4.9.9', 'yes'],
    ['npm', ['< 2.0.0'], '2.0.0-rc.1', 'yes'],
    ['PyPI', ['< 2.3.8'], '2.3.8.dev0', 'yes'],
    ['PyPI', ['<= 2.0.0'], '2.0.0+cu118', 'yes'],
    ['Maven', ['<= 2.14.1'], '2.14.1.Final', 'yes'],
  ])('%s %j and %s: %s', (ecosystem, texts, version, verdict) => {
    expect(holding(ecosystem, texts, version)).toBe(verdict);
  });

  test('a text that names no version is said to be unreadable, never guessed', () => {
    expect(versionSet('software', ['some older builds'])).toEqual({ unreadable: 'some older builds' });
    expect(versionSet('software', ['contact the vendor'])).toEqual({ unreadable: 'contact the vendor' });
  });

  test('prereleases are inside a range, unlike in an npm requirement', () => {
    expect(holding('npm', ['>= 1.0.0, < 2.0.0'], '1.5.0-beta.1')).toBe('yes');
  });

  test('a build number behind three parts is a build of that version; a patch letter is a later one', () => {
    expect(asBoundSees('software', '9.5.7.3011', '9.5.7')).toBe('9.5.7');
    expect(asBoundSees('software', '9.5.7.1', '9.5.7')).toBe('9.5.7.1');
    expect(holding('software', ['< 9.5.7a'], '9.5.7')).toBe('yes');
    expect(holding('software', ['<= 9.5.7'], '9.5.7a')).toBe('no');
  });
});

describe('what a requirement allows', () => {
  const set = (texts: string[]) => {
    const read = versionSet('npm', texts);
    if ('set' in read) return read.set;
    throw new Error(read.unreadable);
  };
  const from = (version: string, inclusive = true) => ({ version, inclusive });

  test('lies inside, apart, or neither', () => {
    const affected = set(['>= 1.0.0, < 2.0.0']);
    expect(overlap('npm', affected, [{ low: from('1.2.0'), high: from('1.3.0') }])).toBe('inside');
    expect(overlap('npm', affected, [{ low: from('2.0.0') }])).toBe('apart');
    expect(overlap('npm', affected, [{ low: from('1.9.0') }])).toBe('partly');
    expect(overlap('npm', affected, [{ high: from('1.0.0', false) }])).toBe('apart');
    expect(overlap('npm', set(['1.4.0']), [{ low: from('1.0.0') }])).toBe('partly');
  });
});
