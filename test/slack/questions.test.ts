import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import type { Command } from '../../src/record/command.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** The questions of a runbook, end to end over HTTP. */
let place: Workplace;
let ada: string;

describe('questions drive clauses', () => {
  beforeEach(async () => {
    place = await new Workplace().open();
    ada = (await place.people())[0]?.id ?? '';
  });
  afterEach(() => place.close());

  const view = async (record: string) => (await place.desk?.view(US, record))!;
  const card = (channel: string, ...words: string[]): Promise<Message> =>
    place.until(`a card with "${words}"`, async () =>
      (await place.messages(channel)).find((message) => words.every((word) => JSON.stringify(message).includes(word))),
    );
  const act = (record: string, command: Command) =>
    place.desk!.do({ client: US, record, via: 'drill', person: { account: 'drill/x/ben', name: 'Ben' }, command });

  /** Settles everything before a step, so that its turn comes next. */
  async function reach(record: string, step: string): Promise<void> {
    const steps = (await view(record)).guide?.steps ?? [];
    for (const guided of steps.slice(
      0,
      steps.findIndex((one) => one.step.id === step),
    ))
      if (guided.standing === 'open') await act(record, { do: 'skipStep', step: guided.step.id, reason: 'test' });
  }

  test('a question is asked when its step comes next, and a changed answer says what opens and what closes', async () => {
    const { record, channel } = await place.declare(ada, 'A letter came', { looksLike: option('breach-letter') });
    expect(JSON.stringify(await place.messages(channel))).not.toContain('Does data still go to this vendor');
    await reach(record, 'list-what-we-gave-this-vendor');
    const asked = await card(channel, 'Does data still go to this vendor today?', 'question.yes');
    expect(JSON.stringify(asked)).toContain('Do we stop the flow?');

    await place.click(ada, channel, asked, 'question.no');
    await card(channel, 'data still flows: no', 'Closes:', 'Do we stop the flow?');
    const answered = await card(channel, 'Does data still go to this vendor today?', 'It is yes after all');
    expect((await view(record)).guide?.steps.find(({ step }) => step.id === 'do-we-stop-the-flow')?.standing).toBe('off');

    await place.click(ada, channel, answered, 'question.yes');
    await card(channel, 'data still flows: yes', 'Opens:', 'Do we stop the flow?');
    expect((await view(record)).guide?.steps.find(({ step }) => step.id === 'do-we-stop-the-flow')?.standing).toBe('open');
  });

  test('words answer it too, whatever the case of the letters', async () => {
    const { record, channel } = await place.declare(ada, 'A letter came', { looksLike: option('breach-letter') });
    await place.mention(ada, channel, 'Data still flows? not sure');
    await place.until('the answer', async () => (await view(record)).incident.facts.get('data still flows') === 'unknown');
  });

  test('a line of a step is shown with its if, and hidden when the answer is no', async () => {
    const { record, channel } = await place.declare(ada, 'The tool');
    await reach(record, 'cut-the-tool-off');
    await card(channel, 'Cut the tool off', 'If hosted tool');
    await act(record, { do: 'answerQuestion', fact: 'hosted tool', answer: 'no' });
    await place.until('the line is gone', async () => {
      const found = await card(channel, 'Cut the tool off', 'step.done');
      return !JSON.stringify(found).includes('hosted tool');
    });
  });

  test('a tick on a line that is hidden meanwhile is not taken back by another tick', async () => {
    const { record, channel } = await place.declare(ada, 'The tool');
    await reach(record, 'cut-the-tool-off');
    await act(record, { do: 'tickCheck', step: 'cut-the-tool-off', check: '2', ticked: true });
    await act(record, { do: 'answerQuestion', fact: 'hosted tool', answer: 'no' });
    const shown = await card(channel, 'Cut the tool off', 'step.check.0');
    await place.click(ada, channel, shown, 'step.check.0', { selected_options: [{ value: '0' }] });
    expect([...((await view(record)).incident.steps.get('cut-the-tool-off')?.ticked ?? [])].sort()).toEqual(['0', '2']);
  });

  test('a decision that brings an answer with it offers it in one click', async () => {
    const { record, channel } = await place.declare(ada, 'The tool');
    const decision = (await view(record)).guide!.steps.find(({ step }) =>
      step.options.some(({ consequence }) => consequence?.includes('Answer "data theft" with yes')),
    )!.step;
    const chosen = decision.options.findIndex(({ consequence }) => consequence?.includes('Answer "data theft"'));
    await act(record, {
      do: 'takeDecision',
      step: decision.id,
      option: chosen,
      question: decision.title,
      choice: decision.options[chosen]!.label,
      reason: 'The logs show it',
      outcome: 'decided',
      reversible: 'unknown',
      cites: [],
    });
    const told = await card(channel, 'Decided', 'Answer “data theft”: yes');
    await place.click(ada, channel, told, 'question.yes');
    expect((await view(record)).incident.facts.get('data theft')).toBe('yes');
    await place.until('the offer is gone', async () => {
      const again = (await place.messages(channel)).find(({ ts }) => ts === told.ts);
      return again !== undefined && !JSON.stringify(again).includes('question.yes');
    });
  });
});
