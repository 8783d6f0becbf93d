import type { Entry } from '../record/entry.ts';

/** Kept apart from what happened, as clocks are: only a notice that asks for a policy or a contract finds it. */
export const TERMS_KIND = 'internal clock terms';

/** Which policy or contract a clause is of, as a notice under it names it; one that ended is not named any more. */
export function termsEntry(entry: Entry): { kind: string; text: string; supersedes?: number } | undefined {
  if (entry.kind !== 'fact.set' || entry.texts.terms === undefined) return undefined;
  const { value, supersedes } = entry.body;
  if (typeof value === 'object' && !Array.isArray(value) && value.ended === true) return undefined;
  return { kind: TERMS_KIND, text: entry.texts.terms, ...(supersedes === undefined ? {} : { supersedes }) };
}
