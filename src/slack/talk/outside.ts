import type { RecordView } from '../../desk/view.ts';
import type { Command } from '../../record/command.ts';
import { OURSELVES } from '../../record/decide-notices.ts';
import type { Caller, House } from '../house.ts';
import { safe } from '../mrkdwn.ts';
import { dueAt } from './due.ts';
import type { Talk } from './talk.ts';

/** `statement Kaseya: withdrawn, changes 12` */
const WITHDRAWN = /^(?:(?:this|it|they) )?(?:(?:was|is|has been|have been) )?(?:withdrawn|withdrew|retracted|taken back)\b/i;

type Outside = Extract<Talk, { say: 'statement' | 'promise' | 'promise kept' }>;

/** What others say and promise: a statement that changes an earlier one names it, and a promise is kept or broken. */
export async function outsideCommand(
  house: House,
  { incident }: RecordView,
  talk: Outside,
  caller: Caller,
): Promise<Command | string> {
  switch (talk.say) {
    case 'statement': {
      const { speaker, text, changes } = talk;
      const gone = changes !== undefined && WITHDRAWN.test(text);
      const more = { ...(changes === undefined ? {} : { changes }), ...(gone ? { withdrawn: true as const } : {}) };
      return { do: 'readStatement', speaker, text, precision: 'minute', ...more };
    }
    case 'promise': {
      const due = talk.due === undefined ? undefined : await dueAt(house, caller, talk.due);
      if (talk.due !== undefined && due === undefined) return `${safe(talk.due)} is no time of day. Write \`by 14:30\`.`;
      const { who, text } = talk;
      return { do: 'recordPromise', promise: house.desk.newId(), who, text, ...(due === undefined ? {} : { due }) };
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
