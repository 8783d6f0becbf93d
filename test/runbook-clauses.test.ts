import { describe, expect, test } from 'vitest';
import { type Answer, openSteps, questionsThatMatter, reopened } from '../src/runbook/clauses.ts';
import { compile } from '../src/runbook/compile.ts';
import { stepsOf } from '../src/runbook/runbook.ts';

const TEXT = `---
questions:
  personal data: Could names be affected?
  agent running: Is it running?
---

## Notify

### Tell people (if personal data)

- [ ] Write

### Say that nobody is concerned (unless personal data)

- [ ] Write

### Stop it (if the agent is running)

- [ ] Stop

### Tell the lead

- [ ] Call
- If personal data: add the number

## Recover (if no personal data)

- Close it
`;
const runbook = compile(TEXT, { file: 'one.md' });
const open = (facts: Record<string, Answer>) => openSteps(runbook, facts).map(({ title }) => title);

describe('conditions follow the answers', () => {
  test('while nothing is known every step is open', () => {
    expect(open({})).toHaveLength(stepsOf(runbook).length);
    expect(open({ 'personal data': 'unknown', 'agent running': 'unknown' })).toHaveLength(stepsOf(runbook).length);
  });

  test('yes opens what hangs on it and closes what hangs on its opposite', () => {
    expect(open({ 'personal data': 'yes' })).toEqual(['Tell people', 'Stop it', 'Tell the lead']);
    expect(open({ 'personal data': 'no' })).toEqual(['Say that nobody is concerned', 'Stop it', 'Tell the lead', 'Close it']);
  });

  test('a fact is known by its words, articles and verbs aside', () => {
    expect(open({ 'agent running': 'no' })).not.toContain('Stop it');
  });

  test('a condition on a phase holds for each of its steps', () => {
    expect(stepsOf(runbook).at(-1)?.if).toMatchObject({ fact: 'personal data', negated: true });
  });

  test('a changed answer says which steps open and which close', () => {
    const { opened, closed } = reopened(runbook, { 'personal data': 'no' }, { 'personal data': 'yes' });
    expect(opened.map(({ title }) => title)).toEqual(['Tell people']);
    expect(closed.map(({ title }) => title)).toEqual(['Say that nobody is concerned', 'Close it']);
  });

  test('only questions that still change something are worth asking', () => {
    expect(questionsThatMatter(runbook, {}).map(({ fact }) => fact)).toEqual(['personal data', 'agent running']);
    expect(questionsThatMatter(runbook, { 'personal data': 'yes' }).map(({ fact }) => fact)).toEqual(['agent running']);
  });
});
