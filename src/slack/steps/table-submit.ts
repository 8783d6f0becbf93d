import type { RecordView } from '../../desk/view.ts';
import { toHex, utf8 } from '../../record/bytes.ts';
import type { Command } from '../../record/command.ts';
import { sha256 } from '../../record/sha256.ts';
import { same, type Table, type TableRow, tableNamed, unmetOf } from '../../record/working-table.ts';
import type { Step } from '../../runbook/runbook.ts';
import type { View } from '../blocks.ts';
import type { About } from '../forms.ts';
import type { House } from '../house.ts';
import type { Form } from '../payloads.ts';
import { pasteForm, rowForm } from './table-forms.ts';
import { type Paste, readPaste } from './table-paste.ts';

/** A form of a working table comes back: a command, another form in its place, or sentences at its fields. */
export type TableMade = { command: Command } | { form: View } | { errors: Record<string, string> };

export async function tableSubmission(
  house: House,
  view: RecordView | undefined,
  callback: string,
  form: Form,
  about: About,
): Promise<TableMade | undefined> {
  if (callback !== 'row.write' && callback !== 'row.find' && callback !== 'rows.paste') return undefined;
  const step = view?.guide?.steps.find((guided) => guided.step.id === about.step)?.step;
  const table = view === undefined || step === undefined ? undefined : tableNamed(view.incident, step, about.table ?? '');
  if (view === undefined || step === undefined || table === undefined)
    return { errors: { 'cell.0': 'The step has no such table any more. Nothing was recorded.' } };
  if (callback === 'row.write') return { command: rowCommand(form, about, step, table) };
  return callback === 'row.find' ? find(view, form, about, step, table) : paste(house, view, form, about, step, table);
}

function rowCommand(form: Form, { row }: About, step: Step, table: Table): Command {
  const cells = Object.fromEntries(table.columns.map((column, i) => [column, form.text(`cell.${i}`)]));
  const override = form.maybe('override');
  return {
    do: 'writeRow',
    step: step.id,
    table: table.name,
    cells: JSON.stringify(cells),
    ...(row === undefined ? {} : { row }),
    met: form.many('met').map(Number),
    ...(override === undefined ? {} : { override }),
  };
}

function find({ incident }: RecordView, form: Form, about: About, step: Step, table: Table): TableMade {
  const name = form.text('name').toLowerCase();
  const called = ({ cells }: TableRow) => same(cells[0] ?? '', name);
  const row = table.rows.find(called) ?? table.rows.find(({ cells }) => (cells[0] ?? '').toLowerCase().includes(name));
  if (row === undefined) return { errors: { name: 'No row has that name.' } };
  return { form: rowForm(about, table, row, unmetOf(incident, step, table, row.key)) };
}

async function paste(house: House, view: RecordView, form: Form, about: About, step: Step, table: Table): Promise<TableMade> {
  const text = await textOf(house, form);
  if (typeof text !== 'string') return { errors: text };
  const override = form.text('override');
  const digest = toHex(sha256(utf8(`${override}\n${text}`)));
  const read = tryPaste(text, view, step, table, override);
  if (typeof read === 'string') return { errors: { csv: read } };
  const rows = read.rows.map(({ cells }) => cells);
  if (about.digest !== digest || rows.length === 0) return { form: pasteForm(about, table, { paste: read, digest }) };
  return { command: { do: 'writeRows', step: step.id, table: table.name, rows, ...(override === '' ? {} : { override }) } };
}

function tryPaste(text: string, { incident }: RecordView, step: Step, table: Table, override: string): Paste | string {
  try {
    return readPaste(text, incident, step, table, override);
  } catch (error) {
    return `That could not be read: ${error instanceof Error ? error.message : String(error)}. Nothing was recorded.`;
  }
}

const LARGEST = 1_000_000;

/** What was pasted, or the file where one was added. */
async function textOf(house: House, form: Form): Promise<string | Record<string, string>> {
  const [file] = form.files('file');
  const url = file?.url_private_download ?? file?.url_private;
  if (!url || house.fetchFile === undefined) {
    const text = form.text('csv');
    return text === '' ? { csv: 'Paste some rows, or add a file.' } : text;
  }
  try {
    const bytes = await house.fetchFile(url);
    if (bytes.length > LARGEST) return { file: 'The file is larger than 1 MB; split it.' };
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    house.log.warn({ error }, 'a file of rows could not be read');
    return { file: 'The file could not be read as text. Save it as CSV in UTF-8, or paste the rows.' };
  }
}
