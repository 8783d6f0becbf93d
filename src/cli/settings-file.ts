import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Terminal, UsageError } from './command.ts';

const NAMES = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_API_URL',
  'PORT',
  'FIREBREAK_DATA',
  'FIREBREAK_INVENTORY',
  'FIREBREAK_CLIENTS',
  'FIREBREAK_WITNESS',
  'FIREBREAK_WORKSPACES',
  'FIREBREAK_PASSPHRASE',
  'FIREBREAK_LOG',
  'OPENAI_API_KEY',
  'OPENAI_BASE_URL',
  'OPENAI_MODEL',
];

/**
 * The settings of `firebreak.yaml` in the folder where it is started, or of the file that FIREBREAK_CONFIG names: the names of
 * the environment, a value each. What stands in the environment wins; an unknown name is a warning.
 * @throws UsageError where the file cannot be read.
 */
export async function withSettings(terminal: Terminal): Promise<Terminal> {
  const named = terminal.env.FIREBREAK_CONFIG;
  const path = resolve(named ?? 'firebreak.yaml');
  if (named !== undefined && !existsSync(path)) throw new UsageError(`${named}: there is no such file of settings.`);
  if (!existsSync(path)) return terminal;
  const { yamlTexts } = await import('../inventory/yaml-text.ts');
  const settings = read(path, yamlTexts);
  const strange = Object.keys(settings).filter((name) => !NAMES.includes(name));
  if (strange.length > 0) terminal.err(`warning: ${path} has unknown settings, left alone: ${strange.join(', ')}.`);
  const known = Object.fromEntries(Object.entries(settings).filter(([name]) => NAMES.includes(name)));
  return { ...terminal, env: { ...known, ...terminal.env } };
}

function read(path: string, parse: (source: string) => unknown): Record<string, string> {
  let value: unknown;
  try {
    value = parse(readFileSync(path, 'utf8')) ?? {};
  } catch (error) {
    throw new UsageError(`${path}: ${error instanceof Error ? error.message : 'it cannot be read'}.`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`${path}: one "NAME: value" a line is expected.`);
  const nested = Object.entries(value).find(([, setting]) => typeof setting !== 'string');
  if (nested !== undefined) throw new UsageError(`${path}: the setting "${nested[0]}" must be one value.`);
  return value as Record<string, string>;
}
