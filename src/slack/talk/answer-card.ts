import { queueOf } from '../../desk/plan.ts';
import type { Delivery, Place } from '../../desk/ports.ts';
import { actions, button, context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip } from '../mrkdwn.ts';

/**
 * An answer in the thread of the question. A card: a better answer takes the place of the first one. `keep` is the message that
 * was answered, where it can still be kept: "channel/ts". `show` are entries it stands on that nothing links to, `offer` is a form.
 */
export type AnswerBody = { text: string; thread: string; keep?: string; foot?: string; show?: number[]; offer?: 'notice' };

/** So many buttons under an answer, and no more. */
const SHOWN_MAX = 5;

export function answerDelivery(record: string, id: string, place: Place, body: AnswerBody): Delivery {
  const { surface, workspace, channel } = place;
  return {
    id: `${record}/answer/${id}@${channel}`,
    record,
    kind: 'answer',
    queue: queueOf(place),
    body: JSON.stringify({ place: { surface, workspace, channel }, ...body }),
    coalescing: true,
  };
}

export function answerCard(record: string, { text, keep, foot, show = [], offer }: AnswerBody): Card {
  const buttons = [
    ...(offer === undefined ? [] : [button('incident.notices', 'Notices…', record)]),
    ...(keep === undefined ? [] : [button('answer.keep', 'Keep as a note', `${record}|${keep}`)]),
    ...show.slice(0, SHOWN_MAX).map((seq, i) => button(`entry.show.${i}`, `Show entry ${seq}`, `${record}|${seq}`)),
  ];
  return {
    text: clip(text.replace(/[*_`]/g, ''), 300),
    blocks: [
      section(text),
      ...(foot === undefined ? [] : [context(foot)]),
      ...(buttons.length === 0 ? [] : [actions(`answer|${keep ?? record}`, buttons)]),
    ],
  };
}
