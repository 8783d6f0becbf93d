import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { drafts, isBot, store } from './store.js';
import { act, upload } from './wire.js';

/** Commands that the page itself knows, beside those of the bot. */
const OWN = [
  { command: '/invite', usage: '@name', description: 'Add somebody to this channel' },
  { command: '/topic', usage: 'text', description: 'Say what this channel is about' },
  { command: '/leave', usage: '', description: 'Leave this channel' },
];

/** The line to write in. `place` is {channel, thread}; `after` runs when something was sent. */
export function composer({ channel, thread, label, after }) {
  const key = `${channel}${thread ?? ''}`;
  const area = el('textarea', {
    rows: 1,
    value: drafts.get(key),
    placeholder: label,
    'aria-label': label,
    'aria-autocomplete': 'list',
    enterKeyHint: 'send',
  });
  const say = el('p', { class: 'error', role: 'alert' });
  const list = el('div', { class: 'completions', role: 'listbox', id: `complete-${key}`, 'aria-label': 'Suggestions' });
  const chips = el('ul', { class: 'files' });
  const context = { channel, thread, area, say, list, chips, files: [], key, after, picked: -1 };
  area.setAttribute('aria-controls', list.id);
  const picker = el('input', {
    type: 'file',
    multiple: true,
    class: 'unseen',
    tabIndex: -1,
    'aria-hidden': 'true',
    onchange: () => attach(context, picker.files, picker),
  });
  const send = el(
    'button',
    { type: 'button', class: 'primary send', onclick: () => submit(context), 'aria-label': 'Send' },
    'Send',
  );
  const clip = el(
    'button',
    { type: 'button', class: 'tool', onclick: () => picker.click(), 'aria-label': 'Attach a file', title: 'Attach a file' },
    icon('clip'),
  );
  area.addEventListener('input', () => {
    drafts.set(key, area.value);
    grow(area);
    suggest(context);
  });
  area.addEventListener('keydown', (event) => onKey(event, context));
  area.addEventListener('paste', (event) => event.clipboardData.files.length > 0 && attach(context, event.clipboardData.files));
  requestAnimationFrame(() => grow(area));
  return el(
    'form',
    { class: 'composer', onsubmit: (event) => event.preventDefault() },
    list,
    say,
    chips,
    el('div', { class: 'line' }, clip, picker, area, send),
  );
}

function grow(area) {
  area.style.height = 'auto';
  area.style.height = `${Math.min(area.scrollHeight + 2, 220)}px`;
}

async function attach(context, files, picker) {
  for (const file of files) {
    fill(context.say, `Uploading ${file.name}…`);
    const answer = await upload(file);
    fill(context.say, answer.ok ? '' : answer.error);
    if (answer.ok) context.files.push(answer);
  }
  if (picker) picker.value = '';
  showFiles(context);
  context.area.focus();
}

function showFiles(context) {
  const drop = (file) => {
    context.files = context.files.filter((known) => known !== file);
    showFiles(context);
  };
  fill(
    context.chips,
    context.files.map((file) =>
      el(
        'li',
        {},
        file.name,
        el(
          'button',
          { type: 'button', class: 'quiet', 'aria-label': `Take away ${file.name}`, onclick: () => drop(file) },
          icon('close'),
        ),
      ),
    ),
  );
}

function onKey(event, context) {
  const open = context.list.childElementCount > 0;
  if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
    event.preventDefault();
    return move(context, event.key === 'ArrowDown' ? 1 : -1);
  }
  if (open && (event.key === 'Tab' || (event.key === 'Enter' && context.picked >= 0))) {
    event.preventDefault();
    return context.list.children[Math.max(0, context.picked)].click();
  }
  if (open && event.key === 'Escape') return fill(context.list);
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit(context);
  }
}

function move(context, step) {
  const items = [...context.list.children];
  context.picked = (context.picked + step + items.length) % items.length;
  for (const [index, item] of items.entries()) item.setAttribute('aria-selected', String(index === context.picked));
  items[context.picked].scrollIntoView({ block: 'nearest' });
  context.area.setAttribute('aria-activedescendant', items[context.picked].id);
}

function commandsFor(typed) {
  const all = [...store.commands, ...OWN].filter((known) => known.command.startsWith(typed));
  return all.map(({ command, usage, description }) => ({
    from: typed,
    to: `${command} `,
    label: `${command} ${usage}`.trim(),
    note: description,
  }));
}

/** The bot's global shortcuts: chosen here, they run at once. */
function shortcutsFor(typed) {
  const wanted = typed.slice(1).toLowerCase();
  const all = store.shortcuts.filter(({ type, name }) => type === 'global' && name.toLowerCase().includes(wanted));
  return all.map(({ name, callback_id }) => ({
    from: typed,
    to: '',
    label: name,
    note: 'shortcut',
    run: () => act('shortcut', { callback_id }),
  }));
}

/** What could complete the word before the cursor: a command, a person or a channel. */
function suggestions(before) {
  const command = /^\/[^\s]*$/.exec(before);
  if (command !== null) return [...commandsFor(command[0]), ...shortcutsFor(command[0])];
  const word = /(?:^|[\s(])([@#])([\p{L}\p{N}._-]*)$/u.exec(before);
  if (word === null) return [];
  const wanted = word[2].toLowerCase();
  const fits = (...names) => names.some((name) => name.toLowerCase().startsWith(wanted));
  const from = word[1] + word[2];
  if (word[1] === '#') {
    const all = [...store.channels.values()].filter((known) => !known.is_im && fits(known.name));
    return all.map(({ name }) => ({ from, to: `#${name} `, label: `#${name}`, note: '' }));
  }
  const people = [...store.people.values()].filter(({ name, real_name }) => fits(name, ...real_name.split(' ')));
  people.sort((a, b) => Number(isBot(b.id)) - Number(isBot(a.id)));
  return people.map(({ name, real_name }) => ({ from, to: `@${name} `, label: real_name, note: `@${name}` }));
}

function suggest(context) {
  const { area, list } = context;
  const cursor = area.selectionStart;
  const found = suggestions(area.value.slice(0, cursor)).slice(0, 8);
  context.picked = -1;
  area.removeAttribute('aria-activedescendant');
  const take = async ({ from, to, run: start }) => {
    area.setRangeText(to, cursor - from.length, cursor, 'end');
    drafts.set(context.key, area.value);
    fill(list);
    area.focus();
    const answer = await start?.();
    if (answer?.ok === false) fill(context.say, answer.error);
  };
  fill(
    list,
    found.map((item, index) =>
      el(
        'button',
        {
          type: 'button',
          role: 'option',
          tabIndex: -1,
          id: `${list.id}-${index}`,
          'aria-selected': 'false',
          onclick: () => take(item),
        },
        el('span', {}, item.label),
        item.note ? el('small', {}, item.note) : null,
      ),
    ),
  );
}

/** Sends what is there. What the room refuses stays in the line, with the reason above it. */
async function submit(context) {
  const { area, say, list, key, channel, thread, files } = context;
  const text = area.value;
  if (text.trim() === '' && files.length === 0) return;
  fill(list);
  fill(say);
  area.readOnly = true;
  const answer = text.startsWith('/')
    ? await run(channel, text)
    : await act('say', { channel, text, ...(thread ? { thread_ts: thread } : {}), files: files.map(({ id }) => id) });
  area.readOnly = false;
  if (!answer.ok) {
    fill(say, answer.error);
    area.focus();
    return;
  }
  area.value = '';
  drafts.set(key, '');
  context.files = [];
  showFiles(context);
  grow(area);
  area.focus();
  context.after?.();
}

function run(channel, line) {
  const [command, ...words] = line.trim().split(/\s+/);
  const text = line.trim().slice(command.length).trim();
  if (command === '/leave') return act('leave', { channel });
  if (command === '/topic') return act('topic', { channel, topic: text });
  if (command === '/invite') {
    const people = words.map((word) => [...store.people.values()].find(({ name }) => `@${name}` === word.toLowerCase())?.id);
    if (people.length === 0 || people.includes(undefined))
      return { ok: false, error: 'Say whom to invite, as in /invite @ada.okafor.' };
    return act('invite', { channel, people });
  }
  return act('command', { channel, command, text });
}
