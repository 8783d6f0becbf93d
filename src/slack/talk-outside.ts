import type { RecordView } from '../desk/view.ts';
import type { Command } from '../record/command.ts';
import { OURSELVES } from '../record/decide-notices.ts';
import type { Talk } from './talk.ts';

type Clock = { now(): number; newId(): string };
type Outside = Extract<Talk, { say: 'statement' | 'promise' | 'promise kept' }>;

/** What others say and promise: a statement that changes an earlier one names it, and a promise is kept or broken. */
export function outsideCommand({ incident }: RecordView, talk: Outside, desk: Clock): Command | string {
  switch (talk.say) {
    case 'statement': {
      const { speaker, text, changes } = talk;
      return { do: 'readStatement', speaker, text, precision: 'minute', ...(changes === undefined ? {} : { changes }) };
    }
    case 'promise': {
      const due = talk.due === undefined ? {} : { due: today(talk.due, desk.now()) };
      return { do: 'recordPromise', promise: desk.newId(), who: talk.who, text: talk.text, ...due };
    }
    case 'promise kept': {
      const open = incident.promises.findLast(({ kept, who }) => kept === undefined && who !== OURSELVES);
      return open === undefined ? 'No promise is open.' : { do: 'endPromise', promise: open.id, kept: talk.kept };
    }
  }
}

/** A finding about what another finding is about replaces it: two present answers to one question are none. */
export function findingIn({ incident }: RecordView, { about, status, text }: Extract<Talk, { say: 'find' }>): Command {
  const same = incident.findings.filter(
    (finding) => finding.supersededBy === undefined && finding.about.trim().toLowerCase() === about.trim().toLowerCase(),
  );
  const replaces = same.length === 1 && same[0] !== undefined ? { supersedes: same[0].seq } : {};
  return { do: 'recordFinding', about, status, text, ...replaces };
}

/** "by 14:30" means today at 14:30 UTC, or tomorrow where that has passed. */
function today(time: string, now: number): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO('UTC');
  const due = zoned.withPlainTime(Temporal.PlainTime.from(time.padStart(5, '0')));
  return (Temporal.ZonedDateTime.compare(due, zoned) < 0 ? due.add({ days: 1 }) : due).toInstant().toString();
}
