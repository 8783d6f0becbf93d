import type { Entry } from '../record/entry.ts';
import { type Guide, guide } from '../record/guide.ts';
import type { Incident } from '../record/incident.ts';
import type { Runbook } from '../runbook/runbook.ts';

/** A record as cards, forms and carriers see it: folded, with the guide worked out. Never written to. */
export type RecordView = {
  client: string;
  incident: Incident;
  runbook: Runbook | undefined;
  guide: Guide | undefined;
  entries: readonly Entry[];
  /** For a lane: entries of the vendor incident that were released to it, by their number there. */
  released?: ReadonlyMap<number, Entry>;
  /** Milliseconds of the epoch at which the view was taken. */
  now: number;
};

export function viewOf(
  client: string,
  incident: Incident,
  runbook: Runbook | undefined,
  entries: readonly Entry[],
  now: number,
): RecordView {
  return {
    client,
    incident,
    runbook,
    entries,
    now,
    // Worked out when somebody looks: a tick on a card is acknowledged without it.
    get guide() {
      return runbook === undefined ? undefined : guide(incident, runbook);
    },
  };
}
