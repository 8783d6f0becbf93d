import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { compile } from '../runbook/compile.ts';
import type { Runbook } from '../runbook/runbook.ts';
import type { Library } from '../slack/house.ts';
import { readRunbook } from './runbook-file.ts';

type Read = { id: string; file: string; source: string; digest: string; stamp: string };

/**
 * The runbooks of a folder: their text is sealed as it stands, so the digest is of the bytes of the file. A file that changed
 * is read again; one that cannot be read as a runbook at the moment stays as it was read last.
 */
export function openLibrary(folder: string): Library & { compiled(id: string): Runbook | undefined } {
  const known = new Map<string, Read>();
  const compiled = new Map<string, { digest: string; runbook: Runbook }>();
  const read = (file: string): Read | undefined => {
    const found = readAgain(folder, file, known.get(file));
    if (found !== undefined) known.set(file, found);
    return found;
  };
  const source = (id: string): Read | undefined => (namesIn(folder).includes(`${id}.md`) ? read(`${id}.md`) : undefined);
  return {
    list: () =>
      namesIn(folder).flatMap((name) => {
        const found = read(name);
        return found === undefined ? [] : [{ id: found.id, file: found.file, title: titleOf(found) }];
      }),
    source: (id) => {
      const found = source(id);
      return found === undefined ? undefined : { id, file: found.file, source: found.source, digest: found.digest };
    },
    compiled: (id) => {
      const found = source(id);
      if (found === undefined) return undefined;
      const made = compiled.get(id);
      if (made?.digest === found.digest) return made.runbook;
      const runbook = compile(found.source, { file: found.file });
      compiled.set(id, { digest: found.digest, runbook });
      return runbook;
    },
  };
}

const namesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort();

const titleOf = ({ id, source }: Read): string => /^title:\s*(.+)$/m.exec(source)?.[1]?.replace(/^["']|["']$/g, '') ?? id;

function readAgain(folder: string, file: string, before: Read | undefined): Read | undefined {
  try {
    const { mtimeMs, size, ino } = statSync(join(folder, file));
    const stamp = `${mtimeMs}/${size}/${ino}`;
    if (before?.stamp === stamp) return before;
    const source = readRunbook(join(folder, file), folder);
    const digest = createHash('sha256').update(source).digest('hex');
    return { id: basename(file, '.md'), file, source, digest, stamp };
  } catch {
    // Half saved, too large, or gone between two looks: what was read before still holds.
    return before;
  }
}
