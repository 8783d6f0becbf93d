import { header } from './bars.js';
import { $, el, fill, toast } from './dom.js';
import { entrance } from './entrance.js';
import { showForms } from './forms.js';
import { drawHome, showHome } from './home.js';
import { showLanding } from './landing.js';
import { channelPane, forgetHeard, heard, readOut, takeMessages, threadPane } from './panes.js';
import { onPrompts } from './prompts.js';
import { sidebar } from './sidebar.js';
import { channelTitle, isReply, markRead, messagesOf, store, takeState, threadOf } from './store.js';
import { listen } from './stream.js';
import { act, get, tab as ownTab } from './wire.js';

/** The message lists on show: of the channel, and of the thread beside it. */
const lists = { channel: undefined, thread: undefined };
let stop = () => {};

addEventListener('signed-out', () => begin());
addEventListener('hashchange', () => route());
document.addEventListener('visibilitychange', () => store.place.kind === 'channel' && markRead(store.place.id));
begin();

async function begin() {
  stop();
  await entrance();
  // The entrance stood before another page: now it opens.
  if (/^\/(?:preview|board\/)/.test(location.pathname)) return location.reload();
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
  if (kind === 'home') await leaveFor('home', showHome);
  else if (kind !== 'c') await leaveFor('landing', () => showLanding(go));
  else if (!store.channels.has(id)) return lost();
  else if (!same) await showChannel(id);
  drawPlaces();
  await showBeside(kind === 'c' && more === 't' ? ts : undefined);
  if (more === 'm') await jump(id, ts);
}

/** Shows a place that is not a channel. */
function leaveFor(kind, show) {
  store.place = { kind };
  lists.channel = undefined;
  return show();
}

function lost() {
  leaveFor('landing', () => showLanding(go));
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

const channelHeader = (channel) =>
  header(channel, (ts) => {
    go(`#/c/${channel.id}/m/${ts}`);
    lists.channel?.show(ts);
  });

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
    const closed = channel.is_archived && store.channels.get(channel.id)?.is_archived === false;
    store.channels.set(channel.id, channel);
    if (store.place.id === channel.id) {
      $('main').querySelector('.bar')?.replaceWith(channelHeader(channel));
      markRead(channel.id);
    }
    if (fresh) arrived(channel);
    if (closed && store.place.id === channel.id) showChannel(channel.id);
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
    if (tab !== ownTab) return;
    store.views = stack;
    showForms();
  },
  prompts: onPrompts,
  waiting: ({ count }) => {
    store.waiting = count;
  },
  read: ({ channel }) => {
    const known = store.channels.get(channel);
    if (known !== undefined) known.unread = 0;
  },
};

function onChange(change, at) {
  if (change.type === 'message') heard(change.message.channel, change.message.ts, at);
  if (change.type === 'gone') heard(change.channel, change.ts, at);
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
  else if (message.user !== store.me && (!isReply(message) || concerns(message))) channel.unread = (channel.unread ?? 0) + 1;
}

/** A reply in a thread this person wrote in, or that names them. */
function concerns(message) {
  if (lists.thread?.thread === message.thread_ts) return false;
  return (
    message.text.includes(`<@${store.me}>`) || threadOf(message.channel, message.thread_ts).some(({ user }) => user === store.me)
  );
}

/** The page was away too long: take everything anew, and keep what is being typed. */
async function reload() {
  const state = await get('/state');
  if (state.me === undefined) return;
  takeState(state);
  store.messages.clear();
  forgetHeard();
  store.complete.clear();
  for (const list of [lists.channel, lists.thread]) {
    if (list === undefined) continue;
    const answer = await get(list.pane === 'thread' ? '/thread' : '/history', {
      channel: list.channel,
      ...(list.thread ? { ts: list.thread } : {}),
    });
    takeMessages(answer);
    list.render();
  }
  drawHome();
  drawPlaces();
  showForms();
}
