import { $, el, fill } from './dom.js';
import { act, get } from './wire.js';

const tz = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The first screen: who are you? Resolves when somebody is signed in. */
export async function entrance() {
  const token = /^\/join\/([\w-]+)$/.exec(location.pathname)?.[1] ?? '';
  const offer = await get('/entrance', { token });
  if (offer.me && token === '') return;
  await new Promise((resolve) => {
    const say = el('p', { class: 'error', role: 'alert' });
    const enter = async (name, body) => {
      const answer = await act(name, { ...body, tz });
      if (!answer.ok) return fill(say, answer.error);
      if (token !== '') history.replaceState(null, '', '/');
      resolve();
    };
    fill($('app'), el('main', { id: 'main', class: 'entrance' }, el('h1', {}, 'Firebreak room'), screen(offer, token, enter), say));
    $('main').querySelector('button, input')?.focus();
  });
}

function screen(offer, token, enter) {
  if (offer.ok === false) return el('p', {}, offer.error);
  if (offer.join === 'needed')
    return el('p', {}, 'People come in here with a link of their own. Ask the person who runs this room to make one for you.');
  if (offer.join === 'spent')
    return el(
      'p',
      {},
      'This link was used already, is older than a week, or never existed. Ask the person who runs this room for a new one.',
    );
  return offer.join === 'open' ? joining(offer, token, enter) : choosing(offer, enter);
}

function choosing({ people }, enter) {
  const name = el('input', { type: 'text', id: 'own-name', maxLength: 80, autocomplete: 'name' });
  const pick = ({ id, real_name }) =>
    el('li', {}, el('button', { type: 'button', class: 'person', onclick: () => enter('signin', { person: id }) }, real_name));
  const add = (event) => {
    event.preventDefault();
    enter('signin', { name: name.value });
  };
  return el(
    'div',
    {},
    el('p', {}, 'A place to work on an incident, on this machine, without Slack. Who are you?'),
    el('ul', { class: 'people' }, people.map(pick)),
    el(
      'form',
      { class: 'own', onsubmit: add },
      el('label', { htmlFor: 'own-name' }, 'Somebody else'),
      el('div', { class: 'line' }, name, el('button', { type: 'submit', class: 'primary' }, 'Come in')),
    ),
    el('p', { class: 'hint' }, 'Nobody checks this choice. The record says so: “picked from a list”.'),
  );
}

function joining(offer, token, enter) {
  const name = el('input', {
    type: 'text',
    id: 'own-name',
    maxLength: 80,
    autocomplete: 'name',
    value: offer.name,
    disabled: offer.name !== '',
  });
  const passphrase = el('input', { type: 'password', id: 'passphrase', autocomplete: 'off' });
  const join = (event) => {
    event.preventDefault();
    enter('join', { token, passphrase: passphrase.value, ...(offer.name === '' ? { name: name.value } : {}) });
  };
  return el(
    'form',
    { class: 'own', onsubmit: join },
    el('p', {}, 'You were invited to work here. This link is yours alone and works once.'),
    el('label', { htmlFor: 'own-name' }, 'Your name'),
    name,
    offer.passphrase ? [el('label', { htmlFor: 'passphrase' }, 'Passphrase of the room'), passphrase] : null,
    el('button', { type: 'submit', class: 'primary' }, 'Come in'),
  );
}
