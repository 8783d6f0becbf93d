/** The word that was probably meant: one or two letters off. */
export function closest(word: string, words: readonly string[]): string | undefined {
  const near = words.map((known) => ({ known, off: distance(word.toLowerCase(), known) })).sort((a, b) => a.off - b.off)[0];
  return near !== undefined && near.off > 0 && near.off <= (word.length > 4 ? 2 : 1) ? near.known : undefined;
}

/** Edits between two words, a swap of neighbours counting once. */
function distance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) =>
    Array.from({ length: b.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number) => rows[i]?.[j] ?? 99;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const row = rows[i];
      if (row !== undefined)
        row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swapped ? at(i - 2, j - 2) + 1 : 99);
    }
  }
  return at(a.length, b.length);
}
