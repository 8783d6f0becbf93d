import { dialog } from './dialogs.js';
import { $, el } from './dom.js';
import { icon } from './icons.js';
import { summary } from './mrkdwn.js';
import { takeMessages } from './panes.js';
import { membersDialog } from './sidebar.js';
import { channelTitle, messagesOf, personName, store } from './store.js';
import { get } from './wire.js';

function showPlaces() {
  document.body.classList.add('unfolded');
  $('places').querySelector('a')?.focus();
}

/** The line above a pane: the way to the places on a phone, the title, and more. */
export function topBar(title, ...more) {
  const unfold = el(
    'button',
    {
      type: 'button',
      class: 'quiet unfold',
      'aria-label': 'Places',
      onclick: showPlaces,
    },
    icon('menu'),
  );
  return el('header', { class: 'bar' }, unfold, el('h1', {}, title), more);
}

/** The line above a channel. `show` goes to a message of it. */
export function header(channel, show) {
  const sign = channel.is_private ? icon('lock') : '#';
  const title = channel.is_im ? channelTitle(channel) : [sign, channelTitle(channel)];
  const people = el(
    'button',
    { type: 'button', class: 'quiet', onclick: () => membersDialog(store.channels.get(channel.id)) },
    icon('people'),
    String(channel.members.length),
    el('span', { class: 'unseen' }, ' people'),
  );
  const pins =
    channel.pins.length === 0
      ? null
      : el(
          'button',
          { type: 'button', class: 'quiet', onclick: () => pinsDialog(channel.id, show) },
          icon('pin'),
          String(channel.pins.length),
          el('span', { class: 'unseen' }, ' pinned'),
        );
  const topic = channel.topic?.value ? el('p', { class: 'topic', title: channel.topic.value }, channel.topic.value) : null;
  return topBar(title, topic, el('span', { class: 'space' }), pins, channel.is_im ? null : people);
}

async function pinsDialog(id, show) {
  const channel = store.channels.get(id);
  const list = el('ul', { class: 'plain-list' });
  const node = dialog({ title: 'Pinned here' }, el('div', { class: 'body' }, list));
  for (const { ts } of channel.pins) {
    if (!messagesOf(id).has(ts)) takeMessages(await get('/thread', { channel: id, ts }));
    const message = messagesOf(id).get(ts);
    if (message === undefined) continue;
    const open = () => {
      node.close();
      show(ts);
    };
    list.append(
      el(
        'li',
        {},
        el('span', {}, el('strong', {}, personName(message.user)), ` ${summary(message)}`),
        el('button', { type: 'button', onclick: open }, 'Show'),
      ),
    );
  }
}
