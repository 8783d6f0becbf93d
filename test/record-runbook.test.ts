import { describe, expect, test } from 'vitest';
import { guide } from '../src/record/guide.ts';
import { fileOf, Given } from './incident-given.ts';

const BOOK = `---
title: A breach
---

# A breach

## Contain

### Cut it off

- [ ] Pull the plug
- [ ] Note the time

### Change the keys

After: This work is not done through the compromised tool
After: Somebody watches the logs

- [ ] Change them

### How far did it get?

- **One machine** → [Write it down](#write-it-down)
- **Everywhere** (default) → [Change the keys](#change-the-keys)

### Write it down

- [ ] Who, when, what
`;

/** A line put in above, the preconditions in another order, a heading reworded, the options turned round, a step more. */
const CHANGED = BOOK.replace('- [ ] Pull the plug', '- [ ] Take a photo first\n- [ ] Pull the plug')
  .replace(
    'After: This work is not done through the compromised tool\nAfter: Somebody watches the logs',
    'After: Somebody watches the logs\nAfter: This work is not done through the compromised tool',
  )
  .replace(
    '- **One machine** → [Write it down](#write-it-down)\n- **Everywhere** (default) → [Change the keys](#change-the-keys)',
    '- **Everywhere** (default) → [Change the keys](#change-the-keys)\n- **One machine** → [Keep a log](#keep-a-log)',
  )
  .replace('### Write it down', '### Call the insurer\n\n- [ ] Hotline\n\n### Keep a log');

const OTHER = `---
title: Another
---

# Another

## Contain

### Cut it off

- [ ] Pull the plug

### Tell the lawyer

- [ ] Phone
`;

const adopt = (source: string, reason = 'Counsel asked for it', id = 'book') =>
  ({ do: 'adoptRunbook', runbook: fileOf(id, source), reason }) as const;
const offer = (source: string) => ({ do: 'offerRunbook', runbook: fileOf('book', source) }) as const;
const standing = (given: Given, id: string) =>
  guide(given.incident, given.runbook!).steps.find(({ step }) => step.id === id)?.standing;

describe('a changed file', () => {
  test('is offered once per text, with the steps that differ, and governs nothing by itself', () => {
    const given = new Given(BOOK);
    const [offered] = given.when(offer(CHANGED), undefined);
    expect(offered?.kind === 'runbook.changed' && offered.texts.difference.split('\n')).toEqual([
      '+ Call the insurer (Contain)',
      '~ Cut it off (Contain): its lines',
      '~ Change the keys (Contain): what must be done before',
      '~ How far did it get? (Contain): the choices',
      '~ Keep a log (Contain): title, was "Write it down"',
    ]);
    expect(given.refusal(offer(CHANGED), undefined)).toContain('offered already');
    expect(given.refusal(offer(BOOK), undefined)).toContain('governs here');
    expect(given.incident.runbook?.source).toBe(BOOK);
  });

  test('that guides nobody is not offered', () => {
    expect(new Given(BOOK).refusal(offer('# Nothing\n'), undefined)).toContain('no steps');
  });

  test('is taken in only with a reason, by a person, and both texts stay in the record', () => {
    const given = new Given(BOOK);
    expect(given.refusal(adopt(CHANGED, ' '))).toContain('why');
    given.when(adopt(CHANGED));
    expect(given.incident.runbook?.source).toBe(CHANGED);
    const texts = given.entries.flatMap((entry) => (entry.kind === 'runbook.adopted' ? [entry.texts.source] : []));
    expect(texts).toEqual([BOOK, CHANGED]);
    expect(given.refusal(adopt(CHANGED))).toContain('already');
  });

  test('"not now" is an entry, once, and the change can still be taken in', () => {
    const given = new Given(BOOK);
    given.when(offer(CHANGED), undefined);
    const { digest } = fileOf('book', CHANGED);
    given.when({ do: 'declineRunbook', digest });
    expect(given.refusal({ do: 'declineRunbook', digest })).toContain('Ada Okafor');
    given.when(adopt(CHANGED));
    expect(given.incident.runbook?.digest).toBe(digest);
  });
});

describe('what was done', () => {
  test('stays done by step id, and under a reworded heading too', () => {
    const given = new Given(BOOK);
    given.when({ do: 'completeStep', step: 'cut-it-off' });
    given.when({ do: 'completeStep', step: 'write-it-down' });
    given.when(adopt(CHANGED));
    expect(standing(given, 'cut-it-off')).toBe('done');
    expect(standing(given, 'keep-a-log')).toBe('done');
    expect(standing(given, 'call-the-insurer')).toBe('open');
  });

  test('a tick stays with its line, not with its number', () => {
    const given = new Given(BOOK);
    given.when({ do: 'tickCheck', step: 'cut-it-off', check: '0', ticked: true });
    given.when(adopt(CHANGED));
    expect([...(given.incident.steps.get('cut-it-off')?.ticked ?? [])]).toEqual(['1']);
  });

  test('a precondition that somebody ticked stays with its sentence: another one is not met by it', () => {
    const given = new Given(BOOK);
    given.when({ do: 'meetPrecondition', step: 'change-the-keys', precondition: 0 });
    given.when(adopt(CHANGED));
    const unmet = guide(given.incident, given.runbook!).steps.find(({ step }) => step.id === 'change-the-keys')?.unmet;
    expect(unmet?.map(({ precondition }) => precondition.text)).toEqual(['Somebody watches the logs']);
  });

  test('a decision keeps the way that was chosen when the options change places', () => {
    const given = new Given(BOOK);
    given.when({
      do: 'takeDecision',
      step: 'how-far-did-it-get',
      option: 0,
      question: 'How far did it get?',
      choice: 'One machine',
      reason: 'We looked',
      outcome: 'decided',
      reversible: 'yes',
      cites: [],
    });
    given.when(adopt(CHANGED));
    expect(given.incident.decisions[0]?.option).toBe(1);
    expect(standing(given, 'call-the-insurer')).toBe('off');
  });

  test('counts in another runbook that has the same step, and is still there on the way back', () => {
    const given = new Given(BOOK);
    given.when({ do: 'completeStep', step: 'cut-it-off' });
    given.when({ do: 'completeStep', step: 'write-it-down' });
    given.when(adopt(OTHER, 'It is a lawyer’s matter', 'other'));
    expect(given.incident.runbook?.id).toBe('other');
    expect([standing(given, 'cut-it-off'), standing(given, 'tell-the-lawyer')]).toEqual(['done', 'open']);
    given.when(adopt(BOOK, 'It was not'));
    expect(standing(given, 'write-it-down')).toBe('done');
  });
});
