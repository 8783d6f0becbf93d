import { Consultation } from '../desk/consult.ts';
import type { SaidMessage } from '../desk/model-port.ts';
import { queueOf } from '../desk/plan.ts';
import type { Delivery, Place } from '../desk/ports.ts';
import type { RecordView } from '../desk/view.ts';
import { type Reading, readSince } from './channel-reading.ts';
import { type House, placeIn } from './house.ts';
import { readPlainly } from './plain-reading.ts';
import { held, type Proposal, proposalDelivery, type Source } from './proposal.ts';
import type { ScribeBody } from './proposal-card.ts';

/** So many proposals come out of one reading: each is a card of its own. */
const PROPOSED_MAX = 12;

/**
 * The scribe: reads the channel since its last mark, and proposes. What it proposes is recorded by whoever accepts it; without a model it
 * goes by plain rules, and lists the other messages, each one click from a note. A reading that nobody asked for (`slot` names it) says
 * nothing where nothing new was said. Answers whether it showed anything.
 */
export async function scribe(house: House, view: RecordView, team: string, channel: string, slot?: string): Promise<boolean> {
  const place = placeIn(house, team, channel);
  const { record } = view.incident;
  const reading = await readSince(house, view, team, channel, await markIn(house, view, channel));
  if (slot !== undefined && reading.sources.length === 0) return false;
  const { proposals, messages, foot } = await read(house, view, reading);
  const cards = proposals.map((proposal) => proposalDelivery(record, proposal.id, place, { state: 'open', proposal }));
  const body: ScribeBody = { upTo: reading.upTo, proposals: proposals.map(({ id }) => id), messages, foot };
  const name = slot ?? `${reading.upTo}-${house.desk.newId()}`;
  await house.desk.send(view.client, [...cards, scribeDelivery(record, name, place, body)]);
  return true;
}

export const scribeId = (record: string, name: string, channel: string): string => `${record}/scribe/${name}@${channel}`;

function scribeDelivery(record: string, name: string, place: Place, body: ScribeBody): Delivery {
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

/** How far it has read: the mark stands in the cards it has shown, and is no fact of the incident. */
async function markIn(house: House, { client, incident }: RecordView, channel: string): Promise<string> {
  const shown = (await house.store.open(client).deliveries(incident.record)).filter(
    ({ kind, id, body }) => kind === 'scribe-card' && id.endsWith(`@${channel}`) && body !== '',
  );
  const marks = shown.map(({ body }) => (JSON.parse(body) as ScribeBody).upTo);
  return marks.sort((a, b) => Number(a) - Number(b)).at(-1) ?? '';
}

type Read = Pick<ScribeBody, 'messages' | 'foot'> & { proposals: Proposal[] };

/** What is made of a reading; why a model made nothing of it is one honest line. */
async function read(house: House, view: RecordView, { sources, left }: Reading): Promise<Read> {
  if (sources.length === 0) return { proposals: [], messages: [], foot: 'Nothing new was said since the last time.' };
  const { proposals, reason, plain } = await proposalsOf(house, view, sources);
  const shown = proposals.slice(0, PROPOSED_MAX);
  const proposed = new Set(shown.map(({ source }) => source.ts));
  const rest = plain || shown.length === 0 ? sources.filter(({ ts }) => !proposed.has(ts)) : [];
  const messages = rest.map(({ channel, ts, text, speaker, at }) => ({ key: `${channel}/${ts}`, text, speaker, at }));
  return { proposals: shown, messages, foot: footOf(sources.length, shown.length, left, reason) };
}

function footOf(read: number, proposed: number, left: number, reason: string | undefined): string {
  const parts = [
    `${read} ${read === 1 ? 'message' : 'messages'} since the last time, ${proposed} proposed as entries.`,
    'Nothing is recorded until you accept it.',
    left === 0 ? '' : `${left} more wait: ask the scribe again.`,
    reason ?? '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** `plain` where they come from plain rules: there is no model, or it failed, and then `reason` says how. */
export type Made = { proposals: Proposal[]; plain: boolean; reason?: string };

/** Proposals out of messages, each held to what its message says. */
export async function proposalsOf(house: House, view: RecordView, sources: Source[]): Promise<Made> {
  const messages: (SaidMessage & { source: Source; zone: string })[] = sources.map((source, i) => ({
    number: i + 1,
    at: source.at,
    speaker: source.speaker,
    text: source.text,
    zone: source.zone ?? 'UTC',
    source,
  }));
  const byRule = () =>
    messages.flatMap((message) => readPlainly(message, view)).flatMap((one) => held(one, messages, house.desk.newId()) ?? []);
  if (house.model === undefined) return { proposals: byRule(), plain: true };
  const told = await new Consultation(house.model, view).propose(messages.map(({ source: _, zone: __, ...message }) => message));
  if ('reason' in told) return { proposals: byRule(), plain: true, reason: told.reason };
  return { proposals: told.value.flatMap((one) => held(one, messages, house.desk.newId()) ?? []), plain: false };
}
