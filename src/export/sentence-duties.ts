import type { DutyName, DutyState, FactValue } from '../record/event.ts';
import { clause, entriesNamed, quoted, type Sentences, words } from './wording.ts';

type DutyKind = 'anchor.set' | 'fact.set' | `duty.${'dated' | 'filed' | 'waived' | 'reopened' | 'rule-changed' | 'rule-accepted'}`;

const named = ({ duty, instance }: DutyName): string => `${duty}${clause(' for ', instance)}`;
const replaces = (seq: number | undefined): string => (seq === undefined ? '' : ` It replaces entry ${seq}.`);

/** How a duty stands, in words for people who were not there. */
const STOOD: Record<DutyState, string> = {
  dated: 'is owed',
  'no-number': 'is owed, and the law names no number',
  'not-started': 'is owed, and its clock has not started',
  'not-triggered': 'is not owed on what is known',
  paused: 'is paused',
  met: 'is met',
  late: 'was met late',
  waived: 'was decided against',
  watch: 'is not in force',
};

function due({ due: date, zone, provisional }: { due?: string; zone?: string; provisional?: boolean }): string {
  if (date === undefined) return '';
  const when = date.length > 10 ? date : `the end of ${date} in ${zone ?? 'UTC'}`;
  return `, due ${when}${provisional ? ' (provisional: it hangs on something that has not happened yet)' : ''}`;
}

function said(value: FactValue): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .map(([key, part]) => `${words(key)} ${part}`)
    .join(', ');
}

/** Who must be told, by when, under which rule: what the clocks ran on, and what became of each duty. */
export const DUTY_SENTENCES: Sentences<DutyKind> = {
  'anchor.set': ({ body, texts }) =>
    `${quoted(words(body.anchor))} ${body.at === undefined ? 'is not known after all' : `was at ${body.at}${body.precision === 'day' ? ' (only the day is known)' : ''}`}.` +
    `${replaces(body.supersedes)}${clause(' Reason: ', texts.reason)}${clause(' Source: ', texts.source)}`,
  'fact.set': ({ body, texts }) =>
    `Stated ${quoted(body.fact.replaceAll('_', ' '))}: ${said(body.value)}${clause(', with ', texts.party)}.${clause(' ', texts.terms)}${replaces(body.supersedes)}${clause(' Source: ', texts.source)}`,
  'duty.dated': ({ body }) =>
    `The duty ${named(body)} ${STOOD[body.state]}${due(body)}, under ${body.citation} (rule version ${body.ruleVersion}, verified ${body.verifiedOn}).` +
    `${body.because === undefined ? '' : ` It follows from entry ${body.because}.`}`,
  'duty.filed': ({ body, texts }) =>
    `Filed what the duty ${named(body)} asks for, at ${body.at}${clause(', received at ', body.received)}.${clause(' Reference: ', texts.reference)}${clause(' Proof: ', texts.proof)}` +
    `${body.evidence.length === 0 ? '' : ` Evidence: ${entriesNamed(body.evidence)}.`}${replaces(body.supersedes)}`,
  'duty.waived': ({ body, texts }, name) =>
    `Decided against the duty ${named(body)}, approved by ${name(body.approver)}. Reason: ${texts.reason}`,
  'duty.reopened': ({ body, texts }) => `Took back entry ${body.of} on the duty ${named(body)}. Reason: ${texts.reason}`,
  'duty.rule-changed': ({ body }) =>
    body.to === undefined
      ? `The rule behind the duty ${named(body)} (version ${body.from}) is no longer on file. The sealed date stands until somebody accepts.`
      : `The rule behind the duty ${named(body)} changed from version ${body.from} to ${body.to}: under it the duty ${STOOD[body.state]}${due(body)}. The sealed date stands until somebody accepts.`,
  'duty.rule-accepted': ({ body, texts }) =>
    `Accepted the change of the rule behind the duty ${named(body)} (entry ${body.of}).${clause(' Note: ', texts.note)}`,
};
