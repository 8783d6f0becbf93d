import type { Clocks, OwedDuty } from '../../desk/clocks.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Incident } from '../../record/incident.ts';
import { type DutyRecord, dutyKey } from '../../record/incident-duties.ts';
import {
  type Block,
  type Choice,
  choiceInput,
  context,
  fileInput,
  input,
  manyInput,
  menuInput,
  modal,
  personInput,
  section,
  textInput,
  type View,
  whenInput,
} from '../blocks.ts';
import { clip, safe, when } from '../mrkdwn.ts';
import { anchorsInOrder, anchorWords } from './anchor-words.ts';
import { dueWords, isOwed, placeOf, titleOf } from './words.ts';

/** What the forms about clocks carry with them: the duty they are about, or what the record held when they were opened. */
export type ClockAbout = { record: string; duty?: string; field?: string; anchor?: string; size?: number; of?: number };

const metadata = (about: ClockAbout): string => JSON.stringify(about);

/** The duty is fixed where a button named it, and chosen from a menu otherwise. */
function dutyBlock(incident: Incident, clocks: Clocks, owed: OwedDuty | undefined): Block {
  if (owed !== undefined) {
    const due = owed.duty.due === null ? '' : `\nDue ${dueWords(owed.duty.due, owed.duty.zone)}`;
    return section(`*${safe(titleOf(incident, owed))}*\n${safe(owed.duty.citation)}${due}`);
  }
  const all = clocks.duties.filter(({ duty }) => duty.state !== 'watch' && duty.state !== 'not-triggered');
  return input(
    'duty',
    'Which duty?',
    menuInput([...all.filter(isOwed), ...all.filter((one) => !isOwed(one))].map((one) => choiceOf(incident, one))),
  );
}

const choiceOf = (incident: Incident, one: OwedDuty): Choice => ({
  text: `${placeOf(one.duty)}: ${titleOf(incident, one)}`,
  description: `${one.duty.state.replace('-', ' ')}${one.duty.due === null ? '' : `, due ${one.duty.due}`}`,
  value: one.key,
});

/** Something was sent: when, under which reference, and what proves it. Lateness freezes with the first filing. */
export function filedForm({ incident }: RecordView, clocks: Clocks, owed: OwedDuty | undefined): View {
  const about = { record: incident.record, ...(owed === undefined ? {} : { duty: owed.key }) };
  const before = owed?.record?.filings ?? [];
  const replaces = before.map(({ seq, at }) => ({ text: `entry ${seq}, filed ${at}`, value: String(seq) }));
  return modal('clock.filed', 'Mark filed', 'Record', metadata(about), [
    dutyBlock(incident, clocks, owed),
    input('at', 'When was it sent?', whenInput()),
    input('received', 'When was it received, if that is known?', whenInput(), { optional: true }),
    input('reference', 'Reference', textInput({ placeholder: 'Case number of the portal, or of the letter', max: 200 }), {
      optional: true,
    }),
    input('proof', 'What proves it?', textInput({ multiline: true, placeholder: 'Confirmation mail of 14:02, kept by Ben' }), {
      optional: true,
    }),
    input('file', 'Files', fileInput(), { optional: true, hint: 'A copy is kept in the record, encrypted.' }),
    ...evidenceBlock(incident),
    ...(replaces.length === 0 ? [] : [input('supersedes', 'It replaces', menuInput(replaces), { optional: true })]),
  ]);
}

function evidenceBlock({ evidence }: Incident): Block[] {
  const kept = evidence.slice(-50).map(({ seq, name }) => ({ text: clip(`${seq}: ${name}`, 75), value: String(seq) }));
  return kept.length === 0 ? [] : [input('evidence', 'Evidence on record', manyInput(kept, 'Entries'), { optional: true })];
}

/** Nobody is told: a decision of two named people. */
export function waiveForm({ incident }: RecordView, clocks: Clocks, owed: OwedDuty | undefined): View {
  const about = { record: incident.record, ...(owed === undefined ? {} : { duty: owed.key }) };
  return modal('clock.waive', 'Decide against', 'Record', metadata(about), [
    dutyBlock(incident, clocks, owed),
    input('reason', 'Why is nobody told?', textInput({ multiline: true }), {
      hint: 'An authority or a court may read this in two years.',
    }),
    input('approver', 'Who approves it?', personInput('A second person')),
    context('This is a decision, and it is recorded as one. Ask counsel first where you can.'),
  ]);
}

const EXACTNESS: Choice[] = [
  { text: 'At this minute', value: 'minute' },
  { text: 'Only the day is known', value: 'day' },
  { text: 'It is not known after all', value: 'unknown' },
];

/** A time from which clocks start. `size` is what the record held when the form was opened: a newer word is not overwritten unseen. */
export function anchorForm(incident: Incident, anchor: string | undefined): View {
  const known = [...incident.owed.anchors].filter(([, { at }]) => at !== undefined);
  const lines = known.map(
    ([name, { at = '', seq, precision }]) =>
      `• ${safe(anchorWords(name))}: ${precision === 'day' ? at : when(at)} _(entry ${seq})_`,
  );
  const about = { record: incident.record, size: incident.size, ...(anchor === undefined ? {} : { anchor }) };
  const which = anchorsInOrder().map((name) => ({ text: clip(anchorWords(name), 75), value: name }));
  return modal('clock.time', 'Set a time', 'Record', metadata(about), [
    ...(lines.length === 0 ? [] : [section(clip(`*Known so far*\n${lines.join('\n')}`, 2900))]),
    anchor === undefined ? input('anchor', 'What happened?', menuInput(which)) : section(`*${safe(anchorWords(anchor))}*`),
    input('at', 'When?', whenInput(), { optional: true }),
    input('exact', 'How exactly is it known?', choiceInput(EXACTNESS, 'minute')),
    input('reason', 'Why?', textInput({ multiline: true }), {
      optional: true,
      hint: 'Needed where it replaces an earlier time, and where we were aware later than something was detected.',
    }),
    input('source', 'How do we know?', textInput({ max: 300 }), { optional: true }),
  ]);
}

/** The change of a rule under a sealed date: accepting it moves the date, with this person's name. */
export function acceptForm({ incident }: RecordView, owed: OwedDuty): View {
  const { change, duty } = owed;
  const about = { record: incident.record, duty: owed.key, ...(change === undefined ? {} : { of: change.seq }) };
  const after = change?.due === undefined ? 'no date' : dueWords(change.due, change.zone ?? null);
  return modal('clock.accept', 'Accept a changed rule', 'Accept', metadata(about), [
    section(`*${safe(titleOf(incident, owed))}*\n${safe(duty.citation)}`),
    section(`*Sealed:* ${duty.due === null ? 'no date' : dueWords(duty.due, duty.zone)}\n*Under the law data of today:* ${after}`),
    section('Where you are not sure, close this and ask counsel: the sealed date stands.'),
    input('note', 'Who was asked, what was said', textInput({ multiline: true }), { optional: true }),
  ]);
}

/** Takes back a filing or a decision that was a mistake. */
export function undoForm({ incident }: RecordView, clocks: Clocks): View {
  const touched = [...incident.owed.duties.values()].filter(({ filings, waived }) => filings.length > 0 || waived !== undefined);
  const choices = touched.map((record) => ({
    text: clip(nameFor(incident, clocks, record), 75),
    value: dutyKey(record),
    description: whatOf(record),
  }));
  return modal('clock.undo', 'Take back', 'Take back', metadata({ record: incident.record }), [
    input('duty', 'What?', menuInput(choices)),
    input('reason', 'Why?', textInput({ multiline: true })),
    context('Nothing is erased: the record keeps both.'),
  ]);
}

function nameFor(incident: Incident, { duties }: Clocks, record: DutyRecord): string {
  const owed = duties.find(({ key }) => key === dutyKey(record));
  return owed === undefined ? record.duty : titleOf(incident, owed);
}

const whatOf = ({ waived, filings }: DutyRecord): string =>
  waived === undefined ? `filed ${filings.at(-1)?.at ?? ''}` : `decided against, entry ${waived.seq}`;
