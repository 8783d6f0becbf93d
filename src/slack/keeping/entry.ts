import type { RecordView } from '../../desk/view.ts';
import type { Entry } from '../../record/entry.ts';
import { nameOf } from '../../record/turn.ts';
import { safe } from '../mrkdwn.ts';

/** How the record itself was kept, told to the channel; undefined for any other kind. */
export function keepingTold({ incident }: RecordView, entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'entry.corrected':
      return `:pencil2: *Entry ${entry.body.replaces} corrected:* ${safe(entry.texts.text)}\n_Why:_ ${safe(entry.texts.reason)}`;
    case 'text.redacted':
      return `:lock: *The words of entry ${entry.body.of} were erased*, together with ${safe(nameOf(incident, entry.body.second))}.`;
    case 'hold.placed':
      return `:lock: *Legal hold* (${safe(entry.body.hold)}), together with ${safe(nameOf(incident, entry.body.second))}: nothing is erased. ${safe(entry.texts.reason)}`;
    case 'hold.lifted':
      return `:unlock: *Legal hold lifted* (${safe(entry.body.hold)}), together with ${safe(nameOf(incident, entry.body.second))}. ${safe(entry.texts.reason)}`;
    case 'scribe.set': {
      const { every, handover } = entry.body;
      const when = [every === 0 ? '' : `every ${every} minutes`, handover ? 'at every hand-over' : ''].filter(
        (part) => part !== '',
      );
      return when.length === 0
        ? ':memo: The scribe reads this channel only when somebody asks.'
        : `:memo: *The scribe reads this channel ${when.join(' and ')}* and proposes entries. Nothing is recorded until somebody accepts it. \`scribe off\` ends it.`;
    }
    case 'incident.renamed':
      return `:pencil2: The incident is called *${safe(entry.texts.title)}* now.`;
    default:
      return undefined;
  }
}

/** What is for counsel is not shown in the channel; that it is there, is. */
export const isForCounsel = ({ incident }: RecordView, { seq, label }: Entry): boolean =>
  (incident.labels.get(seq) ?? label) === 'counsel';

/** What was said of an entry later, below its words. */
export function afterwards({ incident }: RecordView, { seq }: Entry): string {
  const corrected = incident.corrections.get(seq);
  return corrected === undefined ? '' : `\n_Corrected by entry ${corrected.by}:_ ${safe(corrected.text ?? '')}`;
}
