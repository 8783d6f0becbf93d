/**
 * What the gate says about a draft. `truth`: the record does not carry it, no person can overrule that.
 * `wording`: a known trap, a person may overrule it with a reason. `form`: length, reading grade, statutory parts.
 */
export type Level = 'truth' | 'wording' | 'form';

/** `sentence` is the index in `sentences` (from 0), or null where the draft as a whole is meant. */
export type Problem = { sentence: number | null; rule: string; level: Level; message: string; suggestion?: string };

/** What the gate answers: `ok` is false when any truth problem stands. */
export type Verdict = { ok: boolean; problems: Problem[] };

export function verdict(problems: Problem[]): Verdict {
  return { ok: !problems.some(({ level }) => level === 'truth'), problems };
}
