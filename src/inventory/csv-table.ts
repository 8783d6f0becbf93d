/** Tables as spreadsheets and management tools export them: whatever delimiter, a preamble, quoted newlines, formula cells. */
import { parse } from 'csv-parse/sync';

/** `formula`: a spreadsheet would compute it; the text is not its value. */
export type Cell = { text: string; formula: boolean };
/** `line` is the 1-based line on which the row starts; a quoted cell can span several. */
export type Row = { cells: Cell[]; line: number };

/** All rows with the line each starts on. Throws one clause where the quotes do not match. */
export function csvRows(source: string): Row[] {
  const declared = /^\s*sep=(.)\r?\n/i.exec(source);
  const body = declared === null ? source : source.slice(declared[0].length);
  const offset = declared === null ? 0 : 1;
  let next = 1 + offset;
  return recordsOf(body, declared?.[1] ?? delimiterOf(body)).flatMap(({ record, lines }) => {
    const line = next;
    next = lines + offset + 1;
    return record.some((text) => text.trim() !== '') ? [{ cells: record.map(cell), line }] : [];
  });
}

/** `lines` is the line a record ends on. */
function recordsOf(source: string, delimiter: string): { record: string[]; lines: number }[] {
  try {
    const parsed = parse(source, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
      bom: true,
    });
    return (parsed as unknown[]).map((entry) => {
      const { record, info } = entry as { record: string[]; info: { lines: number } };
      return { record, lines: info.lines };
    });
  } catch (error) {
    throw new Error(`it is not readable as CSV (${error instanceof Error ? error.message : 'syntax error'})`);
  }
}

/** The delimiter that splits the first lines most evenly outside quotes. */
function delimiterOf(source: string): string {
  const sample = source
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 10)
    .map((line) => line.replace(/"[^"]*"/g, ''));
  const scored = [',', ';', '\t', '|'].map((delimiter) => {
    const counts = sample.map((line) => line.split(delimiter).length - 1);
    return { delimiter, score: Math.max(0, ...counts) + counts.filter((count) => count > 0).length };
  });
  return scored.reduce((best, each) => (each.score > best.score ? each : best)).delimiter;
}

/**
 * A cell as text. `="9.5.6"` is how exports keep a number from being rounded and means 9.5.6; any other formula is not a
 * value: a spreadsheet would run it, and what it would show is not in the file.
 */
function cell(raw: string): Cell {
  const text = raw.trim();
  const kept = /^="([^"]*)"$/.exec(text) ?? /^='([^']*)'$/.exec(text);
  if (kept?.[1] !== undefined) return { text: kept[1].trim(), formula: false };
  return { text: text.replace(/^'(?=[=+@-])/, ''), formula: isFormula(text) };
}

/** `=...`, or a sign or `@` before something callable. A phone number (`+49 30 ...`) and a bare dash are no formulas. */
export function isFormula(text: string): boolean {
  return /^=./.test(text) || /^[+@-][^|]*(?:[A-Za-z_]\w*\(|\||!)/.test(text);
}

/** A header without case, accents and punctuation. */
export function headerWords(header: string): string {
  return header
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Known headers, each with its role and how sure it is: spellings listed earlier win. */
export type Headers<Role extends string> = Map<string, { role: Role; rank: number }>;

/** Roles by their spellings, each a comma-separated list with the surer spelling first; spaces do not count. */
export function headersOf<Role extends string>(spellings: Record<Role, string>): Headers<Role> {
  const headers: Headers<Role> = new Map();
  for (const role of Object.keys(spellings) as Role[]) {
    for (const [rank, spelling] of spellings[role].split(',').entries()) {
      const key = spelling.replaceAll(' ', '');
      if (!headers.has(key)) headers.set(key, { role, rank });
    }
  }
  return headers;
}

/** Which column carries which role. */
export type Columns<Role extends string> = Partial<Record<Role, number>>;

/** Of several columns with one role the surest spelling is taken. */
export function columnsOf<Role extends string>(row: Row, headers: Headers<Role>): Columns<Role> {
  const columns: Columns<Role> = {};
  const ranks = new Map<Role, number>();
  for (const [at, { text }] of row.cells.entries()) {
    const known = headers.get(headerWords(text).replaceAll(' ', ''));
    if (known === undefined || known.rank >= (ranks.get(known.role) ?? Number.POSITIVE_INFINITY)) continue;
    ranks.set(known.role, known.rank);
    columns[known.role] = at;
  }
  return columns;
}

/** The row among the first twenty that names most roles: reports put titles and dates above their table. */
export function headerRow<Role extends string>(
  rows: Row[],
  headers: Headers<Role>,
): { at: number; columns: Columns<Role> } | undefined {
  let best: { at: number; columns: Columns<Role> } | undefined;
  for (const [at, row] of rows.slice(0, 20).entries()) {
    const columns = columnsOf(row, headers);
    if (Object.keys(columns).length > Object.keys(best?.columns ?? {}).length) best = { at, columns };
  }
  return best;
}
