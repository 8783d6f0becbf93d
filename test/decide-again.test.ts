import { describe, expect, test } from 'vitest';
import type { CommandOf } from '../src/record/command.ts';

import { DECLARE, Play } from './play.ts';

const SOURCE = `# Small

## Contain

### Isolate the host

- [ ] pull the plug

### Do we rebuild?

After: [Isolate the host](#isolate-the-host)

- **Yes** → [Rebuild it](#rebuild-it)
- **No** → [Write it up](#write-it-up)

### Rebuild it

- [ ] rebuild

### Write it up

- [ ] write
`;

const STEP = 'do-we-rebuild';
const decide = (option: number, override?: string): CommandOf<'takeDecision'> => ({
  do: 'takeDecision',
  step: STEP,
  option,
  question: 'Do we rebuild?',
  choice: option === 0 ? 'Yes' : 'No',
  reason: 'the backup is clean',
  outcome: 'decided',
  reversible: 'unknown',
  cites: [],
  ...(override === undefined ? {} : { override }),
});
const isolated = (): Play => new Play(SOURCE).given(DECLARE, { do: 'completeStep', step: 'isolate-the-host' });
const standing = (play: Play, id: string) => play.view().guide?.steps.find(({ step }) => step.id === id)?.standing;

describe('a decision step', () => {
  test('opened again it is decided again, and the other branch follows', () => {
    const play = isolated().given(decide(1));
    expect(standing(play, 'rebuild-it')).toBe('off');
    play.given({ do: 'reopenStep', step: STEP, reason: 'the backup is not clean after all' });
    expect(standing(play, 'rebuild-it')).toBe('open');
    expect(play.view().guide?.current?.step.id).toBe(STEP);
    play.given(decide(0));
    expect(standing(play, 'rebuild-it')).toBe('open');
    expect(play.incident.decisions.map(({ reopened }) => reopened)).toEqual([true, false]);
  });

  test('the decision that is opened again names the entry that opened it', () => {
    const play = isolated().given(decide(1));
    const entries = play.do({ do: 'reopenStep', step: STEP, reason: 'new facts' });
    expect(entries).toMatchObject([
      { kind: 'step.reopened' },
      { kind: 'decision.reopened', body: { because: (entries as { seq: number }[])[0]?.seq } },
    ]);
  });

  test('is held back by its precondition, and a reason goes over it and stays', () => {
    const play = new Play(SOURCE).given(DECLARE);
    expect(play.do(decide(1))).toMatchObject({ code: 'precondition', field: 'override' });
    play.given(decide(1, 'the vendor switches it off at noon'));
    expect(play.incident.steps.get(STEP)).toMatchObject({ state: 'done', override: 'the vendor switches it off at noon' });
  });

  test('can be put off before its precondition is met', () => {
    const play = new Play(SOURCE).given(DECLARE);
    const later = { ...decide(1), outcome: 'deferred' as const, review: '2026-01-06T09:00:00Z' };
    expect(play.do(later)).toMatchObject([{ kind: 'decision.taken' }]);
  });

  test('is not called done without a choice', () => {
    expect(isolated().do({ do: 'completeStep', step: STEP })).toMatchObject({ code: 'invalid' });
  });

  test('that was skipped is opened before it is decided', () => {
    const play = isolated().given({ do: 'skipStep', step: STEP, reason: 'no time' });
    expect(play.do(decide(0))).toMatchObject({ code: 'already' });
  });
});

test('a step that another choice left out is not opened by itself', () => {
  const play = isolated().given(decide(1));
  expect(play.do({ do: 'reopenStep', step: 'rebuild-it', reason: 'x' })).toMatchObject({ code: 'open' });
});
