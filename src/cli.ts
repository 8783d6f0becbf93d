import type { Command, ExitCode, Terminal } from './cli/command.ts';
import { UsageError } from './cli/command.ts';

/** Every command is loaded only when asked for: `verify` must not cost an outsider Bolt, zod or SQLite. */
const COMMANDS: Record<string, { about: string; load: () => Promise<Command> }> = {
  start: {
    about: 'open the room, or connect to Slack where SLACK_BOT_TOKEN is set',
    load: async () => (await import('./cli/start.ts')).start,
  },
  incidents: { about: 'the incidents in the store', load: async () => (await import('./cli/incidents.ts')).incidents },
  export: { about: 'INCIDENT --out PATH: the reviewer pack', load: async () => (await import('./cli/export.ts')).exportRecord },
  import: { about: 'EXPORT, or --plain FILE: into this store', load: async () => (await import('./cli/import.ts')).importRecord },
  manifest: { about: 'print the Slack app manifest', load: async () => (await import('./cli/manifest.ts')).printManifest },
  drill: { about: 'TIMELINE.yaml: replay a real timeline, marked DRILL', load: async () => (await import('./cli/drill.ts')).drill },
  verify: {
    about: 'whether an export is unchanged since a checkpoint kept elsewhere',
    load: async () => (await import('./cli/verify.ts')).verify,
  },
  duties: {
    about: 'FINDINGS: who must be told, by when, under which rule',
    load: async () => (await import('./cli/duties.ts')).duties,
  },
  law: { about: 'check or build the law data', load: async () => (await import('./cli/law.ts')).law },
  exposure: {
    about: 'which clients are exposed to an advisory',
    load: async () => (await import('./cli/exposure.ts')).exposureCommand,
  },
  clients: { about: 'the register: list, import FILE|DIR, leave', load: async () => (await import('./cli/clients.ts')).clients },
  lanes: { about: 'INCIDENT: its lanes; sort the clients, open one', load: async () => (await import('./cli/lanes.ts')).lanes },
  board: { about: 'INCIDENT: every client with its state, --html OUT', load: async () => (await import('./cli/board.ts')).board },
  terms: {
    about: 'contracts and policies: hotline, consent, notices due',
    load: async () => (await import('./cli/terms.ts')).terms,
  },
  costs: { about: 'INCIDENT: the proof of loss; import a time sheet', load: async () => (await import('./cli/costs.ts')).costs },
  calls: { about: 'INCIDENT: whom to phone in which order, --out FILE', load: async () => (await import('./cli/calls.ts')).calls },
  receipt: {
    about: 'CLIENT --incident ID --out DIR: what a client was told, to hand over',
    load: async () => (await import('./cli/receipt.ts')).receipt,
  },
  runbook: { about: 'check, show, new or export runbooks', load: async () => (await import('./cli/runbook.ts')).runbook },
  schema: {
    about: 'NAME: the JSON Schema of a file that goes in or comes out',
    load: async () => (await import('./cli/schema.ts')).schema,
  },
  draft: { about: 'check a notice against the record', load: async () => (await import('./cli/draft.ts')).draft },
};

/** What an outsider runs, anywhere and with nothing beside it. */
const BARE = new Set(['verify']);

const HELP = () =>
  [
    'usage: firebreak COMMAND [ARGUMENTS]',
    '',
    ...Object.entries(COMMANDS).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`),
  ].join('\n');

/** Runs one command. Whatever goes wrong becomes one clear line and an exit code of the design's section 6. */
export async function cli(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help') {
    terminal.out(HELP());
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS[name];
  if (command === undefined) {
    terminal.err(`There is no command "${name}". Run "firebreak help" for the list.`);
    return 2;
  }
  try {
    const settled = BARE.has(name) ? terminal : await (await import('./cli/settings-file.ts')).withSettings(terminal);
    return await (await command.load())(rest, settled);
  } catch (error) {
    terminal.err(error instanceof UsageError ? plain(error.message) : `firebreak ${name}: ${plain(sentence(error))}`);
    return 2;
  }
}

/** Readers of files speak of the line that they would have shown below, and of their own stack. */
const plain = (message: string): string =>
  message
    .trimEnd()
    .replace(/:(?=$|\. )/, '')
    .replace('Maximum call stack size exceeded', 'it is nested too deep');

function sentence(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n')[0] ?? 'it failed') : String(error);
}

// A reader that went away (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  env: process.env,
  stdin: async () => Buffer.concat(await process.stdin.toArray()).toString('utf8'),
  now: () => Temporal.Now.instant(),
};

if (process.argv[1] === import.meta.filename) process.exitCode = await cli(process.argv.slice(2), processTerminal);
