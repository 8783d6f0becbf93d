import { writeFileSync } from 'node:fs';
import { callPage, contactWords, type PrintedRow, standWords } from '../desk/call-page.ts';
import { type CallSheet, callSheet, progressWords } from '../desk/call-sheet.ts';
import { Calls } from '../desk/calls.ts';
import type { Desk } from '../desk/desk.ts';
import { ourselves } from '../desk/ourselves.ts';
import { cell } from '../export/csv.ts';
import { callScript, scriptText } from '../slack/calls/script.ts';
import type { NoticeShelf } from '../slack/notices/desk.ts';
import { readArguments } from './arguments.ts';
import { type Command, UsageError } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';
import { openTemplates } from './templates.ts';

const USAGE = 'usage: firebreak calls INCIDENT [--out FILE.html] [--all] [--json]';
const EVERYBODY = 100_000;

/** `calls`: whom to phone in which order, on the terminal, or as a page to print with a table (.csv) beside it. */
export const calls: Command = async (args, terminal) => {
  const { words, options, flags } = readArguments(args, { options: ['out'], flags: ['all', 'json'] }, USAGE);
  const [incident] = words;
  const out = options.get('out');
  if (incident === undefined || words.length > 1) throw new UsageError(USAGE);
  if (out?.endsWith('.csv'))
    throw new UsageError('Name the page, such as calls.html: the table is written beside it as calls.csv.');
  const settings = settingsOf(terminal.env);
  const { store, desk } = openHouse(settings);
  try {
    const view = await desk.view(US, incident);
    if (view === undefined)
      throw new UsageError(`There is no incident "${incident}" here. "firebreak incidents" lists what there is.`);
    const phone = new Calls(desk, store, US);
    const now = terminal.now().epochMilliseconds;
    const sheet = callSheet(await phone.rows(incident, flags.has('all')), now, { page: 0, all: flags.has('all') }, EVERYBODY);
    const quiet = { info: () => {}, warn: (_: object, text: string) => terminal.err(text), error: () => {} };
    const rows = await printed(phone, incident, sheet, openTemplates(settings.runbooks, quiet), await numberOf(desk));
    if (out !== undefined) {
      writeFileSync(out, callPage(sheet, rows, incident, view.incident.drill));
      writeFileSync(csvBeside(out), csv(rows));
    }
    terminal.out(
      flags.has('json')
        ? JSON.stringify({ counts: sheet.counts, rows })
        : out === undefined
          ? text(sheet)
          : `${out} and ${csvBeside(out)}: ${progressWords(sheet)}.`,
    );
    return 0;
  } finally {
    await store.close();
  }
};

async function printed(
  phone: Calls,
  incident: string,
  { rows }: CallSheet,
  shelf: NoticeShelf,
  contact: string | undefined,
): Promise<PrintedRow[]> {
  const made: PrintedRow[] = [];
  for (const row of rows) {
    const phoned = await phone.phoned(incident, row.client);
    const script = phoned === undefined ? undefined : callScript(phoned, shelf, contact);
    made.push({ ...row, script: script === undefined ? [] : scriptText(script), text: script?.text ?? '' });
  }
  return made;
}

const csvBeside = (out: string): string => `${out.replace(/\.html?$/i, '')}.csv`;

const COLUMNS = [
  'order',
  'tier',
  'client',
  'name',
  'contact',
  'role',
  'mobile',
  'email',
  'state',
  'last call',
  'calls',
  'say',
  'text message',
];

function csv(rows: readonly PrintedRow[]): string {
  const lines = rows.map((row, at) => [
    String(at + 1),
    row.tier,
    row.client,
    row.name,
    row.contact?.name ?? '',
    row.contact?.role ?? '',
    row.contact?.mobile ?? '',
    row.contact?.email ?? '',
    row.state,
    standWords(row),
    String(row.calls),
    row.script.join(' '),
    row.text,
  ]);
  return `\ufeff${[COLUMNS, ...lines].map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}

function text(sheet: CallSheet): string {
  const lines = sheet.rows.map((row) => `${row.tier.padEnd(2)}  ${row.name.padEnd(28)}  ${contactWords(row)}  ${standWords(row)}`);
  return [progressWords(sheet), ...lines].join('\n');
}

async function numberOf(desk: Desk): Promise<string | undefined> {
  const ours = await ourselves(desk, US);
  return ours?.contact || ours?.phone;
}
