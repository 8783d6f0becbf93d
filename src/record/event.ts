/**
 * The vocabulary: what can have happened. Past tense, closed, and only ever added to: a record written today must
 * still be read in ten years. `body` stands in the sealed line; `texts` (words and personal data) stand beside it
 * behind a salted commitment, so that they can be erased and the record still verifies.
 */
import type { ExposureState } from '../inventory/investigation.ts';
import type { Tier } from '../inventory/tier.ts';

export type Answer = 'yes' | 'no' | 'unknown';
export type FindingStatus = 'confirmed' | 'suspected' | 'ruled_out' | 'unknown';
export type Role =
  | 'lead'
  | 'technical-lead'
  | 'scribe'
  | 'communications'
  | 'account-manager'
  | 'owner'
  | 'counsel'
  | 'insurer-contact'
  | 'forensics'
  | 'developer';

/** Pseudonym of a person within one record ("p1"), or "bot". Who it is stands in an erasable text. */
export type Actor = string;
/** Sequence number of an entry of the same record. */
export type Seq = number;

/** How a duty to tell somebody stands, as the law data say; `late` is only sealed with a filing. */
export type DutyState = 'dated' | 'no-number' | 'not-started' | 'not-triggered' | 'paused' | 'met' | 'late' | 'waived' | 'watch';
/** A duty by the id of its rule; `instance` tells several under one rule apart (a member state, a contract). */
export type DutyName = { duty: string; instance?: string };
/** The value of a fact, as a findings file would hold it. */
export type FactValue = string | number | boolean | string[] | { [key: string]: string | number | boolean };

/** Who put the words of a notice together, and by which road it went. */
export type NoticeWords = 'template' | 'model' | 'person';
export type NoticeRoad = 'slack' | 'email' | 'portal' | 'letter' | 'phone' | 'other';

/** What a cost is for, as adjusters sort it. */
export const COST_CATEGORIES = [
  'forensics',
  'legal',
  'restoration',
  'overtime',
  'hardware',
  'notification',
  'public-relations',
  'business-interruption',
  'ransom',
  'goodwill-credit',
] as const;
export type CostCategory = (typeof COST_CATEGORIES)[number];

/** Whom a cost is billed to: nobody yet, unless somebody decides. */
export const COST_BILLED = ['nobody', 'us', 'client', 'insurer', 'vendor'] as const;
export type CostBilled = (typeof COST_BILLED)[number];
/** How a call to a client went. */
export type CallOutcome = 'reached' | 'left-word' | 'no-answer';

type Of<Body, Texts extends string = never, Maybe extends string = never> = {
  body: Body;
  texts: { [K in Texts]: string } & { [K in Maybe]?: string };
};
type Nothing = Record<never, never>;

/**
 * What a step brings along into another text of the runbook: its ticks and preconditions by where they stand now, its id where
 * the heading was reworded (`as`), and where the chosen option stands (-1: gone).
 */
export type Carried = { step: string; as?: string; ticked: string[]; met: string[]; option?: number };

export type Vocabulary = {
  // the incident
  'incident.declared': Of<{ looksLike: string; stillHappening: Answer; canReachClients: Answer; talkingOverIt: Answer }, 'title'>;
  'incident.renamed': Of<Nothing, 'title'>;
  'incident.closed': Of<{ as: 'resolved' | 'false-alarm' | 'merged'; into?: string }, 'reason'>;
  'incident.reopened': Of<Nothing, 'reason'>;
  /** When the scribe reads without being asked: `every` so many minutes, 0 for never, and when a role is handed over. */
  'scribe.set': Of<{ every: number; handover: boolean }>;
  'key.shown': Of<{ verifierKey: string }>;
  'key.rotated': Of<{ verifierKey: string; previous: string; signatureByPrevious: string }>;
  'record.continued': Of<{ record: string; size: number; root: string }, 'reason'>;
  // people
  'actor.named': Of<{ person: Actor }, 'name' | 'account'>;
  'role.assigned': Of<{ role: Role; person: Actor }>;
  'role.released': Of<{ role: Role; person: Actor }>;
  'handover.offered': Of<{ handover: string; role: Role; to: Actor }, 'brief'>;
  'handover.accepted': Of<{ handover: string }>;
  'handover.declined': Of<{ handover: string }, 'reason'>;
  // places
  'place.opened': Of<{
    surface: string;
    workspace: string;
    channel: string;
    purpose: 'incident' | 'counsel' | 'client' | 'witness';
  }>;
  'place.closed': Of<{ surface: string; workspace: string; channel: string }>;
  // the runbook and its steps
  'runbook.adopted': Of<{ runbook: string; digest: string; file: string; carried?: Carried[] }, 'source', 'reason'>;
  /** The file differs from the text that governs: offered, and not taken in. */
  'runbook.changed': Of<{ runbook: string; digest: string }, 'difference'>;
  'runbook.declined': Of<{ runbook: string; digest: string }, never, 'reason'>;
  'question.answered': Of<{ answer: Answer }, 'fact'>;
  'step.assigned': Of<{ step: string; person: Actor }>;
  'step.completed': Of<{ step: string; verified: boolean; evidence: Seq[]; overridden: number[] }, never, 'note' | 'override'>;
  'step.skipped': Of<{ step: string }, 'reason'>;
  'step.blocked': Of<{ step: string }, 'reason'>;
  'step.unblocked': Of<{ step: string }, never, 'note'>;
  'step.reopened': Of<{ step: string }, 'reason'>;
  'check.ticked': Of<{ step: string; check: string; ticked: boolean }>;
  'precondition.met': Of<{ step: string; precondition: number }, never, 'row' | 'note'>;
  'row.written': Of<{ step: string; table: string; row: string; overridden?: number[] }, 'cells', 'override'>;
  // what the team knows, decides, asks and keeps
  'note.recorded': Of<{ step?: string }, 'text', 'source' | 'speaker' | 'name'>;
  'message.kept': Of<{ message: string; how: 'shortcut' | 'reaction' | 'mention' | 'policy' }, 'text' | 'speaker'>;
  'message.edited': Of<{ of: Seq }, 'text'>;
  'message.deleted': Of<{ of: Seq }>;
  'entry.corrected': Of<{ replaces: Seq }, 'text' | 'reason'>;
  'entry.relabelled': Of<{ of: Seq; label: Label }, never, 'reason'>;
  'finding.recorded': Of<{ status: FindingStatus; asOf: string; supersedes?: Seq }, 'about' | 'text', 'source' | 'value'>;
  'decision.taken': Of<
    {
      decision: string;
      step?: string;
      option?: number;
      outcome: 'decided' | 'decided-not-to' | 'deferred';
      reversible: Answer;
      decider: Actor;
      cites: Seq[];
      review?: string;
    },
    'question' | 'choice' | 'reason',
    'options' | 'authority' | 'dissent'
  >;
  'decision.reopened': Of<{ decision: string; because: Seq }, never, 'reason'>;
  'ask.opened': Of<{ ask: string; to?: Actor; due?: string; step?: string }, 'question'>;
  'ask.answered': Of<{ ask: string }, 'answer'>;
  'evidence.added': Of<{ evidence: string; step?: string; bytes: number; mediaType: string }, 'name' | 'sha256', 'note' | 'source'>;
  'evidence.described': Of<{ evidence: string; step?: string }, 'text'>;
  // keeping the record
  'text.redacted': Of<{ of: Seq; fields: string[]; basis: 'erasure' | 'privilege' | 'mistake'; second: Actor }, never, 'reason'>;
  'hold.placed': Of<{ hold: string; second: Actor }, 'reason'>;
  'hold.lifted': Of<{ hold: string; second: Actor }, 'reason'>;
  'checkpoint.published': Of<{ size: number; root: string; surface: string; workspace: string; channel: string; message: string }>;
  'house.signed': Of<{ root: string }, 'note' | 'heads'>;
  /** Who we are on every letter: name, address, who signs, as JSON. */
  'house.introduced': Of<Nothing, 'profile'>;
  'record.imported': Of<{ record: string; size: number; root: string }>;
  // what left the building
  'delivery.sent': Of<{ delivery: string; of?: Seq; message: string }>;
  'delivery.refused': Of<{ delivery: string; of?: Seq; code: string }>;
  'delivery.uncertain': Of<{ delivery: string; of?: Seq }>;
  'delivery.settled': Of<{ delivery: string; arrived: Answer }, never, 'note'>;
  'reminder.raised': Of<{ of: string; rung: string; due: string }>;
  // somebody else said it: vendors, agencies, the press
  'statement.read': Of<
    { precision: 'minute' | 'hour' | 'day' | 'month' | 'year'; sha256?: string; changes?: Seq; withdrawn?: true },
    'speaker' | 'text',
    'source'
  >;
  'promise.given': Of<{ promise: string; due?: string; statement?: Seq }, 'who' | 'text'>;
  'promise.ended': Of<{ promise: string; kept: Answer }, never, 'note'>;
  // notices
  /** `words`: who put them together. `sha256` is of every byte that will be read; what was filled in stands in `values`. */
  'notice.drafted': Of<
    {
      notice: string;
      kind: string;
      words: NoticeWords;
      cites: Seq[];
      secondPerson: boolean;
      approvers: string[];
      corrects?: string;
      nextUpdate?: string;
      /** A translation: of which notice, of the words of which entry, into which language (BCP 47). */
      translates?: string;
      from?: Seq;
      language?: string;
    },
    'draft' | 'sha256' | 'values'
  >;
  'notice.edited': Of<{ notice: string; words: NoticeWords; cites: Seq[]; nextUpdate?: string }, 'draft' | 'sha256', 'overruled'>;
  /** Binds the bytes of entry `of`. `solo`: nobody else was awake; then it leaves only after `leaves`. `reads`: a language they say they read. */
  'notice.approved': Of<{ notice: string; of: Seq; solo: boolean; recipients?: number; leaves?: string; reads?: string }, 'sha256'>;
  'notice.voided': Of<{ notice: string; of: Seq }, 'reason'>;
  /** On its way into a client's channel; what became of it is a delivery's fate and `notice.sent`. */
  'notice.released': Of<{ notice: string; of: Seq; surface: string; workspace: string; channel: string }>;
  'notice.sent': Of<{ notice: string; of: Seq; road: NoticeRoad }, 'recipient' | 'sha256', 'proof'>;
  // who must be told
  /** A time from which clocks start. Without `at`: it is not known after all. */
  'anchor.set': Of<{ anchor: string; at?: string; precision: 'minute' | 'day'; supersedes?: Seq }, never, 'reason' | 'source'>;
  /**
   * One key of the findings, like residents.US-TX or risk; the name of a contract's party stands beside the line, and in `terms` which
   * document it is, as a notice under it names it.
   */
  'fact.set': Of<{ fact: string; value: FactValue; supersedes?: Seq }, never, 'party' | 'source' | 'terms'>;
  /** What the clock says, under which version of which rule; `because` is the entry that it follows from. */
  'duty.dated': Of<
    DutyName & {
      state: DutyState;
      jurisdiction: string;
      due?: string;
      zone?: string;
      provisional: boolean;
      citation: string;
      ruleVersion: string;
      verifiedOn: string;
      because?: Seq;
    }
  >;
  'duty.filed': Of<DutyName & { at: string; received?: string; evidence: Seq[]; supersedes?: Seq }, never, 'reference' | 'proof'>;
  'duty.waived': Of<DutyName & { approver: Actor }, 'reason'>;
  /** A filing or a decision taken back. */
  'duty.reopened': Of<DutyName & { of: Seq }, 'reason'>;
  /** The law data changed under a sealed date: what it would say now. Without `to`, the rule is gone. The sealed date stands. */
  'duty.rule-changed': Of<
    DutyName & { from: string; to?: string; state: DutyState; due?: string; zone?: string; citation?: string }
  >;
  'duty.rule-accepted': Of<DutyName & { of: Seq }, never, 'note'>;
  // what it costs: minutes, and minor units of a currency (ISO 4217)
  /** `rate` is minor units an hour, as digits: a text, because it is shown to fewer people than the hours are. */
  'cost.recorded': Of<
    {
      cost: string;
      category: CostCategory;
      by: 'person' | 'firm';
      on: string;
      minutes?: number;
      amount?: number;
      currency?: string;
      consent: Answer;
      billed: CostBilled;
      causedByVendor: Answer;
      evidence: Seq[];
      supersedes?: Seq;
    },
    'who',
    'task' | 'rate' | 'consent' | 'ticket' | 'vendor'
  >;
  'cost.withdrawn': Of<{ of: Seq }, 'reason'>;
  // one vendor incident, many clients: what stands about a client, in that client's own scope
  'client.registered': Of<{ client: string }, 'name' | 'profile'>;
  'client.changed': Of<Nothing, 'name' | 'profile'>;
  'client.left': Of<Nothing, 'reason', 'to'>;
  'client.assessed': Of<{ incident: string; tier: Tier; state: ExposureState }, 'reason'>;
  /** The same of ourselves: our own vendors' contracts and our own policies, in our own standing record. */
  'house.described': Of<Nothing, 'profile'>;
  // the lane of one client: `since` is when the vendor incident was declared, so targets count from there
  'lane.opened': Of<
    { incident: string; client: string; tier: Tier; state: ExposureState; since: string },
    'title' | 'name' | 'reason'
  >;
  'lane.moved': Of<{ tier: Tier; state: ExposureState; evidence: string; asOf: string; correction: boolean }, 'reason', 'how'>;
  'entry.cited': Of<{ record: string; seq: Seq }>;
  // the coordination of all lanes: ids, states and counts, never a word of free text
  'coordination.opened': Of<{ incident: string }>;
  'client.sorted': Of<{ client: string; tier: Tier; state: ExposureState; lane?: string }>;
  // the vendor incident: that it has lanes, and which of its entries they may see; no client named means every lane
  'lanes.begun': Of<{ coordination: string }>;
  'entry.released': Of<{ of: Seq; leaf: string; to: string[] }>;
  // a broadcast: one order, approved by a second person, and what came of it
  'broadcast.ordered': Of<
    { order: string; purpose: string; clients: string[]; skipped: Failure[]; digest: string } & Grouped,
    'text',
    'overruled'
  >;
  'broadcast.approved': Of<{ order: string }>;
  'broadcast.paused': Of<{ order: string }>;
  'broadcast.resumed': Of<{ order: string }>;
  'broadcast.stopped': Of<{ order: string }>;
  'broadcast.closed': Of<{ order: string; sent: number; unsent: number; failures: Failure[] }>;
  'client.told': Of<{ order: string; purpose: string; delivery: string; digest: string }, 'text'>;
  /** `incident`: the vendor incident it was about, where the record is a standing one. */
  'call.logged': Of<{ outcome: CallOutcome; incident?: string }, 'who', 'note'>;
  /** Somebody is about to phone this client, so that nobody else does; it runs out by itself. */
  'call.claimed': Of<{ until: string; incident?: string }>;
  'receipt.given': Of<{ order: string; answer: 'received' | 'question' | 'hit' }, never, 'text'>;
};

/**
 * Which clients may be approved at once: those of whom the same is said on the same basis. `own` is one client whose words are
 * its own, approved by themselves; `rendered` is the SHA-256 of those words. `batch` holds the orders of one text together.
 */
export type Grouped = {
  batch?: string;
  basis?: 'same-text' | 'not-installed' | 'other-version' | 'outside-window' | 'not-known' | 'own';
  asOf?: string;
  rendered?: string;
};

/** A client that a broadcast did not reach, and why, as a code. */
export type Failure = { client: string; code: string };

export type Kind = keyof Vocabulary;
export type Event = { [K in Kind]: { kind: K } & Vocabulary[K] }[Kind];
export type EventOf<K extends Kind> = Extract<Event, { kind: K }>;

/** Who may read an entry: everybody in the lane, the team, or counsel and whom counsel names. */
export type Label = 'open' | 'internal' | 'counsel';

/** How the identity of the actor was established. */
export type Via = 'slack-signature' | 'join-link' | 'picked-from-list' | 'import' | 'drill' | 'command-line' | 'bot';

/** What a record is about. */
export type RecordKind = 'incident' | 'lane' | 'coordination' | 'standing';
