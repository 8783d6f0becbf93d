import { el } from './dom.js';
import { openMenu } from './menu.js';
import { plain, textNodes } from './mrkdwn.js';
import { channelTitle, store } from './store.js';
import { upload } from './wire.js';

let serial = 0;
const fresh = () => `field-${++serial}`;

/** What an element holds before anybody touched it. */
export function initialValue(element) {
  const one = (item) => (typeof item === 'object' ? item.value : item);
  const found = Object.entries(element).find(([name]) => name.startsWith('initial_'));
  if (found === undefined)
    return element.type.startsWith('multi_') || element.type === 'checkboxes' || element.type === 'file_input' ? [] : null;
  return Array.isArray(found[1]) ? found[1].map(one) : one(found[1]);
}

/** The choices of a menu, as the menu lists them. */
export function choices(element) {
  const option = (group) => (item) => ({
    label: plain(item.text.text),
    note: plain(item.description?.text ?? ''),
    value: item.value,
    group,
    url: item.url,
  });
  if (element.type.includes('users_select')) {
    return [...store.people.values()]
      .filter((person) => !person.is_bot)
      .map((person) => ({ label: person.real_name, note: `@${person.name}`, value: person.id }));
  }
  if (/conversations|channels/.test(element.type)) {
    const fits = (channel) =>
      !channel.is_archived && (!element.type.includes('channels') || (!channel.is_im && !channel.is_private));
    return [...store.channels.values()]
      .filter(fits)
      .map((channel) => ({ label: `${channel.is_im ? '' : '#'}${channelTitle(channel)}`, value: channel.id }));
  }
  const groups = element.option_groups ?? [];
  return [
    ...(element.options ?? []).map(option()),
    ...groups.flatMap((group) => group.options.map(option(plain(group.label.text)))),
  ];
}

const isMenu = (type) => /select$/.test(type);

/**
 * A control for an input element. `held` is its value; `onChange(value)` hears every change.
 * Returns the node to show and the node that takes a label and an error (`field`).
 */
export function control(element, held, onChange) {
  const { type } = element;
  if (type === 'plain_text_input') return textField(element, held, onChange);
  if (type === 'checkboxes' || type === 'radio_buttons') return choiceList(element, held, onChange);
  if (type === 'file_input') return fileField(element, held, onChange);
  if (type.startsWith('multi_')) return manyField(element, held, onChange);
  if (isMenu(type)) return selectField(element, held, onChange);
  return typedField(element, held, onChange);
}

function whole(field) {
  return { node: field, field };
}

function textField(element, held, onChange) {
  const multiline = element.multiline === true;
  const props = {
    id: fresh(),
    value: held ?? '',
    placeholder: element.placeholder?.text ?? '',
    maxLength: element.max_length ?? 3000,
    oninput: (event) => onChange(event.target.value),
  };
  return whole(multiline ? el('textarea', { ...props, rows: 4 }) : el('input', { ...props, type: 'text' }));
}

const TYPES = {
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'text',
};

function typedField(element, held, onChange) {
  const moment = element.type === 'datetimepicker';
  const field = el('input', {
    id: fresh(),
    type: TYPES[element.type] ?? 'text',
    value: moment ? localMoment(held) : (held ?? ''),
    placeholder: element.placeholder?.text ?? '',
    inputMode: element.type === 'number_input' ? 'decimal' : undefined,
    oninput: () =>
      onChange(moment ? (field.value === '' ? null : Math.floor(new Date(field.value).getTime() / 1000)) : field.value),
  });
  return whole(field);
}

/** Unix seconds as the local moment that the browser's own picker takes. */
function localMoment(held) {
  if (held === null || held === undefined || held === '') return '';
  const at = new Date(Number(held) * 1000);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function selectField(element, held, onChange) {
  const field = el('select', { id: fresh(), onchange: () => onChange(field.value === '' ? null : field.value) });
  field.append(el('option', { value: '' }, element.placeholder?.text ?? 'Choose…'));
  const groups = Map.groupBy(choices(element), ({ group }) => group);
  for (const [group, items] of groups) {
    const options = items.map(({ label, note, value }) =>
      el('option', { value, selected: value === held }, note && !note.startsWith('@') ? `${label} – ${note}` : label),
    );
    field.append(...(group === undefined ? options : [el('optgroup', { label: group }, options)]));
  }
  return whole(field);
}

/** Checkboxes or radio buttons; the group takes the label, each choice has its own. */
function choiceList(element, held, onChange) {
  const many = element.type === 'checkboxes';
  const name = fresh();
  const set = new Set(many ? held : [held]);
  const field = el('fieldset', { class: 'choices' });
  const changed = () => {
    const values = [...field.querySelectorAll('input:checked')].map((input) => input.value);
    onChange(many ? values : (values[0] ?? null));
  };
  for (const { text, description, value } of element.options) {
    const id = fresh();
    const input = el('input', { type: many ? 'checkbox' : 'radio', id, name, value, checked: set.has(value), onchange: changed });
    const words = el('span', {}, textNodes(text), description ? el('small', {}, textNodes(description)) : null);
    field.append(el('label', { class: 'choice', htmlFor: id }, input, words));
  }
  return { node: field, field, group: true };
}

/** Several choices: a button that says what is chosen and opens the list. */
function manyField(element, held, onChange) {
  let chosen = held ?? [];
  const all = choices(element);
  const words = () => {
    const labels = all.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
    return labels.length === 0 ? (element.placeholder?.text ?? 'Choose…') : labels.join(', ');
  };
  const field = el('button', { type: 'button', id: fresh(), class: 'select', 'aria-haspopup': 'listbox' }, words());
  field.addEventListener('click', () =>
    openMenu(
      field,
      all.map((item) => ({ ...item, chosen: chosen.includes(item.value) })),
      {
        label: element.placeholder?.text ?? 'Choices',
        many: true,
        onPick: (values) => {
          chosen = values.slice(0, element.max_selected_items ?? values.length);
          field.textContent = words();
          onChange(chosen);
        },
      },
    ),
  );
  return whole(field);
}

function fileField(element, held, onChange) {
  let files = (held ?? []).map((id) => ({ id, name: id }));
  const list = el('ul', { class: 'files' });
  const say = el('p', { class: 'hint', role: 'status' });
  const field = el('input', { type: 'file', id: fresh(), multiple: (element.max_files ?? 10) > 1 });
  if (element.filetypes) field.accept = element.filetypes.map((type) => `.${type}`).join(',');
  const show = () => list.replaceChildren(...files.map((file) => el('li', {}, file.name)));
  field.addEventListener('change', async () => {
    for (const file of [...field.files].slice(0, (element.max_files ?? 10) - files.length)) {
      say.textContent = `Uploading ${file.name}…`;
      const answer = await upload(file);
      say.textContent = answer.ok ? '' : answer.error;
      if (answer.ok) files = [...files, { id: answer.id, name: answer.name }];
    }
    show();
    onChange(files.map(({ id }) => id));
  });
  show();
  return { node: el('div', {}, field, list, say), field };
}
