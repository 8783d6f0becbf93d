import { STATE_WORDS } from './board-words.ts';
import { CALL_RULE, type CallSheet, progressWords, type SheetRow } from './call-sheet.ts';

/** A row with what to say: the half-minute script line by line, and the text message. */
export type PrintedRow = SheetRow & { script: string[]; text: string };

/** The call sheet as one page for when nothing else works: no script, nothing loaded, boxes to tick with a pen. */
export function callPage(sheet: CallSheet, rows: readonly PrintedRow[], incident: string, drill: boolean): string {
  const at = new Date(sheet.now).toISOString();
  const title = `${drill ? 'DRILL: ' : ''}Call sheet of ${incident}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${html(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer"><style>${STYLE}</style></head>
<body>${drill ? '<p class="drill">DRILL: an exercise, no real incident</p>' : ''}<header><h1>${html(title)}</h1>
<p>As of ${minute(at)} UTC: <strong>${html(progressWords(sheet))}</strong>.</p>
<p class="rule">${html(CALL_RULE)}</p>
<p class="secret">Internal: it names people and what is said to each client. Never hand it to a client.</p></header>
<main><ol>
${rows.map(item).join('\n')}
</ol></main></body></html>
`;
}

function item(row: PrintedRow): string {
  const { tier, name, client, state, script, text } = row;
  return `<li class="${tier} ${row.stand}"><h2><span class="tier">${tier}</span> ${html(name)}${name === client ? '' : ` <small>${html(client)}</small>`}${row.hit ? ' <strong class="hit">They say they are hit</strong>' : ''}</h2>
<p class="whom">${html(contactWords(row))}</p>
<p class="soft">${html(standWords(row))} · ${STATE_WORDS[state]}</p>
<p class="boxes"><span>☐ Reached</span> <span>☐ Left word</span> <span>☐ No answer</span> <span class="blank">At ______ UTC</span> <span class="blank">By __________</span></p>
<details open><summary>In half a minute</summary><ul>${script.map((line) => `<li${line.startsWith('[') ? ' class="gap"' : ''}>${html(line)}</li>`).join('')}</ul></details>
${text === '' ? '' : `<p class="sms"><b>Text message (${text.length} characters):</b> ${html(text)}</p>`}</li>`;
}

export function contactWords({ contact }: SheetRow): string {
  if (contact === undefined) return 'No contact in the register';
  const { name, role, mobile, email } = contact;
  return [name, role, mobile ?? 'no number in the register', email].filter((part) => part !== undefined && part !== '').join(' · ');
}

export function standWords({ last, again }: SheetRow): string {
  if (last === undefined) return 'Not called yet';
  const then = `${last.outcome.replace('-', ' ')} at ${minute(last.at)} UTC (${last.who}), by ${last.by}`;
  return again === undefined ? then : `${then}; again from ${again.slice(11, 16)} UTC`;
}

const minute = (iso: string): string => iso.slice(0, 16).replace('T', ' ');

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const html = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '');

const STYLE = `:root{color-scheme:light dark;--ink:#1c1917;--soft:#57534e;--paper:#fff;--rule:#d6d3d1;--bad:#b91c1c}
@media (prefers-color-scheme:dark){:root{--ink:#f5f5f4;--soft:#a8a29e;--paper:#1c1917;--rule:#44403c;--bad:#fca5a5}}
*{box-sizing:border-box}body{font:16px/1.45 system-ui,sans-serif;margin:0 auto;padding:1rem;max-width:52rem;color:var(--ink);background:var(--paper)}
h1{font-size:1.4rem;margin:.3rem 0}h2{font-size:1.1rem;margin:0}.rule,.soft,small{color:var(--soft);font-size:.9rem}.secret{font-weight:600}
.drill{background:#fde047;color:#1c1917;font-weight:700;text-align:center;padding:.3rem}
ol{list-style:none;padding:0}ol>li{border:1px solid var(--rule);border-left:6px solid #a8a29e;border-radius:.4rem;padding:.6rem .8rem;margin:.6rem 0;break-inside:avoid;overflow-wrap:anywhere}
ol>li p{margin:.25rem 0}.whom{font-size:1.15rem;font-weight:600}.boxes span{display:inline-block;margin-right:1rem}.blank{color:var(--soft)}
.hit,.gap{color:var(--bad)}.reached{opacity:.7}.sms{font-size:.95rem}ul{margin:.2rem 0;padding-left:1.2rem}summary{font-weight:600}
.T0{border-left-color:#b91c1c}.T1{border-left-color:#ea580c}.T2{border-left-color:#ca8a04}.U{border-left-color:#7c3aed}.T3{border-left-color:#0284c7}.T4{border-left-color:#15803d}
@media print{body{max-width:none;font-size:10pt;padding:0}.reached{opacity:1}}`;
