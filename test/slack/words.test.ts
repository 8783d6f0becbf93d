import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import type { Command } from '../../src/record/command.ts';
import { type Message, Workplace } from './workplace.ts';

/** Buttons are not needed: whatever a card offers, words do too. */
let place: Workplace;
let ada: string;
let record: string;
let channel: string;

beforeEach(async () => {
  place = await new Workplace('http').open();
  ada = (await place.people())[0]?.id ?? '';
  ({ record, channel } = await place.declare(ada, 'Test'));
});
afterEach(() => place.close());

const view = async () => (await place.desk?.view(US, record))!;
const steps = async () => (await view()).guide?.steps ?? [];

/** What the bot answers in the thread. */
async function say(words: string): Promise<string> {
  const { ts } = (await place.api('chat.postMessage', { channel, text: words })) as { ts: string };
  await place.mention(ada, channel, words, ts);
  return place.until(`an answer to ${words}`, async () => {
    const { messages = [] } = (await place.api('conversations.replies', { channel, ts })) as { messages?: Message[] };
    return messages[1]?.text;
  });
}

describe('preconditions in words', () => {
  test('"done" is held back, and "done anyway because" goes ahead with the reason in the record', async () => {
    const held = (await steps()).find(({ unmet, step }) => unmet.length > 0 && step.kind !== 'decision')!;
    expect(await say(`done ${held.index + 1}`)).toContain('Not yet');
    expect(await say(`done ${held.index + 1} anyway because the vendor pulls the plug at noon`)).toContain('Recorded');
    expect((await view()).incident.steps.get(held.step.id)).toMatchObject({
      state: 'done',
      override: 'the vendor pulls the plug at noon',
    });
  });

  test('"met" says that the sentence before a step is so', async () => {
    const open = (await steps()).find(({ unmet }) => unmet.some(({ precondition }) => precondition.step === undefined))!;
    expect(await say(`met ${open.index + 1}`)).toContain('Recorded');
    const after = (await steps()).find(({ step }) => step.id === open.step.id);
    expect(after?.unmet).toHaveLength(open.unmet.length - 1);
  });
});

describe('a decision in words', () => {
  test('takes the choice of that very name, on the step that is to be decided, and not one that happens to contain the word', async () => {
    const person = { account: `slack/${place.team}/${ada}`, name: 'Ada' };
    const doing = (command: Command) => place.desk?.do({ client: US, record, command, person, via: 'slack-signature' });
    for (let current = (await view()).guide?.current; current?.step.kind !== 'decision'; current = (await view()).guide?.current)
      await doing({ do: 'skipStep', step: current?.step.id ?? '', reason: 'on to the decision' });
    const { step } = (await view()).guide?.current ?? (await steps())[0]!;
    const last = step.options.at(-1)?.label ?? '';
    expect(await say('decide e because of the letter')).not.toContain(`"${step.title}" was`);
    expect((await view()).incident.decisions.filter((taken) => taken.step === step.id)).toHaveLength(0);
    await say(`decide ${last.toLowerCase()} anyway because it fits`);
    expect((await view()).incident.decisions.at(-1)).toMatchObject({
      step: step.id,
      choice: last,
      option: step.options.length - 1,
    });
  });
});

describe('a due time in words', () => {
  test('that is none is said to be none, and nothing is recorded', async () => {
    expect(await say('ask who holds the key by 99:99')).toContain('no time of day');
    expect((await view()).incident.asks).toHaveLength(0);
  });
});
