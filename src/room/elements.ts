import { elementsOf } from './block-ids.ts';
import { isObject, type Json, type JsonObject, listOf, stringOf } from './json.ts';
import { optionsOf } from './options.ts';
import { fileShape } from './shapes.ts';
import type { Workspace } from './workspace.ts';

/** What a page says about an element: a value, several, or nothing. */
export type Raw = null | string | number | string[];
/** By block, then by element. */
export type RawState = Record<string, Record<string, Raw>>;

/** A page that names an option or value which the element does not have. */
export class NotOffered extends Error {}

const PLAIN: Record<string, string> = {
  users_select: 'selected_user',
  conversations_select: 'selected_conversation',
  channels_select: 'selected_channel',
  datepicker: 'selected_date',
  timepicker: 'selected_time',
  datetimepicker: 'selected_date_time',
  plain_text_input: 'value',
  number_input: 'value',
  url_text_input: 'value',
  email_text_input: 'value',
  multi_users_select: 'selected_users',
  multi_conversations_select: 'selected_conversations',
  multi_channels_select: 'selected_channels',
};
const ONE_OPTION = new Set(['static_select', 'radio_buttons', 'overflow']);
const OPTIONS = new Set(['multi_static_select', 'checkboxes']);

function option(element: JsonObject, value: Raw): JsonObject | null {
  if (value === null || value === '') return null;
  const found = optionsOf(element).find((known) => known.value === value);
  if (found === undefined)
    throw new NotOffered('This choice is no longer offered. Look at the message again and choose once more.');
  return found;
}

/** What an element holds, in Slack's words: `selected_option`, `value` and so on. */
export function heldBy(w: Workspace, element: JsonObject, raw: Raw): JsonObject {
  const type = stringOf(element.type);
  const many = Array.isArray(raw) ? raw : [];
  if (ONE_OPTION.has(type)) return { selected_option: option(element, raw) };
  if (OPTIONS.has(type)) return { selected_options: many.map((value) => option(element, value)).filter((item) => item !== null) };
  if (type === 'file_input') return { files: files(w, many) };
  const field = PLAIN[type];
  if (field === undefined) return {};
  if (type.startsWith('multi_')) return { [field]: many };
  if (type === 'datetimepicker') return { [field]: raw === null || raw === '' ? null : Number(raw) };
  return { [field]: raw === '' || raw === undefined ? null : raw };
}

function files(w: Workspace, ids: string[]): Json[] {
  return ids.flatMap((id) => {
    const file = w.files.get(id);
    return file === undefined ? [] : [fileShape(w, w.files.put(id, { ...file, handed: true }))];
  });
}

/** What an element holds before anybody touched it. */
export function initialOf(element: JsonObject): Raw {
  const values = (options: Json | undefined) =>
    listOf(options).map((item) => (isObject(item) ? stringOf(item.value) : stringOf(item)));
  for (const [key, value] of Object.entries(element)) {
    if (!key.startsWith('initial_')) continue;
    if (Array.isArray(value)) return values(value);
    if (isObject(value)) return stringOf(value.value);
    if (typeof value === 'string' || typeof value === 'number') return value;
  }
  return null;
}

const STATELESS = new Set(['button', 'overflow']);

/** `state.values` of a message, a form or a Home: every input, with null where nothing was chosen. */
export function stateOf(w: Workspace, blocks: readonly JsonObject[], given: RawState): JsonObject {
  const values: Record<string, JsonObject> = {};
  for (const { block, element } of elementsOf(blocks)) {
    if (STATELESS.has(stringOf(element.type))) continue;
    const [blockId, actionId] = [stringOf(block.block_id), stringOf(element.action_id)];
    const raw = given[blockId]?.[actionId];
    const held = { type: stringOf(element.type), ...heldBy(w, element, raw === undefined ? initialOf(element) : raw) };
    values[blockId] = { ...values[blockId], [actionId]: held };
  }
  return { values };
}

function isEmpty(held: JsonObject): boolean {
  return Object.entries(held)
    .filter(([key]) => key !== 'type')
    .every(([, value]) => value === null || value === '' || (Array.isArray(value) && value.length === 0));
}

/** What a person must mend before a form can go to the bot, by block: the checks that Slack's own client makes. */
export function formErrors(blocks: readonly JsonObject[], state: JsonObject): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { block, element } of elementsOf(blocks).filter(({ block }) => block.type === 'input')) {
    const values = isObject(state.values) ? state.values[stringOf(block.block_id)] : undefined;
    const held = isObject(values) ? values[stringOf(element.action_id)] : undefined;
    const error = isObject(held) ? inputError(block, element, held) : undefined;
    if (error !== undefined) errors[stringOf(block.block_id)] = error;
  }
  return errors;
}

function inputError(block: JsonObject, element: JsonObject, held: JsonObject): string | undefined {
  if (isEmpty(held)) return block.optional === true ? undefined : 'Please fill this in.';
  const text = stringOf(held.value);
  const length = [...text].length;
  if (typeof element.min_length === 'number' && length < element.min_length)
    return `Please write at least ${element.min_length} characters.`;
  const most = typeof element.max_length === 'number' ? element.max_length : 3000;
  if (element.type === 'plain_text_input' && length > most) return `Please shorten this to ${most} characters; it has ${length}.`;
  if (element.type === 'email_text_input' && !/^[^\s@]+@[^\s@]+$/.test(text))
    return 'Please write an email address, as name@example.com.';
  if (element.type === 'url_text_input' && !URL.canParse(text)) return 'Please write a whole address, as https://example.com.';
  if (element.type === 'number_input') return numberError(element, text);
  return undefined;
}

function numberError(element: JsonObject, text: string): string | undefined {
  const number = Number(text);
  if (Number.isNaN(number)) return 'Please write a number.';
  if (element.is_decimal_allowed !== true && !Number.isInteger(number)) return 'Please write a whole number.';
  if (element.min_value !== undefined && number < Number(element.min_value))
    return `Please write at least ${String(element.min_value)}.`;
  if (element.max_value !== undefined && number > Number(element.max_value))
    return `Please write at most ${String(element.max_value)}.`;
  return undefined;
}
