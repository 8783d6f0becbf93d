import { type Entry, ERASED } from '../record/entry.ts';
import type { Incident } from '../record/incident.ts';
import { clockEntry } from './clock-entry.ts';
import { costEntry } from './cost-entry.ts';
import { type PlainEntry, SHARED } from './record.ts';
import { termsEntry } from './terms-entry.ts';

type Said = {
  kind: string;
  text: string;
  at?: string;
  status?: PlainEntry['status'];
  signed_by?: string | undefined;
  supersedes?: number;
};

/** What an entry of the record says, as a notice may cite it; undefined where it says nothing that a notice could rest on. Who may read it is the caller's to say. */
export function citable(entry: Entry, incident: Incident, titleOf: (step: string) => string | undefined): PlainEntry | undefined {
  const said =
    saidIn(entry, incident) ?? termsEntry(entry) ?? costEntry(entry, incident) ?? clockEntry(entry) ?? workIn(entry, titleOf);
  return said === undefined ? undefined : plainEntry(entry, said, incident);
}

/** The same from words of another origin; a correction of the record counts. Nothing erased can be relied on. */
export function plainEntry(entry: Entry, said: Said, incident: Incident): PlainEntry {
  const text = incident.corrections.get(entry.seq)?.text ?? said.text;
  return {
    id: String(entry.seq),
    client: SHARED,
    at: said.at ?? entry.occurred ?? entry.at,
    status: said.status,
    kind: said.kind,
    text,
    value: undefined,
    signed_by: said.signed_by,
    supersedes: said.supersedes === undefined ? [] : [String(said.supersedes)],
    privileged: false,
    redacted: text.includes(ERASED),
  };
}

/** A finding that says by itself what it is about. */
const SENTENCE = /^\p{Lu}\S*(?: \S+){3,}[.!?]$/u;

function saidIn(entry: Entry, incident: Incident): Said | undefined {
  switch (entry.kind) {
    case 'finding.recorded': {
      const { about, text } = entry.texts;
      const { status, asOf: at, supersedes } = entry.body;
      const named = text.toLowerCase().includes(about.toLowerCase()) || about.trim() === '' || SENTENCE.test(text);
      const more = supersedes === undefined ? {} : { supersedes };
      return { kind: 'finding', text: named ? text : `${about}: ${text}`, at, status, signed_by: entry.texts.source, ...more };
    }
    case 'note.recorded':
    case 'message.kept': {
      const note = incident.notes.find(({ seq }) => seq === entry.seq);
      return note === undefined || note.deleted ? undefined : { kind: 'note', text: note.text };
    }
    case 'statement.read': {
      const { changes } = entry.body;
      const text = `${entry.texts.speaker} says: ${entry.texts.text}`;
      return { kind: 'vendor statement', text, ...(changes === undefined ? {} : { supersedes: changes }) };
    }
    default:
      return undefined;
  }
}

function workIn(entry: Entry, titleOf: (step: string) => string | undefined): Said | undefined {
  switch (entry.kind) {
    case 'decision.taken':
      if (entry.body.outcome === 'deferred') return undefined;
      return {
        kind: 'decision',
        text: `${entry.body.outcome === 'decided' ? 'Decided' : 'Decided not to'}: ${entry.texts.choice}`,
      };
    case 'step.completed':
      return { kind: 'step', text: entry.texts.note ?? `Done: ${titleOf(entry.body.step) ?? entry.body.step}` };
    case 'ask.answered':
      return { kind: 'note', text: entry.texts.answer };
    case 'notice.sent':
      return { kind: 'contact', text: `Sent a notice to ${entry.texts.recipient}.` };
    default:
      return undefined;
  }
}
