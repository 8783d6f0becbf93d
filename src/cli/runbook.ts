import { writeFileSync } from 'node:fs';
import { toCacao } from '../runbook/cacao.ts';
import { compile } from '../runbook/compile.ts';
import { slug } from '../runbook/markdown.ts';
import { mend } from '../runbook/mend.ts';
import type { Problem, Runbook } from '../runbook/runbook.ts';
import { skeleton } from '../runbook/skeleton.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { UsageError } from './command.ts';
import { readRunbook, runbookFiles } from './runbook-file.ts';
import { runbookText } from './runbook-text.ts';

const USAGE =
  'usage: firebreak runbook check PATH... [--json] [--strict] [--fix] | show FILE [--json] | new TITLE [--out FILE] | export FILE --to cacao';

/** `runbook check | show | new | export`. */
export const runbook: Command = async (args, terminal) => {
  const [verb, ...rest] = args;
  if (verb === 'check') return check(rest, terminal);
  if (verb === 'show') return show(rest, terminal);
  if (verb === 'new') return create(rest, terminal);
  if (verb === 'export') return exportTo(rest, terminal);
  throw new UsageError(USAGE);
};

type Parsed = { words: string[]; flags: Set<string>; values: Map<string, string> };

/** Words, `--flags` and `--options VALUE`; whatever the command does not know is refused by name. */
function parse(args: string[], flags: string[], options: string[] = []): Parsed {
  const parsed: Parsed = { words: [], flags: new Set(), values: new Map() };
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const value = args[at + 1];
    if (!arg.startsWith('--')) parsed.words.push(arg);
    else if (flags.includes(arg)) parsed.flags.add(arg);
    else if (options.includes(arg) && value !== undefined) {
      parsed.values.set(arg, value);
      at += 1;
    } else throw new UsageError(`${arg} is not known here. ${USAGE}`);
  }
  return parsed;
}

function oneFile(words: string[]): string {
  const [file] = words;
  if (file === undefined || words.length > 1) throw new UsageError(USAGE);
  return file;
}

function today(terminal: Terminal): string {
  return terminal.now().toZonedDateTimeISO('UTC').toPlainDate().toString();
}

function read(file: string, terminal: Terminal): Runbook {
  return parseRunbook(file, readRunbook(file), terminal);
}

/** A text that must not be parsed is unreadable input, like a file that is too large. */
function parseRunbook(file: string, text: string, terminal: Terminal): Runbook {
  const made = compile(text, { file, today: today(terminal) });
  const refusal = made.problems.find(({ rule }) => rule === 'refused');
  if (refusal !== undefined) throw new UsageError(`${file} is refused: ${refusal.message}.`);
  return made;
}

type Checked = { file: string; problems: Problem[] };

function check(args: string[], terminal: Terminal): ExitCode {
  const { words, flags } = parse(args, ['--json', '--strict', '--fix']);
  if (words.length === 0) throw new UsageError(USAGE);
  const checked: Checked[] = [];
  let unreadable = 0;
  for (const [path, file] of words.flatMap((word) => runbookFiles(word).map((found) => [word, found] as const))) {
    try {
      checked.push(checkFile(file, path, flags.has('--fix'), terminal));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      terminal.err(error.message);
      unreadable += 1;
    }
  }
  report(checked, flags.has('--json'), terminal);
  if (unreadable > 0) return 2;
  const bad = checked.some(({ problems }) =>
    problems.some(({ level }) => level === 'error' || (level === 'warn' && flags.has('--strict'))),
  );
  return bad ? 1 : 0;
}

function checkFile(file: string, path: string, fix: boolean, terminal: Terminal): Checked {
  const text = file === path ? readRunbook(file) : readRunbook(file, path);
  const first = parseRunbook(file, text, terminal).problems;
  if (!fix || !first.some((problem) => problem.fix !== undefined)) return { file, problems: first };
  const mended = mend(text, first);
  writeFileSync(file, mended);
  terminal.err(`${file}: ${first.filter((problem) => problem.fix !== undefined).length} mended`);
  return { file, problems: parseRunbook(file, mended, terminal).problems };
}

function report(checked: Checked[], json: boolean, terminal: Terminal): void {
  const all = checked.flatMap(({ problems }) => problems);
  const count = (level: Problem['level']) => all.filter((problem) => problem.level === level).length;
  if (json) {
    terminal.out(
      JSON.stringify({ ok: count('error') === 0, errors: count('error'), warnings: count('warn'), files: checked }, null, 2),
    );
    return;
  }
  for (const { file, problems } of checked) {
    for (const { line, column, level, message, rule, hint } of problems) {
      terminal.out(`${file}:${line}:${column} ${level} ${message} ${rule}`);
      if (hint !== undefined) terminal.out(`  ${hint}`);
    }
  }
  terminal.err(
    `${checked.length} ${checked.length === 1 ? 'file' : 'files'}: ${count('error')} errors, ${count('warn')} warnings, ${count('info')} notes`,
  );
}

function show(args: string[], terminal: Terminal): ExitCode {
  const { words, flags } = parse(args, ['--json']);
  const made = read(oneFile(words), terminal);
  terminal.out(flags.has('--json') ? JSON.stringify(made, null, 2) : runbookText(made));
  return made.problems.some(({ level }) => level === 'error') ? 1 : 0;
}

function create(args: string[], terminal: Terminal): ExitCode {
  const { words, values } = parse(args, [], ['--out']);
  const title = words.join(' ').trim() || 'What to do when it happens';
  const review = terminal.now().toZonedDateTimeISO('UTC').toPlainDate().add({ months: 6 }).toString();
  const text = skeleton(title, slug(title) || 'runbook', review);
  const out = values.get('--out');
  if (out === undefined) terminal.out(text.trimEnd());
  else write(out, text);
  return 0;
}

/** Never over a file that is there: somebody's runbook is not ours to lose. */
function write(file: string, text: string): void {
  try {
    writeFileSync(file, text, { flag: 'wx' });
  } catch {
    throw new UsageError(`${file} cannot be written; it may exist already, or the folder may not.`);
  }
}

function exportTo(args: string[], terminal: Terminal): ExitCode {
  const { words, values } = parse(args, ['--json'], ['--to']);
  if (values.get('--to') !== 'cacao') throw new UsageError('Say where to: firebreak runbook export FILE --to cacao');
  const made = read(oneFile(words), terminal);
  terminal.out(JSON.stringify(toCacao(made, terminal.now().toString({ fractionalSecondDigits: 3 })), null, 2));
  return 0;
}
