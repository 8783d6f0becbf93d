import { composer } from './composer.js';
import { announce, day, el, fill } from './dom.js';
import { icon } from './icons.js';
import { messageNode } from './message.js';
import { summary } from './mrkdwn.js';
import { promptRow } from './prompts.js';
import { channelTitle, isReply, markRead, messagesOf, personName, store, threadOf, topLevel } from './store.js';
import { get } from './wire.js';

/** When the stream last spoke of a message, by channel and timestamp. */
const spoken = new Map();

/** Notes that the stream spoke of a message, as its change number `at`. */
export function heard(channel, ts, at) {
  spoken.set(`${channel}:${ts}`, at);
}

/**
 * Remembers messages that were asked for. The answer may have been on its way while the stream said something newer
 * about one of them: then the newer stands.
 */
export function takeMessages({ messages = [], position = '-0' }) {
  const as = Number(position.split('-')[1]);
  for (const message of messages) {
    if ((spoken.get(`${message.channel}:${message.ts}`) ?? -1) <= as) messagesOf(message.channel).set(message.ts, message);
  }
}

/** The room started anew and counts from the beginning. */
export function forgetHeard() {
  spoken.clear();
}

/**
 * A list of messages that is kept up to date message by message: a change re-renders the message that changed and nothing else.
 * `pane` is 'channel' or 'thread'.
 */
export class MessageList {
  constructor(pane, channel, { thread, openThread }) {
    this.pane = pane;
    this.channel = channel;
    this.thread = thread;
    this.node = el('ol', { class: 'messages', 'aria-label': pane === 'thread' ? 'Thread' : 'Messages' });
    this.scroller = el(
      'div',
      { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': pane === 'thread' ? 'Thread' : 'Messages' },
      this.node,
    );
    this.latest = el('button', { type: 'button', class: 'primary latest', hidden: true, onclick: () => this.toEnd() }, 'New below');
    this.scroller.addEventListener(
      'scroll',
      () => {
        if (this.atEnd()) this.latest.hidden = true;
      },
      { passive: true },
    );
    this.nodes = new Map();
    this.place = { pane, openThread, redraw: (ts) => this.update(ts), hide: (message) => this.hide(message) };
  }

  all() {
    return this.thread === undefined ? topLevel(this.channel) : threadOf(this.channel, this.thread);
  }

  render() {
    this.nodes.clear();
    let last = '';
    const items = [];
    for (const message of this.all()) {
      const today = day(message.ts);
      if (today !== last && this.pane === 'channel') items.push(el('li', { class: 'day' }, el('span', {}, today)));
      last = today;
      const node = messageNode(message, this.place);
      this.nodes.set(message.ts, node);
      items.push(node);
    }
    fill(this.node, this.older(), items);
    this.toEnd();
  }

  older() {
    if (this.pane === 'thread' || store.complete.has(this.channel)) return null;
    return el(
      'li',
      { class: 'day' },
      el('button', { type: 'button', class: 'link', onclick: () => this.loadOlder() }, 'Older messages'),
    );
  }

  async loadOlder() {
    const [first] = this.all();
    const answer = await get('/history', { channel: this.channel, before: first?.ts ?? '' });
    if (!answer.ok && answer.messages === undefined) return;
    takeMessages(answer);
    if (!answer.more) store.complete.add(this.channel);
    const height = this.scroller.scrollHeight;
    this.render();
    this.scroller.scrollTop = this.scroller.scrollHeight - height;
  }

  belongs(message) {
    if (message.channel !== this.channel) return false;
    return this.thread === undefined
      ? !isReply(message) || message.broadcast === true
      : message.ts === this.thread || message.thread_ts === this.thread;
  }

  /** Shows a message that is new or has changed. */
  update(ts) {
    const message = messagesOf(this.channel).get(ts);
    if (message === undefined || !this.belongs(message)) return this.remove(ts);
    const atEnd = this.atEnd();
    const old = this.nodes.get(ts);
    const node = messageNode(message, this.place);
    this.nodes.set(ts, node);
    if (old === undefined) this.insert(node, message);
    else swap(old, node);
    if (atEnd || (old === undefined && message.user === store.me)) this.toEnd();
    else if (old === undefined) this.latest.hidden = false;
  }

  insert(node, message) {
    const next = this.all().find((other) => Number(other.ts) > Number(message.ts) && this.nodes.get(other.ts)?.isConnected);
    if (next !== undefined) return this.nodes.get(next.ts).before(node);
    this.node.append(node);
  }

  remove(ts) {
    this.nodes.get(ts)?.remove();
    this.nodes.delete(ts);
  }

  hide(message) {
    messagesOf(message.channel).delete(message.ts);
    this.remove(message.ts);
  }

  atEnd() {
    return this.scroller.scrollHeight - this.scroller.scrollTop - this.scroller.clientHeight < 80;
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.latest.hidden = true;
  }

  show(ts) {
    const node = this.nodes.get(ts);
    node?.scrollIntoView({ block: 'center' });
    node?.classList.add('found');
    setTimeout(() => node?.classList.remove('found'), 3000);
  }
}

/** Puts a changed message in the place of the old one; whoever was on one of its controls stays on it. */
function swap(old, node) {
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  const typing =
    active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement
      ? [active.selectionStart, active.selectionEnd]
      : undefined;
  const nth = active === null ? -1 : [...old.querySelectorAll('button, input, textarea, select, a')].indexOf(active);
  const block = active?.closest('[data-block]')?.dataset.block;
  const action = active?.dataset.action;
  old.replaceWith(node);
  if (active === null) return;
  const same =
    action === undefined
      ? null
      : node.querySelector(`[data-block="${CSS.escape(block ?? '')}"] [data-action="${CSS.escape(action)}"]`);
  const next = same ?? [...node.querySelectorAll('button, input, textarea, select, a')][nth];
  next?.focus({ preventScroll: true });
  if (typing !== undefined && next?.setSelectionRange && next.type !== 'file') next.setSelectionRange?.(...typing);
}

/** Reads a new message out, if somebody else wrote it. */
export function readOut(message) {
  if (message.user === store.me || message.subtype === 'channel_join') return;
  announce(`${personName(message.user)}: ${summary(message)}`);
}

/** The pane of one channel. Loads its latest messages first. */
export async function channelPane(channelId, { openThread, header }) {
  const channel = store.channels.get(channelId);
  const answer = await get('/history', { channel: channelId });
  takeMessages(answer);
  if (answer.more === false) store.complete.add(channelId);
  const list = new MessageList('channel', channelId, { openThread });
  const now = store.channels.get(channelId) ?? channel;
  const title = channel.is_im ? channelTitle(channel) : `#${channelTitle(channel)}`;
  const write = channel.is_archived
    ? el('p', { class: 'plain' }, 'This channel is archived: it can be read, but nothing can be added.')
    : composer({ channel: channelId, label: `Message ${title}`, after: () => list.toEnd() });
  list.render();
  const prompts = channel.is_im ? [promptRow(channelId)] : [];
  const node = el('section', { class: 'pane', 'aria-label': title }, header(now), list.scroller, list.latest, ...prompts, write);
  requestAnimationFrame(() => {
    list.toEnd();
    markRead(channelId);
  });
  return { node, list };
}

/** The pane of one thread, beside its channel. */
export async function threadPane(channelId, ts, { close }) {
  const answer = await get('/thread', { channel: channelId, ts });
  if (answer.messages === undefined) return undefined;
  takeMessages(answer);
  const list = new MessageList('thread', channelId, { thread: ts, openThread: () => {} });
  list.render();
  const dismiss = el(
    'button',
    { type: 'button', class: 'quiet close', 'aria-label': 'Close the thread', onclick: close },
    icon('close'),
  );
  const head = el('header', { class: 'bar' }, el('h2', {}, 'Thread'), dismiss);
  const write = composer({ channel: channelId, thread: ts, label: 'Reply…', after: () => list.toEnd() });
  return { node: el('aside', { class: 'pane thread', 'aria-label': 'Thread' }, head, list.scroller, list.latest, write), list };
}
