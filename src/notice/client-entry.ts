import type { ExposureState } from '../inventory/investigation.ts';
import type { Entry } from '../record/entry.ts';
import type { Seq } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { plainEntry } from './citable.ts';
import type { PlainEntry } from './record.ts';

/** A record as far as it is read here; `released` holds entries of the vendor incident that its client may see, by their number there. */
type Of = { entries: readonly Entry[]; incident: Incident; released?: ReadonlyMap<Seq, Entry> };

/**
 * What a client's own record says of that client, for notices: how it stands, and the entries of the vendor incident that were
 * released to its lane, in their own words. `said` reads a released entry as it reads any other.
 */
export function clientEntry(entry: Entry, of: Of, said: (released: Entry) => PlainEntry | undefined): PlainEntry | undefined {
  switch (entry.kind) {
    case 'client.assessed':
    case 'lane.opened':
      return standing(of, entry, entry.body.state, entry.at);
    case 'lane.moved':
      return standing(of, entry, entry.body.state, entry.body.asOf);
    case 'entry.cited': {
      const released = of.released?.get(entry.body.seq);
      const plain = released === undefined ? undefined : said(released);
      // What it replaces is numbered in the other record.
      return plain === undefined ? undefined : { ...plain, id: String(entry.seq), supersedes: [] };
    }
    default:
      return undefined;
  }
}

type Standing = Extract<Entry, { kind: 'client.assessed' | 'lane.opened' | 'lane.moved' }>;

function standing({ entries, incident }: Of, entry: Standing, state: ExposureState, at: string): PlainEntry {
  const before = entries.slice(0, entry.seq - 1).findLast((one) => isReplaced(entry, one))?.seq;
  const status = state === 'unknown' ? 'unknown' : 'confirmed';
  const said = { kind: 'exposure', text: entry.texts.reason, at, status } as const;
  return plainEntry(entry, before === undefined ? said : { ...said, supersedes: before }, incident);
}

/** How the client stood before, towards the same incident. */
function isReplaced(by: Standing, before: Entry): boolean {
  if (by.kind === 'client.assessed') return before.kind === 'client.assessed' && before.body.incident === by.body.incident;
  return before.kind === 'lane.opened' || before.kind === 'lane.moved';
}
