import type { RecordView } from '../desk/view.ts';
import type { GuidedStep } from '../record/guide.ts';
import {
  type Block,
  type Choice,
  choiceInput,
  context,
  fileInput,
  groupedMenuInput,
  input,
  manyInput,
  menuInput,
  modal,
  personInput,
  section,
  textInput,
  type View,
  whenInput,
} from './blocks.ts';
import { clip, safe } from './mrkdwn.ts';
import { ROLE_NAMES, STATUS_WORDS } from './words.ts';

/** The forms. Each names in its callback what it asks for; the record and step it is about travel as metadata. */
export type About = {
  record: string;
  step?: string;
  handover?: string;
  ask?: string;
  channel?: string;
  notice?: string;
  sha256?: string;
  runbook?: string;
  digest?: string;
  table?: string;
  row?: string;
};

/**
 * What a submitted form comes to: nothing to say (it closes), errors at its fields (it stays, and nothing typed is lost), or another
 * form in its place.
 */
export type FormAnswer = { errors: Record<string, string> } | { form: View } | undefined;

const metadata = (about: About): string => JSON.stringify(about);

const YES_NO: Choice[] = [
  { text: 'Yes', value: 'yes' },
  { text: 'No', value: 'no' },
  { text: 'Not sure', value: 'unknown' },
];

export type Kind = { value: string; text: string };

/** Minute zero: three questions and what it looks like. "Not sure" is an answer everywhere. */
/** Where there is no channel to answer in, a form says why nothing happens. */
export const refusalForm = (why: string): View => modal('refusal', 'Not for you', undefined, '', [section(why)]);

export function declareForm(kinds: Kind[], channel: string | undefined): View {
  const looks = [{ text: 'Not sure', value: 'not-sure' }, ...kinds];
  return modal('declare', 'Start an incident', 'Start', JSON.stringify(channel === undefined ? {} : { channel }), [
    input('title', 'What is going on?', textInput({ placeholder: 'Our remote tool is installing something odd', max: 150 })),
    input('stillHappening', 'Is it still happening?', choiceInput(YES_NO, 'unknown')),
    input('canReachClients', 'Can the tool reach clients right now?', choiceInput(YES_NO, 'unknown')),
    input('talkingOverIt', 'Are we talking over it right now?', choiceInput(YES_NO, 'unknown')),
    input('looksLike', 'What does it look like?', menuInput(looks, 'not-sure')),
    context('If in doubt, start: stopping later costs nothing. From now on a record is kept that a court may one day demand.'),
  ]);
}

/** One line of reason: skip, block, reopen, close, override. */
export function reasonForm(callback: string, title: string, submit: string, label: string, about: About, hint?: string): View {
  const field = input('reason', label, textInput({ multiline: true }), hint === undefined ? {} : { hint });
  return modal(callback, title, submit, metadata(about), [field]);
}

/** Going ahead although a precondition is not met: hard, and only with a reason that stays. */
export function overrideForm({ step, unmet }: GuidedStep, about: About): View {
  const missing = unmet.map(({ precondition }) => `• ${safe(precondition.text)}`).join('\n');
  return modal('step.override', 'Not yet', 'Go ahead', metadata(about), [
    section(`:lock: *${safe(step.title)}* must not be done before:\n${clip(missing, 1500)}`),
    section('Doing it out of order can do harm. Close this form to wait.'),
    input('override', 'Why must it be done now?', textInput({ multiline: true })),
  ]);
}

export function evidenceForm(about: About, stepTitle: string | undefined): View {
  return modal('evidence', 'Add evidence', 'Keep', metadata(about), [
    ...(stepTitle === undefined ? [] : [context(safe(stepTitle))]),
    input('file', 'Files or photos', fileInput(), { optional: true, hint: 'A copy is kept in the record, encrypted.' }),
    input('text', 'Or in words: what was seen, where, at what time', textInput({ multiline: true }), { optional: true }),
  ]);
}

export function askForm(about: About): View {
  return modal('ask', 'Ask a question', 'Ask', metadata(about), [
    input('question', 'What do we need to know?', textInput({ multiline: true })),
    input('to', 'Who should find out?', personInput(), { optional: true }),
    input('due', 'By when?', whenInput(), { optional: true }),
  ]);
}

export const answerForm = (about: About, question: string): View =>
  modal('answer', 'Answer', 'Record', metadata(about), [
    section(safe(question)),
    input('answer', 'The answer', textInput({ multiline: true })),
  ]);

export const noteForm = (about: About): View =>
  modal('note', 'Note', 'Record', metadata(about), [
    input('text', 'What happened?', textInput({ multiline: true }), { hint: 'What you know, not what you guess.' }),
    input('occurred', 'When, if not just now?', whenInput(), { optional: true }),
  ]);

export function findingForm({ incident }: RecordView): View {
  const current = incident.findings.filter(({ supersededBy }) => supersededBy === undefined);
  const replaces = current.map(({ seq, about, text }) => ({ text: clip(`${seq}: ${about}: ${text}`, 75), value: String(seq) }));
  const statuses = Object.entries(STATUS_WORDS).map(([value, text]) => ({ value, text }));
  return modal('finding', 'Finding', 'Record', metadata({ record: incident.record }), [
    input('about', 'About what?', textInput({ placeholder: 'personal data', max: 150 })),
    input('status', 'How sure?', choiceInput(statuses, 'suspected')),
    input('text', 'What do we know?', textInput({ multiline: true })),
    input('source', 'How do we know it?', textInput({ placeholder: 'Firewall log of host RMM-1, read by Ben', max: 300 }), {
      optional: true,
    }),
    ...(replaces.length === 0 ? [] : [input('supersedes', 'It replaces', menuInput(replaces), { optional: true })]),
  ]);
}

/** A decision as the record wants it: the question, the choices, what was known, who decides on what authority, and when to look again. */
export function decisionForm(
  { incident }: RecordView,
  guided: GuidedStep | undefined,
  prefill: { question?: string; choice?: string; reason?: string } = {},
): View {
  const step = guided?.step;
  const about: About = step === undefined ? { record: incident.record } : { record: incident.record, step: step.id };
  return modal('decide', 'Decision', 'Record', metadata(about), [
    ...(step === undefined
      ? [input('question', 'The question', textInput({ initial: prefill.question ?? '', max: 300 }))]
      : [section(`*${safe(step.title)}*`), ...consequences(step.options)]),
    ...choiceBlocks(step?.options ?? [], prefill.choice),
    ...goingAhead(guided),
    input('outcome', 'Decided?', choiceInput(OUTCOMES, 'decided')),
    input('reason', 'Why?', textInput({ multiline: true, initial: prefill.reason ?? '' })),
    ...cited(incident),
    input('decider', 'Who decides?', personInput('You, unless you name somebody'), { optional: true }),
    input('authority', 'On what authority?', textInput({ placeholder: 'Technical lead, agreed beforehand', max: 200 }), {
      optional: true,
    }),
    input('reversible', 'Can it be taken back?', choiceInput(YES_NO, 'unknown')),
    input('review', 'Look at it again at (needed when deferred)', whenInput(), { optional: true }),
    input('dissent', 'Did anybody see it differently?', textInput({ max: 500 }), { optional: true }),
  ]);
}

/** A precondition holds a decision back as it holds a step: only a reason that stays goes over it. Deferring needs none. */
function goingAhead(guided: GuidedStep | undefined): Block[] {
  const missing = guided?.unmet.map(({ precondition }) => precondition.text).join('; ') ?? '';
  if (missing === '') return [];
  return [
    section(`:lock: *Not before:* ${safe(clip(missing, 700))}`),
    input('override', 'Why must it be decided before that?', textInput({ multiline: true }), { optional: true }),
  ];
}

const OUTCOMES: Choice[] = [
  { text: 'Yes, decided', value: 'decided' },
  { text: 'Decided not to', value: 'decided-not-to' },
  { text: 'Deferred until later', value: 'deferred' },
];

type Options = GuidedStep['step']['options'];

function consequences(options: Options): Block[] {
  const lines = options.map(
    ({ label, consequence, text }) => `• *${safe(label)}*${(consequence ?? text) ? `: ${safe(consequence ?? text ?? '')}` : ''}`,
  );
  return lines.length === 0 ? [] : [section(clip(lines.join('\n'), 2500))];
}

function choiceBlocks(options: Options, initial: string | undefined): Block[] {
  if (options.length === 0) return [input('choice', 'What is decided', textInput({ initial: initial ?? '', max: 500 }))];
  const choices = options.map(({ label, isDefault }, i) => ({
    text: isDefault ? `${clip(label, 60)} (default)` : label,
    value: String(i),
  }));
  return [input('option', 'The choice', menuInput(choices))];
}

function cited({ findings, notes }: RecordView['incident']): Block[] {
  const known = findings.filter(({ supersededBy }) => supersededBy === undefined);
  const entries = [
    ...known.map(({ seq, about, text }) => ({ seq, text: `${about}: ${text}` })),
    ...notes.slice(-20).map(({ seq, text }) => ({ seq, text })),
  ];
  const choices = entries.slice(-100).map(({ seq, text }) => ({ text: clip(`${seq}: ${text}`, 75), value: String(seq) }));
  return choices.length === 0
    ? []
    : [input('cites', 'What do we know now? (entries it rests on)', manyInput(choices, 'Findings and notes'), { optional: true })];
}

const ROLES: Choice[] = Object.entries(ROLE_NAMES).map(([value, text]) => ({ value, text }));

export function rolesForm({ incident }: RecordView): View {
  const lines = incident.roles.map(
    ({ role, person }) => `• ${ROLE_NAMES[role]}: ${safe(incident.people.get(person)?.name ?? 'the bot')}`,
  );
  return modal('role', 'Roles', 'Assign', metadata({ record: incident.record }), [
    section(clip(lines.join('\n'), 2000) || 'Nobody holds a role yet.'),
    input('role', 'Role', menuInput(ROLES)),
    input('to', 'Who takes it?', personInput()),
    input('brief', 'What must they know? (needed to hand over your own role)', textInput({ multiline: true }), { optional: true }),
  ]);
}

export const assignForm = (about: About, title: string): View =>
  modal('step.assign', 'Hand over a step', 'Hand over', metadata(about), [
    section(safe(title)),
    input('to', 'To whom?', personInput()),
  ]);

export const closeForm = (record: string, others: Choice[]): View =>
  modal('close', 'Close the incident', 'Close it', metadata({ record }), [
    input('as', 'How does it end?', choiceInput(ENDS, 'resolved')),
    input('reason', 'In a sentence, for somebody who reads it in two years', textInput({ multiline: true })),
    ...(others.length === 0 ? [] : [input('into', 'Which other one?', menuInput(others), { optional: true })]),
    context('Nothing is erased, and it can be opened again.'),
  ]);

const ENDS: Choice[] = [
  { text: 'It is over', value: 'resolved' },
  { text: 'It was a false alarm', value: 'false-alarm' },
  { text: 'It is part of another incident', value: 'merged' },
];

/** Every step at a glance; a person chooses one to see its card. */
export function stepsForm({ incident, guide }: RecordView): View {
  const marks = { open: '○', done: '✓', skipped: '–', blocked: '!', off: '·' } as const;
  const phases = Map.groupBy(guide?.steps ?? [], ({ step }) => step.phase);
  const groups = [...phases].flatMap(([phase, steps]) => portions(steps, LINES_PER_LIST).map((some) => ({ phase, some })));
  const lists = groups.map(({ phase, some }) => {
    const lines = some.map(({ step, standing, index }) => `${marks[standing]} ${index + 1}. ${safe(clip(step.title, 90))}`);
    return section(`*${safe(clip(phase, 90))}*\n${lines.join('\n')}`);
  });
  const choices = groups.map(({ phase, some }) => ({
    title: phase,
    choices: some.map(({ step, index }) => ({ text: `${index + 1}. ${step.title}`, value: step.id })),
  }));
  const chooser = choices.length === 0 ? [] : [input('step', 'Show the card of', groupedMenuInput(choices))];
  return modal('steps', 'All steps', choices.length === 0 ? undefined : 'Show', metadata({ record: incident.record }), [
    ...chooser,
    ...lists.slice(0, 90),
    context('✓ done   ○ open   ! blocked   – skipped   · not on the path'),
  ]);
}

const LINES_PER_LIST = 20;

const portions = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) => all.slice(i * size, (i + 1) * size));
