import type { Case, Check } from '../case.ts';
import { cited, problem } from '../case.ts';
import { type Part, partsOf, samePart } from '../part.ts';
import type { Problem } from '../problem.ts';
import type { Token } from '../reading.ts';
import { sameKey } from '../values/mention.ts';

/** "23 of 14", "all of them" for "4 of them", "9 of 212" for "9 of 47": a part belongs to its own whole. */
export const parts: Check = (it) => {
  if (it.type === 'fixed' || it.evidence.length === 0) return [];
  const ours = partsOf(it.reading);
  const theirs = it.evidence.flatMap(({ readings }) => readings.flatMap(partsOf));
  const wrong = ours.find((one) => turned(one, theirs));
  if (wrong !== undefined)
    return [say(it, 'value.part', `"${wrong.part.raw}" of "${wrong.whole.raw}" is not what ${cited(it)} gives as part and whole.`)];
  const all = allOf(it, theirs);
  if (all !== undefined) return [say(it, 'value.quantifier', `"${all.text}" is not what ${cited(it)} counts.`)];
  return alone(it);
};

const say = (it: Case, rule: string, message: string): Problem =>
  problem(it, 'truth', rule, message, 'Give part and whole as the entry has them.');

function turned(ours: Part, theirs: Part[]): boolean {
  if (ours.part.amount > ours.whole.amount && !theirs.some((one) => samePart(one, ours))) return true;
  const rivals = theirs.filter(({ part }) => sameKey(part, ours.part));
  return rivals.length > 0 && !rivals.some((one) => samePart(one, ours)) && !nested(ours, rivals, theirs);
}

/** "6 of the 41" and "41 of 58" make "6 of 58" true as well. */
const nested = (ours: Part, rivals: Part[], theirs: Part[]): boolean =>
  rivals.some(({ whole }) => theirs.some((outer) => sameKey(outer.part, whole) && sameKey(outer.whole, ours.whole)));

/** "All of those" where the entry counts some of them. */
function allOf(it: Case, theirs: Part[]): Token | undefined {
  const { tokens } = it.reading;
  return tokens.find((token, at) => {
    if (!/^(?:all|each|every|none|half|most)$/.test(token.lower) || token.negated) return false;
    const whole = wholeOf(tokens, at);
    const counted = theirs.filter(({ whole: one }) => whole !== undefined && sameKey(one, whole));
    const said = counted.some(({ part }) => it.reading.mentions.some((mention) => sameKey(mention, part)));
    const same = it.evidence.some(({ readings }) =>
      readings.some((reading) =>
        reading.tokens.some(({ lower, start }, index) => lower === token.lower && start >= 0 && near(reading.tokens, index)),
      ),
    );
    return counted.length > 0 && !said && !same;
  });
}

const near = (tokens: Token[], at: number): boolean =>
  tokens.slice(at + 1, at + 6).some(({ mention }) => mention?.type === 'number');

/** The number that "all" speaks of: "all of your 130 PCs", or the last one before "all of them". */
function wholeOf(tokens: Token[], at: number) {
  const them = tokens[at + 1]?.lower === 'of' && /^(?:them|those|these)$/.test(tokens[at + 2]?.lower ?? '');
  const places = them ? tokens.slice(0, at).reverse() : tokens.slice(at + 1, at + 5);
  const end = them ? -1 : places.findIndex(({ broken, mention }) => broken && mention === undefined);
  return places.slice(0, end < 0 ? undefined : end).find(({ mention }) => mention?.type === 'number')?.mention;
}

/** "CORR-PC-17 alone" where the entry names two. */
function alone(it: Case): Problem[] {
  const { tokens } = it.reading;
  const word = tokens.find(({ lower }, at) => lower === 'alone' && tokens[at - 1]?.mention !== undefined);
  const value = word === undefined ? undefined : tokens[tokens.indexOf(word) - 1]?.mention;
  if (value === undefined) return [];
  const others = it.evidence.some(
    ({ entry, readings }) =>
      readings.some(
        ({ mentions }) =>
          mentions.some((mention) => sameKey(value, mention)) &&
          mentions.filter(({ type, keys }) => type === value.type && keys[0] !== value.keys[0]).length > 0,
      ) && !/\b(?:alone|only|solely)\b/i.test(entry.text),
  );
  return others ? [say(it, 'value.quantifier', `${cited(it)} names more than "${value.raw}".`)] : [];
}
