import type { Draft } from './draft.ts';
import type { Problem } from './problem.ts';
import type { Template } from './template.ts';

/** Somebody who may approve: who, and which roles they hold (communications, owner, counsel, ...). */
export type Person = { id: string; name: string; roles: readonly string[] };

/** An approval binds the hash of exact bytes; another hash is another notice. */
export type Approval = { by: Person; hash: string; at: Temporal.Instant; solo: boolean };

/** A wording rule that a person set aside at one sentence, and why. */
export type Overrule = { sentence: number | null; rule: string; reason: string; by: Person };

/** A refusal is a sentence for the person. */
export type Granted<T> = { ok: true; value: T } | { ok: false; says: string };

/** How long a holding notice sent alone can be taken back, in seconds. */
export const SOLO_UNDO_SECONDS = 120;

/**
 * The hash that an approval binds: of every byte that will be read, in order, with record, client and kind.
 * `sha256` is passed in, so that this file needs no platform; it gets UTF-8 text and gives hex.
 */
export function contentHash(draft: Draft, sha256: (text: string) => string): string {
  const lines = draft.sentences.map(({ text, cites, type }) => [text, cites, type ?? null]);
  return sha256(JSON.stringify([draft.record ?? null, draft.client ?? null, draft.kind ?? null, lines]));
}

/** What still stands in the way: truth always; wording until somebody overrules it with a reason; form never. */
export function standing(problems: readonly Problem[], overrules: readonly Overrule[]): Problem[] {
  return problems.filter(({ level, rule, sentence }) => {
    if (level === 'form') return false;
    return level === 'truth' || !overrules.some((it) => it.rule === rule && it.sentence === sentence);
  });
}

/** A person sets a wording rule aside. Truth cannot be overruled by anybody, and a reason is a sentence. */
export function overrule(problem: Problem, reason: string, by: Person): Granted<Overrule> {
  if (problem.level === 'truth')
    return refused('This is not carried by the record. Nobody can overrule that; change the sentence or the citation.');
  if (problem.level === 'form') return refused('This is advice on form; it stops nothing and needs no overruling.');
  if (reason.trim().split(/\s+/).length < 3) return refused('Give the reason in a few words: it is recorded beside the notice.');
  return { ok: true, value: { sentence: problem.sentence, rule: problem.rule, reason: reason.trim(), by } };
}

const refused = (says: string): { ok: false; says: string } => ({ ok: false, says });

/** What is put before the approver. `author` wrote or last edited the draft. */
export type Request = {
  draft: Draft;
  template: Template;
  problems: readonly Problem[];
  overrules: readonly Overrule[];
  author: string;
  hash: string;
};

/**
 * Approves exact bytes: nothing is open, the approver holds a role the template names (counsel where it names counsel), and is
 * not the author where a second person is needed.
 */
export function approve(request: Request, by: Person, at: Temporal.Instant): Granted<Approval> {
  const open = openness(request);
  if (open !== undefined) return refused(open);
  const { template } = request;
  if (template.approver.includes('counsel') && !by.roles.includes('counsel'))
    return refused('A notice of this kind needs counsel to approve it.');
  if (!by.roles.some((role) => template.approver.some((it) => it === role)))
    return refused(`A notice of this kind is approved by: ${template.approver.join(' or ')}.`);
  if (template.second_person && by.id === request.author) return refused('You wrote this. A second person has to approve it.');
  return { ok: true, value: { by, hash: request.hash, at, solo: false } };
}

/**
 * A translation: its values are the original's, and the original was approved by whom its template names. Whoever stands for the words
 * must read the language, and is not who translated them; that they say so, the record asks.
 */
export function approveTranslation(request: Request, by: Person, at: Temporal.Instant): Granted<Approval> {
  const open = openness(request);
  if (open !== undefined) return refused(open);
  if (request.template.second_person && by.id === request.author)
    return refused('You translated this. Somebody else who reads the language has to approve it.');
  return { ok: true, value: { by, hash: request.hash, at, solo: false } };
}

/** Why the draft cannot be approved by anybody as it stands; undefined where nothing is in the way. */
export function openness({ draft, problems, overrules }: Pick<Request, 'draft' | 'problems' | 'overrules'>): string | undefined {
  if (draft.sentences.length === 0) return 'There is nothing in this draft.';
  if (draft.sentences.some(({ text }) => text.includes('[[')))
    return 'Something in this draft is still unknown; fill it or say that it is not known.';
  const open = standing(problems, overrules);
  const truth = open.find(({ level }) => level === 'truth');
  if (truth !== undefined) return `${at(truth)}: ${truth.message}`;
  const wording = open[0];
  return wording === undefined ? undefined : `${at(wording)}: ${wording.message} Change it, or overrule it with a reason.`;
}

const at = ({ sentence }: Problem) => (sentence === null ? 'The draft' : `Sentence ${sentence + 1}`);

/**
 * When nobody else is awake: a holding notice only, by a person who typed the number of clients it goes to. It leaves after the
 * undo time and is recorded as sent alone.
 */
export function approveAlone(
  request: Request,
  by: Person,
  typed: string,
  clients: number,
  at: Temporal.Instant,
): Granted<Approval & { leaves: Temporal.Instant }> {
  if (request.draft.kind !== 'holding')
    return refused('Alone you can send a holding notice only. Wake somebody for anything else.');
  const open = openness(request);
  if (open !== undefined) return refused(open);
  if (typed.trim() !== String(clients)) return refused(`Type the number of clients this goes to. It goes to ${clients}.`);
  return { ok: true, value: { by, hash: request.hash, at, solo: true, leaves: at.add({ seconds: SOLO_UNDO_SECONDS }) } };
}

/** Whether an approval still covers the draft; every edit voids it. */
export function covers(approval: Approval, hash: string): boolean {
  return approval.hash === hash;
}

/** Whether a notice sent alone can still be taken back. */
export function undoable(approval: Approval & { leaves: Temporal.Instant }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(now, approval.leaves) < 0;
}
