import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** What file managers leave behind: no part of a pack, and no sign of tampering. */
const LITTER = new Set(['.DS_Store', 'Thumbs.db', 'desktop.ini']);

/**
 * Reads an export into memory: path inside the pack, with `/`, to bytes. Runs on Node 20 as well.
 * @throws Error with a sentence where `directory` is none or cannot be read.
 */
export function readPack(directory: string): Map<string, Uint8Array> {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`"${directory}" is not a directory.`);
  const files = new Map<string, Uint8Array>();
  for (const path of filesBelow(directory)) files.set(relative(directory, path).split(sep).join('/'), readFileSync(path));
  return files;
}

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter(({ name }) => !LITTER.has(name))
    .flatMap((entry) => {
      const path = join(directory, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    });
}
