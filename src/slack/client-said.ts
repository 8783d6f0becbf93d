import type { RecordView } from '../desk/view.ts';
import type { ExposureState } from '../inventory/investigation.ts';
import type { Entry } from '../record/entry.ts';
import type { Seq } from '../record/event.ts';
import type { Said } from './notice-record.ts';

/**
 * What a client's own record says of that client, for notices: how it stands, and the entries of the vendor incident that were
 * released to its lane, in their own words. `said` reads a released entry as it reads any other.
 */
export function clientSaid(view: RecordView, entry: Entry, said: (released: Entry) => Said | undefined): Said | undefined {
  switch (entry.kind) {
    case 'client.assessed':
    case 'lane.opened':
      return standing(view, entry, entry.body.state, entry.at);
    case 'lane.moved':
      return standing(view, entry, entry.body.state, entry.body.asOf);
    case 'entry.cited': {
      const released = view.released?.get(entry.body.seq);
      if (released === undefined) return undefined;
      const { supersedes: _, ...own } = said(released) ?? { kind: 'note', text: '' };
      return own.text === '' ? undefined : { at: released.occurred ?? released.at, ...own };
    }
    default:
      return undefined;
  }
}

type Standing = Extract<Entry, { kind: 'client.assessed' | 'lane.opened' | 'lane.moved' }>;

function standing(view: RecordView, entry: Standing, state: ExposureState, at: string): Said {
  const { reason } = entry.texts;
  const supersedes = earlier(view, entry);
  return {
    kind: 'exposure',
    text: reason,
    at,
    status: state === 'unknown' ? 'unknown' : 'confirmed',
    ...(supersedes === undefined ? {} : { supersedes }),
  };
}

/** What this one replaces: how the client stood before, towards the same incident. */
function earlier({ entries }: RecordView, entry: Standing): Seq | undefined {
  const before = entries.slice(0, entry.seq - 1).findLast((one) => {
    if (entry.kind === 'client.assessed') return one.kind === 'client.assessed' && one.body.incident === entry.body.incident;
    return one.kind === 'lane.opened' || one.kind === 'lane.moved';
  });
  return before?.seq;
}
