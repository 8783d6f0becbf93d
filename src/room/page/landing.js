import { topBar } from './bars.js';
import { $, el, fill } from './dom.js';
import { store } from './store.js';
import { act } from './wire.js';

/** The way to the page on which runbooks are written and looked at. */
const write = () =>
  el('p', { class: 'note' }, el('a', { href: '/preview' }, 'Write or look at a runbook'), ' with what it compiles to beside it.');

/** The first screen: the doors. */
export function showLanding(go) {
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
      el('div', { class: 'scroll landing' }, el('h2', {}, 'What do you need?'), doors, say, write()),
    ),
  );
}
