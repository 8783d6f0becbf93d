import { readFileSync } from 'node:fs';
import { UnreadablePack } from '../export/files.ts';
import type { Verdict } from '../export/verdict.ts';
import { verifyPack } from '../export/verify.ts';
import { type ExitCode, type Terminal, UsageError } from './command.ts';
import { readPack } from './pack-directory.ts';

const USAGE = 'usage: firebreak verify EXPORT [--checkpoint FILE|-] [--json]';

/** All that it needs of a terminal: no environment and no clock. */
export type Speech = Pick<Terminal, 'out' | 'err' | 'stdin'>;

type Request = { directory: string; checkpoint?: string; json: boolean };

/**
 * `firebreak verify`: whether an export is unchanged since a head kept elsewhere. It needs `export/` and `record/` alone and
 * runs on Node 20, because an outsider runs it on whatever is there; the `verify.mjs` of every pack is made from this file.
 */
export async function verify(args: string[], terminal: Speech): Promise<ExitCode> {
  const request = readArguments(args);
  const pack = readOrRefuse(request.directory);
  const checkpoint = request.checkpoint === undefined ? undefined : await readCheckpoint(request.checkpoint, terminal);
  const verdict = await judged(pack, checkpoint, terminal);
  terminal.out(request.json ? JSON.stringify(verdict, null, 2) : printed(verdict));
  return verdict.ok ? 0 : 1;
}

function readArguments(args: string[]): Request {
  const request: { directory?: string; checkpoint?: string; json: boolean } = { json: false };
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--json') request.json = true;
    else if (arg === '--checkpoint')
      request.checkpoint = rest.shift() ?? refuse(`--checkpoint needs a file, or - for standard input. ${USAGE}`);
    else if (arg.startsWith('--checkpoint=')) request.checkpoint = arg.slice('--checkpoint='.length);
    else if (arg.startsWith('-')) refuse(`verify does not know "${arg}". ${USAGE}`);
    else if (request.directory !== undefined) refuse(`verify takes one export at a time. ${USAGE}`);
    else request.directory = arg;
  }
  const { directory, ...others } = request;
  return { directory: directory ?? refuse(USAGE), ...others };
}

function refuse(sentence: string): never {
  throw new UsageError(sentence);
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function readOrRefuse(directory: string): Map<string, Uint8Array> {
  try {
    return readPack(directory);
  } catch (error) {
    return refuse(`The export cannot be read: ${reason(error)}`);
  }
}

async function readCheckpoint(file: string, terminal: Speech): Promise<string> {
  try {
    return file === '-' ? await terminal.stdin() : readFileSync(file, 'utf8');
  } catch (error) {
    return refuse(`The checkpoint cannot be read: ${reason(error)}`);
  }
}

async function judged(pack: Map<string, Uint8Array>, checkpoint: string | undefined, terminal: Speech): Promise<Verdict> {
  const started = performance.now();
  const progress = (step: string, done: number) => {
    if (done < 1 && performance.now() - started > 1000) terminal.err(`${step} (${Math.round(done * 100)} %)`);
  };
  try {
    return await verifyPack(pack, checkpoint === undefined ? { progress } : { progress, checkpoint });
  } catch (error) {
    if (error instanceof UnreadablePack) return refuse(error.message);
    throw error;
  }
}

/** At most this many problems are printed one by one; `--json` has them all. */
const SHOWN = 20;

function printed({ says, problems, checkpoints, entries, root }: Verdict): string {
  const more = problems.length > SHOWN ? [`  and ${problems.length - SHOWN} more (--json lists them all)`] : [];
  const heads = checkpoints.map(
    ({ size, ok, witnessed }) =>
      `  ${size} entries: ${ok ? 'matches' : 'DOES NOT MATCH'}${witnessed ? ', given from outside' : ''}`,
  );
  return [
    says,
    ...(problems.length === 0 ? [] : ['', 'Problems:', ...problems.slice(0, SHOWN).map(({ message }) => `  ${message}`), ...more]),
    '',
    `Entries: ${entries}. Root: ${root}`,
    ...(heads.length === 0 ? [] : ['Checkpoints:', ...heads]),
  ].join('\n');
}
