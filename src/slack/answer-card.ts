import { queueOf } from '../desk/plan.ts';
import type { Delivery, Place } from '../desk/ports.ts';
import { actions, type Block, button, context, section } from './blocks.ts';
import type { Card } from './card.ts';
import { clip } from './mrkdwn.ts';

/**
 * An answer in the thread of the question. A card: a better answer takes the place of the first one. `keep` is the message that
 * was answered, where it can still be kept: "channel/ts".
 */
export type AnswerBody = { text: string; thread: string; keep?: string; foot?: string };

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

export function answerCard(record: string, { text, keep, foot }: AnswerBody): Card {
  const buttons: Block[] =
    keep === undefined ? [] : [actions(`answer|${keep}`, [button('answer.keep', 'Keep as a note', `${record}|${keep}`)])];
  return {
    text: clip(text.replace(/[*_`]/g, ''), 300),
    blocks: [section(text), ...(foot === undefined ? [] : [context(foot)]), ...buttons],
  };
}
