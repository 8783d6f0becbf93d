import { Consultation } from '../../desk/consult.ts';
import type { SaidMessage } from '../../desk/model-port.ts';
import type { RecordView } from '../../desk/view.ts';
import { type House, placeIn } from '../house.ts';
import { type Reading, readSince } from './channel-reading.ts';
import { readPlainly } from './plain-reading.ts';
import { held, type Proposal, type Source } from './proposal.ts';
import { type ScribeBody, scribeDelivery } from './scribe-card.ts';

/** So many proposals have room on the one card of a reading. */
const PROPOSED_MAX = 8;

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
  const items = proposals.map((proposal) => ({ id: proposal.id, body: { state: 'open' as const, proposal } }));
  const body: ScribeBody = { upTo: reading.upTo, items, messages, foot };
  const name = slot ?? `${reading.upTo}-${house.desk.newId()}`;
  await house.desk.send(view.client, [scribeDelivery(record, name, place, body)]);
  return true;
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
  const cut = new Set(proposals.slice(PROPOSED_MAX).map(({ source }) => source.ts));
  const rest = sources.filter(({ ts }) => !proposed.has(ts) && (plain || shown.length === 0 || cut.has(ts)));
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
  const speakers = sources.map(({ speaker }) => speaker);
  const told = await new Consultation(house.model, view, speakers).propose(
    messages.map(({ source: _, zone: __, ...message }) => message),
  );
  if ('reason' in told) return { proposals: byRule(), plain: true, reason: told.reason };
  return { proposals: told.value.flatMap((one) => held(one, messages, house.desk.newId()) ?? []), plain: false };
}
