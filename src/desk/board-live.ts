import { TIERS } from '../inventory/tier.ts';
import type { Board, BoardRow } from './board.ts';
import { html } from './board-page.ts';
import { STATE_WORDS, STUCK_WORDS } from './board-words.ts';

/**
 * The board as a page that is kept open: complete as it is served, so that it reads without a script; the room's own script
 * sorts, filters and fetches it again. States and counts only; `title` is the incident's id, because its name may name a client.
 */
export function liveBoard({ rows, counts }: Board, title: string, at: string): string {
  const tiers = TIERS.map((tier) => `<li class="${tier}"><b>${counts.tiers[tier]}</b> ${tier}</li>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Board of ${html(title)}</title><link rel="icon" href="/page/icon.svg"><link rel="stylesheet" href="/page/board.css"><script type="module" src="/page/board.js"></script></head>
<body><a class="skip" href="#clients">Skip to the clients</a>
<header><h1>Board of ${html(title)}</h1>
<p id="summary">${counts.clients} clients, ${counts.lanes} lanes (${counts.closed} closed), ${counts.stuck} stuck, ${counts.told} told. States and counts only.</p>
<ul id="tiers" class="tiers" aria-label="Clients by tier">${tiers}</ul></header>
<form id="look" role="search" aria-label="Sort and filter" hidden>
<label>Find <input id="words" type="search" autocomplete="off" placeholder="Client"></label>
<label>Tier <select id="tier"><option value="">All</option>${TIERS.map((tier) => `<option>${tier}</option>`).join('')}</select></label>
<label>Order <select id="order">${ORDERS.map(([value, words]) => `<option value="${value}">${words}</option>`).join('')}</select></label>
<label class="tick"><input id="stuck" type="checkbox"> Stuck only</label></form>
<p id="shown" role="status" data-at="${html(at)}">As of ${html(at.slice(11, 16))} UTC.</p>
<main id="clients" tabindex="-1"><table role="table"><caption class="quiet">Every client with its state and counts</caption>
<thead role="rowgroup"><tr role="row">${COLUMNS.map((name) => `<th role="columnheader" scope="col">${name}</th>`).join('')}</tr></thead>
<tbody id="rows" role="rowgroup">
${rows.map(line).join('\n')}
</tbody></table></main></body></html>
`;
}

const ORDERS = [
  ['urgency', 'Most urgent first'],
  ['progress', 'Least done first'],
  ['quiet', 'Longest quiet first'],
  ['name', 'By name'],
] as const;

const COLUMNS = ['Client', 'Tier', 'State', 'Lane', 'Progress', 'Step', 'Asks', 'Told', 'Answer', 'Look here', 'Last entry'];

/** Rows come most urgent first; the script takes any other order from the marks. */
function line(row: BoardRow, at: number): string {
  const { client, name, tier, done, total, stuck } = row;
  const share = total === 0 ? 2 : done / total;
  const marks = `data-urgency="${at}" data-tier="${tier}" data-stuck="${stuck ?? ''}" data-name="${html(name)}" data-share="${share.toFixed(4)}" data-at="${html(row.at)}"`;
  const cells = cellsOf(row).map(
    (cell, i) => `<td role="cell" data-label="${COLUMNS[i + 1]}"${cell === '' ? ' class="empty"' : ''}>${cell}</td>`,
  );
  const id = name === client ? '' : ` <small>${html(client)}</small>`;
  return `<tr role="row" class="${tier}" ${marks}><th role="rowheader" scope="row">${html(name)}${id}</th>${cells.join('')}</tr>`;
}

function cellsOf({ tier, state, status, done, total, step, asks, told, receipt, stuck, at }: BoardRow): string[] {
  return [
    tier,
    STATE_WORDS[state],
    status === 'none' ? 'no lane' : status,
    total === 0 ? '' : `${done} of ${total}`,
    html((step ?? '').replaceAll('-', ' ')),
    asks === 0 ? '' : String(asks),
    told === 0 ? 'no' : String(told),
    receipt ?? '',
    stuck === undefined ? '' : STUCK_WORDS[stuck],
    `${at.slice(5, 10)} ${at.slice(11, 16)}`,
  ];
}
