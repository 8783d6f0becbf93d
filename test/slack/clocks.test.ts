import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** End to end: who must be told, from the first question to the reference of the filing, by clicks and forms alone. */
let place: Workplace;
let ada: string;
let ben: string;

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
    await place.submit(ada, 'clock.time', { record, anchor, size: 99 }, { at: ago(hours), exact: option('minute'), reason: '', source: '' });
}

describe('who must be told', () => {
  test('a board appears when asked for, and asks first what no law can do without', async () => {
    const { record, channel } = await place.declare(ada, 'Payroll data on a stranger’s server');
    expect((await place.messages(channel)).some(({ text }) => text.includes('Who must be told'))).toBe(false);
    const status = await card(channel, 'What\'s next?');
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
    expect(JSON.stringify(board.blocks).indexOf('Art 33(1)')).toBeLessThan(JSON.stringify(board.blocks).indexOf('Affected Texas residents'));
  });
});
