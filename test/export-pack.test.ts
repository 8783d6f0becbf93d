import { describe, expect, test } from 'vitest';
import { withholdCounsel } from '../src/export/audience.ts';
import { packOf, safeName } from '../src/export/pack.ts';
import { verifyPack } from '../src/export/verify.ts';
import { fromUtf8, utf8 } from '../src/record/bytes.ts';
import type { Event } from '../src/record/event.ts';
import { checkpoint, EVIDENCE, events, house, made } from './export-fixture.ts';
import { linesIn, remanifest } from './tamper.ts';

const manifestOf = (pack: Map<string, Uint8Array>) => JSON.parse(fromUtf8(pack.get('manifest.json')!));
const everything = (pack: Map<string, Uint8Array>) => [...pack.values()].map((bytes) => fromUtf8(bytes)).join('\n');

/** The texts of one entry taken out of texts.jsonl. */
function withoutTexts(files: Map<string, Uint8Array>, seq: number): void {
  const kept = linesIn(files, 'texts.jsonl').filter((line) => !line.includes(`"seq":${seq},`));
  files.set('texts.jsonl', utf8(kept.map((line) => `${line}\n`).join('')));
}

describe('a withheld entry', () => {
  const { pack, by, entries } = made([5, 9, 12], { withhold: withholdCounsel, audience: 'insurer' });

  test('is a bare leaf, is listed with its reason, and the rest verifies against the same checkpoints', async () => {
    expect(linesIn(pack)[9]).toBe(`{"leaf":"${linesIn(pack, 'leaves.txt')[9]}"}`);
    expect(manifestOf(pack)).toMatchObject({ audience: 'insurer', withheld: [{ seq: 10, reason: 'labelled for counsel' }] });
    const verdict = await verifyPack(pack, { checkpoint: checkpoint(by, entries, 12) });
    expect(verdict.ok).toBe(true);
    expect(verdict.says).toContain('1 entry is withheld: only the hash is here.');
  });

  test('leaves none of its words and nothing of its line anywhere in the pack', () => {
    expect(everything(made().pack)).toContain('Counsel says');
    expect(everything(pack)).not.toContain('Counsel says');
    expect(everything(pack)).not.toContain(JSON.parse(entries[9]!.line).nonce);
    for (const view of ['timeline.html', 'timeline.md', 'timeline.csv'])
      expect(fromUtf8(pack.get(view)!)).toContain('labelled for counsel');
  });

  test('is withheld by the label that counts: one relabelled for counsel later is, one released later is not', () => {
    const relabelled: Event[] = [
      { kind: 'entry.relabelled', body: { of: 6, label: 'counsel' }, texts: {} },
      { kind: 'entry.relabelled', body: { of: 10, label: 'internal' }, texts: {} },
    ];
    const by = house();
    const later = made([14], { withhold: withholdCounsel }, by, [
      ...events(by.verifierKey),
      ...relabelled.map((event) => ({ event })),
    ]);
    // 11 corrects entry 6 and 13 relabels it: both go with it. 10 was released.
    expect(manifestOf(later.pack).withheld.map(({ seq }: { seq: number }) => seq)).toEqual([6, 11, 13]);
    expect(everything(later.pack)).not.toMatch(/Sofort trennen|43 machines/);
    expect(everything(later.pack)).toContain('Counsel says');
  });

  test('takes its corrections with it, and the corrections of those', () => {
    const corrections: Event[] = [
      { kind: 'entry.corrected', body: { replaces: 10 }, texts: { text: 'Counsel says: say less.', reason: 'misheard' } },
      { kind: 'entry.corrected', body: { replaces: 13 }, texts: { text: 'Counsel says: say nothing.', reason: 'misheard again' } },
    ];
    const by = house();
    const all = [...events(by.verifierKey), ...corrections.map((event) => ({ event }))];
    const { pack: without } = made([14], { withhold: withholdCounsel }, by, all);
    expect(manifestOf(without).withheld.map(({ seq }: { seq: number }) => seq)).toEqual([10, 13, 14]);
    expect(everything(without)).not.toContain('Counsel says');
  });

  test('that the manifest does not name is a problem', async () => {
    const files = new Map(made([5]).pack);
    const lines = linesIn(files).with(6, `{"leaf":"${linesIn(files, 'leaves.txt')[6]}"}`);
    files.set('record.jsonl', utf8(lines.map((line) => `${line}\n`).join('')));
    withoutTexts(files, 7);
    remanifest(files);
    expect((await verifyPack(files)).problems).toMatchObject([{ kind: 'withheld', seq: 7 }]);
  });
});

describe('an erased text', () => {
  const by = house();
  const redacted: Event = {
    kind: 'text.redacted',
    body: { of: 6, fields: ['text'], basis: 'erasure', second: 'p2' },
    texts: { reason: 'asked for by the person' },
  };
  const all = [...events(by.verifierKey), { event: redacted }];
  const whole = made([13], {}, by, all);
  const pack = packOf({
    ...whole.input,
    entries: whole.input.entries.map((entry) => (entry.seq === 6 ? { ...entry, texts: [] } : entry)),
  });

  test('reads [erased] in every view, with the entry that erased it, and everything verifies', async () => {
    expect(await verifyPack(pack, { checkpoint: checkpoint(by, whole.entries, 13) })).toMatchObject({ ok: true, problems: [] });
    expect(manifestOf(pack).redacted).toEqual([{ seq: 6, fields: ['text'], reason: 'erased by entry 13' }]);
    expect(fromUtf8(pack.get('timeline.csv')!)).toContain('Noted: [erased]');
    expect(fromUtf8(pack.get('timeline.html')!)).toContain('Erased (entry 13, Mara Lind): text.');
    expect(everything(pack)).not.toContain('Sofort trennen');
  });

  test('that no entry erased and no manifest names is a problem', async () => {
    const files = new Map(whole.pack);
    withoutTexts(files, 7);
    remanifest(files);
    expect((await verifyPack(files)).problems).toMatchObject([{ kind: 'missing-text', seq: 7 }]);
  });
});

describe('evidence', () => {
  test('lies in the folder of its id under a name that leads nowhere else', () => {
    const { pack } = made();
    expect(pack.get('evidence/ev-1/disk_image.txt')).toEqual(EVIDENCE);
    expect([...pack.keys()].every((path) => /^[\w./-]+$/.test(path) && !path.includes('..'))).toBe(true);
  });

  test.each([
    ['../../etc/passwd', 'etc_passwd'],
    ['..', 'file'],
    ['.hidden', 'hidden'],
    ['C:\\Windows\\x.exe', 'C_Windows_x.exe'],
    ['Protokoll Müller (2).pdf', 'Protokoll_Müller_2_.pdf'],
    ['a\u202egnp.exe', 'a_gnp.exe'],
    ['', 'file'],
  ])('named %j is written as %j', (name, safe) => expect(safeName(name)).toBe(safe));

  test('that was swapped does not verify, even where the manifest was made to agree', async () => {
    const files = new Map(made().pack).set('evidence/ev-1/disk_image.txt', utf8('another image'));
    remanifest(files);
    expect((await verifyPack(files)).firstBad).toEqual({ seq: 8, kind: 'evidence' });
  });

  test('that is not there is counted and said', async () => {
    const { pack } = made([5], { evidence: new Map() });
    const verdict = await verifyPack(pack);
    expect(verdict.ok).toBe(true);
    expect(verdict.says).toContain('1 evidence file of the record is not here and could not be checked.');
  });
});

describe('the manifest', () => {
  test('must say of the record what the record says', async () => {
    for (const claim of [{ entries: 11 }, { record: 'inc-other' }, { drill: true }, { root: 'AAAA' }, { of: 'lane' }]) {
      const files = new Map(made([5]).pack);
      files.set('manifest.json', utf8(JSON.stringify({ ...manifestOf(files), ...claim })));
      expect((await verifyPack(files)).problems).toMatchObject([{ kind: 'file', file: 'manifest.json' }]);
    }
  });

  test('is as good as missing where it is none', async () => {
    for (const text of ['', '[]', '{"format":"firebreak-pack"}', '{"files":[]}']) {
      const verdict = await verifyPack(new Map(made([5]).pack).set('manifest.json', utf8(text)));
      expect(verdict.problems).toContainEqual(expect.objectContaining({ kind: 'file', file: 'manifest.json' }));
    }
  });
});

test('a pack of the same record is the same pack, byte for byte', () => {
  const { input, pack } = made();
  expect(packOf(input)).toEqual(pack);
});
