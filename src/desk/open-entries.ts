import type { Entry } from '../record/entry.ts';
import type { RecordView } from './view.ts';

/** What counsel labelled stays with counsel: it is in no answer, no brief, no notice and no prompt. */
export function isOpen({ incident }: Pick<RecordView, 'incident'>, { seq, label }: Pick<Entry, 'seq' | 'label'>): boolean {
  return (incident.labels.get(seq) ?? label) !== 'counsel';
}

/** Sequence numbers of the entries that may be shown and cited. */
export const openSeqs = (view: RecordView): ReadonlySet<number> =>
  new Set(view.entries.filter((entry) => isOpen(view, entry)).map(({ seq }) => seq));
