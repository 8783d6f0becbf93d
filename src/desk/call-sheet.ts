import type { ExposureState } from '../inventory/investigation.ts';
import { TIERS, type Tier } from '../inventory/tier.ts';
import type { CallOutcome } from '../record/event.ts';

/** Whom to phone, in which order: one row a client. Pure: who loads a row loads it through that client's own handle. */
export type CallRow = {
  client: string;
  name: string;
  /** Where calls to this client are logged: its lane, or its standing record. */
  record: string;
  tier: Tier;
  state: ExposureState;
  contact?: { name: string; role?: string; mobile?: string; email?: string };
  /** They said so themselves, and nobody has phoned them since. */
  hit: boolean;
  /** How long they can be down, in hours; the regulator's or contract's clock that ends first, ISO 8601. */
  tolerable?: number;
  due?: string;
  zone?: string;
  calls: number;
  last?: { outcome: CallOutcome; at: string; by: string; who: string };
  claim?: { by: string; until: string };
};

export type CallStand = 'phone' | 'later' | 'reached';
export type SheetRow = CallRow & { stand: CallStand; again?: string };
export type SheetQuery = { page: number; all?: boolean };
export type CallSheet = {
  rows: SheetRow[];
  /** The next client that nobody is phoning. */
  next?: SheetRow;
  query: SheetQuery;
  pages: number;
  counts: { clients: number; reached: number; word: number; unanswered: number; never: number };
  now: number;
};

/** A row takes two blocks and some 1,100 characters, and a message holds 50 and 13,000. */
export const SHEET_PAGE = 7;
/** Whoever says "I phone them" has so long before somebody else may. */
export const CLAIM_MINUTES = 10;
/** Nobody picked up: tried again after so many minutes. A word was left: they may call back first. */
export const RETRY_MINUTES: Record<Exclude<CallOutcome, 'reached'>, number> = { 'no-answer': 10, 'left-word': 30 };

/** The rule as it is shown to callers, and may be told to clients: the rule, never the list. */
export const CALL_RULE =
  'Order: who says they are hit; then T0, T1, T2, unknown; within a tier what spreads first, the shortest tolerable downtime, the clock that ends first. Reached goes last; no answer comes back after 10 minutes, word left after 30.';

/** T3 and T4 are written to, and phoned only when somebody asks for all. */
export const PHONED: ReadonlySet<Tier> = new Set<Tier>(['T0', 'T1', 'T2', 'U']);

export function callSheet(all: readonly CallRow[], now: number, query: SheetQuery = { page: 0 }, size = SHEET_PAGE): CallSheet {
  const meant = all.filter(({ tier, hit, calls }) => query.all === true || PHONED.has(tier) || hit || calls > 0);
  const rows = meant.map((row) => standing(row, now)).sort(inOrder);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(Math.max(0, query.page), pages - 1);
  const next = rows.find((row) => row.stand === 'phone' && !isClaimed(row, now));
  return {
    rows: rows.slice(page * size, page * size + size),
    ...(next === undefined ? {} : { next }),
    query: { ...query, page },
    pages,
    counts: countsOf(rows),
    now,
  };
}

export const isClaimed = ({ claim }: CallRow, now: number): boolean => claim !== undefined && millis(claim.until) > now;

function standing(row: CallRow, now: number): SheetRow {
  const { last } = row;
  if (last === undefined || (row.hit && last.outcome === 'reached')) return { ...row, stand: 'phone' };
  if (last.outcome === 'reached') return { ...row, stand: 'reached' };
  const again = Temporal.Instant.from(last.at).add({ minutes: RETRY_MINUTES[last.outcome] });
  return again.epochMilliseconds <= now ? { ...row, stand: 'phone' } : { ...row, stand: 'later', again: again.toString() };
}

const STANDS: CallStand[] = ['phone', 'later', 'reached'];

/** What was found spreads before what may; what is ruled out spreads least. */
const SPREADS: ExposureState[] = [
  'iocs_found',
  'data_taken',
  'data_access_unknown',
  'present_in_window',
  'unknown',
  'data_access_ruled_out',
  'iocs_absent',
  'present_outside_window',
  'not_present',
];

const inOrder = (a: SheetRow, b: SheetRow): number =>
  STANDS.indexOf(a.stand) - STANDS.indexOf(b.stand) ||
  Number(b.hit) - Number(a.hit) ||
  TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
  SPREADS.indexOf(a.state) - SPREADS.indexOf(b.state) ||
  (a.tolerable ?? Number.MAX_SAFE_INTEGER) - (b.tolerable ?? Number.MAX_SAFE_INTEGER) ||
  millis(a.due) - millis(b.due) ||
  a.calls - b.calls ||
  compare(a.name, b.name) ||
  compare(a.client, b.client);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Nothing due is later than anything; a bare date lasts until its end. */
function millis(at: string | undefined): number {
  if (at === undefined) return Number.MAX_SAFE_INTEGER;
  return Date.parse(at.length === 10 ? `${at}T23:59:59Z` : at);
}

function countsOf(rows: SheetRow[]): CallSheet['counts'] {
  const count = (outcome: CallOutcome | undefined) => rows.filter(({ last }) => last?.outcome === outcome).length;
  return {
    clients: rows.length,
    reached: count('reached'),
    word: count('left-word'),
    unanswered: count('no-answer'),
    never: count(undefined),
  };
}

/** "12 of 19 reached": the same words on the card, the page and the command line. */
export function progressWords({ counts }: CallSheet): string {
  const { clients, reached, word, unanswered, never } = counts;
  const rest = [
    word === 0 ? '' : `${word} left word`,
    unanswered === 0 ? '' : `${unanswered} no answer`,
    never === 0 ? '' : `${never} not called yet`,
  ].filter((part) => part !== '');
  return `${reached} of ${clients} reached${rest.length === 0 ? '' : ` (${rest.join(', ')})`}`;
}
