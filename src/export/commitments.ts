import { fromBase64 } from '../record/bytes.ts';
import { isCanonical } from '../record/canonical.ts';
import { commitmentOf, type Line } from '../record/entry.ts';
import { isObject, linesOf, type PackFiles, textOf } from './files.ts';
import { isHash } from './lines.ts';
import { type Declared, nativeDigest } from './manifest.ts';
import type { Problem } from './verdict.ts';

/** A text beside the record, held against the commitment of its entry. */
export type PackText = { seq: number; field: string; commitment: string; salt: string; value: string };

export type ReadTexts = { texts: PackText[]; problems: Problem[] };

/** Reads `texts.jsonl` and holds every text against its commitment. */
export function readTexts(bytes: Uint8Array, entries: ReadonlyMap<number, Line>): ReadTexts {
  const texts: PackText[] = [];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const { lines, complete } = linesOf(bytes);
  for (const [index, raw] of lines.entries()) {
    const text = textIn(raw);
    const fault = text === undefined ? 'it is no text in canonical JSON' : faultOf(text, entries.get(text.seq), seen);
    if (text !== undefined && fault === undefined) texts.push(text);
    else problems.push(problem(index + 1, fault ?? '', text?.seq));
  }
  if (!complete) problems.push(problem(lines.length, 'it does not end in a line feed', undefined));
  return { texts, problems };
}

function problem(line: number, fault: string, seq: number | undefined): Problem {
  return {
    kind: 'commitment',
    ...(seq === undefined ? {} : { seq }),
    file: 'texts.jsonl',
    message: `line ${line} of texts.jsonl: ${fault}.`,
  };
}

function textIn(bytes: Uint8Array): PackText | undefined {
  const line = textOf(bytes);
  if (line === undefined || !isCanonical(line)) return undefined;
  const value: unknown = JSON.parse(line);
  return isText(value) ? value : undefined;
}

function isText(value: unknown): value is PackText {
  if (!isObject(value)) return false;
  const { seq, field, commitment, salt, value: words } = value;
  return Number.isSafeInteger(seq) && [field, commitment, salt, words].every((part) => typeof part === 'string');
}

function faultOf(text: PackText, entry: Line | undefined, seen: Set<string>): string | undefined {
  const name = `${text.seq} ${text.field}`;
  if (seen.has(name)) return `the text "${text.field}" of entry ${text.seq} stands here twice`;
  seen.add(name);
  if (entry === undefined) return `entry ${text.seq} is not here`;
  if (entry.texts[text.field] === undefined) return `entry ${text.seq} has no text "${text.field}"`;
  return keeps(entry, text) ? undefined : `the text "${text.field}" of entry ${text.seq} is not what the entry committed to`;
}

function keeps(entry: Line, { field, commitment, salt, value }: PackText): boolean {
  if (!isHash(salt) || entry.texts[field] !== commitment) return false;
  return commitmentOf(field, value, fromBase64(salt)) === commitment;
}

/** Every text that is not here must have been erased by an entry, or be listed in the manifest. */
export function missingTexts(entries: Line[], texts: PackText[], declared: Declared): { missing: number; problems: Problem[] } {
  const here = new Set(texts.map(({ seq, field }) => `${seq} ${field}`));
  const erased = new Set(entries.filter(({ kind }) => kind === 'text.redacted').flatMap(erasedBy));
  const gone = entries.flatMap(({ seq, texts: fields }) => Object.keys(fields).map((field) => ({ seq, field })));
  const missing = gone.filter(({ seq, field }) => !here.has(`${seq} ${field}`));
  const unexplained = missing.filter(
    ({ seq, field }) => !erased.has(`${seq} ${field}`) && !declared.redacted.has(`${seq} ${field}`),
  );
  const problems = unexplained.map(({ seq, field }): Problem => {
    const message = `the text "${field}" of entry ${seq} is missing, and neither an erasure nor the manifest says why.`;
    return { kind: 'missing-text', seq, file: 'texts.jsonl', message };
  });
  return { missing: missing.length, problems };
}

function erasedBy({ body }: Line): string[] {
  const { of, fields } = body;
  return Array.isArray(fields) ? fields.map((field) => `${of} ${field}`) : [];
}

/** Directory of an evidence file inside the pack; its id is the one that the entry `evidence.added` names. */
export function evidenceFolder(id: string): string {
  const spelled = encodeURIComponent(id).replaceAll(/[!*'()]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `evidence/${/^\.+$/.test(spelled) ? spelled.replaceAll('.', '%2E') : spelled}/`;
}

/** Holds evidence files against the SHA-256 that their entries carry; counts those that are not in the pack. */
export async function checkEvidence(
  pack: PackFiles,
  entries: Line[],
  texts: PackText[],
): Promise<{ missing: number; problems: Problem[] }> {
  const digests = new Map(texts.filter(({ field }) => field === 'sha256').map(({ seq, value }) => [seq, value]));
  const added = entries.filter(({ kind }) => kind === 'evidence.added');
  const owned = new Set<string>();
  const problems: Problem[] = [];
  let missing = 0;
  for (const { seq, body } of added) {
    const folder = evidenceFolder(String(body.evidence));
    const files = [...pack.keys()].filter((path) => path.startsWith(folder));
    if (files.length === 0) missing += 1;
    for (const path of files) {
      owned.add(path);
      const digest = digests.get(seq);
      if (digest === undefined || (await nativeDigest(pack.get(path) ?? new Uint8Array())) !== digest)
        problems.push({
          kind: 'evidence',
          seq,
          file: path,
          message: `${path} is not the file that entry ${seq} recorded: its SHA-256 differs.`,
        });
    }
  }
  return { missing, problems: [...problems, ...strayEvidence(pack, owned)] };
}

function strayEvidence(pack: PackFiles, owned: ReadonlySet<string>): Problem[] {
  return [...pack.keys()]
    .filter((path) => path.startsWith('evidence/') && !owned.has(path))
    .map((path): Problem => ({ kind: 'evidence', file: path, message: `${path} is named by no entry that is here.` }));
}
