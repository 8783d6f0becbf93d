import type { RecordView } from '../../desk/view.ts';
import type { Entry } from '../../record/entry.ts';
import type { Answer } from '../../record/event.ts';
import { effectOf, type Hanging, hangingOn } from '../../record/questions.ts';
import { clock } from '../../record/turn.ts';
import { type OfferedAnswer, offeredAnswers } from '../../runbook/offered-answer.ts';
import type { Step } from '../../runbook/runbook.ts';
import { actions, type Block, button, context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe } from '../mrkdwn.ts';
import { ANSWERS, mark, person } from '../words.ts';

/** A question of the runbook: its own words, what hangs on it, and the answers one click away. */
export function questionCard(view: RecordView, fact: string): Card {
  const { incident, runbook } = view;
  const question = runbook?.questions.find((one) => one.fact === fact)?.question ?? fact;
  const answered = view.entries.findLast((entry) => entry.kind === 'question.answered' && entry.texts.fact === fact);
  const answer = incident.facts.get(fact);
  const title = `:question: *${safe(question)}*`;
  const said =
    answered === undefined || answer === undefined
      ? []
      : [context(`Answered *${ANSWERS[answer]}* at ${clock(answered.at)} by ${person(incident, answered.actor)}`)];
  return {
    text: `${mark(incident)}${question}${answer === undefined ? '' : ` ${ANSWERS[answer]}`}`,
    blocks: [
      section(title),
      ...(runbook === undefined ? [] : [context(clip(hanging(hangingOn(runbook, fact)), 2000))]),
      ...said,
      buttons(incident.record, fact, question, answer),
      context(`Or write: \`${safe(fact)}? yes\`, \`no\` or \`not sure\``),
    ],
  };
}

const LABELS: Record<Answer, string> = { yes: 'Yes', no: 'No', unknown: 'Not sure' };
const CHANGES: Record<Answer, string> = { yes: 'It is yes after all', no: 'It is no after all', unknown: 'Not sure any more' };

/** An answer can be changed at any time: the one on record is not offered again. */
function buttons(record: string, fact: string, question: string, answer: Answer | undefined): Block {
  const labels = answer === undefined ? LABELS : CHANGES;
  const offered = (['yes', 'no', 'unknown'] as const).filter((one) => one !== answer);
  return actions(
    `question|${record}|${encodeURIComponent(fact)}`,
    offered.map((one) => button(`question.${one}`, labels[one], target(record, fact), { says: `${LABELS[one]}: ${question}` })),
  );
}

const target = (record: string, fact: string): string => `${record}|${encodeURIComponent(fact)}`;

function hanging({ ifYes, ifNo, lines }: Hanging): string {
  const parts = [
    ifYes.length === 0 ? '' : `*Only if yes:* ${titles(ifYes)}`,
    ifNo.length === 0 ? '' : `*Only if no:* ${titles(ifNo)}`,
    lines.length === 0 ? '' : `*Lines in:* ${titles(lines)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'Nothing hangs on it any more.' : parts.join('\n');
}

const titles = (steps: Step[]): string => steps.map(({ title }) => safe(title)).join('; ');

/** The titles with an end: a title that asks has its own. */
const sentence = (steps: Step[]): string => titles(steps).replace(/[^?!.]$/, '$&.');

type Answered = Extract<Entry, { kind: 'question.answered' }>;

/** What an answer did, as a line for the channel. */
export function answerTold({ incident, runbook, entries }: RecordView, { body, texts, seq }: Answered): string {
  const head = `:white_check_mark: *${safe(texts.fact)}: ${ANSWERS[body.answer]}.*`;
  if (runbook === undefined) return head;
  const before = entries.findLast(
    (entry): entry is Answered => entry.kind === 'question.answered' && entry.seq < seq && entry.texts.fact === texts.fact,
  );
  const { opens, closes } = effectOf(incident, runbook, texts.fact, before?.body.answer ?? 'unknown', body.answer);
  const parts = [
    opens.length === 0 ? '' : `*Opens:* ${sentence(opens)}`,
    closes.length === 0 ? '' : `*Closes:* ${sentence(closes)}`,
  ].filter((part) => part !== '');
  return `${head} ${parts.length === 0 ? 'No step opens or closes.' : parts.join(' ')}`;
}

type Taken = Extract<Entry, { kind: 'decision.taken' }>;

/** The answers that a decision brings with it, one click each until they are given. */
export function offeredBlocks({ incident, runbook }: RecordView, { body }: Taken): Block[] {
  const step = runbook?.phases.flatMap(({ steps }) => steps).find(({ id }) => id === body.step);
  const option = body.option === undefined ? undefined : step?.options[body.option];
  if (option === undefined || runbook === undefined || body.outcome !== 'decided') return [];
  const open = offeredAnswers(option, runbook.questions).filter(({ fact, answer }) => incident.facts.get(fact) !== answer);
  if (open.length === 0) return [];
  return [
    actions(
      `offered|${body.decision}`,
      open.slice(0, 5).map((offer) => offerButton(incident.record, offer)),
    ),
  ];
}

const offerButton = (record: string, { fact, answer }: OfferedAnswer) =>
  button(`question.${answer}`, `Answer “${clip(fact, 45)}”: ${LABELS[answer].toLowerCase()}`, target(record, fact), {
    style: 'primary',
  });
