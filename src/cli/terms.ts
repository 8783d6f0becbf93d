import { Reckoner } from '../desk/reckoner.ts';
import { termsNews } from '../desk/terms.ts';
import { type Entry, TermsDesk } from '../desk/terms-desk.ts';
import { dueOfNotice, newsLines, sheetLines } from '../desk/terms-lines.ts';
import { termsSheet } from '../desk/terms-sheet.ts';
import type { RecordView } from '../desk/view.ts';
import { readArguments } from './arguments.ts';
import { type Command, type ExitCode, type Terminal, UsageError } from './command.ts';
import { type Opened, openHouse, settingsOf, US } from './house.ts';
import { openLaw } from './law-shelf.ts';
import { operator } from './operator.ts';

const USAGE = [
  'usage: firebreak terms [us|CLIENT|INCIDENT|LANE] [--json]',
  '       firebreak terms take-over INCIDENT|LANE [--vendor NAME]',
].join('\n');

/** `terms`: hotlines first, then what needs consent, the notices due, who does what, and what the papers are silent on. */
export const terms: Command = async (args, terminal) => {
  const { words, options, flags } = readArguments(args, { options: ['vendor'], flags: ['json'] }, USAGE);
  const [first = US, second] = words;
  const taking = first === 'take-over' && second !== undefined && words.length === 2;
  if (!taking && words.length > 1) throw new UsageError(USAGE);
  const house = openHouse(settingsOf(terminal.env));
  try {
    if (!taking) return await show(house, first, flags.has('json'), terminal);
    house.desk.reckoner = new Reckoner(openLaw());
    return await takeOver(house, second, options.get('vendor'), terminal);
  } finally {
    await house.store.close();
  }
};

async function show({ desk, store }: Opened, what: string, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const owner = await store.coordinator().ownerOf(what);
  const view = owner === undefined ? undefined : await desk.view(owner, what);
  const entry = view === undefined ? await new TermsDesk(desk).entry(what) : await new TermsDesk(desk).of(view);
  if (entry === undefined) {
    terminal.err(
      `The register holds no terms of ${what}. Write them into a file and run "firebreak clients import FILE"; ourselves stand there under "us".`,
    );
    return 1;
  }
  terminal.out(json ? JSON.stringify(documentOf(entry, view)) : textOf(entry, view));
  return 0;
}

const clocksOf = (view: RecordView | undefined) =>
  view === undefined ? undefined : new Reckoner(openLaw()).clocks(view.incident, view.now);

function documentOf({ profile, terms: known }: Entry, view: RecordView | undefined) {
  const sheet = termsSheet(known, profile.name);
  const clocks = clocksOf(view);
  const notices = sheet.notices.map((notice) => ({
    ...notice,
    due: view === undefined ? null : (dueOfNotice(view.incident, clocks, notice) ?? null),
  }));
  const news = view === undefined ? {} : { register: termsNews(view.incident, known, profile.name) };
  return { of: profile.id, name: profile.name, ...sheet, notices, ...news };
}

function textOf({ profile, terms: known }: Entry, view: RecordView | undefined): string {
  const clocks = clocksOf(view);
  const due = view === undefined ? () => undefined : dueOfNotice.bind(undefined, view.incident, clocks);
  const news = view === undefined ? [] : newsLines(termsNews(view.incident, known, profile.name));
  const parts = sheetLines(termsSheet(known, profile.name), due);
  const about = view === undefined ? [] : news.length === 0 ? [] : [{ title: 'The register says something else now', lines: news }];
  return [
    `Terms of ${profile.name}`,
    ...[...parts, ...about].flatMap(({ title, lines }) => ['', `${title}:`, ...lines.map((line) => `  ${line}`)]),
  ].join('\n');
}

async function takeOver(
  { desk, store }: Opened,
  record: string,
  vendor: string | undefined,
  terminal: Terminal,
): Promise<ExitCode> {
  const client = (await store.coordinator().ownerOf(record)) ?? US;
  const answer = await new TermsDesk(desk).takeOver(client, record, operator(), vendor === undefined ? {} : { vendor });
  if ('refused' in answer) terminal.err(`${answer.refused} Nothing was recorded.`);
  else terminal.out(`Taken over: ${record} stands at ${answer.view.incident.size} entries.`);
  return 'refused' in answer ? 1 : 0;
}
