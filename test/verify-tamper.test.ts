import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { verifyPack } from '../src/export/verify.ts';
import { fromUtf8, utf8 } from '../src/record/bytes.ts';
import { checkpoint, events, house, made } from './export-fixture.ts';
import { covered, DEPTHS, lieWithin, linesIn, remanifest, type Tamper, tampered } from './tamper.ts';

const liar = house('firebreak-liar');
const lie = (how: Tamper['how'], at: number, depth: Tamper['depth'] = 'lines only', other = 1): Tamper => ({
  how,
  at,
  other,
  byte: 0,
  depth,
});

describe('whoever holds a checkpoint from outside', () => {
  test('is told of every lie about an entry at or before it, however well the tracks are covered', async () => {
    const { pack, by, entries } = made();
    const outside = checkpoint(by, entries, 9);
    await fc.assert(
      fc.asyncProperty(lieWithin(9), async (each) => {
        const verdict = await verifyPack(tampered(pack, each, liar), { checkpoint: outside });
        expect(verdict.ok).toBe(false);
        // A copy of entry 9 right behind it is the only such lie that begins after the head.
        expect(verdict.firstBad?.seq).toBeLessThanOrEqual(each.how === 'double' ? 10 : 9);
        expect(verdict.says).not.toMatch(/^Unchanged/);
      }),
      { numRuns: 500 },
    );
  });

  test('cannot tell what was rewritten after it, and is told so', async () => {
    const { by, entries } = made();
    const outside = checkpoint(by, entries, 9);
    const [first, second, ...rest] = events(by.verifierKey);
    const rewritten = [
      first!,
      second!,
      ...rest.slice(0, 8),
      { event: { kind: 'note.recorded', body: {}, texts: { text: 'another story' } } } as const,
    ];
    const verdict = await verifyPack(made([5, 11], {}, by, rewritten).pack, { checkpoint: outside });
    expect(verdict.ok).toBe(true);
    expect(verdict.says).toContain("The 2 entries after it are the operator's word");
  });
});

describe('without a checkpoint from outside', () => {
  test('every lie is found but the one of whoever also holds a key and rewrites everything', async () => {
    const { pack } = made();
    await fc.assert(
      fc.asyncProperty(lieWithin(12), async (each) => {
        const found = !(await verifyPack(tampered(pack, each, liar))).ok;
        expect(found || each.depth === 're-signed with a key of their own').toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('a whole record rewritten under another key verifies, and nothing outside vouches for it', async () => {
    const { pack } = made();
    const forged = tampered(pack, lie('edit', 5, 're-signed with a key of their own'), liar);
    const verdict = await verifyPack(forged);
    expect(verdict.ok).toBe(true);
    expect(verdict.says).toContain('Nothing outside vouches for it');
  });
});

describe('a changed byte', () => {
  const changed = async (paths: (path: string) => boolean, seed: { file: number; at: number; by: number }, remade: boolean) => {
    const { pack, by, entries } = fixed;
    const names = [...pack.keys()].filter(paths);
    const path = names[seed.file % names.length]!;
    const bytes = pack.get(path)!.slice();
    bytes[seed.at % bytes.length] = (bytes[seed.at % bytes.length]! + seed.by) % 256;
    const files = new Map(pack).set(path, bytes);
    if (remade) remanifest(files);
    return { path, verdict: await verifyPack(files, { checkpoint: checkpoint(by, entries, 12) }) };
  };
  const fixed = made();
  const seed = fc.record({ file: fc.nat(), at: fc.nat(), by: fc.integer({ min: 1, max: 255 }) });

  test('anywhere in the pack is found', async () => {
    const all = (path: string) => path !== 'manifest.json';
    await fc.assert(
      fc.asyncProperty(seed, async (each) => {
        expect((await changed(all, each, false)).verdict.ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  test('in lines, leaves, texts, keys, checkpoints and evidence is found even where the manifest was made to agree', async () => {
    const record = (path: string) => /^(record|leaves|texts|keys|checkpoints|evidence)/.test(path);
    await fc.assert(
      fc.asyncProperty(seed, async (each) => {
        expect((await changed(record, each, true)).verdict.ok).toBe(false);
      }),
      { numRuns: 400 },
    );
  });
});

describe('the first bad entry', () => {
  const { pack, by, entries } = made();
  const outside = { checkpoint: checkpoint(by, entries, 12) };
  const judged = async (each: Tamper) => (await verifyPack(tampered(pack, each, liar), outside)).firstBad;

  test.each([
    ['changed', lie('edit', 6), 6],
    ['dropped', lie('drop', 6), 6],
    ['dropped', lie('drop', 12), 12],
    ['added', lie('add', 6), 6],
    ['added', lie('double', 6), 7],
    ['reordered', lie('swap', 6, 'lines only', 3), 6],
  ])('is named as %s while leaves.txt still leads to a checkpoint', async (kind, each, seq) => {
    expect(await judged(each)).toEqual({ kind, seq });
    expect(await judged({ ...each, depth: 'manifest too' })).toEqual({ kind, seq });
  });

  test('lies between two checkpoints where leaves.txt was rewritten too', async () => {
    expect(await judged(lie('edit', 7, 'leaves and manifest too'))).toEqual({ kind: 're-hashed', seq: 6 });
    expect(await judged(lie('edit', 3, 'leaves and manifest too'))).toEqual({ kind: 're-hashed', seq: 1 });
  });

  test('is the first missing one where the tail was cut off', async () => {
    const files = new Map(pack).set('record.jsonl', utf8(`${linesIn(pack).slice(0, 10).join('\n')}\n`));
    const verdict = await verifyPack(covered(files, 'leaves and manifest too', liar), outside);
    expect(verdict.firstBad).toEqual({ kind: 'dropped', seq: 11 });
  });

  test('is the entry of a text that was changed', async () => {
    const texts = fromUtf8(pack.get('texts.jsonl')!).replace('41 machines', '14 machines');
    const files = new Map(pack).set('texts.jsonl', utf8(texts));
    remanifest(files);
    const verdict = await verifyPack(files, outside);
    expect(verdict.firstBad).toEqual({ kind: 'commitment', seq: 6 });
    expect(verdict.says).toMatch(
      /^This pack does not verify: line \d+ of texts\.jsonl: the text "text" of entry 6 is not what the entry committed to\./,
    );
  });

  test('a line of leaves.txt that was altered alone is named as that, not as a change of the entry', async () => {
    const leaves = linesIn(pack, 'leaves.txt').with(3, linesIn(pack, 'leaves.txt')[4]!);
    const files = new Map(pack).set('leaves.txt', utf8(`${leaves.join('\n')}\n`));
    expect((await verifyPack(files, outside)).firstBad).toEqual({ kind: 'leaves', seq: 4 });
  });
});

test('every depth of covering tracks is among those tried', () => {
  expect(new Set(fc.sample(lieWithin(9), 500).map(({ depth }) => depth)).size).toBe(DEPTHS.length);
});
