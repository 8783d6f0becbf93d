import { describe, expect, test } from 'vitest';
import type { Command, NamedPerson, RefusalCode } from '../src/record/command.ts';
import type { Kind } from '../src/record/event.ts';
import type { Incident } from '../src/record/incident.ts';
import { ADA, BEN, DECLARE, Play } from './play.ts';

/** Given what was said before, when somebody says more, then these entries follow, or this refusal and no entry. */
type Case = {
  name: string;
  given?: (Command | [Command, NamedPerson])[];
  when: Command;
  comes: Kind[] | RefusalCode;
  at?: string;
  and?: (incident: Incident) => void;
};

const time = (anchor: string, at?: string, more: { supersedes?: number; reason?: string } = {}): Command => ({
  do: 'setAnchor',
  anchor,
  ...(at === undefined ? {} : { at }),
  ...more,
});
const fact = (name: string, value: string | number | boolean | string[]): Command => ({
  do: 'setFacts',
  facts: [{ fact: name, value }],
});
const file = (more: Partial<Extract<Command, { do: 'fileDuty' }>> = {}): Command => ({
  do: 'fileDuty',
  duty: 'us-tx-ag',
  at: '2026-01-05T08:00:00Z',
  evidence: [],
  ...more,
});
const waive: Command = { do: 'waiveDuty', duty: 'us-tx-ag', reason: 'no Texan is affected', approver: BEN };
const undo: Command = { do: 'reopenDuty', duty: 'us-tx-ag', reason: 'wrong duty' };
const DETECTED = time('detected', '2026-01-04T10:00:00Z');
const AWARE = time('aware', '2026-01-04T10:00:00Z');
/** DECLARE seals six entries, so the first word on a clock is entry 7. */
const FIRST = 7;

const CASES: Record<string, Case[]> = {
  'a time': [
    {
      name: 'is an entry of its own, and everything after it can be dated from it',
      when: AWARE,
      comes: ['anchor.set'],
      and: ({ owed }) => {
        expect(owed.anchors.get('aware')).toMatchObject({ seq: FIRST, at: '2026-01-04T10:00:00Z', precision: 'minute' });
        expect(owed.because).toBe(FIRST);
      },
    },
    {
      name: 'of which only the day is known stays a day',
      when: time('occurred', '2026-01-02'),
      comes: ['anchor.set'],
      and: ({ owed }) => expect(owed.anchors.get('occurred')).toMatchObject({ at: '2026-01-02', precision: 'day' }),
    },
    {
      name: 'is replaced by an entry that names it and says why; both stay',
      given: [AWARE],
      when: time('aware', '2026-01-03T10:00:00Z', { supersedes: FIRST, reason: 'the mail was read a day earlier' }),
      comes: ['anchor.set'],
      and: ({ owed }) => expect(owed.anchors.get('aware')).toMatchObject({ seq: FIRST + 1, at: '2026-01-03T10:00:00Z' }),
    },
    {
      name: 'is not replaced by an entry that does not name it: somebody else may just have said so',
      given: [AWARE],
      when: time('aware', '2026-01-03T10:00:00Z', { reason: 'x' }),
      comes: 'already',
    },
    {
      name: 'is not replaced without a reason',
      given: [AWARE],
      when: time('aware', '2026-01-03T10:00:00Z', { supersedes: FIRST }),
      comes: 'needs-reason',
      at: 'reason',
    },
    {
      name: 'can turn out not to be known',
      given: [AWARE],
      when: time('aware', undefined, { supersedes: FIRST, reason: 'that was another incident' }),
      comes: ['anchor.set'],
      and: ({ owed }) => expect(owed.anchors.get('aware')?.at).toBeUndefined(),
    },
    { name: 'must be one from which a clock starts', when: time('lunch', '2026-01-04T10:00:00Z'), comes: 'unknown', at: 'anchor' },
    { name: 'cannot lie in the future', when: time('aware', '2026-01-06T10:00:00Z'), comes: 'invalid', at: 'anchors.aware' },
    {
      name: 'cannot lie before the incident occurred',
      given: [time('occurred', '2026-01-04T12:00:00Z')],
      when: AWARE,
      comes: 'invalid',
      at: 'anchors.aware',
    },
  ],
  'awareness later than detection': [
    {
      name: 'needs a written reason',
      given: [DETECTED],
      when: time('aware', '2026-01-05T08:00:00Z'),
      comes: 'needs-reason',
      at: 'reason',
    },
    {
      name: 'needs it for the American word too',
      given: [DETECTED],
      when: time('discovered', '2026-01-05'),
      comes: 'needs-reason',
      at: 'reason',
    },
    {
      name: 'needs it when detection turns out to be the earlier one',
      given: [time('aware', '2026-01-05T08:00:00Z')],
      when: DETECTED,
      comes: 'needs-reason',
      at: 'reason',
    },
    {
      name: 'is recorded with its reason',
      given: [DETECTED],
      when: time('aware', '2026-01-05T08:00:00Z', { reason: 'the alert went to a mailbox nobody reads' }),
      comes: ['anchor.set'],
      and: ({ owed }) => expect(owed.anchors.get('aware')?.reason).toContain('mailbox'),
    },
    { name: 'needs none where both are the same', given: [DETECTED], when: AWARE, comes: ['anchor.set'] },
  ],
  'a fact': [
    {
      name: 'names what it replaces',
      given: [fact('residents.US-TX', 300)],
      when: fact('residents.US-TX', 1200),
      comes: ['fact.set'],
      and: ({ owed }) => expect(owed.facts.get('residents.US-TX')).toMatchObject({ value: 1200, seq: FIRST + 1 }),
    },
    {
      name: 'that says nothing new is left out, and the others of the form are kept',
      given: [fact('risk', 'likely')],
      when: {
        do: 'setFacts',
        facts: [
          { fact: 'risk', value: 'likely' },
          { fact: 'encrypted', value: false },
        ],
      },
      comes: ['fact.set'],
    },
    {
      name: 'that is on record is not recorded twice',
      given: [fact('risk', 'likely')],
      when: fact('risk', 'likely'),
      comes: 'already',
    },
    {
      name: 'that contradicts the form of findings is refused by its field',
      when: fact('risk', 'gigantic'),
      comes: 'invalid',
      at: 'risk',
    },
    { name: 'with a negative count is refused', when: fact('residents.US-TX', -1), comes: 'invalid', at: 'residents.US-TX' },
    { name: 'about no place that there is is refused', when: fact('residents.Atlantis', 4), comes: 'unknown' },
    { name: 'with an unknown zone is refused', when: fact('entity.zone', 'Mars/Olympus'), comes: 'invalid', at: 'entity.zone' },
    {
      name: 'about a contract keeps the name of the party beside the line',
      when: {
        do: 'setFacts',
        facts: [{ fact: 'contracts.c1', value: { kind: 'dpa', hours: 48, anchor: 'aware' }, party: 'Tulip BV' }],
      },
      comes: ['fact.set'],
      and: ({ owed }) => expect(owed.facts.get('contracts.c1')).toMatchObject({ party: 'Tulip BV' }),
    },
  ],
  'a filing': [
    {
      name: 'has its time, its reference and its proof',
      when: file({ reference: 'AG-77', proof: 'the mail of 08:02', received: '2026-01-05T08:02:00Z', evidence: [2] }),
      comes: ['duty.filed'],
      and: ({ owed }) =>
        expect(owed.duties.get('us-tx-ag')?.filings).toMatchObject([
          { reference: 'AG-77', received: '2026-01-05T08:02:00Z', evidence: [2] },
        ]),
    },
    { name: 'is never in the future', when: file({ at: '2026-01-07T08:00:00Z' }), comes: 'invalid', at: 'at' },
    {
      name: 'is not received before it was sent',
      when: file({ received: '2026-01-05T07:00:00Z' }),
      comes: 'invalid',
      at: 'received',
    },
    { name: 'cites entries that there are', when: file({ evidence: [99] }), comes: 'unknown', at: 'evidence' },
    {
      name: 'can be followed by another: the first one counts',
      given: [file()],
      when: file({ at: '2026-01-05T08:30:00Z' }),
      comes: ['duty.filed'],
    },
    {
      name: 'can replace one that was mistaken',
      given: [file()],
      when: file({ at: '2026-01-05T08:30:00Z', supersedes: FIRST }),
      comes: ['duty.filed'],
      and: ({ owed }) => expect(owed.duties.get('us-tx-ag')?.filings.map(({ at }) => at)).toEqual(['2026-01-05T08:30:00Z']),
    },
    { name: 'replaces only what there is', when: file({ supersedes: 3 }), comes: 'unknown' },
    {
      name: 'goes on after the close',
      given: [{ do: 'closeIncident', as: 'resolved', reason: 'over' }],
      when: file(),
      comes: ['duty.filed'],
    },
    { name: 'is refused while somebody decided against the duty', given: [waive], when: file(), comes: 'already' },
  ],
  'a decision against a duty': [
    {
      name: 'names its reason and a second person',
      when: waive,
      comes: ['actor.named', 'duty.waived'],
      and: ({ owed }) =>
        expect(owed.duties.get('us-tx-ag')?.waived).toMatchObject({ approver: 'p2', reason: 'no Texan is affected' }),
    },
    {
      name: 'is not approved by the one who takes it',
      when: { ...waive, approver: ADA } as Command,
      comes: 'two-people',
      at: 'approver',
    },
    { name: 'is not taken without a reason', when: { ...waive, reason: ' ' } as Command, comes: 'needs-reason', at: 'reason' },
    { name: 'is not taken twice', given: [waive], when: waive, comes: 'already' },
    { name: 'is not taken once it was filed', given: [file()], when: waive, comes: 'already' },
    {
      name: 'can be taken back, with a reason',
      given: [waive],
      when: undo,
      comes: ['duty.reopened'],
      and: ({ owed }) => expect(owed.duties.get('us-tx-ag')?.waived).toBeUndefined(),
    },
    {
      name: 'is not taken back without a reason',
      given: [waive],
      when: { ...undo, reason: '' } as Command,
      comes: 'needs-reason',
      at: 'reason',
    },
    { name: 'cannot be taken back where there is none', when: undo, comes: 'open' },
  ],
  'a changed rule': [
    { name: 'is accepted only where one changed', when: { do: 'acceptRule', duty: 'us-tx-ag', of: 3 }, comes: 'already' },
  ],
  'a reminder': [
    {
      name: 'is raised once, however often the watch asks',
      given: [{ do: 'raiseReminders', reminders: [{ of: 'duty/us-tx-ag', rung: '24h', due: '2026-01-06' }] }],
      when: {
        do: 'raiseReminders',
        reminders: [
          { of: 'duty/us-tx-ag', rung: '24h', due: '2026-01-06' },
          { of: 'duty/us-tx-ag', rung: '6h', due: '2026-01-06' },
        ],
      },
      comes: ['reminder.raised'],
    },
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('$name', ({ given = [], when, comes, at, and }) => {
    const play = new Play().given(DECLARE, ...given);
    const before = play.incident.size;
    const answer = play.do(when);
    if (Array.isArray(comes)) {
      if ('refused' in answer) throw new Error(`refused: ${answer.refused}`);
      expect(answer.map(({ kind }) => kind)).toEqual(comes);
      and?.(play.incident);
    } else {
      expect(answer).toMatchObject({ code: comes, ...(at === undefined ? {} : { field: at }) });
      expect(play.incident.size, 'a refusal seals nothing').toBe(before);
    }
  });
});
