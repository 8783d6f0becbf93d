import { TIERS } from '../inventory/tier.ts';
import type { Board, BoardRow } from './board.ts';
import { STATE_WORDS, STUCK_WORDS } from './board-words.ts';

/** The board as one page: no script, nothing loaded, printable. `title` is the incident's id: its name may name a client. */
export function boardPage({ rows, counts, matching }: Board, title: string, at: string): string {
  const tiers = TIERS.map((tier) => `<li class="${tier}"><b>${counts.tiers[tier]}</b> ${tier}</li>`).join('');
  const heads = [
    'Tier',
    'Client',
    'State',
    'Lane',
    'Progress',
    'Step',
    'Open questions',
    'Told',
    'Answer',
    'Look here',
    'Last entry (UTC)',
  ];
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Board of ${html(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head>
<body><h1>Board of ${html(title)}</h1>
<p>As of ${html(at.slice(0, 16).replace('T', ' '))} UTC. ${counts.clients} clients, ${counts.lanes} lanes (${counts.closed} closed), ${counts.stuck} stuck, ${counts.told} told. Showing ${matching}. States and counts only.</p>
<ul class="tiers">${tiers}</ul>
<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join('')}</tr></thead>
<tbody>
${rows.map(line).join('\n')}
</tbody></table></body></html>
`;
}

function line(row: BoardRow): string {
  const cells = [
    row.name === row.client ? html(row.name) : `${html(row.name)} <small>${html(row.client)}</small>`,
    STATE_WORDS[row.state],
    row.status === 'none' ? 'no lane' : row.status,
    row.total === 0 ? '' : `${row.done} of ${row.total}`,
    html(row.step ?? ''),
    row.asks === 0 ? '' : String(row.asks),
    row.told === 0 ? 'no' : String(row.told),
    row.receipt ?? '',
    row.stuck === undefined ? '' : STUCK_WORDS[row.stuck],
    row.at.slice(0, 16).replace('T', ' '),
  ];
  return `<tr class="${row.tier}"><th scope="row">${row.tier}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const html = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');

/** Unknown is never green: it has the colour of what must be looked at. */
const STYLE = `body{font:15px/1.45 system-ui,sans-serif;margin:2rem;color:#1c1917}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #e7e5e4}thead th{position:sticky;top:0;background:#fff}
small{color:#78716c}.tiers{display:flex;gap:1rem;list-style:none;padding:0}.tiers li,tbody th{border-left:4px solid #a8a29e;padding-left:.5rem}
.T0,tbody .T0 th{border-color:#b91c1c}.T1,tbody .T1 th{border-color:#ea580c}.T2,tbody .T2 th{border-color:#ca8a04}.U,tbody .U th{border-color:#7c3aed}
.T3,tbody .T3 th{border-color:#0284c7}.T4,tbody .T4 th{border-color:#15803d}`;
