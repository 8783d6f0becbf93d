import { describe, expect, test } from 'vitest';
import { type BoardSource, boardOf, FIRST_LOOK } from '../../src/desk/board.ts';
import { boardPage } from '../../src/desk/board-page.ts';
import type { Summarised } from '../../src/desk/ports.ts';
import { boardCard, lookOf, readLook } from '../../src/slack/lanes/board-card.ts';
import { manyClients } from './board-source.ts';

const now = Date.parse('2026-10-24T12:00:00Z');

type Some = { [K in keyof Summarised]?: Exclude<Summarised[K], undefined> };

function source(clients: Some[]): BoardSource {
  const blank = {
    status: 'open',
    waits: 0,
    done: 0,
    total: 0,
    blocked: 0,
    asks: 0,
    settled: [],
    told: 0,
    at: '2026-10-24T11:50:00Z',
  } as const;
  const standing = clients.map(
    (one, at): Summarised => ({
      ...blank,
      of: 'standing',
      client: `c${at}`,
      record: `standing-c${at}`,
      name: one.name ?? `Client ${at}`,
    }),
  );
  const lanes = clients.flatMap((one, at): Summarised[] =>
    one.tier === undefined
      ? []
      : [{ ...blank, of: 'lane', incident: 'inc-1', client: `c${at}`, record: `lane-${at}`, name: `Client ${at}`, ...one }],
  );
  return { incident: 'inc-1', standing, lanes, sorted: new Map(), now };
}

const names = (board: { rows: { client: string }[] }) => board.rows.map(({ client }) => client);

describe('the board', () => {
  test('the most urgent come first, unknown stands before what is known to be harmless, and whoever is stuck before the rest', () => {
    const board = boardOf(source([{}, { tier: 'T2' }, { tier: 'T0' }, { tier: 'T2', blocked: 1 }, { tier: 'T1' }]));
    expect(names(board)).toEqual(['c2', 'c4', 'c3', 'c1', 'c0']);
    expect(board.rows.at(-1)).toMatchObject({ tier: 'U', status: 'none' });
  });

  test('whoever is stuck is named with a code: blocked, waiting, asking, quiet for an hour', () => {
    const board = boardOf(
      source([
        { tier: 'T1', blocked: 1 },
        { tier: 'T1', waits: 2 },
        { tier: 'T1', receipt: 'question' },
        { tier: 'T1', at: '2026-10-24T10:30:00Z' },
        { tier: 'T1' },
        { tier: 'T1', blocked: 3, status: 'closed' },
      ]),
      { order: 'name', page: 0, stuck: true },
    );
    expect(board.rows.map(({ stuck }) => stuck)).toEqual(['blocked', 'waits', 'question']);
    expect(board.counts.stuck).toBe(3);
  });

  test('it counts, filters, orders and pages', () => {
    const all = manyClients(95);
    const board = boardOf(all, { order: 'name', page: 99 });
    expect(board).toMatchObject({ pages: 10, matching: 95, query: { page: 9 } });
    expect(board.rows).toHaveLength(5);
    const one = boardOf(all, { order: 'urgency', tier: 'T1', page: 0 });
    expect(one.matching).toBe(one.counts.tiers.T1);
    expect(boardOf(all, { ...FIRST_LOOK, words: 'client 7' }).matching).toBe(11);
    const least = boardOf(all, { order: 'progress', page: 0 }).rows.map(({ done, total }) => done / total);
    expect(least).toEqual(least.toSorted((a, b) => a - b));
  });

  test('the card keeps within Block Kit on every page, whatever the names are', () => {
    const all = manyClients(1500, (at) => `${'&<>"'.repeat(30)} ${at}`);
    for (const page of [0, 70, 149]) {
      const { blocks } = boardCard(boardOf(all, { order: 'urgency', page }), 'inc-7q2k', true);
      expect(blocks.length).toBeLessThanOrEqual(50);
      expect(JSON.stringify(blocks).length).toBeLessThan(13_000);
      expect(JSON.stringify(blocks)).not.toMatch(/[^\\]<[^#!]/);
    }
  });

  test('a choice on the card holds the whole look, within 75 characters', () => {
    const query = { order: 'progress', tier: 'T0', page: 149 } as const;
    expect(readLook(lookOf('inc-7q2k', query))).toEqual({ incident: 'inc-7q2k', query });
    expect(lookOf('inc-abcdefgh', query).length).toBeLessThanOrEqual(75);
    expect(readLook('inc-1|nonsense|nonsense|-4')).toEqual({ incident: 'inc-1', query: { order: 'urgency', page: 0 } });
  });

  test('the page loads nothing, runs nothing, and escapes names', () => {
    const page = boardPage(
      boardOf(
        manyClients(3, () => '<script>alert(1)</script>'),
        FIRST_LOOK,
        1500,
      ),
      'inc-1',
      '2026-10-24T12:00:00Z',
    );
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain("default-src 'none'");
  });
});
