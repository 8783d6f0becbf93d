import { isOpen } from '../desk/open-entries.ts';
import type { RecordView } from '../desk/view.ts';
import { type PlainEntry, type PlainRecord, SHARED } from '../notice/record.ts';
import { type Entry, ERASED } from '../record/entry.ts';
import { clockEntry } from './notice-clocks.ts';

/** Who a notice is written to, as the gate sees them: the one name that may stand in it. */
export const ADDRESSEE = 'addressee';

/** What a sentence cites that names our own contact. */
export const OURS = 'us';

export type Values = Readonly<Record<string, string>>;

/** The record as a notice may rely on it: entries by their number, of this one client, counsel's and erased ones closed. */
export function plainRecord(view: RecordView, values: Values): PlainRecord {
  const { incident, entries } = view;
  const client = values.client?.trim();
  return {
    id: incident.record,
    title: incident.title,
    vendor: values.vendor ?? '',
    product: values.product ?? '',
    msp: values.msp ?? '',
    clients: client ? [{ id: ADDRESSEE, name: client, zone: values.zone }] : [],
    entries: [...contactEntry(values), ...entries.flatMap((entry) => plainEntry(view, entry))],
  };
}

/** A finding that says by itself what it is about. */
const SENTENCE = /^\p{Lu}\S*(?: \S+){3,}[.!?]$/u;

/** Who answers questions is no finding: whoever drafts the notice says so, and it stands beside the words. */
function contactEntry({ contact }: Values): PlainEntry[] {
  if (contact === undefined || contact === '') return [];
  const entry = { id: OURS, client: SHARED, at: undefined, status: undefined, signed_by: undefined, supersedes: [] };
  return [{ ...entry, kind: 'contact', text: `Contact: ${contact}.`, privileged: false, redacted: false }];
}

type Said = {
  kind: string;
  text: string;
  at?: string;
  status?: PlainEntry['status'];
  supersedes?: number;
  by?: string | undefined;
};

function plainEntry(view: RecordView, entry: Entry): PlainEntry[] {
  const said = saidIn(view, entry);
  if (said === undefined) return [];
  const text = view.incident.corrections.get(entry.seq)?.text ?? said.text;
  const plain: PlainEntry = {
    id: String(entry.seq),
    client: SHARED,
    at: said.at ?? entry.occurred ?? entry.at,
    status: said.status,
    kind: said.kind,
    text,
    signed_by: said.by,
    supersedes: said.supersedes === undefined ? [] : [String(said.supersedes)],
    privileged: !isOpen(view, entry),
    redacted: text.includes(ERASED),
  };
  return [plain];
}

function saidIn(view: RecordView, entry: Entry): Said | undefined {
  switch (entry.kind) {
    case 'finding.recorded': {
      const { about, text } = entry.texts;
      const { status, asOf: at, supersedes } = entry.body;
      const named = text.toLowerCase().includes(about.toLowerCase()) || about.trim() === '' || SENTENCE.test(text);
      const more = supersedes === undefined ? {} : { supersedes };
      return { kind: 'finding', text: named ? text : `${about}: ${text}`, at, status, by: entry.texts.source, ...more };
    }
    case 'note.recorded':
    case 'message.kept': {
      const note = view.incident.notes.find(({ seq }) => seq === entry.seq);
      return note === undefined || note.deleted ? undefined : { kind: 'note', text: note.text };
    }
    case 'statement.read': {
      const { changes } = entry.body;
      const text = `${entry.texts.speaker} says: ${entry.texts.text}`;
      return { kind: 'vendor statement', text, ...(changes === undefined ? {} : { supersedes: changes }) };
    }
    case 'anchor.set':
    case 'fact.set':
      return clockEntry(entry);
    default:
      return workIn(view, entry);
  }
}

function workIn(view: RecordView, entry: Entry): Said | undefined {
  switch (entry.kind) {
    case 'decision.taken':
      if (entry.body.outcome === 'deferred') return undefined;
      return {
        kind: 'decision',
        text: `${entry.body.outcome === 'decided' ? 'Decided' : 'Decided not to'}: ${entry.texts.choice}`,
      };
    case 'step.completed': {
      const title = view.guide?.steps.find(({ step }) => step.id === entry.body.step)?.step.title ?? entry.body.step;
      return { kind: 'step', text: entry.texts.note ?? `Done: ${title}` };
    }
    case 'ask.answered':
      return { kind: 'note', text: entry.texts.answer };
    case 'notice.sent':
      return { kind: 'contact', text: `Sent a notice to ${entry.texts.recipient}.` };
    default:
      return undefined;
  }
}
