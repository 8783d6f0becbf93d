import { dialog } from './dialogs.js';
import { el, fill, toast } from './dom.js';
import { icon } from './icons.js';
import { face } from './message.js';
import { channelTitle, isBot, personName, store } from './store.js';
import { act } from './wire.js';

/** The places this person can go to. */
export function sidebar(go) {
  const channels = [...store.channels.values()]
    .filter(({ is_im, is_archived }) => !is_im && !is_archived)
    .sort((a, b) => a.name.localeCompare(b.name));
  const archived = [...store.channels.values()].filter(({ is_im, is_archived }) => !is_im && is_archived);
  const me = store.people.get(store.me);
  return [
    el(
      'header',
      { class: 'team' },
      el('strong', {}, store.team.name),
      el(
        'button',
        {
          type: 'button',
          class: 'quiet close fold',
          'aria-label': 'Close the list of places',
          onclick: () => document.body.classList.remove('unfolded'),
        },
        icon('close'),
      ),
    ),
    el(
      'div',
      { class: 'scroll' },
      el(
        'ul',
        {},
        place('Start', '#/', store.place.kind === 'landing', 0, el('span', { class: 'sign' }, icon('start'))),
        place(
          `${personName(store.team.bot)} Home`,
          '#/home',
          store.place.kind === 'home',
          0,
          el('span', { class: 'sign' }, icon('home')),
        ),
      ),
      group(
        'Channels',
        el(
          'button',
          {
            type: 'button',
            class: 'quiet',
            'aria-label': 'Add or find a channel',
            title: 'Add or find a channel',
            onclick: () => channelDialog(go),
          },
          icon('plus'),
        ),
      ),
      el('ul', {}, channels.map(channelItem)),
      group('Direct messages'),
      el('ul', {}, people(go)),
      archived.length === 0
        ? null
        : el('details', {}, el('summary', {}, `Archived (${archived.length})`), el('ul', {}, archived.map(channelItem))),
    ),
    store.waiting === 0 ? null : el('p', { class: 'waiting', role: 'status' }, waitingWords()),
    el(
      'footer',
      { class: 'me' },
      face(store.me),
      el('div', {}, el('strong', {}, me?.real_name ?? ''), el('small', {}, `Identity: ${me?.profile.title ?? ''}`)),
      el('button', { type: 'button', class: 'link', onclick: signOut }, 'Sign out'),
    ),
  ];
}

function waitingWords() {
  const what = store.waiting === 1 ? 'One event waits' : `${store.waiting} events wait`;
  return `${personName(store.team.bot)} is not answering. ${what} for it; nothing is lost.`;
}

function group(title, button) {
  return el('div', { class: 'group-title' }, el('h2', {}, title), button ?? null);
}

function place(label, href, here, unread = 0, icon = null) {
  const count = unread > 0 ? el('span', { class: 'count' }, String(unread), el('span', { class: 'unseen' }, ' unread')) : null;
  return el(
    'li',
    {},
    el(
      'a',
      { href, class: unread > 0 ? 'unread' : '', 'aria-current': here ? 'page' : undefined },
      icon,
      el('span', {}, label),
      count,
    ),
  );
}

function channelItem(channel) {
  const here = store.place.kind === 'channel' && store.place.id === channel.id;
  const sign = el('span', { class: 'sign', 'aria-hidden': 'true' }, channel.is_private ? icon('lock') : '#');
  return place(channelTitle(channel), `#/c/${channel.id}`, here, channel.unread, sign);
}

function people(go) {
  const known = new Map([...store.channels.values()].filter(({ is_im }) => is_im).map((channel) => [channel.user, channel]));
  const all = [...store.people.values()]
    .filter(({ id }) => id !== store.me)
    .sort((a, b) => Number(isBot(b.id)) - Number(isBot(a.id)) || a.real_name.localeCompare(b.real_name));
  return all.map((person) => {
    const channel = known.get(person.id);
    if (channel !== undefined)
      return place(person.real_name, `#/c/${channel.id}`, store.place.id === channel.id, channel.unread, face(person.id));
    const open = async () => {
      const answer = await act('message', { person: person.id });
      if (answer.ok) go(`#/c/${answer.channel}`);
      else toast(answer.error);
    };
    return el('li', {}, el('button', { type: 'button', onclick: open }, face(person.id), el('span', {}, person.real_name)));
  });
}

async function signOut() {
  await act('signout');
  location.assign('/');
}

/** Find a public channel to join, or make one. */
async function channelDialog(go) {
  const name = el('input', { type: 'text', id: 'new-channel', maxLength: 80, autocomplete: 'off' });
  const secret = el('input', { type: 'checkbox', id: 'new-private' });
  const say = el('p', { class: 'error', role: 'alert' });
  const done = (answer) => {
    if (!answer.ok) return fill(say, answer.error);
    node.close();
    go(`#/c/${answer.channel}`);
  };
  const make = async (event) => {
    event.preventDefault();
    done(await act('create', { name: name.value, private: secret.checked }));
  };
  const list = el('ul', { class: 'plain-list' });
  const node = dialog(
    { title: 'Channels' },
    el(
      'form',
      { class: 'body', onsubmit: make },
      el('div', { class: 'input' }, el('label', { htmlFor: 'new-channel' }, 'Name of a new channel'), name),
      el(
        'label',
        { class: 'choice', htmlFor: 'new-private' },
        secret,
        el('span', {}, 'Private: only people who are invited see it'),
      ),
      say,
      el('button', { type: 'submit', class: 'primary' }, 'Create channel'),
      el('h3', {}, 'Public channels you are not in'),
      list,
    ),
  );
  const { channels = [] } = await act('browse');
  const join = async (id) => done(await act('join', { channel: id }));
  fill(
    list,
    channels.length === 0
      ? el('li', { class: 'note' }, 'None.')
      : channels.map((channel) =>
          el(
            'li',
            {},
            el('span', {}, `#${channel.name}`),
            el('button', { type: 'button', onclick: () => join(channel.id) }, 'Join'),
          ),
        ),
  );
}

/** Who is in a channel, and a way to add others. */
export function membersDialog(channel) {
  const others = [...store.people.values()].filter(({ id }) => !channel.members.includes(id));
  const say = el('p', { class: 'error', role: 'alert' });
  const add = async (person, button) => {
    const answer = await act('invite', { channel: channel.id, people: [person.id] });
    if (!answer.ok) return fill(say, answer.error);
    button.replaceWith(el('span', { class: 'note' }, 'added'));
  };
  const row = (person, ...more) =>
    el('li', {}, face(person.id), el('span', {}, person.real_name, el('small', {}, ` ${person.profile.title}`)), more);
  const offer = (person) => {
    const button = el('button', { type: 'button', onclick: () => add(person, button) }, 'Add');
    return row(person, button);
  };
  const members = channel.members.map((id) => store.people.get(id)).filter((person) => person !== undefined);
  dialog(
    { title: `People in ${channel.is_im ? 'this conversation' : `#${channel.name}`}` },
    el(
      'div',
      { class: 'body' },
      el(
        'ul',
        { class: 'plain-list' },
        members.map((person) => row(person)),
      ),
      say,
      channel.is_im || others.length === 0 ? null : [el('h3', {}, 'Add'), el('ul', { class: 'plain-list' }, others.map(offer))],
    ),
  );
}
