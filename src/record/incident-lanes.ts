import type { ExposureState } from '../inventory/investigation.ts';
import type { Tier } from '../inventory/tier.ts';
import type { Sorted } from './command-lanes.ts';
import type { Entry } from './entry.ts';
import type { Actor, CallOutcome, Failure, Grouped, Seq } from './event.ts';
import type { Incident } from './incident.ts';

/** What one vendor incident across many clients adds to a record; which part is filled depends on the kind of the record. */
export type Lanes = {
  /** A standing record: who the client is. */
  client?: { id: string; name: string; profile: string; left?: { at: string; to?: string } };
  /** Our own standing record: what the register says of ourselves. */
  house?: { profile: string };
  assessed: Map<string, { tier: Tier; state: ExposureState; reason: string; at: string }>;
  /** A lane: whose it is, and how that client stands. */
  lane?: LaneState;
  /** What was said of how the client stands and was wrong, by the entry that corrects it. */
  corrected: Map<Seq, Seq>;
  cited: { record: string; entry: Seq; ref: string; seq: Seq }[];
  /** A coordination, or a vendor incident that has lanes. */
  incident?: string;
  coordination?: string;
  sorted: Map<string, Sorted>;
  released: Map<Seq, { leaf: string; to: string[] }>;
  orders: Map<string, Order>;
  told: Map<string, { delivery: string; purpose: string; at: string; seq: Seq; text: string }>;
  calls: LoggedCall[];
  /** Who said last that they phone this client, and until when that holds. */
  claim?: { by: Actor; until: string; incident?: string };
  receipts: { order: string; answer: 'received' | 'question' | 'hit'; by: Actor; at: string; seq: Seq; text?: string }[];
};

export type LoggedCall = { outcome: CallOutcome; at: string; by: Actor; seq: Seq; who: string; note?: string; incident?: string };

export type LaneState = {
  incident: string;
  client: string;
  name: string;
  tier: Tier;
  state: ExposureState;
  reason: string;
  asOf: string;
  /** The entry that says so. */
  seq: Seq;
};

/** A broadcast as its record tells it. */
export type Order = {
  id: string;
  seq: Seq;
  by: Actor;
  at: string;
  purpose: string;
  text: string;
  clients: string[];
  skipped: Failure[];
  digest: string;
  /** Why words that the gate warned of were kept. */
  overruled?: string;
  state: 'ordered' | 'running' | 'paused' | 'stopped' | 'closed';
  approved?: { by: Actor; at: string; seq: Seq };
  closed?: { sent: number; unsent: number; failures: Failure[] };
} & Grouped;

export const noLanes = (): Lanes => ({
  assessed: new Map(),
  corrected: new Map(),
  cited: [],
  sorted: new Map(),
  released: new Map(),
  orders: new Map(),
  told: new Map(),
  calls: [],
  receipts: [],
});

/** The part of the fold that knows clients, lanes, their coordination and broadcasts. */
export function evolveLanes(incident: Incident, entry: Entry): void {
  evolveClient(incident, entry);
  evolveLane(incident, entry);
  evolveCoordination(incident.lanes, entry);
  evolveBroadcast(incident.lanes, entry);
}

function evolveClient(incident: Incident, entry: Entry): void {
  const { lanes } = incident;
  switch (entry.kind) {
    case 'client.registered':
      lanes.client = { id: entry.body.client, name: entry.texts.name, profile: entry.texts.profile };
      Object.assign(incident, { title: entry.texts.name, declaredAt: entry.at, declaredBy: entry.actor, drill: entry.drill });
      break;
    case 'client.changed':
      if (lanes.client !== undefined) Object.assign(lanes.client, { name: entry.texts.name, profile: entry.texts.profile });
      incident.title = entry.texts.name;
      break;
    case 'house.described':
      lanes.house = { profile: entry.texts.profile };
      break;
    case 'client.left':
      if (lanes.client !== undefined)
        lanes.client.left = { at: entry.at, ...(entry.texts.to === undefined ? {} : { to: entry.texts.to }) };
      break;
    case 'client.assessed': {
      const { incident: vendor, tier, state } = entry.body;
      lanes.assessed.set(vendor, { tier, state, reason: entry.texts.reason, at: entry.at });
      break;
    }
    case 'client.told': {
      const { order, delivery, purpose } = entry.body;
      lanes.told.set(order, { delivery, purpose, at: entry.at, seq: entry.seq, text: entry.texts.text });
      break;
    }
    case 'call.logged':
      lanes.calls.push({ ...entry.body, at: entry.at, by: entry.actor, seq: entry.seq, ...entry.texts });
      delete lanes.claim;
      break;
    case 'call.claimed':
      lanes.claim = { by: entry.actor, ...entry.body };
      break;
    case 'receipt.given': {
      const { seq, at, actor: by } = entry;
      lanes.receipts.push({ ...entry.body, by, at, seq, ...(entry.texts.text === undefined ? {} : { text: entry.texts.text }) });
      break;
    }
  }
}

function evolveLane(incident: Incident, entry: Entry): void {
  const { lanes } = incident;
  switch (entry.kind) {
    case 'lane.opened': {
      const { since, ...body } = entry.body;
      lanes.lane = { ...body, name: entry.texts.name, reason: entry.texts.reason, asOf: entry.at, seq: entry.seq };
      const declared = { title: entry.texts.title, declaredAt: since, declaredBy: entry.actor, drill: entry.drill };
      Object.assign(incident, declared);
      break;
    }
    case 'lane.moved': {
      const { tier, state, asOf, correction } = entry.body;
      if (lanes.lane === undefined) break;
      if (correction) lanes.corrected.set(lanes.lane.seq, entry.seq);
      Object.assign(lanes.lane, { tier, state, asOf, reason: entry.texts.reason, seq: entry.seq });
      break;
    }
    case 'entry.cited':
      lanes.cited.push({ record: entry.body.record, entry: entry.body.seq, ref: entry.ref ?? '', seq: entry.seq });
      break;
  }
}

function evolveCoordination(lanes: Lanes, entry: Entry): void {
  switch (entry.kind) {
    case 'coordination.opened':
      lanes.incident = entry.body.incident;
      break;
    case 'client.sorted':
      lanes.sorted.set(entry.body.client, entry.body);
      break;
    case 'lanes.begun':
      lanes.coordination = entry.body.coordination;
      break;
    case 'entry.released':
      lanes.released.set(entry.body.of, { leaf: entry.body.leaf, to: entry.body.to });
      break;
  }
}

const STEERED = { 'broadcast.paused': 'paused', 'broadcast.resumed': 'running', 'broadcast.stopped': 'stopped' } as const;

function evolveBroadcast({ orders }: Lanes, entry: Entry): void {
  if (!entry.kind.startsWith('broadcast.')) return;
  const { seq, at, actor: by } = entry;
  if (entry.kind === 'broadcast.ordered') {
    const { order: id, ...body } = entry.body;
    const { text, overruled } = entry.texts;
    orders.set(id, { id, seq, by, at, ...body, text, ...(overruled === undefined ? {} : { overruled }), state: 'ordered' });
    return;
  }
  const order = 'order' in entry.body ? orders.get(entry.body.order) : undefined;
  if (order === undefined) return;
  if (entry.kind === 'broadcast.approved') Object.assign(order, { state: 'running', approved: { by, at, seq } });
  else if (entry.kind === 'broadcast.closed') Object.assign(order, { state: 'closed', closed: entry.body });
  else if (entry.kind in STEERED) order.state = STEERED[entry.kind as keyof typeof STEERED];
}
