import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { tablesOf } from '../../src/record/working-table.ts';
import { tableForm } from '../../src/slack/steps/table-forms.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** Working tables of a step, end to end over HTTP. */
let place: Workplace;
let ada: string;

const STEP = 'revoke-keys-that-publish';
const ticked = (...values: string[]) => ({ type: 'checkboxes', selected_options: values.map((value) => ({ value })) });

describe('working tables', () => {
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
  const guided = async (record: string) => (await view(record)).guide!.steps.find(({ step }) => step.id === STEP)!;
  const table = async (record: string) => tablesOf((await view(record)).incident, (await guided(record)).step)[0]!;

  /** What the form behind a button remembers, as it comes back with what was typed. */
  async function about(record: string, verb: string, extra = '0'): Promise<object> {
    const made = tableForm(await view(record), await guided(record), verb, extra);
    if (!('form' in made)) throw new Error(made.say);
    return JSON.parse(made.form.private_metadata ?? '{}');
  }

  test('a row is added by a form, shown open on the card, and done only behind its own tick', async () => {
    const { record, channel } = await place.declare(ada, 'A bad action', { looksLike: option('build-system') });
    await place.submit(ada, 'row.write', await about(record, 'row.add'), { 'cell.0': 'npm token', 'cell.1': 'Ben' });
    await card(channel, '0 of 1 done', 'npm token', 'Owner: Ben', 'row.add', 'rows.paste');

    const [row] = (await table(record)).rows;
    const edit = await about(record, 'row.edit', `0~${row!.key}`);
    const full = { 'cell.0': 'npm token', 'cell.1': 'Ben', 'cell.3': 'yes', 'cell.4': '14:02, refused' };
    const early = await place.submit(ada, 'row.write', edit, full);
    expect(JSON.parse(early.body)).toMatchObject({
      response_action: 'errors',
      errors: { 'cell.0': expect.stringContaining('Not yet for "npm token"') },
    });
    await place.submit(ada, 'row.write', edit, { ...full, met: ticked('1') });
    await card(channel, '1 of 1 done', '✓ *npm token*');
    const kinds = (await view(record)).entries.slice(-2).map(({ kind }) => kind);
    expect(kinds).toEqual(['precondition.met', 'row.written']);
  });

  test('a paste is kept only after its preview was seen, and a paste that changed is shown again', async () => {
    const { record } = await place.declare(ada, 'A bad action', { looksLike: option('build-system') });
    const csv = 'Credential,Owner\nnpm token,Ben\n,nobody\nimage registry,=1+1\n';
    const shown = await place.submit(ada, 'rows.paste', await about(record, 'rows.paste'), { csv });
    const preview = JSON.parse(shown.body);
    expect(preview).toMatchObject({ response_action: 'update', view: { submit: { text: 'Keep 2 rows' } } });
    expect(shown.body).toContain('line 3 has nothing under');
    expect(shown.body).toContain('1 formula is kept as text');
    expect((await table(record)).rows).toEqual([]);

    const remembered = JSON.parse(preview.view.private_metadata);
    const other = await place.submit(ada, 'rows.paste', remembered, { csv: `${csv}deploy key,Ada\n` });
    expect(other.body).toContain('Keep 3 rows');
    expect((await table(record)).rows).toEqual([]);
    expect((await place.submit(ada, 'rows.paste', remembered, { csv })).body).toBe('');
    expect((await table(record)).rows.map(({ cells }) => cells.slice(0, 2).concat(cells[2] ?? ''))).toEqual([
      ['npm token', 'Ben', ''],
      ['image registry', "'=1+1", ''],
    ]);
  });

  test('six hundred rows come in from a file, and the card stays within its limits', async () => {
    const { record, channel } = await place.declare(ada, 'A bad action', { looksLike: option('build-system') });
    const lines = Array.from({ length: 612 }, (_, i) => `key ${i + 1},Ben,,yes,${i < 588 ? 'refused' : ''}`);
    const file = await uploaded(['Credential,Owner,Last used,New one in use,Old one proven dead', ...lines].join('\n'));
    const fields = { file: { type: 'file_input', files: [file] }, override: 'They were dead before we began' };
    const shown = await place.submit(ada, 'rows.paste', await about(record, 'rows.paste'), fields);
    const preview = JSON.parse(shown.body);
    expect(preview.view.submit.text).toBe('Keep 612 rows');
    await place.submit(ada, 'rows.paste', JSON.parse(preview.view.private_metadata), fields);
    const message = await card(channel, '588 of 612 done', '○ *key 589*', 'row.find');
    expect(JSON.stringify(message)).not.toContain('✓ *key 1*');
    const found = await place.submit(ada, 'row.find', await about(record, 'row.find'), { name: 'key 600' });
    expect(JSON.parse(found.body)).toMatchObject({ response_action: 'update', view: { title: { text: 'Edit a row' } } });
  });

  async function uploaded(text: string): Promise<object> {
    const { upload_url, file_id } = await place.api('files.getUploadURLExternal', {
      filename: 'keys.csv',
      length: String(text.length),
    });
    await fetch(String(upload_url), { method: 'POST', body: text });
    await place.api('files.completeUploadExternal', { files: [{ id: file_id, title: 'keys.csv' }] });
    const { file } = (await place.api('files.info', { file: String(file_id) })) as {
      file: { id: string; url_private_download: string };
    };
    return { id: file.id, name: 'keys.csv', url_private_download: file.url_private_download };
  }
});
