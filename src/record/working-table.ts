import type { Precondition, Step, WorkingTable } from '../runbook/runbook.ts';
import type { Incident } from './incident.ts';

/**
 * The working tables of a step: the rows that the runbook brings, and over them the rows that people wrote. A row is known by
 * its key, and by its name, which is what stands in its first column: a later row of the same name replaces the earlier one.
 */
export type TableRow = { key: string; cells: string[]; done: boolean; written: boolean; override?: string };
/** A precondition that every row needs for itself, by its index in `step.after`. */
export type Demand = { index: number; precondition: Precondition };
export type Table = { name: string; columns: string[]; rows: TableRow[]; done: number; demands: Demand[] };

export function tablesOf(incident: Incident, step: Step): Table[] {
  const written = [...incident.rows].filter(([, row]) => row.step === step.id);
  const names = namesOf(step.tables);
  const known = step.tables.map((table, at) => {
    const name = names[at] ?? table.kind;
    const rows = written.filter(([, row]) => step.tables.findIndex((one, i) => isCalled(one, names[i] ?? '', row.table)) === at);
    return filled(name, table, rows.map(writtenRow), step);
  });
  const loose = written.filter(([, row]) => !step.tables.some((one, i) => isCalled(one, names[i] ?? '', row.table)));
  const others = [...Map.groupBy(loose, ([, row]) => row.table)].map(([name, rows]) =>
    filled(name, { columns: [], rows: [] }, rows.map(writtenRow), step),
  );
  return [...known, ...others];
}

/** The table of that name, by what the runbook calls it or by its first column. */
export function tableNamed(incident: Incident, step: Step, name: string): Table | undefined {
  const at = step.tables.findIndex((table, i) => isCalled(table, namesOf(step.tables)[i] ?? '', name));
  const tables = tablesOf(incident, step);
  return at < 0 ? tables.find((table) => table.name === name) : tables[at];
}

/** The table whose rows each need this precondition, if the step has one. */
export function tableUnder(incident: Incident, step: Step, index: number): Table | undefined {
  if (step.after[index]?.perRow === undefined || step.tables.length === 0) return undefined;
  return tablesOf(incident, step).find(({ demands }) => demands.some((demand) => demand.index === index));
}

/** What a row still needs before it may be called done. */
export function unmetOf({ steps }: Incident, step: Step, { demands }: Table, row: string, ticked: number[] = []): Demand[] {
  return demands.filter(
    ({ index, precondition }) =>
      !ticked.includes(index) &&
      !(precondition.step !== undefined && steps.get(precondition.step)?.state === 'done') &&
      !(steps.get(step.id)?.met.has(`${index}/${row}`) ?? false),
  );
}

/** Two tables of a step may look alike: the second one is called so. */
const namesOf = (tables: WorkingTable[]): string[] =>
  tables.map(({ kind }, at) => {
    const before = tables.slice(0, at).filter((other) => other.kind === kind).length;
    return before === 0 ? kind : `${kind}-${before + 1}`;
  });

const isCalled = ({ kind, columns }: WorkingTable, name: string, called: string): boolean =>
  called === name || (name === kind && columns[0]?.toLowerCase() === called.toLowerCase());

type Written = { key: string; cells: ReadonlyMap<string, string>; override?: string };

function writtenRow([, { row: key, cells, override }]: [string, { row: string; cells: string; override?: string }]): Written {
  return { key, cells: cellsOf(cells), ...(override === undefined ? {} : { override }) };
}

/** Cells by column. What is no JSON object is one cell as it stands: an older record, or a script. */
export function cellsOf(cells: string): ReadonlyMap<string, string> {
  try {
    const read: unknown = JSON.parse(cells);
    if (typeof read === 'object' && read !== null && !Array.isArray(read))
      return new Map(Object.entries(read).map(([column, value]) => [column, String(value)]));
  } catch {
    // Not JSON: kept as it stands.
  }
  return new Map([['', cells]]);
}

function filled(
  name: string,
  { columns: own, rows: brought }: Pick<WorkingTable, 'columns' | 'rows'>,
  written: Written[],
  step: Step,
): Table {
  const columns = [...own, ...strangers(own, written)];
  const mine = written.map(({ key, cells, override }) => {
    const row = columns.map((column, at) => valueIn(cells, column) ?? (at === 0 ? (cells.get('') ?? '') : ''));
    return { key, cells: row, done: isDone(columns, row), written: true, ...(override === undefined ? {} : { override }) };
  });
  const given = brought.map((cells, at) => ({
    key: `given-${at + 1}`,
    cells: columns.map((_, i) => cells[i] ?? ''),
    done: isDone(columns, cells),
    written: false,
  }));
  const rows = [...given.filter((row) => !mine.some((other) => other.key === row.key || isSameName(other, row))), ...mine];
  return { name, columns, rows, done: rows.filter(({ done }) => done).length, demands: demandsOf(step, columns, name) };
}

/** Columns that a row has and the runbook does not, after a change of the text: nothing that was written is hidden. */
function strangers(own: string[], written: Written[]): string[] {
  const all = new Set(written.flatMap(({ cells }) => [...cells.keys()]));
  return [...all].filter((column) => column !== '' && !own.some((known) => same(known, column)));
}

function valueIn(cells: ReadonlyMap<string, string>, column: string): string | undefined {
  return cells.get(column) ?? [...cells].find(([name]) => same(name, column))?.[1];
}

export const same = (one: string, other: string): boolean => one.trim().toLowerCase() === other.trim().toLowerCase();
const isSameName = (one: TableRow, other: TableRow): boolean => same(one.cells[0] ?? '', other.cells[0] ?? '');

/** A reference table, full as it was written and never worked in, guides nobody to fill it. */
export const isWorkedIn = ({ rows }: Table): boolean =>
  rows.length === 0 || rows.some(({ written, cells }) => written || cells.some((cell) => cell === ''));

/** The column that says that a row is through: the last one that reads so. Without one, a row is done when it is full. */
const SETTLES =
  /\b(done|dead|kept|reached|cleared|patched|answered|repaired|replaced|compared|shielded|saved|refused|finished|completed?|verified)\b/i;
const NOT_YET = /^(|[-–—?]+|not yet.*|open|pending|to ?do|tbd|waiting|none|false)$/i;
const NO = /^no\b/i;

export function isDone(columns: string[], cells: string[]): boolean {
  const at = columns.findLastIndex((column) => SETTLES.test(column));
  if (at < 0) return columns.length > 0 && columns.every((_, i) => !NOT_YET.test((cells[i] ?? '').trim()));
  const value = (cells[at] ?? '').trim();
  // A broken promise is over too; a key that is "not dead" is not.
  return !NOT_YET.test(value) && (!NO.test(value) || /\bkept\b/i.test(columns[at] ?? ''));
}

const FAMILY: Record<string, RegExp> = {
  credential: /credential|secret|token|key|password|account/i,
  host: /host|machine|device|server|laptop|computer/i,
  client: /client|customer|exposure/i,
  vendor: /vendor|supplier/i,
  system: /system|service|machine|server/i,
};

/** `for each key` holds for the rows of a table of credentials; a step with one table means that one. */
function demandsOf({ after, tables }: Step, columns: string[], name: string): Demand[] {
  return after.flatMap((precondition, index) => {
    const { perRow } = precondition;
    const family = Object.values(FAMILY).find((form) => perRow !== undefined && form.test(perRow));
    if (perRow === undefined || tables.length === 0) return [];
    return tables.length === 1 || family?.test(`${columns[0] ?? ''} ${name}`) === true ? [{ index, precondition }] : [];
  });
}
