import { el } from './dom.js';
import { icon } from './icons.js';

/**
 * Opens a modal dialog and gives the focus back to where it was when the dialog closes.
 * `onCancel` may keep it open by returning false. Returns the element; call `close()` on it.
 */
export function dialog({ title, className = '', onCancel, label }, ...children) {
  const before = document.activeElement;
  const heading = el('h2', { id: `dialog-${Math.random().toString(36).slice(2)}` }, title);
  const node = el('dialog', { class: `dialog ${className}`, 'aria-labelledby': heading.id, 'aria-label': label });
  const dismiss = el(
    'button',
    { type: 'button', class: 'quiet close', 'aria-label': 'Close', onclick: () => cancel() },
    icon('close'),
  );
  const cancel = () => {
    if (onCancel?.() !== false) node.close();
  };
  node.append(el('header', {}, heading, dismiss), ...children);
  node.addEventListener('cancel', (event) => {
    event.preventDefault();
    cancel();
  });
  node.addEventListener('close', () => {
    node.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
  });
  document.body.append(node);
  node.showModal();
  return node;
}

/** Asks before something happens; resolves true if the person says so. */
export function confirmation({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    let said = false;
    const agree = () => {
      said = true;
      node.close();
    };
    const yes = el('button', { type: 'button', class: style === 'danger' ? 'danger' : 'primary', onclick: agree }, confirm);
    const no = el('button', { type: 'button', onclick: () => node.close() }, deny);
    const node = dialog({ title, className: 'small' }, el('div', { class: 'body' }, text), el('footer', {}, no, yes));
    node.addEventListener('close', () => resolve(said));
    no.focus();
  });
}
