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
  if (clients === undefined || Object.keys(top).length > 0) add(top, null);
  if (typeof clients === 'object' && clients !== null) for (const [key, raw] of Object.entries(clients)) add(raw, key);
  else if (clients !== undefined)
    refused.push({ field: 'clients', message: 'clients is a mapping from a client key to its findings.' });
  return { findings: { now, scopes }, refused, warnings };
}

function readNow(raw: unknown, fallback: number, refused: Refusal[]): number | undefined {
  if (raw === undefined) return fallback;
  const moment = typeof raw === 'string' ? momentOf(raw, 'UTC') : undefined;
  if (moment !== undefined && moment.bareDay === undefined) return moment.at;
  refused.push({ field: 'now', message: 'now is a time with an offset, like 2026-10-24T09:00+02:00.' });
  return undefined;
}
