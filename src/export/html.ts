import { toBase64, toHex, utf8 } from '../record/bytes.ts';
import { sha256 } from '../record/sha256.ts';
import { textOf } from './files.ts';
import { GROUPS, groupOf } from './group.ts';
import { escapeHtml, jsonInScript } from './markup.ts';
import { stripOf } from './strip.ts';
import { STYLE } from './style.ts';
import { inUtc, inZone, isUtc, type Place, type Row, type Timeline } from './timeline.ts';
import { PAGE_SCRIPT } from './verifier.generated.ts';

const pinned = (text: string): string => `'sha256-${toBase64(sha256(utf8(text)))}'`;

/**
 * The timeline as one page that needs nothing else: read without a script, verified with the one script that its policy
 * pins by hash. `section` is HTML of ours that stands above it. `embedded` are the files that the script verifies; they are the record itself, byte for byte.
 */
export function htmlOf(timeline: Timeline, embedded: ReadonlyMap<string, Uint8Array>, section = ''): string {
  const { title, drill, places } = timeline;
  const policy = `default-src 'none'; script-src ${pinned(PAGE_SCRIPT)}; style-src ${pinned(STYLE)}; img-src data:; base-uri 'none'; form-action 'none'`;
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>${drill ? 'DRILL: ' : ''}${escapeHtml(title)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    '<a class="skip" href="#entries">To the entries</a>',
    drill ? '<p class="drill">DRILL: an exercise, no real incident</p>' : '',
    `<header><h1 dir="auto">${escapeHtml(title)}</h1>${aboutOf(timeline)}</header>`,
    '<main>',
    section,
    CHECK,
    '<h2>At a glance</h2>',
    stripOf(timeline),
    filterOf(timeline),
    '<h2 id="heading">Entries</h2>',
    `<ol id="entries" aria-labelledby="heading">`,
    ...places.map((place) => entryOf(place, timeline)),
    '</ol></main>',
    `<footer><h2>About this page</h2><p class="soft">It is a view of the record; what counts is record.jsonl beside it. The check in this page is only as good as whoever gave you the page: to depend on nobody, run a verifier of your own. SHA-256 of the script in it: <code>${toHex(sha256(utf8(PAGE_SCRIPT)))}</code></p></footer>`,
    `<script type="application/json" id="pack">${jsonInScript(textsIn(embedded))}</script>`,
    `<script>${PAGE_SCRIPT}</script>`,
    '</body></html>',
    '',
  ].join('\n');
}

const textsIn = (files: ReadonlyMap<string, Uint8Array>): Record<string, string> =>
  Object.fromEntries([...files].map(([path, bytes]) => [path, textOf(bytes) ?? '']));

function aboutOf({ record, zone, places, exported }: Timeline): string {
  const rows = places.flatMap((place) => ('row' in place ? [place.row] : []));
  const [first, last] = [rows[0], rows.at(-1)];
  const span = first === undefined || last === undefined ? '' : ` Recorded from ${inUtc(first.at)} to ${inUtc(last.at)} UTC.`;
  const hidden = places.length - rows.length;
  const gaps = hidden === 0 ? '' : ` ${hidden} withheld: only their hashes are here.`;
  const by = exported === undefined ? '' : ` Exported ${escapeHtml(inUtc(exported.at))} UTC by ${escapeHtml(exported.by)}.`;
  return `<p class="soft">Record <code>${escapeHtml(record)}</code>. ${places.length} entries.${gaps}${span} ${isUtc(zone) ? 'Times are UTC.' : `Local times are ${escapeHtml(zone)}.`}${by}</p>`;
}

const CHECK = `<section class="check" aria-labelledby="check-title"><h2 id="check-title">Was anything changed?</h2>
<noscript><p>Scripts are off. Run <code>node verify.mjs</code> in the folder of this file instead.</p></noscript>
<form id="check" hidden><p><label for="outside">A checkpoint that you hold from elsewhere: a message, an e-mail, a photograph of the screen. Without one, only the operator vouches for the record.</label>
<textarea id="outside" spellcheck="false" autocomplete="off"></textarea></p>
<p><button type="submit">Verify</button></p><progress id="progress" max="1" value="0" hidden aria-label="Progress of the check"></progress>
<p id="verdict" role="status" aria-live="polite"></p><p id="detail" class="soft mono"></p></form></section>`;

function filterOf({ places }: Timeline): string {
  const rows = places.flatMap((place) => ('row' in place ? [place.row] : []));
  const option = (value: string, text: string): string => `<option value="${escapeHtml(value)}">${escapeHtml(text)}</option>`;
  const groups = Object.entries(GROUPS).filter(([group]) => rows.some(({ kind }) => groupOf(kind) === group));
  const people = [...new Set(rows.map(({ who }) => who))].sort();
  return [
    '<fieldset id="filter" class="filter" hidden><legend>Show</legend>',
    `<label>About <select id="group"><option value="">everything</option>${groups.map(([value, text]) => option(value, text)).join('')}</select></label>`,
    `<label>By <select id="who"><option value="">everybody</option>${people.map((who) => option(who, who)).join('')}</select></label>`,
    '<label>With the words <input id="words" type="search" autocomplete="off"></label>',
    '<p id="count" class="soft" role="status" aria-live="polite"></p></fieldset>',
  ].join('\n');
}

function entryOf(place: Place, timeline: Timeline): string {
  const id = `<a href="#e${place.seq}">${place.seq}</a>`;
  if ('withheld' in place)
    return `<li class="entry withheld" id="e${place.seq}"><p class="when">${id}</p><p>Withheld: ${escapeHtml(place.withheld)}</p></li>`;
  const { row } = place;
  const group = groupOf(row.kind);
  return [
    `<li class="entry ${group}" id="e${row.seq}" data-group="${group}" data-who="${escapeHtml(row.who)}">`,
    `<p class="when">${id} ${timesOf(row, timeline.zone)}${tags(row)}</p>`,
    `<p><strong class="who"><bdi>${escapeHtml(row.who)}</bdi></strong> <span class="how">${escapeHtml(row.how)}</span></p>`,
    `<p class="what" dir="auto">${escapeHtml(row.sentence)}</p>`,
    row.file === undefined ? '' : `<p><a href="${escapeHtml(encodeURI(row.file))}">${escapeHtml(row.file)}</a></p>`,
    ...row.remarks.map((remark) => `<p class="later" dir="auto">${escapeHtml(remark)}</p>`),
    '</li>',
  ].join('');
}

function timesOf({ at, occurred }: Row, zone: string): string {
  const happened = timeOf(occurred, zone, ' class="occurred"');
  return at === occurred ? happened : `happened ${happened}; recorded ${timeOf(at, zone)}`;
}

function timeOf(at: string, zone: string, mark = ''): string {
  const local = isUtc(zone) ? '' : ` · ${inZone(at, zone).local}`;
  return `<time${mark} datetime="${escapeHtml(at)}">${escapeHtml(inUtc(at))} UTC</time>${local}`;
}

function tags({ drill, label }: Row): string {
  const tag = (text: string): string => ` <span class="tag">${text}</span>`;
  return `${drill ? tag('DRILL') : ''}${label === 'open' ? '' : tag(escapeHtml(label))}`;
}
