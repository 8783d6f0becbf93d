import type { ExposureState } from '../inventory/investigation.ts';
import type { Tier } from '../inventory/tier.ts';
import type { Sorted } from './command-lanes.ts';
import type { Actor, CallOutcome, Failure, Grouped, Seq } from './event.ts';

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
