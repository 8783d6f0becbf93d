import { confirmation } from './dialogs.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { choices, control, initialValue } from './inputs.js';
import { markdown } from './markdown.js';
import { openMenu } from './menu.js';
import { link, plain, textNodes } from './mrkdwn.js';
import { richText } from './richtext.js';

/**
 * Blocks as DOM nodes. `context` is what they stand in: `state` holds what was typed or chosen, by block and element,
 * `press(block, element, value)` sends a click, and `form` is true where inputs wait for a submit button.
 */
export function blocks(list, context) {
  return (list ?? []).map((block) => {
    const make = BLOCKS[block.type];
    const node =
      make === undefined
        ? el('p', { class: 'unknown' }, `(a ${block.type} block, which this page cannot show)`)
        : make(block, context);
    node.classList.add('block');
    node.dataset.block = block.block_id ?? '';
    return node;
  });
}

const BLOCKS = {
  section: (block, context) =>
    el(
      'div',
      { class: 'section' },
      el(
        'div',
        { class: 'words' },
        textNodes(block.text),
        block.fields
          ? el(
              'div',
              { class: 'fields' },
              block.fields.map((field) => el('div', {}, textNodes(field))),
            )
          : null,
      ),
      block.accessory ? el('div', { class: 'accessory' }, element(block, block.accessory, context)) : null,
    ),
  header: (block) => el('h2', { class: 'heading' }, plain(block.text.text)),
  divider: () => el('hr'),
  context: (block) =>
    el(
      'div',
      { class: 'context' },
      block.elements.map((item) => (item.type === 'image' ? picture(item, 'small-picture') : el('span', {}, textNodes(item)))),
    ),
  actions: (block, context) =>
    el(
      'div',
      { class: 'actions' },
      block.elements.map((item) => element(block, item, context)),
    ),
  image: (block) => el('figure', {}, picture(block), el('figcaption', {}, plain(block.title?.text ?? block.alt_text))),
  rich_text: (block) => el('div', {}, richText(block)),
  markdown: (block) => el('div', { class: 'markdown' }, markdown(block.text)),
  table: (block) => table(block),
  input: (block, context) => input(block, context),
};

/** Pictures are shown from the room itself only: loading them from elsewhere would tell others who reads what. */
function picture({ image_url, alt_text, slack_file }, look = '') {
  const url = image_url ?? slack_file?.url ?? '';
  const own = url.startsWith('/') || url.startsWith(`${location.origin}/`);
  return own ? el('img', { src: url, alt: alt_text, class: look }) : link(url, `Picture: ${alt_text}`);
}

function table({ rows, column_settings = [] }) {
  const [head = [], ...rest] = rows;
  const cell = (tag) => (item, index) => {
    const align = column_settings[index]?.align;
    return el(
      tag,
      { class: align ? `align-${align}` : '', scope: tag === 'th' ? 'col' : undefined },
      item.type === 'rich_text' ? richText(item) : item.text,
    );
  };
  return el(
    'div',
    { class: 'table', tabIndex: 0, role: 'group', 'aria-label': 'Table' },
    el(
      'table',
      {},
      el('thead', {}, el('tr', {}, head.map(cell('th')))),
      el(
        'tbody',
        {},
        rest.map((row) => el('tr', {}, row.map(cell('td')))),
      ),
    ),
  );
}

/** What an element holds now: what was typed, or what it began with. */
function held(context, block, item) {
  const known = context.state[block.block_id]?.[item.action_id];
  return known === undefined ? initialValue(item) : known;
}

function hold(context, block, item, value) {
  context.state[block.block_id] ??= {};
  context.state[block.block_id][item.action_id] = value;
  context.onTouch?.();
}

function input(block, context) {
  const { element: item } = block;
  const live = block.dispatch_action === true;
  const { node, field, group } = control(item, held(context, block, item), (value) => {
    hold(context, block, item, value);
    if (live && item.type !== 'plain_text_input') context.press(block, item, value);
  });
  if (live && item.type === 'plain_text_input') {
    field.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !item.multiline) event.preventDefault();
      if (event.key === 'Enter') context.press(block, item, field.value);
    });
  }
  const optional = block.optional ? el('span', { class: 'optional' }, ' (optional)') : null;
  const label = group
    ? el('legend', {}, plain(block.label.text), optional)
    : el('label', { htmlFor: field.id }, plain(block.label.text), optional);
  const hint = block.hint ? el('p', { class: 'hint', id: `${block.block_id}-hint` }, plain(block.hint.text)) : null;
  const error = el('p', { class: 'error', id: `${block.block_id}-error` });
  const described = `${hint ? `${block.block_id}-hint ` : ''}${block.block_id}-error`;
  field.setAttribute('aria-describedby', described);
  if (!block.optional && !group) field.setAttribute('aria-required', 'true');
  if (item.focus_on_load) field.dataset.first = '';
  if (group) node.prepend(label);
  return el('div', { class: 'input' }, group ? null : label, node, hint, error);
}

/** An interactive element outside a form: acting on it goes to the bot at once. */
function element(block, item, context) {
  if (item.type === 'image') return picture(item);
  if (item.type === 'button') return button(block, item, context);
  if (item.type === 'overflow') return overflow(block, item, context);
  if (/select$/.test(item.type)) return menu(block, item, context);
  const send = async (value) => {
    hold(context, block, item, value);
    if (await agreed(item)) context.press(block, item, value);
  };
  const { node, field, group } = control(item, held(context, block, item), send);
  if (!group) field.setAttribute('aria-label', plain(item.placeholder?.text ?? block.text?.text ?? item.type));
  return node;
}

async function agreed({ confirm }) {
  if (confirm === undefined) return true;
  return confirmation({
    title: plain(confirm.title.text),
    text: textNodes(confirm.text),
    confirm: plain(confirm.confirm.text),
    deny: plain(confirm.deny.text),
    style: confirm.style,
  });
}

function button(block, item, context) {
  const node = el(
    'button',
    { type: 'button', class: item.style ?? '', 'aria-label': item.accessibility_label, 'data-action': item.action_id },
    plain(item.text.text),
  );
  node.addEventListener('click', async () => {
    if (!(await agreed(item))) return;
    if (item.url && /^(https?|mailto|tel):/i.test(item.url)) open(item.url, '_blank', 'noopener,noreferrer');
    node.setAttribute('aria-busy', 'true');
    node.disabled = true;
    await context.press(block, item, item.value ?? null);
    node.removeAttribute('aria-busy');
    node.disabled = false;
  });
  return node;
}

function overflow(block, item, context) {
  const node = el(
    'button',
    { type: 'button', class: 'more', 'aria-haspopup': 'menu', 'aria-label': 'More choices', 'data-action': item.action_id },
    icon('more'),
  );
  node.addEventListener('click', () =>
    openMenu(node, choices(item), {
      label: 'More choices',
      onPick: async (picked) => {
        if (!(await agreed(item))) return;
        if (picked.url && /^https?:/i.test(picked.url)) open(picked.url, '_blank', 'noopener,noreferrer');
        context.press(block, item, picked.value);
      },
    }),
  );
  return node;
}

function menu(block, item, context) {
  const many = item.type.startsWith('multi_');
  const all = choices(item);
  const words = (value) => {
    const labels = all
      .filter((choice) => (many ? (value ?? []).includes(choice.value) : choice.value === value))
      .map(({ label }) => label);
    return labels.length === 0 ? plain(item.placeholder?.text ?? 'Choose…') : labels.join(', ');
  };
  const node = el(
    'button',
    { type: 'button', class: 'select', 'aria-haspopup': many ? 'listbox' : 'menu', 'data-action': item.action_id },
    words(held(context, block, item)),
  );
  const pick = async (picked) => {
    if (!(await agreed(item))) return;
    const value = many ? picked : picked.value;
    hold(context, block, item, value);
    fill(node, words(value));
    context.press(block, item, value);
  };
  node.addEventListener('click', () => {
    const now = held(context, block, item) ?? [];
    openMenu(
      node,
      all.map((choice) => ({ ...choice, chosen: many && now.includes(choice.value) })),
      { label: plain(item.placeholder?.text ?? 'Choices'), many, onPick: pick },
    );
  });
  return node;
}
