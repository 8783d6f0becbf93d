import type { Problem } from './runbook.ts';

/** Applies every certain mend, last place first, so that no mend moves another's place. Line ends stay as they are. */
export function mend(source: string, problems: Problem[]): string {
  const fixes = problems.flatMap(({ fix }) => (fix === undefined ? [] : [fix]));
  const ends = source.includes('\r\n') ? '\r\n' : '\n';
  let lines = source.split(/\r?\n/);
  let before = Number.POSITIVE_INFINITY;
  for (const { from, to, text } of fixes.toSorted((a, b) => b.from.line - a.from.line)) {
    // Two mends over the same lines: the second run takes the other one.
    if (to.line >= before) continue;
    before = from.line;
    const head = (lines[from.line - 1] ?? '').slice(0, from.column - 1);
    const tail = (lines[to.line - 1] ?? '').slice(to.column - 1);
    lines = [...lines.slice(0, from.line - 1), ...`${head}${text}${tail}`.split('\n'), ...lines.slice(to.line)];
  }
  return lines.join(ends);
}
