import { toBase64, utf8 } from '../record/bytes.ts';
import { canonical } from '../record/canonical.ts';
import { type Entry, ERASED } from '../record/entry.ts';
import { leafHash, rootOfLeaves } from '../record/tree.ts';
import type { Audience, Withholding } from './audience.ts';
import { evidenceFolder } from './commitments.ts';
import { costsCsv, costsIn, costsMarkdown } from './costs.ts';
import { csvOf } from './csv.ts';
import { htmlOf } from './html.ts';
import { MANIFEST, type Manifest, manifestBytes, manifestFile, type Redacted, type Withheld } from './manifest.ts';
import { markdownOf } from './markdown.ts';
import { type Exported, labelsIn, readEntry, type StoredEntry, type Timeline, timelineOf } from './timeline.ts';
import { STANDALONE_VERIFIER } from './verifier.generated.ts';

export type PackInput = {
  title: string;
  entries: StoredEntry[];
  checkpoints: { size: number; note: string }[];
  /** As printed by `printKey`, oldest first. */
  verifierKeys: string[];
  /** Evidence by the id that its entry names. */
  evidence: ReadonlyMap<string, { name: string; bytes: Uint8Array }>;
  audience?: Audience;
  /** IANA time zone in which the reader wants local times. */
  zone: string;
  exported?: Exported;
  /** A section of a page of its own, `receipt.html`, above the record and its check. */
  receipt?: string;
  /** More files that lie in the pack, by path: the manifest lists them. */
  beside?: ReadonlyMap<string, Uint8Array>;
  /** Why a text that is not here is not here, where no entry erased it. */
  keptBack?: string;
  /** `withhold` sees the label that counts, after relabelling. */
} & Withholding;

/**
 * The reviewer pack of one record: path to bytes. The lines are the stored bytes; everything else is made from them. It
 * verifies by itself, but the caller verifies it all the same before it leaves (`verifyPack`).
 */
export function packOf(given: PackInput): Map<string, Uint8Array> {
  const input = withoutHidden(given);
  const parts = partsOf(input);
  const evidence = evidenceFiles(input, parts.shown);
  const timeline = timelineIn(input, parts, evidence);
  const embedded = recordFiles(input, parts);
  const files = new Map(embedded);
  embedded.set(MANIFEST, manifestBytes(manifestOf(input, parts, embedded)));
  for (const { path, bytes } of evidence) files.set(path, bytes);
  for (const [path, bytes] of input.beside ?? []) files.set(path, bytes);
  if (input.receipt !== undefined) files.set('receipt.html', utf8(htmlOf(timeline, embedded, input.receipt)));
  files.set('timeline.html', utf8(htmlOf(timeline, embedded)));
  files.set('timeline.md', utf8(markdownOf(timeline)));
  files.set('timeline.csv', utf8(csvOf(timeline)));
  const costs = costsIn(parts.shown);
  if (costs !== undefined) {
    files.set('costs.csv', utf8(costsCsv(costs, timeline.drill)));
    files.set('costs.md', utf8(costsMarkdown(costs, input.title, timeline.drill)));
  }
  files.set('verify.mjs', utf8(STANDALONE_VERIFIER));
  files.set(MANIFEST, manifestBytes(manifestOf(input, parts, files)));
  return files;
}

function timelineIn({ title, zone, exported }: PackInput, { record, shown, withheld }: Parts, evidence: EvidenceFile[]): Timeline {
  const files = new Map(evidence.map(({ seq, path }) => [seq, path]));
  return timelineOf({ title, record, zone, entries: shown, withheld, files, ...(exported === undefined ? {} : { exported }) });
}

function manifestOf(input: PackInput, parts: Parts, files: ReadonlyMap<string, Uint8Array>): Manifest {
  const { record, of, leaves, shown, withheld, redacted } = parts;
  return {
    format: 'firebreak-pack',
    v: 1,
    record,
    of,
    title: input.title,
    entries: leaves.length,
    root: toBase64(rootOfLeaves(leaves)),
    zone: input.zone,
    drill: shown.some(({ drill }) => drill),
    audience: input.audience ?? 'full',
    ...(input.exported === undefined ? {} : { exported: input.exported }),
    files: [...files].map(([path, bytes]) => manifestFile(path, bytes)).sort((a, b) => (a.path < b.path ? -1 : 1)),
    withheld,
    redacted,
  };
}

type Parts = {
  record: string;
  of: string;
  leaves: Uint8Array[];
  /** The entries whose lines are in the pack, unsealed. */
  shown: Entry[];
  withheld: Withheld[];
  redacted: Redacted[];
};

/** Leaves out the texts that this reader is not shown; the line, which commits to them, stays. */
function withoutHidden(input: PackInput): PackInput {
  const { hide } = input;
  if (hide === undefined) return input;
  const entries = input.entries.map((stored) => {
    const entry = readEntry(stored);
    return { ...stored, texts: stored.texts.filter(({ field }) => hide(entry, field) === undefined) };
  });
  return { ...input, entries };
}

function partsOf({ entries, withhold, hide, keptBack }: PackInput): Parts {
  const unsealed = entries.map(readEntry);
  const labels = labelsIn(unsealed);
  const withheld: Withheld[] = [];
  const shown: Entry[] = [];
  for (const entry of unsealed) {
    const reason = withhold?.({ ...entry, label: labels.get(entry.seq) ?? entry.label });
    if (reason === undefined) shown.push(entry);
    else withheld.push({ seq: entry.seq, reason });
  }
  const first = unsealed[0];
  return {
    record: first?.record ?? '',
    of: first?.of ?? 'incident',
    leaves: entries.map(({ line }) => leafHash(utf8(line))),
    shown,
    withheld,
    redacted: redactedIn(shown, entries, hide, keptBack),
  };
}

/** Texts that are not here, each with the entry that erased it, or why this reader is not shown it. */
function redactedIn(
  shown: Entry[],
  entries: StoredEntry[],
  hide: Withholding['hide'],
  keptBack = 'not kept, and no entry here says why',
): Redacted[] {
  const kept = new Map(entries.map(({ seq, texts }) => [seq, new Set(texts.map(({ field }) => field))]));
  return shown.flatMap((entry) => {
    const { seq, texts } = entry;
    const by = shown.find((other) => other.kind === 'text.redacted' && other.body.of === seq);
    const gone = by === undefined ? keptBack : `erased by entry ${by.seq}`;
    const missing = Object.keys(texts).filter((field) => !kept.get(seq)?.has(field));
    const byReason = Map.groupBy(missing, (field) => hide?.(entry, field) ?? gone);
    return [...byReason].map(([reason, fields]) => ({ seq, fields, reason }));
  });
}

/** What the verifier reads: the lines, their leaves and texts, the checkpoints and the keys. */
function recordFiles({ entries, checkpoints, verifierKeys }: PackInput, { leaves, withheld }: Parts): Map<string, Uint8Array> {
  const hidden = new Set(withheld.map(({ seq }) => seq));
  const hashes = leaves.map(toBase64);
  const lines = entries.map(({ seq, line }, i) => (hidden.has(seq) ? JSON.stringify({ leaf: hashes[i] }) : line));
  const texts = entries.filter(({ seq }) => !hidden.has(seq)).flatMap(({ seq, texts }) => texts.map((text) => textLine(seq, text)));
  const files = new Map([
    ['record.jsonl', utf8(linesJoined(lines))],
    ['leaves.txt', utf8(linesJoined(hashes))],
    ['texts.jsonl', utf8(linesJoined(texts))],
    ['keys.txt', utf8(linesJoined(verifierKeys))],
  ]);
  for (const { size, note } of checkpoints) files.set(checkpointPath(size, files), utf8(note));
  return files;
}

/** A lone surrogate has no UTF-8: it was committed to as U+FFFD, so it is spelled as that. */
const textLine = (seq: number, { field, commitment, salt, value }: StoredEntry['texts'][number]): string =>
  canonical({ commitment, field, salt, seq, value: value.toWellFormed() });

const linesJoined = (lines: string[]): string => lines.map((line) => `${line}\n`).join('');

/** Two checkpoints can have one size, signed by different keys: neither may hide the other. */
function checkpointPath(size: number, files: ReadonlyMap<string, Uint8Array>): string {
  const base = `checkpoints/${String(size).padStart(8, '0')}`;
  let path = `${base}.txt`;
  for (let n = 2; files.has(path); n++) path = `${base}-${n}.txt`;
  return path;
}

type EvidenceFile = { seq: number; path: string; bytes: Uint8Array };

/** Only what an entry here names, and only while the digest that it is held against is not erased. */
function evidenceFiles({ evidence }: PackInput, shown: Entry[]): EvidenceFile[] {
  return shown.flatMap((entry) => {
    if (entry.kind !== 'evidence.added' || entry.texts.sha256 === ERASED) return [];
    const file = evidence.get(entry.body.evidence);
    if (file === undefined) return [];
    return [{ seq: entry.seq, path: `${evidenceFolder(entry.body.evidence)}${safeName(file.name)}`, bytes: file.bytes }];
  });
}

/** A file name that no file system and no shell takes for something else. */
export function safeName(name: string): string {
  const plain = name
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^[._-]+/, '')
    .slice(-80);
  return plain === '' ? 'file' : plain;
}
