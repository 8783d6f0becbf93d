import { STATE_WORDS } from '../../desk/board-words.ts';
import type { RecordView } from '../../desk/view.ts';
import { movesFrom } from '../../inventory/investigation.ts';
import type { LaneState } from '../../record/incident-lanes.ts';
import { actions, type Block, button, context, input, menuInput, modal, section, textInput, ticks, type View } from '../blocks.ts';
import { clip, safe, when } from '../mrkdwn.ts';

/** What the status card of a lane says beside what every incident says: how this client stands, and whom to phone. */
export function laneBlocks({ incident }: RecordView): Block[] {
  const { lane, calls } = incident.lanes;
  if (lane === undefined) return [];
  const last = calls.at(-1);
  const called =
    last === undefined
      ? 'nobody was called yet'
      : `called ${calls.length} times, last ${when(last.at)}: ${last.outcome.replace('-', ' ')}`;
  return [
    section(
      `*${lane.tier}: ${STATE_WORDS[lane.state]}* as of ${when(lane.asOf)}\n${safe(clip(lane.reason, 500))}\n:telephone_receiver: ${called}`,
    ),
    ...(incident.status === 'closed'
      ? []
      : [
          actions(`lane|${incident.record}`, [
            button('lane.move', 'Move on…', incident.record),
            button('lane.call', 'Phone them…', incident.record),
            button('lane.receipt', 'Receipt…', incident.record),
          ]),
        ]),
  ];
}

const MARKS = [
  { text: 'Systems are being encrypted now', value: 'encryptingNow' },
  { text: 'Life or safety depends on what is hit', value: 'lifeSafety' },
  { text: 'Sensitive data can be reached', value: 'sensitiveDataReachable' },
];

/** A client moves on by evidence: what was found, and how it was looked for. */
export function moveForm({ state, name }: LaneState, record: string): View {
  const to = [state, ...movesFrom(state)].map((one) => ({ text: STATE_WORDS[one], value: one }));
  return modal('lanes.move', 'Move on', 'Record', JSON.stringify({ incident: '', record }), [
    context(`${safe(name)}: ${STATE_WORDS[state]}`),
    input('to', 'Where does the client stand now?', menuInput(to, state)),
    input('evidence', 'On what evidence? (entry, file, ticket)', textInput({ max: 120 })),
    input('how', 'How was that checked? (needed to say that something is not there)', textInput({ multiline: true, max: 1000 }), {
      optional: true,
    }),
    input('marks', 'And?', { ...ticks('value', MARKS, []) }, { optional: true }),
  ]);
}
