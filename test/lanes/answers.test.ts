import { beforeAll, describe, expect, test } from 'vitest';
import { standingOf } from '../../src/desk/clients.ts';
import { laneOf } from '../../src/desk/lanes.ts';
import { bankOf, matching } from '../../src/notice/answers.ts';
import type { Command } from '../../src/record/command.ts';
import { correctionsOwed } from '../../src/record/corrections.ts';
import { draftAnswer } from '../../src/slack/answers/bank.ts';
import { askedCard } from '../../src/slack/answers/cards.ts';
import { answerMany, approveAlike, isAsking } from '../../src/slack/answers/clicks.ts';
import { alikeGroups } from '../../src/slack/answers/groups.ts';
import { click } from '../../src/slack/clicks.ts';
import type { House } from '../../src/slack/house.ts';
import { draftIn, examined, type NoticeShelf } from '../../src/slack/notices/desk.ts';
import { Form } from '../../src/slack/payloads.ts';
import { ADA, BEN, by, HOME, idOf, ManyClients, US } from './house.ts';
import { shelf } from './shelf.ts';

/** What clients ask again and again, answered from their own records, approved like any notice. */
const bank = bankOf(shelf.template('client_answer')!);
const ASKED = [
  ['Are we affected by this?', 'affected'],
  ['How do you know that?', 'how-known'],
  ['Was any data stolen from us?', 'data-stolen'],
  ['Is it safe to log in again?', 'log-in'],
  ['Can we turn on the computers?', 'turn-on'],
  ['May we pay invoices?', 'pay-invoices'],
  ['When are we back to work?', 'back-when'],
  ['What do we tell our customers?', 'tell-others'],
  ['Do WE have to notify somebody?', 'we-notify'],
  ['Do we call our insurer?', 'insurer'],
  ['Should we pay the ransom?', 'pay-ransom'],
  ['Who pays for all this?', 'who-pays'],
  ['Are the backups ok?', 'backup'],
  ['Can we ask another provider?', 'other-provider'],
  ['Can we have that in writing?', 'in-writing'],
  ['Why did you use this vendor?', 'why-vendor'],
  ['What changes after this?', 'what-changes'],
  ['Were you hacked yourselves?', 'provider-hacked'],
  ['Whose data is it?', 'whose-data'],
] as const;

test('the bank holds every question that clients ask, and knows each by its words', () => {
  expect(bank.map(({ id }) => id).sort()).toEqual(ASKED.map(([, id]) => id).sort());
  for (const [words, id] of ASKED) expect([words, matching(bank, words)[0]?.id]).toEqual([words, id]);
  expect(matching(bank, 'good morning')).toEqual([]);
});

describe('answers in lanes', () => {
  let many: ManyClients;
  let house: House;
  let incident: string;
  const lane = (at: number) => many.view(idOf(at), laneOf(incident, idOf(at)));
  const caller = { user: 'UBEN', team: 'T1', home: 'T1' };
  const form = (fields: Record<string, string>) =>
    new Form(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { value: { selected_option: { value } } }])));
  let taps = 0;
  const as = (person = ADA) => ({ person, via: 'slack-signature', key: `key/${taps++}` }) as const;

  beforeAll(async () => {
    many = new ManyClients();
    incident = await many.declare();
    await many.ours(incident, { do: 'openPlace', ...HOME, channel: 'CVENDOR', purpose: 'incident' });
    await many.ours(incident, { do: 'assignRole', role: 'communications', to: BEN });
    const ids = await many.register(4);
    const reason = (at: number) => (at === 3 ? 'Host secret3 has it.' : 'An affected version is present.');
    const state = { tier: 'T2', state: 'present_in_window' } as const;
    await many.lanes.sort(
      incident,
      ids.map((client, at) => ({ client, ...state, reason: reason(at) })),
      by,
    );
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const users = { info: async () => ({ user: { real_name: 'Ben', team_id: 'T1' } }) };
    house = {
      surface: 'slack',
      team: 'T1',
      desk: many.desk,
      store: many.store,
      library: { list: () => [], source: () => undefined },
      client: { users } as unknown as House['client'],
      log,
      via: () => 'slack-signature',
      clientOf: () => US,
      notices: shelf as NoticeShelf,
      lanes: { clients: many.clients, lanes: many.lanes } as House['lanes'] & object,
    };
  });

  test('every answer renders for a client, says where it stands and when the next word comes, and the gate stops none', async () => {
    for (const [, question] of ASKED) {
      const drafted = await draftAnswer(house, await lane(0), { question }, as());
      if ('refused' in drafted) throw new Error(drafted.refused);
      const view = await lane(0);
      const looked = examined(view, view.incident.notices.get(drafted.notice)!, shelf);
      expect([question, looked.open.map(({ message }) => message)]).toEqual([question, []]);
      const words = looked.draft.sentences.map(({ text }) => text).join('\n');
      expect(words).toContain('To Client 0');
      expect(words).toContain('Status as of 24 October 2026, 09:00 UTC.');
      expect(words).toMatch(/We are checking .+, and you will hear from us by 24 October 2026, 11:00 UTC\./);
      expect(words).not.toMatch(/Client [123]|secret3|\[\[/);
    }
  });

  test('what the lane does not know is said to be not known; what it knows is cited', async () => {
    const drafted = await draftAnswer(house, await lane(1), { question: 'data-stolen' }, as());
    const text = async (notice: string) =>
      draftIn((await lane(1)).incident.notices.get(notice)!)
        .sentences.map((one) => one.text)
        .join('\n');
    expect(await text('notice' in drafted ? drafted.notice : '')).toContain('We do not know yet whether data was read or copied.');
    const found = { do: 'recordFinding', about: 'payroll data', status: 'suspected', text: 'payroll data was copied' } as const;
    await many.theirs(idOf(1), laneOf(incident, idOf(1)), found);
    const again = await draftAnswer(house, await lane(1), { question: 'data-stolen' }, as());
    expect(await text('notice' in again ? again.notice : '')).toMatch(
      /We suspect, but have not confirmed: payroll data was copied/,
    );
  });

  test('under a question stand the answers that fit, and one click drafts one in that lane', async () => {
    const told: Command = {
      do: 'tellClient',
      order: 'order-1',
      purpose: 'holding',
      delivery: 'd',
      text: 'x',
      digest: 'x',
      leaf: `${'A'.repeat(43)}=`,
    };
    await many.theirs(idOf(2), laneOf(incident, idOf(2)), told);
    await many.theirs(idOf(2), laneOf(incident, idOf(2)), {
      do: 'giveReceipt',
      order: 'order-1',
      answer: 'question',
      text: 'Are we affected?',
    });
    const view = await lane(2);
    expect(isAsking(view)).toBe(true);
    const card = JSON.stringify(askedCard(view, view.entries.at(-1)!, bank));
    const value = /"value":"([^"]+\|affected)"/.exec(card)?.[1] ?? '';
    expect(card).toContain('Draft: Are we affected?');
    const payload = {
      type: 'block_actions' as const,
      user: { id: 'UBEN', team_id: 'T1' },
      team: { id: 'T1' },
      trigger_id: 't',
      channel: { id: 'CLANE' },
      message: { ts: '1.1' },
      actions: [{ action_id: 'reply.draft', block_id: 'b', value, action_ts: '1' }],
    };
    expect(await click(house, payload, caller)).toEqual({ say: expect.stringContaining('does not belong to this channel') });
    await many.theirs(idOf(2), laneOf(incident, idOf(2)), { do: 'openPlace', ...HOME, channel: 'CLANE', purpose: 'incident' });
    expect(await click(house, payload, caller)).toBeUndefined();
    expect([...(await lane(2)).incident.notices.values()].map(({ kind, author }) => [kind, author])).toEqual([
      ['client_answer', expect.any(String)],
    ]);
  });

  test('answers that read alike take one approval of a second person, and go each into its own channel; the other waits in its lane', async () => {
    const drafted = await answerMany({ house, form: form({ question: 'affected', whom: 'all' }), incident, by, key: 'm1', us: US });
    expect(drafted).toContain('Drafted 4 answers');
    const shown = (await many.store.open(US).deliveries(incident)).find(({ kind }) => kind === 'answers-card');
    const { batch } = JSON.parse(shown?.body ?? '{}') as { batch: string };
    const groups = await alikeGroups(house, incident, batch);
    expect(groups.map(({ members }) => members.length)).toEqual([3, 1]);
    expect(groups[0]?.words).toContain('To {{client}}');
    const all = { house, incident, batch, group: groups[0]!.key, us: US };
    const own = await approveAlike({ ...all, caller: { user: 'UADA', team: 'T1', home: 'T1' }, key: 'a1' });
    expect(own).toContain('Approved and on their way: 0.');
    expect(await approveAlike({ ...all, caller, key: 'a2' })).toBe('Approved and on their way: 3.');
    for (const at of [0, 1, 2]) {
      const notice = [...(await lane(at)).incident.notices.values()].at(-1)!;
      const { channel } = (await many.view(idOf(at), standingOf(idOf(at)))).incident.places[0]!;
      expect(notice.released.map((one) => one.channel)).toEqual([channel]);
    }
    expect([...(await lane(3)).incident.notices.values()].at(-1)?.approval).toBeUndefined();
  });

  test('a standing that was wrong makes the answers wrong that rested on it', async () => {
    const notice = [...(await lane(0)).incident.notices.values()].find(({ approval }) => approval !== undefined)!;
    const { id, sha256 } = notice;
    const record = laneOf(incident, idOf(0));
    await many.theirs(idOf(0), record, { do: 'sendNotice', notice: id, sha256, road: 'slack', recipient: 'channel C1000' });
    expect(correctionsOwed((await lane(0)).incident)).toEqual([]);
    const back = {
      do: 'moveLane',
      to: 'not_present',
      evidence: 'e1',
      asOf: '2026-10-24T10:00:00Z',
      how: 'read every machine',
    } as const;
    expect(await many.theirs(idOf(0), record, back)).toMatchObject({ done: true });
    expect(correctionsOwed((await lane(0)).incident).map(({ notice: one }) => one.id)).toEqual([id]);
  });
});
