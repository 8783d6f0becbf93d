import { afterEach, describe, expect, test, vi } from 'vitest';
import { verifyPack } from '../src/export/verify.ts';
import { fromUtf8, utf8 } from '../src/record/bytes.ts';
import type { Event } from '../src/record/event.ts';
import { checkpoint, events, house, made, sealed } from './export-fixture.ts';
import { rotated } from './rotation.ts';
import { remanifest } from './tamper.ts';

describe('a key that was replaced', () => {
  test('verifies where the key before it signed the change', async () => {
    const { pack, next, entries } = rotated();
    expect(await verifyPack(pack, { checkpoint: checkpoint(next, entries, 14) })).toMatchObject({ ok: true, problems: [] });
  });

  test('does not verify where another key signed it', async () => {
    const verdict = await verifyPack(rotated('new').pack);
    expect(verdict.ok).toBe(false);
    expect(verdict.firstBad).toEqual({ seq: 13, kind: 'key-rotation' });
  });

  test('signs no more: its checkpoint of a later size is not accepted, nor the new one’s of an earlier', async () => {
    const { pack, by, next, entries } = rotated();
    const kinds = async (note: string) => (await verifyPack(pack, { checkpoint: note })).problems.map(({ kind }) => kind);
    expect(await kinds(checkpoint(by, entries, 14))).toEqual(['unknown-key']);
    expect(await kinds(checkpoint(next, entries, 9))).toEqual(['unknown-key']);
    expect(await kinds(checkpoint(by, entries, 13))).toEqual([]);
    expect(await kinds(checkpoint(next, entries, 13))).toEqual([]);
  });
});

describe('the keys of a pack', () => {
  test('are those that the record shows: a second one shown without being signed over is refused', async () => {
    const by = house();
    const other: Event = { kind: 'key.shown', body: { verifierKey: house('firebreak-other').verifierKey }, texts: {} };
    const { pack } = made([12], {}, by, [...events(by.verifierKey), { event: other }]);
    expect((await verifyPack(pack)).firstBad).toEqual({ seq: 13, kind: 'key-rotation' });
  });

  test('cannot be swapped in keys.txt, even with every checkpoint signed again', async () => {
    const { entries, by } = made();
    const liar = house(by.name);
    const forged = made(
      [],
      { checkpoints: [{ size: 12, note: checkpoint(liar, entries, 12) }], verifierKeys: [liar.verifierKey] },
      by,
    );
    const kinds = (await verifyPack(forged.pack)).problems.map(({ kind }) => kind);
    expect(kinds).toContain('unknown-key');
  });

  test('count as they stand in keys.txt where every entry that shows one is withheld', async () => {
    const { pack, by, entries } = made([12], { withhold: () => 'only the hashes were asked for' });
    const verdict = await verifyPack(pack, { checkpoint: checkpoint(by, entries, 12) });
    expect(verdict).toMatchObject({ ok: true, entries: 12 });
    expect(verdict.says).toContain('12 entries are withheld: only the hash is here.');
  });
});

describe('a checkpoint', () => {
  test('whose signature was altered is named, and does not count as matching', async () => {
    const { pack } = made();
    const path = 'checkpoints/00000009.txt';
    const note = fromUtf8(pack.get(path)!);
    const at = note.length - 8;
    const files = new Map(pack).set(path, utf8(`${note.slice(0, at)}${note[at] === 'A' ? 'B' : 'A'}${note.slice(at + 1)}`));
    remanifest(files);
    const verdict = await verifyPack(files);
    expect(verdict.problems).toMatchObject([{ kind: 'signature', file: path }]);
    expect(verdict.checkpoints[1]).toEqual({ size: 9, ok: false, witnessed: false });
  });

  test('of another record is not taken for one of this', async () => {
    const { pack, by } = made();
    const other = sealed(events(by.verifierKey), 'inc-other');
    const verdict = await verifyPack(pack, { checkpoint: checkpoint(by, other, 9, 'inc-other') });
    expect(verdict.problems).toMatchObject([{ kind: 'other-record' }]);
    expect(verdict.checkpoints.some(({ witnessed }) => witnessed)).toBe(false);
  });

  test('that covers more entries than are here shows that the tail is gone', async () => {
    const { by, entries } = made();
    const shorter = made([9], { entries: entries.slice(0, 9).map(({ line, texts }, i) => ({ seq: i + 1, line, texts })) }, by);
    const verdict = await verifyPack(shorter.pack, { checkpoint: checkpoint(by, entries, 12) });
    expect(verdict.firstBad).toEqual({ seq: 10, kind: 'dropped' });
    expect(verdict.checkpoints).toContainEqual({ size: 12, ok: false, witnessed: true });
  });

  test('written down without its signature still pins the record', async () => {
    const { pack, by, entries } = made();
    const [origin, size, root] = checkpoint(by, entries, 9).split('\n');
    const verdict = await verifyPack(pack, { checkpoint: `noted at 10:42:\n${origin}\n${size}\n${root}` });
    expect(verdict).toMatchObject({ ok: true });
    expect(verdict.says).toMatch(/^Unchanged since the witnessed head of 9 entries/);
  });

  test.each([
    ['fenced, as the bot posts it', (note: string) => `Checkpoint of inc-test at 9 entries.\n\`\`\`\n${note}\`\`\``],
    [
      'quoted in an e-mail',
      (note: string) => `On Monday Jo wrote:\r\n${note.replaceAll(/^/gm, '> ').replaceAll('\n', '\r\n')}\r\nBye`,
    ],
    ['indented', (note: string) => note.replaceAll(/^(?=.)/gm, '    ')],
  ])('is found where it was copied %s', async (_, around) => {
    const { pack, by, entries } = made();
    const verdict = await verifyPack(pack, { checkpoint: around(checkpoint(by, entries, 9)) });
    expect(verdict).toMatchObject({ ok: true, problems: [] });
    expect(verdict.says).toMatch(/^Unchanged since the witnessed head of 9 entries/);
  });

  test('of many, all that were given are held against the record', async () => {
    const { pack, by, entries } = made();
    const both = [5, 9].map((size) => checkpoint(by, entries, size)).join('\nand later\n');
    const verdict = await verifyPack(pack, { checkpoint: both });
    expect(verdict.checkpoints.filter(({ witnessed }) => witnessed).map(({ size }) => size)).toEqual([5, 9]);
    expect(verdict.says).toMatch(/^Unchanged since the witnessed head of 9 entries/);
  });

  test('published according to an entry must be one of this record', async () => {
    const by = house();
    const published = (root: string): Event => ({
      kind: 'checkpoint.published',
      body: { size: 12, root, surface: 'slack', workspace: 'T1', channel: 'C1', message: '1.2' },
      texts: {},
    });
    const root = checkpoint(by, sealed(events(by.verifierKey)), 12).split('\n')[2]!;
    const packWith = (stated: string) => made([], {}, by, [...events(by.verifierKey), { event: published(stated) }]).pack;
    expect((await verifyPack(packWith(root))).ok).toBe(true);
    expect((await verifyPack(packWith(root.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))))).firstBad).toEqual({
      seq: 13,
      kind: 'checkpoint',
    });
  });
});

describe('where Ed25519 is not to be had', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('the signatures go unchecked, the verifier says so, and the tree is still checked', async () => {
    const { pack, by, entries } = made();
    vi.stubGlobal('crypto', {});
    const verdict = await verifyPack(pack, { checkpoint: checkpoint(by, entries, 9) });
    expect(verdict.ok).toBe(true);
    expect(verdict.says).toContain('Signature not checked here');
    const cut = new Map(pack).set('record.jsonl', pack.get('record.jsonl')!.slice(0, -1));
    expect((await verifyPack(cut)).ok).toBe(false);
  });
});
