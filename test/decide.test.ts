import { describe, expect, test } from 'vitest';
import type { Command, NamedPerson, RefusalCode } from '../src/record/command.ts';
import type { CostCommand } from '../src/record/command-costs.ts';
import type { LaneCommand } from '../src/record/command-lanes.ts';
import type { NoticeCommand } from '../src/record/command-notices.ts';
import type { RunbookCommand } from '../src/record/command-runbook.ts';
import type { Kind } from '../src/record/event.ts';
import type { Incident } from '../src/record/incident.ts';
import { ADA, BEN, DECLARE, Play } from './play.ts';

/** Given what was done before, when somebody wants something, then these entries follow, or this refusal and no entry. */
type Given = (Command | [Command, NamedPerson])[];
type Case = {
  name: string;
  given?: Given;
  when: Command;
  by?: NamedPerson | 'bot';
  comes: Kind[] | RefusalCode;
  /** The field at which a form shows the refusal. */
  at?: string;
  and?: (incident: Incident) => void;
};

const CUT = 'cut-it-off';
const IMAGES = 'secure-the-images';
const DECISION = 'do-we-keep-it';
const SLEEP = 'write-it-up';
const done = (step: string, override?: string): Command => ({
  do: 'completeStep',
  step,
  ...(override === undefined ? {} : { override }),
});
const skip: Command = { do: 'skipStep', step: CUT, reason: 'was done last week' };
const block: Command = { do: 'blockStep', step: CUT, reason: 'no password' };
const CLOSE: Command = { do: 'closeIncident', as: 'resolved', reason: 'it is over' };
const NOTE: Command = { do: 'recordNote', text: 'the vendor called' };
const FINDING: Command = { do: 'recordFinding', about: 'the tool', status: 'suspected', text: 'it is abused' };
const DECIDE: Command = {
  do: 'takeDecision',
  step: DECISION,
  option: 1,
  question: 'Do we keep it?',
  choice: 'No',
  reason: 'too dangerous',
  outcome: 'decided',
  reversible: 'yes',
  cites: [1],
};
const OFFER: Command = { do: 'offerHandover', role: 'lead', to: BEN, brief: 'all quiet' };
const ASK: Command = { do: 'openAsk', question: 'Who has the key?', to: BEN, due: '2026-01-05T12:00:00Z' };
const KEEP: Command = {
  do: 'keepMessage',
  message: 'C1/1.2',
  text: 'look at this',
  speaker: 'Ben',
  occurred: '2026-01-05T08:59:00Z',
  how: 'shortcut',
};
const PROMISE: Command = { do: 'recordPromise', promise: 'pr1', who: 'Vendor', text: 'a patch on Tuesday' };
const HOLD: Command = { do: 'placeHold', hold: 'h1', reason: 'court', second: BEN };
const UNKNOWN: Command = { do: 'observe', event: { kind: 'delivery.uncertain', body: { delivery: 'd' }, texts: {} } };
const SCRIBE = { do: 'setScribe', every: 30, handover: true } as const;
const PLACE: Command = { do: 'openPlace', surface: 'slack', workspace: 'T1', channel: 'C1', purpose: 'incident' };
const EVIDENCE: Command = {
  do: 'addEvidence',
  evidence: 'F1',
  step: CUT,
  name: 'a.png',
  sha256: 'ab',
  bytes: 2,
  mediaType: 'image/png',
};
const step = (incident: Incident, id: string) => incident.steps.get(id)!;

/**
 * Commands about duties have their cases beside the clocks, those about clients and lanes beside the lanes, those about the text
 * that governs in record-runbook, and those about many rows in record-rows;
 * those about notices in record-notices, and those about costs in costs.
 */
type Elsewhere =
  | CostCommand['do']
  | LaneCommand['do']
  | NoticeCommand['do']
  | RunbookCommand['do']
  | 'writeRows'
  | 'setAnchor'
  | 'setFacts'
  | 'fileDuty'
  | 'waiveDuty'
  | 'reopenDuty'
  | 'acceptRule'
  | 'reckonDuties'
  | 'raiseReminders';

const PUBLISHED: Command = {
  do: 'observe',
  event: {
    kind: 'checkpoint.published',
    body: { size: 3, root: 'r', surface: 'room', workspace: 'T1', channel: 'C1', message: '1.2' },
    texts: {},
  },
};
const IMPORT: Command = {
  do: 'importEntries',
  title: 'From paper',
  verifierKey: 'firebreak-test+00000000+AQ==',
  entries: [
    { about: 'the tool', text: 'it is abused', status: 'suspected', counsel: false, at: '2026-01-01T00:00:00Z' },
    { about: 'the tool', text: 'it was abused', status: 'confirmed', counsel: false, supersedes: 0 },
    { about: 'note', text: 'what counsel said', counsel: true },
  ],
};

/** Every command, so that a new one without its cases does not compile. */
const CASES: Record<Exclude<Command['do'], Elsewhere>, Case[]> = {
  confirmCopy: [
    {
      name: 'a person says that a copy of the last head is outside',
      given: [[PUBLISHED, ADA]],
      when: { do: 'confirmCopy' },
      comes: ['checkpoint.published'],
      and: ({ published }) => expect(published.at(-1)).toMatchObject({ surface: 'person', size: 3 }),
    },
    { name: 'there is nothing to copy before the first head', when: { do: 'confirmCopy' }, comes: 'unknown' },
    {
      name: 'the same head is confirmed once',
      given: [PUBLISHED, { do: 'confirmCopy' }],
      when: { do: 'confirmCopy' },
      comes: 'already',
    },
  ],
  openHouse: [
    {
      name: 'a house has a record of its own',
      given: [],
      when: { do: 'openHouse', verifierKey: 'firebreak-test+00000000+AQ==' },
      by: 'bot',
      comes: ['key.shown'],
    },
    {
      name: 'which opens once',
      when: { do: 'openHouse', verifierKey: 'firebreak-test+00000000+AQ==' },
      by: 'bot',
      comes: 'already',
    },
  ],
  signHouse: [
    {
      name: 'a head over all records',
      when: { do: 'signHouse', note: 'n', root: 'r', heads: '[]' },
      by: 'bot',
      comes: ['house.signed'],
    },
  ],
  importEntries: [
    {
      name: 'a plain record comes in entry by entry, with its order of replacement and its labels',
      given: [],
      when: IMPORT,
      comes: ['actor.named', 'incident.declared', 'key.shown', 'finding.recorded', 'finding.recorded', 'note.recorded'],
      and: ({ findings }) => expect(findings.map(({ supersededBy }) => supersededBy)).toEqual([5, undefined]),
    },
    { name: 'not into a record that has begun', when: IMPORT, comes: 'already' },
  ],
  declareIncident: [
    {
      name: 'the one who declares leads, the bot keeps the record, and the key and the runbook are sealed',
      given: [],
      when: DECLARE,
      comes: ['actor.named', 'incident.declared', 'key.shown', 'runbook.adopted', 'role.assigned', 'role.assigned'],
      and: ({ roles, title, runbook }) => {
        expect(roles).toEqual([
          { role: 'lead', person: 'p1' },
          { role: 'scribe', person: 'bot' },
        ]);
        expect([title, runbook?.id]).toEqual(['The tool is abused', 'small']);
      },
    },
    { name: 'a name is wanted, however rough', given: [], when: { ...DECLARE, title: '  ' }, comes: 'invalid', at: 'title' },
    { name: 'an incident is declared once', when: DECLARE, comes: 'already' },
  ],
  openPlace: [
    {
      name: 'a place where it is worked on',
      when: PLACE,
      by: 'bot',
      comes: ['place.opened'],
      and: ({ places }) => expect(places).toHaveLength(1),
    },
    { name: 'the same place only once', given: [PLACE], when: PLACE, by: 'bot', comes: 'already' },
    { name: 'a place can open after the close', given: [CLOSE], when: PLACE, by: 'bot', comes: ['place.opened'] },
  ],
  renameIncident: [
    {
      name: 'the new name counts',
      when: { do: 'renameIncident', title: 'Worse' },
      comes: ['incident.renamed'],
      and: ({ title }) => expect(title).toBe('Worse'),
    },
    { name: 'not after the close', given: [CLOSE], when: { do: 'renameIncident', title: 'Worse' }, comes: 'closed' },
  ],
  setScribe: [
    {
      name: 'the scribe reads by the clock and at a hand-over',
      when: SCRIBE,
      comes: ['scribe.set'],
      and: ({ scribe }) => expect(scribe).toMatchObject({ every: 30, handover: true }),
    },
    { name: 'the same again is no news', given: [SCRIBE], when: SCRIBE, comes: 'already' },
    { name: 'off when it never was on is no news', when: { ...SCRIBE, every: 0, handover: false }, comes: 'already' },
    {
      name: 'and off again',
      given: [SCRIBE],
      when: { ...SCRIBE, every: 0, handover: false },
      comes: ['scribe.set'],
      and: ({ scribe }) => expect(scribe).toMatchObject({ every: 0, handover: false }),
    },
    { name: 'not every minute', when: { ...SCRIBE, every: 1 }, comes: 'invalid' },
    { name: 'not in parts of a minute', when: { ...SCRIBE, every: 7.5 }, comes: 'invalid' },
    { name: 'not after the close', given: [CLOSE], when: SCRIBE, comes: 'closed' },
  ],
  closeIncident: [
    {
      name: 'as a false alarm, with the reason',
      when: { ...CLOSE, as: 'false-alarm' },
      comes: ['incident.closed'],
      and: ({ closed }) => expect(closed).toMatchObject({ as: 'false-alarm', by: 'p1', reason: 'it is over' }),
    },
    { name: 'a reason is wanted', when: { ...CLOSE, reason: ' ' }, comes: 'needs-reason', at: 'reason' },
    { name: 'merged says into what', when: { ...CLOSE, as: 'merged', into: ' ' }, comes: 'invalid', at: 'into' },
    {
      name: 'merged into another one',
      when: { ...CLOSE, as: 'merged', into: 'inc-other' },
      comes: ['incident.closed'],
      and: ({ closed }) => expect(closed?.into).toBe('inc-other'),
    },
    { name: 'not merged into itself', when: { ...CLOSE, as: 'merged', into: 'inc-play' }, comes: 'invalid', at: 'into' },
    { name: 'closed is closed', given: [CLOSE], when: CLOSE, comes: 'closed' },
  ],
  reopenIncident: [
    {
      name: 'it goes on',
      given: [CLOSE],
      when: { do: 'reopenIncident', reason: 'it did not stop' },
      comes: ['incident.reopened'],
      and: ({ status, closed }) => expect([status, closed]).toEqual(['open', undefined]),
    },
    { name: 'an open one is open', when: { do: 'reopenIncident', reason: 'x' }, comes: 'open' },
    { name: 'a reason is wanted', given: [CLOSE], when: { do: 'reopenIncident', reason: '' }, comes: 'needs-reason', at: 'reason' },
  ],
  assignRole: [
    {
      name: 'a free role is taken, and whoever takes it gets a pseudonym',
      when: { do: 'assignRole', role: 'owner', to: BEN },
      comes: ['actor.named', 'role.assigned'],
      and: ({ people }) => expect(people.get('p2')).toEqual({ name: 'Ben', account: BEN.account }),
    },
    { name: 'whoever has it has it', when: { do: 'assignRole', role: 'lead', to: ADA }, comes: 'already' },
    { name: 'the lead is handed over, not taken', when: { do: 'assignRole', role: 'lead', to: BEN }, comes: 'not-yours' },
  ],
  offerHandover: [
    {
      name: 'the role stays where it is until the other side accepts',
      when: OFFER,
      comes: ['actor.named', 'handover.offered'],
      and: ({ roles }) => expect(roles[0]?.person).toBe('p1'),
    },
    { name: 'only the holder hands over', when: OFFER, by: BEN, comes: 'not-yours' },
    { name: 'not to oneself', when: { ...OFFER, to: ADA }, comes: 'invalid', at: 'to' },
  ],
  answerHandover: [
    {
      name: 'accepted: the role moves',
      given: [OFFER],
      when: { do: 'answerHandover', handover: 'id1', accept: true },
      by: BEN,
      comes: ['handover.accepted'],
      and: ({ roles }) => expect(roles.find(({ role }) => role === 'lead')?.person).toBe('p2'),
    },
    {
      name: 'declined: the role stays',
      given: [OFFER],
      when: { do: 'answerHandover', handover: 'id1', accept: false, reason: 'I am asleep' },
      by: BEN,
      comes: ['handover.declined'],
      and: ({ roles }) => expect(roles.find(({ role }) => role === 'lead')?.person).toBe('p1'),
    },
    { name: 'there must be one', when: { do: 'answerHandover', handover: 'none', accept: true }, comes: 'unknown' },
    {
      name: 'only by whom it was offered to',
      given: [OFFER],
      when: { do: 'answerHandover', handover: 'id1', accept: true },
      comes: 'not-yours',
    },
    {
      name: 'once',
      given: [OFFER, [{ do: 'answerHandover', handover: 'id1', accept: true }, BEN]],
      when: { do: 'answerHandover', handover: 'id1', accept: true },
      by: BEN,
      comes: 'already',
    },
  ],
  answerQuestion: [
    {
      name: 'an answer of the runbook',
      when: { do: 'answerQuestion', fact: 'personal data', answer: 'yes' },
      comes: ['question.answered'],
      and: ({ facts }) => expect(facts.get('personal data')).toBe('yes'),
    },
    { name: 'a question that nobody asks', when: { do: 'answerQuestion', fact: 'weather', answer: 'yes' }, comes: 'unknown' },
    {
      name: 'the same answer twice',
      given: [{ do: 'answerQuestion', fact: 'personal data', answer: 'no' }],
      when: { do: 'answerQuestion', fact: 'personal data', answer: 'no' },
      comes: 'already',
    },
  ],
  completeStep: [
    {
      name: 'without evidence it is reported, not verified',
      when: done(CUT),
      comes: ['step.completed'],
      and: (incident) => expect(step(incident, CUT)).toMatchObject({ state: 'done', verified: false, by: 'p1' }),
    },
    {
      name: 'with evidence it is verified',
      given: [EVIDENCE],
      when: done(CUT),
      comes: ['step.completed'],
      and: (incident) => expect(step(incident, CUT)).toMatchObject({ verified: true, evidence: [7] }),
    },
    { name: 'a precondition is hard', when: done(IMAGES), comes: 'precondition', at: 'override' },
    { name: 'an empty override overrides nothing', when: done(IMAGES, '  '), comes: 'precondition', at: 'override' },
    {
      name: 'an override is kept for ever',
      when: done(IMAGES, 'the disk was failing'),
      comes: ['step.completed'],
      and: (incident) => expect(step(incident, IMAGES).override).toBe('the disk was failing'),
    },
    { name: 'a skipped step is no met precondition', given: [skip], when: done(IMAGES), comes: 'precondition', at: 'override' },
    { name: 'a done step is', given: [done(CUT)], when: done(IMAGES), comes: ['step.completed'] },
    { name: 'twice is said honestly', given: [done(CUT)], when: done(CUT), by: BEN, comes: 'already' },
    { name: 'there must be such a step', when: done('nonsense'), comes: 'unknown' },
    { name: 'not after the close', given: [CLOSE], when: done(CUT), comes: 'closed' },
    { name: 'a blocked step can be done all the same', given: [block], when: done(CUT), comes: ['step.completed'] },
  ],
  skipStep: [
    {
      name: 'with a reason',
      when: skip,
      comes: ['step.skipped'],
      and: (incident) => expect(step(incident, CUT)).toMatchObject({ state: 'skipped', reason: 'was done last week' }),
    },
    { name: 'without one it is not', when: { ...skip, reason: '' }, comes: 'needs-reason', at: 'reason' },
    { name: 'what is done cannot be skipped', given: [done(CUT)], when: skip, comes: 'already' },
    { name: 'there must be such a step', when: { ...skip, step: 'x' }, comes: 'unknown' },
  ],
  blockStep: [
    {
      name: 'with what blocks it',
      when: block,
      comes: ['step.blocked'],
      and: (incident) => expect(step(incident, CUT).state).toBe('blocked'),
    },
    { name: 'without, it is not', when: { ...block, reason: '\n' }, comes: 'needs-reason', at: 'reason' },
    { name: 'what is done is not blocked', given: [done(CUT)], when: block, comes: 'already' },
  ],
  unblockStep: [
    {
      name: 'it is open again',
      given: [block],
      when: { do: 'unblockStep', step: CUT, note: 'found it' },
      comes: ['step.unblocked'],
      and: (incident) => expect(step(incident, CUT)).toMatchObject({ state: 'open' }),
    },
    { name: 'only what is blocked', when: { do: 'unblockStep', step: CUT }, comes: 'open' },
  ],
  reopenStep: [
    {
      name: 'it is to be done again',
      given: [done(CUT)],
      when: { do: 'reopenStep', step: CUT, reason: 'it came back' },
      comes: ['step.reopened'],
      and: (incident) => expect(step(incident, CUT)).toMatchObject({ state: 'open', verified: false, reopened: 1 }),
    },
    {
      name: 'a reason is wanted',
      given: [done(CUT)],
      when: { do: 'reopenStep', step: CUT, reason: '' },
      comes: 'needs-reason',
      at: 'reason',
    },
    { name: 'an open one is open', when: { do: 'reopenStep', step: CUT, reason: 'x' }, comes: 'open' },
  ],
  assignStep: [
    {
      name: 'somebody has it',
      when: { do: 'assignStep', step: CUT, to: BEN },
      comes: ['actor.named', 'step.assigned'],
      and: (incident) => expect(step(incident, CUT).assigned).toBe('p2'),
    },
    { name: 'there must be such a step', when: { do: 'assignStep', step: 'x', to: BEN }, comes: 'unknown' },
  ],
  tickCheck: [
    {
      name: 'a tick',
      when: { do: 'tickCheck', step: CUT, check: '0', ticked: true },
      comes: ['check.ticked'],
      and: (incident) => expect([...step(incident, CUT).ticked]).toEqual(['0']),
    },
    {
      name: 'a tick taken back',
      given: [{ do: 'tickCheck', step: CUT, check: '0', ticked: true }],
      when: { do: 'tickCheck', step: CUT, check: '0', ticked: false },
      comes: ['check.ticked'],
      and: (incident) => expect(step(incident, CUT).ticked.size).toBe(0),
    },
    {
      name: 'twice is once',
      given: [{ do: 'tickCheck', step: CUT, check: '0', ticked: true }],
      when: { do: 'tickCheck', step: CUT, check: '0', ticked: true },
      comes: 'already',
    },
    {
      name: 'what was not ticked cannot be taken back',
      when: { do: 'tickCheck', step: CUT, check: '1', ticked: false },
      comes: 'already',
    },
  ],
  meetPrecondition: [
    {
      name: 'somebody ticks the sentence, and the step is free',
      when: { do: 'meetPrecondition', step: SLEEP, precondition: 0 },
      comes: ['precondition.met'],
    },
    {
      name: 'once',
      given: [{ do: 'meetPrecondition', step: SLEEP, precondition: 0 }],
      when: { do: 'meetPrecondition', step: SLEEP, precondition: 0 },
      comes: 'already',
    },
    { name: 'there must be one', when: { do: 'meetPrecondition', step: CUT, precondition: 0 }, comes: 'unknown' },
    {
      name: 'per row, each on its own',
      given: [{ do: 'meetPrecondition', step: SLEEP, precondition: 0, row: 'host-1' }],
      when: { do: 'meetPrecondition', step: SLEEP, precondition: 0, row: 'host-2' },
      comes: ['precondition.met'],
    },
  ],
  writeRow: [
    {
      name: 'a row of a working table',
      when: { do: 'writeRow', step: CUT, table: 'calls', row: '1', cells: '["Ben"]' },
      comes: ['row.written'],
      and: ({ rows }) => expect(rows.get(`${CUT}/calls/1`)?.cells).toBe('["Ben"]'),
    },
    { name: 'there must be such a step', when: { do: 'writeRow', step: 'x', table: 't', row: '1', cells: '' }, comes: 'unknown' },
  ],
  recordNote: [
    {
      name: 'a note',
      when: { ...NOTE, occurred: '2026-01-05T07:00:00Z', label: 'counsel' },
      comes: ['note.recorded'],
      and: ({ notes }) => expect(notes[0]).toMatchObject({ text: 'the vendor called', at: '2026-01-05T07:00:00Z', by: 'p1' }),
    },
    { name: 'an empty one is none', when: { ...NOTE, text: ' ' }, comes: 'invalid', at: 'text' },
    { name: 'notes go on after the close', given: [CLOSE], when: NOTE, comes: ['note.recorded'] },
    { name: 'not before there is an incident', given: [], when: NOTE, comes: 'unknown' },
  ],
  keepMessage: [
    {
      name: 'a message, with when it was said',
      when: KEEP,
      comes: ['message.kept'],
      and: ({ notes }) => expect(notes[0]).toMatchObject({ message: 'C1/1.2', at: '2026-01-05T08:59:00Z' }),
    },
    {
      name: 'a message is kept once, whoever marks it again',
      given: [KEEP],
      when: { ...KEEP, how: 'reaction' },
      by: BEN,
      comes: 'already',
    },
  ],
  messageEdited: [
    {
      name: 'an edit is an entry of its own',
      given: [KEEP],
      when: { do: 'messageEdited', message: 'C1/1.2', text: 'look at that' },
      comes: ['message.edited'],
      and: ({ notes }) => expect(notes[0]).toMatchObject({ text: 'look at that', edits: 1 }),
    },
    {
      name: 'no change is no edit',
      given: [KEEP],
      when: { do: 'messageEdited', message: 'C1/1.2', text: 'look at this' },
      comes: [],
    },
    {
      name: 'a message that nobody kept is not our business',
      when: { do: 'messageEdited', message: 'C1/9', text: 'x' },
      comes: [],
    },
  ],
  messageDeleted: [
    {
      name: 'a deletion is an entry, and the words stay',
      given: [KEEP],
      when: { do: 'messageDeleted', message: 'C1/1.2' },
      comes: ['message.deleted'],
      and: ({ notes }) => expect(notes[0]).toMatchObject({ deleted: true, text: 'look at this' }),
    },
    {
      name: 'once',
      given: [KEEP, { do: 'messageDeleted', message: 'C1/1.2' }],
      when: { do: 'messageDeleted', message: 'C1/1.2' },
      comes: [],
    },
  ],
  correctEntry: [
    {
      name: 'a correction names what it replaces',
      given: [NOTE],
      when: { do: 'correctEntry', replaces: 7, text: 'the vendor wrote', reason: 'I was wrong' },
      comes: ['entry.corrected'],
      and: ({ corrections }) => expect(corrections.get(7)).toMatchObject({ by: 8, text: 'the vendor wrote' }),
    },
    { name: 'there must be such an entry', when: { do: 'correctEntry', replaces: 99, text: 'x', reason: 'y' }, comes: 'unknown' },
    {
      name: 'with the right words',
      given: [NOTE],
      when: { do: 'correctEntry', replaces: 7, text: '', reason: 'y' },
      comes: 'invalid',
      at: 'text',
    },
    {
      name: 'and why',
      given: [NOTE],
      when: { do: 'correctEntry', replaces: 7, text: 'x', reason: '' },
      comes: 'needs-reason',
      at: 'reason',
    },
  ],
  relabelEntry: [
    {
      name: 'another label counts from now on',
      given: [NOTE],
      when: { do: 'relabelEntry', of: 7, label: 'counsel' },
      comes: ['entry.relabelled'],
      and: ({ labels }) => expect(labels.get(7)).toBe('counsel'),
    },
    { name: 'there must be such an entry', when: { do: 'relabelEntry', of: 0, label: 'open' }, comes: 'unknown' },
  ],
  recordFinding: [
    {
      name: 'a finding, as of now',
      when: FINDING,
      comes: ['finding.recorded'],
      and: ({ findings }) => expect(findings[0]).toMatchObject({ status: 'suspected', asOf: '2026-01-05T09:01:00.000Z' }),
    },
    { name: 'it says about what', when: { ...FINDING, about: ' ' }, comes: 'invalid', at: 'text' },
    {
      name: 'a newer one takes its place',
      given: [FINDING],
      when: { ...FINDING, status: 'confirmed', supersedes: 7 },
      comes: ['finding.recorded'],
      and: ({ findings }) => expect(findings[0]?.supersededBy).toBe(8),
    },
    { name: 'it replaces a finding, not anything', given: [NOTE], when: { ...FINDING, supersedes: 7 }, comes: 'unknown' },
    {
      name: 'a finding is replaced once',
      given: [FINDING, { ...FINDING, supersedes: 7 }],
      when: { ...FINDING, supersedes: 7 },
      comes: 'already',
    },
  ],
  takeDecision: [
    {
      name: 'a decision settles its step, and the branch follows',
      when: DECIDE,
      comes: ['decision.taken', 'step.completed'],
      and: (incident) => expect(step(incident, DECISION).state).toBe('done'),
    },
    { name: 'decided not to counts', when: { ...DECIDE, outcome: 'decided-not-to' }, comes: ['decision.taken', 'step.completed'] },
    { name: 'deferred names when it is looked at again', when: { ...DECIDE, outcome: 'deferred' }, comes: 'invalid', at: 'review' },
    {
      name: 'deferred leaves the step open',
      when: { ...DECIDE, outcome: 'deferred', review: '2026-01-05T11:00:00Z' },
      comes: ['decision.taken'],
      and: ({ steps }) => expect(steps.get(DECISION)).toBeUndefined(),
    },
    {
      name: 'what was deferred can be decided',
      given: [{ ...DECIDE, outcome: 'deferred', review: '2026-01-05T11:00:00Z' }],
      when: DECIDE,
      comes: ['decision.taken', 'step.completed'],
    },
    { name: 'once', given: [DECIDE], when: DECIDE, by: BEN, comes: 'already' },
    { name: 'with a reason', when: { ...DECIDE, reason: '' }, comes: 'needs-reason', at: 'reason' },
    { name: 'what it cites must be there', when: { ...DECIDE, cites: [1, 40] }, comes: 'unknown', at: 'cites' },
    {
      name: 'of no step, by somebody else',
      when: {
        do: 'takeDecision',
        question: 'q',
        choice: 'c',
        reason: 'r',
        outcome: 'decided',
        reversible: 'no',
        cites: [],
        decider: BEN,
      },
      comes: ['actor.named', 'decision.taken'],
      and: ({ decisions }) => expect(decisions[0]?.decider).toBe('p2'),
    },
  ],
  reopenDecision: [
    {
      name: 'what was decided can be decided again',
      given: [DECIDE, FINDING],
      when: { do: 'reopenDecision', decision: 'id1', because: 9 },
      comes: ['decision.reopened'],
      and: ({ decisions }) => expect(decisions[0]?.reopened).toBe(true),
    },
  ],
  openAsk: [
    {
      name: 'a question with an owner and a due time',
      when: ASK,
      comes: ['actor.named', 'ask.opened'],
      and: ({ asks }) => expect(asks[0]).toMatchObject({ id: 'id1', to: 'p2', due: '2026-01-05T12:00:00Z' }),
    },
    { name: 'a question says what', when: { do: 'openAsk', question: '' }, comes: 'invalid', at: 'question' },
  ],
  answerAsk: [
    {
      name: 'its answer',
      given: [ASK],
      when: { do: 'answerAsk', ask: 'id1', answer: 'Dana' },
      comes: ['ask.answered'],
      and: ({ asks }) => expect(asks[0]?.answer).toBe('Dana'),
    },
    { name: 'there must be one', when: { do: 'answerAsk', ask: 'x', answer: 'y' }, comes: 'unknown' },
    {
      name: 'once',
      given: [ASK, { do: 'answerAsk', ask: 'id1', answer: 'Dana' }],
      when: { do: 'answerAsk', ask: 'id1', answer: 'Ben' },
      comes: 'already',
    },
    { name: 'not with nothing', given: [ASK], when: { do: 'answerAsk', ask: 'id1', answer: ' ' }, comes: 'invalid', at: 'answer' },
  ],
  addEvidence: [
    {
      name: 'a file, by its digest',
      when: EVIDENCE,
      comes: ['evidence.added'],
      and: (incident) => expect([incident.evidence[0]?.name, step(incident, CUT).evidence]).toEqual(['a.png', [7]]),
    },
    { name: 'a file can come after the close', given: [CLOSE], when: EVIDENCE, comes: ['evidence.added'] },
  ],
  describeEvidence: [
    {
      name: 'words count as evidence of a step',
      when: { do: 'describeEvidence', evidence: 'words', step: CUT, text: 'red lamp' },
      comes: ['evidence.described'],
      and: (incident) => expect(step(incident, CUT).evidence).toEqual([7]),
    },
  ],
  redactText: [
    {
      name: 'two named people erase',
      given: [NOTE],
      when: { do: 'redactText', of: 7, fields: ['text'], basis: 'erasure', second: BEN },
      comes: ['actor.named', 'text.redacted'],
    },
    {
      name: 'one alone does not',
      given: [NOTE],
      when: { do: 'redactText', of: 7, fields: ['text'], basis: 'erasure', second: ADA },
      comes: 'two-people',
      at: 'second',
    },
    {
      name: 'nothing under a legal hold',
      given: [NOTE, HOLD],
      when: { do: 'redactText', of: 7, fields: ['text'], basis: 'erasure', second: BEN },
      comes: 'held',
    },
    {
      name: 'there must be such an entry',
      when: { do: 'redactText', of: 70, fields: ['text'], basis: 'mistake', second: BEN },
      comes: 'unknown',
    },
  ],
  placeHold: [
    {
      name: 'a hold, by two people',
      when: HOLD,
      comes: ['actor.named', 'hold.placed'],
      and: ({ holds }) => expect([...holds]).toEqual(['h1']),
    },
    { name: 'one alone does not', when: { ...HOLD, second: ADA }, comes: 'two-people', at: 'second' },
    { name: 'with what it is for', when: { ...HOLD, reason: '' }, comes: 'needs-reason', at: 'reason' },
    { name: 'once', given: [HOLD], when: HOLD, comes: 'already' },
  ],
  liftHold: [
    {
      name: 'by two people',
      given: [HOLD],
      when: { ...HOLD, do: 'liftHold' },
      comes: ['hold.lifted'],
      and: ({ holds }) => expect(holds.size).toBe(0),
    },
    { name: 'there must be one', when: { ...HOLD, do: 'liftHold' }, comes: 'unknown' },
    {
      name: 'one alone does not',
      given: [HOLD],
      when: { ...HOLD, do: 'liftHold', second: ADA },
      comes: 'two-people',
      at: 'second',
    },
  ],
  readStatement: [
    {
      name: 'what a vendor says is a statement, never a finding',
      when: { do: 'readStatement', speaker: 'Vendor', text: 'all fine', precision: 'day', occurred: '2026-01-04T00:00:00Z' },
      comes: ['statement.read'],
      and: ({ findings }) => expect(findings).toEqual([]),
    },
  ],
  recordPromise: [
    {
      name: 'who promised what',
      when: PROMISE,
      comes: ['promise.given'],
      and: ({ promises }) => expect(promises[0]).toMatchObject({ who: 'Vendor' }),
    },
  ],
  endPromise: [
    {
      name: 'kept or not',
      given: [PROMISE],
      when: { do: 'endPromise', promise: 'pr1', kept: 'no' },
      comes: ['promise.ended'],
      and: ({ promises }) => expect(promises[0]?.kept).toBe('no'),
    },
    { name: 'there must be one', when: { do: 'endPromise', promise: 'x', kept: 'no' }, comes: 'unknown' },
    {
      name: 'once',
      given: [PROMISE, { do: 'endPromise', promise: 'pr1', kept: 'no' }],
      when: { do: 'endPromise', promise: 'pr1', kept: 'yes' },
      comes: 'already',
    },
  ],
  settleDelivery: [
    {
      name: 'a person says what no program could find out',
      given: [CLOSE, [UNKNOWN, ADA]],
      when: { do: 'settleDelivery', delivery: 'd', arrived: 'yes' },
      comes: ['delivery.settled'],
      and: ({ delivered }) => expect(delivered.get('d')).toBe('sent'),
    },
    {
      name: 'what arrived stays arrived',
      given: [UNKNOWN, { do: 'settleDelivery', delivery: 'd', arrived: 'yes' }],
      when: { do: 'settleDelivery', delivery: 'd', arrived: 'no' },
      comes: 'already',
    },
  ],
  observe: [
    {
      name: 'what the bot saw itself is sealed as the bot',
      when: { do: 'observe', event: { kind: 'delivery.sent', body: { delivery: 'd', message: 'C1/2' }, texts: {} } },
      by: 'bot',
      comes: ['delivery.sent'],
      and: ({ delivered }) => expect(delivered.get('d')).toBe('sent'),
    },
    {
      name: 'also after the close',
      given: [CLOSE],
      when: { do: 'observe', event: { kind: 'delivery.uncertain', body: { delivery: 'd' }, texts: {} } },
      by: 'bot',
      comes: ['delivery.uncertain'],
    },
  ],
};

describe.each(Object.entries(CASES))('%s', (_, cases) => {
  test.each(cases)('$name', ({ given, when, by = ADA, comes, at, and }) => {
    const play = new Play();
    play.given(...(given === undefined ? [DECLARE] : given.length === 0 ? [] : [DECLARE, ...given]));
    const before = play.incident.size;
    const answer = play.do(when, by);
    if (Array.isArray(comes)) {
      if ('refused' in answer) throw new Error(`refused: ${answer.refused}`);
      expect(answer.map(({ kind }) => kind)).toEqual(comes);
      expect(
        answer.every(
          ({ actor }) =>
            actor ===
            (by === 'bot' ? 'bot' : play.incident.people.keys().find((id) => play.incident.people.get(id)?.account === by.account)),
        ),
      ).toBe(true);
      and?.(play.incident);
    } else {
      expect(answer).toMatchObject({ code: comes, ...(at === undefined ? {} : { field: at }) });
      expect('refused' in answer && answer.refused).toMatch(/^[A-Z"].{10,}/s);
      expect(play.incident.size, 'a refusal seals nothing').toBe(before);
    }
  });
});

describe('an incident that is closed', () => {
  const late = Object.entries(CASES).flatMap(([name, [first]]) =>
    first === undefined || name === 'declareIncident' || name === 'importEntries' || name === 'openHouse'
      ? []
      : [{ name, command: first.when }],
  );
  const AFTER = new Set([
    'reopenIncident',
    'recordNote',
    'readStatement',
    'keepMessage',
    'messageEdited',
    'messageDeleted',
    'correctEntry',
    'relabelEntry',
    'addEvidence',
    'describeEvidence',
    'redactText',
    'placeHold',
    'liftHold',
    'answerAsk',
    'endPromise',
    'observe',
    'settleDelivery',
    'openPlace',
    'confirmCopy',
  ]);

  test.each(late)('says by whom and when it was closed, or takes what still makes sense: $name', ({ name, command }) => {
    const play = new Play().given(DECLARE, CLOSE);
    const answer = play.do(command);
    const closed = 'refused' in answer && answer.code === 'closed';
    expect(closed).toBe(!AFTER.has(name));
    if ('refused' in answer && closed) expect(answer.refused).toContain('closed at 09:01 UTC by Ada');
  });
});
