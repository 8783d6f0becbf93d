import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseDraft, parseRecord, unknownKeys } from '../notice/draft.ts';
import { check } from '../notice/gate.ts';
import { withForms } from '../notice/legal-parts.ts';
import type { Problem, Verdict } from '../notice/problem.ts';
import type { Template } from '../notice/template.ts';
import { parseTemplate } from '../notice/template.ts';
import type { Command, Terminal } from './command.ts';
import { UsageError } from './command.ts';
import { loadForms } from './law-files.ts';

const USAGE = 'usage: firebreak draft check DRAFT --record RECORD [--json]';
const TEMPLATES = resolve(import.meta.dirname, '..', '..', 'runbooks', 'notices');

/** `draft check DRAFT --record RECORD [--json]`: the notice gate. Exit 1 when a truth problem stands. */
export const draft: Command = async (args, terminal) => {
  const { path, record, json } = parseArguments(args);
  const draft = parseDraft(await text(path, terminal));
  if (!draft.ok) throw new UsageError(`${path}: ${draft.message}`);
  const plain = parseRecord(await text(record, terminal));
  if (!plain.ok) throw new UsageError(`${record}: ${plain.message}`);
  for (const key of [...unknownKeys(draft.value, 'draft'), ...unknownKeys(plain.value, 'record')])
    terminal.err(`warning: unknown key in ${key}`);
  const answer = check(draft.value, plain.value, templateOf(draft.value.kind));
  terminal.out(json ? JSON.stringify(answer) : inWords(answer));
  return answer.ok ? 0 : 1;
};

function parseArguments(args: string[]): { path: string; record: string; json: boolean } {
  const rest = args.slice(1);
  const json = rest.includes('--json');
  const at = rest.indexOf('--record');
  const record = at >= 0 ? rest[at + 1] : undefined;
  const path = rest.find((it, index) => !it.startsWith('--') && index !== at + 1);
  const strange = rest.find((it) => it.startsWith('--') && it !== '--json' && it !== '--record');
  if (args[0] !== 'check' || strange !== undefined || record === undefined || path === undefined) throw new UsageError(USAGE);
  return { path, record, json };
}

async function text(path: string, terminal: Terminal): Promise<string> {
  if (path === '-') return terminal.stdin();
  if (!existsSync(path)) throw new UsageError(`${path}: there is no such file.`);
  if (statSync(path).isDirectory()) throw new UsageError(`${path}: is a directory; name a plain record file.`);
  return readFileSync(path, 'utf8');
}

/** The template of this kind; undefined where the kind is not said. */
function templateOf(kind: string | undefined): Template | undefined {
  const path = kind === undefined ? '' : join(TEMPLATES, `${kind}.md`);
  if (!existsSync(path)) return undefined;
  const template = parseTemplate(readFileSync(path, 'utf8'));
  if (!template.ok) throw new UsageError(`${path}: ${template.message}`);
  return withForms(template.value, loadForms());
}

function inWords({ ok, problems }: Verdict): string {
  const lines = problems.map(line);
  const end = ok ? 'No truth problem. A person still has to approve it.' : 'NOT to be sent: the record does not carry it.';
  return [...lines, end].join('\n');
}

function line({ sentence, level, rule, message, suggestion }: Problem): string {
  const where = sentence === null ? 'draft' : `sentence ${sentence + 1}`;
  return `${where}: ${level} ${rule}: ${message}${suggestion === undefined ? '' : `\n    ${suggestion}`}`;
}
