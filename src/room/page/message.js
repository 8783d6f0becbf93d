import { blocks } from './blocks.js';
import { clock, el, fill, toast } from './dom.js';
import { emoji } from './emoji.js';
import { icon } from './icons.js';
import { editing, key, react, tools } from './message-tools.js';
import { mrkdwn } from './mrkdwn.js';
import { isBot, personName, store } from './store.js';
import { act } from './wire.js';

/** What was typed or chosen inside messages, by channel and timestamp: it outlives a message's changes. */
const states = new Map();

const QUIET = new Set(['channel_join', 'channel_leave', 'channel_topic', 'channel_purpose', 'channel_name', 'channel_archive']);

/** A message as a list item. `place` says what its buttons may do: open its thread, or stand in one. */
export function messageNode(message, place) {
  if (QUIET.has(message.subtype)) return quiet(message);
  const node = el('li', { class: `message${message.is_ephemeral ? ' ephemeral' : ''}`, id: `m-${place.pane}-${message.ts}` });
  node.append(
    face(message.user),
    el(
      'div',
      { class: 'content' },
      heading(message),
      body(message, place),
      files(message),
      reactions(message),
      foot(message, place),
    ),
  );
  if (!message.is_ephemeral && message.subtype !== 'tombstone') node.append(tools(message, place));
  return node;
}

function quiet(message) {
  const words =
    message.subtype === 'channel_join' || message.subtype === 'channel_leave'
      ? mrkdwn(message.text)
      : [`${personName(message.user)} `, ...mrkdwn(message.text)];
  return el(
    'li',
    { class: 'message quiet-line', id: `m-channel-${message.ts}` },
    el('span', { class: 'content' }, words, ' ', clock(message.ts)),
  );
}

export function face(id) {
  const letters = personName(id)
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2);
  const shade = [...id].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 6, 0);
  return el('span', { class: `face ${isBot(id) ? 'bot' : `shade-${shade}`}`, 'aria-hidden': 'true' }, isBot(id) ? 'F' : letters);
}

function heading(message) {
  return el(
    'div',
    { class: 'who' },
    el('strong', {}, personName(message.user)),
    isBot(message.user) ? el('span', { class: 'tag' }, 'app') : null,
    el('span', { class: 'when' }, clock(message.ts)),
    message.pinned_to ? el('span', { class: 'tag' }, icon('pin'), 'pinned') : null,
    message.is_ephemeral ? el('span', { class: 'note' }, 'Only you can see this') : null,
    message.broadcast ? el('span', { class: 'note' }, 'also sent to the channel') : null,
  );
}

function body(message, place) {
  if (editing.has(key(message))) return editor(message, place);
  const edited = message.edited && !isBot(message.user) ? el('span', { class: 'note' }, ' (edited)') : null;
  if (message.subtype === 'tombstone') return el('div', { class: 'body note' }, 'This message was deleted.');
  if (!message.blocks) return el('div', { class: 'body' }, mrkdwn(message.text), edited);
  if (!states.has(key(message))) states.set(key(message), {});
  const state = states.get(key(message));
  const say = el('p', { class: 'error', role: 'alert' });
  const press = async (block, element, value) => {
    say.textContent = '';
    const answer = await act('click', {
      channel: message.channel,
      ts: message.ts,
      block_id: block.block_id,
      action_id: element.action_id,
      value,
      state,
    });
    if (!answer.ok) say.isConnected ? fill(say, answer.error) : toast(answer.error);
  };
  return el('div', { class: 'body blocks' }, blocks(message.blocks, { state, press }), edited, say);
}

function editor(message, place) {
  const area = el('textarea', {
    value: editing.get(key(message)),
    'aria-label': 'Edit your message',
    rows: 3,
    oninput: () => editing.set(key(message), area.value),
  });
  const say = el('p', { class: 'error', role: 'alert' });
  const done = () => {
    editing.delete(key(message));
    place.redraw(message.ts);
  };
  const save = async () => {
    const answer = await act('edit', { channel: message.channel, ts: message.ts, text: area.value });
    if (answer.ok) done();
    else say.textContent = answer.error;
  };
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') done();
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  queueMicrotask(() => area.focus());
  const buttons = el(
    'div',
    { class: 'actions' },
    el('button', { type: 'button', class: 'primary', onclick: save }, 'Save'),
    el('button', { type: 'button', onclick: done }, 'Cancel'),
  );
  return el('div', { class: 'body' }, area, say, buttons);
}

function files(message) {
  if (!message.files?.length) return null;
  return el('ul', { class: 'files' }, message.files.map(file));
}

function file({ name, size, mimetype, url_private }) {
  const { pathname } = new URL(url_private, location.origin);
  const picture = /^image\/(png|jpeg|gif|webp)$/.test(mimetype) ? el('img', { src: pathname, alt: name, loading: 'lazy' }) : null;
  const kb =
    size < 1024 ? `${size} bytes` : size < 1_048_576 ? `${Math.round(size / 1024)} KB` : `${(size / 1_048_576).toFixed(1)} MB`;
  return el('li', {}, el('a', { href: pathname, download: name }, picture, el('span', {}, name), el('small', {}, ` ${kb}`)));
}

function reactions(message) {
  if (!message.reactions?.length) return null;
  const one = ({ name, users, count }) => {
    const mine = users.includes(store.me);
    const who = users.map(personName).join(', ');
    const click = () => react(message, name, !mine);
    return el(
      'button',
      {
        type: 'button',
        class: 'reaction',
        'aria-pressed': String(mine),
        title: `${who}: ${name}`,
        'aria-label': `${name}, ${who}`,
        onclick: click,
      },
      `${emoji(name)} ${count}`,
    );
  };
  return el('div', { class: 'reactions' }, message.reactions.map(one));
}

function foot(message, place) {
  if (message.is_ephemeral) return el('button', { type: 'button', class: 'link', onclick: () => place.hide(message) }, 'Dismiss');
  if (!message.reply_count || place.pane === 'thread') return null;
  const faces = (message.reply_users ?? []).slice(0, 4).map(face);
  const words = message.reply_count === 1 ? '1 reply' : `${message.reply_count} replies`;
  return el('button', { type: 'button', class: 'replies', onclick: () => place.openThread(message) }, faces, el('span', {}, words));
}
