import { type Refusal, refuse } from '../record/command.ts';
import type { Failure } from '../record/event.ts';
import { digestOf, type Group, groupsOf, type Target } from './broadcast-groups.ts';
import { showOwn } from './broadcast-own.ts';
import { knownOf, PLACEHOLDERS, renderFor, unknownPlaceholder } from './broadcast-words.ts';
import { type By, standingOf } from './clients.ts';
import type { Desk } from './desk.ts';
import { coordinationOf, laneOf } from './lanes.ts';
import { namedIn } from './names.ts';
import type { Place, Store, Summarised } from './ports.ts';
import type { RecordView } from './view.ts';

/** Who is meant by a broadcast: everybody, those who are hit, those who are not, or those of whom nobody knows yet. */
export type Audience = 'all' | 'hit' | 'not-affected' | 'unknown';

export type Draft = {
  incident: string;
  purpose: string;
  audience: Audience;
  text: string;
  /** Why words that the gate warns of stay as they are. */
  overruled?: string;
};

/** Checks places before anything goes out: a code for each channel that must not be posted to. */
export type Preflight = (places: { client: string; place: Place }[]) => Promise<Map<string, string>>;

/** What the gate has against a client's words; `truth` nobody can overrule, `wording` a person can, with a reason. */
export type Fault = { level: 'truth' | 'wording'; rule: string; sentence: string; message: string };

/** Holds one client's words against the vendor incident and that client's own records. */
export type Gate = (it: { vendor: RecordView; standing: RecordView; lane?: RecordView; purpose: string; text: string }) => Fault[];

export type OrderParts = { desk: Desk; store: Store; us: string; preflight: Preflight; gate?: Gate };

/** `order` is the first of `orders`: one for each group that is approved at once, and one for each client that is approved alone. */
export type Ordered = { order: string; orders: { order: string; group: Group }[]; clients: string[]; skipped: Failure[] };

const AUDIENCES: Record<Audience, (tier: string) => boolean> = {
  all: () => true,
  hit: (tier) => tier === 'T0' || tier === 'T1' || tier === 'T2',
  'not-affected': (tier) => tier === 'T3' || tier === 'T4',
  unknown: (tier) => tier === 'U',
};

/**
 * Prepares and seals the orders: everybody who is meant is checked before anybody is told, the words of each against its own
 * record; who cannot be reached, or of whom the words are not true, is named.
 */
export async function orderBroadcast(parts: OrderParts, draft: Draft, by: By & { key?: string }): Promise<Refusal | Ordered> {
  const { desk, store, us } = parts;
  const vendor = await desk.view(us, draft.incident);
  if (vendor === undefined) return refuse('unknown', 'There is no such incident.');
  const standing = (await store.coordinator().summaries('standing')).filter(({ status }) => status === 'open');
  const wrong = wrongIn(draft.text, standing);
  if (wrong !== undefined) return wrong;
  const found = await targetsOf(parts, draft, standing, vendor);
  if ('refused' in found) return found;
  const { targets, skipped } = found;
  const groups = targets.length === 0 ? [{ grouped: {}, clients: [] }] : groupsOf(draft.text, targets);
  return seal(parts, draft, by, { groups, skipped });
}

function wrongIn(text: string, standing: Summarised[]): Refusal | undefined {
  const named = namedIn(text, standing);
  if (named !== undefined)
    return refuse('invalid', `The text names a client (${named}). What goes to many must name nobody: use {{name}}.`, 'text');
  const unknown = unknownPlaceholder(text);
  const known = PLACEHOLDERS.map((one) => `{{${one}}}`).join(', ');
  return unknown === undefined ? undefined : refuse('invalid', `{{${unknown}}} is not known. Known are ${known}.`, 'text');
}

async function seal(
  { desk, us }: OrderParts,
  { incident, purpose, text, overruled }: Draft,
  { key, ...by }: By & { key?: string },
  { groups, skipped }: { groups: Group[]; skipped: Failure[] },
): Promise<Refusal | Ordered> {
  const batch = groups.length > 1 ? { batch: `batch-${desk.newId()}` } : {};
  const orders: Ordered['orders'] = [];
  for (const [at, group] of groups.entries()) {
    const { clients, grouped } = group;
    const order = `order-${desk.newId()}`;
    const why = overruled === undefined ? {} : { overruled };
    const body = { order, purpose, text, clients, skipped: at === 0 ? skipped : [], digest: digestOf(text), ...batch, ...grouped };
    const once = key === undefined ? {} : { key: at === 0 ? key : `${key}/${at}` };
    const answer = await desk.do({
      client: us,
      record: incident,
      command: { do: 'orderBroadcast', ...body, ...why },
      ...by,
      ...once,
    });
    if ('refused' in answer) return answer;
    orders.push({ order, group });
    const own = grouped.basis === 'own' && 'view' in answer ? answer.view : undefined;
    const written = own?.incident.lanes.orders.get(order);
    if (own !== undefined && written !== undefined) await showOwn(desk, own, written);
  }
  return { order: orders[0]?.order ?? '', orders, clients: groups.flatMap(({ clients }) => clients), skipped };
}

type Candidate = Target & { place: Place; standing: RecordView; lane: RecordView | undefined };

async function targetsOf(
  parts: OrderParts,
  draft: Draft,
  standing: Summarised[],
  vendor: RecordView,
): Promise<Refusal | { targets: Target[]; skipped: Failure[] }> {
  const skipped: Failure[] = [];
  const candidates: Candidate[] = [];
  for (const client of await meantBy(parts, draft, standing)) {
    const candidate = await candidateFor(parts.desk, draft, client);
    if (typeof candidate === 'string') skipped.push({ client, code: candidate });
    else candidates.push(candidate);
  }
  const gated = throughGate(parts.gate, draft, vendor, candidates, skipped);
  if ('refused' in gated) return gated;
  const barred = await parts.preflight(gated);
  const targets = gated.filter(({ place, client }) => {
    const code = barred.get(place.channel);
    if (code !== undefined) skipped.push({ client, code });
    return code === undefined;
  });
  return { targets, skipped };
}

async function meantBy({ desk, store, us }: OrderParts, { incident, audience }: Draft, standing: Summarised[]): Promise<string[]> {
  const sorted = (await desk.view(us, coordinationOf(incident)))?.incident.lanes.sorted;
  const lanes = (await store.coordinator().summaries('lane')).filter((lane) => lane.incident === incident);
  const found = new Map(lanes.map(({ client, tier }) => [client, tier]));
  const tierOf = (client: string) => found.get(client) ?? sorted?.get(client)?.tier ?? 'U';
  return standing.map(({ client }) => client).filter((client) => AUDIENCES[audience](tierOf(client)));
}

/** One client with its words, or the code of what it lacks. */
async function candidateFor(desk: Desk, { incident, text }: Draft, client: string): Promise<Candidate | string> {
  const standing = await desk.view(client, standingOf(client));
  if (standing === undefined) return 'no-record';
  const lane = await desk.view(client, laneOf(incident, client));
  const place = placeOf(standing);
  if (place === undefined) return 'no-channel';
  const rendered = renderFor(text, standing, incident, lane);
  if ('gap' in rendered) return `no-${rendered.gap}`;
  const known = knownOf(standing, lane, incident);
  return { client, text: rendered.text, known, place, standing, lane };
}

/** What is true of nobody is refused; of whom alone it is not true, is left out and named. Wording needs a reason. */
function throughGate(
  gate: Gate | undefined,
  { purpose, overruled }: Draft,
  vendor: RecordView,
  candidates: Candidate[],
  skipped: Failure[],
): Refusal | Candidate[] {
  if (gate === undefined) return candidates;
  const found = candidates.map((one) => {
    const lane = one.lane === undefined ? {} : { lane: one.lane };
    return { one, faults: gate({ vendor, standing: one.standing, ...lane, purpose, text: one.text }) };
  });
  const untrue = found.filter(({ faults }) => faults.some(({ level }) => level === 'truth'));
  const first = untrue[0]?.faults.find(({ level }) => level === 'truth');
  if (first !== undefined && untrue.length === found.length)
    return refuse('invalid', `“${first.sentence}”: ${first.message}`, 'text');
  const passed = found.filter((each) => !untrue.includes(each));
  const warned = new Map(passed.flatMap(({ faults }) => faults).map((fault) => [fault.message, fault]));
  if (warned.size > 0 && (overruled ?? '').trim() === '') {
    const list = [...warned.values()].slice(0, 4).map(({ message }) => message);
    return refuse('needs-reason', `Change these words, or say why they stay: ${list.join(' ')}`, 'why');
  }
  skipped.push(...untrue.map(({ one: { client } }): Failure => ({ client, code: 'not-carried' })));
  return passed.map(({ one }) => one);
}

/** Where a client is told things: the place of its standing record. */
export function placeOf({ incident }: RecordView): Place | undefined {
  const found = incident.places.find(({ purpose }) => purpose === 'client');
  return found === undefined ? undefined : { surface: found.surface, workspace: found.workspace, channel: found.channel };
}
