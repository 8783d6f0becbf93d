import { topBar } from './bars.js';
import { blocks } from './blocks.js';
import { $, el, fill } from './dom.js';
import { personName, store } from './store.js';
import { act } from './wire.js';

/** What was typed or chosen on the Home; it outlives a new publication. */
const homeState = {};

/** The bot's Home. The bot is told that it is looked at, and may publish. */
export async function showHome() {
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

/** Draws the Home anew, if it is on show. */
export function drawHome() {
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
