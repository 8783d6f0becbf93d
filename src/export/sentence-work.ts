import { cellsOf } from '../record/working-table.ts';
import { clause, entriesNamed, quoted, SAID, type Sentences, words } from './wording.ts';

type WorkKind =
  | 'question.answered'
  | `step.${'assigned' | 'completed' | 'skipped' | 'blocked' | 'unblocked' | 'reopened'}`
  | 'check.ticked'
  | 'precondition.met'
  | 'row.written'
  | 'note.recorded'
  | `message.${'kept' | 'edited' | 'deleted'}`
  | 'finding.recorded'
  | `decision.${'taken' | 'reopened'}`
  | `ask.${'opened' | 'answered'}`
  | `evidence.${'added' | 'described'}`;

/** A step that was called done and shows nothing for it. The record says so wherever it is read. */
export const UNVERIFIED = 'Reported, not verified.';

const OUTCOME = { decided: 'Decided', 'decided-not-to': 'Decided not to', deferred: 'Deferred the decision' };
const KEPT = {
  shortcut: 'by the shortcut',
  reaction: 'by a reaction',
  mention: 'by a mention',
  policy: 'by the rule of this place',
};

/** The steps, and what the team knows, decides, asks and keeps. */
export const WORK_SENTENCES: Sentences<WorkKind> = {
  'question.answered': ({ body, texts }) => `Answered ${quoted(texts.fact)} with: ${SAID[body.answer]}.`,
  'step.assigned': ({ body }, name) => `Assigned the step ${quoted(body.step)} to ${name(body.person)}.`,
  'step.completed': ({ body, texts }) =>
    `Completed the step ${quoted(body.step)}. ${proof(body)}${clause(' Note: ', texts.note)}` +
    `${body.overridden.length > 0 ? ` Went on although ${body.overridden.length} of its preconditions were not met.` : ''}` +
    `${clause(' Reason for that: ', texts.override)}`,
  'step.skipped': ({ body, texts }) => `Skipped the step ${quoted(body.step)}. Reason: ${texts.reason}`,
  'step.blocked': ({ body, texts }) => `The step ${quoted(body.step)} is blocked. Reason: ${texts.reason}`,
  'step.unblocked': ({ body, texts }) => `The step ${quoted(body.step)} is no longer blocked.${clause(' Note: ', texts.note)}`,
  'step.reopened': ({ body, texts }) => `Reopened the step ${quoted(body.step)}. Reason: ${texts.reason}`,
  'check.ticked': ({ body }) =>
    `${body.ticked ? 'Ticked' : 'Took back the tick of'} the check ${quoted(body.check)} of the step ${quoted(body.step)}.`,
  'precondition.met': ({ body, texts }) =>
    `Confirmed precondition ${body.precondition} of the step ${quoted(body.step)}${clause(' for ', texts.row)}.${clause(' Note: ', texts.note)}`,
  'row.written': ({ body, texts }) =>
    `Wrote a row of the table ${quoted(body.table)} of the step ${quoted(body.step)}: ${rowText(texts.cells)}` +
    `${clause(' Called done before its precondition, because: ', texts.override)}`,
  'note.recorded': ({ body, texts }) =>
    `Noted${clause(' ', texts.name)}${clause(' at the step ', body.step)}${clause(', said by ', texts.speaker)}: ${texts.text}${clause(' Source: ', texts.source)}`,
  'message.kept': ({ body, texts }) => `Kept a message of ${texts.speaker}, ${KEPT[body.how]}: ${texts.text}`,
  'message.edited': ({ body, texts }) => `The message of entry ${body.of} was edited where it stands; it now reads: ${texts.text}`,
  'message.deleted': ({ body }) => `The message of entry ${body.of} was deleted where it stood.`,
  'finding.recorded': ({ body, texts }) =>
    `Finding, ${words(body.status)}, as of ${body.asOf}: ${texts.about}: ${texts.text}${clause(' Value: ', texts.value)}${clause(' Source: ', texts.source)}` +
    `${body.supersedes === undefined ? '' : ` Supersedes entry ${body.supersedes}.`}`,
  'decision.taken': ({ body, texts }, name) =>
    `${OUTCOME[body.outcome]}${body.outcome === 'deferred' ? clause(' until ', body.review) : ''}: ${quoted(texts.question)} ` +
    `Choice: ${texts.choice} Reason: ${texts.reason} Decided by ${name(body.decider)}${clause(' on the authority of ', texts.authority)}. ` +
    `Reversible: ${SAID[body.reversible]}.${clause(' Options: ', texts.options)}${clause(' Dissent: ', texts.dissent)}` +
    `${body.cites.length > 0 ? ` Known then: ${entriesNamed(body.cites)}.` : ''}` +
    `${body.outcome === 'deferred' || body.review === undefined ? '' : ` To be reviewed ${body.review}.`}`,
  'decision.reopened': ({ body, texts }) =>
    `Reopened the decision ${body.decision} because of entry ${body.because}.${clause(' Reason: ', texts.reason)}`,
  'ask.opened': ({ body, texts }, name) =>
    `Asked${body.to === undefined ? '' : ` ${name(body.to)}`}${clause(', to be answered by ', body.due)} (${body.ask}): ${texts.question}`,
  'ask.answered': ({ body, texts }) => `Answered the question ${body.ask}: ${texts.answer}`,
  'evidence.added': ({ body, texts }) =>
    `Added the evidence ${quoted(texts.name)} (${body.bytes} bytes, ${body.mediaType}, SHA-256 ${texts.sha256})${clause(' to the step ', body.step)}.` +
    `${clause(' Note: ', texts.note)}${clause(' Source: ', texts.source)}`,
  'evidence.described': ({ body, texts }) =>
    `Described evidence${clause(' of the step ', body.step)} without a file: ${texts.text}`,
};

/** "Credential: mail; Owner: Ben"; cells that are no table of columns stand as they were written. */
function rowText(cells: string): string {
  const read = [...cellsOf(cells)].filter(([, value]) => value !== '');
  return read.map(([column, value]) => (column === '' ? value : `${column}: ${value}`)).join('; ');
}

function proof({ verified, evidence }: { verified: boolean; evidence: number[] }): string {
  if (evidence.length === 0) return verified ? 'Verified, without evidence on file.' : UNVERIFIED;
  return `${verified ? 'Evidence' : `${UNVERIFIED} Named as evidence`}: ${entriesNamed(evidence)}.`;
}
