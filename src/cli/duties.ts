/** `duties FINDINGS [--json]`: who must be told, by when, under which rule. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { evaluate } from '../law/duties.ts';
import type { Duty } from '../law/duty.ts';
import { parseFindings } from '../law/findings.ts';
import { jurisdictionsOf } from '../law/jurisdictions.ts';
import type { Command } from './command.ts';
import { UsageError } from './command.ts';
import { loadHolidays, loadRules } from './law-files.ts';

/** Evaluates one findings file (JSON or YAML, `-` for standard input). Exit 1 when something in it was refused. */
export const duties: Command = async (args, terminal) => {
  const json = args.includes('--json');
  const [file, ...rest] = args.filter((arg) => arg !== '--json');
  if (file === undefined || rest.length > 0) throw new UsageError('usage: firebreak duties FINDINGS [--json]');
  const input = document(file === '-' ? await terminal.stdin() : read(file), file);
  const reading = parseFindings(input, terminal.now().epochMilliseconds);
  const places = new Set(reading.findings.scopes.flatMap((scope) => [...jurisdictionsOf(scope)]));
  const result = evaluate(reading.findings, loadRules(places), loadHolidays());
  const refused = [...reading.refused, ...result.refused];
  const warnings = [...reading.warnings, ...result.warnings];
  for (const warning of warnings) terminal.err(`warning: ${warning}`);
  if (json) terminal.out(JSON.stringify({ duties: result.duties.map(published), refused, warnings }, null, 2));
  else {
    for (const duty of result.duties) if (duty.state !== 'not-triggered') terminal.out(line(duty));
    for (const { field, message } of refused) terminal.err(`refused: ${field}: ${message}`);
    terminal.out('Computed from the findings given; not legal advice.');
  }
  return refused.length > 0 ? 1 : 0;
};

/** A duty with the published keys only. */
function published({ startedAt, done, ...duty }: Duty): Omit<Duty, 'startedAt' | 'done'> {
  return duty;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new UsageError(`${file} cannot be read. Give the path of a findings file in YAML or JSON.`);
  }
}

function document(text: string, file: string): unknown {
  try {
    return parse(text, { maxAliasCount: 100 });
  } catch (error) {
    throw new UsageError(
      `${file}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'it is neither YAML nor JSON'}`,
    );
  }
}

function line(duty: Duty): string {
  const name = duty.instance === null ? duty.id : `${duty.id} [${duty.instance}]`;
  const due =
    duty.due === null
      ? ''
      : ` ${duty.due}${duty.due.length === 10 ? ` (end of day, ${duty.zone})` : ''}${duty.provisional ? ' provisional' : ''}`;
  return `${duty.state.padEnd(12)} ${name}${due}\n             ${duty.recipient}. ${duty.citation}. ${duty.why}`;
}
