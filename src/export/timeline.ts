import { type Entry, ERASED, unseal } from '../record/entry.ts';
import type { Actor, Label, Seq } from '../record/event.ts';
import type { Withheld } from './manifest.ts';
import { sentenceOf } from './sentence.ts';

/** A stored entry: its line as it was hashed, and those of its words that are not erased. */
export type StoredEntry = {
  seq: number;
  line: string;
  texts: { field: string; commitment: string; salt: string; value: string }[];
};

/** Who is behind a pseudonym, as far as the record still says so. */
export type Names = ReadonlyMap<Actor, string>;

/** One row of a timeline: what a reader sees of one entry. */
export type Row = {
  seq: Seq;
  /** When it was recorded, and when it happened: UTC, ISO 8601. */
  at: string;
  occurred: string;
  who: string;
  how: string;
  label: Label;
  drill: boolean;
  kind: string;
  sentence: string;
  /** Where the evidence that this entry adds lies in the pack. */
  file?: string;
  /** What later entries did to this one: corrections, edits, erasures, another label. */
  remarks: string[];
};

/** An entry that is here, or the place of one that is withheld. */
export type Place = { seq: Seq; row: Row } | { seq: Seq; withheld: string };

export type Timeline = {
  title: string;
  record: string;
  /** IANA name of the zone in which local times are shown. */
  zone: string;
  drill: boolean;
  exported?: Exported;
  places: Place[];
};

/** When and by whom a pack was made; ISO 8601 in UTC. */
export type Exported = { at: string; by: string };

const HOW = new Map(
  Object.entries({
    'slack-signature': 'signed by Slack',
    'join-link': 'by a personal join link',
    'picked-from-list': 'picked a name from a list: nobody checked',
    import: 'as an imported file says',
    drill: 'played by the drill',
    'command-line': 'at the command line of the machine',
    bot: 'the bot itself',
  }),
);

/** The words of an entry as it stands in a pack: an erased one reads "[erased]". */
export const readEntry = ({ line, texts }: StoredEntry): Entry => unseal(line, texts);

/** The newest name that the record gives each pseudonym. */
export function namesIn(entries: Entry[]): Names {
  const names = new Map<Actor, string>([['bot', 'Firebreak']]);
  for (const entry of entries) {
    if (entry.kind !== 'actor.named') continue;
    const { name } = entry.texts;
    names.set(entry.body.person, name === ERASED ? `${entry.body.person} ${ERASED}` : name);
  }
  return names;
}

export const nameOf = (names: Names, actor: Actor): string => names.get(actor) ?? actor;

/**
 * The label that counts: the newest one, where an entry was relabelled. What only repeats, corrects or erases an entry
 * for counsel is for counsel too, unless somebody labelled it otherwise: it may carry the same words.
 */
export function labelsIn(entries: Entry[]): Map<Seq, Label> {
  const relabelled = new Map<Seq, Label>();
  for (const entry of entries) if (entry.kind === 'entry.relabelled') relabelled.set(entry.body.of, entry.body.label);
  const labels = new Map<Seq, Label>();
  for (const entry of entries) {
    const about = aboutOf(entry);
    const inherited = about !== undefined && labels.get(about) === 'counsel' ? 'counsel' : entry.label;
    labels.set(entry.seq, relabelled.get(entry.seq) ?? inherited);
  }
  return labels;
}

/** The entry whose words this one changes. */
function aboutOf(entry: Entry): Seq | undefined {
  if (entry.kind === 'entry.corrected') return entry.body.replaces;
  const changes = entry.kind === 'message.edited' || entry.kind === 'message.deleted' || entry.kind === 'text.redacted';
  return changes || entry.kind === 'entry.relabelled' ? entry.body.of : undefined;
}

export type TimelineInput = Omit<Timeline, 'drill' | 'places'> & {
  entries: Entry[];
  withheld: Withheld[];
  /** Evidence files of the pack, by the entry that added them. */
  files: ReadonlyMap<Seq, string>;
};

/** The timeline of the entries that are here, in the order of the record. */
export function timelineOf({ entries, withheld, files, ...head }: TimelineInput): Timeline {
  const names = namesIn(entries);
  const labels = labelsIn(entries);
  const remarks = remarksIn(entries, names);
  const rows = entries.map((entry): Place => {
    const { seq, at, actor, via, drill, kind } = entry;
    const told = { who: nameOf(names, actor), how: HOW.get(via) ?? via, sentence: sentenceOf(entry, names) };
    const row = { seq, at, occurred: entry.occurred ?? at, label: labels.get(seq) ?? entry.label, drill, kind, ...told };
    const file = files.get(seq);
    return { seq, row: { ...row, ...(file === undefined ? {} : { file }), remarks: remarks.get(seq) ?? [] } };
  });
  const gaps = withheld.map(({ seq, reason }): Place => ({ seq, withheld: reason }));
  const places = [...rows, ...gaps].sort((a, b) => a.seq - b.seq);
  return { ...head, drill: entries.some(({ drill }) => drill), places };
}

/** What a later entry says about an earlier one is shown where the earlier one stands: readers do not scroll back. */
function remarksIn(entries: Entry[], names: Names): Map<Seq, string[]> {
  const remarks = new Map<Seq, string[]>();
  const add = (seq: Seq, remark: string) => remarks.set(seq, [...(remarks.get(seq) ?? []), remark]);
  for (const entry of entries) {
    const by = `entry ${entry.seq}, ${nameOf(names, entry.actor)}`;
    if (entry.kind === 'entry.corrected')
      add(entry.body.replaces, `Corrected (${by}): ${entry.texts.text} Because: ${entry.texts.reason}`);
    if (entry.kind === 'message.edited') add(entry.body.of, `The message was edited (${by}): ${entry.texts.text}`);
    if (entry.kind === 'message.deleted') add(entry.body.of, `The message was deleted where it stood (${by}).`);
    if (entry.kind === 'entry.relabelled') add(entry.body.of, `Labelled "${entry.body.label}" (${by}).`);
    if (entry.kind === 'text.redacted') add(entry.body.of, `Erased (${by}): ${entry.body.fields.join(', ')}.`);
    if (entry.kind === 'finding.recorded' && entry.body.supersedes !== undefined) add(entry.body.supersedes, `Superseded (${by}).`);
  }
  return remarks;
}

/** An instant in UTC, to the second: a slice of what is recorded, so that a page can hold it against the record. */
export const inUtc = (at: string): string => at.slice(0, 19).replace('T', ' ');

/** The instant, or undefined for a 30 February: an imported record may hold one, and its timeline must still be read. */
export function instantOf(at: string): Temporal.Instant | undefined {
  try {
    return Temporal.Instant.from(at);
  } catch {
    return undefined;
  }
}

/** Whether the local time of a zone says nothing that UTC does not. */
export const isUtc = (zone: string): boolean => /^(Etc\/)?(UTC|UCT|GMT|Zulu|Universal)$/.test(zone);

/** An instant in UTC and in the zone of the reader, to the second. */
export function inZone(at: string, zone: string): { utc: string; local: string } {
  const instant = instantOf(at);
  if (instant === undefined) return { utc: inUtc(at), local: 'no such time' };
  const local = instant.toZonedDateTimeISO(zone);
  const clock = local.toString({ smallestUnit: 'second', offset: 'never', timeZoneName: 'never' });
  return { utc: inUtc(at), local: `${clock.replace('T', ' ')} ${local.offset}` };
}
