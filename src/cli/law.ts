/** `law build` writes the JSON that a run loads; `law check` says whether the law data are sound. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildLaw } from '../law/build.ts';
import { checkLaw } from '../law/check.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { UsageError } from './command.ts';
import { LAW_FOLDER, readLawYaml } from './law-files.ts';

export const law: Command = async (args, terminal) => {
  const json = args.includes('--json');
  const [verb, ...rest] = args.filter((arg) => arg !== '--json');
  if (rest.length === 0 && verb === 'build') return build(terminal);
  if (rest.length === 0 && verb === 'check') return check(terminal, json);
  throw new UsageError('usage: firebreak law check [--json] | law build');
};

function build(terminal: Terminal): ExitCode {
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

function check(terminal: Terminal, json: boolean): ExitCode {
  const files = readLawYaml();
  const report = checkLaw(files, lawTests());
  const stale = staleFiles(buildLaw(files).files);
  const problems = [...report.problems, ...stale];
  if (json) terminal.out(JSON.stringify({ ...report, ok: problems.length === 0, problems }, null, 2));
  else {
    for (const { file, rule, field, message } of problems) terminal.out(`${file}: ${rule} ${field}: ${message}`);
    terminal.out(`${report.records} records, ${report.inForce} duties in force, ${problems.length} problems`);
    if (report.untested.length > 0)
      terminal.out(`named by no test of their own (only by the two generated ones): ${report.untested.join(', ')}`);
  }
  return problems.length === 0 ? 0 : 1;
}

function staleFiles(built: Map<string, string>): { file: string; rule: string; field: string; message: string }[] {
  const folder = join(LAW_FOLDER, 'built');
  const current = (name: string, text: string) =>
    existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') === text;
  const stale = [...built].filter(([name, text]) => !current(name, text)).map(([name]) => name);
  return stale.map((name) => ({ file: `built/${name}`, rule: '', field: '', message: 'not current: run "npm run build:law"' }));
}

function lawTests(): string[] {
  const folder = resolve(LAW_FOLDER, '..', '..', 'test');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^law-.*\.test\.ts$/.test(name));
  return names.map((name) => readFileSync(join(folder, name), 'utf8'));
}
