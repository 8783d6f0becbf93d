import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US, world } from '../../src/cli/house.ts';
import { Reckoner } from '../../src/desk/reckoner.ts';
import { Watch } from '../../src/desk/watch.ts';
import { factForm } from '../../src/slack/clocks/fact-form.ts';
import { questionChoices } from '../../src/slack/clocks/questions.ts';
import { lawWith } from '../clock-house.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** End to end: who must be told, from the first question to the reference of the filing, by clicks and forms alone. */
let place: Workplace;
let ada: string;
let ben: string;

const GDPR = 'eu-gdpr-33-authority';
const HOUR = 3_600_000;
const ago = (hours: number) => ({ selected_date_time: Math.floor((Date.now() - hours * HOUR) / 60_000) * 60 });
const many = (...values: string[]) => ({ selected_options: values.map((value) => ({ value })) });

beforeEach(async () => {
  place = await new Workplace().open();
  const people = await place.people();
  ada = people[0]?.id ?? '';
  ben = people[1]?.id ?? people[0]?.id ?? '';
});
afterEach(() => place.close());

const view = async (record: string) => (await place.desk?.view(US, record))!;
const card = (channel: string, words: string): Promise<Message> =>
  place.until(`a card with "${words}"`, async () =>
    (await place.messages(channel)).find((message) => JSON.stringify(message).includes(words)),
  );
const clocks = async (record: string) => {
  const { incident, now } = await view(record);
  return place.desk!.reckoner!.clocks(incident, now);
};
const duty = async (record: string, id: string) => (await clocks(record))?.duties.find(({ key }) => key === id);

/** Awareness so many hours ago, of a breach at an owner in Berlin with people in Germany and Texas. */
async function givenABreach(record: string, hours: number): Promise<void> {
  const say = (field: string, fields: Record<string, unknown>) => place.submit(ada, 'clock.answer', { record, field }, fields);
  await say('entity', { role: option('owner'), jurisdiction: 'de', zone: 'Europe/Berlin', sector: many('saas'), main: '' });
  await say('residents', { residents: 'DE: 40\nUS-TX: 1,200' });
  await say('data_elements', { data_elements: many('name', 'ssn') });
  for (const anchor of ['aware', 'determined'])
    await place.submit(
      ada,
      'clock.time',
      { record, anchor, size: 99 },
      { at: ago(hours), exact: option('minute'), reason: '', source: '' },
    );
}

describe('who must be told', () => {
  test('a board appears when asked for, and asks first what no law can do without', async () => {
    const { record, channel } = await place.declare(ada, 'Payroll data on a stranger’s server');
    expect((await place.messages(channel)).some(({ text }) => text.includes('Who must be told'))).toBe(false);
    const status = await card(channel, "What's next?");
    await place.click(ada, channel, status, 'clock.open');
    const board = await card(channel, 'Who are we in this, and where?');
    expect(JSON.stringify(board.blocks)).toContain('Not legal advice');
    expect((await view(record)).incident.owed.because).toBe(0);
  });

  test('awareness and residents start the 72 hours of the GDPR and the sixty days of Texas, sealed with version and citation', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await givenABreach(record, 2);
    const { entries, incident } = await view(record);
    const aware = incident.owed.anchors.get('aware')?.at ?? '';
    const dated = entries.filter((entry) => entry.kind === 'duty.dated');
    const gdpr = dated.find(({ body }) => body.duty === 'eu-gdpr-33-authority');
    expect(Date.parse(gdpr?.body.due ?? '') - Date.parse(aware)).toBe(72 * HOUR);
    expect(gdpr?.body.citation).toContain('2016/679');
    expect(gdpr?.body.ruleVersion).toMatch(/^[0-9a-f]{8}$/);
    expect([gdpr?.actor, gdpr?.via]).toEqual(['bot', 'bot']);
    const texas = dated.find(({ body }) => body.duty === 'us-tx-individuals');
    const day = Temporal.Instant.from(aware).toZonedDateTimeISO('America/Chicago').toPlainDate();
    expect(texas?.body).toMatchObject({ due: day.add({ days: 60 }).toString(), zone: 'America/Chicago' });
    await card(channel, 'Art 33(1)');
    const board = await card(channel, 'Affected Texas residents');
    expect(JSON.stringify(board.blocks).indexOf('Art 33(1)')).toBeLessThan(
      JSON.stringify(board.blocks).indexOf('Affected Texas residents'),
    );
  });

  test('a filing is recorded with its time, reference and proof, and the clock stops', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await givenABreach(record, 2);
    const board = await card(channel, 'Art 33(1)');
    await place.click(ada, channel, board, 'clock.filed');
    const answer = await place.submit(
      ada,
      'clock.filed',
      { record, duty: GDPR },
      { at: ago(1), received: { selected_date_time: null }, reference: 'BlnBDI 42/26', proof: 'Confirmation mail, kept by Ben' },
    );
    expect(answer.body).toBe('');
    expect((await duty(record, GDPR))?.duty.state).toBe('met');
    await card(channel, 'reference BlnBDI 42/26');
    const { entries } = await view(record);
    expect(entries.find(({ kind }) => kind === 'duty.filed')?.texts).toMatchObject({ proof: 'Confirmation mail, kept by Ben' });
    await place.until('the board says so', async () =>
      (await place.messages(channel)).some((message) => JSON.stringify(message).includes('*met*')),
    );
  });

  test('a filing by words names its duty, and is asked back where the words fit several', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await givenABreach(record, 2);
    const answer = (words: string) =>
      place.until(`an answer with "${words}"`, async () =>
        (await place.store.open(US).deliveries(record)).find(
          ({ kind, body }) => (kind === 'post' || kind === 'answer') && body.includes(words),
        ),
      );
    await place.mention(ben, channel, 'filed texas ref 9');
    await answer('Which of these was filed');
    await place.mention(ben, channel, 'filed Texas attorney general ref AG-77');
    await place.until('the filing', async () => (await view(record)).incident.owed.duties.get('us-tx-ag')?.filings.length === 1);
    expect((await view(record)).incident.owed.duties.get('us-tx-ag')?.filings[0]?.reference).toBe('AG-77');
    await place.mention(ben, channel, 'who must we tell?');
    expect((await answer('The clock board has the rest')).body).toContain('Competent (lead) data protection authority');
  });

  test('a date that passed is late on the board, is told once, and stays late after the filing', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await givenABreach(record, 80);
    await place.work?.watch.look();
    await place.work?.watch.look();
    await card(channel, 'OVERDUE: it was due');
    const told = (await place.messages(channel)).filter(({ text }) => text.includes('OVERDUE'));
    expect(told).toHaveLength(1);
    await card(channel, '*LATE*, nothing filed');
    await place.submit(ada, 'clock.filed', { record, duty: GDPR }, { at: ago(1), reference: 'R', proof: '' });
    expect((await duty(record, GDPR))?.duty).toMatchObject({ state: 'late' });
    await card(channel, '*met late*');
  });

  test('awareness later than detection stays in the form until the reason is written', async () => {
    const { record } = await place.declare(ada, 'Test');
    const form = { exact: option('minute'), source: '' };
    await place.submit(ada, 'clock.time', { record, anchor: 'detected', size: 99 }, { ...form, at: ago(30), reason: '' });
    const answer = await place.submit(
      ada,
      'clock.time',
      { record, anchor: 'aware', size: 99 },
      { ...form, at: ago(2), reason: '' },
    );
    expect(JSON.parse(answer.body)).toMatchObject({
      response_action: 'errors',
      errors: { reason: expect.stringContaining('in between') },
    });
    const reason = 'the alert went to a mailbox nobody reads';
    expect(
      (await place.submit(ada, 'clock.time', { record, anchor: 'aware', size: 99 }, { ...form, at: ago(2), reason })).body,
    ).toBe('');
    expect((await view(record)).incident.owed.anchors.get('aware')?.reason).toBe(reason);
  });

  test('two people who correct the same time at once: the second is told what the first wrote', async () => {
    const { record } = await place.declare(ada, 'Test');
    const form = { exact: option('minute'), source: '', reason: 'looked it up' };
    await place.submit(ada, 'clock.time', { record, anchor: 'aware', size: 99 }, { ...form, at: ago(5) });
    const { size } = (await view(record)).incident;
    await place.submit(ada, 'clock.time', { record, anchor: 'aware', size }, { ...form, at: ago(6) });
    const second = await place.submit(ben, 'clock.time', { record, anchor: 'aware', size }, { ...form, at: ago(7) });
    expect(second.body).toContain('names the entry it replaces');
    expect(second.body).toContain('Nothing was recorded');
  });

  test('deciding against a duty takes a reason and a second person', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await givenABreach(record, 2);
    const form = { reason: 'The data were test data' };
    const alone = await place.submit(ada, 'clock.waive', { record, duty: GDPR }, { ...form, approver: { selected_user: ada } });
    expect(alone.body).toContain('second person');
    await place.submit(ada, 'clock.waive', { record, duty: GDPR }, { ...form, approver: { selected_user: ben } });
    expect((await duty(record, GDPR))?.duty.state).toBe('waived');
    await card(channel, 'Decided against telling');
    await place.submit(ada, 'clock.undo', { record }, { duty: option(GDPR), reason: 'They were not' });
    expect((await duty(record, GDPR))?.duty.state).toBe('dated');
  });

  test('new law data move no date: the board shows the item, and a click with a name accepts it', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await givenABreach(record, 2);
    const sealed = (await duty(record, GDPR))?.duty.due;
    place.desk!.reckoner = new Reckoner(
      lawWith((rule) => (rule.id === GDPR ? { ...rule, deadline: { kind: 'hours', value: 48 }, version: 'ffffffff' } : rule)),
    );
    await new Watch(place.store, place.desk!, world, (error) => {
      throw error;
    }).look();
    await card(channel, 'The law data changed under a sealed date');
    expect((await duty(record, GDPR))?.duty.due).toBe(sealed);
    const board = await card(channel, 'Rule changed: Competent');
    await place.click(ben, channel, board, 'clock.accept');
    const of = (await duty(record, GDPR))?.change?.seq;
    await place.submit(ben, 'clock.accept', { record, duty: GDPR, of }, { note: 'Counsel confirmed it' });
    const after = await duty(record, GDPR);
    expect(Date.parse(sealed ?? '') - Date.parse(after?.duty.due ?? '')).toBe(24 * HOUR);
    const { entries } = await view(record);
    expect(entries.find(({ kind }) => kind === 'duty.rule-accepted')?.actor).not.toBe('bot');
  });

  test('what is no place and no number stays in the form with a sentence', async () => {
    const { record } = await place.declare(ada, 'Test');
    const say = (text: string) => place.submit(ada, 'clock.answer', { record, field: 'residents' }, { residents: text });
    expect((await say('many in Texas')).body).toContain('not a place and a number');
    expect((await say('US-QQ: 4')).body).toContain('Unknown place');
    expect((await say('DE: 1.200\nus-tx: unknown')).body).toBe('');
    const { facts } = (await view(record)).incident.owed;
    expect([facts.get('residents.DE')?.value, facts.get('residents.US-TX')?.value]).toEqual([1200, 'unknown']);
  });

  test('every question on the board has a form, and every button of the board answers', async () => {
    const { record, channel } = await place.declare(ada, 'Test');
    await givenABreach(record, 2);
    const { incident, now } = await view(record);
    const questions = place.desk!.reckoner!.questions(incident, now);
    for (const { value } of questionChoices(incident, questions)) {
      const form = factForm(incident, value.split('|')[1] ?? '');
      expect(form.blocks.length, value).toBeGreaterThan(1);
    }
    const board = await card(channel, 'Art 33(1)');
    for (const action of ['clock.time', 'clock.filed', 'clock.waive', 'clock.why', 'clock.answer'])
      expect((await place.click(ada, channel, board, action)).status, action).toBe(200);
  });
});
