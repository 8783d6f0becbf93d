import type { Entry } from '../record/entry.ts';
import type { RecordView } from './view.ts';

/**
 * The entry whose words a later one corrected, labelled or erased: wherever it is shown, it must be shown anew, or words that were
 * erased would stand in the channel for ever.
 */
export function rewritten({ entries }: RecordView, entry: Entry): Entry | undefined {
  switch (entry.kind) {
    case 'entry.corrected':
      return entries[entry.body.replaces - 1];
    case 'entry.relabelled':
    case 'text.redacted':
      return entries[entry.body.of - 1];
    default:
      return undefined;
  }
}
