import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Person, Request } from '../src/notice/approval.ts';
import { approve, approveAlone, contentHash, covers, overrule, standing, undoable } from '../src/notice/approval.ts';
import { draftSchema } from '../src/notice/draft.ts';
import { check } from '../src/notice/gate.ts';
import { recordNamed, template } from './notice-cases.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const now = Temporal.Instant.from('2026-07-02T20:00:00Z');
const dana: Person = { id: 'U1', name: 'Dana Reyes', roles: ['communications'] };
const tom: Person = { id: 'U2', name: 'Tom Becker', roles: ['communications', 'technical lead'] };
const ann: Person = { id: 'U3', name: 'Ann Counsel', roles: ['counsel'] };

function request(kind: string, texts: { text: string; cites?: string[]; type?: string }[], author = 'U1'): Request {
  const draft = draftSchema.parse({ id: 'n', record: 'INC-2026-014', client: 'alder', kind, sentences: texts });
  const { problems } = check(draft, recordNamed('vsa'), template(kind));
  return { draft, template: template(kind), problems, overrules: [], author, hash: contentHash(draft, sha256) };
}

const HOLDING = [
  { text: 'As of 19:40 UTC on 2 July 2026, our VSA server is switched off.', cites: ['2'] },
  { text: 'Please do not switch anything on.', type: 'ask' },
  { text: 'Our next update comes by 22:00 UTC.', type: 'promise' },
];

describe('approval', () => {
  test('a second person with the right role approves exact bytes', () => {
    const granted = approve(request('holding', HOLDING), tom, now);
    expect(granted).toMatchObject({ ok: true, value: { by: tom, solo: false } });
  });

  test('nobody approves what they wrote, where a second person is needed', () => {
    expect(approve(request('holding', HOLDING), dana, now)).toMatchObject({
      ok: false,
      says: expect.stringContaining('second person'),
    });
  });

  test('a status page may go with one', () => {
    const page = [
      { text: 'VSA01 is switched off as of 19:40 UTC.', cites: ['2'] },
      { text: 'Next update by 22:00 UTC.', type: 'promise' },
    ];
    expect(approve(request('status_page', page), dana, now).ok).toBe(true);
  });

  test('counsel approves where the template says so', () => {
    const letter = request('affected_client', [
      { text: 'As of 21:10 UTC on 2 July 2026, 14 workstations and 2 servers are encrypted.', cites: ['5'] },
    ]);
    expect(approve(letter, tom, now)).toMatchObject({ ok: false, says: expect.stringContaining('counsel') });
    expect(approve(letter, ann, now).ok).toBe(true);
  });

  test('what the record does not carry is approved by nobody', () => {
    const wrong = request('holding', [{ text: 'Our VSA server was switched off at 19:53 UTC.', cites: ['2'] }]);
    expect(approve(wrong, tom, now)).toMatchObject({ ok: false, says: expect.stringContaining('Sentence 1') });
  });

  test('a draft with a gap is approved by nobody', () => {
    const gap = request('holding', [...HOLDING, { text: 'Contact: [[UNKNOWN: contact]].' }]);
    expect(approve(gap, tom, now)).toMatchObject({ ok: false, says: expect.stringContaining('unknown') });
  });

  test('any edit voids it', () => {
    const first = request('holding', HOLDING);
    const granted = approve(first, tom, now);
    if (!granted.ok) throw new Error(granted.says);
    fc.assert(
      fc.property(fc.nat(HOLDING.length - 1), fc.string({ minLength: 1 }), (at, added) => {
        const edited = {
          ...first.draft,
          sentences: first.draft.sentences.map((it, index) => (index === at ? { ...it, text: it.text + added } : it)),
        };
        expect(covers(granted.value, contentHash(edited, sha256))).toBe(false);
      }),
    );
    expect(covers(granted.value, contentHash(first.draft, sha256))).toBe(true);
  });

  test('another client, kind or citation is another hash', () => {
    const { draft } = request('holding', HOLDING);
    const hashes = [
      draft,
      { ...draft, client: 'brook' },
      { ...draft, kind: 'staff' as const },
      { ...draft, sentences: draft.sentences.map((it) => ({ ...it, cites: ['3'] })) },
    ].map((it) => contentHash(it, sha256));
    expect(new Set(hashes).size).toBe(4);
  });
});

describe('overruling', () => {
  const trap = [...HOLDING, { text: 'Please act promptly.', type: 'ask' }];

  test('a wording rule is set aside with a reason, and only at its sentence', () => {
    const asked = request('holding', trap);
    expect(approve(asked, tom, now)).toMatchObject({ ok: false, says: expect.stringContaining('overrule') });
    const problem = asked.problems.find(({ rule }) => rule === 'wording.promptly')!;
    const set = overrule(problem, 'the reader has to act now', dana);
    if (!set.ok) throw new Error(set.says);
    expect(approve({ ...asked, overrules: [set.value] }, tom, now).ok).toBe(true);
    expect(approve({ ...asked, overrules: [{ ...set.value, sentence: 0 }] }, tom, now).ok).toBe(false);
  });

  test('never without a reason', () => {
    const problem = request('holding', trap).problems.find(({ level }) => level === 'wording')!;
    expect(overrule(problem, 'ok', dana).ok).toBe(false);
  });

  test('truth is overruled by nobody, not even by a made-up entry', () => {
    const wrong = request('holding', [{ text: 'Our VSA server was switched off at 19:53 UTC.', cites: ['2'] }]);
    const problem = wrong.problems.find(({ level }) => level === 'truth')!;
    expect(overrule(problem, 'I was there and saw it', tom).ok).toBe(false);
    expect(
      standing(wrong.problems, [{ sentence: problem.sentence, rule: problem.rule, reason: 'forged by hand', by: tom }]),
    ).toContain(problem);
  });
});

describe('when nobody else is awake', () => {
  test('a holding notice leaves alone, with the typed number of clients, after two minutes', () => {
    const alone = approveAlone(request('holding', HOLDING), dana, ' 60 ', 60, now);
    if (!alone.ok) throw new Error(alone.says);
    expect(alone.value.solo).toBe(true);
    expect(undoable(alone.value, now.add({ seconds: 119 }))).toBe(true);
    expect(undoable(alone.value, now.add({ seconds: 120 }))).toBe(false);
  });

  test('nothing else does, and no wrong number', () => {
    expect(approveAlone(request('staff', HOLDING), dana, '60', 60, now)).toMatchObject({
      ok: false,
      says: expect.stringContaining('holding'),
    });
    expect(approveAlone(request('holding', HOLDING), dana, '6', 60, now)).toMatchObject({
      ok: false,
      says: expect.stringContaining('60'),
    });
    expect(approveAlone(request('holding', [{ text: 'VSA01 off at 19:53 UTC.', cites: ['2'] }]), dana, '60', 60, now).ok).toBe(
      false,
    );
  });
});
