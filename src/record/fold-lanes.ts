import type { Entry } from './entry.ts';
import type { Incident } from './incident.ts';
import type { Lanes } from './incident-lanes.ts';

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
