import { expect, test } from 'vitest';
import { compile } from '../src/runbook/compile.ts';
import { difference } from '../src/runbook/difference.ts';

const runbook = (text: string) => compile(text, { file: 'one.md' });

const BEFORE = `# One

## Contain

### Cut it off

Role: IT lead

- [ ] Block the address
- [ ] Stop the service

### Tell the lead

- [ ] Call

## Recover

- [ ] Put it back
`;

test('the same file read twice differs in nothing', () => {
  expect(difference(runbook(BEFORE), runbook(BEFORE))).toEqual({ added: [], removed: [], changed: [] });
});

test('lines moved down by a new paragraph above are no change', () => {
  const moved = BEFORE.replace('# One\n', '# One\n\nA new opening sentence.\n\nAnd another.\n');
  expect(difference(runbook(BEFORE), runbook(moved))).toEqual({ added: [], removed: [], changed: [] });
});

test('a changed role and a new check are named by their field', () => {
  const edited = BEFORE.replace('Role: IT lead', 'Role: Owner').replace(
    '- [ ] Stop the service',
    '- [ ] Stop the service\n- [ ] Keep the log',
  );
  const { added, removed, changed } = difference(runbook(BEFORE), runbook(edited));
  expect([added, removed]).toEqual([[], []]);
  expect(changed.map(({ after, what }) => [after.id, what])).toEqual([['cut-it-off', ['role', 'checks']]]);
});

test('a reworded heading over the same lines is the same step, renamed', () => {
  const renamed = BEFORE.replace('### Cut it off', '### Cut the supplier off');
  const { added, removed, changed } = difference(runbook(BEFORE), runbook(renamed));
  expect([added, removed]).toEqual([[], []]);
  expect(changed.map(({ before, after, what }) => [before.title, after.title, what])).toEqual([
    ['Cut it off', 'Cut the supplier off', ['title']],
  ]);
});

test('a step put in and a step taken out are told apart', () => {
  const edited = BEFORE.replace('### Tell the lead\n\n- [ ] Call\n', '### Wake the owner\n\n- [ ] Ring twice\n');
  const { added, removed } = difference(runbook(BEFORE), runbook(edited));
  expect(added.map(({ title }) => title)).toEqual(['Wake the owner']);
  expect(removed.map(({ title }) => title)).toEqual(['Tell the lead']);
});
