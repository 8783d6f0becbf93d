import { expect, test } from 'vitest';
import { boardFor } from '../../src/cli/board-room.ts';
import { boardOf } from '../../src/desk/board.ts';
import { liveBoard } from '../../src/desk/board-live.ts';
import { boardCard } from '../../src/slack/lanes/board-card.ts';
import { manyClients } from './board-source.ts';
import { ManyClients, twelveOf } from './house.ts';

const page = (name: string) =>
  liveBoard(
    boardOf(
      manyClients(20, () => name),
      { order: 'urgency', page: 0 },
      1000,
    ),
    'inc-7q2k',
    '2026-10-24T12:00:00Z',
  );

test('the page is whole without its script, names every cell for a phone, and escapes what a client is called', () => {
  const shown = page('<b>"Tulip" & Sons</b>');
  expect(shown.match(/<tr role="row" class="(?:T|U)/g)).toHaveLength(20);
  expect(shown).not.toContain('<b>"Tulip"');
  expect(shown).toContain('&lt;b&gt;&quot;Tulip&quot; &amp; Sons&lt;/b&gt;');
  expect(shown).not.toMatch(/<td role="cell"(?! data-label="\w)/);
  expect(shown).not.toMatch(/style="|onclick=/);
});

test('the board is for those in the incident’s channel; for anybody else there is no such page', async () => {
  const house = new ManyClients();
  const incident = await house.declare();
  const ids = await house.register(20);
  await house.lanes.sort(incident, twelveOf(ids), { person: { account: 'room/T1/UADA', name: 'Ada' }, via: 'picked-from-list' });
  await house.ours(incident, { do: 'openPlace', surface: 'room', workspace: 'T1', channel: 'CINC', purpose: 'incident' });
  const parts = house as unknown as Parameters<typeof boardFor>[0];
  const inside = { id: 'UADA', isIn: (channel: string) => channel === 'CINC' };
  expect(await boardFor(parts, incident, inside)).toContain('20 clients, 12 lanes');
  expect(await boardFor(parts, incident, { id: 'UEVE', isIn: () => false })).toBeUndefined();
  expect(await boardFor(parts, 'inc-other', inside)).toBeUndefined();
});

test('the card links to the page where there is one', () => {
  const board = boardOf(manyClients(3));
  expect(JSON.stringify(boardCard(board, 'inc-7q2k', false, 'http://127.0.0.1:3210/board/inc-7q2k'))).toContain(
    '/board/inc-7q2k|The whole board',
  );
  expect(JSON.stringify(boardCard(board, 'inc-7q2k', false))).not.toContain('The whole board');
});
