import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { packInMemory } from '../../src/cli/pack.ts';
import { fromUtf8 } from '../../src/record/bytes.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** Keeping the record, from the channel: corrections, labels, erasure and legal holds by two people, messages and their fate. */
let place: Workplace;
let ada: string;
let ben: string;
let record: string;
let channel: string;

beforeEach(async () => {
  place = await new Workplace('http').open();
  const people = await place.people();
  ada = people[0]?.id ?? '';
  ben = people[1]?.id ?? '';
  ({ record, channel } = await place.declare(ada, 'Test'));
});
afterEach(() => place.close());

const view = async () => (await place.desk?.view(US, record))!;
const card = (words: string): Promise<Message> =>
  place.until(`a card with "${words}"`, async () => (await place.messages(channel)).find(({ text }) => text.includes(words)));
const shown = async (): Promise<string> => JSON.stringify(await place.messages(channel));

/** Ada notes something; its entry. */
async function note(text: string): Promise<number> {
  await place.submit(ada, 'note', { record }, { text });
  await card(text);
  return (await view()).incident.notes.at(-1)?.seq ?? 0;
}

const eraseForm = (seq: number) => ({ entry: String(seq), basis: option('erasure'), reason: 'the person asked for it' });

describe('the menu of the record', () => {
  test('stands on the status card', async () => {
    const status = await card('Test: open');
    const menu = status.blocks
      ?.flatMap((block) => (block.elements as { action_id?: string; options?: { value: string }[] }[]) ?? [])
      .find(({ action_id }) => action_id === 'record.keep');
    expect(menu?.options?.map(({ value }) => value.split('|')[2])).toEqual(['correct', 'label', 'erase', 'hold', 'rename']);
  });

  test('corrects an entry, and its card shows both', async () => {
    const seq = await note('the server is RMM-1');
    await place.submit(ben, 'keep.correct', { record }, { entry: String(seq), text: 'the server is RMM-2', reason: 'misread' });
    await place.until('the correction on the card', async () => (await shown()).includes('Corrected by entry'));
    expect((await view()).incident.corrections.get(seq)?.text).toBe('the server is RMM-2');
  });

  test('an entry that is not there is a sentence at its field', async () => {
    for (const entry of ['999', 'twelve', '0', '-1', '1e3']) {
      const { body } = await place.submit(ben, 'keep.correct', { record }, { entry, text: 'x', reason: 'y' });
      expect(JSON.parse(body).errors.entry).toContain('There is no entry');
    }
  });

  test('renames the incident', async () => {
    await place.submit(ben, 'keep.rename', { record }, { title: 'The other tool' });
    await card('The other tool: open');
  });

  test('what is labelled for counsel leaves the channel, and the export for a client', async () => {
    const seq = await note('our lawyer thinks we are liable');
    await place.submit(ada, 'keep.label', { record }, { entry: String(seq), label: option('counsel') });
    await place.until('the words are gone from the channel', async () => !(await shown()).includes('liable'));
    const order = {
      client: US,
      record,
      out: '',
      audience: 'client' as const,
      zone: 'UTC',
      at: new Date().toISOString(),
      by: 'test',
    };
    const { files } = await packInMemory(place.store, order);
    for (const bytes of files.values()) expect(fromUtf8(bytes)).not.toContain('liable');
  });
});

describe('what takes two people', () => {
  test('words are erased when somebody else confirms, from the record and from the channel', async () => {
    const seq = await note('Jane Doe, born 1 May 1970');
    await place.submit(ada, 'keep.erase', { record }, eraseForm(seq));
    const asked = await card('erase the words of entry');
    await place.click(ada, channel, asked, 'record.second');
    expect(
      (await view()).entries.some(({ kind }) => kind === 'text.redacted'),
      'not by the same person',
    ).toBe(false);
    await place.click(ben, channel, asked, 'record.second');
    await place.click(ben, channel, asked, 'record.second');
    await place.until('the words are gone from the channel', async () => !(await shown()).includes('Jane Doe'));
    const { entries } = await view();
    expect(entries[seq - 1]?.texts).toEqual({ text: '[erased]' });
    expect(entries.filter(({ kind }) => kind === 'text.redacted')).toHaveLength(1);
    await place.until('the card says so', async () => (await shown()).includes('Done by'));
  });

  test('under a legal hold nothing is erased, until it is lifted', async () => {
    const seq = await note('Jane Doe');
    await place.submit(ada, 'keep.hold', { record }, { reason: 'letter of 3 May' });
    await place.click(ben, channel, await card('a legal hold, so that'), 'record.second');
    const [hold = ''] = (await view()).incident.holds;
    expect(hold).not.toBe('');
    expect((await place.submit(ada, 'keep.erase', { record }, eraseForm(seq))).body).toContain('legal hold');
    await place.submit(ben, 'keep.lift', { record }, { hold: option(hold), reason: 'settled' });
    await place.click(ada, channel, await card('lift the legal hold'), 'record.second');
    expect((await view()).incident.holds.size).toBe(0);
    expect((await place.submit(ada, 'keep.erase', { record }, eraseForm(seq))).body).toBe('');
  });

  test('the runbook that the incident follows is not erased', async () => {
    const adopted = (await view()).entries.find(({ kind }) => kind === 'runbook.adopted')?.seq ?? 0;
    expect((await place.submit(ada, 'keep.erase', { record }, eraseForm(adopted))).body).toContain('runbook');
  });
});
