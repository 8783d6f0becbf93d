import { icon } from './icons.js';

/**
 * Builds an element. Text is only ever set as text, never as HTML, so nothing that somebody wrote can become markup.
 * `on…` properties are listeners; `class`, `aria-…`, `data-…`, `role` and the like are attributes; the rest are properties.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) set(node, name, value);
  node.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function set(node, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
  else if (name in node && !name.includes('-') && name !== 'list' && name !== 'form') node[name] = value;
  else node.setAttribute(name === 'class' ? 'class' : name, value === true ? '' : value);
}

export const $ = (id) => document.getElementById(id);

/** Replaces what is in a node. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** A sentence that appears, is read out, and goes away. */
export function toast(sentence, action) {
  const note = el('div', { class: 'toast' }, el('span', {}, sentence));
  const take = () => {
    note.remove();
    action.run();
  };
  if (action !== undefined) note.append(el('button', { type: 'button', onclick: take }, action.label));
  note.append(
    el('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss', onclick: () => note.remove() }, icon('close')),
  );
  $('toasts').append(note);
  setTimeout(() => note.remove(), 12_000);
}

/** Read out by screen readers, seen by nobody. */
export function announce(sentence) {
  const live = $('live');
  live.append(el('p', {}, sentence));
  while (live.childNodes.length > 20) live.firstChild.remove();
}

/** The time at a Slack timestamp: local, with UTC beside it. */
export function clock(ts) {
  const at = new Date(Number(ts) * 1000);
  const local = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
  const utc = at.toISOString().slice(11, 16);
  const shown = at.getTimezoneOffset() === 0 ? `${utc} UTC` : local;
  const time = el(
    'time',
    { datetime: at.toISOString(), title: `${at.toLocaleString()} (${at.toISOString().replace('T', ' ').slice(0, 19)} UTC)` },
    shown,
  );
  return at.getTimezoneOffset() === 0 ? [time] : [time, el('span', { class: 'utc' }, `${utc} UTC`)];
}

/** The local day of a timestamp, for the lines between days. */
export function day(ts) {
  const at = new Date(Number(ts) * 1000);
  const today = new Date();
  const yesterday = new Date(Date.now() - 86_400_000);
  if (at.toDateString() === today.toDateString()) return 'Today';
  if (at.toDateString() === yesterday.toDateString()) return 'Yesterday';
  return at.toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
}
