import { Consultation } from '../desk/consult.ts';
import type { CitedSentence } from '../desk/model-port.ts';
import { visible } from '../desk/secrets.ts';
import type { RecordView } from '../desk/view.ts';
import { check } from '../notice/gate.ts';
import { SHARED } from '../notice/record.ts';
import { defanged } from '../notice/wording-of-entry.ts';
import { type AnswerBody, answerDelivery } from './answer-card.ts';
import { answerTo } from './answers.ts';
import { type House, personOf, placeIn } from './house.ts';
import type { Mention } from './mention.ts';
import { ADDRESSED, instantOf } from './messages.ts';
import { asTyped, clip, safe } from './mrkdwn.ts';
import { plainRecord } from './notice-record.ts';
import { proposalDelivery } from './proposal.ts';
import { proposalsOf } from './scribe.ts';
import type { Talk } from './talk.ts';

type Said = Extract<Talk, { say: 'question' | 'unknown' }>;

/**
 * Words that are no command. The answer that needs no model stands there at once; a model's takes its place when it has passed the
 * gate, and what it makes of a statement are proposals. Whatever was said is one click from a note.
 */
export async function converse(house: House, mention: Mention, view: RecordView, said: Said): Promise<void> {
  const plain = plainReply(view, mention, said);
  await reply(house, mention, view, plain);
  if (house.model === undefined) return;
  if (said.say === 'question' && said.question.asks === 'known') await better(house, mention, view, said.words, plain);
  if (said.say === 'unknown' || said.question.rest !== '') await propose(house, mention, view, plain);
}

async function reply(house: House, { channel, caller, ts }: Mention, view: RecordView, body: AnswerBody): Promise<void> {
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

async function better(house: House, mention: Mention, view: RecordView, question: string, plain: AnswerBody): Promise<void> {
  if (house.model === undefined) return;
  const told = await new Consultation(house.model, view).answer(question);
  if ('reason' in told) return reply(house, mention, view, { ...plain, foot: told.reason });
  const passed = passing(view, told.value);
  if (passed.length === 0) return;
  const text = passed
    .map(({ text: words, cites }) => `${safe(words)} _(${cites.length === 1 ? 'entry' : 'entries'} ${cites.join(', ')})_`)
    .join('\n');
  const foot = 'Put into words by a model, from the entries named. Each sentence was checked against them.';
  await reply(house, mention, view, { ...plain, text: clip(text, 2_900), foot });
}

/** Only sentences that the entries they cite carry, every one as a fact; no link survives. */
export function passing(view: RecordView, sentences: CitedSentence[]): CitedSentence[] {
  const clean = sentences
    .map(({ text, cites }) => ({ text: defanged(visible(text)).trim(), cites }))
    .filter(({ text, cites }) => text !== '' && cites.length > 0 && !/hxxps?:|https?:|www\./i.test(text));
  const facts = clean.map(({ text, cites }) => ({ text, cites: cites.map(String), type: 'fact' as const }));
  const draft = { id: undefined, record: view.incident.record, client: SHARED, kind: undefined, sentences: facts };
  const { problems } = check(draft, plainRecord(view, {}));
  return clean.filter(
    (_, i) => !problems.some(({ sentence, level }) => level === 'truth' && (sentence === i || sentence === null)),
  );
}

async function propose(house: House, mention: Mention, view: RecordView, plain: AnswerBody): Promise<void> {
  const { channel, ts, caller, text } = mention;
  const { name } = await personOf(house, caller);
  const words = asTyped(text.replace(ADDRESSED, ''));
  const told = await proposalsOf(house, view, [{ channel, ts, at: instantOf(ts), user: caller.user, speaker: name, text: words }]);
  if ('reason' in told) return reply(house, mention, view, { ...plain, foot: told.reason });
  if (told.proposals.length === 0) return;
  const place = placeIn(house, caller.team, channel);
  await house.desk.send(
    view.client,
    told.proposals.map((proposal) =>
      proposalDelivery(view.incident.record, proposal.id, place, { state: 'open', proposal, thread: plain.thread }),
    ),
  );
}
