import type { ExposureState } from '../inventory/investigation.ts';
import type { Tier } from '../inventory/tier.ts';
import type { Sealed, SealedText } from '../record/entry.ts';
import type { RecordKind, Role } from '../record/event.ts';
import type { Frontier } from '../record/tree.ts';
import type { RecordView } from './view.ts';

/**
 * Everything the desk needs from outside, and the duties of whoever provides it.
 * A store handle sees one client and nothing else; the outbox sees deliveries of all clients, because it carries them.
 */

/** Surfaces with channels, people and a Home tab: Slack itself, and the built-in room that speaks as Slack does. */
export const CHATS: ReadonlySet<string> = new Set(['slack', 'room']);

/** Where a record is worked on. */
export type Place = { surface: string; workspace: string; channel: string };

export type RecordHead = { record: string; of: RecordKind; size: number; frontier: Frontier };

export type StoredEntry = { seq: number; line: string; texts: SealedText[] };

/**
 * Something that must reach somebody. `id` is stable: planning it twice is planning it once.
 * A `coalescing` delivery is a card, always rendered from the latest state when it is carried; planning it again while it
 * waits changes nothing, planning it after it was sent sends an update. Any other delivery is frozen: `body` is what goes out.
 */
export type Delivery = {
  id: string;
  record: string;
  kind: string;
  /** Deliveries of one queue go out in order, one at a time: usually a channel. */
  queue: string;
  body: string;
  coalescing: boolean;
  /** Not before this instant, in milliseconds of the epoch. */
  notBefore?: number;
};

/** A delivery taken out for carrying. `fence` makes a late answer of a lost lease worthless; `ref` is where an earlier carrying left it. */
export type Claimed = Delivery & {
  client: string;
  fence: number;
  /** How often it was taken out since it last arrived. */
  attempt: number;
  ref?: string;
  /** What stood in the way last time. */
  code?: string;
  uncertainSince?: number;
};

export type Outcome =
  | { state: 'sent'; ref: string }
  /** It did not arrive and never will as it is; `code` says why, `sentence` for people. */
  | { state: 'refused'; code: string; sentence: string }
  /** It did not arrive; try again after so many milliseconds. With `ref`, a part of it did, and stands there. */
  | { state: 'later'; afterMs: number; code: string; ref?: string }
  /** Nobody knows whether it arrived: timeout, connection lost, 5xx. Look for it after so many milliseconds; `since` is now unless it was only looked for. */
  | { state: 'uncertain'; afterMs: number; code: string; since?: number }
  /** Nobody can find out; only a person can. */
  | { state: 'asking'; code: string };

/** What one append writes, all or nothing. */
export type Append = {
  record: string;
  of: RecordKind;
  /** The size that the writer saw; anything else is a conflict. */
  expected: number;
  entries: Sealed[];
  frontier: Frontier;
  deliveries: Delivery[];
  checkpoints: { size: number; note: string }[];
  places: { place: Place; open: boolean }[];
  /** Item keys to destroy: the texts of these entries become unreadable for ever. */
  erase: { seq: number; fields: string[] }[];
  /** The click's own key: a second append with it does nothing. */
  key?: string;
  /** What the coordinator may see of this record from now on, and entries that it releases to lanes. */
  summary?: Summary;
  releases?: { seq: number; to: string[] }[];
  /** A delivery that this append settles, in the same transaction; where its lease was lost, nothing is written (duplicate). */
  settles?: { id: string; fence: number; outcome: Outcome };
};

export type Appended = 'appended' | 'conflict' | 'duplicate';

/** One client's records. */
export type ClientStore = {
  readonly client: string;
  records(): Promise<RecordHead[]>;
  head(record: string): Promise<RecordHead | undefined>;
  /** Entries from `from` (1-based) on, in order; an erased text is missing from `texts`. */
  entries(record: string, from?: number): Promise<StoredEntry[]>;
  /**
   * Durable when it resolves (fsync). Conflict: somebody appended since; load and decide again.
   * Duplicate: this key was appended before by this client, or somebody else settles that delivery; nothing was written.
   * @throws on a full disk, a damaged file or a lost connection: then nothing was written, or the process must stop.
   */
  append(append: Append): Promise<Appended>;
  checkpoints(record: string): Promise<{ size: number; note: string }[]>;
  /**
   * Evidence, encrypted with a key of its own. Stored before the entry that names it; the same bytes again change nothing.
   * @throws where other bytes are kept under that id, or it was erased.
   */
  keepEvidence(record: string, evidence: string, bytes: Uint8Array): Promise<void>;
  evidence(record: string, evidence: string): Promise<Uint8Array | undefined>;
  eraseEvidence(record: string, evidence: string): Promise<void>;
  /** Plans deliveries that follow from no entry: a card somebody asked to see, a Home tab that was opened. */
  plan(deliveries: Delivery[]): Promise<void>;
  deliveries(record: string): Promise<(Delivery & { state: string; ref?: string; code?: string })[]>;
  /** Entries that a vendor incident has released to this client, who has a lane in it; of anything else, none. */
  released(incident: string): Promise<StoredEntry[]>;
};

/**
 * What the coordinator sees of a client's record: ids, names, states, counts and reason codes. It has no field for free text,
 * and the store keeps it beside the record, written in the same append.
 */
export type Summary = {
  of: RecordKind;
  name: string;
  /** The vendor incident that a lane belongs to. */
  incident?: string;
  tier?: Tier;
  state?: ExposureState;
  status: 'open' | 'closed' | 'left';
  step?: string;
  waits: number;
  done: number;
  total: number;
  blocked: number;
  asks: number;
  /** Steps that are settled, by id. */
  settled: readonly string[];
  told: number;
  receipt?: 'received' | 'question' | 'hit';
  /** What the lane costs so far: minutes, and minor units by currency. */
  costs?: CostCount;
  /** When the last entry was recorded. */
  at: string;
};

export type CostCount = { lines: number; minutes: number; amounts: Record<string, number>; unconsented: number };

export type Summarised = Summary & { client: string; record: string };

/** The one handle that sees more than one client, and no free text. */
export type Coordinator = {
  summaries(of: RecordKind): Promise<Summarised[]>;
  /** Whose a record is. */
  ownerOf(record: string): Promise<string | undefined>;
};

/**
 * Deliveries of every client, by lease. A lease that ran out while sending leaves the delivery uncertain, never pending: only
 * a card that has its place is simply due again.
 */
export type Outbox = {
  /** Takes up to `limit` deliveries that are due, at most one per queue, for `leaseMs`. */
  claim(now: number, leaseMs: number, limit: number): Promise<Claimed[]>;
  /**
   * Settles a claimed delivery; false where somebody else has claimed it since. A coalescing one that was planned again
   * meanwhile is due again. The body of a frozen one is emptied when its fate is known.
   */
  settle(id: string, fence: number, outcome: Outcome, now: number): Promise<boolean>;
  /** Ends every lease as of `since`: for a process that carries alone, and starts after another one died. */
  takeOver(since: number): Promise<void>;
  /** The earliest instant at which something becomes due, or undefined. */
  nextDue(): Promise<number | undefined>;
  /** Deliveries that only a person can settle. */
  uncertain(): Promise<Claimed[]>;
};

/** What came in and was not worked on yet. The body is personal data outside the record: emptied when done. */
export type Inbox = {
  /** Durable before it resolves; false where the key was seen before. */
  put(key: string, body: string, now: number): Promise<boolean>;
  done(key: string): Promise<void>;
  /** Unfinished bodies, oldest first, each with how often it was tried; counts one more try. */
  pending(): Promise<{ key: string; body: string; tries: number }[]>;
};

export type Store = {
  open(client: string): ClientStore;
  clients(): Promise<string[]>;
  /** The record that is worked on at a place, whoever's it is. */
  at(place: Place): Promise<{ client: string; record: string } | undefined>;
  coordinator(): Coordinator;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  close(): Promise<void>;
};

/** Signs tree heads. The secret key never leaves its implementation. */
export type Signer = { name: string; publicKey: Uint8Array; sign(text: Uint8Array): Uint8Array };

export type World = {
  /** Milliseconds of the epoch. */
  now(): number;
  random(bytes: number): Uint8Array;
};

/** Carries deliveries outward. Implemented by slack/; one per surface. */
export type Carrier = {
  carry(delivery: Claimed, view: RecordView): Promise<Outcome>;
  /** Whether an uncertain delivery arrived after all. */
  find(delivery: Claimed, view: RecordView): Promise<Seen>;
};

/**
 * `later` where the surface cannot be asked just now, `unknowable` where it never can; `repeatable` where it does not matter,
 * because carrying it twice is carrying it once.
 */
export type Seen = { found: true; ref: string } | { found: false } | 'later' | 'unknowable' | 'repeatable';

/** Who acts, established at the edge. `account` is surface/workspace/user: never a display name. */
export type Person = { account: string; name: string };

export type RoleHolder = { role: Role; person: string };
