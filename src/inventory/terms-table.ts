/**
 * Contracts and policies from a spreadsheet: a row a paper, for clients that are in the register already and for ourselves. The
 * columns are named like the keys of the register file; what a cell does not say, the paper is silent on.
 */
import { csvRows, headerWords, type Row } from './csv-table.ts';
import { firstIssue } from './shape.ts';
import { type Contract, ContractShape, type Policy, PolicyShape, type Terms } from './terms.ts';

export type Paper = { client: string; row: number } & ({ contract: Contract } | { policy: Policy });
export type TermsTable = {
  papers: Paper[];
  problems: { level: 'error' | 'warning'; row: number; field?: string; message: string }[];
};

/** What a row is: a policy by its cover, a contract by its kind. */
const POLICIES: Record<string, string> = {
  policy: 'cyber',
  cyber: 'cyber',
  'tech-eo': 'tech-eo',
  'tech e&o': 'tech-eo',
  crime: 'crime',
};
const KEYS = new Set([...Object.keys(ContractShape.shape), ...Object.keys(PolicyShape.shape)]);
const CLAIM = new Set(['hours', 'days', 'business_days', 'anchor', 'form', 'to', 'clause']);
const DROPPED = new Set(['claim', 'kind']);

const keyOf = (header: string): string => headerWords(header).replaceAll(' ', '_');

/** Whether a table is one of papers: it names a client and a document in each row. */
export function isTermsTable(source: string): boolean {
  try {
    const headers = csvRows(source)[0]?.cells.map(({ text }) => keyOf(text)) ?? [];
    return headers.includes('client') && headers.includes('document');
  } catch {
    return false;
  }
}

export function termsTable(source: string): TermsTable {
  const table: TermsTable = { papers: [], problems: [] };
  const [header, ...rows] = csvRows(source);
  const keys = header?.cells.map(({ text }) => keyOf(text)) ?? [];
  for (const key of keys.filter((one) => !isKnown(one)))
    table.problems.push({ level: 'warning', row: 1, field: key, message: `The column "${key}" is unknown and was left alone.` });
  for (const row of rows) addRow(table, row, keys);
  return table;
}

const isKnown = (key: string): boolean =>
  key === 'client' ||
  key === 'document' ||
  (KEYS.has(key) && !DROPPED.has(key)) ||
  (key.startsWith('claim_') && CLAIM.has(key.slice(6)));

function addRow(table: TermsTable, row: Row, keys: string[]): void {
  const said = new Map(keys.map((key, at) => [key, row.cells[at]?.text ?? '']));
  const refuse = (field: string, why: string) =>
    table.problems.push({ level: 'error', row: row.line, field, message: `Row ${row.line} was skipped: "${field}" ${why}.` });
  const [client = '', document = ''] = [said.get('client'), said.get('document')?.toLowerCase()];
  if (client === '') return void refuse('client', 'names nobody');
  if (document === '') return void refuse('document', 'does not say which paper it is');
  const cover = POLICIES[document];
  const entry = { ...entryOf(said, cover !== undefined), kind: cover ?? document };
  const parsed = cover === undefined ? ContractShape.safeParse(entry) : PolicyShape.safeParse(entry);
  if (!parsed.success) {
    const { field, message } = firstIssue(parsed.error);
    return void refuse(field === 'kind' ? 'document' : field, message);
  }
  const paper = cover === undefined ? { contract: parsed.data as Contract } : { policy: parsed.data as Policy };
  table.papers.push({ client, row: row.line, ...paper });
}

function entryOf(said: ReadonlyMap<string, string>, isPolicy: boolean): Record<string, unknown> {
  const keys = Object.keys(isPolicy ? PolicyShape.shape : ContractShape.shape).filter((key) => !DROPPED.has(key));
  const entry: Record<string, unknown> = {};
  for (const key of keys) if (said.get(key)) entry[key] = readCell(key, said.get(key) ?? '');
  const claim = [...said]
    .filter(([key, text]) => key.startsWith('claim_') && text !== '')
    .map(([key, text]) => [key.slice(6), text]);
  return claim.length === 0 ? entry : { ...entry, claim: Object.fromEntries(claim) };
}

function readCell(key: string, text: string): unknown {
  if (key === 'duties') return Object.fromEntries(text.split(/\s*[;,\n]\s*/).map((part) => part.split(/\s*[:=]\s*/)));
  if (key === 'written') return { yes: true, true: true, no: false, false: false }[text.toLowerCase()] ?? text;
  return text;
}

/** The terms with a paper put in: it takes the place of the one with the same party and kind, or of the same policy. */
export function withPaper(terms: Terms, paper: Paper): Terms {
  if ('contract' in paper) {
    const { party, kind } = paper.contract;
    return { ...terms, contracts: replaced(terms.contracts, paper.contract, (old) => old.party === party && old.kind === kind) };
  }
  const { insurer, kind } = paper.policy;
  const same = (old: Policy) => old.insurer === insurer && (old.kind === kind || old.kind === undefined);
  return { ...terms, policies: replaced(terms.policies, paper.policy, same) };
}

function replaced<T>(all: T[], one: T, same: (old: T) => boolean): T[] {
  const at = all.findIndex(same);
  return at < 0 ? [...all, one] : all.map((other, i) => (i === at ? one : other));
}
