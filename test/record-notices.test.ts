import { describe, expect, test } from 'vitest';
import type { Command } from '../src/record/command.ts';
import { correctionsOwed } from '../src/record/corrections.ts';
import { ADA, BEN, DECLARE, Play } from './play.ts';

const FINDING: Command = { do: 'recordFinding', about: 'the tool', status: 'suspected', text: 'it is abused' };
const bytes = (sha256: string, cites: number[], text = 'We act.') => ({
  draft: JSON.stringify({ sentences: [{ text, cites }] }),
  sha256,
  cites,
});
const draft = (cites: number[], more: object = {}): Command => ({
  do: 'draftNotice',
  notice: 'n1',
  kind: 'holding',
  words: 'template',
  secondPerson: true,
  approvers: ['communications'],
  values: '{}',
  ...bytes('aa', cites),
  ...more,
});
const CLIENT: Command = { do: 'openPlace', surface: 'slack', workspace: 'T1', channel: 'C9', purpose: 'client' };
const APPROVE: Command = { do: 'approveNotice', notice: 'n1', sha256: 'aa' };
const SEND: Command = {
  do: 'sendNotice',
  notice: 'n1',
  sha256: 'aa',
  road: 'email',
  recipient: 'it@client.example',
  proof: 'id 7',
};
const RELEASE: Command = { do: 'releaseNotice', notice: 'n1', sha256: 'aa', surface: 'slack', workspace: 'T1', channel: 'C9' };

function begun(): { play: Play; finding: number } {
  const play = new Play().given(DECLARE, FINDING, CLIENT);
  return { play, finding: play.incident.findings[0]?.seq ?? 0 };
}
const kinds = (answer: object): unknown =>
  'refused' in answer ? answer.refused : (answer as { kind: string }[]).map(({ kind }) => kind);

describe('approving', () => {
  test('a second person approves exact bytes, and the record holds which', () => {
    const { play, finding } = begun();
    play.given(draft([finding]));
    expect(kinds(play.do(APPROVE, ADA))).toMatch(/second person/);
    play.given([APPROVE, BEN]);
    expect(play.incident.notices.get('n1')?.approval).toMatchObject({ sha256: 'aa', solo: false });
  });

  test('any edit voids the approval, and says so in an entry', () => {
    const { play, finding } = begun();
    play.given(draft([finding]), [APPROVE, BEN]);
    const edit: Command = { do: 'editNotice', notice: 'n1', seen: 'aa', words: 'person', ...bytes('bb', [finding], 'We acted.') };
    expect(kinds(play.do(edit, BEN))).toEqual(['notice.voided', 'notice.edited']);
    expect(kinds(play.do(SEND, BEN))).toMatch(/Nobody has approved/);
    expect(kinds(play.do({ ...APPROVE, sha256: 'bb' } as Command, BEN))).toMatch(/second person/);
  });

  test('who looks at other words than the present ones approves and edits nothing', () => {
    const { play, finding } = begun();
    play.given(draft([finding]));
    const other = { do: 'approveNotice', notice: 'n1', sha256: 'old' } as const;
    expect(kinds(play.do(other, BEN))).toMatch(/not those you saw/);
    const edit: Command = { do: 'editNotice', notice: 'n1', seen: 'old', words: 'person', ...bytes('cc', []) };
    expect(kinds(play.do(edit, BEN))).toMatch(/changed this notice meanwhile/);
  });

  test('nothing unknown, and nothing that was replaced, is approved', () => {
    const { play, finding } = begun();
    play.given(draft([finding], bytes('aa', [finding], '[[UNKNOWN: when]]')));
    expect(kinds(play.do(APPROVE, BEN))).toMatch(/still unknown/);
    const other = begun();
    other.play.given(draft([other.finding]), { ...FINDING, status: 'confirmed', supersedes: other.finding } as Command);
    expect(kinds(other.play.do(APPROVE, BEN))).toMatch(/were replaced/);
  });

  test('alone: a holding notice only, and it can be taken back before it leaves', () => {
    const { play, finding } = begun();
    play.given(draft([finding], { kind: 'closing' }));
    const alone = { ...APPROVE, solo: { recipients: 1 } } as Command;
    expect(kinds(play.do(alone, ADA))).toMatch(/holding notice only/);
    const other = begun();
    other.play.given(draft([other.finding]), alone);
    expect(other.play.entries.at(-1)).toMatchObject({ kind: 'notice.approved', body: { solo: true, recipients: 1 } });
    other.play.given(RELEASE, { do: 'voidNotice', notice: 'n1', reason: 'wrong time' });
    expect(other.play.incident.notices.get('n1')).toMatchObject({ released: [] });
    expect(kinds(other.play.do(RELEASE))).toMatch(/Nobody has approved/);
  });
});

describe('sending', () => {
  test('into a client channel of this very record, and nowhere else', () => {
    const { play, finding } = begun();
    play.given(draft([finding]), [APPROVE, BEN]);
    expect(kinds(play.do({ ...RELEASE, channel: 'C1' } as Command))).toMatch(/no client channel/);
    expect(kinds(play.do(RELEASE))).toEqual(['notice.released']);
    expect(kinds(play.do(RELEASE))).toMatch(/already/);
  });

  test('what was replaced after the approval is sent to nobody any more', () => {
    const { play, finding } = begun();
    play.given(draft([finding]), [APPROVE, BEN], { ...FINDING, status: 'confirmed', supersedes: finding } as Command);
    expect(kinds(play.do(RELEASE))).toMatch(/were replaced/);
  });

  test('sent: its promise is a clock, kept or not by the next notice', () => {
    const { play, finding } = begun();
    play.given(draft([finding], { nextUpdate: '2026-01-05T12:00:00Z' }), [APPROVE, BEN], SEND);
    expect(play.incident.promises).toMatchObject([{ who: 'us', due: '2026-01-05T12:00:00Z' }]);
    play.given(draft([finding], { notice: 'n2' }), [{ ...APPROVE, notice: 'n2' } as Command, BEN], {
      ...SEND,
      notice: 'n2',
    } as Command);
    expect(play.incident.promises[0]?.kept).toBe('yes');
  });
});

describe('corrections owed', () => {
  test('a finding that a sent notice used is replaced: the notice is named, until a correction with the new one was sent', () => {
    const { play, finding } = begun();
    play.given(draft([finding]), [APPROVE, BEN], SEND);
    expect(correctionsOwed(play.incident)).toEqual([]);
    play.given({ ...FINDING, status: 'confirmed', supersedes: finding } as Command);
    const now = play.incident.size;
    expect(correctionsOwed(play.incident)).toMatchObject([{ notice: { id: 'n1' }, changed: [{ was: finding, now }] }]);
    play.given(draft([now], { notice: 'n2', kind: 'correction', corrects: 'n1' }), [{ ...APPROVE, notice: 'n2' } as Command, BEN]);
    expect(correctionsOwed(play.incident)).toHaveLength(1);
    play.given({ ...SEND, notice: 'n2' } as Command);
    expect(correctionsOwed(play.incident)).toEqual([]);
  });

  test('a vendor that says something else reopens what rested on the first statement', () => {
    const { play } = begun();
    const statement: Command = { do: 'readStatement', speaker: 'Vendor', text: 'on-premises only', precision: 'minute' };
    play.given(statement);
    const first = play.incident.size;
    play.given(draft([first]), [APPROVE, BEN], SEND, {
      do: 'takeDecision',
      question: 'Is the cloud safe?',
      choice: 'Yes',
      reason: 'the vendor says so',
      outcome: 'decided',
      reversible: 'yes',
      cites: [first],
    });
    const answer = play.do({ ...statement, text: 'the cloud too', changes: first } as Command);
    expect(kinds(answer)).toEqual(['statement.read', 'decision.reopened']);
    const [read, reopened] = play.entries.slice(-2);
    expect(reopened).toMatchObject({ body: { because: read?.seq } });
    expect(correctionsOwed(play.incident)).toMatchObject([{ notice: { id: 'n1' } }]);
  });

  test('a statement is changed as it was last read, and can be withdrawn; what is none cannot', () => {
    const { play, finding } = begun();
    const read = (more: object): Command =>
      ({ do: 'readStatement', speaker: 'Vendor', text: 'on-premises only', precision: 'minute', ...more }) as Command;
    play.given(read({}));
    const first = play.incident.size;
    expect(kinds(play.do(read({ changes: finding })))).toMatch(/no statement/);
    expect(kinds(play.do(read({ withdrawn: true })))).toMatch(/Which statement/);
    play.given(draft([first]), [APPROVE, BEN], read({ text: 'Withdrew this statement.', changes: first, withdrawn: true }));
    expect(play.entries.at(-1)).toMatchObject({ body: { withdrawn: true, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) } });
    expect(kinds(play.do(read({ changes: first })))).toMatch(/changed by entry \d+ already/);
    expect(kinds(play.do(RELEASE))).toMatch(/rests on entries that were replaced/);
  });
});

describe('a translation', () => {
  const translated = (more: object = {}): Command =>
    ({
      do: 'draftNotice',
      notice: 't1',
      kind: 'holding',
      words: 'person',
      secondPerson: true,
      approvers: ['communications'],
      values: '{}',
      translates: { notice: 'n1', of: 0, language: 'es' },
      ...bytes('tt', [], 'Actuamos.'),
      ...more,
    }) as Command;
  const READ: Command = { do: 'approveNotice', notice: 't1', sha256: 'tt', reads: 'es' };

  function begunTranslated(): { play: Play; of: number; finding: number } {
    const { play, finding } = begun();
    play.given(draft([finding]));
    const of = play.incident.notices.get('n1')?.seq ?? 0;
    play.given([translated({ translates: { notice: 'n1', of, language: 'es' }, cites: [finding] }), BEN]);
    return { play, of, finding };
  }

  test('is approved by somebody else who says that they read it, once the original is', () => {
    const { play } = begunTranslated();
    expect(kinds(play.do(READ, ADA))).toMatch(/original is not approved/);
    play.given([APPROVE, BEN]);
    expect(kinds(play.do({ ...READ, reads: undefined } as unknown as Command, ADA))).toMatch(/say.* that they read/);
    expect(kinds(play.do({ ...READ, reads: 'de' } as Command, ADA))).toMatch(/read its language/);
    expect(kinds(play.do(READ, BEN))).toMatch(/second person/);
    play.given([READ, ADA]);
    expect(play.incident.notices.get('t1')?.approval).toMatchObject({ reads: 'es', sha256: 'tt' });
  });

  test('falls with its original: an edit takes both approvals, and the old words are not approved again', () => {
    const { play, finding } = begunTranslated();
    play.given([APPROVE, BEN], [READ, ADA]);
    const edit: Command = { do: 'editNotice', notice: 'n1', seen: 'aa', words: 'person', ...bytes('bb', [finding], 'We acted.') };
    expect(kinds(play.do(edit, ADA))).toEqual(['notice.voided', 'notice.voided', 'notice.edited']);
    expect(play.incident.notices.get('t1')?.approval).toBeUndefined();
    play.given([{ ...APPROVE, sha256: 'bb' } as Command, BEN]);
    expect(kinds(play.do(READ, ADA))).toMatch(/changed since/);
  });

  test('is of words as they stand, and of no translation', () => {
    const { play } = begunTranslated();
    const other = (translates: object) => kinds(play.do(translated({ notice: 't2', translates }), BEN));
    expect(other({ notice: 'n1', of: 1, language: 'es' })).toMatch(/changed meanwhile/);
    expect(other({ notice: 't1', of: 9, language: 'fr' })).toMatch(/translation itself/);
    expect(other({ notice: 'n9', of: 9, language: 'fr' })).toMatch(/no such notice/);
  });

  test('owes a correction like its original where what it rests on is replaced', () => {
    const { play, finding } = begunTranslated();
    play.given([APPROVE, BEN], [READ, ADA]);
    play.given([{ ...SEND, notice: 't1', sha256: 'tt' } as Command, BEN]);
    play.given({ do: 'recordFinding', about: 'the tool', status: 'confirmed', text: 'it is', supersedes: finding });
    expect(correctionsOwed(play.incident).map(({ notice }) => notice.id)).toEqual(['t1']);
  });

  test('that goes out after its original keeps no promise and makes none', () => {
    const { play, finding } = begun();
    play.given(draft([finding], { nextUpdate: '2026-01-05T12:00:00Z' }));
    const of = play.incident.notices.get('n1')?.seq ?? 0;
    const more = { translates: { notice: 'n1', of, language: 'es' }, nextUpdate: '2026-01-05T12:00:00Z' };
    play.given([translated(more), BEN], [APPROVE, BEN], [READ, ADA], [SEND, BEN]);
    play.given([{ ...SEND, notice: 't1', sha256: 'tt' } as Command, BEN]);
    expect(play.incident.promises).toHaveLength(1);
    expect(play.incident.promises[0]?.kept).toBeUndefined();
  });

  test('by a model may be approved by whoever asked for it', () => {
    const { play, finding } = begun();
    play.given(draft([finding]));
    const of = play.incident.notices.get('n1')?.seq ?? 0;
    play.given([APPROVE, BEN]);
    play.do(translated({ words: 'model', translates: { notice: 'n1', of, language: 'es' } }), 'bot');
    expect(kinds(play.do(READ, ADA))).toEqual(['notice.approved']);
  });
});

describe('approved alone', () => {
  test('for as many as were typed, and for no more', () => {
    const { play, finding } = begun();
    const solo: Command = { do: 'approveNotice', notice: 'n1', sha256: 'aa', solo: { recipients: 1 } };
    play.given(draft([finding]), solo, RELEASE, { ...CLIENT, channel: 'C10' } as Command);
    expect(kinds(play.do({ ...RELEASE, channel: 'C10' } as Command))).toMatch(/approved alone, for 1/);
  });
});

describe('who we are', () => {
  test('is kept in the record of the house, and typed again only where it changes', () => {
    const play = new Play();
    play.do({ do: 'openHouse', verifierKey: 'k' }, 'bot');
    const introduce: Command = { do: 'introduceHouse', profile: '{"name":"Acme IT"}' };
    expect(kinds(play.do(introduce, ADA))).toContain('house.introduced');
    expect(play.incident.ourselves).toBe('{"name":"Acme IT"}');
    expect(kinds(play.do(introduce, BEN))).toMatch(/like that already/);
  });
});
