import type { Check } from '../case.ts';
import { problem } from '../case.ts';
import { nameMentions } from '../name-word.ts';
import { placeOf } from '../neighbourhood.ts';
import type { Reading, Token } from '../reading.ts';
import type { Mention } from '../values/mention.ts';
import { concept } from '../words/lexicon.ts';

/** Somebody and what they did, as the words right beside the name say. */
type Deed = { name: Mention; deed: Token };

/** Who did what: a deed of one name in the entry is not another's in the draft. */
export const nameRoles: Check = (it) => {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const theirs = it.evidence.flatMap(({ readings }) => readings.slice(0, 1)).flatMap(deedsIn);
  const wrong = deedsIn(it.reading).find((ours) => taken(ours, theirs));
  if (wrong === undefined) return [];
  const message = `"${wrong.deed.text}" is what the entry says of another name than "${wrong.name.raw}".`;
  return [problem(it, 'truth', 'name.role', message, 'Give each deed to the one the entry gives it to.')];
};

function deedsIn(reading: Reading): Deed[] {
  return nameMentions(reading).flatMap((name) => {
    const deed = deedOf(name, reading);
    return deed === undefined ? [] : [{ name, deed }];
  });
}

const sameName = (a: Mention, b: Mention) => a.keys.some((key) => key.length > 1 && b.keys.includes(key));
const sameDeed = (a: Token, b: Token) => a.stem === b.stem || [...a.concepts].some((id) => b.concepts.has(id));

function taken({ name, deed }: Deed, theirs: Deed[]): boolean {
  const does = theirs.filter((other) => sameDeed(deed, other.deed));
  return does.length > 0 && !does.some((other) => sameName(name, other.name)) && theirs.some((other) => sameName(name, other.name));
}

/** The deed right behind a name ("Dr. Kolb signed"), or right before it where it is done by it ("signed by Dr. Kolb"). */
function deedOf(name: Mention, reading: Reading): Token | undefined {
  const before = reading.text.slice(0, name.start);
  const passive = /\bby (?:dr\.? |mr\.? |ms\.? |the )?$/i.test(before);
  if (
    !passive &&
    /\b(?:of|at|from|for|in|with|to|on|the|our)\s+(?:dr\.? |mr\.? |ms\.? )?$/i.test(before) &&
    !/^(?:the|and)\s+$/i.test(before)
  )
    return undefined;
  const after = reading.tokens.findIndex((token) => token.start >= name.end);
  const at = placeOf(name, reading);
  const span = passive ? reading.tokens.slice(Math.max(0, at - 5), at).reverse() : reading.tokens.slice(after, after + 4);
  const end = span.findIndex(
    ({ broken, mention, lower }) => (broken && mention === undefined) || (!passive && /^(?:and|or|but|who|which)$/.test(lower)),
  );
  return (end < 0 ? span : span.slice(0, end)).find((token) => isDeed(token, passive));
}

function isDeed(token: Token, passive: boolean): boolean {
  const event = [...token.concepts].some((id) => concept(id)?.thing === false);
  return event && (passive || /(?:ed|t|n|e|w|d)$/.test(token.lower)) && token.mention === undefined;
}
