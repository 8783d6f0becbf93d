import type { Check } from '../case.ts';
import { problem } from '../case.ts';
import { CONTRARIES, sidesOf } from '../words/contraries.ts';

/** "On" where the entry has it switched off, "damaged" for "intact", "except" for "included": one state for the one it excludes. */
export const contrary: Check = (it) => {
  if (it.type !== 'fact' || it.evidence.length === 0) return [];
  const theirs = it.evidence.flatMap(({ readings }) => readings.slice(0, 1).map(({ text }) => text)).join('; ');
  const wrong = CONTRARIES.find((pair) => {
    const ours = sidesOf(it.reading.text, pair);
    if (ours.size !== 1) return false;
    const known = sidesOf(theirs, pair);
    return known.size === 1 && [...ours][0] !== [...known][0];
  });
  if (wrong === undefined) return [];
  const message = 'This gives a state that excludes the one in the cited entry.';
  return [problem(it, 'truth', 'polarity.contrary', message, 'Use the word of the entry.')];
};
