import { el, fill } from './dom.js';
import { act } from './wire.js';

/** What the bot suggests to ask, by conversation; it says so again whenever the conversation is opened. */
const suggested = new Map();

/** The row of suggestions above the line to write in; empty where nothing is suggested. */
export function promptRow(channel) {
  const row = el('div', { class: 'prompts', id: `prompts-${channel}`, role: 'group', 'aria-label': 'Suggestions to ask' });
  draw(row, channel);
  return row;
}

export function onPrompts({ channel, title, prompts }) {
  suggested.set(channel, { title, prompts });
  const row = document.getElementById(`prompts-${channel}`);
  if (row !== null) draw(row, channel);
}

function draw(row, channel) {
  const { prompts = [] } = suggested.get(channel) ?? {};
  fill(
    row,
    prompts.map(({ title, message }) =>
      el('button', { type: 'button', class: 'quiet', onclick: () => act('say', { channel, text: message }) }, title),
    ),
  );
}
