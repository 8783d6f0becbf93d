import type { Seq } from './event.ts';
import type { Incident } from './incident.ts';
import type { Notice } from './incident-notices.ts';

/** A translation of words that are not the original's words any more. */
export const isOutdated = ({ notices }: Incident, { translates }: Notice): boolean =>
  translates !== undefined && notices.get(translates.notice)?.seq !== translates.of;

/** A notice that went out and says something that has changed since: which entries it used, and what replaced them. */
export type Owed = { notice: Notice; changed: { was: Seq; now: Seq }[] };

/** Corrections owed: every notice sent that rests on something replaced, and that no later correction has covered. */
export function correctionsOwed(incident: Incident): Owed[] {
  const replaced = replacements(incident);
  return [...incident.notices.values()].flatMap((notice) => {
    if (notice.sent.length === 0) return [];
    const used = new Set(notice.sent.flatMap(({ cites }) => cites));
    const changed = [...used].flatMap((was) => {
      const now = replaced.get(was);
      return now === undefined || isCovered(incident, notice, now) ? [] : [{ was, now }];
    });
    return changed.length === 0 ? [] : [{ notice, changed }];
  });
}

/** What replaced an entry: a newer finding, a correction, a statement that changed. */
export function replacements({ findings, corrections, changedStatements, lanes }: Incident): Map<Seq, Seq> {
  const replaced = new Map<Seq, Seq>([...changedStatements, ...lanes.corrected]);
  for (const { seq, supersededBy } of findings) if (supersededBy !== undefined) replaced.set(seq, supersededBy);
  for (const [seq, { by }] of corrections) replaced.set(seq, by);
  return replaced;
}

/** A correction that was sent and says the new thing. */
const isCovered = ({ notices }: Incident, { id }: Notice, now: Seq): boolean =>
  [...notices.values()].some(({ corrects, sent }) => corrects === id && sent.some(({ cites }) => cites.includes(now)));
