import type { Actor, Answer, FindingStatus, Label, RecordKind, Role, Seq } from './event.ts';
import { type Costs, noCosts } from './incident-costs.ts';
import { emptyOwed, type Owed } from './incident-duties.ts';
import { type Lanes, noLanes } from './incident-lanes.ts';
import type { Notice } from './incident-notices.ts';
import type { Offered } from './incident-runbook.ts';

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
  /** When the scribe reads unasked; absent as long as nobody said so. */
  scribe?: { every: number; handover: boolean; at: string };
  people: Map<Actor, { name: string; account: string }>;
  roles: { role: Role; person: Actor }[];
  handovers: Map<string, Handover>;
  places: { surface: string; workspace: string; channel: string; purpose: string }[];
  runbook?: { id: string; digest: string; file: string; source: string; at: string; seq: Seq };
  /** Changed texts of the runbook that were offered, by digest. */
  offered: Map<string, Offered>;
  facts: Map<string, Answer>;
  steps: Map<string, StepState>;
  rows: Map<string, { step: string; table: string; row: string; cells: string; seq: Seq; override?: string }>;
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
  owed: Owed;
  notices: Map<string, Notice>;
  costs: Costs;
  /** The record of the house itself: who we are on every letter, as JSON. */
  ourselves?: string;
  /** Statements of others that were read again and said something else, with the entry that says so. */
  changedStatements: Map<Seq, Seq>;
  /** Every statement of others that was read. */
  statements: Set<Seq>;
  /** What one vendor incident across many clients adds. */
  lanes: Lanes;
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
  /** Entries it rests on. */
  cites: Seq[];
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
    owed: emptyOwed(),
    notices: new Map(),
    costs: noCosts(),
    changedStatements: new Map(),
    statements: new Set(),
    lanes: noLanes(),
  };
}
