import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../src/runbook/compile.ts';
import { type Check, type Runbook, stepsOf } from '../src/runbook/runbook.ts';

/** Every word that a compiled runbook still carries, problems aside. */
function carried(runbook: Runbook): Set<string> {
  const found: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.push(value);
    else if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) walk(inner);
  };
  walk({ ...runbook, problems: [] });
  return new Set(found.join(' ').match(/\p{L}{2,}\d*/gu));
}

const lost = (text: string): string[] => {
  const have = carried(compile(text, { file: 'zz.md' }));
  return [...new Set(text.match(/\bw[a-z]+\d+\b/g))].filter((word) => !have.has(word));
};

/** Markdown of every kind the grammar knows, each word its own, so that a lost block is a lost word. */
let count = 0;
const word = fc.constantFrom('wblock', 'wisolate', 'wcheck', 'wnote').map((stem) => `${stem}${++count}`);
const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const sentence = fc.oneof(
  line,
  line.map((words) => `If ${words}, block it.`),
  line.map((words) => `Check ${words}?`),
  line.map((words) => `**${words}**`),
  line.map((words) => `**${words}:** and more`),
  line.map((words) => `[${words}](#somewhere)`),
  line.map((words) => `[${words}](https://example.org)`),
  line.map((words) => `\`${words}\``),
  line.map((words) => `${words} such as:`),
);
const indent = (text: string, by: string) =>
  text
    .split('\n')
    .map((row) => by + row)
    .join('\n');
const item = fc
  .tuple(fc.constantFrom('- ', '1. ', '- [ ] ', '- [x] '), sentence, fc.option(sentence))
  .map(([mark, own, below]) => (below === null ? `${mark}${own}` : `${mark}${own}\n${indent(`- ${below}`, '   ')}`));
const list = fc.array(item, { minLength: 1, maxLength: 4 }).map((items) => items.join('\n'));
const title = fc.oneof(
  fc.constantFrom(
    'Contain',
    'Recovery',
    'Phase 2: Investigate',
    'References',
    'Overview',
    'Checklist',
    'Evidence',
    'MITRE',
    'Common causes',
  ),
  line,
  line.map((words) => `${words}?`),
  line.map((words) => `${words} (if ${words.split(' ')[0]})`),
  line.map((words) => `Step 3: ${words}`),
);
const block = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.integer({ min: 1, max: 5 }), title).map(([depth, words]) => `${'#'.repeat(depth)} ${words}`),
  },
  { weight: 4, arbitrary: sentence },
  { weight: 5, arbitrary: list },
  fc
    .tuple(fc.constantFrom('', 'bash', 'text', 'mermaid', 'notice to=customers'), fc.array(line, { minLength: 1, maxLength: 3 }))
    .map(([lang, lines]) => `\`\`\`${lang}\n${lines.join('\n')}\n\`\`\``),
  line.map((words) => `\`\`\`\n(P) Preparation\n1. ${words}\n\`\`\``),
  sentence.map((words) => `> ${words}`),
  line.map((words) => `> [!CAUTION]\n> ${words}`),
  fc.tuple(line, line, line, line).map(([a, b, c, d]) => `| ${a} | ${b} |\n|---|---|\n| ${c} | ${d} |`),
  fc.tuple(line, line).map(([a, b]) => `| # | Action | Done |\n|---|---|---|\n| 1 | ${a} | ☐ |\n| 2 | ${b} | ☐ |`),
  fc.tuple(line, line).map(([a, b]) => `| Evidence | How |\n|---|---|\n| ${a} | ${b} |`),
  fc.tuple(fc.constantFrom('Role', 'Within', 'Due', 'Evidence', 'After', 'Scope'), line).map(([key, words]) => `${key}: ${words}`),
  line.map((words) => `☐ ${words}`),
  line.map((words) => `<details>\n<summary>${words}</summary>\n\n${words}\n\n</details>`),
  line.map((words) => `<ul><li>${words}</li></ul>`),
  line.map((words) => `1. Watch for:  \n   a. ${words}  \n   b. ${words}`),
  fc.constant('---'),
);

test('no word of a runbook is lost, whatever blocks it is made of', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 14 }), (blocks) => {
      expect(lost(blocks.join('\n\n'))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('steps and checks come in the order of their lines, and lie inside the file', () => {
  const places = (checks: Check[]): number[] => checks.flatMap((check) => [check.source.line, ...places(check.checks)]);
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 14 }), (blocks) => {
      const text = blocks.join('\n\n');
      const last = text.split('\n').length;
      for (const step of stepsOf(compile(text, { file: 'zz.md' }))) {
        const lines = places(step.checks);
        expect(lines).toEqual(lines.toSorted((a, b) => a - b));
        for (const at of [step.source.line, step.source.endLine, ...lines])
          expect(at).toSatisfy((line: number) => line >= 1 && line <= last);
      }
    }),
    { numRuns: 200 },
  );
});

test('ids are unique, and the same text compiles to the same runbook', () => {
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 14 }), (blocks) => {
      const text = blocks.join('\n\n');
      const runbook = compile(text, { file: 'zz.md' });
      const ids = stepsOf(runbook).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(compile(text, { file: 'zz.md' })).toEqual(runbook);
    }),
    { numRuns: 100 },
  );
});

test('any text at all compiles without a crash', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      expect(Array.isArray(compile(text, { file: 'zz.md' }).phases)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test('no word of the fixtures is lost', () => {
  const folder = join(import.meta.dirname, 'fixtures', 'runbooks');
  for (const name of readdirSync(folder)) {
    const text = readFileSync(join(folder, name), 'utf8');
    const have = new Set([...carried(compile(text, { file: name }))].map((one) => one.toLowerCase()));
    const words = new Set(text.replace(/<[^>]*>|\]\([^)]*\)|^\|.*\n\|[-:| ]+\n/gm, ' ').match(/\p{L}{2,}\d*/gu));
    const typed = new Set(['Delegate', 'to', 'bash', 'shell', 'mermaid', 'Expand', 'Collapse', 'TOC']);
    expect([name, [...words].filter((one) => !have.has(one.toLowerCase()) && !typed.has(one))]).toEqual([name, []]);
  }
});
