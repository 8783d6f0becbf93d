import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What file managers leave behind: no part of a pack, and no sign of tampering. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * Reads an export into memory: path inside the pack, with `/`, to bytes. Runs on Node 20 as well.
 * @throws Error with a sentence where `directory` is none or cannot be read.
 */
export function readPack(directory: string): Map<string, Uint8Array> {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`"${directory}" is not a directory. An export is a folder; unpack it first.`);
  const files = new Map<string, Uint8Array>();
  for (const path of filesBelow(directory)) files.set(relative(directory, path).split(sep).join('/'), readFileSync(path));
  return files;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !LITTER.has(name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) return filesBelow(path);
      // A link may lead out of the export, and a pipe never ends: neither is part of one.
      if (!entry.isFile()) throw new Error(`"${path}" is neither a file nor a folder.`);
      return [path];
    });
}
