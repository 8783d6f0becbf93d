import { blocks } from './blocks.js';
import { dialog } from './dialogs.js';
import { $, el, fill, toast } from './dom.js';
import { entrance } from './entrance.js';
import { showForms } from './forms.js';
import { icon } from './icons.js';
import { summary } from './mrkdwn.js';
import { channelPane, readOut, takeMessages, threadPane } from './panes.js';
import { membersDialog, sidebar } from './sidebar.js';
import { channelTitle, isReply, markRead, messagesOf, personName, store, takeState } from './store.js';
import { act, get, listen } from './wire.js';

/** The message lists on show: of the channel, and of the thread beside it. */
const lists = { channel: undefined, thread: undefined };
const homeState = {};
let stop = () => {};

addEventListener('signed-out', () => begin());
addEventListener('hashchange', () => route());
document.addEventListener('visibilitychange', () => store.place.kind === 'channel' && markRead(store.place.id));
begin();

async function begin() {
  stop();
  await entrance();
  const state = await get('/state');
  if (state.me === undefined) return fill($('app'), el('p', { class: 'plain' }, state.error ?? 'The room does not answer.'));
  takeState(state);
  frame();
  permalink();
  await route();
  showForms();
  stop = listen(state.position, {
    onChange,
    onLost: () => ($('connection').hidden = false),
    onBack: () => ($('connection').hidden = true),
  });
}

/** A link of the form /archives/CHANNEL/pTIME, as the bot posts them. */
function permalink() {
  const found = /^\/archives\/([A-Z0-9]+)(?:\/p(\d{10})(\d{6}))?$/.exec(location.pathname);
  if (found === null) return;
  history.replaceState(null, '', `/#/c/${found[1]}${found[2] ? `/m/${found[2]}.${found[3]}` : ''}`);
}

function frame() {
  fill(
    $('app'),
    el('nav', { id: 'places', class: 'places', 'aria-label': 'Places' }),
    el('main', { id: 'main', tabIndex: -1 }),
    el('div', { id: 'beside' }),
  );
}

const go = (hash) => {
  if (location.hash === hash) route();
  else location.hash = hash;
};

let drawing;
/** The sidebar is drawn anew once per frame, however many changes came. */
function drawPlaces() {
  if (drawing !== undefined) return;
  drawing = requestAnimationFrame(() => {
    drawing = undefined;
    const focused = document.activeElement?.closest('#places') ? document.activeElement.getAttribute('href') : null;
    const scroll = $('places').querySelector('.scroll')?.scrollTop ?? 0;
    fill($('places'), sidebar(go));
    $('places').querySelector('.scroll').scrollTop = scroll;
    if (focused !== null)
      $('places')
        .querySelector(`[href="${CSS.escape(focused)}"]`)
        ?.focus();
    const unread = [...store.channels.values()].reduce((sum, channel) => sum + (channel.unread ?? 0), 0);
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${where()} · ${store.team.name}`;
  });
}

function where() {
  if (store.place.kind === 'channel') return channelTitle(store.channels.get(store.place.id));
  return store.place.kind === 'home' ? 'Home' : 'Start';
}

/** Shows what the address says: #/, #/home, #/c/CHANNEL, with /t/THREAD or /m/MESSAGE. */
async function route() {
  document.body.classList.remove('unfolded');
  const [, kind = '', id = '', more = '', ts = ''] = location.hash.split('/');
  const same = kind === 'c' && store.place.kind === 'channel' && store.place.id === id && lists.channel !== undefined;
  if (kind === 'home') await showHome();
  else if (kind !== 'c') showLanding();
  else if (!store.channels.has(id)) return lost();
  else if (!same) await showChannel(id);
  drawPlaces();
  await showBeside(kind === 'c' && more === 't' ? ts : undefined);
  if (more === 'm') await jump(id, ts);
}

function lost() {
  store.place = { kind: 'landing' };
  showLanding();
  toast('There is no such channel, or you are not in it.');
  drawPlaces();
}

async function jump(channel, ts) {
  const known = messagesOf(channel).get(ts);
  if (known !== undefined && isReply(known) && !known.broadcast) return go(`#/c/${channel}/t/${known.thread_ts}`);
  for (let tries = 0; tries < 20 && !messagesOf(channel).has(ts) && !store.complete.has(channel); tries++)
    await lists.channel.loadOlder();
  lists.channel?.show(ts);
}

function showPlaces() {
  document.body.classList.add('unfolded');
  $('places').querySelector('a')?.focus();
}

function topBar(title, ...more) {
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
  return el('header', { class: 'bar' }, unfold, el('h2', {}, title), more);
}

function header(channel) {
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
          { type: 'button', class: 'quiet', onclick: () => pinsDialog(channel.id) },
          icon('pin'),
          String(channel.pins.length),
          el('span', { class: 'unseen' }, ' pinned'),
        );
  const topic = channel.topic?.value ? el('p', { class: 'topic', title: channel.topic.value }, channel.topic.value) : null;
  return topBar(title, topic, el('span', { class: 'space' }), pins, channel.is_im ? null : people);
}

async function pinsDialog(id) {
  const channel = store.channels.get(id);
  const list = el('ul', { class: 'plain-list' });
  const node = dialog({ title: 'Pinned here' }, el('div', { class: 'body' }, list));
  for (const { ts } of channel.pins) {
    if (!messagesOf(id).has(ts)) takeMessages((await get('/thread', { channel: id, ts })).messages ?? []);
    const message = messagesOf(id).get(ts);
    if (message === undefined) continue;
    const open = () => {
      node.close();
      go(`#/c/${id}/m/${ts}`);
      lists.channel?.show(ts);
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

async function showChannel(id) {
  store.place = { kind: 'channel', id };
  const { node, list } = await channelPane(id, {
    header,
    openThread: (message) => go(`#/c/${id}/t/${message.thread_ts ?? message.ts}`),
  });
  if (store.place.id !== id) return;
  lists.channel = list;
  fill($('main'), node);
  list.toEnd();
  if (matchMedia('(pointer: fine)').matches) node.querySelector('textarea')?.focus();
  else $('main').focus({ preventScroll: true });
  const channel = store.channels.get(id);
  if (channel.is_im && channel.user === store.team.bot) act('home', { opened: 'messages' });
}

async function showBeside(ts) {
  if (lists.thread?.thread === ts && ts !== undefined) return;
  lists.thread = undefined;
  const id = store.place.id;
  const pane = ts === undefined ? undefined : await threadPane(id, ts, { close: () => go(`#/c/${id}`) });
  document.body.classList.toggle('with-thread', pane !== undefined);
  fill($('beside'), pane?.node);
  if (pane === undefined) return;
  lists.thread = pane.list;
  pane.list.toEnd();
  pane.node.querySelector('textarea')?.focus();
}

async function showHome() {
  store.place = { kind: 'home' };
  lists.channel = undefined;
  fill(
    $('main'),
    el(
      'section',
      { class: 'pane', 'aria-label': 'Home' },
      topBar(`${personName(store.team.bot)} Home`),
      el('div', { class: 'scroll home', id: 'home' }),
    ),
  );
  drawHome();
  await act('home', { opened: 'home' });
}

function drawHome() {
  const place = $('home');
  if (place === null) return;
  const say = el('p', { class: 'error', role: 'alert' });
  const view = store.home;
  if (view === null) return fill(place, el('p', { class: 'note' }, `${personName(store.team.bot)} has not put anything here yet.`));
  const press = async (block, element, value) => {
    const answer = await act('press', {
      view: view.id,
      block_id: block.block_id,
      action_id: element.action_id,
      value,
      state: homeState,
    });
    if (!answer.ok) fill(say, answer.error);
  };
  fill(place, el('div', { class: 'body blocks' }, blocks(view.blocks, { state: homeState, press }), say));
}

function showLanding() {
  store.place = { kind: 'landing' };
  lists.channel = undefined;
  const say = el('p', { class: 'error', role: 'alert' });
  const general = [...store.channels.values()].find(({ name }) => name === 'general');
  const open = async (door, button) => {
    button.disabled = true;
    store.doorOpened = Date.now();
    const [command, ...words] = door.command.split(' ');
    const answer = await act('command', { channel: general?.id ?? '', command, text: words.join(' ') });
    button.disabled = false;
    if (!answer.ok) return fill(say, answer.error);
    if (answer.answered) go(`#/c/${general.id}`);
  };
  const doors = store.doors.map((door) => {
    const button = el(
      'button',
      { type: 'button', class: 'door', onclick: () => open(door, button) },
      el('strong', {}, door.title),
      el('span', {}, door.text),
    );
    return button;
  });
  fill(
    $('main'),
    el(
      'section',
      { class: 'pane', 'aria-label': 'Start' },
      topBar('Start'),
      el('div', { class: 'scroll landing' }, el('h2', {}, 'What do you need?'), doors, say),
    ),
  );
}

/** A channel this person was just added to: behind a door, it is where the door leads; otherwise it is offered. */
function arrived(channel) {
  if (Date.now() - store.doorOpened < 15 * 60_000 && channel.creator === store.team.bot && !channel.is_im) {
    store.doorOpened = 0;
    return go(`#/c/${channel.id}`);
  }
  if (!channel.is_im && channel.creator !== store.me)
    toast(`You were added to #${channel.name}.`, { label: 'Go there', run: () => go(`#/c/${channel.id}`) });
}

const CHANGES = {
  reload: () => reload(),
  message: ({ message }) => onMessage(message),
  gone: ({ channel, ts }) => {
    messagesOf(channel).delete(ts);
    lists.channel?.channel === channel && lists.channel.remove(ts);
    lists.thread?.channel === channel && lists.thread.remove(ts);
  },
  channel: ({ channel }) => {
    const fresh = !store.channels.has(channel.id);
    store.channels.set(channel.id, channel);
    if (store.place.id === channel.id) {
      $('main').querySelector('.bar')?.replaceWith(header(channel));
      markRead(channel.id);
    }
    if (fresh) arrived(channel);
  },
  left: ({ channel }) => {
    store.channels.delete(channel);
    if (store.place.id === channel) go('#/');
  },
  person: ({ person }) => store.people.set(person.id, person),
  home: ({ view }) => {
    store.home = view;
    drawHome();
  },
  views: ({ tab, stack }) => {
    if (tab !== sessionStorage.getItem('tab')) return;
    store.views = stack;
    showForms();
  },
  waiting: ({ count }) => {
    store.waiting = count;
  },
  read: ({ channel }) => {
    const known = store.channels.get(channel);
    if (known !== undefined) known.unread = 0;
  },
};

function onChange(change) {
  CHANGES[change.type]?.(change);
  drawPlaces();
}

function onMessage(message) {
  const fresh = !messagesOf(message.channel).has(message.ts);
  messagesOf(message.channel).set(message.ts, message);
  for (const list of [lists.channel, lists.thread]) if (list?.belongs(message)) list.update(message.ts);
  const channel = store.channels.get(message.channel);
  const here = store.place.kind === 'channel' && store.place.id === message.channel;
  if (!fresh || channel === undefined) return;
  if (here) readOut(message);
  if (here && document.visibilityState === 'visible') markRead(message.channel);
  else if (message.user !== store.me && !isReply(message)) channel.unread = (channel.unread ?? 0) + 1;
}

/** The page was away too long: take everything anew, and keep what is being typed. */
async function reload() {
  const state = await get('/state');
  if (state.me === undefined) return;
  takeState(state);
  store.messages.clear();
  store.complete.clear();
  for (const list of [lists.channel, lists.thread]) {
    if (list === undefined) continue;
    const answer = await get(list.pane === 'thread' ? '/thread' : '/history', {
      channel: list.channel,
      ...(list.thread ? { ts: list.thread } : {}),
    });
    takeMessages(answer.messages ?? []);
    list.render();
  }
  drawHome();
  drawPlaces();
  showForms();
}
