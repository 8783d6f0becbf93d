import { toBase64 } from '../record/bytes.ts';
import type { Line } from '../record/entry.ts';
import { checkEvidence, missingTexts, readTexts } from './commitments.ts';
import { type PackFiles, UnreadablePack } from './files.ts';
import { type FoundNote, outsideNotes, packNotes, type SignedHead, signedHeads } from './heads.ts';
import { checkpointVerdicts, holdTree } from './held-tree.ts';
import { knownKeys, readKeys } from './keys.ts';
import { type PackLine, readRecord } from './lines.ts';
import { claimProblems, type Declared, readManifest } from './manifest.ts';
import { firstBadOf, type Problem, saysOf, type Verdict } from './verdict.ts';

export type VerifyOptions = {
  /** A text with one or more checkpoints kept outside the pack. */
  checkpoint?: string;
  /** Called before each step, and awaited: a page can draw. `done` runs from 0 to 1. */
  progress?: (step: string, done: number) => void | Promise<void>;
};

/**
 * Whether a pack is unchanged since the heads it is held against, as `docs/record-format.md` orders the checks. Needs
 * nothing but `record/`, and `crypto.subtle` for the signatures: it runs in Node from 20, in browsers, and inside the pack.
 * @throws UnreadablePack where there is no record at all, or no checkpoint in `options.checkpoint`.
 */
export async function verifyPack(pack: PackFiles, options: VerifyOptions = {}): Promise<Verdict> {
  const bytes = pack.get('record.jsonl');
  if (bytes === undefined) throw new UnreadablePack('There is no record.jsonl here: this is not an export of a record.');
  const outside = options.checkpoint === undefined ? [] : outsideNotes(options.checkpoint);
  const step = async (name: string, done: number): Promise<void> => options.progress?.(name, done);

  await step('reading the entries', 0);
  const record = readRecord(bytes);
  const { lines } = record;
  await step('checking the texts and files', 0.4);
  const beside = await readBeside(pack, lines);
  await step('checking the signatures', 0.8);
  const signed = await readHeads(pack, outside, lines);
  await step('checking the tree', 0.85);
  const tree = holdTree(pack, lines, signed.heads);
  await step('done', 1);

  const root = toBase64(tree.root);
  const claims = claimProblems(beside.declared, { ...claimsOf(lines), entries: lines.length, root });
  // The order decides which of several problems at one entry names it: the tree knows best, the manifest least.
  const problems = [...tree.problems, ...record.problems, ...signed.problems, ...beside.problems, ...claims];
  const checkpoints = checkpointVerdicts(signed.heads, tree.rootAt);
  const says = saysOf({
    ...beside,
    entries: lines.length,
    checkpoints,
    problems,
    withheld: lines.filter(({ withheld }) => withheld).length,
    signaturesUnchecked: signed.heads.some(({ signature }) => signature === 'unchecked'),
    rootAt: tree.rootAt,
  });
  return { ok: problems.length === 0, entries: lines.length, root, checkpoints, firstBad: firstBadOf(problems), problems, says };
}

type Beside = { declared: Declared; missingTexts: number; missingEvidence: number; problems: Problem[] };

/** What stands beside the lines: the manifest, the texts behind their commitments, the evidence. */
async function readBeside(pack: PackFiles, lines: PackLine[]): Promise<Beside> {
  const entries = new Map(lines.flatMap(({ seq, entry }): [number, Line][] => (entry === undefined ? [] : [[seq, entry]])));
  const shown = [...entries.values()];
  const manifest = await readManifest(pack);
  const { texts, problems } = readTexts(pack.get('texts.jsonl') ?? new Uint8Array(), entries);
  const gone = missingTexts(shown, texts, manifest.declared);
  const evidence = await checkEvidence(pack, shown, texts);
  return {
    declared: manifest.declared,
    missingTexts: gone.missing,
    missingEvidence: evidence.missing,
    problems: [...undeclared(lines, manifest.declared), ...problems, ...gone.problems, ...evidence.problems, ...manifest.problems],
  };
}

function undeclared(lines: PackLine[], declared: Declared): Problem[] {
  return lines
    .filter(({ seq, withheld }) => withheld && !declared.withheld.has(seq))
    .map(
      ({ seq }): Problem => ({ kind: 'withheld', seq, message: `entry ${seq} is withheld, and the manifest does not say why.` }),
    );
}

async function readHeads(
  pack: PackFiles,
  outside: FoundNote[],
  lines: PackLine[],
): Promise<{ heads: SignedHead[]; problems: Problem[] }> {
  const { keys, problems: keyProblems } = readKeys(pack.get('keys.txt'));
  const { known, problems: rotationProblems } = await knownKeys(lines, keys);
  const { notes, problems: noteProblems } = packNotes(pack);
  const { heads, problems } = await signedHeads([...notes, ...outside], known, claimsOf(lines).record);
  return { heads, problems: [...rotationProblems, ...noteProblems, ...problems, ...keyProblems] };
}

/** What the lines that are here say of the whole record; nothing where all are withheld. */
function claimsOf(lines: PackLine[]): { record: string | undefined; of: string | undefined; drill: boolean | undefined } {
  const entries = lines.flatMap(({ entry }) => (entry === undefined ? [] : [entry]));
  const [first] = entries;
  return { record: first?.record, of: first?.of, drill: first && entries.some(({ drill }) => drill) };
}
