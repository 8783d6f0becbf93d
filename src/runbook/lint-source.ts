import type { Code, Html, Nodes } from 'mdast';
import type { Linted } from './linted.ts';
import { plain, sourceOf } from './markdown.ts';
import type { Problem, Source } from './runbook.ts';

const TREE = /[├└]─|\|--|\+--/;
const LISTED = /^\s*(?:[-*+]|\d{1,3}[.)])\s+\S/;
const LETTER = /^(?:subject|betreff|asunto|objet)\s*:|^dear\b|^to whom it may concern/im;
const BOX = /^(\s*)[☐□⬜◻▢]\s*/u;
const LETTERED = /^(\s+)\(?[a-z][.)]\s+/;

/** What can be seen in the markdown itself. */
export function sourceProblems(made: Linted): Problem[] {
  const problems: Problem[] = [];
  visit(made.tree, (node) => {
    if (node.type === 'code') problems.push(...codeProblems(node));
    else if (node.type === 'html') problems.push(...htmlProblems(node));
    else if (node.type === 'heading') {
      const count = plain(node).split(/\s+/).length;
      if (count > 20)
        problems.push(at(sourceOf(node), 'info', 'sentence-heading', `Heading is a sentence of ${count} words`, 'Shorten it'));
    }
  });
  return [...problems, ...boxProblem(made), ...letterProblem(made)];
}

export function at(
  source: Pick<Source, 'line' | 'column'>,
  level: Problem['level'],
  rule: string,
  message: string,
  hint?: string,
): Problem {
  return { line: source.line, column: source.column, level, rule, message, ...(hint === undefined ? {} : { hint }) };
}

function visit(node: Nodes, see: (node: Nodes) => void): void {
  see(node);
  if ('children' in node && node.type !== 'paragraph' && node.type !== 'heading')
    for (const child of node.children) visit(child, see);
}

function codeProblems(code: Code): Problem[] {
  const lines = code.value.split('\n');
  const listed = lines.filter((line) => LISTED.test(line)).length;
  const source = sourceOf(code);
  const isText = code.lang == null || /^(text|txt|markdown|md|plain|none)$/i.test(code.lang);
  if (code.lang === 'mermaid' ? /\{.*\}/.test(code.value) : isText && lines.filter((line) => TREE.test(line)).length >= 2)
    return [
      at(
        source,
        'warn',
        'decision-in-art',
        'Decision tree drawn in a code block',
        'Write the options as a list: `- **Yes** → [Step](#...)`',
      ),
    ];
  if (isText && LETTER.test(code.value))
    return [at(source, 'info', 'notice-as-text', 'Looks like a letter', `Change \`\`\`${code.lang ?? ''} to \`\`\`notice to=...`)];
  if (isText && listed >= 3 && listed * 2 >= lines.filter((line) => line.trim() !== '').length)
    return [at(source, 'warn', 'list-in-code', `${listed} list items are inside a code block`, 'Remove the fences')];
  return [];
}

function htmlProblems(html: Html): Problem[] {
  const count = [...html.value.matchAll(/<li\b/gi)].length;
  return count === 0
    ? []
    : [at(sourceOf(html), 'info', 'html-list', `${count} list items are written in HTML`, 'Write them as a markdown list')];
}

/** `☐` is no task to GitHub. The mend is certain where the box opens the line and no number follows it. */
function boxProblem({ lines }: Linted): Problem[] {
  const found = lines.flatMap((line, index) => (/^\s*(?:#+\s*)?[☐□⬜◻▢]/u.test(line) ? [index] : []));
  const [first] = found;
  if (first === undefined) return [];
  const problem = at(
    { line: first + 1, column: 1 },
    'info',
    'glyph-checkbox',
    `${found.length} \`☐\` lines read as tasks`,
    'Use `- [ ]`',
  );
  const plainBoxes = found.every((index) => BOX.test(lines[index] ?? '') && !/^\s*[☐□⬜◻▢]\s*\d/u.test(lines[index] ?? ''));
  return [plainBoxes ? withFix(problem, lines, found, (line) => line.replace(BOX, '$1- [ ] ')) : problem];
}

/** Lettered lines under a list item become a nested list when they stand as deep as the item's own words. */
function letterProblem({ lines }: Linted): Problem[] {
  const found = lines.flatMap((_, index) => (isLettered(lines, index) ? [index] : []));
  const [first] = found;
  if (first === undefined) return [];
  const problem = at(
    { line: first + 1, column: 1 },
    'info',
    'lettered-list',
    '`a.` is not a list in Markdown; read as sub-checks',
    'Use a nested `-`',
  );
  const deep = found.every((index) => (LETTERED.exec(lines[index] ?? '')?.[1]?.length ?? 0) >= 2);
  return [deep ? withFix(problem, lines, found, (line) => line.replace(LETTERED, '$1- ')) : problem];
}

/** `a.` opens the letters; `b.` and on continue them. */
function isLettered(lines: string[], index: number): boolean {
  const letter = /^\s+\(?([a-z])[.)]\s+\S/.exec(lines[index] ?? '')?.[1];
  if (letter === undefined) return false;
  if (letter === 'a') return /\S/.test(lines[index - 1] ?? '');
  const before = /^\s+\(?([a-z])[.)]\s+\S/.exec(lines[index - 1] ?? '')?.[1];
  return before !== undefined && before.charCodeAt(0) + 1 === letter.charCodeAt(0) && isLettered(lines, index - 1);
}

function withFix(problem: Problem, lines: string[], found: number[], mend: (line: string) => string): Problem {
  const [first = 0, last = first] = [found[0], found.at(-1)];
  const text = lines.slice(first, last + 1).map((line, index) => (found.includes(first + index) ? mend(line) : line));
  return {
    ...problem,
    fix: {
      from: { line: first + 1, column: 1 },
      to: { line: last + 1, column: (lines[last] ?? '').length + 1 },
      text: text.join('\n'),
    },
  };
}
