/**
 * A duty: a notification that somebody owes, with its clock. A rule is the law behind it, kept as data in `runbooks/law`.
 * It computes and never advises.
 *
 * How to write a rule file (YAML, one file per state, country or regime; `schema.ts` checks it):
 *
 *     defaults:                      # merged into every rule of the file; a rule's own key wins
 *       jurisdiction: US-AL          # ISO 3166 (GB for the UK), US-XX, CA-XX, EU, XX for contracts and schemes
 *       verifiedOn: 2026-11-23
 *     rules:
 *       - id: us-al-individuals      # never changes; a record's id is quoted in sealed entries
 *         kind: obligation           # only obligation and contractual fire; threshold, guidance, voluntary, retention, proposal never do
 *         status: in-force           # proposed, adopted-not-effective, not-yet and unverified are watch items
 *         effective: 2018-06-01      # optional; before that day the rule is a watch item; `until` is the last day
 *         citation: Ala. Code § 8-38-1 et seq.
 *         audience: [individuals]
 *         recipient: Affected Alabama residents
 *         applies: {all: [...]}      # the typed predicate, see Predicate below
 *         start: {earliest: [determined, vendor_notified_us]}   # see Start: which finding starts the clock
 *         startText: what the law says about the start, for people
 *         deadline: {kind: calendar-days, value: 45}            # see Deadline
 *         standard: without-unreasonable-delay                  # the soft duty beside the number; gives a policy target, never a date
 *         cases: [{when: PREDICATE, deadline: ..., start: ...}] # the first case that holds replaces the deadline (and start)
 *         order: [{relation: before, to: us-al-individuals}]    # must be done before | with | not-later-than another duty
 *         hold: {...}                # whether a law-enforcement hold pauses it, and what its release starts
 *         zone: [America/Chicago]    # only if the jurisdiction's default (place.ts) is wrong; `entity` = the entity's own zone
 *         calendar: us-federal       # for business days and rolling; default from the jurisdiction
 *         roll: true                 # a day or month period that ends on a non-working day may run on: shown apart, as `rolled`;
 *                                    # noon: a date on such a day, to 12:00 of the next working day; rollUnless: a predicate
 *         instances: lead-or-each    # one duty per authority: the lead one, or each member state with affected residents
 *         receipt: true              # done when received, not when sent
 *         filed: [notice_sent]       # findings that say it was done
 *         template: {contract: dpa}  # fires only for such a contract, with the contract's hours; ownNumber: the record's number stands in
 *         variant: {of: eu-nis2-early-warning, in: [DE]}   # a national form of another rule: overrides it, fires no second duty
 *         source: https://...        # or knowledge, or mirror:<id>; `sources` for more; provenance per field where known
 *         confidence: high | medium | low
 *
 * Unknown facts: a count that is unknown is over the threshold; unstated data elements count as met where people are
 * affected; marks, flags, incident kinds and high risk count only when stated.
 */

export const ROLES = ['owner', 'service-provider', 'both', 'manufacturer'] as const;
export type Role = (typeof ROLES)[number];

export type Compare = { op: '>' | '>=' | '<' | '<='; value: number };

export type Figure = Compare & { field: string; stated?: boolean; orPercent?: { of: string; value: number } };

/**
 * When a rule applies. Exactly one key per node. `both` satisfies owner and service-provider.
 * - `home`: the entity's jurisdiction is one of these places or regions (EU, EEA, US); `established`: it or the main
 *   establishment is.
 * - `residents`: people affected who live in `of` (default: the rule's own jurisdiction; a region is summed). Unknown = over.
 * - `residentsOfOne`: the same test on a single place, whichever it is, of the region.
 * - `individuals`: everybody affected, wherever they live; without a total, the sum of the residents.
 * - `number`: a figure of the entity or the incident (staff, turnover_eur, outage_minutes ...); unknown counts as met, with
 *   `stated` it does not. `orPercent`: the limit is that percentage of another figure, where that is stated and lower.
 * - `data`: one of these data elements is affected (`dataStated`: only if somebody said so); `personalData`: personal data of whatever kind are.
 * - `secured`: encrypted, and the key was not taken. Use it under `not`.
 * - `harmExcused`: harm is found unlikely (plain), with the written determination where the law demands one. Use it under `not`.
 * - `risk`: at least this risk to people; unknown is at least likely, never high.
 * - `mark`: a mark of the entity (is: the values that count, default true). `flag`: a yes of the incident.
 * - `vendor`: a mark of the vendor involved. `anchor`: one of these findings has a time.
 */
export type Predicate =
  | { all: Predicate[] }
  | { any: Predicate[] }
  | { not: Predicate }
  | { role: Role[] }
  | { home: string[] }
  | { established: string[] }
  | { sector: string[] }
  | { mark: string; is?: (string | boolean)[] }
  | { residents: Compare & { of?: string } }
  | { residentsOfOne: Compare & { of: string } }
  | { individuals: Compare }
  | { number: Figure }
  | { data: string[] }
  | { dataStated: string[] }
  | { personalData: true }
  | { secured: true }
  | { harmExcused: 'plain' | 'documented' }
  | { risk: 'likely' | 'high' }
  | { incident: string[] }
  | { flag: string }
  | { vendor: { hipaa?: string; agent?: boolean } }
  | { anchor: string[] };

/**
 * Which finding starts a clock: an anchor's name; `first` present in fallback order; the `earliest` of those present;
 * the `latest`, which waits until all are present. `agent_discovered` is the vendor's discovery when the vendor is our
 * agent (or nobody said that it is not: the earlier reading).
 */
export type Start = string | { first: Start[] } | { earliest: Start[] } | { latest: Start[] };

export type Unit = 'minutes' | 'hours' | 'calendar-days' | 'business-days' | 'months';
export type Span = { kind: Unit; value: number };

/**
 * - A span runs from `start`: minutes and hours as elapsed time, days without the anchor's day, to the end of the last day.
 * - `none`: no number in the law; with `waits` it is not owed before its start. `annual`: so many days after the end of the start's calendar year.
 * - `earliest-of`: the first span to end; all of `needs` must have begun. With `unlessPast`, a first option that began only
 *   after another had ended stands alone (DORA: classified late).
 * - `after`: a span from the moment another duty (the first triggered of `to`) was done (its filing, or a finding named in its
 *   `filed`); until then a provisional date from that duty's own due date.
 * - `same`: due when the duty `to` is due, and no later than it is done. `floor`: not before a span after `to` is done.
 */
export type Deadline =
  | Span
  | { kind: 'none'; waits?: boolean }
  | { kind: 'annual'; value: number }
  | { kind: 'earliest-of'; options: (Span & { start: Start })[]; needs?: string[]; unlessPast?: boolean }
  | { kind: 'after'; to: string[]; span: Span | { kind: 'none' } }
  | { kind: 'same'; to: string[] }
  | { kind: 'floor'; to: string[]; span: Span };

/**
 * A law-enforcement hold. `needs`: only a written request, or only one of the US Attorney General, counts. `oralDays`: an oral
 * request lapses after so many days. `release`: what the end of the hold starts (`from-release` always, `if-past` only
 * where the date had passed by then); without it the duty falls due at once, or on its own later date.
 */
export type Hold = {
  needs?: 'written' | 'us-attorney-general';
  oralDays?: number;
  release?: Span & { mode: 'from-release' | 'if-past' };
};

export type Relation = 'before' | 'with' | 'not-later-than';
export type Status = 'in-force' | 'not-yet' | 'proposed' | 'adopted-not-effective' | 'unverified';
export type RuleKind = 'obligation' | 'contractual' | 'threshold' | 'guidance' | 'voluntary' | 'retention' | 'proposal';
export type Confidence = 'high' | 'medium' | 'low';

/** One stage of one duty in one law. */
export type Rule = {
  id: string;
  jurisdiction: string;
  kind: RuleKind;
  status: Status;
  effective?: string;
  until?: string;
  name?: string;
  citation: string;
  audience: string[];
  recipient: string;
  obliged?: string;
  applies: Predicate;
  start?: Start;
  startText?: string;
  deadline: Deadline;
  deadlineText?: string;
  standard?: string;
  cases?: { when: Predicate; deadline: Deadline; start?: Start }[];
  order?: { relation: Relation; to: string }[];
  hold?: Hold;
  zone?: string[];
  calendar?: string;
  roll?: boolean | 'noon';
  rollUnless?: Predicate;
  instances?: 'lead-or-each' | 'home';
  /** Member states with a record of their own: no instance of this rule for them. */
  elsewhere?: string[];
  receipt?: boolean;
  /** Findings that say this duty was done: notice_sent for letters to people, initial_filed for a first report. */
  filed?: string[];
  /** Fires only for a contract of this kind (with a party of that name), with the contract's own number. */
  template?: {
    contract: 'dpa' | 'msa' | 'policy' | 'card-scheme' | 'proof-of-loss' | 'vendor-claim';
    party?: string | string[];
    /** The record's own number, where the contract names none. */
    ownNumber?: boolean;
    /** False: this duty never takes the contract's number. */
    number?: boolean;
    /** Without such a contract on file, the rule fires by its predicate for an entity with this mark. */
    alone?: string;
  };
  variant?: { of: string; in: string[] };
  source: string;
  confidence: Confidence;
  verifiedOn: string;
  /** Set by `law build`: a digest of what decides a date, so that any change of it is seen. */
  version?: string;
  /** What the notice must contain, and how it goes out: for the notices, not for the clock. */
  content?: string[];
  channel?: string;
  portal?: string;
  creditMonitoring?: { months: number; trigger: string };
};

/** What a rule file carries for people and for `law check`, and the built data leave out. */
export type RuleRecord = Rule & {
  sources?: string[];
  provenance?: Record<string, { source: string; confidence: Confidence }>;
  statusNote?: string;
  thresholds?: string;
  exemptions?: string;
  language?: string;
  fines?: string;
  phased?: boolean;
  successors?: string[];
  substituteNotice?: string;
  extension?: string;
  notes?: string;
  /** A case that fires the rule, and one changed field that stops it; without them `law check` makes them from the predicate. */
  examples?: { fires: Record<string, unknown>; not: Record<string, unknown> };
};

export type State = 'dated' | 'no-number' | 'not-started' | 'not-triggered' | 'paused' | 'met' | 'late' | 'waived' | 'watch';

/** What one entity owes under one rule, at one instant. */
export type Duty = {
  id: string;
  instance: string | null;
  jurisdiction: string;
  audience: string[];
  recipient: string;
  state: State;
  /** The legal date in its earliest reading: an instant in UTC, or a local date whose end in `zone` is meant. */
  due: string | null;
  zone: string | null;
  /** The later date, where the law lets a period run on to the next working day. */
  rolled: string | null;
  /** The house's own target: policy, never law. */
  target: string | null;
  /** The finding that started the clock. */
  anchor: string | null;
  /** The date hangs on something that has not happened yet, and will move. */
  provisional: boolean;
  /** Ids tied to this duty by a before, with or not-later-than rule. */
  gates: string[];
  citation: string;
  ruleVersion: string;
  verifiedOn: string;
  confidence: Confidence;
  why: string;
  /** When the clock started and when the duty was first done (instants in UTC): for boards and reminders. */
  startedAt: string | null;
  done: string | null;
};

export type Refusal = { field: string; message: string };
