/** Flesch-Kincaid grade of a text: US school years. Figures, ids and addresses count as one short word. */
export function fleschKincaid(sentences: string[]): number {
  const texts = sentences.flatMap((it) => it.split(/(?<=[.!?])\s+/)).filter((it) => /[a-z]/i.test(it));
  const words = texts.flatMap((it) => it.match(/[\p{L}\d][\p{L}\d'.:/-]*/gu) ?? []);
  if (words.length === 0) return 0;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * (words.length / texts.length) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesOf(word: string): number {
  if (/\d/.test(word)) return 1;
  const groups = word
    .toLowerCase()
    .replace(/(?:[^laeiouy]es|[^td]ed|[^laeiouy]e)$/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, groups?.length ?? 1);
}
