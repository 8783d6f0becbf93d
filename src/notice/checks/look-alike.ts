import type { Case, Check } from '../case.ts';
import { cited, problem } from '../case.ts';
import type { Reading, Token } from '../reading.ts';

/** "axois" for "axios": a word of no meaning of its own that is one slip away from a word of the entry. */
export const lookAlike: Check = (it) => {
  if (it.type === 'fixed' || it.evidence.length === 0) return [];
  const theirs = it.evidence.flatMap(({ readings }) => readings.slice(0, 1).flatMap(({ tokens }) => tokens)).filter(isWord);
  const known = new Set(theirs.map(({ lower }) => lower));
  const twin = (token: Token) => theirs.find((other) => other.concepts.size === 0 && slipped(token.lower, other.lower));
  const wrong = it.reading.tokens.find(
    (token) =>
      isWord(token) &&
      token.concepts.size === 0 &&
      !token.empty &&
      !known.has(token.lower) &&
      !it.carried.has(token.stem) &&
      twin(token) !== undefined,
  );
  const found = wrong === undefined ? otherProduct(it) : { ours: wrong, theirs: twin(wrong) };
  if (found === undefined) return [];
  const message = `"${found.ours.text}" is not in ${cited(it)}; it has "${found.theirs?.text}".`;
  return [problem(it, 'truth', 'name', message, 'Spell it as the entry does.')];
};

const isWord = ({ mention, broken, lower }: Token) => mention === undefined && !broken && lower.length >= 5;

/** One letter left out, put in or exchanged, or two neighbours in the other order; not at the very end, where words are inflected. */
function slipped(a: string, b: string): boolean {
  if (a === b || Math.abs(a.length - b.length) > 1 || a[0] !== b[0]) return false;
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const rests = [
    [a.slice(at + 1), b.slice(at + 1)],
    [a.slice(at + 1), b.slice(at)],
    [a.slice(at), b.slice(at + 1)],
  ];
  const crossed = a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
  return crossed || (at < Math.min(a.length, b.length) - 2 && rests.some(([x, y]) => x === y));
}

/** "debugger 4.4.2" for "debug 4.4.2": the word right before a version, where the entry has another name there. */
function otherProduct(it: Case): { ours: Token; theirs: Token } | undefined {
  const theirs = it.evidence.flatMap(({ readings }) => readings.slice(0, 1).flatMap(versioned));
  for (const { name, keys } of versioned(it.reading)) {
    const same = theirs.filter((one) => keys.some((key) => one.keys.includes(key)));
    const [first] = same;
    if (
      first === undefined ||
      name.concepts.size > 0 ||
      it.carried.has(name.stem) ||
      same.some((one) => one.name.lower === name.lower)
    )
      continue;
    if (same.every((one) => !it.reading.tokens.some(({ lower }) => lower === one.name.lower)))
      return { ours: name, theirs: first.name };
  }
  return undefined;
}

/** The versions of a text, each with the name that it stands behind. */
function versioned({ tokens }: Reading): { name: Token; keys: string[] }[] {
  return tokens.flatMap(({ mention }, at) => {
    const name = tokens[at - 1];
    return mention?.type === 'version' && name !== undefined && name.mention === undefined && !name.broken && !name.empty
      ? [{ name, keys: mention.keys }]
      : [];
  });
}
