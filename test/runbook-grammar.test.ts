import { describe, expect, test } from 'vitest';
import { compile } from '../src/runbook/compile.ts';
import { readHeading } from '../src/runbook/heading.ts';
import { type Step, stepsOf } from '../src/runbook/runbook.ts';
import { minutesOf, timing } from '../src/runbook/timing.ts';

const steps = (text: string): Step[] => stepsOf(compile(text, { file: 'one.md' }));
const only = (text: string): Step => {
  const [step] = steps(text);
  if (step === undefined) throw new Error('no step');
  return step;
};

describe('times', () => {
  test.each([
    ['30 minutes', 30],
    ['1 hour', 60],
    ['1 hour 30 minutes', 90],
    ['an hour and then some', 60],
    ['half an hour', 30],
    ['24-48 hours', 24 * 60],
    ['2 business days', 2 * 1440],
    ['72h', 72 * 60],
    ['two weeks', 14 * 1440],
    ['every 24 hours until closed', 1440],
    ['every day', 1440],
    ['hourly', 60],
    ['immediately', 0],
    ['60 days after discovery', 60 * 1440],
  ])('%s is %i minutes', (text, minutes) => {
    expect(minutesOf(text)).toBe(minutes);
  });

  test.each(['asap-ish', 'soon', 'when you can', ''])('"%s" is no time', (text) => {
    expect(minutesOf(text)).toBeUndefined();
  });

  test.each([
    ['72 hours after becoming aware', 'aware'],
    ['4 hours after this step opens', 'step'],
    ['4 hours after it was declared', 'declared'],
    ['1 day after the incident began', 'incident'],
    ['30 minutes', 'step'],
  ])('"%s" counts from %s', (text, from) => {
    expect(timing(text, 'step')?.from).toBe(from);
  });
});

describe('headings', () => {
  test.each([
    ['3.2 Isolate the host', 'Isolate the host'],
    ['Part 3 — Contain', 'Contain'],
    ['Part 4b — Recover', 'Recover'],
    ['Phase II: Detection', 'Detection'],
    ['(C) Containment', 'Containment'],
    ['Step 2: Block it', 'Block it'],
    ['🛡️ 1. Detection 🔍', 'Detection'],
    ['2.2 Contain {#contain}', 'Contain'],
    ['Contain:', 'Contain'],
    ['A. Preparation', 'Preparation'],
    ['08:17 first mail', '08:17 first mail'],
    ['404', '404'],
    ['24/7 contacts', '24/7 contacts'],
  ])('"%s" reads "%s"', (raw, title) => {
    expect(readHeading(raw).title).toBe(title);
  });

  test('suffixes are taken off and typed; "if applicable" is no condition', () => {
    expect(readHeading('Tell people (if personal data) (parallel)')).toMatchObject({
      title: 'Tell people',
      condition: 'if personal data',
      parallel: true,
    });
    expect(readHeading('Block it (within 10 minutes)')).toMatchObject({ title: 'Block it', within: '10 minutes' });
    expect(readHeading('Revoke grants (if applicable)').title).toBe('Revoke grants (if applicable)');
  });
});

describe('decisions', () => {
  const decide = (items: string) => only(`## Contain\n\n### Decide: what now\n\n${items}\n\n### Go on\n\n- Do it\n`).options;

  test('every arrow is read, and a target is a step, a runbook or words', () => {
    expect(decide('- **A** -> [Go](#go-on)\n- **B** => [Other](other.md#part)\n- **C** → keep watching')).toMatchObject([
      { label: 'A', to: 'go-on' },
      { label: 'B', runbook: 'other.md#part' },
      { label: 'C', text: 'keep watching' },
    ]);
  });

  test('what stands behind a dash or in the next sentence is the consequence', () => {
    expect(
      decide(
        '- **A** → [Go](#go-on) — mail stops. Tell the sales team.\n- **B** → wait a day. The leak goes on.\n- **C** (default). Nothing changes.',
      ),
    ).toMatchObject([
      { consequence: 'mail stops. Tell the sales team.' },
      { text: 'wait a day.', consequence: 'The leak goes on.' },
      { label: 'C', isDefault: true, consequence: 'Nothing changes.' },
    ]);
  });

  test('a link to a phase leads to its first step', () => {
    const text =
      '## Contain\n\n### Is it over?\n\n- **Yes** → [Recover](#recover)\n- **No** → go on\n\n## Recover\n\n### Put it back\n\n- Do\n';
    expect(only(text).options[0]?.to).toBe('put-it-back');
  });

  test('a question whose list is questions is a check list', () => {
    expect(only('## Detect\n\n### What happened?\n\n- Who saw it?\n- When did it start?\n')).toMatchObject({
      kind: 'action',
      options: [],
    });
  });
});

describe('preconditions', () => {
  test('a link and a title resolve to the step, a sentence stays to be ticked, and a row is named', () => {
    const text =
      '## Contain\n\n### Image the host\n\n- Do\n\n### Wipe\n\nAfter: [Image](#image-the-host) for each host\nAfter: the insurer has agreed\nAfter: Image the host\n\n- Do\n';
    expect(steps(text)[1]?.after).toMatchObject([
      { step: 'image-the-host', perRow: 'host' },
      { text: 'the insurer has agreed' },
      { step: 'image-the-host' },
    ]);
    expect(steps(text)[1]?.after[1]?.step).toBeUndefined();
  });

  test('several links on one line, or a list, are several preconditions', () => {
    const text =
      '## Contain\n\n### A\n\n- Do\n\n### B\n\n- Do\n\n### C\n\nAfter: [A](#a), [B](#b)\n\n- Do\n\n### D\n\nAfter:\n\n- [A](#a)\n- counsel agrees\n\n- Do\n';
    expect(steps(text)[2]?.after.map(({ step }) => step)).toEqual(['a', 'b']);
    expect(steps(text)[3]?.after.map(({ step, text: words }) => step ?? words)).toEqual(['a', 'counsel agrees', 'Do']);
  });
});

describe('lists', () => {
  test('the bold words that order something are the title, the rest is the body', () => {
    expect(only('## Contain\n\n1. **Block the address.** Use the console, and write down the time.\n')).toMatchObject({
      title: 'Block the address',
      body: 'Use the console, and write down the time.',
    });
    expect(only('## Contain\n\n1. **Isolation**: Disconnect the host\n').title).toBe('Isolation: Disconnect the host');
  });

  test('code in an item belongs to its step, and so does code right under it', () => {
    const [one, two] = steps('## Contain\n\n1. Stop it\n\n   ```bash\n   stop\n   ```\n\n2. Look\n\n```bash\nlook\n```\n');
    expect([one?.commands[0]?.text, two?.commands[0]?.text]).toEqual(['stop', 'look']);
  });

  test('examples and links under a line are notes, not checks', () => {
    const [one, two] = steps(
      '## Contain\n\n- Look for signs such as:\n  - odd mail\n  - slow machines\n- Check the hash\n  - [A scanner](https://example.org)\n',
    );
    expect([one?.checks, two?.checks]).toEqual([[], []]);
    expect(one?.body).toContain('odd mail');
    expect(two?.body).toContain('A scanner');
  });

  test('under a task only tasks and orders are checks', () => {
    const step = only('## Prepare\n\n### Accounts\n\n- [ ] Two factors\n  - Keys, apps, codes\n  - [ ] Staff\n  - Ask the owner\n');
    expect(step.checks[0]?.checks.map(({ text }) => text)).toEqual(['Staff', 'Ask the owner']);
    expect(step.checks[0]?.note).toContain('Keys, apps, codes');
  });

  test('phases written as bold list items are phases', () => {
    const runbook = compile(
      '# T\n\n1. **Preparation**\n   - Keep a list\n2. **Containment**\n   - Cut it off\n3. **Recovery**\n   - Put it back\n',
      { file: 'one.md' },
    );
    expect(runbook.phases.map(({ title, steps: made }) => [title, made.map((step) => step.title)])).toEqual([
      ['Preparation', ['Keep a list']],
      ['Containment', ['Cut it off']],
      ['Recovery', ['Put it back']],
    ]);
  });
});

test('scope, hand-over, working table and parallel steps are typed', () => {
  const text =
    '---\norder: parallel\n---\n\n## Contain\n\n### Rotate\n\nScope: each client\n\n| Credential | Owner | New one in use |\n|---|---|---|\n| API key | IT | |\n\n### Letters\n\n[Data was taken](data.md)\n';
  const [rotate, letters] = steps(text);
  expect(rotate).toMatchObject({
    scope: 'each client',
    parallel: true,
    tables: [{ kind: 'credentials', columns: ['Credential', 'Owner', 'New one in use'], rows: [['API key', 'IT', '']] }],
  });
  expect(letters).toMatchObject({ kind: 'handover', handover: 'data.md' });
});

test('a default role stands where nobody is named', () => {
  expect(
    steps('---\ndefault-role: Lead\n---\n\n## Contain\n\n### A\n\n- Do\n\n### B\n\nOwner: IT\n\n- Do\n').map(({ role }) => role),
  ).toEqual(['Lead', 'IT']);
});
