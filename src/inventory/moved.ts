import { type ExposureReport, ORDER, type Pair, type PresenceState } from './exposure.ts';

/** A client whose state for an advisory changed between two runs. `from` is absent for a pair that was not there before. */
export type Move = {
  client: string;
  advisory: string;
  from?: PresenceState;
  to: PresenceState;
  /** The new state is more serious than the old one; a notice already sent may now be wrong. */
  worse: boolean;
  reason: string;
};

/** Who moved when a changed advisory, or a fresher inventory, was run again; the more serious moves first. */
export function movedBetween(before: ExposureReport, after: ExposureReport): Move[] {
  const old = new Map(
    before.clients.flatMap(({ client, pairs }) => pairs.map((pair) => [`${client}\n${pair.advisory}`, pair] as const)),
  );
  return after.clients
    .flatMap(({ client, pairs }) => pairs.flatMap((pair) => moveOf(client, old.get(`${client}\n${pair.advisory}`), pair)))
    .sort((a, b) => ORDER.indexOf(a.to) - ORDER.indexOf(b.to) || (a.client < b.client ? -1 : 1));
}

function moveOf(client: string, before: Pair | undefined, after: Pair): Move[] {
  if (before?.state === after.state) return [];
  const worse = before === undefined || ORDER.indexOf(after.state) < ORDER.indexOf(before.state);
  return [
    {
      client,
      advisory: after.advisory,
      to: after.state,
      worse,
      reason: after.reason,
      ...(before === undefined ? {} : { from: before.state }),
    },
  ];
}
