import type { RecordView } from '../../desk/view.ts';
import type { Entry } from '../../record/entry.ts';
import type { DutyName } from '../../record/event.ts';
import { dutyKey } from '../../record/incident-duties.ts';
import { partyOf } from '../../record/law-findings.ts';
import { safe, when } from '../mrkdwn.ts';
import { person } from '../words.ts';
import { anchorWords } from './anchor-words.ts';

/** What was just said about clocks and duties, told to the channel in a line. */
export function dutyTold({ incident }: RecordView, entry: Entry): string | undefined {
  const named = (name: DutyName) => {
    const which = name.instance === undefined ? '' : ` for ${safe(partyOf(incident, name.instance) ?? name.instance)}`;
    const citation = incident.owed.duties.get(dutyKey(name))?.sealed?.citation;
    return `${name.duty}${which}${citation === undefined ? '' : ` (${safe(citation)})`}`;
  };
  switch (entry.kind) {
    case 'anchor.set': {
      const { anchor, at, precision, supersedes } = entry.body;
      const time = at === undefined ? 'not known after all' : precision === 'day' ? at : when(at);
      const why = entry.texts.reason ? `\n_Why:_ ${safe(entry.texts.reason)}` : '';
      return `:clock1: *${safe(anchorWords(anchor))}:* ${time}${supersedes === undefined ? '' : ` (replaces entry ${supersedes})`}${why}`;
    }
    case 'duty.filed': {
      const reference = entry.texts.reference ? `, reference ${safe(entry.texts.reference)}` : '';
      const at = entry.body.at.length > 10 ? when(entry.body.at) : entry.body.at;
      return `:envelope: *Filed:* ${named(entry.body)}, ${at}${reference}`;
    }
    case 'duty.waived':
      return `:no_entry_sign: *Decided against telling:* ${named(entry.body)}, approved by ${person(incident, entry.body.approver)}\n_Why:_ ${safe(entry.texts.reason)}`;
    case 'duty.reopened':
      return `:arrow_left: *Taken back:* entry ${entry.body.of}, ${named(entry.body)}\n_Why:_ ${safe(entry.texts.reason)}`;
    default:
      return undefined;
  }
}
