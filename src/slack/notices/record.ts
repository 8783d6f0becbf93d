import { isOpen } from '../../desk/open-entries.ts';
import type { RecordView } from '../../desk/view.ts';
import { citable } from '../../notice/citable.ts';
import { clientEntry } from '../../notice/client-entry.ts';
import { type PlainEntry, type PlainRecord, SHARED } from '../../notice/record.ts';

/** Who a notice is written to, as the gate sees them: the one name that may stand in it. */
export const ADDRESSEE = 'addressee';

/** What a sentence cites that names our own contact. */
export const OURS = 'us';

export type Values = Readonly<Record<string, string>>;

/** The record as a notice may rely on it: entries by their number, of this one client, counsel's and erased ones closed. */
export function plainRecord(view: RecordView, values: Values): PlainRecord {
  const { incident, entries } = view;
  const client = values.client?.trim();
  const titleOf = (id: string) => view.guide?.steps.find(({ step }) => step.id === id)?.step.title;
  return {
    id: incident.record,
    title: incident.title,
    vendor: values.vendor ?? '',
    product: values.product ?? '',
    msp: values.msp ?? '',
    clients: client ? [{ id: ADDRESSEE, name: client, zone: values.zone }] : [],
    entries: [
      ...contactEntry(values),
      ...entries.flatMap((entry) => {
        const plain =
          citable(entry, incident, titleOf) ?? clientEntry(entry, view, (released) => citable(released, incident, titleOf));
        return plain === undefined ? [] : [{ ...plain, client: SHARED, privileged: !isOpen(view, entry) }];
      }),
    ],
  };
}

/** Who answers questions is no finding: whoever drafts the notice says so, and it stands beside the words. */
function contactEntry({ contact }: Values): PlainEntry[] {
  if (contact === undefined || contact === '') return [];
  const entry = { id: OURS, client: SHARED, at: undefined, status: undefined, signed_by: undefined, supersedes: [] };
  return [{ ...entry, kind: 'contact', text: `Contact: ${contact}.`, privileged: false, redacted: false }];
}
