import { el } from './dom.js';

/**
 * A list that opens beside a button: arrow keys, type to find, Escape to close. `items` are {label, note, value, group, chosen, danger}.
 * With `many`, several can be chosen and are handed over when the list closes; otherwise the first choice closes it.
 */
export function openMenu(anchor, items, { label, many = false, onPick }) {
  document.querySelector('.menu')?.remove();
  const chosen = new Set(items.filter((item) => item.chosen).map((item) => item.value));
  const list = el('div', {
    role: many ? 'listbox' : 'menu',
    'aria-label': label,
    'aria-multiselectable': many ? 'true' : undefined,
    class: 'items',
  });
  const node = el('div', { class: 'menu' });
  const close = (pick) => {
    if (!node.isConnected) return;
    node.remove();
    document.removeEventListener('pointerdown', outside, true);
    anchor.setAttribute('aria-expanded', 'false');
    if (anchor.isConnected) anchor.focus();
    if (pick) onPick(many ? [...chosen] : pick);
  };
  const outside = (event) => {
    if (!node.contains(event.target) && !anchor.contains(event.target)) close(many ? [...chosen] : undefined);
  };
  const choose = (item, button) => {
    if (!many) return close(item);
    if (!chosen.delete(item.value)) chosen.add(item.value);
    button.setAttribute('aria-selected', String(chosen.has(item.value)));
  };
  render(list, items, { many, chosen, choose });
  if (items.length > 8) node.append(finder(list, items, { many, chosen, choose }));
  node.append(list);
  if (many) node.append(el('button', { type: 'button', class: 'primary done', onclick: () => close([...chosen]) }, 'Done'));
  node.addEventListener('keydown', (event) => keys(event, node, () => close(many ? [...chosen] : undefined)));
  place(node, anchor);
  anchor.setAttribute('aria-expanded', 'true');
  document.addEventListener('pointerdown', outside, true);
  node.querySelector('input, button')?.focus();
}

function render(list, items, { many, chosen, choose }, wanted = '') {
  const shown = items.filter((item) => `${item.label} ${item.note ?? ''}`.toLowerCase().includes(wanted.toLowerCase()));
  const nodes = [];
  let group;
  for (const item of shown) {
    if (item.group !== group) nodes.push(el('div', { class: 'group', role: 'presentation' }, item.group ?? ''));
    group = item.group;
    const button = el(
      'button',
      {
        type: 'button',
        role: many ? 'option' : 'menuitem',
        class: item.danger ? 'item danger-text' : 'item',
        onclick: () => choose(item, button),
      },
      el('span', {}, item.label),
      item.note ? el('small', {}, item.note) : null,
    );
    if (many) button.setAttribute('aria-selected', String(chosen.has(item.value)));
    nodes.push(button);
  }
  list.replaceChildren(...(nodes.length > 0 ? nodes : [el('p', { class: 'none' }, 'Nothing of that name.')]));
}

function finder(list, items, context) {
  return el('input', {
    type: 'search',
    class: 'finder',
    placeholder: 'Find…',
    'aria-label': 'Find in this list',
    oninput: (event) => render(list, items, context, event.target.value),
  });
}

function keys(event, node, close) {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    return close();
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const stops = [...node.querySelectorAll('input, button')];
  const next = stops.indexOf(document.activeElement) + step;
  stops[(next + stops.length) % stops.length]?.focus();
}

/** Puts the list under its button, or above it, and within the window. It belongs to the dialog or the landmark its button is in. */
function place(node, anchor) {
  const host = anchor.closest('dialog, main, aside, nav') ?? document.body;
  host.append(node);
  const box = anchor.getBoundingClientRect();
  const { innerWidth: width, innerHeight: height } = window;
  const below = height - box.bottom > 260 || box.top < height / 2;
  const left = Math.max(8, Math.min(box.left, width - node.offsetWidth - 8));
  node.style.left = `${left}px`;
  node.style.maxHeight = `${Math.max(160, (below ? height - box.bottom : box.top) - 16)}px`;
  if (below) node.style.top = `${box.bottom + 4}px`;
  else node.style.bottom = `${height - box.top + 4}px`;
}
