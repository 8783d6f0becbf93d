import { beforeEach, describe, expect, test } from 'vitest';
import { callPage } from '../../src/desk/call-page.ts';
import { type CallRow, callSheet, progressWords, SHEET_PAGE } from '../../src/desk/call-sheet.ts';
import { Calls } from '../../src/desk/calls.ts';
import { standingOf } from '../../src/desk/clients.ts';
import { laneOf } from '../../src/desk/lanes.ts';
import type { Json } from '../../src/room/json.ts';
import { checkBlocks, checkView, enforce } from '../../src/room/validation.ts';
import { callSheetCard, phoneForm } from '../../src/slack/calls/card.ts';
import { callScript, scriptText, TEXT_MESSAGE_MAX } from '../../src/slack/calls/script.ts';
import { fitting } from '../../src/slack/fitting.ts';
import { parseTalk } from '../../src/slack/talk/talk.ts';
import { ADA, BEN, by, idOf, ManyClients, US } from './house.ts';
import { shelf } from './shelf.ts';

const NOW = Date.parse('2026-10-24T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

const row = (client: string, more: Partial<CallRow> = {}): CallRow => ({
  client,
  name: client,
  record: `lane-${client}`,
  tier: 'T2',
  state: 'present_in_window',
  hit: false,
  calls: 0,
  ...more,
});
const called = (outcome: 'reached' | 'left-word' | 'no-answer', minutes: number): Partial<CallRow> => ({
  calls: 1,
  last: { outcome, at: minutesAgo(minutes), by: 'Ada', who: 'Mia' },
});
const order = (...rows: CallRow[]) => callSheet(rows, NOW).rows.map(({ client }) => client);

describe('the order of the calls', () => {
  test('tier first, unknown after those in the window; then what spreads, what can be down least, whose clock ends first', () => {
    const rows = [
      row('unknown', { tier: 'U', state: 'unknown' }),
      row('late-clock', { due: '2026-10-25T12:00:00Z' }),
      row('first-clock', { due: '2026-10-24T20:00:00Z' }),
      row('shop', { tolerable: 4 }),
      row('clinic', { tolerable: 1 }),
      row('found', { tier: 'T1', state: 'iocs_found' }),
      row('encrypting', { tier: 'T0' }),
      row('looked', { state: 'iocs_absent' }),
    ];
    const order = ['encrypting', 'found', 'clinic', 'shop', 'first-clock', 'late-clock', 'looked'];
    expect(callSheet(rows.reverse(), NOW).rows.map(({ client }) => client)).toEqual(order);
    expect(callSheet(rows, NOW, { page: 1 }).rows.map(({ client }) => client)).toEqual(['unknown']);
  });

  test('whoever is reached goes last, no answer comes back after ten minutes, a word left after thirty', () => {
    const rows = [
      row('reached', { tier: 'T0', ...called('reached', 60) }),
      row('word', { tier: 'T1', ...called('left-word', 20) }),
      row('waited', { tier: 'T1', ...called('no-answer', 11) }),
      row('never'),
    ];
    expect(order(...rows)).toEqual(['waited', 'never', 'word', 'reached']);
    const sheet = callSheet(rows, NOW);
    expect(sheet.rows[2]).toMatchObject({ stand: 'later', again: '2026-10-24T12:10:00Z' });
    expect(progressWords(sheet)).toBe('1 of 4 reached (1 left word, 1 no answer, 1 not called yet)');
  });

  test('who says that they are hit is next, whatever their tier; who is not affected is not phoned unless asked for', () => {
    const rows = [row('t0', { tier: 'T0' }), row('hit', { tier: 'T4', hit: true }), row('fine', { tier: 'T4' })];
    expect(order(...rows)).toEqual(['hit', 't0']);
    expect(callSheet(rows, NOW, { page: 0, all: true }).rows).toHaveLength(3);
  });

  test('the next one is somebody whom nobody is phoning; a claim that ran out holds nobody up', () => {
    const claim = (minutes: number) => ({ claim: { by: 'Ben', until: minutesAgo(-minutes) } });
    expect(callSheet([row('a', claim(5)), row('b')], NOW).next?.client).toBe('b');
    expect(callSheet([row('a', claim(-1)), row('b')], NOW).next?.client).toBe('a');
  });
});

describe('calls of one vendor incident', () => {
  let house: ManyClients;
  let calls: Calls;
  let incident: string;
  let taps = 0;
  const as = (person = ADA) => ({ person, via: 'slack-signature', key: `tap/${taps++}` }) as const;

  beforeEach(async () => {
    house = new ManyClients();
    incident = await house.declare();
    const ids = await house.register(3, (at) => ({
      contacts: [{ name: `Desk ${at}` }, { name: `Mia ${at}`, mobile: `+49 170 ${at}` }],
      zone: 'Europe/Berlin',
      tolerable_downtime_hours: 8 - at,
    }));
    const hit = { tier: 'T2', state: 'present_in_window' } as const;
    await house.lanes.sort(
      incident,
      ids.slice(0, 2).map((client, at) => ({ client, ...hit, reason: `Host own${at} has it.` })),
      by,
    );
    calls = new Calls(house.desk, house.store, US);
  });
  const lane = (at: number) => house.view(idOf(at), laneOf(incident, idOf(at)));

  test('a tap lands in the client’s lane, with the contact that has a mobile; two taps are one call', async () => {
    await calls.log(incident, idOf(0), { outcome: 'reached' }, as());
    expect(await calls.log(incident, idOf(0), { outcome: 'reached' }, as())).toMatchObject({ code: 'already' });
    expect((await lane(0)).incident.lanes.calls).toMatchObject([{ outcome: 'reached', who: 'Mia 0' }]);
    house.now += 120_000;
    expect(await calls.log(incident, idOf(0), { outcome: 'reached' }, as())).toMatchObject({ done: true });
    expect((await lane(1)).incident.lanes.calls).toEqual([]);
  });

  test('without a lane it lands in the standing record, and counts for this incident alone', async () => {
    await calls.log(incident, idOf(2), { outcome: 'no-answer' }, as());
    const standing = await house.view(idOf(2), standingOf(idOf(2)));
    expect(standing.incident.lanes.calls).toMatchObject([{ outcome: 'no-answer', incident }]);
    const counts = async (of: string) => callSheet(await calls.rows(of), house.now).counts;
    expect(await counts(incident)).toMatchObject({ clients: 3, unanswered: 1, never: 2 });
    await house.declare('Another one', 'inc-other');
    expect((await calls.rows('inc-other')).map(({ calls: many }) => many)).toEqual([0, 0, 0]);
  });

  test('two callers do not phone the same client; what was claimed runs out, and a logged call ends it', async () => {
    expect(await calls.claim(incident, idOf(0), as())).toMatchObject({ done: true });
    expect(await calls.claim(incident, idOf(0), as(BEN))).toMatchObject({
      refused: expect.stringContaining('Ada phones them, until 09:10'),
    });
    expect(callSheet(await calls.rows(incident), house.now).next?.client).toBe(idOf(1));
    house.now += 11 * 60_000;
    expect(await calls.claim(incident, idOf(0), as(BEN))).toMatchObject({ done: true });
    await calls.log(incident, idOf(0), { outcome: 'left-word' }, as(BEN));
    expect((await lane(0)).incident.lanes.claim).toBeUndefined();
  });

  test('the script says what was released to the lane, and shows what is not known; no word of another client', async () => {
    await house.ours(incident, { do: 'recordNote', text: 'ours alone' });
    await house.ours(incident, {
      do: 'recordFinding',
      about: 'the tool',
      status: 'confirmed',
      text: 'We switched off the remote tool',
    });
    const seq = (await house.view(US, incident)).incident.findings[0]!.seq;
    await house.lanes.release(incident, seq, [], by);
    const script = callScript((await calls.phoned(incident, idOf(0)))!, shelf, '+49 30 1234');
    const lines = scriptText(script).join('\n');
    expect(lines).toContain('As of 24 October 2026, 11:00 UTC+02:00: the tool: We switched off the remote tool.');
    expect(lines).toContain('Call us only on +49 30 1234.');
    expect(lines).toContain('[not known yet: which machines to unplug or to leave off]');
    expect(lines).not.toMatch(/own1|ours alone/);
    expect(script.text.length).toBeLessThanOrEqual(TEXT_MESSAGE_MAX);
    expect(script.text).toContain('+49 30 1234');
    expect(script.left).toEqual(['time of the next call, with its zone']);
  });

  test('the printed page holds every row and its script, escaped, and loads nothing', async () => {
    const sheet = callSheet(await calls.rows(incident), house.now);
    const rows = sheet.rows.map((one) => ({ ...one, name: '<b>&', script: ['say'], text: '' }));
    const page = callPage(sheet, rows, incident, true);
    expect(page.match(/☐ Reached/g)).toHaveLength(3);
    expect(page).toContain('&lt;b&gt;&amp;');
    expect(page).toContain('DRILL');
    expect(page).not.toMatch(/<script|https?:/);
  });
});

test.each([
  ['call sheet', { say: 'call sheet' }],
  ['who do we phone next?', { say: 'call sheet' }],
  ['call acme reached: spoke to Bo', { say: 'call', client: 'acme', outcome: 'reached', who: 'Bo', note: 'spoke to Bo' }],
  ['called Mill & Sons no answer', { say: 'call', client: 'Mill & Sons', outcome: 'no-answer' }],
  ['call reached: they shut it down', { say: 'call', outcome: 'reached', note: 'they shut it down' }],
  ['call acme left word', { say: 'call', client: 'acme', outcome: 'left-word' }],
  ['call the vendor', { say: 'unknown', words: 'call the vendor' }],
])('%s', (words, talk) => {
  expect(parseTalk(words)).toEqual(talk);
});

test('whatever the register holds, the sheet and its form are taken by Slack', () => {
  const nasty = '&<!channel>👩‍💻'.repeat(40);
  const contact = { name: nasty, role: nasty, mobile: nasty };
  const last = { outcome: 'no-answer', at: minutesAgo(5), by: nasty, who: nasty } as const;
  const rows = Array.from({ length: 40 }, (_, at) =>
    row(`client-${at}`, { name: nasty, contact, last, calls: 1, due: '2026-10-25' }),
  );
  const { text, blocks } = fitting(callSheetCard(callSheet(rows, NOW, { page: 2 }), 'inc-vendor', true));
  checkBlocks(blocks as unknown as Json);
  enforce('chat.postMessage', { text, channel: 'C1', blocks: JSON.stringify(blocks) });
  expect(blocks.filter(({ type }) => type === 'actions')).toHaveLength(SHEET_PAGE + 1);
  const lines = Array.from({ length: 9 }, () => ({ says: nasty }));
  const script = { lines, text: nasty.slice(0, 300), left: [nasty], told: { at: minutesAgo(1), text: nasty } };
  checkView(
    phoneForm({ name: nasty, client: 'c', contacts: Array(6).fill(nasty) }, script, 'inc-vendor') as unknown as Json,
    'modal',
  );
});
