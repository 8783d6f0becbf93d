import type { types } from '@slack/bolt';
import type { Incident } from '../../record/incident.ts';
import {
  type Block,
  type Choice,
  choiceInput,
  context,
  input,
  menuInput,
  modal,
  option,
  section,
  textInput,
  type View,
} from '../blocks.ts';
import type { About } from '../forms.ts';
import { safe } from '../mrkdwn.ts';

/** What is done to the record itself, behind one menu of the status card: rare, and never in the way of a step. */
export function keepingMenu({ record, holds }: Incident): types.Overflow {
  const choices: Choice[] = [
    { text: 'Correct an entry…', value: `${record}||correct` },
    { text: 'Who may read an entry…', value: `${record}||label` },
    { text: 'Erase the words of an entry…', value: `${record}||erase` },
    holds.size > 0 ? { text: 'Lift a legal hold…', value: `${record}||lift` } : { text: 'Legal hold…', value: `${record}||hold` },
    { text: 'Rename the incident…', value: `${record}||rename` },
  ];
  return { type: 'overflow', action_id: 'record.keep', options: choices.map(option) };
}

const NUMBER_HINT = 'It stands under every card: "entry 12".';
const entryField = () => input('entry', 'Number of the entry', textInput({ placeholder: '12', max: 6 }), { hint: NUMBER_HINT });
/** Short, because a second person reads it on a card before it counts. */
export const REASON_MAX = 300;
const reasonField = (label: string) => input('reason', label, textInput({ multiline: true, max: REASON_MAX }));
const SECOND = context('It counts when a second person has confirmed it. Both names stand in the record.');

const LABELS: Choice[] = [
  { text: 'Counsel only', value: 'counsel' },
  { text: 'The team', value: 'internal' },
  { text: 'Everybody in the client’s lane too', value: 'open' },
];

const BASES: Choice[] = [
  { text: 'Somebody asked for erasure', value: 'erasure' },
  { text: 'It is privileged', value: 'privilege' },
  { text: 'It should never have been written', value: 'mistake' },
];

/** The form behind a choice of the menu; undefined where there is none of that name. */
export function keepingForm(what: string, { record, title, holds }: Incident): View | undefined {
  const form = (name: string, submit: string, blocks: Block[]) =>
    modal(`keep.${what}`, name, submit, JSON.stringify({ record } satisfies About), blocks);
  switch (what) {
    case 'correct':
      return form('Correct an entry', 'Correct', [
        entryField(),
        input('text', 'What should it say?', textInput({ multiline: true })),
        reasonField('Why is it corrected?'),
        context('The entry stays as it is; the correction stands beside it.'),
      ]);
    case 'label':
      return form('Who may read it', 'Label', [
        entryField(),
        input('label', 'Who may read it?', choiceInput(LABELS, 'counsel')),
        input('reason', 'Why?', textInput({ max: REASON_MAX }), { optional: true }),
      ]);
    case 'erase':
      return form('Erase words', 'Ask for it', [
        entryField(),
        input('basis', 'On what ground?', choiceInput(BASES, 'erasure')),
        reasonField('Why? (without repeating the words)'),
        context('The words are destroyed for good. The entry stays, says "[erased]", and still verifies.'),
        SECOND,
      ]);
    case 'hold':
      return form('Legal hold', 'Ask for it', [
        section('Nothing of this record can be erased while the hold is in place.'),
        reasonField('What is the hold for?'),
        SECOND,
      ]);
    case 'lift':
      return form('Lift a legal hold', 'Ask for it', [
        input(
          'hold',
          'Which one?',
          menuInput(
            [...holds].map((hold) => ({ text: hold, value: hold })),
            [...holds][0],
          ),
        ),
        reasonField('Why is it lifted?'),
        SECOND,
      ]);
    case 'rename':
      return form('Rename', 'Rename', [
        section(`Now: *${safe(title)}*`),
        input('title', 'What is going on?', textInput({ initial: title.slice(0, 150), max: 150 })),
      ]);
  }
}
