import { blocks } from './blocks.js';
import { confirmation } from './dialogs.js';
import { el, fill, toast } from './dom.js';
import { icon } from './icons.js';
import { plain } from './mrkdwn.js';
import { personName, store } from './store.js';
import { act } from './wire.js';

/** What was typed into each open form, by view; a form that is covered or updated keeps it. */
const states = new Map(JSON.parse(sessionStorage.getItem('forms') ?? '[]'));
const keep = () => sessionStorage.setItem('forms', JSON.stringify([...states]));
let shown;

/** Shows the topmost form of this tab's stack; the others wait under it. */
export function showForms() {
  const view = store.views.at(-1);
  for (const id of states.keys()) if (!store.views.some((open) => open.id === id)) states.delete(id);
  keep();
  if (view === undefined) return shut();
  if (shown?.view.id === view.id && shown.view.hash === view.hash) return;
  if (shown?.view.id === view.id) return redraw(view);
  const before = shown?.before ?? document.activeElement;
  shut(false);
  open(view, before);
}

function shut(focus = true) {
  if (shown === undefined) return;
  const { node, before } = shown;
  shown = undefined;
  node.close();
  node.remove();
  if (focus && before instanceof HTMLElement && before.isConnected) before.focus();
}

function open(view, before) {
  const node = el('dialog', { class: 'dialog form', 'aria-labelledby': 'form-title' });
  node.addEventListener('cancel', (event) => {
    event.preventDefault();
    leave();
  });
  shown = { view, node, before, touched: Object.keys(states.get(view.id) ?? {}).length > 0 };
  draw(view);
  document.body.append(node);
  node.showModal();
  const first =
    node.querySelector('[data-first]') ??
    node.querySelector('.body input, .body textarea, .body select, .body button') ??
    node.querySelector('footer button.primary');
  first?.focus();
}

/** The bot changed a form that is open: what was typed stays where block and element kept their names, and so does the focus. */
function redraw(view) {
  const { node } = shown;
  const place = document.activeElement?.closest('[data-block]')?.dataset.block;
  const scroll = node.querySelector('.body')?.scrollTop ?? 0;
  shown.view = view;
  draw(view);
  node.querySelector('.body').scrollTop = scroll;
  const again = place === undefined ? null : node.querySelector(`[data-block="${CSS.escape(place)}"]`);
  (
    again?.querySelector('input, textarea, select, button') ?? node.querySelector('.body input, .body button, footer button')
  )?.focus();
}

function draw(view) {
  if (!states.has(view.id)) states.set(view.id, {});
  const state = states.get(view.id);
  const say = el('p', { class: 'error', role: 'alert' });
  const press = async (block, element, value) => {
    const answer = await act('press', { view: view.id, block_id: block.block_id, action_id: element.action_id, value, state });
    if (!answer.ok) fill(say, answer.error);
  };
  const touch = () => {
    if (shown !== undefined) shown.touched = true;
    keep();
  };
  const send = el('button', { type: 'submit', class: 'primary' }, plain(view.submit?.text ?? 'Submit'));
  const back = el('button', { type: 'button', onclick: leave }, plain(view.close?.text ?? (view.submit ? 'Cancel' : 'Close')));
  const onSubmit = (event) => {
    event.preventDefault();
    submit(view, state, form, send, say);
  };
  const form = el(
    'form',
    { noValidate: true, onsubmit: onSubmit },
    el(
      'header',
      {},
      el('h2', { id: 'form-title' }, plain(view.title?.text ?? '')),
      el('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', onclick: leave }, icon('close')),
    ),
    el(
      'div',
      { class: 'body' },
      el('p', { class: 'note' }, `A form by ${personName(store.team.bot)}`),
      blocks(view.blocks, { state, press, form: true, onTouch: touch }),
    ),
    say,
    el('footer', {}, back, view.submit ? send : null),
  );
  fill(shown.node, form);
}

async function leave() {
  if (shown === undefined) return;
  const { view, touched } = shown;
  if (touched) {
    const sure = await confirmation({
      title: 'Leave this form?',
      text: ['What you typed into it is not sent and will be gone.'],
      confirm: 'Leave',
      deny: 'Keep writing',
      style: 'danger',
    });
    if (!sure) return;
  }
  const answer = await act('close', { view: view.id, all: view.clear_on_close === true });
  if (!answer.ok) toast(answer.error);
  store.views = view.clear_on_close ? [] : store.views.filter(({ id }) => id !== view.id);
  showForms();
}

async function submit(view, state, form, send, say) {
  fill(say);
  for (const error of form.querySelectorAll('.input .error')) fill(error);
  for (const field of form.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
  const words = send.textContent;
  send.disabled = true;
  send.textContent = 'Sending…';
  const answer = await act('submit', { view: view.id, state });
  send.disabled = false;
  send.textContent = words;
  if (!answer.ok) return fill(say, answer.error);
  if (answer.errors !== undefined) return showErrors(form, answer.errors, say);
  if (shown?.view.id === view.id) shown.touched = false;
}

function showErrors(form, errors, say) {
  let first;
  for (const [block, sentence] of Object.entries(errors)) {
    const place = form.querySelector(`[data-block="${CSS.escape(block)}"]`);
    if (place === null) fill(say, sentence);
    else fill(place.querySelector('.error') ?? say, sentence);
    const field = place?.querySelector('input, textarea, select, button');
    field?.setAttribute('aria-invalid', 'true');
    first ??= field;
  }
  first?.focus();
}
