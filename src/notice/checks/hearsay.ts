import type { Case, Check } from '../case.ts';
import { cited, problem } from '../case.ts';

/** Somebody else's word, as an entry keeps it: "Acme says that the files were encrypted". */
const SAYS = /^\W*(?:\S+\s+){1,4}?(?:says|claims|states|maintains|asserts|assures us)\b/i;

const ATTRIBUTED =
  /\b(?:says?|said|claims?|claimed|states?|stated|told|tells|informed|informs|reports?|reported|wrote|writes|written|announced|assured?|assures|maintains|asserts|according to|in (?:its|their) (?:words|view|letter|notice|statement))\b/i;

/** What a vendor says is passed on as what the vendor says: nobody here has seen it. */
export const hearsay: Check = (it) => {
  if (it.type !== 'fact' || it.evidence.length === 0 || ATTRIBUTED.test(it.reading.text) || named(it)) return [];
  if (!it.evidence.every(({ entry }) => SAYS.test(entry.text))) return [];
  const message = `${cited(it)} is what somebody else says, and this states it as a fact.`;
  return [problem(it, 'truth', 'status.hearsay', message, 'Write who says so: "According to [name], ...".')];
};

/** The speaker is named: what is told of their own deeds is theirs. */
const named = (it: Case): boolean =>
  it.evidence.some(({ entry }) => {
    const speaker = /\p{Lu}[\p{L}\d-]+/u.exec(entry.text)?.[0];
    return speaker !== undefined && it.reading.text.includes(speaker);
  });
