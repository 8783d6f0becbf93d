import { Consultation } from '../desk/consult.ts';
import type { SaidMessage } from '../desk/model-port.ts';
import { queueOf } from '../desk/plan.ts';
import type { Delivery, Place } from '../desk/ports.ts';
import type { RecordView } from '../desk/view.ts';
import { attempt } from './failures.ts';
import { type House, personOf, placeIn } from './house.ts';
import { instantOf } from './messages.ts';
import { asTyped } from './mrkdwn.ts';
import { held, type Proposal, proposalDelivery, type Source } from './proposal.ts';
import type { ScribeBody } from './proposal-card.ts';

/** How many messages one reading takes; the rest waits for the next. */
const READ_MAX = 20;

/**
 * The scribe: reads the channel since its last mark, on request, and proposes. What it proposes is recorded by whoever accepts it;
 * without a model it lists the messages, each one click from a note.
 */
export async function scribe(house: House, view: RecordView, team: string, channel: string): Promise<void> {
  const place = placeIn(house, team, channel);
  const { record } = view.incident;
  const mark = await markIn(house, view, channel);
  const sources = await unread(house, view, team, channel, mark);
  const upTo = sources.at(-1)?.ts ?? mark;
  const { proposals, foot } = await proposed(house, view, sources);
  const cards = proposals.map((proposal) => proposalDelivery(record, proposal.id, place, { state: 'open', proposal }));
  const messages =
    proposals.length > 0 ? [] : sources.map(({ ts, text, speaker, at }) => ({ key: `${channel}/${ts}`, text, speaker, at }));
  const body: ScribeBody = { upTo, proposals: proposals.map(({ id }) => id), messages, foot };
  await house.desk.send(view.client, [...cards, scribeDelivery(record, `${upTo}-${house.desk.newId()}`, place, body)]);
}

function scribeDelivery(record: string, name: string, place: Place, body: ScribeBody): Delivery {
  const { surface, workspace, channel } = place;
  const id = `${record}/scribe/${name}@${channel}`;
  return {
    id,
    record,
    kind: 'scribe-card',
    queue: queueOf(place),
    body: JSON.stringify({ place: { surface, workspace, channel }, ...body }),
    coalescing: true,
  };
}

/** How far it has read: the mark stands in the cards it has shown, and is no fact of the incident. */
async function markIn(house: House, { client, incident }: RecordView, channel: string): Promise<string> {
  const shown = (await house.store.open(client).deliveries(incident.record)).filter(
    ({ kind, id, body }) => kind === 'scribe-card' && id.endsWith(`@${channel}`) && body !== '',
  );
  const marks = shown.map(({ body }) => (JSON.parse(body) as ScribeBody).upTo);
  return marks.sort((a, b) => Number(a) - Number(b)).at(-1) ?? '';
}

type Message = { ts?: string; text?: string; user?: string; bot_id?: string; subtype?: string };

/** Messages of people since the mark, oldest first, without what is kept already and what was said to the bot. */
async function unread(house: House, { incident }: RecordView, team: string, channel: string, mark: string): Promise<Source[]> {
  const bot = await attempt(house, 'auth.test', 'The bot does not know its own name.', () => house.client.auth.test());
  const since = mark === '' ? {} : { oldest: mark };
  const { messages = [] } = (await house.client.conversations.history({ channel, limit: 200, ...since })) as {
    messages?: Message[];
  };
  const kept = new Set(incident.notes.map(({ message }) => message));
  const people = messages
    .filter(
      ({ ts, user, text, bot_id, subtype }) =>
        ts !== mark && user !== undefined && user !== bot?.user_id && text && !bot_id && !subtype,
    )
    .filter(({ text, ts }) => !text?.startsWith(`<@${bot?.user_id}`) && !kept.has(`${channel}/${ts}`))
    .sort((a, b) => Number(a.ts) - Number(b.ts))
    .slice(0, READ_MAX);
  return Promise.all(
    people.map(async ({ ts = '', text = '', user = '' }) => {
      const { name } = await personOf(house, { user, team });
      return { channel, ts, at: instantOf(ts), user, speaker: name, text: asTyped(text) };
    }),
  );
}

/** What the model makes of them; why it made nothing is one honest line, and then the messages themselves are listed. */
async function proposed(house: House, view: RecordView, sources: Source[]): Promise<{ proposals: Proposal[]; foot: string }> {
  if (sources.length === 0) return { proposals: [], foot: 'Nothing new was said since the last time.' };
  const plain = `${sources.length} ${sources.length === 1 ? 'message' : 'messages'} since the last time. Nothing of it is recorded yet.`;
  if (house.model === undefined) return { proposals: [], foot: plain };
  const told = await proposalsOf(house, view, sources);
  if ('reason' in told) return { proposals: [], foot: `${plain} ${told.reason}` };
  if (told.proposals.length === 0) return { proposals: [], foot: `${plain} The model found nothing to propose.` };
  return {
    proposals: told.proposals,
    foot: `${told.proposals.length} proposals from ${sources.length} messages. Nothing is recorded until you accept it.`,
  };
}

/** Proposals out of messages, each held to what its message says. */
export async function proposalsOf(
  house: House,
  view: RecordView,
  sources: Source[],
): Promise<{ proposals: Proposal[] } | { reason: string }> {
  if (house.model === undefined) return { reason: '' };
  const messages: (SaidMessage & { source: Source })[] = sources.map((source, i) => ({
    number: i + 1,
    at: source.at,
    speaker: source.speaker,
    text: source.text,
    source,
  }));
  const told = await new Consultation(house.model, view).propose(messages.map(({ source: _, ...message }) => message));
  if ('reason' in told) return told;
  return { proposals: told.value.flatMap((one) => held(one, messages, house.desk.newId()) ?? []) };
}
