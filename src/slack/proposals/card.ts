import type { RecordView } from '../../desk/view.ts';
import {
  actions,
  type Block,
  button,
  choiceInput,
  context,
  input,
  menuInput,
  modal,
  section,
  textInput,
  type View,
  whenInput,
} from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe, utc, when } from '../mrkdwn.ts';
import { mark, person, STATUS_WORDS } from '../words.ts';
import { standingFor } from './contradiction.ts';
import type { Proposal, ProposalBody } from './proposal.ts';

const NAMES: Record<Proposal['kind'], string> = {
  note: 'Note',
  finding: 'Finding',
  decision: 'Decision',
  promise: 'Promise',
  ask: 'Question',
  step_done: 'Step done',
  contradiction: 'Contradiction',
};

/** A proposal with what it comes from: nothing of it is recorded until somebody accepts it. */
export function proposalCard(view: RecordView, body: ProposalBody): Card {
  if (body.state === 'accepted') return small(`Accepted: entry ${body.seq}.`);
  if (body.state === 'dropped') return small('Dropped. Nothing was recorded.');
  const { proposal } = body;
  const value = `${view.incident.record}|${proposal.id}`;
  const title = `${mark(view.incident)}Proposed ${NAMES[proposal.kind].toLowerCase()}`;
  return {
    text: title,
    blocks: [
      section(`:pencil2: *${title}:* ${line(proposal)}`),
      context(
        ...fieldsOf(view, proposal),
        ...quoted(proposal, 400),
        `${safe(proposal.source.speaker)}, ${utc(proposal.source.at)}. Not recorded yet.`,
      ),
      ...reaching(view, proposal),
      verdicts(value),
    ],
  };
}

const verdicts = (value: string): Block =>
  actions(`proposal|${value}`, [
    button('proposal.accept', 'Accept', value, { style: 'primary' }),
    button('proposal.edit', 'Edit…', value),
    button('proposal.drop', 'Drop', value),
  ]);

/** The same as a line of a longer card: two blocks, and one more where somebody must hear of it. */
export function proposalLine(view: RecordView, body: ProposalBody): Block[] {
  if (body.state === 'accepted') return [context(`Accepted${body.seq === 0 ? '' : `: entry ${body.seq}`}.`)];
  if (body.state === 'dropped') return [context('Dropped. Nothing was recorded.')];
  const { proposal } = body;
  const fields = fieldsOf(view, proposal);
  const said = `${safe(proposal.source.speaker)}, ${utc(proposal.source.at)}`;
  const text = [
    `:pencil2: *Proposed ${NAMES[proposal.kind].toLowerCase()}:* ${line(proposal)}`,
    ...(fields.length === 0 ? [] : [`_${fields.join(' · ')}_`]),
    ...quoted(proposal, 300),
    said,
  ];
  return [section(text.join('\n')), ...reaching(view, proposal), verdicts(`${view.incident.record}|${proposal.id}`)];
}

/** A contradiction is shown to whoever stands for what it speaks against, before anybody accepts it. */
function reaching({ incident, entries }: RecordView, { kind, entry }: Proposal): Block[] {
  const stands = kind === 'contradiction' ? standingFor(incident, entries, entry) : undefined;
  if (stands === undefined) return [];
  const why =
    stands.notice === undefined
      ? `recorded entry ${entry}`
      : `approved notice ${safe(stands.notice)}, which rests on entry ${entry}`;
  return [context(`:rotating_light: For ${person(incident, stands.actor)}, who ${why}. Accepted, it is a question to them.`)];
}

/** The words it comes from, where it is not in those very words. */
const quoted = ({ quote, text }: Proposal, most: number): string[] =>
  quote.trim() === text.trim() ? [] : [`> ${safe(clip(quote.replace(/\s+/g, ' '), most))}`];

const small = (text: string): Card => ({ text, blocks: [context(text)] });

function line({ about, status, text }: Proposal): string {
  const sure = status === null ? '' : `${STATUS_WORDS[status]}. `;
  return `${about === null ? '' : `${safe(about)}: `}${sure}${safe(clip(text, 700))}`;
}

function fieldsOf({ guide }: RecordView, { who, reason, occurred, due, step, entry, kind }: Proposal): string[] {
  const title = guide?.steps.find(({ index }) => index + 1 === step)?.step.title;
  return [
    who === null ? '' : `who: ${safe(who)}`,
    reason === null ? '' : `why: ${safe(reason)}`,
    occurred === null ? '' : `happened: ${when(occurred)}`,
    due === null ? '' : `due: ${when(due)}`,
    step === null ? '' : `step ${step}${title === undefined ? '' : `: ${safe(title)}`}`,
    entry === null ? '' : `${kind === 'finding' ? 'replaces' : 'against'} entry ${entry}`,
  ].filter((text) => text !== '');
}

const KINDS = Object.entries(NAMES).map(([value, text]) => ({ value, text }));
const STATUSES = Object.entries(STATUS_WORDS).map(([value, text]) => ({ value, text }));

/** Another wording, another kind, another time: what is submitted is recorded. */
export const proposalForm = (record: string, channel: string, proposal: Proposal): View =>
  modal('proposal.edit', 'Edit a proposal', 'Record', JSON.stringify({ record, channel, notice: proposal.id }), [
    context(`> ${safe(clip(proposal.quote, 500))}`),
    input('kind', 'What is it?', menuInput(KINDS, proposal.kind)),
    input('text', 'In words', textInput({ multiline: true, initial: proposal.text, max: 1500 })),
    input('about', 'About what?', textInput({ initial: proposal.about ?? '', max: 150 }), { optional: true }),
    input('status', 'How sure?', choiceInput(STATUSES, proposal.status ?? 'suspected'), { optional: true }),
    input('reason', 'Why? (decisions)', textInput({ initial: proposal.reason ?? '', max: 300 }), { optional: true }),
    input('who', 'Who? (promises)', textInput({ initial: proposal.who ?? '', max: 150 }), { optional: true }),
    input('occurred', 'When did it happen?', whenInput(), { optional: true }),
    input('due', 'Due when?', whenInput(), { optional: true }),
  ]);
