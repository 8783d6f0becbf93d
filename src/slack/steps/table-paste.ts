import { csvRows, isFormula, type Row } from '../../inventory/csv-table.ts';
import type { Incident } from '../../record/incident.ts';
import { isDone, same, type Table, unmetOf } from '../../record/working-table.ts';
import type { Step } from '../../runbook/runbook.ts';

/** What was understood of a pasted table: rows as JSON cells, what stays out and why, and what was made harmless. */
export type Paste = {
  rows: { name: string; cells: string; line: number; replaces: boolean; done: boolean }[];
  bad: { line: number; why: string }[];
  /** Columns of the paste that the table does not have. */
  left: string[];
  /** Cells that a spreadsheet would have run. */
  formulas: number;
};

const LONGEST = 500;
const MOST = 2_000;

/**
 * Reads a paste against a table. The first line may name columns, in any order; otherwise they are taken in the table's order.
 * `override` is why rows may be done before their own precondition. @throws Error with one clause where it is no CSV.
 */
export function readPaste(source: string, incident: Incident, step: Step, table: Table, override: string): Paste {
  const all = csvRows(source);
  const places = placesOf(all[0], table.columns);
  const body = places === undefined ? all : all.slice(1);
  const order = places ?? table.columns.map((_, i) => i);
  const paste: Paste = { rows: [], bad: [], left: strangers(all[0], places), formulas: 0 };
  for (const row of body.slice(0, MOST)) addRow(paste, row, order, { incident, step, table, override });
  for (const { line } of body.slice(MOST)) paste.bad.push({ line, why: `only ${MOST} rows fit at once` });
  return paste;
}

/** For each column of the paste the place in the table, -1 where it has none; undefined where the line names no columns. */
function placesOf(first: Row | undefined, columns: string[]): number[] | undefined {
  const places = (first?.cells ?? []).map(({ text }) => columns.findIndex((column) => same(column, text)));
  const named = places.filter((at) => at >= 0).length;
  return places.includes(0) || named * 2 > places.length ? places : undefined;
}

const strangers = (first: Row | undefined, places: number[] | undefined): string[] =>
  (places ?? []).flatMap((at, i) => {
    const text = first?.cells[i]?.text ?? '';
    return at < 0 && text !== '' ? [text] : [];
  });

type Reading = { incident: Incident; step: Step; table: Table; override: string };

function addRow(paste: Paste, { cells, line }: Row, order: number[], reading: Reading): void {
  const { table } = reading;
  const values = table.columns.map(() => '');
  const extra = cells.slice(order.length).some(({ text }) => text !== '');
  for (const [i, { text, formula }] of cells.entries()) {
    const at = order[i] ?? -1;
    if (at < 0) continue;
    const harmful = formula || isFormula(text);
    if (harmful) paste.formulas += 1;
    values[at] = harmful ? `'${text}` : text;
  }
  const why = extra ? `has ${cells.length} cells for ${order.length} columns` : faultOf(values, reading);
  if (why !== undefined) paste.bad.push({ line, why });
  else keep(paste, values, line, table);
}

function faultOf(values: string[], { incident, step, table, override }: Reading): string | undefined {
  const name = values[0] ?? '';
  if (name === '') return `has nothing under "${table.columns[0] ?? ''}"`;
  if (values.some((value) => value.length > LONGEST)) return `has a cell of more than ${LONGEST} characters`;
  const known = table.rows.find((row) => same(row.cells[0] ?? '', name));
  if (!isDone(table.columns, values) || known?.done === true || override !== '') return undefined;
  const [missing] = unmetOf(incident, step, table, known?.key ?? '');
  return missing === undefined ? undefined : `"${name}" is done before its own precondition: ${missing.precondition.text}`;
}

/** Of two lines with one name the later one counts, as it would if they were written one after the other. */
function keep(paste: Paste, values: string[], line: number, { columns, rows }: Table): void {
  const name = values[0] ?? '';
  const before = paste.rows.findIndex((row) => same(row.name, name));
  const cells = JSON.stringify(Object.fromEntries(columns.map((column, i) => [column, values[i] ?? ''])));
  const replaces = rows.some((row) => same(row.cells[0] ?? '', name));
  const row = { name, cells, line, replaces, done: isDone(columns, values) };
  if (before < 0) paste.rows.push(row);
  else {
    paste.bad.push({ line: paste.rows[before]?.line ?? line, why: `is replaced by line ${line} of the same name` });
    paste.rows[before] = row;
  }
}
