import { Consultation } from '../../desk/consult.ts';
import type { CitedSentence } from '../../desk/model-port.ts';
import { visible } from '../../desk/secrets.ts';
import type { RecordView } from '../../desk/view.ts';
import { check } from '../../notice/gate.ts';
import { SHARED } from '../../notice/record.ts';
import { defanged } from '../../notice/wording-of-entry.ts';
import { type House, personOf, placeIn, zoneOf } from '../house.ts';
import { instantOf } from '../keeping/messages.ts';
import { clip, safe } from '../mrkdwn.ts';
import { plainRecord } from '../notices/record.ts';
import { type Proposal, proposalDelivery, type Source } from '../proposals/proposal.ts';
import { proposalsOf } from '../proposals/scribe.ts';
import { spelled } from '../spelled.ts';
import { working } from './agent.ts';
import { type AnswerBody, answerDelivery } from './answer-card.ts';
import { answerTo } from './answers.ts';
import { citing, linked } from './entry-links.ts';
import { type Mention, partOf } from './mention.ts';
import type { Question } from './question.ts';
import type { Talk } from './talk.ts';

type Said = Extract<Talk, { say: 'question' | 'unknown' }>;

/**
 * Words that are no command. The answer that needs no model stands there at once; a model's takes its place when it has passed the
 * gate, and what it makes of a statement are proposals. Whatever was said is one click from a note.
 */
export async function converse(house: House, mention: Mention, view: RecordView, said: Said): Promise<void> {
  const words = said.say === 'unknown' ? said.words : said.question.rest;
  const plain = plainReply(view, mention, said);
  if (house.model === undefined) return withRules(house, mention, view, plain, words);
  await reply(house, mention, view, plain);
  working(house, mention);
  if (said.say === 'question' && ANSWERED.has(said.question.asks)) await better(house, mention, view, said.words, plain);
  if (words !== '') await propose(house, mention, view, plain, words);
}

/** Without a model: what reads like an entry is proposed beside the answer. */
async function withRules(house: House, mention: Mention, view: RecordView, plain: AnswerBody, words: string): Promise<void> {
  const made = words === '' ? undefined : await proposalsOf(house, view, [await sourceOf(house, mention, words)]);
  const kinds = made?.proposals.map(({ kind }) => KINDS[kind]) ?? [];
  if (made === undefined || kinds.length === 0) return reply(house, mention, view, plain);
  const text =
    plain.keep !== undefined && plain.foot === undefined ? `Not recorded yet. It reads like ${kinds.join(' and ')}:` : plain.text;
  await reply(house, mention, view, { ...plain, text });
  await show(house, mention, view, plain, made.proposals);
}

const KINDS: Record<Proposal['kind'], string> = {
  note: 'a note',
  finding: 'a finding',
  decision: 'a decision',
  promise: 'a promise',
  ask: 'a question',
  step_done: 'a step done',
  contradiction: 'a contradiction',
};

/** Questions that a model may answer better than a list of entries does. */
const ANSWERED = new Set<Question['asks']>(['known', 'told', 'decided', 'findings', 'vendor']);

async function reply(house: House, mention: Mention, view: RecordView, body: AnswerBody): Promise<void> {
  const { channel, caller } = mention;
  const place = placeIn(house, caller.team, channel);
  const { text, bare } = await linked(house, view, body.text);
  const show = bare.length === 0 ? {} : { show: bare };
  await house.desk.send(view.client, [answerDelivery(view.incident.record, partOf(mention), place, { ...body, text, ...show })]);
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

/** Thanks, a smile and "ok" get a short word, not a lesson. */
function notUnderstood({ words, meant }: Extract<Said, { say: 'unknown' }>): string {
  if (meant === undefined && words.split(' ').length < 4 && !/\d/.test(words)) return 'Not recorded.';
  const guess = meant === undefined ? '' : ` Did you mean \`${meant}\`?`;
  return `Not recorded yet, and no command that I know.${guess} One click keeps it as it was said; \`help\` lists the commands.`;
}

async function better(house: House, mention: Mention, view: RecordView, question: string, plain: AnswerBody): Promise<void> {
  if (house.model === undefined) return;
  const told = await new Consultation(house.model, view).answer(question);
  if ('reason' in told) return reply(house, mention, view, { ...plain, foot: told.reason });
  const passed = passing(view, told.value);
  if (passed.length === 0) return;
  const text = passed.map(({ text: words, cites }) => `${safe(words)} _(${citing(cites)})_`).join('\n');
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

/** What the words would be as entries: as a model reads them, or by plain rules where it failed. */
async function propose(house: House, mention: Mention, view: RecordView, plain: AnswerBody, words: string): Promise<void> {
  const { proposals, reason } = await proposalsOf(house, view, [await sourceOf(house, mention, words)]);
  if (reason !== undefined) await reply(house, mention, view, { ...plain, foot: reason });
  await show(house, mention, view, plain, proposals);
}

async function sourceOf(house: House, { channel, ts, caller }: Mention, text: string): Promise<Source> {
  const known = [personOf(house, caller), zoneOf(house, caller), spelled(house, caller.team, text)] as const;
  const [{ name }, zone, words] = await Promise.all(known);
  return { channel, ts, at: instantOf(ts), user: caller.user, speaker: name, zone, text: words };
}

async function show(
  house: House,
  { channel, caller }: Mention,
  view: RecordView,
  { thread }: AnswerBody,
  proposals: readonly Proposal[],
): Promise<void> {
  const place = placeIn(house, caller.team, channel);
  const cards = proposals.map((proposal) =>
    proposalDelivery(view.incident.record, proposal.id, place, { state: 'open', proposal, thread }),
  );
  if (cards.length > 0) await house.desk.send(view.client, cards);
}
