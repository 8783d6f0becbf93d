import { el } from './dom.js';
import { emoji } from './emoji.js';
import { channelChip, dateNode, link, userChip } from './mrkdwn.js';

/** A rich_text block as DOM nodes. */
export function richText(block) {
  return (block.elements ?? []).map(part);
}

function part(element) {
  const spans = (element.elements ?? []).map((item) =>
    item.type === 'rich_text_section' ? el('li', {}, (item.elements ?? []).map(span)) : span(item),
  );
  if (element.type === 'rich_text_list')
    return el(element.style === 'ordered' ? 'ol' : 'ul', { class: `indent-${element.indent ?? 0}` }, spans);
  if (element.type === 'rich_text_preformatted') return el('pre', {}, el('code', {}, spans));
  if (element.type === 'rich_text_quote') return el('blockquote', {}, spans);
  return el('span', { class: 'lines' }, spans);
}

function span(item) {
  return styled(core(item), item.style ?? {});
}

function core(item) {
  switch (item.type) {
    case 'link':
      return link(item.url, item.text);
    case 'user':
      return userChip(item.user_id);
    case 'channel':
      return channelChip(item.channel_id);
    case 'emoji':
      return emoji(item.name);
    case 'broadcast':
      return el('span', { class: 'mention' }, `@${item.range}`);
    case 'date':
      return dateNode([item.timestamp, item.format, item.url], item.fallback ?? '');
    default:
      return item.text ?? item.value ?? '';
  }
}

function styled(node, style) {
  let shown = node;
  if (style.code) shown = el('code', {}, shown);
  if (style.bold) shown = el('strong', {}, shown);
  if (style.italic) shown = el('em', {}, shown);
  if (style.strike) shown = el('s', {}, shown);
  return shown;
}
