import { type Cell, columnsOf, csvRows, headerRow, headersOf, type Row } from '../inventory/csv-table.ts';
import { dayOrder, tableDate } from '../inventory/table-date.ts';
import { toHex, utf8 } from '../record/bytes.ts';
import type { CostLine } from '../record/command-costs.ts';
import { isCurrency, minorUnits, moneyOf } from '../record/currency.ts';
import type { CostCategory } from '../record/event.ts';
import { sha256 } from '../record/sha256.ts';
import { categoryOf, minutesOf } from './cost-words.ts';

type Column =
  | 'date'
  | 'who'
  | 'firm'
  | 'hours'
  | 'minutes'
  | 'rate'
  | 'amount'
  | 'currency'
  | 'category'
  | 'task'
  | 'ticket'
  | 'consent';

/** Headers as time sheets and the common ticket systems write them. */
const HEADERS = headersOf<Column>({
  date: 'date, work date, date worked, start date, day, entry date, datum, leistungsdatum, fecha',
  firm: 'firm, vendor, supplier, provider, payee, lieferant, fournisseur, proveedor',
  who: 'person or firm, who, person, technician, engineer, resource, member, employee, agent, user, worker, name, techniker, mitarbeiter, bearbeiter, technicien',
  minutes: 'minutes, duration minutes, time minutes, worked minutes, minuten',
  hours: 'hours, hours worked, actual hours, time spent, duration, billable hours, time, stunden, dauer, heures, horas',
  rate: 'rate an hour, hourly rate, rate, bill rate, stundensatz',
  amount: 'amount, cost, total, price, net, sum, betrag, kosten, summe, montant, importe',
  currency: 'currency, currency code, wahrung, waehrung, devise, moneda',
  category: 'category, cost category, type, work type, kategorie',
  task: 'task, summary, description, notes, note, work performed, subject, title, tatigkeit, beschreibung, leistung',
  ticket: 'ticket, ticket number, ticket id, ticket no, case, job, reference, vorgang',
  consent: 'consent reference, consent, insurer consent reference, approval, zustimmung',
});

export type CostDefaults = { category?: CostCategory; currency?: string };
export type CostTable = {
  lines: CostLine[];
  problems: { row: number; message: string }[];
};

/** The lines of a time sheet or a list of bills. A row that cannot be read is named and left out; the others stand. */
export function costTable(source: string, defaults: CostDefaults): CostTable {
  const table: CostTable = { lines: [], problems: [] };
  const rows = rowsOf(source, table);
  const header = headerRow(rows, HEADERS);
  const columns = header === undefined ? {} : columnsOf(rows[header.at] ?? { cells: [], line: 1 }, HEADERS);
  if (header === undefined || (columns.who ?? columns.firm) === undefined) {
    if (table.problems.length === 0)
      table.problems.push({ row: 1, message: 'No column says who it was: name one "technician", "person" or "firm".' });
    return table;
  }
  const body = rows.slice(header.at + 1);
  const order = dayOrder(body.map((row) => textOf(row, columns.date)));
  const seen = new Map<string, number>();
  for (const row of body) {
    const get = (column: Column) => textOf(row, columns[column]);
    const line = lineOf(get, order, defaults);
    if (typeof line === 'string') table.problems.push({ row: row.line, message: `Row ${row.line} was left out: ${line}` });
    else table.lines.push({ ...line, cost: idOf(line, seen) });
  }
  return table;
}

function rowsOf(source: string, table: CostTable): Row[] {
  try {
    return csvRows(source);
  } catch (error) {
    table.problems.push({
      row: 1,
      message: `The table cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
    });
    return [];
  }
}

/** A formula is kept as the text it is; what it would show is not in the file. */
function textOf(row: Row, column: number | undefined): string {
  const cell: Cell | undefined = column === undefined ? undefined : row.cells[column];
  return cell === undefined ? '' : cell.text;
}

type Line = Omit<CostLine, 'cost'>;

function lineOf(get: (column: Column) => string, order: ReturnType<typeof dayOrder>, defaults: CostDefaults): Line | string {
  const on = get('date') === '' ? undefined : tableDate(get('date'), order)?.slice(0, 10);
  if (on === undefined && get('date') !== '') return `"${get('date')}" is no date that can be read in one way only.`;
  const category = get('category') === '' ? defaults.category : categoryOf(get('category'));
  if (category === undefined)
    return get('category') === '' ? 'it names no category.' : `"${get('category')}" is no category of costs.`;
  const time = timeIn(get);
  if (typeof time === 'string') return time;
  const money = moneyIn(get, defaults);
  if (typeof money === 'string') return money;
  const [who, firm] = [get('who'), get('firm')];
  if (who === '' && firm === '') return 'it does not say who it was.';
  return {
    category,
    who: who || firm,
    by: who === '' || time === undefined ? 'firm' : 'person',
    ...(on === undefined ? {} : { on }),
    ...(time === undefined ? {} : { minutes: time }),
    ...money,
    ...(get('task') === '' ? {} : { task: get('task') }),
    ...(get('ticket') === '' ? {} : { ticket: get('ticket') }),
    ...consentIn(get('consent')),
  };
}

function consentIn(text: string): Pick<Line, 'consent' | 'consented'> {
  if (text === '') return {};
  return /^(?:no|none|nein|non)$/i.test(text) ? { consented: 'no' } : { consent: text };
}

function timeIn(get: (column: Column) => string): number | undefined | string {
  const [hours, minutes] = [get('hours'), get('minutes')];
  if (hours === '' && minutes === '') return undefined;
  const found = minutes === '' ? minutesOf(hours) : /^\d+$/.test(minutes) ? Number(minutes) : undefined;
  return found === undefined || found === 0 ? `"${minutes || hours}" is no time worked.` : found;
}

function moneyIn(get: (column: Column) => string, defaults: CostDefaults): Pick<Line, 'rate' | 'amount' | 'currency'> | string {
  const [rate, amount] = [get('rate'), get('amount')];
  if (rate === '' && amount === '') return {};
  const said = moneyOf(amount || rate);
  const currency = (get('currency') || said?.currency || defaults.currency || '').toUpperCase();
  if (!isCurrency(currency)) return currency === '' ? 'it names an amount and no currency.' : `"${currency}" is no currency.`;
  const figure = said?.amount ?? minorUnits(amount || rate, currency);
  if (figure === undefined) return `"${amount || rate}" is no amount of ${currency}.`;
  // An amount that stands beside the rate is the product of both: it is what was billed.
  return amount === '' ? { rate: figure, currency } : { amount: figure, currency };
}

/** The same line of the same sheet has the same id, so that taking it in twice records it once; two equal rows of one sheet are two. */
function idOf(line: Line, seen: Map<string, number>): string {
  const key = JSON.stringify(line);
  const nth = (seen.get(key) ?? 0) + 1;
  seen.set(key, nth);
  return `sheet-${toHex(sha256(utf8(`${key}#${nth}`))).slice(0, 16)}`;
}
