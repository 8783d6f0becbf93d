import type { NoticeBody } from '../../desk/plan-notices.ts';
import type { Claimed, Outcome } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { type Draft, draftSchema } from '../../notice/draft.ts';
import { replacedUnder } from '../../record/decide-notices.ts';
import { context, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { receiptButtons } from '../lanes/broadcast-card.ts';
import { clip, safe } from '../mrkdwn.ts';
import { mark } from '../words.ts';
import { noticeCard, owedCard } from './card.ts';
import { examined, hashOf, type NoticeShelf } from './desk.ts';

export const NO_NOTICE: Outcome = { state: 'refused', code: 'no-notice', sentence: 'There is no such notice to show.' };

/** The team's card of a notice, or of what a change made wrong. */
export function noticeDeskCard(shelf: NoticeShelf | undefined, { kind, body }: Claimed, view: RecordView): Card | undefined {
  const { notice: id, seq }: { notice?: string; seq?: string } = JSON.parse(body);
  if (kind === 'owed-card') return owedCard(view, Number(seq));
  const notice = view.incident.notices.get(id ?? '');
  return notice === undefined || shelf === undefined ? undefined : noticeCard(view, examined(view, notice, shelf));
}

/**
 * The last look before it leaves: released and not taken back since, and byte for byte what was approved. Whatever else stands in the
 * delivery goes nowhere.
 */
export async function sendNotice({ body }: Claimed, view: RecordView, post: (card: Card) => Promise<Outcome>): Promise<Outcome> {
  const frozen: NoticeBody = JSON.parse(body);
  const notice = view.incident.notices.get(frozen.notice);
  const draft = draftSchema.parse(JSON.parse(frozen.draft));
  const isReleased = notice?.released.some(({ seq, channel }) => seq === frozen.of && channel === frozen.place.channel);
  if (!isReleased || notice?.approval === undefined)
    return { state: 'refused', code: 'taken-back', sentence: 'The notice was taken back before it left.' };
  if (hashOf(draft) !== notice.approval.sha256)
    return { state: 'refused', code: 'not-approved', sentence: 'These are not the words that were approved. Nothing was sent.' };
  if (replacedUnder(view.incident, notice).length > 0)
    return { state: 'refused', code: 'replaced', sentence: 'What the notice says was replaced before it left. Draft it again.' };
  return post(outward(view, draft));
}

/** What the client reads: the approved sentences and nothing of ours. */
function outward(view: RecordView, { id, sentences }: Draft): Card {
  const chunks: string[] = [];
  for (const { text } of sentences) {
    const last = chunks.at(-1);
    if (last !== undefined && last.length + text.length < 2_500) chunks[chunks.length - 1] = `${last}\n${safe(text)}`;
    else chunks.push(safe(text));
  }
  const drill = view.incident.drill ? [context('*DRILL: this is an exercise, not a real notice.*')] : [];
  const answerable = view.incident.of === 'lane' ? [receiptButtons(view.incident.record, id ?? '')] : [];
  const whole = sentences.map(({ text }) => text).join('\n');
  return {
    text: `${mark(view.incident)}${clip(safe(whole), 3_000)}`,
    blocks: [...drill, ...chunks.map((text) => section(text)), ...answerable],
  };
}
