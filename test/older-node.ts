import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** A Node older than the pinned one, as an outsider has it: the first on PATH from 20 to 25. */
export function olderNode(): string | undefined {
  const name = process.platform === 'win32' ? 'node.exe' : 'node';
  const candidates = (process.env.PATH ?? '').split(delimiter).map((directory) => join(directory, name));
  return candidates.find((node) => {
    const major = Number(/^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1]);
    return major >= 20 && major < 26;
  });
}
