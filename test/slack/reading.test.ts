import { describe, expect, test } from 'vitest';
import { proposalCard } from '../../src/slack/proposals/card.ts';
import { readPlainly } from '../../src/slack/proposals/plain-reading.ts';
import { commandIn, held } from '../../src/slack/proposals/proposal.ts';
import { readingsDue } from '../../src/slack/proposals/scribe-policy.ts';
import { timeIn } from '../../src/slack/talk/time-said.ts';
import { ADA, BEN, DECLARE, Play } from '../play.ts';

/** What plain rules make of chat, in memory: times, entries, contradictions. Nothing of it is more than a proposal. */
const AT = '2021-07-02T20:10:00Z';

describe('times as people say them', () => {
  test.each([
    ['off since 19:35', 'past', '2021-07-02T19:35:00Z'],
    ['I called them at half past seven', 'past', '2021-07-02T19:30:00Z'],
    ['quarter to eight it was', 'past', '2021-07-02T19:45:00Z'],
    ['saw it 20 minutes ago', 'past', '2021-07-02T19:50:00Z'],
    ['an hour ago', 'past', '2021-07-02T19:10:00Z'],
    ['at 7pm', 'past', '2021-07-02T19:00:00Z'],
    ['yesterday at 23:10', 'past', '2021-07-01T23:10:00Z'],
    ['last seen 23:10', 'past', '2021-07-01T23:10:00Z'],
    ['update at 13:00 utc tomorrow', 'next', '2021-07-03T13:00:00Z'],
    ['by 21:00', 'next', '2021-07-02T21:00:00Z'],
    ['by 9:15', 'next', '2021-07-02T21:15:00Z'],
    ['in 30 minutes', 'next', '2021-07-02T20:40:00Z'],
    ['version 9.5.7 on 10.0.0.12', 'past', undefined],
    ['11 of 38 clients', 'past', undefined],
    ['25:00', 'next', undefined],
  ] as const)('"%s" looking to the %s', (words, toward, expected) => {
    expect(timeIn(words, { at: AT, zone: 'UTC', toward })).toBe(expected);
  });

  test('a time of day is one of where the person is', () => {
    expect(timeIn('at 19:35', { at: AT, zone: 'Europe/Amsterdam', toward: 'past' })).toBe('2021-07-02T17:35:00Z');
  });
});

describe('what reads like an entry', () => {
  const play = new Play().given(DECLARE, { do: 'recordFinding', about: 'contoso', status: 'unknown', text: 'nobody looked' });
  const read = (text: string) => readPlainly({ number: 1, at: AT, speaker: 'Ben', zone: 'UTC', text }, play.view());

  test.each([
    ['we switched the VSA server off at 19:35', [{ kind: 'note', occurred: '2021-07-02T19:35:00Z' }]],
    [
      'contoso is confirmed, 14 machines encrypted',
      [{ kind: 'finding', about: 'contoso', status: 'confirmed', text: '14 machines encrypted' }],
    ],
    ['the file server looks like it got encrypted too', [{ kind: 'finding', status: 'suspected' }]],
    [
      'we decided to keep RDP open for the hospital, no choice',
      [{ kind: 'decision', text: 'keep RDP open for the hospital', reason: 'no choice' }],
    ],
    ['kaseya says they will patch by 13:00 utc tomorrow', [{ kind: 'promise', who: 'kaseya', due: '2021-07-03T13:00:00Z' }]],
    ['ill call them at 21:00', [{ kind: 'promise', who: 'Ben', due: '2021-07-02T21:00:00Z' }]],
    ['tulip called at 19:50. we agreed to ship new laptops because restore takes days', [{ kind: 'note' }, { kind: 'decision' }]],
    ['did anybody look at the logs?', []],
    ['lol', []],
    ['gonna get coffee', []],
  ])('"%s"', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
    expect(read(text)).toHaveLength(expected.length);
  });

  test('a newer finding about the same thing replaces the older one', () => {
    expect(read('contoso is confirmed, 14 machines encrypted')[0]?.entry).toBe(play.incident.findings[0]?.seq);
  });

  test('hidden characters, links and markup of a message come out harmless', () => {
    const text = `we switched it off at 19:35 see https://evil.example/?d=1 <!channel> ${String.fromCodePoint(0xe0068)}\u202e`;
    const said = { number: 1, at: AT, speaker: 'Ben', text };
    const source = { channel: 'C1', ts: '1.1', at: AT, user: 'U2', speaker: 'Ben', text };
    const [proposal] = read(text).flatMap((one) => held(one, [{ ...said, source }], 'p1') ?? []);
    const shown = JSON.stringify(proposalCard(play.view(), { state: 'open', proposal: proposal! }));
    expect(shown).not.toMatch(/https?:\/\/|<!channel>|[\u{e0000}-\u{e007f}\u202e]/u);
  });
});

describe('a word from the front line against what was told', () => {
  const FINDING = {
    do: 'recordFinding',
    about: 'payment data',
    status: 'ruled_out',
    text: 'No card data was stored there.',
  } as const;
  const begun = (): Play => {
    const play = new Play().given(DECLARE, FINDING);
    const cites = [play.incident.findings[0]?.seq ?? 0];
    const draft = JSON.stringify({ sentences: [{ text: 'No card data was stored there.', cites }] });
    return play.given(
      {
        do: 'draftNotice',
        notice: 'n1',
        kind: 'holding',
        words: 'template',
        secondPerson: true,
        approvers: ['communications'],
        values: '{}',
        draft,
        sha256: 'aa',
        cites,
      },
      [{ do: 'approveNotice', notice: 'n1', sha256: 'aa' }, BEN],
    );
  };
  const heard = (play: Play, text: string) => readPlainly({ number: 1, at: AT, speaker: 'Ada', zone: 'UTC', text }, play.view())[0];

  test('reaches whoever approved the notice: shown to them at once, and a question to them when it is accepted', () => {
    const play = begun();
    const seq = play.incident.findings[0]?.seq ?? 0;
    const text = 'support says card data was in there';
    const found = heard(play, text);
    expect(found).toMatchObject({ kind: 'contradiction', entry: seq });
    const source = { channel: 'C1', ts: '1.1', at: AT, user: 'U1', speaker: 'Ada', text };
    const proposal = { ...found!, id: 'p1', source };
    const card = JSON.stringify(proposalCard(play.view(), { state: 'open', proposal }));
    expect(card).toContain('<@U2>');
    expect(card).toContain('approved notice n1');
    const command = commandIn(proposal, play.view(), ADA, () => 'id');
    expect(command).toMatchObject({ do: 'openAsk', to: BEN });
    expect(JSON.stringify(command)).toContain('notice n1');
  });

  test('an agreeing word, a question, and talk of something else are no contradiction', () => {
    const play = begun();
    for (const text of ['support says no card data was in there', 'support says the line is busy', 'card data was never there'])
      expect(heard(play, text)?.kind).not.toBe('contradiction');
  });

  test('what is for counsel is not held against anybody', () => {
    const play = begun();
    for (const seq of [play.incident.findings[0]?.seq ?? 0, play.incident.notices.get('n1')?.seq ?? 0])
      play.given({ do: 'relabelEntry', of: seq, label: 'counsel' });
    expect(heard(play, 'support says card data was in there')?.kind).not.toBe('contradiction');
  });
});

describe('when the scribe reads unasked', () => {
  const MINUTE = 60_000;

  test('never, as long as nobody set it; then once a stretch, and not after the close', () => {
    const play = new Play().given(DECLARE);
    expect(readingsDue(play.view(), play.view().now + 600 * MINUTE)).toEqual([]);
    play.given({ do: 'setScribe', every: 30, handover: false });
    const set = Date.parse(play.incident.scribe?.at ?? '');
    expect(readingsDue(play.view(), set + 29 * MINUTE)).toEqual([]);
    const first = readingsDue(play.view(), set + 31 * MINUTE);
    expect(first).toHaveLength(1);
    expect(readingsDue(play.view(), set + 59 * MINUTE)).toEqual(first);
    expect(readingsDue(play.view(), set + 61 * MINUTE)).not.toEqual(first);
    play.given({ do: 'closeIncident', as: 'resolved', reason: 'over' });
    expect(readingsDue(play.view(), set + 61 * MINUTE)).toEqual([]);
  });

  test('at a hand-over, for an hour', () => {
    const play = new Play().given(DECLARE, { do: 'setScribe', every: 0, handover: true });
    expect(readingsDue(play.view(), play.view().now)).toEqual([]);
    play.given({ do: 'offerHandover', role: 'lead', to: BEN, brief: 'all yours' });
    expect(readingsDue(play.view(), play.view().now)).toHaveLength(1);
    expect(readingsDue(play.view(), play.view().now + 61 * MINUTE)).toEqual([]);
  });
});
