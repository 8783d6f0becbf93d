import type { RecordView } from '../../desk/view.ts';
import type { GuidedStep } from '../../record/guide.ts';
import { type Demand, type Table, type TableRow, tablesOf, unmetOf } from '../../record/working-table.ts';
import { type Block, context, fileInput, input, modal, section, textInput, ticks, type View } from '../blocks.ts';
import type { About } from '../forms.ts';
import { clip, safe } from '../mrkdwn.ts';
import type { Paste } from './table-paste.ts';

/** The forms of working tables: one row with a field per column, a row looked up by its name, and a paste with its preview. */
export function tableForm(view: RecordView, { step }: GuidedStep, verb: string, extra: string): { form: View } | { say: string } {
  const [at = '', key] = extra.split('~');
  const table = tablesOf(view.incident, step)[Number(at)];
  if (table === undefined) return { say: 'The step has no such table any more. Nothing was recorded.' };
  const about: About = { record: view.incident.record, step: step.id, table: table.name };
  switch (verb) {
    case 'row.add':
      return { form: rowForm(about, table, undefined, table.demands) };
    case 'row.edit': {
      const row = table.rows.find((one) => one.key === key);
      if (row === undefined) return { say: 'That row is not there any more. Nothing was recorded.' };
      return { form: rowForm(about, table, row, unmetOf(view.incident, step, table, row.key)) };
    }
    case 'row.find':
      return { form: findForm(about, table) };
    case 'rows.paste':
      return { form: pasteForm(about, table, undefined) };
    default:
      return { say: 'That button is of an older version of this card. Nothing was recorded.' };
  }
}

const COLUMNS = 20;

export function rowForm(about: About, table: Table, row: TableRow | undefined, demands: Demand[]): View {
  const metadata = JSON.stringify({ ...about, ...(row === undefined ? {} : { row: row.key }) });
  const cells = table.columns
    .slice(0, COLUMNS)
    .map((column, i) =>
      input(`cell.${i}`, column || '…', textInput({ initial: row?.cells[i] ?? '', max: 500 }), { optional: i > 0 }),
    );
  return modal('row.write', row === undefined ? 'Add a row' : 'Edit a row', 'Keep', metadata, [
    ...cells,
    ...demandBlocks(demands),
    context('A row of the same name is replaced; both stay in the record.'),
  ]);
}

/** What this row needs before it may be called done, and the way around it, which leaves its reason for ever. */
function demandBlocks(demands: Demand[]): Block[] {
  if (demands.length === 0) return [];
  const only = demands.length === 1;
  const choices = demands.map(({ index, precondition }) => ({
    text: only ? 'Yes, for this row' : clip(precondition.text, 75),
    value: String(index),
  }));
  const lines = demands.map(({ precondition }) => `:lock: ${safe(precondition.text)}`);
  return [
    section(clip(`*Before this row is done:*\n${lines.join('\n')}`, 2900)),
    input('met', 'Is it so?', ticks('value', choices, []), { optional: true }),
    input('override', 'If it cannot wait: why?', textInput({ multiline: true, max: 1000 }), { optional: true }),
  ];
}

const findForm = (about: About, { columns }: Table): View =>
  modal('row.find', 'Find a row', 'Find', JSON.stringify(about), [
    input('name', columns[0] ?? 'Name', textInput({ max: 500 }), { hint: 'The name, or a part of it' }),
  ]);

/** The same form before and after the preview, so that what was pasted stays in it; `digest` says which paste was shown. */
export function pasteForm(about: About, table: Table, shown: { paste: Paste; digest: string } | undefined): View {
  const metadata = JSON.stringify({ ...about, ...(shown === undefined ? {} : { digest: shown.digest }) });
  const count = shown?.paste.rows.length ?? 0;
  const submit = count === 0 ? 'Look at it' : `Keep ${count} ${count === 1 ? 'row' : 'rows'}`;
  return modal('rows.paste', 'Paste CSV', submit, metadata, [
    ...(shown === undefined ? [context(`Columns: ${table.columns.map(safe).join(', ')}. The first line may name them.`)] : []),
    ...(shown === undefined ? [] : previewBlocks(shown.paste)),
    input('csv', 'Rows, as copied from a spreadsheet or as CSV', textInput({ multiline: true }), { optional: true }),
    input('file', 'Or a file, where it is longer', fileInput(), { optional: true }),
    ...(table.demands.length === 0
      ? []
      : [input('override', 'If rows are done before their precondition: why?', textInput({ max: 1000 }), { optional: true })]),
    context('Nothing is kept before you have seen what was understood.'),
  ]);
}

function previewBlocks({ rows, bad, left, formulas }: Paste): Block[] {
  const replacing = rows.filter(({ replaces }) => replaces).length;
  const done = rows.filter((row) => row.done).length;
  const understood = [
    `${rows.length} ${rows.length === 1 ? 'row' : 'rows'}`,
    ...(replacing === 0 ? [] : [`${replacing} of them in the place of an earlier one`]),
    ...(done === 0 ? [] : [`${done} done`]),
  ];
  const first = rows
    .slice(0, 5)
    .map(({ cells }) => `• ${safe(clip(Object.values(JSON.parse(cells)).filter(Boolean).join(' · '), 160))}`);
  const notes = [
    ...(left.length === 0 ? [] : [`Columns left out: ${left.map(safe).join(', ')}.`]),
    ...(formulas === 0
      ? []
      : [`${formulas} ${formulas === 1 ? 'formula is' : 'formulas are'} kept as text: an apostrophe stands before it.`]),
  ];
  const out = bad.slice(0, 12).map(({ line, why }) => `• line ${line} ${safe(clip(why, 160))}`);
  const more = bad.length > 12 ? [`_and ${bad.length - 12} more_`] : [];
  return [
    section(clip([`*Understood:* ${understood.join(', ')}.`, ...first, ...notes].join('\n'), 2900)),
    ...(bad.length === 0 ? [] : [section(clip([`:warning: *${bad.length} left out:*`, ...out, ...more].join('\n'), 2900))]),
  ];
}
