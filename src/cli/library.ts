import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compile } from '../runbook/compile.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { Library } from '../slack/house.ts';

/** The runbooks of a folder: their text is sealed as it stands, so the digest is of the bytes of the file. */
export function openLibrary(folder: string): Library & { compiled(id: string): Runbook | undefined } {
  const files = readdirSync(folder).filter((name) => name.endsWith('.md'));
  const read = files.map((name) => {
    const source = readFileSync(join(folder, name), 'utf8');
    return { file: name, source, id: basename(name, '.md') };
  });
  const compiled = new Map<string, Runbook>();
  const runbook = (id: string): Runbook | undefined => {
    const found = read.find((one) => one.id === id);
    if (found === undefined) return undefined;
    const known = compiled.get(id) ?? compile(found.source, { file: found.file });
    compiled.set(id, known);
    return known;
  };
  return {
    list: () =>
      read.map(({ id, file, source }) => ({
        id,
        file,
        title: /^title:\s*(.+)$/m.exec(source)?.[1]?.replace(/^["']|["']$/g, '') ?? id,
      })),
    source: (id) => {
      const found = read.find((one) => one.id === id);
      return found === undefined ? undefined : { ...found, digest: createHash('sha256').update(found.source).digest('hex') };
    },
    compiled: runbook,
  };
}
