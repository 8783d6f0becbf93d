import type { Step } from '../runbook/runbook.ts';
import { type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import type { Turn } from './turn.ts';
import { cellsOf, isDone, same, type Table, tableNamed, unmetOf } from './working-table.ts';

/** Rows of a working table are entries; a row is called done only when its own preconditions are ticked, or with a reason. */
export function writeRow(turn: Turn, command: CommandOf<'writeRow'>, step: Step): Decided[] | Refusal {
  const table = tableNamed(turn.incident, step, command.table) ?? unknownTable(command.table);
  return write(turn, step, table, command);
}

const MOST = 2_000;

/** A paste comes in whole or not at all: a row that was left out silently would be a client nobody calls. */
export function writeRows(turn: Turn, command: CommandOf<'writeRows'>, step: Step): Decided[] | Refusal {
  const { rows, override } = command;
  const table = tableNamed(turn.incident, step, command.table) ?? unknownTable(command.table);
  if (rows.length === 0) return refuse('invalid', 'There is no row in it.', 'csv');
  if (rows.length > MOST) return refuse('invalid', `At most ${MOST} rows at once; this has ${rows.length}.`, 'csv');
  const events: Decided[] = [];
  for (const cells of lastOfName(rows, table)) {
    const one = write(turn, step, table, { table: table.name, cells, ...(override === undefined ? {} : { override }) });
    if ('refused' in one) return one;
    events.push(...one);
  }
  return events;
}

/** Of two rows of one name the later one counts. */
function lastOfName(rows: string[], { columns: [first = ''] }: Table): string[] {
  const byName = new Map(rows.map((cells) => [(cellsOf(cells).get(first) ?? cells).trim().toLowerCase(), cells]));
  return [...byName.values()];
}

const unknownTable = (name: string): Table => ({ name, columns: [], rows: [], done: 0, demands: [] });

type Writing = Pick<CommandOf<'writeRow'>, 'table' | 'row' | 'cells' | 'met' | 'override'>;

function write({ incident, newId }: Turn, step: Step, table: Table, writing: Writing): Decided[] | Refusal {
  const { met = [], override = '' } = writing;
  const read = cellsOf(writing.cells);
  const cells = table.columns.map((column) => [...read].find(([name]) => same(name, column))?.[1] ?? '');
  const name = cells[0] ?? '';
  if (table.columns.length > 0 && !read.has('') && name.trim() === '')
    return refuse('invalid', `A row needs something under "${table.columns[0]}".`, 'cell.0');
  const known = table.rows.find((row) => row.key === writing.row) ?? table.rows.find((row) => same(row.cells[0] ?? '', name));
  const row = writing.row ?? known?.key ?? newId();
  const missing = isDone(table.columns, cells) && known?.done !== true ? unmetOf(incident, step, table, row, met) : [];
  if (missing.length > 0 && override.trim() === '') {
    const first = missing.map(({ precondition }) => precondition.text).join('; and ');
    return refuse('precondition', `Not yet for "${name}": first ${first}. If you must go ahead, say why.`, 'override');
  }
  const ticked = met.filter((index) => table.demands.some((demand) => demand.index === index));
  return [...ticked.map((index) => tick(step.id, index, row)), written(step.id, table.name, row, writing.cells, missing, override)];
}

function tick(step: string, precondition: number, row: string): Decided {
  return { event: { kind: 'precondition.met', body: { step, precondition }, texts: { row } } };
}

function written(step: string, table: string, row: string, cells: string, missing: { index: number }[], override: string): Decided {
  const overridden = missing.map(({ index }) => index);
  return {
    event: {
      kind: 'row.written',
      body: { step, table, row, ...(overridden.length === 0 ? {} : { overridden }) },
      texts: { cells, ...(overridden.length === 0 ? {} : { override: override.trim() }) },
    },
  };
}
