import { confirmation } from './dialogs.js';
import { el, toast } from './dom.js';
import { EMOJI, emoji, OFFERED } from './emoji.js';
import { icon } from './icons.js';
import { openMenu } from './menu.js';
import { summary, unescaped } from './mrkdwn.js';
import { personName, store } from './store.js';
import { act } from './wire.js';

/** Messages that are being edited, and the text so far. */
export const editing = new Map();
export const key = ({ channel, ts }) => `${channel}:${ts}`;

/** The text of a message as its author typed it. */
function typed(text) {
  const back = text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${store.people.get(id)?.name ?? id}`)
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id, name) => `#${store.channels.get(id)?.name ?? name}`)
    .replace(/<!(here|channel|everyone)>/g, '@$1')
    .replace(/<([^<>|]+)(?:\|[^>]*)?>/g, '$1');
  return unescaped(back);
}

export async function react(message, name, on) {
  const answer = await act('react', { channel: message.channel, ts: message.ts, name, on });
  if (!answer.ok) toast(answer.error);
}

function reactionMenu(anchor, message) {
  const mine = (wanted) => message.reactions?.some(({ name, users }) => name === wanted && users.includes(store.me)) ?? false;
  const rest = [...EMOJI.keys()].filter((name) => !OFFERED.includes(name));
  const item = (group) => (name) => ({ label: `${emoji(name)}  ${name.replaceAll('_', ' ')}`, value: name, group });
  const items = [...OFFERED.map(item()), ...rest.map(item('More'))];
  openMenu(anchor, items, { label: 'Reactions', onPick: ({ value }) => react(message, value, !mine(value)) });
}

/** What can be done with a message. On a phone it is one button; with a mouse it appears beside the message. */
export function tools(message, place) {
  const add = el(
    'button',
    { type: 'button', class: 'tool', 'aria-label': 'Add a reaction', title: 'Add a reaction', 'aria-haspopup': 'menu' },
    icon('smile'),
  );
  add.addEventListener('click', () => reactionMenu(add, message));
  const reply = el(
    'button',
    {
      type: 'button',
      class: 'tool',
      'aria-label': 'Reply in thread',
      title: 'Reply in thread',
      onclick: () => place.openThread(message),
    },
    icon('reply'),
  );
  const more = el(
    'button',
    { type: 'button', class: 'tool', 'aria-label': 'More about this message', title: 'More', 'aria-haspopup': 'menu' },
    icon('more'),
  );
  more.addEventListener('click', () =>
    openMenu(more, moreItems(message, place, more), { label: 'This message', onPick: ({ run }) => run() }),
  );
  return el(
    'div',
    { class: 'tools', role: 'group', 'aria-label': `Message by ${personName(message.user)}` },
    add,
    place.pane === 'thread' ? null : reply,
    more,
  );
}

/** Where there is no mouse to hover with, everything is in this one list. */
function moreItems(message, place, anchor) {
  const own = message.user === store.me;
  const tell = async (promise) => {
    const answer = await promise;
    if (!answer.ok) toast(answer.error);
  };
  const shortcuts = store.shortcuts
    .filter(({ type }) => type === 'message')
    .map(({ name, callback_id }) => ({
      label: name,
      note: personName(store.team.bot),
      run: () => tell(act('shortcut', { callback_id, channel: message.channel, ts: message.ts })),
    }));
  const edit = () => {
    editing.set(key(message), typed(message.text));
    place.redraw(message.ts);
  };
  const pinned = message.pinned_to !== undefined;
  const touch = matchMedia('(hover: none)').matches;
  return [
    ...shortcuts,
    ...(touch && place.pane !== 'thread' ? [{ label: 'Reply in thread', run: () => place.openThread(message) }] : []),
    ...(touch ? [{ label: 'Add a reaction', run: () => reactionMenu(anchor, message) }] : []),
    {
      label: pinned ? 'Unpin from channel' : 'Pin to channel',
      run: () => tell(act('pin', { channel: message.channel, ts: message.ts, on: !pinned })),
    },
    { label: 'Copy link', run: () => copyLink(message) },
    ...(own ? [{ label: 'Edit', run: edit }] : []),
    ...(own ? [{ label: 'Delete', danger: true, run: () => del(message) }] : []),
  ];
}

async function copyLink({ channel, ts }) {
  const link = `${location.origin}/archives/${channel}/p${ts.replace('.', '')}`;
  // Over plain http from another machine browsers do not let a page write to the clipboard.
  const copied = await navigator.clipboard?.writeText(link).then(
    () => true,
    () => false,
  );
  toast(copied ? 'The link is copied.' : link);
}

async function del(message) {
  const sure = await confirmation({
    title: 'Delete this message?',
    text: [summary(message), el('p', { class: 'hint' }, 'If it is part of a record, the record keeps that it was here.')],
    confirm: 'Delete',
    deny: 'Keep',
    style: 'danger',
  });
  if (!sure) return;
  const answer = await act('delete', { channel: message.channel, ts: message.ts });
  if (!answer.ok) toast(answer.error);
}
