import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { boardOf, topClocks } from '../../src/slack/clocks/board.ts';
import { whyModal } from '../../src/slack/clocks/why.ts';
import { findDuties } from '../../src/slack/clocks/words.ts';
import { ClockHouse, lawWith } from '../clock-house.ts';
import { BEN } from '../play.ts';

/** The board as a card: what bites first on top, every state in words, and nothing that could be taken for advice. */
let house: ClockHouse;
const HOUR = 3_600_000;

beforeEach(async () => {
  house = await new ClockHouse().declare();
});
afterEach(() => house.close());

const board = async () => boardOf(await house.view(), house.desk.reckoner);
const texts = async () => JSON.stringify((await board()).blocks);
const set = (anchor: string, at: string) => house.do({ do: 'setAnchor', anchor, at });

describe('the clock board', () => {
  test('orders what bites first: late, then by date, then what has no number, then what has not started, then what is settled', async () => {
    await set('aware', '2026-11-24T09:00:00Z');
    await house.facts({ 'residents.US-CA': 900, 'residents.US-NY': 5, 'residents.US-MT': 7 });
    await house.do({ do: 'fileDuty', duty: 'us-ny-individuals', at: '2026-11-24T09:30:00Z', evidence: [] });
    house.clock += 100 * HOUR;
    const text = await texts();
    const places = [
      'Competent (lead) data protection authority',
      'Affected California residents',
      'California Attorney General',
      'names no number',
      'Clock not started',
      '*Settled*',
    ];
    const order = places.map((place) => text.indexOf(place));
    expect(
      order.every((at) => at >= 0),
      places.filter((_, i) => (order[i] ?? -1) < 0).join(),
    ).toBe(true);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(text.indexOf('Affected New York residents')).toBeGreaterThan(text.indexOf('*Settled*'));
  });

  test('says a date in the zone of the reader and in UTC, and a day with the place where it ends', async () => {
    await set('aware', '2026-11-24T09:00:00Z');
    await set('determined', '2026-11-24T09:00:00Z');
    const text = await texts();
    expect(text).toContain(`<!date^${Date.parse('2026-11-27T09:00:00Z') / 1000}^`);
    expect(text).toContain('(09:00 UTC)');
    expect(text).toContain('by the end of 2027-01-23 (America/Chicago)');
    expect(text).toContain('(05:59 UTC)');
  });

  test('says every state in words', async () => {
    await set('aware', '2026-11-24T09:00:00Z');
    await house.do({ do: 'waiveDuty', duty: 'eu-gdpr-33-authority', reason: 'no risk to anybody', approver: BEN });
    const text = await texts();
    for (const words of [
      '*decided against*',
      'approved by Ben',
      'no risk to anybody',
      'law names no number',
      'Clock not started',
      'not triggered on what is known',
      'not in force',
    ])
      expect(text).toContain(words);
  });

  test('keeps our own target apart from the law: it passes and is never late', async () => {
    await house.facts({ 'entity.role': 'both' });
    await set('aware', '2026-11-24T09:00:00Z');
    house.clock += 50 * HOUR;
    await house.facts({ 'residents.US-NY': 5 });
    const text = await texts();
    const policy = text.match(/:dart:[^"\\]*/g) ?? [];
    expect(policy.length).toBeGreaterThan(0);
    expect(policy.every((line) => line.includes('POLICY (ours, not law)') && line.includes('passed') && !/late/i.test(line))).toBe(
      true,
    );
  });

  test('marks what rests on low confidence or on memory, wherever its date stands', async () => {
    await house.restart(lawWith((rule) => (rule.id === 'eu-gdpr-33-authority' ? { ...rule, confidence: 'low' } : rule)));
    await set('aware', '2026-11-24T09:00:00Z');
    const view = await house.view();
    expect((await texts()).match(/Art 33\(1\),\(3\) · :warning: unverified, ask counsel/)).not.toBeNull();
    expect(topClocks(view, house.desk.reckoner)[0]).toContain('unverified, ask counsel');
    const clocks = await house.clocks();
    const why = whyModal(view, clocks, await house.duty('eu-gdpr-33-authority'));
    expect(JSON.stringify(why.blocks)).toContain('unverified, ask counsel');
  });

  test('says when the law on file is older than ninety days, and never that it advises', async () => {
    await set('aware', '2026-11-24T09:00:00Z');
    expect(await texts()).not.toContain('days ago: check it again');
    house.clock += 120 * 24 * HOUR;
    expect(await texts()).toContain('days ago: check it again');
    expect(await texts()).toContain('Not legal advice');
  });

  test('asks first who and where we are, then where people live, then when we knew, then what changes most', async () => {
    const question = async () => /\*Answer next:\* ([^\\"]*)/.exec(await texts())?.[1];
    expect(await question()).toContain('We became aware');
    await set('aware', '2026-11-24T09:00:00Z');
    expect(await question()).not.toContain('We became aware');
    expect(await texts()).toMatch(/An answer could (open|close|change)/);
  });

  test('does not ask again at once what somebody just said is not known', async () => {
    await set('aware', '2026-11-24T09:00:00Z');
    const field = async () => {
      const { incident, now } = await house.view();
      const asked = house.desk.reckoner!.questions(incident, now);
      return asked.filter(({ field: name }) => name === 'encrypted');
    };
    expect(await field()).toHaveLength(1);
    await house.facts({ encrypted: 'unknown', key_taken: 'unknown' });
    expect(/\*Answer next:\* ([^\\"]*)/.exec(await texts())?.[1]).not.toContain('encrypted');
  });

  test('fits into a message with forty places, and every button and menu has its words', async () => {
    const states =
      'AL AK AZ CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC SD'.split(
        ' ',
      );
    await house.facts(Object.fromEntries(states.map((state) => [`residents.US-${state}`, 2000])));
    await set('aware', '2026-11-24T09:00:00Z');
    await set('determined', '2026-11-24T09:30:00Z');
    const { blocks } = await board();
    expect(blocks.length).toBeLessThanOrEqual(50);
    const all = [...JSON.stringify(blocks).matchAll(/"text":"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
    expect(all.join('').length, 'Slack refuses a message whose blocks have more text').toBeLessThan(12_000);
  });

  test('cannot be made to call a channel by the name of a party', async () => {
    await house.facts({ 'entity.role': 'both' });
    await house.do({
      do: 'setFacts',
      facts: [{ fact: 'contracts.c1', value: { kind: 'dpa', hours: 48, anchor: 'aware' }, party: '<!channel> Ltd' }],
    });
    await set('aware', '2026-11-24T09:00:00Z');
    expect(await texts()).toContain('&lt;!channel&gt; Ltd');
    const marked = (await texts()).match(/"type":"mrkdwn","text":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(marked.join()).not.toContain('<!channel>');
  });

  test('finds a duty by its id or by the words people use', async () => {
    await set('aware', '2026-11-24T09:00:00Z');
    await set('determined', '2026-11-24T09:00:00Z');
    const { incident } = await house.view();
    const find = async (words: string) => findDuties(incident, await house.clocks(), words).map(({ key }) => key);
    expect(await find('us-tx-ag')).toEqual(['us-tx-ag']);
    expect(await find('Texas attorney general')).toEqual(['us-tx-ag']);
    expect(await find('33(1)')).toEqual(['eu-gdpr-33-authority']);
    expect(await find('the moon')).toEqual([]);
    expect((await find('texas')).length).toBeGreaterThan(1);
  });
});
