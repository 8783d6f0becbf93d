import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { readAdvisories } from '../inventory/advisories.ts';
import type { Advisory } from '../inventory/advisory.ts';
import { decode } from '../inventory/encoding.ts';
import { type ExposureReport, exposure } from '../inventory/exposure.ts';
import { type Inventory, markDuplicates, readInventory, type SourceFile } from '../inventory/inventory.ts';
import { type Command, type Terminal, UsageError } from './command.ts';

const USAGE = 'usage: firebreak exposure --advisory FILE... --inventory DIR [--json]';

/** `firebreak exposure`: which clients are exposed to which advisories, where, and on what basis. */
export const exposureCommand: Command = async (args, terminal) => {
  const { advisories: paths, inventory: folder, json } = argumentsOf(args);
  const advisories = paths.flatMap(advisoriesIn);
  const report = exposure(advisories, inventoriesIn(folder));
  terminal.out(json ? JSON.stringify(report, null, 2) : plain(report));
  if (!json) complain(report, terminal);
  return 0;
};

type Arguments = { advisories: string[]; inventory: string; json: boolean };

function argumentsOf(args: string[]): Arguments {
  const advisories: string[] = [];
  let inventory: string | undefined;
  let json = false;
  for (let at = 0; at < args.length; at += 1) {
    const [flag = '', inline] = splitFlag(args[at] ?? '');
    if (flag === '--json') json = true;
    else if (flag === '--inventory') inventory = inline ?? args[++at];
    else if (flag === '--advisory' && inline !== undefined) advisories.push(inline);
    else if (flag === '--advisory')
      while (args[at + 1] !== undefined && !args[at + 1]?.startsWith('--')) advisories.push(args[++at] ?? '');
    else throw new UsageError(`"${args[at]}" is not understood. ${USAGE}`);
  }
  if (advisories.length === 0 || inventory === undefined) throw new UsageError(USAGE);
  return { advisories, inventory, json };
}

function splitFlag(argument: string): [string, string?] {
  const at = argument.startsWith('--') ? argument.indexOf('=') : -1;
  return at === -1 ? [argument] : [argument.slice(0, at), argument.slice(at + 1)];
}

/** Larger files are refused: no lockfile is, and reading one would hold up everybody else's answer. */
const LARGEST = 64 * 1024 * 1024;

/** The advisories of a file. @throws UsageError */
export function advisoriesIn(path: string): Advisory[] {
  const file = readFile(path, path);
  if ('refused' in file) throw new UsageError(`${path} cannot be read: ${file.refused}.`);
  try {
    return readAdvisories(path, file.text);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readFile(full: string, path: string): SourceFile {
  try {
    const { size } = statSync(full);
    if (size > LARGEST) return { path, refused: `it is larger than ${LARGEST / 1024 / 1024} MB` };
    return { path, text: decode(readFileSync(full)) };
  } catch (error) {
    return { path, refused: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error) };
  }
}

/** The inventories of a folder, one folder per client. @throws UsageError */
export function inventoriesIn(folder: string): Inventory[] {
  const names = foldersIn(folder);
  if (names.length === 0)
    throw new UsageError(`${folder} holds no client folders; put each client's files into ${folder}/<client>/.`);
  const inventories = names.map((name) => readInventory(name, filesIn(join(folder, name))));
  markDuplicates(inventories);
  return inventories;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(
        (entry) =>
          !entry.name.startsWith('.') &&
          (entry.isDirectory() || (entry.isSymbolicLink() && statSync(join(folder, entry.name)).isDirectory())),
      )
      .map((entry) => entry.name)
      .sort();
  } catch {
    throw new UsageError(`${folder} is not a folder that can be read.`);
  }
}

/** A client's files, subfolders included; what a package manager unpacked (node_modules, vendor, .git) is not inventory. */
function filesIn(root: string): SourceFile[] {
  const skipped = new Set(['node_modules', '.git', 'vendor', '.venv', 'venv']);
  const walk = (folder: string, depth: number): SourceFile[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const full = join(folder, entry.name);
      if (entry.isDirectory()) return skipped.has(entry.name) || depth > 12 ? [] : walk(full, depth + 1);
      return entry.isFile() || entry.isSymbolicLink() ? [readFile(full, relative(root, full).split(sep).join('/'))] : [];
    });
  return walk(root, 0);
}

function plain(report: ExposureReport): string {
  return report.clients
    .flatMap(({ client, pairs }) => pairs.map(({ advisory, state, reason }) => `${client}  ${advisory}  ${state}  ${reason}`))
    .join('\n');
}

function complain(report: ExposureReport, terminal: Terminal): void {
  for (const { client, problems } of report.clients) {
    for (const { file, line, message } of problems)
      terminal.err(`${client}/${file}${line === undefined ? '' : `:${line}`}: ${message}`);
  }
}
