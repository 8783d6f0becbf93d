import { spoken } from '../record/checkpoint.ts';
import type { Hash } from '../record/tree.ts';

/** What can be wrong with a pack. `docs/record-format.md` says what each kind means; a kind is only ever added. */
export type ProblemKind =
  | 'changed'
  | 'dropped'
  | 'added'
  | 'reordered'
  | 're-hashed'
  | 'malformed'
  | 'other-record'
  | 'leaves'
  | 'commitment'
  | 'missing-text'
  | 'withheld'
  | 'evidence'
  | 'checkpoint'
  | 'signature'
  | 'unknown-key'
  | 'key-rotation'
  | 'file';

/** One thing that is wrong: at an entry (`seq`), in a file, or with a checkpoint. `message` is a sentence. */
export type Problem = { kind: ProblemKind; seq?: number; file?: string; message: string };

export type CheckpointVerdict = {
  size: number;
  /** Its root is the root of the entries here, and no signature on it is wrong. */
  ok: boolean;
  /** A copy of it came from outside the pack. */
  witnessed: boolean;
};

/** What `verify --json` prints. Stable: others script against it. */
export type Verdict = {
  ok: boolean;
  entries: number;
  /** Root over all entries of the pack, base64. */
  root: string;
  checkpoints: CheckpointVerdict[];
  /** The earliest entry that a problem names. */
  firstBad: { seq: number; kind: ProblemKind } | null;
  problems: Problem[];
  says: string;
};

/** What the words of a verdict are made from. */
export type Findings = {
  entries: number;
  checkpoints: CheckpointVerdict[];
  problems: Problem[];
  /** Entries that are here as bare hashes, and texts that are not here. */
  withheld: number;
  missingTexts: number;
  /** Evidence files that entries name and the pack does not hold. */
  missingEvidence: number;
  signaturesUnchecked: boolean;
  rootAt: (size: number) => Hash | undefined;
};

export function firstBadOf(problems: Problem[]): Verdict['firstBad'] {
  let first: Verdict['firstBad'] = null;
  for (const { seq, kind } of problems) if (seq !== undefined && (first === null || seq < first.seq)) first = { seq, kind };
  return first;
}

const many = (n: number, one: string, more = `${one}s`): string => (n === 1 ? `1 ${one}` : `${n} ${more}`);

/** The verdict in plain words. It never says "true": a verifier sees that nothing changed, not that it was right. */
export function saysOf(findings: Findings): string {
  const { problems } = findings;
  const opening = problems.length === 0 ? [] : [wrong(problems)];
  return [...opening, ...vouched(findings), ...gaps(findings)].join(' ');
}

function wrong(problems: Problem[]): string {
  const first = firstBadOf(problems);
  const told = problems.find(({ seq, kind }) => seq === first?.seq && kind === first?.kind) ?? problems[0];
  const others = problems.length > 1 ? ` (and ${many(problems.length - 1, 'further problem')})` : '';
  return `This pack does not verify: ${told?.message ?? 'it is damaged'}${others}`;
}

function vouched({ entries, checkpoints, problems, rootAt }: Findings): string[] {
  const outside = checkpoints.filter(({ witnessed }) => witnessed);
  const size = Math.max(-1, ...outside.filter(({ ok }) => ok).map((checkpoint) => checkpoint.size));
  if (outside.length === 0) return problems.length === 0 ? alone(entries, checkpoints) : [];
  if (size < 0) return ['The checkpoint from outside does not match these entries.'];
  const root = rootAt(size);
  const head = `the witnessed head of ${many(size, 'entry', 'entries')} (${root === undefined ? '' : spoken(root)})`;
  const after = entries - size;
  const tail =
    after === 1
      ? "The entry after it is the operator's word: no outside copy covers it."
      : `The ${after} entries after it are the operator's word: no outside copy covers them.`;
  const opening = problems.length === 0 ? `Unchanged since ${head}.` : `The lines up to ${head} do match it.`;
  return after > 0 ? [opening, tail] : [opening];
}

function alone(entries: number, checkpoints: CheckpointVerdict[]): string[] {
  const own = checkpoints.length === 0 ? 'no checkpoint at all' : `the operator's own ${many(checkpoints.length, 'checkpoint')}`;
  const agrees = checkpoints.length === 0 ? 'There is' : 'They agree with';
  return [
    `The ${many(entries, 'entry', 'entries')} ${entries === 1 ? 'is' : 'are'} consistent in ${entries === 1 ? 'itself' : 'themselves'}. ${agrees} ${own}.`,
    "Nothing outside vouches for it: all of it is the operator's word until it is checked against a checkpoint kept outside the pack.",
  ];
}

function gaps({ withheld, missingTexts, missingEvidence, signaturesUnchecked }: Findings): string[] {
  const says: string[] = [];
  if (withheld > 0) says.push(`${many(withheld, 'entry is', 'entries are')} withheld: only the hash is here.`);
  if (missingTexts > 0) says.push(`${many(missingTexts, 'text is', 'texts are')} erased or withheld: only the commitment is here.`);
  if (missingEvidence > 0)
    says.push(
      `${many(missingEvidence, 'evidence file')} of the record ${missingEvidence === 1 ? 'is' : 'are'} not here and could not be checked.`,
    );
  if (signaturesUnchecked) says.push('Signature not checked here: this program lacks Ed25519; the tree was checked.');
  return says;
}
