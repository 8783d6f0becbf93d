import type { RecordView } from '../../desk/view.ts';
import { isWorkedIn, type Table, type TableRow, tablesOf, unmetOf } from '../../record/working-table.ts';
import type { Step } from '../../runbook/runbook.ts';
import { actions, type Block, button, menu, section } from '../blocks.ts';
import { clip, safe } from '../mrkdwn.ts';

/** The working tables on a step's card: counts, the open rows first, and a form one click away. */
const TABLES = 3;
const SHOWN = 8;
const CHOICES = 100;

export function tableBlocks(view: RecordView, step: Step): Block[] {
  return tablesOf(view.incident, step)
    .slice(0, TABLES)
    .flatMap((table, at) => (isWorkedIn(table) ? working(view, step, table, at) : [reference(table)]));
}

function working(view: RecordView, step: Step, table: Table, at: number): Block[] {
  const { rows, done, columns } = table;
  const open = rows.filter((row) => !row.done);
  const ordered = [...open, ...rows.filter((row) => row.done)];
  const lines = ordered.slice(0, SHOWN).map((row) => rowLine(view, step, table, row));
  const rest = ordered.length - lines.length;
  const openRest = Math.max(0, open.length - SHOWN);
  const more = rest === 0 ? [] : [`_and ${rest} more, ${openRest} of them open_`];
  const count = rows.length === 0 ? 'no row yet' : `${done} of ${rows.length} done`;
  const head = `:clipboard: *${safe(columns[0] ?? table.name)}*: ${count}`;
  return [section(clip([head, ...lines, ...more].join('\n'), 2900)), buttons(view.incident.record, step, table, ordered, at)];
}

function rowLine({ incident }: RecordView, step: Step, table: Table, row: TableRow): string {
  const [name = '', ...cells] = row.cells;
  const filled = cells.flatMap((cell, i) => (cell === '' ? [] : [`${safe(table.columns[i + 1] ?? '')}: ${safe(clip(cell, 60))}`]));
  const locked = !row.done && unmetOf(incident, step, table, row.key).length > 0 ? ' :lock:' : '';
  const forced = row.override === undefined ? '' : ` _(before its precondition: ${safe(clip(row.override, 80))})_`;
  return `${row.done ? '✓' : '○'} *${safe(clip(name, 60)) || '…'}*${locked}${filled.length === 0 ? '' : ` · ${filled.join(' · ')}`}${forced}`;
}

function buttons(record: string, step: Step, { columns, name }: Table, rows: TableRow[], at: number): Block {
  const value = `${record}|${step.id}|${at}`;
  const choices = rows
    .slice(0, CHOICES)
    .map(({ key, cells, done }) => ({ text: `${done ? '✓ ' : ''}${cells[0] || '…'}`, value: `${value}~${key}` }));
  const what = columns[0] ?? name;
  return actions(`table|${value}`, [
    ...(choices.length === 0 ? [] : [menu('row.edit', 'Edit a row…', choices)]),
    button('row.add', 'Add row…', value, { says: `Add a row: ${what}` }),
    button('rows.paste', 'Paste CSV…', value, { says: `Paste rows as CSV: ${what}` }),
    ...(rows.length > CHOICES ? [button('row.find', 'Find a row…', value, { says: `Find a row: ${what}` })] : []),
  ]);
}

/** A table to look things up in, as it was written. */
function reference({ columns, rows }: Table): Block {
  const lines = rows.map(({ cells }) => `• ${cells.map(safe).filter(Boolean).join(' — ')}`);
  return section(clip(`*${columns.map(safe).join(' — ')}*\n${lines.join('\n')}`, 2000));
}
