import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseDraft, parseRecord, unknownKeys } from '../notice/draft.ts';
import { check } from '../notice/gate.ts';
import { withForms } from '../notice/legal-parts.ts';
import type { Problem, Verdict } from '../notice/problem.ts';
import type { PlainRecord } from '../notice/record.ts';
import type { Template } from '../notice/template.ts';
import { parseTemplate } from '../notice/template.ts';
import type { Command, Terminal } from './command.ts';
import { UsageError } from './command.ts';
import { loadForms } from './law-files.ts';
import { packAt } from './pack-at.ts';
import { recordOfPack } from './pack-record.ts';

const USAGE = 'usage: firebreak draft check DRAFT --record RECORD [--json]';
const TEMPLATES = resolve(import.meta.dirname, '..', '..', 'runbooks', 'notices');

/** `draft check DRAFT --record RECORD [--json]`: the notice gate. Exit 1 when a truth problem stands. */
export const draft: Command = async (args, terminal) => {
  const { path, record, json } = parseArguments(args);
  const draft = parseDraft(await text(path, terminal));
  if (!draft.ok) throw new UsageError(`${path}: ${draft.message}`);
  const plain = await recordAt(record, terminal);
  if ('refused' in plain) return refused(`${record}: ${plain.refused}`, json, terminal);
  for (const key of [...unknownKeys(draft.value, 'draft'), ...unknownKeys(plain.record, 'record')])
    terminal.err(`warning: unknown key in ${key}`);
  const answer = check(draft.value, plain.record, templateOf(draft.value.kind));
  terminal.out(json ? JSON.stringify(answer) : inWords(answer));
  return answer.ok ? 0 : 1;
};

/** A plain record, or a pack: its folder, or the record.jsonl in it. */
async function recordAt(path: string, terminal: Terminal): Promise<{ record: PlainRecord } | { refused: string }> {
  const folder = path !== '-' && basename(path) === 'record.jsonl' ? dirname(path) : path;
  if (path !== '-' && statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return recordOfPack(packAt(folder));
  const plain = parseRecord(await text(path, terminal));
  if (!plain.ok) throw new UsageError(`${path}: ${plain.message}`);
  return { record: plain.value };
}

/** A pack that does not verify carries no draft: one sentence, and with --json a verdict that says so. */
function refused(message: string, json: boolean, terminal: Terminal): 1 {
  const problem: Problem = { sentence: null, rule: 'record.unverified', level: 'truth', message };
  if (json) terminal.out(JSON.stringify({ ok: false, problems: [problem] } satisfies Verdict));
  terminal.err(message);
  return 1;
}

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
  if (statSync(path).isDirectory()) throw new UsageError(`${path}: is a directory, and a draft is a file.`);
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
