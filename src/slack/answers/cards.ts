import type { RecordView } from '../../desk/view.ts';
import { type BankAnswer, matching } from '../../notice/answers.ts';
import type { Entry } from '../../record/entry.ts';
import { clock } from '../../record/turn.ts';
import {
  actions,
  type Block,
  button,
  choiceInput,
  context,
  header,
  input,
  menuInput,
  modal,
  section,
  textInput,
  type View,
  whenInput,
} from '../blocks.ts';
import type { Card } from '../card.ts';
import { laneTold } from '../lanes/entry.ts';
import { clip, safe } from '../mrkdwn.ts';
import { mark, person } from '../words.ts';
import type { AlikeGroup } from './groups.ts';

/** In the client's own lane: what it asks, and the answers that fit, each one click from a draft. */
export function askedCard(view: RecordView, entry: Entry, bank: readonly BankAnswer[]): Card {
  const words = entry.kind === 'receipt.given' ? (entry.texts.text ?? '') : '';
  const text = `${mark(view.incident)}${laneTold(entry) ?? ''}`;
  const value = (answer: string) => `${view.incident.record}|${entry.seq}|${answer}`;
  const fits = matching(bank, words);
  return {
    text: text.replace(/[*_]/g, ''),
    blocks: [
      section(clip(text, 2900)),
      ...(bank.length === 0
        ? []
        : [
            actions(`reply|${view.incident.record}|${entry.seq}`, [
              ...fits.map(({ id, question }, at) => {
                const shown = button(
                  'reply.draft',
                  `Draft: ${clip(question, 60)}`,
                  value(id),
                  at === 0 ? { style: 'primary' } : {},
                );
                // Slack takes no action twice in one row.
                return at === 0 ? shown : { ...shown, action_id: `reply.draft.${at}` };
              }),
              button('reply.choose', fits.length === 0 ? 'Answer…' : 'Another answer…', value('')),
            ]),
          ]),
      context(
        `${mark(view.incident)}entry ${entry.seq}, recorded ${clock(entry.at)} by ${person(view.incident, entry.actor)} · an answer is a draft until a second person approves it`,
      ),
    ],
  };
}

const choicesOf = (bank: readonly BankAnswer[]) => bank.map(({ id, question }) => ({ text: clip(question, 75), value: id }));

const MORE: Block[] = [
  input('nextUpdate', 'When do they hear from us again?', whenInput(), { optional: true, hint: 'Empty: in two hours.' }),
  input('checking', 'We are checking …', textInput({ max: 150, placeholder: 'your machines for signs of an intruder' }), {
    optional: true,
    hint: 'Empty: what is checked at the stage that the client has reached.',
  }),
];

/** For one client, in its lane. */
export const replyForm = (record: string, seq: string, bank: readonly BankAnswer[], words: string): View =>
  modal('lanes.reply', 'Answer a question', 'Draft', JSON.stringify({ incident: '', record, order: seq }), [
    ...(words === '' ? [] : [section(`They ask: ${safe(clip(words, 1500))}`)]),
    input('question', 'Which answer?', menuInput(choicesOf(bank), matching(bank, words)[0]?.id)),
    ...MORE,
  ]);

const WHOM = [
  { text: 'Those who have asked something and got no answer yet', value: 'asked' },
  { text: 'Every open lane', value: 'all' },
];

/** For many at once, from the channel of the vendor incident: every answer is made of that one client's own record. */
export const answersForm = (incident: string, bank: readonly BankAnswer[]): View =>
  modal('lanes.answers', 'Answer many', 'Draft', JSON.stringify({ incident }), [
    input('question', 'Which answer?', menuInput(choicesOf(bank))),
    input('whom', 'To whom?', choiceInput(WHOM, 'asked')),
    ...MORE,
    context('Drafts in each lane. Those that read alike are approved together here; the others in their own lanes.'),
  ]);

/** What was drafted for many: groups that read alike, by their number; words only where at least two clients read the same. */
export function alikeCard(
  groups: readonly AlikeGroup[],
  about: { incident: string; batch: string; question: string; drill: boolean },
): Card {
  const { incident, batch, question, drill } = about;
  const all = groups.reduce((sum, { members }) => sum + members.length, 0);
  const text = `${drill ? 'DRILL · ' : ''}Answers to “${question}”: ${all} drafted`;
  const alike = groups.filter(({ members }) => members.length > 1);
  const single = groups.filter(({ members }) => members.length === 1);
  return {
    text,
    blocks: [
      header(clip(text, 150)),
      ...alike.slice(0, 12).flatMap((group) => groupBlocks(group, `${incident}|${batch}|${group.key}`)),
      ...(single.length === 0
        ? []
        : [
            section(
              `${single.length} ${single.length === 1 ? 'answer reads' : 'answers read'} like no other: approved in their own lanes, where their words are.`,
            ),
          ]),
      ...(all === 0 ? [section('No lane had to be answered.')] : []),
    ],
  };
}

function groupBlocks({ members, words, problem }: AlikeGroup, value: string): Block[] {
  const sent = members.filter(({ state }) => state === 'released').length;
  const open = members.filter(({ state }) => state === 'draft').length;
  const state =
    open === 0
      ? `:white_check_mark: approved, ${sent} on their way or sent`
      : problem === undefined
        ? `${open} to approve`
        : `:construction: ${safe(clip(problem, 300))}`;
  return [
    section(`*${members.length} clients read the same* · ${state}\n>${safe(clip(words, 900)).replaceAll('\n', '\n>')}`),
    ...(open === 0 || problem !== undefined
      ? []
      : [actions(`reply|${value}`, [button('reply.approve', `Approve ${open}…`, value, { style: 'primary' })])]),
  ];
}

/** Reads it once more before it goes to all of them. */
export const alikeForm = ({ members, words }: AlikeGroup, about: { incident: string; batch: string; key: string }): View =>
  modal(
    'lanes.alike',
    'Approve answers',
    `Send to ${members.filter(({ state }) => state === 'draft').length}`,
    JSON.stringify({ incident: about.incident, order: about.batch, record: about.key }),
    [
      section(safe(clip(words, 2900))),
      context('{{client}} is each client’s own name. It goes into each client’s own channel.'),
      input('sure', 'Read?', choiceInput([{ text: 'I have read it, and it is true of all of them', value: 'yes' }])),
    ],
  );
