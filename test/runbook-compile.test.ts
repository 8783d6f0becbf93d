import { describe, expect, test } from 'vitest';
import { compile } from '../src/runbook/compile.ts';
import { type Step, stepsOf } from '../src/runbook/runbook.ts';

const REMOTE_TOOL = `---
title: The remote tool of our provider was taken over
id: remote-tool
applies-to: [msp, rmm]
roles: [Lead, IT lead, Owner, Comms]
questions:
  personal data: Could the tool reach names, mail or payroll?
  live agent: Does the agent run anywhere right now?
review: 2026-10-01
---

# The remote tool of our provider was taken over

Start here when somebody says the tool is abused.

## Contain

### Take the tool's access away

Role: IT lead
Within: 30 minutes

- [ ] Block its addresses at the firewall
- [x] Stop its service on the servers
- [ ] Switch off its accounts

Evidence:

- [ ] Picture of the firewall rule (photo)
- [ ] Its log, copied *before* it was stopped (file)

> [!CAUTION]
> Do not reboot: memory is evidence.

### Does anything still need the tool?

Role: Owner
Within: 1 hour

- **Yes, one machine** → [Run it on a short leash](#run-it-on-a-short-leash)
- **No** (default) → [Look for misuse](#look-for-misuse) — the agent stays off
- **We cannot say** → keep it off; ask again in 2 hours

### Run it on a short leash

Role: IT lead

1. Allow the agent on that machine
2. Watch its sessions

## Investigate

### Look for misuse

Role: IT lead
Within: 4 hours
After: [Take the tool's access away](#take-the-tools-access-away)

| Evidence | How | Where to keep it |
|---|---|---|
| Scripts of the last two weeks | Export from the console | Channel |
| New administrators | \`net localgroup administrators\` | Channel |

- If a strange script ran on a machine, isolate that machine.
- If personal data: list systems and people.

## Notify

### Tell the regulator (if personal data)

Role: Owner
Due: 72 hours after becoming aware

\`\`\`notice to=regulator
On {{aware_at}} we learned about {{vendor}}.
\`\`\`

### Tell customers (if personal data)

Role: Comms
Repeat: every 24 hours until closed

\`\`\`notice to=customers subject="An incident at {{vendor}}"
What happened, what we did.
\`\`\`

## Recover

- [ ] Install the tool anew, with new keys (IT lead)
- [ ] Hold a review within 7 days (Lead)
`;

const runbook = compile(REMOTE_TOOL, { file: 'remote-tool.md' });
const step = (title: string): Step => {
  const found = stepsOf(runbook).find((one) => one.title === title);
  if (found === undefined) throw new Error(`no step ${title}`);
  return found;
};

describe('a runbook with every typed addition', () => {
  test('reads as eight steps in four phases, with nothing unclear', () => {
    expect(runbook.phases.map(({ title, steps }) => [title, steps.length])).toEqual([
      ['Contain', 3],
      ['Investigate', 1],
      ['Notify', 2],
      ['Recover', 2],
    ]);
    expect(runbook.problems.filter(({ level }) => level !== 'info')).toEqual([]);
  });

  test('the front matter names the runbook, its roles and its questions', () => {
    expect(runbook).toMatchObject({
      id: 'remote-tool',
      title: 'The remote tool of our provider was taken over',
      appliesTo: ['msp', 'rmm'],
      roles: ['Lead', 'IT lead', 'Owner', 'Comms'],
      review: '2026-10-01',
    });
    expect(runbook.questions.map(({ fact }) => fact)).toEqual(['personal data', 'live agent']);
  });

  test('lines under a heading give role and time; the list gives checks, ticked as written', () => {
    const cut = step("Take the tool's access away");
    expect(cut).toMatchObject({ role: 'IT lead', within: { minutes: 30, from: 'step' }, kind: 'action' });
    expect(cut.checks.map(({ checked }) => checked)).toEqual([false, true, false]);
    expect(cut.evidence.map(({ what, kind }) => [what, kind])).toEqual([
      ['Picture of the firewall rule', 'photo'],
      ['Its log, copied before it was stopped', 'file'],
    ]);
    expect(cut.warnings).toEqual(['Do not reboot: memory is evidence.']);
  });

  test('a question with arrows is a decision whose branches are steps, words, or a later question', () => {
    const ask = step('Does anything still need the tool?');
    expect(ask.kind).toBe('decision');
    expect(ask.options).toMatchObject([
      { label: 'Yes, one machine', to: 'run-it-on-a-short-leash' },
      { label: 'No', to: 'look-for-misuse', isDefault: true, consequence: 'the agent stays off' },
      { label: 'We cannot say', text: 'keep it off; ask again in 2 hours', askAgainMinutes: 120 },
    ]);
  });

  test('an evidence table, a precondition and two clauses stand on the step', () => {
    const look = step('Look for misuse');
    expect(look.evidence[1]).toMatchObject({ what: 'New administrators', how: 'net localgroup administrators', where: 'Channel' });
    expect(look.after).toMatchObject([{ step: 'take-the-tools-access-away' }]);
    expect(look.clauses.map(({ fact, text }) => [fact, text])).toEqual([
      ['a strange script ran on a machine', 'isolate that machine.'],
      ['personal data', 'list systems and people.'],
    ]);
  });

  test('notices are drafts with their blanks, behind the same condition, one due and one repeating', () => {
    const [regulator, customers] = [step('Tell the regulator'), step('Tell customers')];
    expect([regulator.if?.fact, customers.if?.fact]).toEqual(['personal data', 'personal data']);
    expect(regulator.due).toMatchObject({ minutes: 72 * 60, from: 'aware' });
    expect(customers.repeat).toMatchObject({ minutes: 24 * 60 });
    expect(regulator.notices[0]).toMatchObject({ to: 'regulator', vars: ['aware_at', 'vendor'] });
    expect(customers.notices[0]).toMatchObject({ to: 'customers', subject: 'An incident at {{vendor}}', vars: ['vendor'] });
  });

  test('list items of a phase without sub-headings are its steps, with the role they end in', () => {
    expect(runbook.phases[3]?.steps.map(({ title, role }) => [title, role])).toEqual([
      ['Install the tool anew, with new keys', 'IT lead'],
      ['Hold a review within 7 days', 'Lead'],
    ]);
  });

  test('every step knows its line in the source', () => {
    const lines = REMOTE_TOOL.split('\n');
    for (const one of stepsOf(runbook)) expect(lines[one.source.line - 1]).toContain(one.title.split(' ')[0]);
  });
});
