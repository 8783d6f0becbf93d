import { sameBytes, toBase64 } from '../record/bytes.ts';
import type { Hash } from '../record/tree.ts';
import { checkEvidence, missingTexts, readTexts } from './commitments.ts';
import { damageOf, rootsAt } from './damage.ts';
import { linesOf, type PackFiles, textOf, UnreadablePack } from './files.ts';
import { outsideNotes, packNotes, type SignedHead, signedHeads } from './heads.ts';
import { knownKeys, readKeys } from './keys.ts';
import { type PackLine, readRecord } from './lines.ts';
import { type Declared, readManifest } from './manifest.ts';
import { type CheckpointVerdict, firstBadOf, type Problem, saysOf, type Verdict } from './verdict.ts';

export type VerifyOptions = {
  /** A text with one or more checkpoints kept outside the pack. */
  checkpoint?: string;
  /** Called between the steps, and awaited: a page can draw. `done` runs from 0 to 1. */
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
  const { lines, problems: lineProblems } = readRecord(bytes);
  const entries = new Map(lines.flatMap(({ seq, entry }) => (entry === undefined ? [] : [[seq, entry]])));
  await step('checking the texts', 0.4);
  const { texts, problems: textProblems } = readTexts(pack.get('texts.jsonl') ?? new Uint8Array(), entries);
  await step('checking the files', 0.6);
  const { declared, problems: fileProblems } = readManifest(pack);
  const shown = [...entries.values()];
  const evidence = checkEvidence(pack, shown, texts);
  const gone = missingTexts(shown, texts, declared);
  await step('checking the signatures', 0.8);
  const signed = await readHeads(pack, outside, lines);
  await step('checking the tree', 0.9);
  const tree = holdAgainst(pack, lines, signed.heads);

  const problems = [
    ...tree.problems,
    ...lineProblems,
    ...signed.problems,
    ...undeclared(lines, declared),
    ...textProblems,
    ...gone.problems,
    ...evidence.problems,
    ...fileProblems,
  ];
  const findings = {
    entries: lines.length,
    root: tree.root,
    checkpoints: checkpointVerdicts(signed.heads, tree.rootAt),
    problems,
    withheld: lines.filter(({ withheld }) => withheld).length,
    missingTexts: gone.missing,
    missingEvidence: evidence.missing,
    signaturesUnchecked: signed.heads.some(({ signature }) => signature === 'unchecked'),
    rootAt: tree.rootAt,
  };
  await step('done', 1);
  return {
    ok: problems.length === 0,
    entries: findings.entries,
    root: toBase64(tree.root),
    checkpoints: findings.checkpoints,
    firstBad: firstBadOf(problems),
    problems,
    says: saysOf(findings),
  };
}

async function readHeads(pack: PackFiles, outside: ReturnType<typeof outsideNotes>, lines: PackLine[]) {
  const { keys, problems: keyProblems } = readKeys(pack.get('keys.txt'));
  const { known, problems: rotationProblems } = await knownKeys(lines, keys);
  const { notes, problems: noteProblems } = packNotes(pack);
  const record = lines.find(({ entry }) => entry !== undefined)?.entry?.record;
  const { heads, problems } = await signedHeads([...notes, ...outside], known, record);
  return { heads, problems: [...rotationProblems, ...noteProblems, ...problems, ...keyProblems] };
}

type Tree = { root: Hash; rootAt: (size: number) => Hash | undefined; problems: Problem[] };

/** The entries, leaves.txt and every head that carries a sound signature: one tree, or a place where it breaks. */
function holdAgainst(pack: PackFiles, lines: PackLine[], heads: SignedHead[]): Tree {
  const actual = lines.map(({ leaf }) => leaf);
  const { listed, problems } = readLeaves(pack.get('leaves.txt'), actual);
  const published = publishedHeads(lines);
  const roots = rootsAt(actual, [actual.length, ...heads.map(({ size }) => size), ...published.map(({ size }) => size)]);
  const rootAt = (size: number): Hash | undefined => roots.get(size);
  const binding = heads.filter(({ from, signature }) => from === 'outside' || signature === 'valid' || signature === 'unchecked');
  const broken = heads.filter((head) => !holds(head, rootAt)).map(rootProblem);
  const contradicted = published
    .filter(({ size, root }) => toBase64(rootAt(size) ?? new Uint8Array()) !== root)
    .map(publishedProblem);
  return {
    root: roots.get(actual.length) ?? new Uint8Array(32),
    rootAt,
    problems: [...damageOf(actual, listed, binding), ...problems, ...broken, ...contradicted],
  };
}

function readLeaves(bytes: Uint8Array | undefined, actual: string[]): { listed: string[]; problems: Problem[] } {
  if (bytes === undefined)
    return { listed: actual, problems: [{ kind: 'file', file: 'leaves.txt', message: 'leaves.txt is missing.' }] };
  const { lines, complete } = linesOf(bytes);
  const problems: Problem[] = complete
    ? []
    : [{ kind: 'leaves', file: 'leaves.txt', message: 'leaves.txt does not end in a line feed.' }];
  return { listed: lines.map((line) => textOf(line) ?? ''), problems };
}

const holds = ({ size, root }: SignedHead, rootAt: Tree['rootAt']): boolean => sameBytes(rootAt(size) ?? new Uint8Array(), root);

function rootProblem({ size, where }: SignedHead): Problem {
  const message = `the first ${size} entries here do not lead to the root of ${where}.`;
  return { kind: 'checkpoint', ...(where.includes('/') ? { file: where } : {}), message };
}

type Published = { seq: number; size: number; root: string };

/** Heads that the record itself says were published: they must be heads of this very record, before that entry. */
function publishedHeads(lines: PackLine[]): Published[] {
  return lines.flatMap(({ seq, entry }) => {
    if (entry?.kind !== 'checkpoint.published' || entry.of === 'standing') return [];
    return [{ seq, size: Number(entry.body.size), root: String(entry.body.root) }];
  });
}

function publishedProblem({ seq, size }: Published): Problem {
  return {
    kind: 'checkpoint',
    seq,
    message: `entry ${seq} says that a head of ${size} entries was published; the entries here lead to another root.`,
  };
}

function undeclared(lines: PackLine[], declared: Declared): Problem[] {
  return lines
    .filter(({ seq, withheld }) => withheld && !declared.withheld.has(seq))
    .map(
      ({ seq }): Problem => ({ kind: 'withheld', seq, message: `entry ${seq} is withheld, and the manifest does not say why.` }),
    );
}

function checkpointVerdicts(heads: SignedHead[], rootAt: Tree['rootAt']): CheckpointVerdict[] {
  const verdicts = new Map<string, CheckpointVerdict>();
  for (const head of heads) {
    const ok =
      holds(head, rootAt) &&
      !['wrong', 'unknown'].includes(head.signature) &&
      (head.from === 'outside' || head.signature !== 'none');
    const name = `${head.size} ${toBase64(head.root)}`;
    const earlier = verdicts.get(name);
    const witnessed = head.from === 'outside' || earlier?.witnessed === true;
    verdicts.set(name, { size: head.size, ok: ok && earlier?.ok !== false, witnessed });
  }
  return [...verdicts.values()].sort((a, b) => a.size - b.size);
}
