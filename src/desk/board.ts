import type { ExposureState } from '../inventory/investigation.ts';
import { TIERS, type Tier } from '../inventory/tier.ts';
import type { Sorted } from '../record/command-lanes.ts';
import type { Summarised } from './ports.ts';

/**
 * The coordinator's board: every client of a vendor incident with its state and counts. It is made of what the coordinator's
 * handle gives, so it has no free text to show.
 */
export type BoardRow = {
  client: string;
  name: string;
  lane?: string;
  tier: Tier;
  state: ExposureState;
  status: 'open' | 'closed' | 'left' | 'none';
  step?: string;
  done: number;
  total: number;
  blocked: number;
  asks: number;
  told: number;
  receipt?: 'received' | 'question' | 'hit';
  at: string;
  /** Why somebody should look here first. */
  stuck?: Stuck;
};

/** `hit` they say so and nobody has answered or reached them since; `question` unanswered; `blocked`; `waits` for a precondition; `quiet` for an hour. */
export type Stuck = 'hit' | 'blocked' | 'waits' | 'question' | 'quiet';

export type BoardOrder = 'urgency' | 'progress' | 'quiet' | 'name';
export type BoardQuery = { order: BoardOrder; tier?: Tier; stuck?: boolean; words?: string; page: number };
export type Board = {
  rows: BoardRow[];
  query: BoardQuery;
  pages: number;
  matching: number;
  counts: {
    clients: number;
    lanes: number;
    closed: number;
    stuck: number;
    told: number;
    questions: number;
    tiers: Record<Tier, number>;
  };
};

/** Ten clients on a card keep it well within what one Slack message holds. */
export const PAGE_SIZE = 10;
export const FIRST_LOOK: BoardQuery = { order: 'urgency', page: 0 };

const QUIET_MS = 60 * 60_000;

export type BoardSource = {
  incident: string;
  standing: Summarised[];
  lanes: Summarised[];
  sorted: ReadonlyMap<string, Sorted>;
  now: number;
};

/** The board as asked for. Pure: 1,500 clients take a few milliseconds. */
export function boardOf(source: BoardSource, query: BoardQuery = FIRST_LOOK, size = PAGE_SIZE): Board {
  const all = rowsOf(source);
  const words = query.words?.trim().toLowerCase() ?? '';
  const matching = all.filter(
    (row) =>
      (query.tier === undefined || row.tier === query.tier) &&
      (query.stuck !== true || row.stuck !== undefined) &&
      (words === '' || row.name.toLowerCase().includes(words) || row.client.includes(words)),
  );
  matching.sort(ORDERS[query.order]);
  const pages = Math.max(1, Math.ceil(matching.length / size));
  const page = Math.min(Math.max(0, query.page), pages - 1);
  const rows = matching.slice(page * size, page * size + size);
  return { rows, query: { ...query, page }, pages, matching: matching.length, counts: countsOf(all) };
}

function rowsOf({ incident, standing, lanes, sorted, now }: BoardSource): BoardRow[] {
  const byClient = new Map(lanes.filter((lane) => lane.incident === incident).map((lane) => [lane.client, lane]));
  return standing.map((client) => {
    const lane = byClient.get(client.client);
    return lane === undefined ? withoutLane(client, sorted.get(client.client)) : withLane(client, lane, now);
  });
}

function withoutLane(client: Summarised, sorted: Sorted | undefined): BoardRow {
  const { name, told, receipt, at, status } = client;
  const stuck = receipt === 'hit' || receipt === 'question' ? receipt : undefined;
  return {
    client: client.client,
    name,
    tier: sorted?.tier ?? 'U',
    state: sorted?.state ?? 'unknown',
    status: status === 'left' ? 'left' : 'none',
    done: 0,
    total: 0,
    blocked: 0,
    asks: 0,
    told,
    at,
    ...(receipt === undefined ? {} : { receipt }),
    ...(stuck === undefined ? {} : { stuck }),
  };
}

function withLane(client: Summarised, lane: Summarised, now: number): BoardRow {
  const { name, status, tier = 'U', state = 'unknown', step, done, total, blocked, asks } = lane;
  const receipt = lane.receipt ?? client.receipt;
  const at = lane.at > client.at ? lane.at : client.at;
  const stuck = stuckOf(lane, receipt, at, now);
  return {
    client: lane.client,
    name,
    lane: lane.record,
    tier,
    state,
    status: client.status === 'left' ? 'left' : status,
    done,
    total,
    blocked,
    asks,
    told: lane.told + client.told,
    at,
    ...(step === undefined ? {} : { step }),
    ...(receipt === undefined ? {} : { receipt }),
    ...(stuck === undefined ? {} : { stuck }),
  };
}

function stuckOf({ status, blocked, waits }: Summarised, receipt: BoardRow['receipt'], at: string, now: number): Stuck | undefined {
  if (status !== 'open') return undefined;
  if (receipt === 'hit') return 'hit';
  if (blocked > 0) return 'blocked';
  if (waits > 0) return 'waits';
  if (receipt === 'question') return 'question';
  return now - Temporal.Instant.from(at).epochMilliseconds > QUIET_MS ? 'quiet' : undefined;
}

const urgency = (a: BoardRow, b: BoardRow): number =>
  TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
  Number(b.stuck !== undefined) - Number(a.stuck !== undefined) ||
  compare(a.name, b.name) ||
  compare(a.client, b.client);
const share = ({ done, total }: BoardRow): number => (total === 0 ? 2 : done / total);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const ORDERS: Record<BoardOrder, (a: BoardRow, b: BoardRow) => number> = {
  urgency,
  progress: (a, b) => share(a) - share(b) || urgency(a, b),
  quiet: (a, b) => compare(a.at, b.at) || urgency(a, b),
  name: (a, b) => compare(a.name.toLowerCase(), b.name.toLowerCase()) || compare(a.client, b.client),
};

function countsOf(rows: BoardRow[]): Board['counts'] {
  const tiers = Object.fromEntries(TIERS.map((tier) => [tier, 0])) as Record<Tier, number>;
  for (const { tier, status } of rows) if (status !== 'left') tiers[tier]++;
  const count = (holds: (row: BoardRow) => boolean) => rows.filter(holds).length;
  return {
    clients: count(({ status }) => status !== 'left'),
    lanes: count(({ lane }) => lane !== undefined),
    closed: count(({ status }) => status === 'closed'),
    stuck: count(({ stuck }) => stuck !== undefined),
    told: count(({ told }) => told > 0),
    questions: count(({ receipt }) => receipt === 'question'),
    tiers,
  };
}
