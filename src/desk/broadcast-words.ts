import type { ExposureState } from '../inventory/investigation.ts';
import { clock } from '../record/turn.ts';
import { STATE_WORDS } from './board-words.ts';
import { profileOf } from './clients.ts';
import type { RecordView } from './view.ts';

/** What a template may name, filled from the client's own records and nothing else. */
export const PLACEHOLDERS = ['name', 'contact', 'state', 'basis', 'as_of'] as const;

/** How a client stands: what people found out in its lane, or else what its files showed. */
export type Known = { state: ExposureState; reason: string; at: string };

export function knownOf(standing: RecordView, lane: RecordView | undefined, incident: string): Known | undefined {
  const own = lane?.incident.lanes.lane;
  if (own !== undefined) return { state: own.state, reason: own.reason, at: own.asOf };
  return standing.incident.lanes.assessed.get(incident);
}

/** The words for one client, or the placeholder that its own records cannot fill. */
export function renderFor(
  text: string,
  standing: RecordView,
  incident: string,
  lane?: RecordView,
): { text: string } | { gap: string } {
  const values = valuesOf(standing, knownOf(standing, lane, incident));
  const gaps: string[] = [];
  const rendered = text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined || value === '') gaps.push(key);
    return value ?? '';
  });
  return gaps[0] === undefined ? { text: standing.incident.drill ? `DRILL: ${rendered}` : rendered } : { gap: gaps[0] };
}

function valuesOf({ incident: { lanes } }: RecordView, known: Known | undefined): Record<string, string | undefined> {
  const profile = profileOf(lanes.client?.profile);
  return {
    name: lanes.client?.name,
    contact: profile?.contacts[0]?.name,
    state: known === undefined ? undefined : STATE_WORDS[known.state],
    basis: known?.reason,
    as_of: known === undefined ? undefined : `${known.at.slice(0, 10)} ${clock(known.at)}`,
  };
}

export const unknownPlaceholder = (text: string): string | undefined =>
  [...text.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)]
    .map(([, key = '']) => key)
    .find((key) => !(PLACEHOLDERS as readonly string[]).includes(key));
