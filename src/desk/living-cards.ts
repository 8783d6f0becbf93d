import type { Entry } from '../record/entry.ts';
import type { Kind } from '../record/event.ts';
import { guide } from '../record/guide.ts';
import { questionsNow } from '../record/questions.ts';
import { compile } from '../runbook/compile.ts';
import { offeredAnswers } from '../runbook/offered-answer.ts';
import { stepsOf } from '../runbook/runbook.ts';
import type { RecordView } from './view.ts';

/** A card that is wanted at every place of the incident; `id` is stable, so planning it again is planning it once. */
export type Wanted = { id: string; kind: string; more: Record<string, string> };

/**
 * The cards of a runbook that lives: its questions when they matter, what an answer did, a changed file, and what was taken
 * in. Pure, like every plan.
 */
export function livingCards(view: RecordView, entries: readonly Entry[]): Wanted[] {
  const told = entries.filter((entry) => TOLD.has(entry.kind) || before(view, entry) !== undefined).map(({ seq }) => seq);
  const again = entries.flatMap((entry) => toldAgain(view, entry));
  return [
    ...[...new Set([...told, ...again])].map(entryCard),
    ...entries.flatMap((entry) => [...leftBehind(view, entry), ...renumbered(view, entry)]),
    ...questionCards(view, entries),
  ];
}

const TOLD = new Set<Kind>(['question.answered', 'runbook.changed']);

const entryCard = (seq: number): Wanted => ({ id: `entry/${seq}`, kind: 'entry-card', more: { seq: String(seq) } });

type Adopted = Extract<Entry, { kind: 'runbook.adopted' }>;

/** The text that governed before this one was taken in; none for the first, which nobody needs to be told of. */
function before({ entries }: RecordView, entry: Entry): Adopted | undefined {
  if (entry.kind !== 'runbook.adopted') return undefined;
  return entries.findLast((one): one is Adopted => one.kind === 'runbook.adopted' && one.seq < entry.seq);
}

/** Cards of open steps that the new text does not have: nothing on them may be clicked any more. */
function leftBehind(view: RecordView, entry: Entry): Wanted[] {
  const { incident, runbook } = view;
  const old = before(view, entry);
  if (old === undefined || runbook === undefined) return [];
  const was = guide(incident, compile(old.texts.source, { file: old.body.file }));
  const here = new Set(stepsOf(runbook).map(({ id }) => id));
  const shown = was.steps.filter(
    ({ step, standing, state }) =>
      !here.has(step.id) && (standing === 'open' || standing === 'blocked') && (state !== undefined || was.current?.step === step),
  );
  return shown.map(({ step: { id, title } }) => ({ id: `step/${id}`, kind: 'step-card', more: { step: id, title } }));
}

/** Open steps that people worked on stand at other numbers in the new text, and may say other things. */
function renumbered(view: RecordView, entry: Entry): Wanted[] {
  if (before(view, entry) === undefined) return [];
  const worked = view.guide?.steps.filter(({ standing, state }) => standing === 'open' && state !== undefined) ?? [];
  return worked.map(({ step: { id } }) => ({ id: `step/${id}`, kind: 'step-card', more: { step: id } }));
}

/** What an entry changes about what was told before it. */
function toldAgain(view: RecordView, entry: Entry): number[] {
  if (entry.kind === 'runbook.adopted' || entry.kind === 'runbook.changed' || entry.kind === 'runbook.declined')
    return [...view.incident.offered.values()].map(({ seq }) => seq);
  return offersOf(view, entry);
}

/** A decision whose choice offered this answer does not offer it any more. */
function offersOf({ entries, runbook }: RecordView, entry: Entry): number[] {
  if (entry.kind !== 'question.answered' || runbook === undefined) return [];
  const offering = stepsOf(runbook).filter(({ options }) =>
    options.some((option) => offeredAnswers(option, runbook.questions).some(({ fact }) => fact === entry.texts.fact)),
  );
  return entries.flatMap((one) =>
    one.kind === 'decision.taken' && offering.some(({ id }) => id === one.body.step) ? [one.seq] : [],
  );
}

/** Only these move the guide; after anything else the questions that matter are the ones that mattered. */
const MOVES = /^(step|decision|runbook|place|question)\./;

function questionCards(view: RecordView, entries: readonly Entry[]): Wanted[] {
  if (!entries.some(({ kind }) => MOVES.test(kind))) return [];
  const { incident, runbook, guide } = view;
  if (runbook === undefined || guide === undefined) return [];
  const answered = entries.flatMap((entry) => (entry.kind === 'question.answered' ? [entry.texts.fact] : []));
  const asked = runbook.questions.filter(({ fact }) => answered.includes(fact));
  const facts = new Set([...asked, ...questionsNow(incident, runbook, guide)].map(({ fact }) => fact));
  return [...facts].map((fact) => ({ id: `question/${fact}`, kind: 'question-card', more: { fact } }));
}
