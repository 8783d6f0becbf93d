import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Drill } from '../desk/drill.ts';
import { UsageError } from './command.ts';

const Fact = z.object({
  at: z.string(),
  precision: z.enum(['minute', 'hour', 'day', 'month', 'year']),
  actor: z.string(),
  text: z.string(),
  kind: z.enum(['event', 'notice', 'advice', 'decision', 'outcome']),
  source: z.string(),
  confidence: z.string(),
});

const Line = z.looseObject({ at: z.string(), by: z.string(), do: z.string() });

/** A bare timeline: a list of facts. */
export const TimelineFile = z.array(Fact).min(1);

/** A timeline with a script of responders. */
export const DrillFile = z.object({
  id: z.string(),
  title: z.string(),
  runbook: z.string(),
  people: z.array(z.object({ id: z.string(), name: z.string(), roles: z.array(z.string()) })).min(1),
  timeline: z.array(Fact),
  script: z.array(Line),
});

/** Without a script, one person does what the runbook says. */
const NOBODY = [{ id: 'responder', name: 'Scripted responder', roles: ['Lead'] }];

/**
 * A drill with its script, or a bare timeline (a list), which then has no script.
 * @throws UsageError with the file and the field where it is neither.
 */
export function readDrill(path: string): Drill {
  let data: unknown;
  try {
    data = parse(readFileSync(path, 'utf8'), { maxAliasCount: 0 });
  } catch (error) {
    throw new UsageError(`The timeline ${path} cannot be read: ${error instanceof Error ? error.message.split('\n')[0] : error}`);
  }
  const read = Array.isArray(data) ? TimelineFile.safeParse(data) : DrillFile.safeParse(data);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new UsageError(`${path}: ${issue?.path.join('.') || 'the file'}: ${issue?.message}`);
  }
  const id = basename(path).replace(/\.ya?ml$/, '');
  return Array.isArray(read.data)
    ? { id, title: id, runbook: 'msp-tool-compromise', people: NOBODY, timeline: read.data, script: [] }
    : read.data;
}
