import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { ScriptedModel } from './scripted-model.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** Who we are is typed once; a translation is its own draft, and somebody who reads the language stands for it. */
let place: Workplace;
let model: ScriptedModel;
let ada: string;
let ben: string;
let record: string;
let channel: string;

const view = async () => (await place.desk?.view(US, record))!;
const notices = async () => [...(await view()).incident.notices.values()];
const said = (message: Message) => JSON.stringify(message.blocks ?? message.text);
const card = (words: string) =>
  place.until(`a card with "${words}"`, async () =>
    (await place.messages(channel)).findLast((message) => said(message).includes(words)),
  );
const form = async (user: string, callback: string, at: number, fields: Record<string, unknown>) => {
  const notice = (await notices()).at(at);
  return place.submit(user, callback, { record, notice: notice?.id, sha256: notice?.sha256 }, fields);
};
const sentences = (draft: string) => (JSON.parse(draft) as { sentences: { text: string }[] }).sentences.map(({ text }) => text);
const OURS = {
  sender: 'Harbor Point IT',
  address: '400 Congress Ave\nAustin, TX',
  home: 'US-TX',
  zone: 'America/Chicago',
  from: 'notices@harborpoint.example',
  signed: 'Dana Reyes',
  role: 'Director',
  contact: 'Dana Reyes, phone +1 512 555 0142',
};
const CONFIRM = { confirm: option('yes') };
const READS = { reads: option('yes') };

async function open(withModel: boolean): Promise<void> {
  place = new Workplace();
  model = new ScriptedModel();
  if (withModel) place.model = await model.open();
  await place.open();
  [ada, ben] = (await place.people()).map(({ id }) => id) as [string, string];
  ({ record, channel } = await place.declare(ada, 'Kestrel remote tool'));
  await place.submit(ada, 'role', { record }, { role: option('communications'), to: { selected_user: ben } });
  await place.submit(ada, 'ours', {}, OURS);
  await place.submit(ada, 'notice.draft', { record }, { kind: option('scam_warning'), client: 'Contoso Dental' });
  const [notice] = await notices();
  const words = notice?.draft.replace('[[UNKNOWN: where to report it]]', 'Dana Reyes') ?? '';
  const typed = (JSON.parse(words) as { sentences: { text: string; cites: string[] }[] }).sentences;
  const part0 = typed.map(({ text, cites }) => `${text}${cites.map((id) => ` [^${id}]`).join('')}`).join('\n');
  expect((await form(ada, 'notice.edit', 0, { part0 })).body).toBe('');
}
afterEach(async () => {
  await place.close();
  await model.close();
});

const SPANISH = [
  'Después de un incidente, hay quien se hace pasar por nosotros o por el proveedor.',
  'Desconfíen de nuevos datos bancarios, pagos urgentes y ofertas de restaurar datos.',
  'El único número y la única dirección que usamos: Dana Reyes, teléfono +1 512 555 0142.',
  'Nunca pedimos una contraseña ni un código.',
  'Comuniquen todo lo extraño a Dana Reyes.',
];

describe('our letterhead', () => {
  beforeEach(() => open(false));

  test('is typed once: it fills the notice, and the letter asks for it no more', async () => {
    const [notice] = await notices();
    expect(JSON.parse(notice?.values ?? '')).toMatchObject({ msp: 'Harbor Point IT', zone: 'America/Chicago' });
    expect(sentences(notice?.draft ?? '')).toContain('The only number and address we use: Dana Reyes, phone +1 512 555 0142.');
    await place.click(ben, channel, await card('notice.file'), 'notice.file');
    const asked = { format: option('eml'), recipient: 'Contoso Dental', to: 'it@contoso.example', signed: 'Dana Reyes' };
    expect((await form(ben, 'notice.file', 0, asked)).body).toBe('');
    expect((await card('.eml')).text).toContain('DRAFT - not approved');
  });

  test('takes no time zone that does not exist', async () => {
    expect((await place.submit(ada, 'ours', {}, { ...OURS, zone: 'Mars/Olympus' })).body).toMatch(
      /no time zone.*Nothing was recorded/,
    );
  });
});

describe('a translation by hand', () => {
  beforeEach(() => open(false));
  const translate = (lines: string[]) => form(ben, 'notice.translate', 0, { language: option('es'), part0: lines.join('\n') });

  test('is marked unchecked, and approved by a second person who reads it, once the original is', async () => {
    expect((await translate(SPANISH)).body).toBe('');
    const [, made] = await notices();
    expect(made).toMatchObject({ translates: { language: 'es' } });
    expect(said(await card('Unchecked translation into Spanish'))).toContain('Every number, date and name');
    expect((await form(ada, 'notice.approve', 1, READS)).body).toMatch(/original is not approved/);
    expect((await form(ben, 'notice.approve', 0, CONFIRM)).body).toBe('');
    expect((await form(ben, 'notice.approve', 1, READS)).body).toMatch(/You translated this/);
    expect((await form(ada, 'notice.approve', 1, {})).body).toMatch(/says that they read/);
    expect((await form(ada, 'notice.approve', 1, READS)).body).toBe('');
    expect((await notices())[1]?.approval).toMatchObject({ reads: 'es' });
    await card('who reads it');
  });

  test('with another number, or with a line too few, is not approved', async () => {
    expect((await translate(SPANISH.slice(1))).body).toMatch(/5 lines.*Nothing was recorded/);
    await translate(SPANISH.map((line) => line.replace('555 0142', '555 0143')));
    await form(ben, 'notice.approve', 0, CONFIRM);
    expect((await form(ada, 'notice.approve', 1, READS)).body).toMatch(/missing|does not stand/);
    expect((await notices())[1]?.approval).toBeUndefined();
  });
});

describe('a translation by a model', () => {
  beforeEach(() => open(true));
  const translate = () => form(ada, 'notice.translate', 0, { language: option('es'), how: option('model') });

  test('comes as a draft that whoever asked may check; names and numbers of people stay with us', async () => {
    const hidden = SPANISH.map((line) => line.replace('+1 512 555 0142', 'Phone-1'));
    model.script.set('translation', { lines: hidden });
    expect((await translate()).body).toBe('');
    const made = await place.until('the draft', async () => (await notices())[1]);
    expect(sentences(made.draft)).toEqual(SPANISH);
    expect(model.heard.join(' ')).not.toContain('555 0142');
    await form(ben, 'notice.approve', 0, CONFIRM);
    expect((await form(ada, 'notice.approve', 1, READS)).body).toBe('');
  });

  test('that fails costs an honest line and nothing else', async () => {
    model.script.set('translation', { lines: ['Solo una línea.'] });
    const before = (await view()).incident.size;
    await translate();
    expect((await card('No translation was made')).text).toContain('left lines out');
    expect((await view()).incident.notices.size).toBe(1);
    expect((await view()).entries.slice(before).filter(({ kind }) => kind.startsWith('notice.'))).toEqual([]);
  });
});
