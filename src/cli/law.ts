/** `law build` writes the JSON that a run loads; `law check` says whether the law data are sound. */
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildLaw } from '../law/build.ts';
import type { Command } from './command.ts';
import { UsageError } from './command.ts';
import { LAW_FOLDER, readLawYaml } from './law-files.ts';

export const law: Command = async (args, terminal) => {
  if (args[0] === 'build' && args.length === 1) {
    const { files, problems } = buildLaw(readLawYaml());
    for (const { file, rule, field, message } of problems) terminal.err(`${file}: ${rule} ${field}: ${message}`);
    if (problems.length > 0) return 1;
    const folder = join(LAW_FOLDER, 'built');
    mkdirSync(folder, { recursive: true });
    for (const name of readdirSync(folder)) if (!files.has(name)) rmSync(join(folder, name));
    for (const [name, text] of files) writeFileSync(join(folder, name), text);
    terminal.out(`${files.size} files built`);
    return 0;
  }
  throw new UsageError('usage: firebreak law check [--json] | law build');
};
