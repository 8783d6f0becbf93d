import type { RecordView } from '../desk/view.ts';
import type { Command } from '../record/command.ts';
import { OURSELVES } from '../record/decide-notices.ts';
import { NO_TIME } from './due.ts';
import type { Talk } from './talk.ts';

/** `dueAt` reads a time of day as the person who wrote it means it; undefined where it is none. */
type Clock = { newId(): string; dueAt(time: string): Promise<string | undefined> };
type Outside = Extract<Talk, { say: 'statement' | 'promise' | 'promise kept' }>;

/** What others say and promise: a statement that changes an earlier one names it, and a promise is kept or broken. */
export async function outsideCommand({ incident }: RecordView, talk: Outside, desk: Clock): Promise<Command | string> {
  switch (talk.say) {
    case 'statement': {
      const { speaker, text, changes } = talk;
      return { do: 'readStatement', speaker, text, precision: 'minute', ...(changes === undefined ? {} : { changes }) };
    }
    case 'promise': {
      const due = talk.due === undefined ? undefined : await desk.dueAt(talk.due);
      if (talk.due !== undefined && due === undefined) return NO_TIME;
      return { do: 'recordPromise', promise: desk.newId(), who: talk.who, text: talk.text, ...(due === undefined ? {} : { due }) };
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
