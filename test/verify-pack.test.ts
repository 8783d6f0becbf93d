import { describe, expect, test } from 'vitest';
import { packOf } from '../src/export/pack.ts';
import { verifyPack } from '../src/export/verify.ts';
import { fromUtf8, toBase64, utf8 } from '../src/record/bytes.ts';
import { canonical } from '../src/record/canonical.ts';
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

describe('a pack made by somebody who means harm', () => {
  const odd = [
    '',
    'null',
    '[]',
    '{}',
    '{"leaf":1}',
    '{"leaf":"AAAA"}',
    '{"__proto__":{"v":1}}',
    '['.repeat(20_000),
    `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
    '"\\ud800"',
    '{"v":1,"v":1}',
    '1e400',
    '\u0000',
    '\ufeff{}',
  ];

  test('gets a verdict whatever stands in its files: nothing is thrown and nothing is accepted', async () => {
    const { pack } = made();
    for (const path of [...pack.keys()].filter((each) => !/^(timeline|verify|evidence)/.test(each)))
      for (const text of odd) {
        const verdict = await verifyPack(new Map(pack).set(path, utf8(`${text}\n`)));
        expect({ path, text: text.slice(0, 20), ok: verdict.ok }).toEqual({ path, text: text.slice(0, 20), ok: false });
      }
  });

  test('gets one for every odd value in a line that is otherwise well formed', async () => {
    const { entries, by } = made();
    const line = JSON.parse(entries[1]!.line);
    const values: unknown[] = [1, true, 'x', '', [], {}, { constructor: 'x' }, '2026-02-30T00:00:00Z', ['a', 1], -1];
    for (const kind of ['key.shown', 'key.rotated', 'text.redacted', 'checkpoint.published', 'evidence.added', 'constructor.x'])
      for (const value of values) {
        const body = {
          verifierKey: value,
          previous: value,
          signatureByPrevious: value,
          of: value,
          fields: value,
          size: value,
          root: value,
          evidence: value,
        };
        const hostile = canonical({ ...line, kind, body });
        const all = entries.map((entry, i) => (i === 1 ? hostile : entry.line));
        const files = new Map(made([5], {}, by).pack).set('record.jsonl', utf8(all.map((each) => `${each}\n`).join('')));
        expect((await verifyPack(files)).ok).toBe(false);
      }
  });

  test('is still shown: a time that never was, a kind and a way of identification that nobody knows', () => {
    const { input } = made();
    const entry = JSON.parse(input.entries[4]!.line);
    const line = canonical({ ...entry, kind: 'constructor.x', via: 'constructor', at: '2026-02-30T00:00:00Z' });
    const pack = packOf({ ...input, entries: input.entries.with(4, { ...input.entries[4]!, line }) });
    const page = fromUtf8(pack.get('timeline.html')!);
    expect(page).toContain('<li class="entry record" id="e5"');
    expect(page).toContain('Something of a kind that this version does not know: constructor.x.');
    expect(page).toContain('2026-02-30 00:00:00 UTC</time> · no such time');
  });
});
