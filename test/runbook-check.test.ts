import { describe, expect, test } from 'vitest';
import { compile } from '../src/runbook/compile.ts';
import { mend } from '../src/runbook/mend.ts';
import type { Problem } from '../src/runbook/runbook.ts';
import { skeleton } from '../src/runbook/skeleton.ts';

const TODAY = '2026-10-24';
const problems = (text: string): Problem[] => compile(text, { file: 'one.md', today: TODAY }).problems;
const of = (text: string, rule: string): Problem[] => problems(text).filter((problem) => problem.rule === rule);
const places = (text: string, rule: string) => of(text, rule).map(({ line, level, message }) => [line, level, message]);

describe('what cannot be inferred is said, at its line', () => {
  test('a file without steps', () => {
    expect(places('# Title\n', 'no-steps')).toEqual([[1, 'error', 'No steps found in this file']]);
  });

  test('an option to a heading that does not exist, with the nearest one', () => {
    const text =
      '## Contain\n\n### Is it safe?\n\n- **No** → [Isolate](#isolate-host)\n- **Yes** → go on\n\n### Isolate the host\n\n- [ ] Unplug it\n';
    expect(places(text, 'branch-target')).toEqual([[5, 'error', 'Option points to `#isolate-host`, but no step has that heading']]);
    expect(of(text, 'branch-target')[0]?.hint).toBe('Did you mean `#isolate-the-host` (line 8)?');
  });

  test('a condition that no question stands for', () => {
    const text =
      '---\nquestions:\n  personal data: Any?\n---\n\n## Notify\n\n### Tell staff (if staff data)\n\n- [ ] Write\n- If payroll: ask\n- If the moon is full tonight, look up\n';
    expect(places(text, 'fact-unknown')).toEqual([
      [8, 'error', 'Condition "staff data" is not listed under `questions`'],
      [11, 'error', 'Condition "payroll" is not listed under `questions`'],
    ]);
  });

  test('a time and a scope that cannot be read', () => {
    const text = '## Contain\n\n### Cut\n\nRole: Lead\nWithin: asap-ish\nScope: galaxy\n\n- [ ] Do it\n';
    expect(places(text, 'duration')).toEqual([[6, 'error', 'Cannot read "asap-ish" as a time']]);
    expect(places(text, 'scope')).toEqual([[7, 'error', 'Cannot read "galaxy" as a scope']]);
  });

  test('a step nobody is named for, and a role that is not on the list', () => {
    const text =
      '---\nroles: [Lead]\n---\n\n## Contain\n\n### One\n\nRole: Lead\n\n- [ ] Do\n\n### Two\n\n- [ ] Do\n\n### Three\n\nRole: Leed\n\n- [ ] Do\n';
    expect(places(text, 'step-role')).toEqual([[13, 'warn', 'Step has no role']]);
    expect(of(text, 'role-unknown').map(({ line, hint }) => [line, hint])).toEqual([[17, 'Add it, or use "Lead"']]);
  });

  test('placeholders that nobody filled in', () => {
    const text = '## Contain\n\n1. TODO\n2. Cut it off\n   - [COMPANY NAME]\n';
    expect(of(text, 'placeholder').map(({ line }) => line)).toEqual([3, 5]);
  });

  test('a list in a fence, a letter in a fence, and a tree drawn in a fence', () => {
    const text =
      '## Contain\n\n1. Act\n\n```\n- one\n- two\n- three\n```\n\n```text\nSubject: Hello\n\nDear customer\n```\n\n```text\nLeaking?\n├── YES go\n└── NO wait\n```\n';
    expect(
      problems(text)
        .filter(({ rule }) => /code|text|art/.test(rule))
        .map(({ line, level, rule }) => [line, level, rule]),
    ).toEqual([
      [5, 'warn', 'list-in-code'],
      [11, 'info', 'notice-as-text'],
      [17, 'warn', 'decision-in-art'],
    ]);
  });

  test('a question without options, and a decision that only comes back to itself', () => {
    expect(places('## Contain\n\n### Is it malware?\n\nThen go on.\n', 'decision-no-options')).toEqual([
      [3, 'warn', '"Is it malware?" looks like a decision but has no options'],
    ]);
    const loop =
      '## Contain\n\n### Is it over?\n\n- **Yes** → [Again](#is-it-over)\n- **No** → wait; ask again in 1 hour\n\n### Next\n\n- [ ] Go\n';
    expect(places(loop, 'no-way-out')).toEqual([[3, 'error', 'Every option of "Is it over?" leads back to it']]);
  });

  test('a step that no option leads to, and steps that wait for each other', () => {
    const skipped =
      '## Contain\n\n### Is it over?\n\n- **Yes** → [Last](#last)\n- **No** → [Last](#last)\n\n### Forgotten\n\n- [ ] Go\n\n### Last\n\n- [ ] Go\n';
    expect(places(skipped, 'unreachable-step')).toEqual([[8, 'warn', 'No way leads to "Forgotten"']]);
    const circle = '## Contain\n\n### A\n\nAfter: [B](#b)\n\n- [ ] Go\n\n### B\n\nAfter: A\n\n- [ ] Go\n';
    expect(of(circle, 'precondition-cycle').map(({ line }) => line)).toEqual([5, 11]);
  });

  test('two steps of one name, a check list that repeats the headings, prose alone, a bold label', () => {
    const text =
      '# T\n\n## Checklist\n\n1. Isolate the host\n2. Reset the password\n3. Call the owner\n\n## Contain\n\n### Isolate the host\n\n- Unplug\n\n### Reset the password\n\n- Do\n\n### Isolate the host\n\n- Again\n\n## Recover\n\nJust wait.\n\n## Eradicate\n\n- **Short-term:**\n  - One\n  - Two\n';
    expect(of(text, 'duplicate-heading').map(({ line }) => line)).toContain(19);
    expect(of(text, 'duplicate-list').map(({ line }) => line)).toEqual([3]);
    expect(places(text, 'prose-only-phase')).toEqual([[23, 'info', '"Recover" has no list or sub-heading; loaded as 1 step']]);
    expect(places(text, 'label-or-step')).toEqual([[29, 'info', '"Short-term:" read as a group of 2 steps']]);
  });

  test('a time in the text that starts no timer, unless the step has one', () => {
    expect(of('## Notify\n\n- Tell the regulator within 72 hours\n', 'deadline-in-text').map(({ line }) => line)).toEqual([3]);
    expect(
      of('## Notify\n\n### Tell\n\nDue: 72 hours after becoming aware\n\n- [ ] within 72 hours\n', 'deadline-in-text'),
    ).toEqual([]);
  });

  test('a review that is overdue, or that is no date', () => {
    const review = (date: string) => problems(`---\nreview: ${date}\n---\n\n## Contain\n\n- Act\n`).map(({ rule }) => rule);
    expect(review('2026-10-23')).toContain('review-stale');
    expect(review('2026-10-25')).not.toContain('review-stale');
    expect(review('soon')).toContain('review-date');
  });

  test('problems come in the order of their lines', () => {
    const lines = problems('## Contain\n\n1. TODO\n2. Within 3 days\n3. TBD\n').map(({ line }) => line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });
});

describe('what is certain is mended', () => {
  test('boxes become tasks, and the mended file says the same with nothing left to mend', () => {
    const text = '## Contain\n\n☐ Cut it off\n\n☐ Call the owner\n';
    const mended = mend(text, problems(text));
    expect(mended).toBe('## Contain\n\n- [ ] Cut it off\n\n- [ ] Call the owner\n');
    expect(of(mended, 'glyph-checkbox')).toEqual([]);
  });

  test('lettered lines become a nested list with the same checks', () => {
    const text = '## Identify\n\n1.  Monitor for:  \n    a. Odd sign-ins  \n    b. New rules\n2.  Clear the alerts\n';
    const checks = (source: string) =>
      compile(source, { file: 'x.md' }).phases[0]?.steps.map((step) => [step.title, step.checks.map((check) => check.text)]);
    const mended = mend(text, problems(text));
    expect(mended).not.toContain('a. Odd');
    expect(checks(mended)).toEqual(checks(text));
    expect(of(mended, 'lettered-list')).toEqual([]);
  });

  test('line ends of the file are kept', () => {
    const text = '## Contain\r\n\r\n☐ Cut it off\r\n';
    expect(mend(text, problems(text))).toBe('## Contain\r\n\r\n- [ ] Cut it off\r\n');
  });

  test('numbered boxes are reported and left alone', () => {
    const text = '## Contain\n\n☐ 1\\. Cut it off\n\n☐ Call\n';
    expect(of(text, 'glyph-checkbox')[0]?.fix).toBeUndefined();
  });
});

test('a new runbook has nothing to complain about, notes included', () => {
  expect(problems(skeleton('The till is down: "again"', 'till-down', '2027-01-01'))).toEqual([]);
});
