import type { Entry } from './entry.ts';
import type { Actor, Answer, FindingStatus, Label, RecordKind, Role, Seq } from './event.ts';
import { evolveKnowledge } from './incident-knowledge.ts';
import { evolveRunbook, type Offered } from './incident-runbook.ts';
import { evolveSteps } from './incident-steps.ts';

/**
 * What the entries of one record add up to. Disposable: it is folded from the entries at any time, and nothing
 * is true here that no entry says.
 */
export type Incident = {
  record: string;
  of: RecordKind;
  size: number;
  drill: boolean;
  title: string;
  looksLike: string;
  answers: { stillHappening: Answer; canReachClients: Answer; talkingOverIt: Answer };
  declaredAt: string;
  declaredBy: Actor;
  status: 'open' | 'closed';
  closed?: { as: 'resolved' | 'false-alarm' | 'merged'; at: string; by: Actor; reason: string; into?: string };
  verifierKey?: string;
  people: Map<Actor, { name: string; account: string }>;
  roles: { role: Role; person: Actor }[];
  handovers: Map<string, Handover>;
  places: { surface: string; workspace: string; channel: string; purpose: string }[];
  runbook?: { id: string; digest: string; file: string; source: string; at: string; seq: Seq };
  /** Changed texts of the runbook that were offered, by digest. */
  offered: Map<string, Offered>;
  facts: Map<string, Answer>;
  steps: Map<string, StepState>;
  rows: Map<string, { step: string; table: string; cells: string; seq: Seq }>;
  notes: Note[];
  findings: Finding[];
  decisions: Decision[];
  asks: Ask[];
  evidence: Evidence[];
  promises: { id: string; who: string; text: string; due?: string; kept?: Answer; seq: Seq }[];
  corrections: Map<Seq, { by: Seq; text?: string; at: string }>;
  holds: Set<string>;
  labels: Map<Seq, Label>;
  published: { size: number; root: string; surface: string; channel: string; message: string }[];
  raised: Set<string>;
  delivered: Map<string, 'sent' | 'refused' | 'uncertain'>;
};

export type Handover = {
  id: string;
  seq: Seq;
  role: Role;
  from: Actor;
  to: Actor;
  brief: string;
  state: 'offered' | 'accepted' | 'declined';
};

/** How a step stands. Absent from the map: open, and nobody has touched it. */
export type StepState = {
  state: 'open' | 'done' | 'skipped' | 'blocked';
  at: string;
  by: Actor;
  seq: Seq;
  verified: boolean;
  reason?: string;
  note?: string;
  override?: string;
  assigned?: Actor;
  ticked: Set<string>;
  /** Preconditions ticked, by index; with `/row` appended where they hold per row. */
  met: Set<string>;
  evidence: Seq[];
  reopened: number;
};

export type Note = {
  seq: Seq;
  at: string;
  by: Actor;
  text: string;
  step?: string;
  message?: string;
  deleted: boolean;
  edits: number;
};
export type Finding = {
  seq: Seq;
  about: string;
  text: string;
  status: FindingStatus;
  asOf: string;
  source?: string;
  by: Actor;
  supersededBy?: Seq;
};
export type Decision = {
  id: string;
  seq: Seq;
  at: string;
  step?: string;
  option?: number;
  question: string;
  choice: string;
  reason: string;
  outcome: 'decided' | 'decided-not-to' | 'deferred';
  decider: Actor;
  review?: string;
  reopened: boolean;
};
export type Ask = { id: string; seq: Seq; question: string; to?: Actor; due?: string; step?: string; by: Actor; answer?: string };
export type Evidence = {
  id: string;
  seq: Seq;
  step?: string;
  name: string;
  bytes: number;
  mediaType: string;
  at: string;
  by: Actor;
};

export function emptyIncident(record: string, of: RecordKind): Incident {
  return {
    record,
    of,
    size: 0,
    drill: false,
    title: '',
    looksLike: 'not-sure',
    answers: { stillHappening: 'unknown', canReachClients: 'unknown', talkingOverIt: 'unknown' },
    declaredAt: '',
    declaredBy: '',
    status: 'open',
    people: new Map(),
    roles: [],
    handovers: new Map(),
    places: [],
    offered: new Map(),
    facts: new Map(),
    steps: new Map(),
    rows: new Map(),
    notes: [],
    findings: [],
    decisions: [],
    asks: [],
    evidence: [],
    promises: [],
    corrections: new Map(),
    holds: new Set(),
    labels: new Map(),
    published: [],
    raised: new Set(),
    delivered: new Map(),
  };
}

export const fold = (entries: Iterable<Entry>, empty: Incident): Incident => {
  let incident = empty;
  for (const entry of entries) incident = evolve(incident, entry);
  return incident;
};

/** One entry further. It writes into `incident`, which belongs to the caller: a cached state goes on, entry by entry. */
export function evolve(incident: Incident, entry: Entry): Incident {
  incident.size = entry.seq;
  evolveIncident(incident, entry);
  evolvePeople(incident, entry);
  evolveRunbook(incident, entry);
  evolveSteps(incident, entry);
  evolveKnowledge(incident, entry);
  evolveKeeping(incident, entry);
  return incident;
}

function evolveIncident(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'incident.declared': {
      const { looksLike, ...answers } = entry.body;
      Object.assign(incident, { title: entry.texts.title, looksLike, answers, drill: entry.drill });
      Object.assign(incident, { declaredAt: entry.at, declaredBy: entry.actor });
      break;
    }
    case 'incident.renamed':
      incident.title = entry.texts.title;
      break;
    case 'incident.closed': {
      const into = entry.body.into === undefined ? {} : { into: entry.body.into };
      incident.status = 'closed';
      incident.closed = { as: entry.body.as, at: entry.at, by: entry.actor, reason: entry.texts.reason, ...into };
      break;
    }
    case 'incident.reopened':
      incident.status = 'open';
      delete incident.closed;
      break;
  }
}

function evolvePeople(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'actor.named':
      incident.people.set(entry.body.person, { name: entry.texts.name, account: entry.texts.account });
      break;
    case 'role.assigned':
      assign(incident, entry.body.role, entry.body.person);
      break;
    case 'role.released':
      incident.roles = incident.roles.filter((held) => held.role !== entry.body.role || held.person !== entry.body.person);
      break;
    case 'handover.offered': {
      const { handover: id, role, to } = entry.body;
      incident.handovers.set(id, { id, seq: entry.seq, role, from: entry.actor, to, brief: entry.texts.brief, state: 'offered' });
      break;
    }
    case 'handover.accepted': {
      const handover = incident.handovers.get(entry.body.handover);
      if (handover === undefined) break;
      handover.state = 'accepted';
      assign(incident, handover.role, handover.to);
      break;
    }
    case 'handover.declined': {
      const handover = incident.handovers.get(entry.body.handover);
      if (handover !== undefined) handover.state = 'declined';
      break;
    }
  }
}

/** A role has one holder: whoever took it last. */
function assign(incident: Incident, role: Role, person: Actor): void {
  incident.roles = [...incident.roles.filter((held) => held.role !== role), { role, person }];
}

function evolveKeeping(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'key.shown':
    case 'key.rotated':
      incident.verifierKey = entry.body.verifierKey;
      break;
    case 'place.opened':
      incident.places.push({ ...entry.body });
      break;
    case 'place.closed':
      incident.places = incident.places.filter((place) => place.channel !== entry.body.channel);
      break;
    case 'hold.placed':
      incident.holds.add(entry.body.hold);
      break;
    case 'hold.lifted':
      incident.holds.delete(entry.body.hold);
      break;
    case 'entry.relabelled':
      incident.labels.set(entry.body.of, entry.body.label);
      break;
    case 'checkpoint.published':
      incident.published.push(entry.body);
      break;
    case 'reminder.raised':
      incident.raised.add(`${entry.body.of}/${entry.body.rung}/${entry.body.due}`);
      break;
    case 'delivery.sent':
      incident.delivered.set(entry.body.delivery, 'sent');
      break;
    case 'delivery.refused':
      incident.delivered.set(entry.body.delivery, 'refused');
      break;
    case 'delivery.uncertain':
      incident.delivered.set(entry.body.delivery, 'uncertain');
      break;
    case 'delivery.settled':
      incident.delivered.set(entry.body.delivery, entry.body.arrived === 'yes' ? 'sent' : 'refused');
      break;
  }
}
