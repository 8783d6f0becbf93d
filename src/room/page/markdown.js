import { el } from './dom.js';
import { link } from './mrkdwn.js';

/** The part of Markdown that Slack's markdown block shows, as DOM nodes. */
export function markdown(text) {
  const lines = text.replaceAll('\r', '').split('\n');
  const nodes = [];
  for (let at = 0; at < lines.length; ) {
    const [node, next] = block(lines, at);
    if (node !== null) nodes.push(node);
    at = next;
  }
  return nodes;
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;

function block(lines, at) {
  const line = lines[at];
  if (line.trim() === '') return [null, at + 1];
  if (/^```/.test(line)) return fence(lines, at);
  const heading = /^(#{1,6})\s+(.*)$/.exec(line);
  if (heading !== null) return [el('h2', { class: `level-${heading[1].length}` }, inline(heading[2])), at + 1];
  if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) return [el('hr'), at + 1];
  if (/^>/.test(line))
    return run(
      lines,
      at,
      (some) => /^>/.test(some),
      (some) => el('blockquote', {}, markdown(some.map((l) => l.replace(/^>\s?/, '')).join('\n'))),
    );
  if (ITEM.test(line)) return run(lines, at, (some) => ITEM.test(some) || /^\s{2,}\S/.test(some), items);
  if (line.includes('|') && /^\s*\|?[\s:|-]+\|[\s:|-]*$/.test(lines[at + 1] ?? ''))
    return run(lines, at, (some) => some.includes('|'), table);
  const plain = (some) => some.trim() !== '' && !/^(```|#{1,6}\s|>)/.test(some) && !ITEM.test(some);
  return run(lines, at, plain, (some) =>
    el(
      'p',
      {},
      some.flatMap((l, index) => (index === 0 ? inline(l) : [el('br'), ...inline(l)])),
    ),
  );
}

function run(lines, at, belongs, make) {
  let end = at + 1;
  while (end < lines.length && belongs(lines[end])) end++;
  return [make(lines.slice(at, end)), end];
}

function fence(lines, at) {
  let end = at + 1;
  while (end < lines.length && !/^```/.test(lines[end])) end++;
  return [el('pre', {}, el('code', {}, lines.slice(at + 1, end).join('\n'))), end + 1];
}

function items(some) {
  const ordered = /^\s*\d/.test(some[0]);
  const texts = [];
  for (const line of some) {
    if (ITEM.test(line)) texts.push(line.replace(ITEM, ''));
    else texts[texts.length - 1] += ` ${line.trim()}`;
  }
  const shown = texts.map((text) => {
    const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
    return task === null ? el('li', {}, inline(text)) : el('li', {}, task[1] === ' ' ? '☐ ' : '☑ ', inline(task[2]));
  });
  return el(ordered ? 'ol' : 'ul', {}, shown);
}

function table(some) {
  const cells = (line) =>
    line
      .trim()
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
  const [head, , ...rows] = some;
  return el(
    'div',
    { class: 'table', tabIndex: 0, role: 'group', 'aria-label': 'Table' },
    el(
      'table',
      {},
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          cells(head).map((cell) => el('th', { scope: 'col' }, inline(cell))),
        ),
      ),
      el(
        'tbody',
        {},
        rows.map((row) =>
          el(
            'tr',
            {},
            cells(row).map((cell) => el('td', {}, inline(cell))),
          ),
        ),
      ),
    ),
  );
}

const TOKEN =
  /`([^`]+)`|\[([^\]]+)\]\(([^)\s]+)\)|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|(https?:\/\/[^\s<>)]+)/g;

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(text.slice(from, match.index), token(match));
    from = match.index + match[0].length;
  }
  nodes.push(text.slice(from));
  return nodes;
}

function token([, code, label, target, bold, bold2, strike, italic, italic2, url]) {
  if (code !== undefined) return el('code', {}, code);
  if (target !== undefined) return link(target, label);
  if (bold !== undefined || bold2 !== undefined) return el('strong', {}, inline(bold ?? bold2));
  if (strike !== undefined) return el('s', {}, inline(strike));
  if (url !== undefined) return link(url);
  return el('em', {}, inline(italic ?? italic2));
}
