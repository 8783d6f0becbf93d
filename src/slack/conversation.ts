import type { RecordView } from '../desk/view.ts';
import { type AnswerBody, answerDelivery } from './answer-card.ts';
import { answerTo } from './answers.ts';
import { type House, placeIn } from './house.ts';
import type { Mention } from './mentions.ts';
import { clip, safe } from './mrkdwn.ts';
import type { Talk } from './talk.ts';

type Said = Extract<Talk, { say: 'question' | 'unknown' }>;

/** Words that are no command: a question gets its answer at once, and whatever was said is one click from a note. */
export async function converse(house: House, mention: Mention, view: RecordView, said: Said): Promise<void> {
  await reply(house, mention, view, plainReply(view, mention, said));
}

export async function reply(house: House, { channel, caller, ts }: Mention, view: RecordView, body: AnswerBody): Promise<void> {
  const place = placeIn(house, caller.team, channel);
  await house.desk.send(view.client, [answerDelivery(view.incident.record, ts, place, body)]);
}

/** The answer that is always there, model or none. */
function plainReply(view: RecordView, { channel, ts, thread }: Mention, said: Said): AnswerBody {
  const keep = `${channel}/${ts}`;
  const under = thread ?? ts;
  if (said.say === 'unknown') return { text: notUnderstood(said), thread: under, keep };
  const { rest } = said.question;
  const text = answerTo(view, said.question);
  if (rest === '') return { text, thread: under };
  return { text, thread: under, keep, foot: `Not recorded yet: “${safe(clip(rest, 300))}”` };
}

function notUnderstood({ meant }: Extract<Said, { say: 'unknown' }>): string {
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return `That is no command I know, and nothing was recorded.${guess} Keep it as it was said, or see \`help\`.`;
}
