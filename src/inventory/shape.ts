/** Guards for foreign documents: what is not of the shape asked for is simply not there. */
import type { z } from 'zod';

/** An object of a foreign document, nothing known about its values. */
export type Fields = Record<string, unknown>;

/** The value if it is an object, not a list. */
export function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

/** The elements if it is a list, otherwise none. */
export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A text of at least one visible character; numbers count, because YAML and XML readers disagree on them. */
export function text(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

/** One element or many: XML readers give either. */
export function each(value: unknown): unknown[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** The elements that are objects; any other has nothing to say. */
export function eachFields(value: unknown): Fields[] {
  return each(value).map((entry) => fields(entry) ?? {});
}

/** What is wrong, and at which field: where a value may have several forms, of the form that it came nearest to. */
export function firstIssue({ issues }: z.ZodError): { field: string; message: string } {
  const [issue] = issues;
  return issue === undefined ? { field: '', message: 'cannot be read' } : deepest(issue, []);
}

function deepest(issue: z.core.$ZodIssue, above: PropertyKey[]): { field: string; message: string } {
  const path = [...above, ...issue.path];
  const [near] =
    issue.code === 'invalid_union'
      ? issue.errors.flatMap(([one]) => one ?? []).sort((a, b) => b.path.length - a.path.length || isForeign(a) - isForeign(b))
      : [];
  return near === undefined ? { field: path.join('.'), message: issue.message } : deepest(near, path);
}

/** Of a form that takes another type of value altogether. */
const isForeign = ({ code }: z.core.$ZodIssue): number => (code === 'invalid_type' ? 1 : 0);

/** Deeper documents are refused: nothing real is nested like this, and a walk over it could exhaust the stack. */
export const MAX_DEPTH = 100;

/** Parses JSON into fields, or throws one clear sentence. */
export function jsonFields(source: string, what: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch (error) {
    throw new Error(`it is not readable JSON (${error instanceof Error ? error.message : 'syntax error'})`);
  }
  const found = fields(value);
  if (found === undefined) throw new Error(`it is JSON, but not ${what}`);
  return found;
}

/** The 1-based line of every place where `pattern` (global) matches. */
export function linesOf(source: string, pattern: RegExp): number[] {
  const lines: number[] = [];
  let line = 1;
  let from = 0;
  for (const match of source.matchAll(pattern)) {
    for (let at = source.indexOf('\n', from); at !== -1 && at < match.index; at = source.indexOf('\n', at + 1)) {
      line += 1;
      from = at + 1;
    }
    lines.push(line);
  }
  return lines;
}
