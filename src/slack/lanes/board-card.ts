import type { Board, BoardQuery, BoardRow } from '../../desk/board.ts';
import { STATE_WORDS, STUCK_WORDS } from '../../desk/board-words.ts';
import { TIERS } from '../../inventory/tier.ts';
import { actions, type Block, button, context, header, menu, section } from '../blocks.ts';
import type { Card } from '../card.ts';
import { clip, safe } from '../mrkdwn.ts';

/**
 * The board in a channel: ten clients a page, because a message holds 50 blocks and some 13,000 characters in all. `incident` is the
 * id that the buttons act on. States and counts only: there is nothing else to show.
 */
export function boardCard(board: Board, incident: string, drill: boolean, page?: string): Card {
  const { rows, query, pages, matching, counts } = board;
  const mark = drill ? 'DRILL · ' : '';
  const title = `${mark}${counts.clients} clients · ${counts.lanes} lanes · ${counts.stuck} stuck`;
  return {
    text: `${title} (${incident})`,
    blocks: [
      header(title),
      section(TIERS.map((tier) => `*${tier}* ${counts.tiers[tier]}`).join('   ')),
      actions(`board|look|${incident}`, [orderMenu(incident, query), filterMenu(incident, query)]),
      ...(rows.length === 0 ? [section('No client matches.')] : rows.map(rowBlock)),
      ...pager(incident, query, pages, matching),
      actions(`board|all|${incident}`, [
        button('lanes.ask', 'Ask all lanes…', incident),
        button('lanes.advance', 'Advance a step…', incident),
        button('lanes.promote', 'Open a lane…', incident),
        button('lanes.release', 'Let lanes see…', incident),
        button('lanes.broadcast', 'Tell clients…', incident),
        button('lanes.clients', 'Register…', incident),
        button('calls.sheet', 'Call sheet', incident),
        button('lanes.answers', 'Answer many…', incident),
        button('lanes.receipt', 'Receipt…', incident),
      ]),
      ...(page === undefined ? [] : [context(`<${page}|The whole board as a page>: everybody at once, kept up to date`)]),
      context(
        `${incident} · told: ${counts.told} · clients with an open question: ${counts.questions} · closed: ${counts.closed} · states and counts only: what a client says stays in its lane`,
      ),
    ],
  };
}

export const TIER_ICONS = {
  T0: ':rotating_light:',
  T1: ':red_circle:',
  T2: ':large_orange_circle:',
  U: ':grey_question:',
  T3: ':large_blue_circle:',
  T4: ':white_circle:',
};

function rowBlock(row: BoardRow): Block {
  const progress = row.status === 'none' ? 'no lane' : `${row.done}/${row.total}${row.status === 'open' ? '' : `, ${row.status}`}`;
  const facts = [
    STATE_WORDS[row.state],
    progress,
    row.step === undefined || row.status !== 'open' ? '' : `now: ${safe(clip(row.step.replaceAll('-', ' '), 60))}`,
    row.asks === 0 ? '' : `${row.asks} open questions`,
    row.receipt === undefined ? (row.told > 0 ? 'told' : 'not told yet') : `answered: ${row.receipt}`,
    row.stuck === undefined ? '' : `:warning: ${STUCK_WORDS[row.stuck]}`,
  ];
  return section(
    `${TIER_ICONS[row.tier]} *${row.tier} · ${safe(clip(row.name, 80))}*\n${facts.filter((fact) => fact !== '').join(' · ')}`,
  );
}

const ORDER_WORDS = { urgency: 'Most urgent first', progress: 'Least done first', quiet: 'Longest quiet first', name: 'By name' };

/** What a choice on the board asks for: the whole look, so that the card itself holds no state that the choice does not. */
export const lookOf = (incident: string, query: BoardQuery): string =>
  [incident, query.order, query.tier ?? (query.stuck ? 'stuck' : 'all'), String(query.page)].join('|');

export function readLook(value: string): { incident: string; query: BoardQuery } {
  const [incident = '', order = '', filter = '', page = '0'] = value.split('|');
  const tier = TIERS.find((one) => one === filter);
  return {
    incident,
    query: {
      order: order in ORDER_WORDS ? (order as BoardQuery['order']) : 'urgency',
      ...(tier === undefined ? {} : { tier }),
      ...(filter === 'stuck' ? { stuck: true } : {}),
      page: /^\d{1,4}$/.test(page) ? Number(page) : 0,
    },
  };
}

function orderMenu(incident: string, query: BoardQuery) {
  const choices = Object.entries(ORDER_WORDS).map(([order, text]) => ({
    text,
    value: lookOf(incident, { ...query, order: order as BoardQuery['order'], page: 0 }),
  }));
  return menu('board.order', ORDER_WORDS[query.order], choices);
}

function filterMenu(incident: string, query: BoardQuery) {
  const { order } = query;
  const now = query.tier ?? (query.stuck ? 'Stuck only' : 'All clients');
  return menu('board.filter', now, [
    { text: 'All clients', value: lookOf(incident, { order, page: 0 }) },
    { text: 'Stuck only', value: lookOf(incident, { order, stuck: true, page: 0 }) },
    ...TIERS.map((tier) => ({ text: tier, value: lookOf(incident, { order, tier, page: 0 }) })),
  ]);
}

function pager(incident: string, query: BoardQuery, pages: number, matching: number): Block[] {
  if (pages === 1) return [];
  const to = (page: number) => lookOf(incident, { ...query, page });
  return [
    context(`Page ${query.page + 1} of ${pages}, ${matching} clients`),
    actions(`board|page|${incident}`, [
      ...(query.page > 0 ? [button('board.back', 'Back', to(query.page - 1))] : []),
      ...(query.page < pages - 1 ? [button('board.on', 'Next', to(query.page + 1))] : []),
    ]),
  ];
}
