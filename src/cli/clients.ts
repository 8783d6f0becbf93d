import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type By, Clients } from '../desk/clients.ts';
import { TermsDesk } from '../desk/terms-desk.ts';
import { decode } from '../inventory/encoding.ts';
import { type Client, type RegisterProblem, readRegister } from '../inventory/register.ts';
import { previewImport } from '../inventory/register-import.ts';
import { isTermsTable, termsTable } from '../inventory/terms-table.ts';
import { readArguments } from './arguments.ts';
import { takePapers } from './clients-terms.ts';
import { type Command, type ExitCode, type Terminal, UsageError } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';
import { operator } from './operator.ts';

const USAGE = [
  'usage: firebreak clients [list] [--json]',
  '       firebreak clients import [FILE|DIR] [--preview] [--json]   (FIREBREAK_CLIENTS where none is named; a CSV with the',
  '                                columns client and document holds contracts and policies of clients that are there)',
  '       firebreak clients leave CLIENT --reason TEXT [--to NAME]',
].join('\n');

/** `clients`: the register. Lists it, takes clients in from YAML, JSON or CSV, and lets one go. */
export const clients: Command = async (args, terminal) => {
  const { words, options, flags } = readArguments(args, { options: ['reason', 'to'], flags: ['json', 'preview'] }, USAGE);
  const [verb = 'list', what] = words;
  const json = flags.has('json');
  if (verb === 'list' && what === undefined) return list(terminal, json);
  const path = what ?? terminal.env.FIREBREAK_CLIENTS;
  if (verb === 'import' && path !== undefined && words.length <= 2) return take(path, flags.has('preview'), json, terminal);
  const reason = options.get('reason');
  if (verb === 'leave' && what !== undefined && reason !== undefined) return leave(what, reason, options.get('to'), terminal);
  throw new UsageError(USAGE);
};

async function list(terminal: Terminal, json: boolean): Promise<ExitCode> {
  const { store } = openHouse(settingsOf(terminal.env));
  const all = await store.coordinator().summaries('standing');
  await store.close();
  const rows = all.map(({ client: id, name, status, told }) => ({ id, name, status, told }));
  const lines = rows.map(({ id, name, status, told }) => `${id}  ${status.padEnd(5)}  told ${told}  ${name}`);
  terminal.out(json ? JSON.stringify({ clients: rows }) : lines.length === 0 ? 'No client is in the register.' : lines.join('\n'));
  return 0;
}

async function take(path: string, preview: boolean, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const all = filesOf(path);
  const isTerms = ({ path: file, text }: (typeof all)[number]) => /\.(csv|tsv|txt)$/i.test(file) && isTermsTable(text);
  const files = all.filter((file) => !isTerms(file));
  const { store, desk } = openHouse(settingsOf(terminal.env));
  try {
    const register = new Clients(desk, store);
    const existing = (await register.list()).map(({ client: id, name }): Client => ({ id, name, contacts: [] }));
    const read = readAll(files, existing);
    const papers = all.filter(isTerms).map(({ text }) => termsTable(text));
    if (files.length === 0) return await takePapers(desk, papers, preview, json, terminal);
    const registered = preview ? [] : await register.register(read.clients, operator() satisfies By);
    await new TermsDesk(desk).follow(registered);
    const ours = preview || read.us === undefined ? undefined : await new TermsDesk(desk).describe(US, read.us, operator());
    if (ours !== undefined && !('refused' in ours)) await new TermsDesk(desk).refresh(US);
    if (json)
      terminal.out(
        JSON.stringify({
          preview,
          columns: read.columns,
          clients: read.clients,
          ...(read.us === undefined ? {} : { us: read.us }),
          registered,
          problems: read.problems,
        }),
      );
    else terminal.out(summary(read, registered, preview));
    for (const { message } of json ? [] : read.problems) terminal.err(message);
    for (const one of registered) if (!json && 'refused' in one) terminal.err(one.refused);
    if (ours !== undefined && !json) terminal.out(`Ourselves: ${'refused' in ours ? ours.refused : 'changed.'}`);
    if (papers.length > 0) await takePapers(desk, papers, preview, false, terminal);
    const nobody = read.clients.length === 0 && read.us === undefined;
    return nobody || registered.some((one) => 'refused' in one) ? 1 : 0;
  } finally {
    await store.close();
  }
}

type Read = { us?: Client; clients: Client[]; problems: RegisterProblem[]; columns: { header: string; field: string | null }[] };

/** Several files are one register: a client that stands in two of them is named once. */
function readAll(files: { path: string; text: string }[], existing: Client[]): Read {
  const all: Read = { clients: [], problems: [], columns: [] };
  for (const { path, text } of files) {
    const table = /\.(csv|tsv|txt)$/i.test(path);
    const {
      clients: found,
      problems,
      columns,
      us,
    } = table
      ? { ...previewImport(text, [...existing, ...all.clients]), us: undefined }
      : { us: undefined, ...readRegister(text), columns: [] };
    if (us !== undefined) all.us = us;
    const fresh = found.filter(({ id }) => !all.clients.some((other) => other.id === id));
    all.clients.push(...fresh);
    all.problems.push(...problems.map((problem) => ({ ...problem, message: `${path}: ${problem.message}` })));
    for (const { id } of found.filter((one) => !fresh.includes(one)))
      all.problems.push({
        level: 'error',
        client: id,
        message: `${path}: client ${id} was skipped: it stands in another file already.`,
      });
    all.columns.push(...columns);
  }
  return all;
}

function filesOf(path: string): { path: string; text: string }[] {
  const read = (file: string) => ({ path: file, text: decode(readFileSync(file)) });
  try {
    if (!statSync(path).isDirectory()) return [read(path)];
    const names = readdirSync(path)
      .filter((name) => /\.(ya?ml|json|csv)$/i.test(name))
      .sort();
    if (names.length === 0) throw new UsageError(`${path} holds no YAML, JSON or CSV file.`);
    return names.map((name) => read(join(path, name)));
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function summary({ clients: found, columns, problems }: Read, registered: object[], preview: boolean): string {
  const taken = columns.map(({ header, field }) => `  ${header} -> ${field ?? '(left alone)'}`);
  const count = (outcome: string) => registered.filter((one) => 'outcome' in one && one.outcome === outcome).length;
  const done = preview
    ? `Preview: ${found.length} clients would be taken in, ${problems.length} problems. Nothing was recorded.`
    : `${count('added')} added, ${count('changed')} changed, ${count('same')} as they were, ${problems.length} problems.`;
  return [
    ...(taken.length === 0 ? [] : ['Columns:', ...taken]),
    ...(preview ? found.map(({ id, name }) => `  ${id}  ${name}`) : []),
    done,
  ].join('\n');
}

async function leave(client: string, reason: string, to: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const { store, desk } = openHouse(settingsOf(terminal.env));
  try {
    const answer = await new Clients(desk, store).leave(client, reason, to, operator());
    if ('refused' in answer) {
      terminal.err(`${answer.refused} Nothing was recorded.`);
      return 1;
    }
    const records = (await store.open(client).records()).map(({ record }) => record);
    terminal.out(
      `${client} has left. What it takes along: ${records.map((record) => `firebreak export ${record} --out DIR`).join('; ')}`,
    );
    return 0;
  } finally {
    await store.close();
  }
}
