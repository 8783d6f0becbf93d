import { describe, expect, test } from 'vitest';
import { verifyPack } from '../src/export/verify.ts';
import { toBase64, utf8 } from '../src/record/bytes.ts';
import { checkpoint, house, made } from './export-fixture.ts';

describe('a pack that nobody touched', () => {
  test('verifies, and says that nothing outside vouches for it', async () => {
    const { pack } = made();
    const verdict = await verifyPack(pack);
    expect(verdict).toMatchObject({ ok: true, entries: 12, firstBad: null, problems: [] });
    expect(verdict.checkpoints).toEqual([5, 9, 12].map((size) => ({ size, ok: true, witnessed: false })));
    expect(verdict.says).toContain('Nothing outside vouches for it');
  });

  test('is unchanged since the checkpoint from outside, and what follows it is the word of the operator', async () => {
    const { pack, by, entries } = made();
    const verdict = await verifyPack(pack, { checkpoint: checkpoint(by, entries, 9) });
    expect(verdict.ok).toBe(true);
    expect(verdict.checkpoints).toContainEqual({ size: 9, ok: true, witnessed: true });
    expect(verdict.says).toMatch(
      /^Unchanged since the witnessed head of 9 entries \([0-9a-f ]+\)\. The 3 entries after it are the operator's word/,
    );
  });

  test('never calls itself true', async () => {
    const { pack, by, entries } = made();
    const all = await verifyPack(pack, { checkpoint: checkpoint(by, entries, 12) });
    expect(all.says).toMatch(/^Unchanged since the witnessed head of 12 entries \([0-9a-f ]+\)\.$/);
    expect(`${all.says} ${(await verifyPack(pack)).says}`).not.toMatch(/\btrue\b|\bcorrect\b|\bproof\b/i);
  });

  test('carries the stored lines byte for byte', () => {
    const { pack, entries } = made();
    expect(pack.get('record.jsonl')).toEqual(utf8(entries.map(({ line }) => `${line}\n`).join('')));
    expect(pack.get('leaves.txt')).toEqual(utf8(entries.map(({ leaf }) => `${toBase64(leaf)}\n`).join('')));
  });

  test('a checkpoint signed by another house does not vouch for it', async () => {
    const { pack, entries } = made();
    const verdict = await verifyPack(pack, { checkpoint: checkpoint(house('firebreak-other'), entries, 9) });
    expect(verdict.ok).toBe(false);
    expect(verdict.problems.map(({ kind }) => kind)).toContain('unknown-key');
  });
});
