import { Lanes } from '../desk/lanes.ts';
import type { Summarised } from '../desk/ports.ts';
import { readArguments } from './arguments.ts';
import { assessAll } from './assess.ts';
import { type Command, type ExitCode, type Terminal, UsageError } from './command.ts';
import { advisoriesIn, inventoriesIn } from './exposure.ts';
import { openHouse, settingsOf, US } from './house.ts';
import { operator } from './operator.ts';

const USAGE = [
  'usage: firebreak lanes INCIDENT [--json]',
  '       firebreak lanes sort INCIDENT --advisory FILE [--inventory DIR] [--json]',
  '       firebreak lanes open INCIDENT CLIENT',
].join('\n');

/** `lanes`: the lanes of a vendor incident; sorts the clients and opens what they need. */
export const lanes: Command = async (args, terminal) => {
  const { words, options, flags } = readArguments(args, { options: ['advisory', 'inventory'], flags: ['json'] }, USAGE);
  const [verb, incident, client] = words;
  const advisory = options.get('advisory');
  const settings = settingsOf(terminal.env);
  if (verb === 'sort' && incident !== undefined && advisory !== undefined)
    return sort(
      { incident, advisory, inventory: options.get('inventory') ?? settings.inventory, json: flags.has('json') },
      terminal,
    );
  if (verb === 'open' && incident !== undefined && client !== undefined) return open(incident, client, terminal);
  if (verb !== undefined && words.length === 1) return list(verb, flags.has('json'), terminal);
  throw new UsageError(USAGE);
};

async function list(incident: string, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { store, desk } = openHouse(settingsOf(terminal.env));
  const all = await new Lanes(desk, store, US).of(incident);
  await store.close();
  const line = ({ client, record, tier, state, status, done, total }: Summarised) =>
    `${tier}  ${client}  ${record}  ${state}  ${status}  ${done} of ${total}`;
  terminal.out(json ? JSON.stringify({ lanes: all }) : all.length === 0 ? `${incident} has no lanes.` : all.map(line).join('\n'));
  return 0;
}

type Sorting = { incident: string; advisory: string; inventory: string; json: boolean };

async function sort({ incident, advisory, inventory, json }: Sorting, terminal: Terminal): Promise<ExitCode> {
  const { assessed, problems } = assessAll(advisoriesIn(advisory), inventoriesIn(inventory));
  const { store, desk } = openHouse(settingsOf(terminal.env));
  try {
    const answer = await new Lanes(desk, store, US).sort(incident, assessed, operator());
    if ('refused' in answer) {
      terminal.err(answer.refused);
      return 1;
    }
    for (const problem of problems) terminal.err(problem);
    for (const id of answer.unknown) terminal.err(`${id} has files, and is not in the register: it was left out.`);
    const rows = answer.sorted.map(({ client, tier, state, lane }) => `${tier}  ${client}  ${state}  ${lane ?? 'no lane'}`);
    terminal.out(json ? JSON.stringify(answer) : [...rows.sort(), `${answer.opened} lanes opened.`].join('\n'));
    return 0;
  } finally {
    await store.close();
  }
}

async function open(incident: string, client: string, terminal: Terminal): Promise<ExitCode> {
  const { store, desk } = openHouse(settingsOf(terminal.env));
  const answer = await new Lanes(desk, store, US).promote(incident, client, operator());
  await store.close();
  if ('refused' in answer) terminal.err(`${answer.refused} Nothing was recorded.`);
  else terminal.out(answer.lane);
  return 'refused' in answer ? 1 : 0;
}
