import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readRunbook, runbookFiles } from '../src/cli/runbook-file.ts';
import { runbookText } from '../src/cli/runbook-text.ts';
import { compile } from '../src/runbook/compile.ts';
import { stepsOf } from '../src/runbook/runbook.ts';

const refusal = (text: string) => compile(text, { file: 'one.md' }).problems.find(({ rule }) => rule === 'refused');

/** Milliseconds of processor time, so that a busy machine does not fail the test. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

compile('# warm\n\n## Contain\n\n- up\n', { file: 'warm.md' });

describe('texts that must not be parsed are refused in one sentence, at once', () => {
  const deep = {
    'block quotes on one line': `${'>'.repeat(10_000)} deep\n`,
    'block quotes with spaces': `${'> '.repeat(10_000)}deep\n`,
    'lists on one line': `${'- '.repeat(10_000)}deep\n`,
    'numbered lists on one line': `${'1. '.repeat(10_000)}deep\n`,
    'lists line by line': Array.from({ length: 450 }, (_, depth) => `${'  '.repeat(depth)}- deep`).join('\n'),
    'opening brackets': `${'['.repeat(10_000)}deep\n`,
    'brackets with letters between': `${'[a'.repeat(10_000)}\n`,
    'images in images': `${'![a'.repeat(10_000)}\n`,
    emphasis: `${'*'.repeat(10_000)}a\n`,
    'YAML lists': `---\nroles: ${'['.repeat(10_000)}\n---\n`,
    'YAML maps': `---\nquestions: ${'{a: '.repeat(10_000)}\n---\n`,
    'YAML keys': `---\n${'? '.repeat(10_000)}a\n---\n`,
  };
  test.each(Object.entries(deep))('10,000 deep: %s', (_, text) => {
    const spent = cost(() => expect(refusal(text)?.message).toMatch(/^Line \d+ is nested too deep/));
    expect(spent).toBeLessThan(100);
  });

  test('a line of 10 MB', () => {
    const line = 'a'.repeat(10 * 1024 * 1024);
    expect(cost(() => expect(refusal(line)?.message).toMatch(/larger than 256 KB/))).toBeLessThan(100);
  });

  test('too many lines, and too many marks in one paragraph', () => {
    expect(refusal('- a\n'.repeat(20_000))?.message).toMatch(/more than 10000 lines/);
    expect(refusal('[a](b'.repeat(10_000))?.message).toMatch(/too many marks/);
    expect(refusal('**a '.repeat(10_000))?.message).toMatch(/too many marks/);
  });

  test('binary data', () => {
    expect(refusal('## Contain\n\n- a\0b\n')?.message).toMatch(/binary/);
  });

  test('a bomb of YAML aliases: the front matter is refused, the steps are kept', () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `k${level + 1}: &k${level + 1} [${Array(9).fill(`*k${level}`).join(', ')}]`,
    );
    const text = `---\nk0: &k0 [lol]\n${levels.join('\n')}\nroles: *k9\n---\n\n## Contain\n\n- Cut it off\n`;
    const spent = cost(() => {
      const runbook = compile(text, { file: 'one.md' });
      expect(runbook.problems.map(({ rule }) => rule)).toContain('front-matter');
      expect(stepsOf(runbook).map(({ title }) => title)).toEqual(['Cut it off']);
    });
    expect(spent).toBeLessThan(100);
  });

  test('rules, tables and long addresses of real runbooks are not mistaken for an attack', () => {
    const text = `# T\n\n${'*'.repeat(300)}\n\n${'- '.repeat(80)}\n\n## Contain\n\n- [a](${'x'.repeat(3000)})\n- Cut\n\n![logo](data:image/png;base64,${'A'.repeat(60_000)})\n\n|${' - |'.repeat(100)}\n`;
    expect(refusal(text)).toBeUndefined();
  });
});

describe('files at the edge', () => {
  const folder = mkdtempSync(join(tmpdir(), 'runbooks-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const inner = join(folder, 'inner');
  mkdirSync(inner);
  writeFileSync(join(folder, 'outside.md'), '# Secret\n');
  writeFileSync(join(inner, 'plain.md'), '# Plain\n');
  symlinkSync(join(folder, 'outside.md'), join(inner, 'link.md'));
  symlinkSync(join(inner, 'plain.md'), join(inner, 'near.md'));
  symlinkSync(folder, join(inner, 'up'));

  test('a link out of the folder is refused, a link inside it is read', () => {
    expect(() => readRunbook(join(inner, 'link.md'))).toThrow(/link to a place outside its folder/);
    expect(() => readRunbook(join(inner, 'up', 'outside.md'), inner)).toThrow(/outside/);
    expect(readRunbook(join(inner, 'near.md'))).toBe('# Plain\n');
  });

  test('a folder gives its markdown files and follows no linked folder', () => {
    expect(runbookFiles(inner).map((file) => file.slice(inner.length + 1))).toEqual(['link.md', 'near.md', 'plain.md']);
  });

  test('bytes that are no UTF-8, a file too large, a folder, and nothing at all', () => {
    writeFileSync(join(inner, 'latin.md'), Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
    writeFileSync(join(inner, 'big.md'), 'a'.repeat(300 * 1024));
    expect(() => readRunbook(join(inner, 'latin.md'))).toThrow(/not UTF-8/);
    expect(() => readRunbook(join(inner, 'big.md'))).toThrow(/larger than 256 KB/);
    expect(() => readRunbook(inner)).toThrow(/not a file/);
    expect(() => readRunbook(join(inner, 'none.md'))).toThrow(/cannot be read/);
  });
});

test('marks that would steer a page, a channel or a terminal stay words', () => {
  const text =
    '## Contain\n\n### Cut <script>alert(1)</script> it\n\n- [ ] Tell <!channel> and <@U123> \u001b[31mnow\n- <img src=x onerror=alert(1)>\n';
  const runbook = compile(text, { file: 'one.md' });
  const [step] = stepsOf(runbook);
  expect(step?.title).toBe('Cut alert(1) it');
  expect(step?.checks[0]?.text).toContain('Tell');
  expect(runbookText(runbook)).not.toContain('\u001b');
});
