import { el } from './dom.js';
import { emoji } from './emoji.js';
import { channelTitle, personName, store } from './store.js';

/**
 * Slack's mrkdwn as DOM nodes. The text arrives with `&`, `<` and `>` escaped, so every `<…>` that is left is a reference.
 * Nothing here makes HTML from text.
 */
export function mrkdwn(text) {
  return text.split(/```\n?([\s\S]*?)\n?```/).flatMap((part, index) => {
    if (index % 2 === 1) return [el('pre', {}, el('code', {}, unescaped(part)))];
    return part === '' ? [] : lines(part.replace(/^\n|\n$/g, ''));
  });
}

export function unescaped(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

const LIST = /^\s*(?:[•◦▪‣-]|\d{1,2}[.)])\s+/;
const QUOTE = /^(?:&gt;|>)\s?/;

/** Groups lines into quotes, lists and paragraphs. */
function lines(text) {
  const blocks = [];
  for (const line of text.split('\n')) {
    const kind = QUOTE.test(line) ? 'quote' : LIST.test(line) ? 'list' : 'text';
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(line);
    else blocks.push({ kind, lines: [line] });
  }
  return blocks.flatMap(({ kind, lines: some }) => {
    if (kind === 'quote') return [el('blockquote', {}, lines(some.map((line) => line.replace(QUOTE, '')).join('\n')))];
    if (kind === 'list') return [list(some)];
    return [el('span', { class: 'lines' }, inline(some.join('\n')))];
  });
}

function list(some) {
  const ordered = /^\s*\d/.test(some[0] ?? '');
  const start = ordered ? Number.parseInt(some[0].trim(), 10) : undefined;
  const items = some.map((line) => el('li', {}, inline(line.replace(LIST, ''))));
  return el(ordered ? 'ol' : 'ul', ordered ? { start } : {}, items);
}

const TOKEN =
  /`([^`\n]+)`|<([^<>\n]+)>|(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^\n]*?[^\s_])_(?![\w_])|(?<![\w~])~(?=[^\s~])([^~\n]*[^\s~])~(?![\w~])|:([a-z0-9_+'-]+):/g;

function inline(text) {
  const nodes = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    nodes.push(unescaped(text.slice(from, match.index)), token(match, text));
    from = match.index + match[0].length;
  }
  nodes.push(unescaped(text.slice(from)));
  return nodes;
}

function token([whole, code, reference, bold, italic, strike, name], text) {
  if (code !== undefined) return el('code', {}, unescaped(code));
  if (reference !== undefined) return referenceNode(reference, text);
  if (bold !== undefined) return el('strong', {}, inline(bold));
  if (italic !== undefined) return el('em', {}, inline(italic));
  if (strike !== undefined) return el('s', {}, inline(strike));
  const shown = emoji(name);
  return shown.startsWith(':') ? whole : el('span', { class: 'emoji', title: `:${name}:` }, shown);
}

function referenceNode(reference, text) {
  const bar = reference.indexOf('|');
  const [target, label] = bar < 0 ? [reference, ''] : [reference.slice(0, bar), reference.slice(bar + 1)];
  if (target.startsWith('@')) return userChip(target.slice(1), label);
  if (target.startsWith('#')) return channelChip(target.slice(1), label);
  if (target.startsWith('!date^')) return dateNode(target.slice(6).split('^'), label, text);
  if (target.startsWith('!'))
    return el('span', { class: 'mention' }, `@${label || target.slice(1).split('^').at(-1)}`.replace('@@', '@'));
  // Slack's own references all have a scheme; anything else is what somebody wrote, and is shown as written.
  if (!/^[a-z][a-z0-9+.-]*:/i.test(target)) return unescaped(`<${reference}>`);
  return link(unescaped(target), unescaped(label));
}

export function userChip(id, label = '') {
  const mine = id === store.me ? ' mine' : '';
  return el('span', { class: `mention${mine}` }, `@${store.people.has(id) ? personName(id) : label || id}`);
}

export function channelChip(id, label = '') {
  const channel = store.channels.get(id);
  if (channel === undefined) return el('span', { class: 'mention' }, label === '' ? 'a private channel' : `#${label}`);
  return el('a', { class: 'mention', href: `#/c/${id}` }, `#${channelTitle(channel)}`);
}

/** A link, if it leads where a browser may be sent; the room's own permalinks stay in this page. */
export function link(target, label = '', ...children) {
  const shown = children.length > 0 ? children : [label || target.replace(/^mailto:/, '')];
  const own = /^https?:\/\/[^/]+\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?$/.exec(target);
  if (own !== null && target.startsWith(`${location.origin}/`))
    return el('a', { href: `#/c/${own[1]}${own[2] ? `/m/${own[2]}.${own[3]}` : ''}` }, shown);
  if (!/^(https?|mailto|tel):/i.test(target)) return el('span', {}, shown);
  return el('a', { href: target, target: '_blank', rel: 'noopener noreferrer' }, shown);
}

const FORMS = {
  date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
  date: { year: 'numeric', month: 'long', day: 'numeric' },
  date_short: { year: 'numeric', month: 'short', day: 'numeric' },
  date_long: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  time: { hour: '2-digit', minute: '2-digit' },
  time_secs: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
};

/** `<!date^…>`: local time; UTC is put beside it unless the text says it already. */
export function dateNode([seconds, format = '{date_short} {time}', href], fallback, around = '') {
  const at = new Date(Number(seconds) * 1000);
  if (Number.isNaN(at.getTime())) return unescaped(fallback);
  const shown = formed(at, format);
  const utc = `${at.toISOString().slice(11, 16)} UTC`;
  const live = format.includes('{ago}') ? format : undefined;
  const title = `${at.toISOString().slice(0, 10)} ${utc}`;
  const time = el('time', { datetime: at.toISOString(), title, 'data-live': live }, unescaped(shown));
  const beside = /\{time/.test(format) && at.getTimezoneOffset() !== 0 && !around.replaceAll(/\|[^>]*>/g, '').includes('UTC');
  const whole = href === undefined ? time : link(href, '', time);
  return beside ? el('span', {}, whole, el('span', { class: 'utc' }, ` (${utc})`)) : whole;
}

const formed = (at, format) => format.replace(/\{(\w+)\}/g, (whole, name) => form(at, name) ?? whole);

/** Times that say how long ago or ahead they are go on counting. */
setInterval(() => {
  for (const time of document.querySelectorAll('time[data-live]')) {
    time.textContent = unescaped(formed(new Date(time.dateTime), time.dataset.live));
  }
}, 20_000);

function form(at, name) {
  const pretty = name.endsWith('_pretty');
  if (pretty) {
    const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86_400_000);
    if (days >= -1 && days <= 1) return ['yesterday', 'today', 'tomorrow'][days + 1];
  }
  if (name === 'ago') return ago(at);
  const options = FORMS[name.replace('_pretty', '')];
  if (options === undefined) return undefined;
  return name.startsWith('time') ? at.toLocaleTimeString([], options) : at.toLocaleDateString([], options);
}

function ago(at) {
  const minutes = Math.round((at.getTime() - Date.now()) / 60_000);
  const words = new Intl.RelativeTimeFormat([], { numeric: 'auto' });
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  if (Math.abs(minutes) < 1440) return words.format(Math.round(minutes / 60), 'hour');
  return words.format(Math.round(minutes / 1440), 'day');
}

/** A text object as nodes: plain text stays plain. */
export function textNodes(object) {
  if (object === null || object === undefined) return [];
  if (object.type === 'mrkdwn') return mrkdwn(object.text);
  return [el('span', { class: 'lines' }, plain(object.text))];
}

/** Plain text with emoji names replaced. */
export function plain(text) {
  return String(text ?? '').replace(/:([a-z0-9_+'-]+):/g, (whole, name) => (emoji(name).startsWith(':') ? whole : emoji(name)));
}

/** A message's text as one line without markup, for screen readers and summaries. */
export function summary(message) {
  return el('div', {}, mrkdwn(message.text ?? '')).textContent.slice(0, 200);
}
