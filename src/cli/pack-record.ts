import { linesOf, UnreadablePack } from '../export/files.ts';
import { sentenceOf } from '../export/sentence.ts';
import { labelsIn, namesIn } from '../export/timeline.ts';
import { verifyPack } from '../export/verify.ts';
import { citable, plainEntry } from '../notice/citable.ts';
import { type PlainEntry, type PlainRecord, SHARED } from '../notice/record.ts';
import { fromUtf8 } from '../record/bytes.ts';
import { type Entry, unseal } from '../record/entry.ts';
import type { Kind } from '../record/event.ts';
import { fold } from '../record/fold.ts';
import { emptyIncident, type Incident } from '../record/incident.ts';
import { UsageError } from './command.ts';

type Pack = ReadonlyMap<string, Uint8Array>;

/**
 * A pack as the record that a notice may rely on: an entry's id is its `seq`. What is withheld or erased is there and cannot be
 * relied on; what is labelled for counsel is privileged. In a lane everything is its client's, but for what it cites of the vendor
 * incident. A sentence where the pack does not verify: then nothing in it can be relied on. @throws UsageError where it is no pack.
 */
export async function recordOfPack(pack: Pack): Promise<{ record: PlainRecord } | { refused: string }> {
  const refused = await faultOf(pack);
  if (refused !== undefined) return { refused };
  const lines = linesOf(pack.get('record.jsonl') ?? new Uint8Array()).lines.map((line) => fromUtf8(line));
  const entries = unsealed(lines, pack);
  const [first] = entries;
  if (first === undefined) return { refused: 'Every entry of this pack is withheld: there is nothing to check a draft against.' };
  const incident = fold(entries, emptyIncident(first.record, first.of));
  const client = entries.find((entry) => entry.kind === 'lane.opened');
  const own = client?.body.client ?? SHARED;
  const record: PlainRecord = {
    id: first.record,
    title: incident.title,
    vendor: '',
    product: '',
    msp: '',
    clients: client === undefined ? [] : [{ id: own, name: client.texts.name, zone: undefined }],
    entries: [...entries.map((entry) => plainOf(entry, entries, incident, own)), ...withheld(lines, own)],
  };
  return { record };
}

async function faultOf(pack: Pack): Promise<string | undefined> {
  try {
    const verdict = await verifyPack(pack);
    return verdict.ok ? undefined : `${verdict.says} No draft can be checked against it; ask for the pack again.`;
  } catch (error) {
    if (error instanceof UnreadablePack) throw new UsageError(error.message);
    throw error;
  }
}

/** The entries whose lines are here, with the words that are here. */
function unsealed(lines: string[], pack: Pack): Entry[] {
  const texts = linesOf(pack.get('texts.jsonl') ?? new Uint8Array()).lines.map(
    (line) => JSON.parse(fromUtf8(line)) as { seq: number; field: string; value: string },
  );
  const bySeq = Map.groupBy(texts, ({ seq }) => seq);
  return lines.filter((line) => !isWithheld(line)).map((line) => unseal(line, bySeq.get(seqOf(line)) ?? []));
}

const isWithheld = (line: string): boolean => 'leaf' in (JSON.parse(line) as object);
const seqOf = (line: string): number => (JSON.parse(line) as { seq: number }).seq;

/** Nobody here knows what they say: they exist, and cannot be cited. A line's number is its entry's. */
function withheld(lines: string[], client: string): PlainEntry[] {
  return lines.flatMap((line, at) => (isWithheld(line) ? [unusable(at + 1, client)] : []));
}

const unusable = (seq: number, client: string): PlainEntry => ({
  id: String(seq),
  client,
  at: undefined,
  status: undefined,
  kind: 'withheld',
  text: '',
  value: undefined,
  signed_by: undefined,
  supersedes: [],
  privileged: false,
  redacted: true,
});

function plainOf(entry: Entry, entries: Entry[], incident: Incident, own: string): PlainEntry {
  const plain = citable(entry, incident, () => undefined) ?? other(entry, entries, incident);
  const client = entry.kind === 'entry.cited' ? SHARED : own;
  return { ...plain, client, privileged: labelsIn(entries).get(entry.seq) === 'counsel' };
}

/** Events whose sentence in the timeline is itself something that happened. The words of a draft are no evidence for another. */
const TOLD = new Set<Kind>([
  'incident.declared',
  'incident.closed',
  'question.answered',
  'step.skipped',
  'row.written',
  'evidence.added',
  'evidence.described',
  'promise.given',
  'promise.ended',
  'anchor.set',
  'duty.filed',
  'duty.waived',
  'lane.opened',
  'lane.moved',
  'entry.cited',
  'call.logged',
]);

function other(entry: Entry, entries: Entry[], incident: Incident): PlainEntry {
  if (entry.kind === 'entry.corrected') return correction(entry, entries, incident);
  if (entry.kind === 'message.deleted' || deleted(entry, incident)) return unusable(entry.seq, SHARED);
  const text = TOLD.has(entry.kind) ? sentenceOf(entry, namesIn(entries)) : '';
  const taken = entries.find((it) => it.kind === 'decision.taken' && it.body.decision === reopened(entry));
  return plainEntry(entry, { kind: entry.kind, text, ...(taken === undefined ? {} : { supersedes: taken.seq }) }, incident);
}

const reopened = (entry: Entry): string | undefined => (entry.kind === 'decision.reopened' ? entry.body.decision : undefined);

const deleted = ({ seq }: Entry, { notes }: Incident): boolean => notes.some((note) => note.seq === seq && note.deleted);

/** The corrected words under the number of the correction, with the status and the time of what it corrects. */
function correction(entry: EventEntry<'entry.corrected'>, entries: Entry[], incident: Incident): PlainEntry {
  const before = entries.find(({ seq }) => seq === entry.body.replaces);
  const said = before === undefined ? undefined : citable(before, incident, () => undefined);
  const plain = plainEntry(entry, { kind: 'correction', text: entry.texts.text ?? '' }, incident);
  return said === undefined ? plain : { ...plain, status: said.status, at: said.at };
}

type EventEntry<K extends Kind> = Extract<Entry, { kind: K }>;
