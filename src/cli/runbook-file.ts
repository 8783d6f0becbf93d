import { lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UsageError } from './command.ts';

/** Above this nothing is read at all: a runbook is read by people. */
const MAX_BYTES = 256 * 1024;

/**
 * The text of a runbook, read only when it is a small regular UTF-8 file inside `root` (its own folder unless given).
 * Throws UsageError with one sentence otherwise. Size is asked before reading, so a huge file costs nothing.
 */
export function readRunbook(path: string, root: string = dirname(path)): string {
  const real = inside(path, root);
  const { size } = statSync(real);
  if (size > MAX_BYTES) throw new UsageError(`${path} is larger than 256 KB; split it into several runbooks.`);
  const bytes = readFileSync(real);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${path} is not UTF-8 text; save it as UTF-8 and try again.`);
  }
}

/** The real path, when it is a regular file that no link leads out of the root. */
function inside(path: string, root: string): string {
  let real: string;
  let base: string;
  try {
    real = realpathSync(path);
    base = realpathSync(root);
  } catch {
    throw new UsageError(`${path} cannot be read; check the name.`);
  }
  if (relative(base, real).startsWith('..') || resolve(base, relative(base, real)) !== real)
    throw new UsageError(`${path} is a link to a place outside its folder; copy the file in instead.`);
  if (!statSync(real).isFile()) throw new UsageError(`${path} is not a file; name a markdown file.`);
  return real;
}

/** The markdown files that a path names: itself, or everything below a folder. Hidden folders and node_modules are passed by. */
export function runbookFiles(path: string): string[] {
  let found: ReturnType<typeof lstatSync>;
  try {
    found = lstatSync(path);
  } catch {
    throw new UsageError(`${path} does not exist; name a markdown file or a folder.`);
  }
  if (found?.isDirectory() !== true) return [path];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .flatMap((entry) => {
      if (entry.isDirectory()) return runbookFiles(join(path, entry.name));
      return /\.(md|markdown)$/i.test(entry.name) ? [join(path, entry.name)] : [];
    })
    .sort((a, b) => (a.split(sep).join('/') < b.split(sep).join('/') ? -1 : 1));
}
