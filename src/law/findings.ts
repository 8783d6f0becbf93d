/**
 * Findings: what the team says about the incident, as one evaluation reads it. Bytes enter here: a value that contradicts the
 * schema is refused with the name of its field; an unknown key, mark, sector or data element is a warning.
 */
import type { Refusal } from './duty.ts';
import { momentOf } from './order.ts';
import type { Findings, Scope } from './scope.ts';
import { ScopeReader } from './scope-reader.ts';

/** What one reading gives: the findings that stand, what was refused, what was not understood. */
export type Reading = { findings: Findings; refused: Refusal[]; warnings: string[] };

/**
 * Reads findings. A scope (the whole, or one client) with a refusal is left out; the others stand.
 * `defaultNow` is used when the findings name no instant of evaluation (epoch ms).
 */
export function parseFindings(input: unknown, defaultNow: number): Reading {
  const refused: Refusal[] = [];
  const warnings: string[] = [];
  const empty = { findings: { now: defaultNow, scopes: [] }, refused, warnings };
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    refused.push({ field: '', message: 'Findings are a mapping of keys such as now, entity and anchors.' });
    return empty;
  }
  const { clients, now: rawNow, ...top } = input as Record<string, unknown>;
  const now = readNow(rawNow, defaultNow, refused);
  if (now === undefined) return empty;
  const scopes: Scope[] = [];
  const add = (raw: unknown, client: string | null) => {
    const scope = new ScopeReader(client, now, warnings).read(raw);
    if ('scope' in scope) scopes.push(scope.scope);
    else refused.push(...scope.refused);
  };
  if (clients === undefined) add(top, null);
  else if (typeof clients !== 'object' || clients === null || Array.isArray(clients)) {
    refused.push({ field: 'clients', message: 'clients is a mapping from a client key to its findings.' });
  } else {
    const names = new Set(Object.keys(clients));
    const own = without(top, names);
    if (Object.keys(own).length > 0) add(own, null);
    for (const [key, raw] of Object.entries(clients)) add(withOwn(raw, top, key), key);
  }
  return { findings: { now, scopes }, refused, warnings };
}

const HANDED_DOWN = ['filings', 'decisions'] as const;

function instanceOf(item: unknown): string {
  const instance = typeof item === 'object' && item !== null && 'instance' in item ? item.instance : undefined;
  return typeof instance === 'string' ? (instance.split('/')[0] ?? '') : '';
}

/** The filings and decisions of the whole that name a client belong to that client, and to nobody else. */
function without(top: Record<string, unknown>, names: ReadonlySet<string>): Record<string, unknown> {
  const rest = { ...top };
  for (const key of HANDED_DOWN) {
    const list = rest[key];
    if (!Array.isArray(list)) continue;
    const kept = list.filter((item) => !names.has(instanceOf(item)));
    if (kept.length > 0) rest[key] = kept;
    else delete rest[key];
  }
  return rest;
}

function withOwn(raw: unknown, top: Record<string, unknown>, client: string): unknown {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return raw;
  const merged: Record<string, unknown> = { ...raw };
  for (const key of HANDED_DOWN) {
    const shared = top[key];
    const mine = Array.isArray(shared) ? shared.filter((item) => instanceOf(item) === client) : [];
    if (mine.length > 0) merged[key] = [...(Array.isArray(merged[key]) ? merged[key] : []), ...mine];
  }
  return merged;
}

function readNow(raw: unknown, fallback: number, refused: Refusal[]): number | undefined {
  if (raw === undefined) return fallback;
  const moment = typeof raw === 'string' ? momentOf(raw, 'UTC') : undefined;
  if (moment !== undefined && moment.bareDay === undefined) return moment.at;
  refused.push({ field: 'now', message: 'now is a time with an offset, like 2026-10-24T09:00+02:00.' });
  return undefined;
}
