import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { openLibrary } from '../../src/cli/library.ts';
import type { Command } from '../../src/record/command.ts';
import { changeForm } from '../../src/slack/steps/runbook-change.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** A runbook that changes while an incident runs by it, and the way over to another one; end to end over HTTP. */
let place: Workplace;
let ada: string;
let folder: string;

describe('living runbooks', () => {
  beforeEach(async () => {
    place = new Workplace();
    folder = mkdtempSync(join(tmpdir(), 'firebreak-runbooks-'));
    cpSync(place.runbooks, folder, { recursive: true });
    place.runbooks = folder;
    await place.open();
    ada = (await place.people())[0]?.id ?? '';
  });
  afterEach(async () => {
    await place.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const view = async (record: string) => (await place.desk?.view(US, record))!;
  const card = (channel: string, ...words: string[]): Promise<Message> =>
    place.until(`a card with "${words}"`, async () =>
      (await place.messages(channel)).find((message) => words.every((word) => JSON.stringify(message).includes(word))),
    );
  const act = (record: string, command: Command) =>
    place.desk!.do({ client: US, record, via: 'drill', person: { account: 'drill/x/ben', name: 'Ben' }, command });
  const change = (from: string, to: string) => {
    const file = join(folder, 'msp-tool-compromise.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
  };
  const digest = async (record: string) => (await view(record)).incident.runbook?.digest ?? '';

  test('a changed file is offered as a difference, once, and governs only when somebody takes it in', async () => {
    const { record, channel } = await place.declare(ada, 'The tool');
    const before = await digest(record);
    change(
      '### Move out of earshot',
      '### Get the spare phones\n\nRole: Lead\nWithin: 15 minutes\n\n- [ ] From the safe\n\n### Move out of earshot',
    );
    expect(await place.work!.runbooks.look()).toBe(1);
    expect(await place.work!.runbooks.look()).toBe(0);
    const offered = await card(channel, 'has changed', '+ Get the spare phones');
    expect(await digest(record)).toBe(before);

    await place.click(ada, channel, offered, 'runbook.not');
    await card(channel, 'has changed', 'Not now', 'The sealed text governs');
    const seen = [...(await view(record)).incident.offered.keys()][0]!;
    const form = await formOf(record, 'runbook.take', seen);
    const empty = await place.submit(ada, 'runbook.adopt', form, { reason: ' ' });
    expect(empty.body).toContain('Say why it is taken in');
    await place.submit(ada, 'runbook.adopt', form, { reason: 'We have no safe phones' });
    expect(await digest(record)).toBe(seen);
    await card(channel, 'Taken in: the changed text of', 'We have no safe phones');
    expect((await view(record)).guide?.steps[1]?.step.title).toBe('Get the spare phones');
  });

  test('a file that changed again after it was offered is not taken in unseen', async () => {
    const { record } = await place.declare(ada, 'The tool');
    change('### Move out of earshot', '### Move right out of earshot');
    await place.work!.runbooks.look();
    const seen = [...(await view(record)).incident.offered.keys()][0]!;
    change('### Move right out of earshot', '### Stay where you are');
    const answer = await place.submit(
      ada,
      'runbook.adopt',
      { record, runbook: 'msp-tool-compromise', digest: seen },
      { reason: 'x' },
    );
    expect(answer.body).toContain('changed again');
    expect((await view(record)).entries.filter(({ kind }) => kind === 'runbook.adopted')).toHaveLength(1);
  });

  test('a decision that leads to another runbook goes over with a click, a reason, and all that was done', async () => {
    const { record, channel } = await place.declare(ada, 'Everything is down', { looksLike: option('vendor-outage') });
    await act(record, { do: 'completeStep', step: 'take-your-places' });
    const decision = (await view(record)).guide!.steps.find(({ step }) => step.id === 'is-it-an-attack-or-a-fault')!.step;
    const chosen = decision.options.findIndex(({ runbook }) => runbook === 'msp-tool-compromise.md');
    await act(record, {
      do: 'takeDecision',
      step: decision.id,
      option: chosen,
      question: decision.title,
      choice: decision.options[chosen]!.label,
      reason: 'A note on the screens',
      outcome: 'decided',
      reversible: 'yes',
      cites: [],
    });
    const told = await card(channel, 'Decided', 'Go over to msp tool compromise');
    expect(JSON.stringify(told)).toContain(`"value":"${record}|msp-tool-compromise"`);
    const form = await formOf(record, 'runbook.over', 'msp-tool-compromise');
    await place.submit(ada, 'runbook.adopt', form, { reason: 'It is an attack' });
    await card(channel, 'Now following:', 'instead of vendor-outage.md', 'Take your places');
    await card(channel, 'Runbook in force:', 'msp-tool-compromise.md');
    const { guide, entries } = await view(record);
    expect(guide?.steps.find(({ step }) => step.id === 'take-your-places')?.standing).toBe('done');
    expect(entries.flatMap((entry) => (entry.kind === 'runbook.adopted' ? [entry.body.runbook] : []))).toEqual([
      'vendor-outage',
      'msp-tool-compromise',
    ]);
  });

  test('words go over too, and the card of a step that is no longer there says so', async () => {
    const { record, channel } = await place.declare(ada, 'The tool');
    const first = await card(channel, 'Step 1 of');
    await act(record, { do: 'completeStep', step: 'take-your-places' });
    const open = await card(channel, 'Step 2 of', 'step.done');
    expect(first.ts).not.toBe(open.ts);
    await place.mention(ada, channel, 'switch to breach');
    await place.until('a question back', async () => (await said(record)).includes('Say why it is taken in'));
    await place.mention(ada, channel, 'switch to breach-letter because it is only a letter');
    await place.until('the other runbook', async () => (await view(record)).incident.runbook?.id === 'breach-letter');
    await place.until('the old card is shut', async () => {
      const again = (await place.messages(channel)).find(({ ts }) => ts === open.ts);
      return JSON.stringify(again).includes('not part of the runbook') && !JSON.stringify(again).includes('step.done');
    });
  });

  /** What was said into threads, as it was frozen. */
  const said = async (record: string) => JSON.stringify(await place.store.open(US).deliveries(record));

  /** What the form under a button remembers of the text that it shows. */
  async function formOf(record: string, verb: string, which: string): Promise<object> {
    const made = changeForm(openLibrary(folder), await view(record), verb, which);
    if (!('form' in made)) throw new Error(made.say);
    return JSON.parse(made.form.private_metadata ?? '{}');
  }
});
