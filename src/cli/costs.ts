import { readFileSync } from 'node:fs';
import { coordinationWords, laneCosts, waitingWords } from '../desk/cost-sums.ts';
import { type CostDefaults, costTable } from '../desk/cost-table.ts';
import { CATEGORY_WORDS, categoryOf } from '../desk/cost-words.ts';
import type { Desk } from '../desk/desk.ts';
import { TermsDesk } from '../desk/terms-desk.ts';
import type { RecordView } from '../desk/view.ts';
import { consentWords, costsCsv, lanesCsv, linesWords, periodWords, sumWords } from '../export/costs.ts';
import { decode } from '../inventory/encoding.ts';
import { isCurrency } from '../record/currency.ts';
import { proofOfLoss } from '../record/proof-of-loss.ts';
import { readArguments } from './arguments.ts';
import { type Command, type ExitCode, type Terminal, UsageError } from './command.ts';
import { type Opened, openHouse, settingsOf, US } from './house.ts';
import { operator } from './operator.ts';

const USAGE = [
  'usage: firebreak costs INCIDENT [--csv|--json]',
  '       firebreak costs INCIDENT --lanes --csv      (what each lane costs: counts and amounts alone)',
  '       firebreak costs import INCIDENT FILE.csv [--category NAME] [--currency CODE] [--preview] [--json]',
].join('\n');

/** `costs`: the proof of loss of an incident or of one client's lane; takes in a time sheet or a list of bills. */
export const costs: Command = async (args, terminal) => {
  const { words, options, flags } = readArguments(
    args,
    { options: ['category', 'currency'], flags: ['csv', 'json', 'preview', 'lanes'] },
    USAGE,
  );
  const [verb, incident, file] = words;
  const importing = verb === 'import' && incident !== undefined && file !== undefined && words.length === 3;
  if (
    verb === undefined ||
    (!importing && words.length !== 1) ||
    (flags.has('csv') && flags.has('json')) ||
    (flags.has('lanes') && !flags.has('csv'))
  )
    throw new UsageError(USAGE);
  const defaults = importing ? defaultsOf(options) : {};
  const source = importing ? read(file) : '';
  const house = openHouse(settingsOf(terminal.env));
  try {
    const record = importing ? incident : verb;
    const view = await house.desk.view((await house.store.coordinator().ownerOf(record)) ?? US, record);
    if (view === undefined)
      throw new UsageError(`There is no incident "${record}" here. "firebreak incidents" lists what there is.`);
    return importing
      ? await take(house.desk, view, costTable(source, defaults), flags, terminal)
      : await show(house, view, flags, terminal);
  } finally {
    await house.store.close();
  }
};

function read(file: string): string {
  try {
    return decode(readFileSync(file));
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function defaultsOf(options: ReadonlyMap<string, string>): CostDefaults {
  const [named, currency] = [options.get('category'), options.get('currency')?.toUpperCase()];
  const category = named === undefined ? undefined : categoryOf(named);
  if (named !== undefined && category === undefined) throw new UsageError(`--category knows ${CATEGORY_WORDS}, not "${named}".`);
  if (currency !== undefined && !isCurrency(currency))
    throw new UsageError(`--currency takes a code such as EUR or USD, not "${currency}".`);
  return { ...(category === undefined ? {} : { category }), ...(currency === undefined ? {} : { currency }) };
}

type Flags = ReadonlySet<string>;

async function show({ desk, store }: Opened, view: RecordView, flags: Flags, terminal: Terminal): Promise<ExitCode> {
  const { incident } = view;
  const proof = proofOfLoss(incident.costs);
  const csv = flags.has('csv');
  const lanes = incident.of === 'incident' ? laneCosts(await store.coordinator().summaries('lane'), incident.record) : [];
  if (csv) {
    terminal.out((flags.has('lanes') ? lanesCsv(lanes, incident.drill) : costsCsv(proof, incident.drill)).trimEnd());
    return 0;
  }
  const waiting = waitingWords((await new TermsDesk(desk).of(view))?.terms);
  if (flags.has('json')) {
    terminal.out(
      JSON.stringify({ incident: incident.record, drill: incident.drill, ...proof, period: proof.period ?? null, waiting, lanes }),
    );
    return 0;
  }
  const group = (title: string, sums: typeof proof.byWho) => [
    `${title}:`,
    ...sums.map((sum) => `  ${sum.name.padEnd(22)} ${String(sum.lines).padStart(4)}  ${sumWords(sum)}`),
  ];
  const own =
    proof.period === undefined
      ? ['No cost is recorded here.']
      : [
          `${incident.drill ? 'DRILL: ' : ''}${linesWords(proof.total.lines)}, ${periodWords(proof.period)}: ${sumWords(proof.total)}`,
          consentWords(proof),
          ...group('By category', proof.byCategory),
          ...group('By person or firm', proof.byWho),
          ...group('Consent of the insurer', proof.byConsent),
        ];
  terminal.out([...own, ...waiting, ...coordinationWords(lanes)].join('\n'));
  return 0;
}

type Table = ReturnType<typeof costTable>;

async function take(
  desk: Desk,
  { client, incident }: RecordView,
  table: Table,
  flags: Flags,
  terminal: Terminal,
): Promise<ExitCode> {
  const count = { recorded: 0, already: 0 };
  const problems = table.problems.map(({ message }) => message);
  for (const line of flags.has('preview') ? [] : table.lines) {
    const answer = await desk.do({ client, record: incident.record, command: { do: 'recordCost', ...line }, ...operator() });
    if (!('refused' in answer)) count.recorded++;
    else if (answer.code === 'already') count.already++;
    else problems.push(`${line.who}${line.on === undefined ? '' : `, ${line.on}`}: ${answer.refused}`);
  }
  const said = flags.has('preview')
    ? `Preview: ${table.lines.length} lines would be recorded. Nothing was recorded.`
    : `${count.recorded} recorded, ${count.already} were there already, ${problems.length} left out.`;
  terminal.out(
    flags.has('json') ? JSON.stringify({ preview: flags.has('preview'), lines: table.lines.length, ...count, problems }) : said,
  );
  if (!flags.has('json')) for (const problem of problems) terminal.err(problem);
  return problems.length === 0 ? 0 : 1;
}
