import { queueOf } from '../../desk/plan.ts';
import type { Delivery, Place } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { actions, type Block, button, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe, utc } from '../mrkdwn.ts';
import { mark } from '../words.ts';
import { proposalLine } from './card.ts';
import type { ProposalBody } from './proposal.ts';

/** One reading of the scribe: how far it read, what it proposes, and the other messages, each one click from a note. */
export type ScribeBody = {
  upTo: string;
  items: { id: string; body: ProposalBody }[];
  messages: { key: string; text: string; speaker: string; at: string }[];
  foot: string;
};

export const scribeId = (record: string, name: string, channel: string): string => `${record}/scribe/${name}@${channel}`;

export function scribeDelivery(record: string, name: string, place: Place, body: ScribeBody): Delivery {
  const { surface, workspace, channel } = place;
  return {
    id: scribeId(record, name, channel),
    record,
    kind: 'scribe-card',
    queue: queueOf(place),
    body: JSON.stringify({ place: { surface, workspace, channel }, ...body }),
    coalescing: true,
  };
}

/** All of a reading is one message: a dozen cards would hold up every other answer in the channel. */
export function scribeCard(view: RecordView, { items, messages, foot }: ScribeBody): Card {
  const { incident } = view;
  const title = `${mark(incident)}The scribe`;
  const open = items.filter(({ body }) => body.state === 'open').map(({ id }) => id);
  const all = `${incident.record}|${open.join(',')}`;
  const bulk: Block[] =
    open.length < 2
      ? []
      : [
          actions('scribe|all', [
            button('proposal.accept-all', `Accept all ${open.length}`, all),
            button('proposal.drop-all', 'Drop all', all),
          ]),
        ];
  const lines = messages.map(({ key, text, speaker, at }) =>
    section(
      `*${safe(speaker)}*, ${utc(at)}\n${safe(clip(text, 350))}`,
      button('answer.keep', 'Keep as a note', `${incident.record}|${key}`),
    ),
  );
  const proposed = items.flatMap(({ body }) => proposalLine(view, body));
  return { text: `${title}: ${foot}`, blocks: [section(`:memo: *${title}.* ${safe(foot)}`), ...proposed, ...bulk, ...lines] };
}
