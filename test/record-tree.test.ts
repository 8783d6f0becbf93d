import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex, utf8 } from '../src/record/bytes.ts';
import { canonical, isCanonical, type Plain } from '../src/record/canonical.ts';
import { sha256 } from '../src/record/sha256.ts';
import { consistencyProof, inclusionProof, isConsistent, leafHash, rootFromInclusion, rootOfLeaves } from '../src/record/tree.ts';

describe('the hash', () => {
  test('agrees with the platform on every length around a block', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        expect(toHex(sha256(data))).toBe(createHash('sha256').update(data).digest('hex'));
      }),
    );
  });
});

describe('the tree', () => {
  // Roots published with RFC 6962 implementations for the well-known eight test leaves.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
  const leaves = inputs.map((hex) => leafHash(Uint8Array.from(Buffer.from(hex, 'hex'))));

  test('has the roots that Certificate Transparency publishes', () => {
    expect(toHex(rootOfLeaves([]))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(toHex(rootOfLeaves(leaves.slice(0, 1)))).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    expect(toHex(rootOfLeaves(leaves.slice(0, 3)))).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77');
    expect(toHex(rootOfLeaves(leaves))).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328');
  });

  const trees = fc.integer({ min: 1, max: 40 }).map((n) => Array.from({ length: n }, (_, i) => leafHash(utf8(String(i)))));

  test('proves every leaf, and no other leaf in its place', () => {
    fc.assert(
      fc.property(trees, fc.nat(), fc.nat(), (all, a, b) => {
        const [i, j] = [a % all.length, b % all.length];
        const root = rootFromInclusion(all[i]!, i, all.length, inclusionProof(all, i));
        expect(root).toEqual(rootOfLeaves(all));
        if (i !== j) expect(rootFromInclusion(all[j]!, i, all.length, inclusionProof(all, i))).not.toEqual(rootOfLeaves(all));
      }),
    );
  });

  test('proves that an older head is a prefix, and refuses one that is not', () => {
    fc.assert(
      fc.property(trees, fc.nat(), (all, n) => {
        const size = n % (all.length + 1);
        const proof = consistencyProof(all, size);
        const now = rootOfLeaves(all);
        expect(isConsistent(size, rootOfLeaves(all.slice(0, size)), all.length, now, proof)).toBe(true);
        if (size > 0) {
          const other = rootOfLeaves([...all.slice(0, size - 1), leafHash(utf8('another'))]);
          expect(isConsistent(size, other, all.length, now, proof)).toBe(false);
        }
      }),
    );
  });
});

describe('canonical JSON', () => {
  const plain = fc.letrec<{ value: Plain }>((tie) => ({
    value: fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.maxSafeInteger().map((n) => n + 0),
      fc.boolean(),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

  test('spells every value in one way, whatever the order of its keys', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const line = canonical(value);
        expect(isCanonical(line)).toBe(true);
        expect(JSON.parse(line)).toEqual(value);
      }),
    );
    expect(canonical({ b: 1, a: 'é' })).toBe('{"a":"é","b":1}');
  });

  test.each([1.5, -0, Number.NaN, 2 ** 53, '\ud800', { é: 1 }])(
    'refuses %j, which two writers could spell differently',
    (value) => {
      expect(() => canonical(value)).toThrow(TypeError);
    },
  );

  test.each(['{"b":1,"a":2}', '{ "a":1}', '{"a":1.0}', '"\\u0041"', '{"a":null}', 'x'])(
    'knows that %s is not canonical',
    (line) => {
      expect(isCanonical(line)).toBe(false);
    },
  );
});
