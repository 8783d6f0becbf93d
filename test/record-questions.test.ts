import { describe, expect, test } from 'vitest';
import { guide } from '../src/record/guide.ts';
import { effectOf, hangingOn, lineStanding, questionsNow } from '../src/record/questions.ts';
import { offeredAnswers, questionOf } from '../src/runbook/offered-answer.ts';
import { stepsOf } from '../src/runbook/runbook.ts';
import { Given } from './incident-given.ts';

const BOOK = `---
title: A breach
questions:
  personal data: Are details of people concerned?
  own server: Do we run the service on a machine of our own?
---

# A breach

## Contain

### Cut it off

- [ ] Pull the plug
- [ ] If own server: block it at the firewall too
- [ ] If the vendor does not answer: call the other number

### Write it down

- [ ] Note the time

## Notify

### Tell the regulator (if personal data)

- [ ] Use the form

### Tell nobody yet (unless personal data)

- [ ] Wait

### Was data taken?

- **Yes** → [Tell the regulator](#tell-the-regulator-if-personal-data) — Answer "personal data" with yes.
- **No** (default) → [Write it down](#write-it-down) — Answer "no such thing" with no.
`;

const now = (given: Given) => {
  const runbook = given.runbook!;
  return questionsNow(given.incident, runbook, guide(given.incident, runbook)).map(({ fact }) => fact);
};
const standings = (given: Given) =>
  Object.fromEntries(guide(given.incident, given.runbook!).steps.map(({ step, standing }) => [step.id, standing]));

describe('questions of the runbook', () => {
  test('a question is asked when the current step or the next one hangs on it, and not before', () => {
    const given = new Given(BOOK);
    expect(now(given)).toEqual(['own server']);
    given.when({ do: 'completeStep', step: 'cut-it-off' });
    expect(now(given)).toEqual(['personal data']);
  });

  test('it is asked once: not sure is an answer too, and keeps the steps open', () => {
    const given = new Given(BOOK);
    given.when({ do: 'completeStep', step: 'cut-it-off' });
    given.when({ do: 'answerQuestion', fact: 'personal data', answer: 'unknown' });
    expect(now(given)).toEqual([]);
    expect(standings(given)['tell-the-regulator']).toBe('open');
  });

  test('a changed answer opens and closes the steps that hang on it', () => {
    const given = new Given(BOOK);
    given.when({ do: 'answerQuestion', fact: 'personal data', answer: 'no' });
    expect(standings(given)).toMatchObject({ 'tell-the-regulator': 'off', 'tell-nobody-yet': 'open' });
    const { opens, closes } = effectOf(given.incident, given.runbook!, 'personal data', 'no', 'yes');
    expect(opens.map(({ id }) => id)).toEqual(['tell-the-regulator']);
    expect(closes.map(({ id }) => id)).toEqual(['tell-nobody-yet']);
    given.when({ do: 'answerQuestion', fact: 'personal data', answer: 'yes' });
    expect(standings(given)).toMatchObject({ 'tell-the-regulator': 'open', 'tell-nobody-yet': 'off' });
  });

  test('what was done stays done, whatever is answered later', () => {
    const given = new Given(BOOK);
    given.when({ do: 'completeStep', step: 'tell-the-regulator' });
    given.when({ do: 'answerQuestion', fact: 'personal data', answer: 'no' });
    expect(standings(given)['tell-the-regulator']).toBe('done');
    expect(effectOf(given.incident, given.runbook!, 'personal data', 'yes', 'no').closes).toEqual([]);
  });

  test('it says what hangs on it, whole steps and single lines apart', () => {
    const runbook = new Given(BOOK).runbook!;
    const { ifYes, ifNo } = hangingOn(runbook, 'personal data');
    expect([ifYes, ifNo].map((steps) => steps.map(({ id }) => id))).toEqual([['tell-the-regulator'], ['tell-nobody-yet']]);
    expect(hangingOn(runbook, 'own server').lines.map(({ id }) => id)).toEqual(['cut-it-off']);
  });

  test('a line that hangs on a fact is shown with its if, then shown or hidden by the answer', () => {
    const given = new Given(BOOK);
    const step = stepsOf(given.runbook!)[0]!;
    const line = (index: number) => lineStanding(given.incident, step, step.checks[index]!.source.line);
    expect([line(0), line(1), line(2)]).toEqual(['counts', 'if known', 'if known']);
    given.when({ do: 'answerQuestion', fact: 'own server', answer: 'no' });
    expect([line(0), line(1), line(2)]).toEqual(['counts', 'hidden', 'if known']);
    given.when({ do: 'answerQuestion', fact: 'own server', answer: 'yes' });
    expect(line(1)).toBe('counts');
  });

  test('the same answer twice, and a fact that nobody asks about, are refused in a sentence', () => {
    const given = new Given(BOOK);
    given.when({ do: 'answerQuestion', fact: 'personal data', answer: 'no' });
    expect(given.refusal({ do: 'answerQuestion', fact: 'personal data', answer: 'no' })).toContain('on record');
    expect(given.refusal({ do: 'answerQuestion', fact: 'the weather', answer: 'no' })).toContain('does not ask');
  });

  test('an option offers the answer that it names, where the runbook asks for it', () => {
    const { questions, phases } = new Given(BOOK).runbook!;
    const [yes, no] = phases.flatMap(({ steps }) => steps).find(({ kind }) => kind === 'decision')!.options;
    expect(offeredAnswers(yes!, questions)).toEqual([{ fact: 'personal data', answer: 'yes' }]);
    expect(offeredAnswers(no!, questions)).toEqual([]);
  });

  test('people name a question by its key or by its sentence', () => {
    const { questions } = new Given(BOOK).runbook!;
    expect(questionOf('Personal Data', questions)?.fact).toBe('personal data');
    expect(questionOf('are details of people concerned', questions)?.fact).toBe('personal data');
    expect(questionOf('the weather', questions)).toBeUndefined();
  });
});
