import { writeFileSync } from 'node:fs';
import { type Board, type BoardQuery, boardOf } from '../desk/board.ts';
import { boardPage } from '../desk/board-page.ts';
import { STATE_WORDS, STUCK_WORDS } from '../desk/board-words.ts';
import { coordinationOf } from '../desk/lanes.ts';
import { TIERS } from '../inventory/tier.ts';
import { readArguments } from './arguments.ts';
import { type Command, UsageError } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';

const USAGE =
  'usage: firebreak board INCIDENT [--html OUT] [--tier T0|T1|T2|U|T3|T4] [--stuck] [--order urgency|progress|quiet|name] [--json]';
const ORDERS = ['urgency', 'progress', 'quiet', 'name'] as const;
/** A page or a terminal shows everybody at once. */
const EVERYBODY = 100_000;

/** `board`: every client of a vendor incident with its state and counts, on the terminal or as one page. */
export const board: Command = async (args, terminal) => {
  const { words, options, flags } = readArguments(args, { options: ['html', 'tier', 'order'], flags: ['stuck', 'json'] }, USAGE);
  const [incident] = words;
  if (incident === undefined || words.length > 1) throw new UsageError(USAGE);
  const query = queryOf(options.get('order'), options.get('tier'), flags.has('stuck'));
  const { store, desk } = openHouse(settingsOf(terminal.env));
  try {
    const view = await desk.view(US, incident);
    if (view === undefined)
      throw new UsageError(`There is no incident "${incident}" here. "firebreak incidents" lists what there is.`);
    const coordinator = store.coordinator();
    const [standing, lanes] = [await coordinator.summaries('standing'), await coordinator.summaries('lane')];
    const sorted = (await desk.view(US, coordinationOf(incident)))?.incident.lanes.sorted ?? new Map();
    const now = terminal.now();
    const shown = boardOf({ incident, standing, lanes, sorted, now: now.epochMilliseconds }, query, EVERYBODY);
    const out = options.get('html');
    if (out !== undefined) writeFileSync(out, boardPage(shown, incident, now.toString()));
    terminal.out(
      flags.has('json') ? JSON.stringify({ counts: shown.counts, rows: shown.rows }) : out === undefined ? text(shown) : out,
    );
    return 0;
  } finally {
    await store.close();
  }
};

function queryOf(order: string | undefined, tier: string | undefined, stuck: boolean): BoardQuery {
  const known = ORDERS.find((one) => one === (order ?? 'urgency'));
  const wanted = TIERS.find((one) => one === tier);
  if (known === undefined || (tier !== undefined && wanted === undefined)) throw new UsageError(USAGE);
  return { order: known, page: 0, stuck, ...(wanted === undefined ? {} : { tier: wanted }) };
}

function text({ rows, counts }: Board): string {
  const lines = rows.map(
    ({ tier, client, state, status, done, total, stuck }) =>
      `${tier.padEnd(2)}  ${client.padEnd(20)}  ${STATE_WORDS[state]}, ${status === 'none' ? 'no lane' : `${status} ${done} of ${total}`}${stuck === undefined ? '' : `  ! ${STUCK_WORDS[stuck]}`}`,
  );
  return [`${counts.clients} clients, ${counts.lanes} lanes, ${counts.stuck} stuck, ${counts.told} told`, ...lines].join('\n');
}
