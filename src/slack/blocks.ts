import type { types } from '@slack/bolt';
import { clip, safe, visible } from './mrkdwn.ts';

/** The few blocks our cards and forms are made of, each kept within Slack's limits where it is built. */
export type Block = types.KnownBlock;
export type View = types.ModalView;
export type Element = types.ActionsBlockElement;
export type Choice = { text: string; value: string; description?: string };

/** Slack refuses an empty text, and with it the whole card. */
const BLANK = '…';
const words = (text: string, max: number): string => (text.trim() === '' ? BLANK : clip(text, max));

const plain = (text: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: words(visible(text), max),
  emoji: true,
});

export const header = (text: string): Block => ({ type: 'header', text: plain(text, 150) });
export const divider = (): Block => ({ type: 'divider' });

/** mrkdwn that is ours already: whatever came from outside must have been escaped before. */
export const section = (mrkdwn: string, accessory?: types.Button): Block => ({
  type: 'section',
  text: { type: 'mrkdwn', text: words(mrkdwn, 3000), verbatim: true },
  ...(accessory === undefined ? {} : { accessory }),
});

export const fields = (texts: string[]): Block => ({
  type: 'section',
  fields: texts.slice(0, 10).map((text) => ({ type: 'mrkdwn', text: words(text, 2000), verbatim: true })),
});

export const context = (...mrkdwn: string[]): Block => ({
  type: 'context',
  elements: mrkdwn.slice(0, 10).map((text) => ({ type: 'mrkdwn', text: words(text, 3000), verbatim: true })),
});

export const actions = (blockId: string, elements: Element[]): Block => ({
  type: 'actions',
  block_id: clip(blockId, 255),
  elements: elements.slice(0, 25),
});

export type Style = 'primary' | 'danger';

export function button(actionId: string, label: string, value: string, more: { style?: Style; says?: string } = {}): types.Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label, 75),
    value: clip(value, 2000),
    ...(more.style === undefined ? {} : { style: more.style }),
    ...(more.says === undefined ? {} : { accessibility_label: words(visible(more.says), 75) }),
  };
}

export const option = ({ text, value, description }: Choice): types.PlainTextOption => ({
  text: plain(text, 75),
  value,
  ...(description === undefined || description === '' ? {} : { description: plain(description, 75) }),
});

export const menu = (actionId: string, placeholder: string, choices: Choice[]): types.StaticSelect => ({
  type: 'static_select',
  action_id: actionId,
  placeholder: plain(placeholder, 150),
  options: choices.slice(0, 100).map(option),
});

export function ticks(actionId: string, choices: Choice[], ticked: Choice[]): types.Checkboxes {
  const options = choices
    .slice(0, 10)
    .map((choice) => ({ ...option(choice), text: { type: 'mrkdwn' as const, text: words(safe(choice.text), 75) } }));
  const initial = options.filter(({ value }) => ticked.some((choice) => choice.value === value));
  return { type: 'checkboxes', action_id: actionId, options, ...(initial.length === 0 ? {} : { initial_options: initial }) };
}

type InputElement = types.InputBlock['element'];

export function input(
  blockId: string,
  label: string,
  element: InputElement,
  more: { optional?: boolean; hint?: string } = {},
): Block {
  return {
    type: 'input',
    block_id: blockId,
    label: plain(label, 2000),
    element,
    optional: more.optional ?? false,
    ...(more.hint === undefined ? {} : { hint: plain(more.hint, 2000) }),
  };
}

export const textInput = (
  more: { multiline?: boolean; placeholder?: string; initial?: string; max?: number } = {},
): InputElement => ({
  type: 'plain_text_input',
  action_id: 'value',
  multiline: more.multiline ?? false,
  max_length: more.max ?? 3000,
  ...(more.placeholder === undefined ? {} : { placeholder: plain(more.placeholder, 150) }),
  ...(more.initial === undefined || more.initial === '' ? {} : { initial_value: more.initial }),
});

export function choiceInput(choices: Choice[], initial?: string): InputElement {
  const options = choices.slice(0, 10).map(option);
  const first = options.find(({ value }) => value === initial);
  return { type: 'radio_buttons', action_id: 'value', options, ...(first === undefined ? {} : { initial_option: first }) };
}

export function menuInput(choices: Choice[], initial?: string, placeholder = 'Choose'): InputElement {
  const options = choices.slice(0, 100).map(option);
  const first = options.find(({ value }) => value === initial);
  return {
    type: 'static_select',
    action_id: 'value',
    placeholder: plain(placeholder, 150),
    options,
    ...(first === undefined ? {} : { initial_option: first }),
  };
}

/** A menu of more than a hundred choices comes in groups. */
export const groupedMenuInput = (groups: { title: string; choices: Choice[] }[]): InputElement => ({
  type: 'static_select',
  action_id: 'value',
  placeholder: plain('Choose', 150),
  option_groups: groups
    .slice(0, 100)
    .map(({ title, choices }) => ({ label: plain(title, 75), options: choices.slice(0, 100).map(option) })),
});

export function manyInput(choices: Choice[], placeholder: string, chosen: readonly string[] = []): InputElement {
  const options = choices.slice(0, 100).map(option);
  const initial = options.filter(({ value }) => value !== undefined && chosen.includes(value));
  return {
    type: 'multi_static_select',
    action_id: 'value',
    placeholder: plain(placeholder, 150),
    options,
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  };
}

export const personInput = (placeholder = 'Choose a person'): InputElement => ({
  type: 'users_select',
  action_id: 'value',
  placeholder: plain(placeholder, 150),
});
export const channelInput = (placeholder: string): InputElement => ({
  type: 'conversations_select',
  action_id: 'value',
  placeholder: plain(placeholder, 150),
  filter: { include: ['public', 'private'] },
});
export const whenInput = (): InputElement => ({ type: 'datetimepicker', action_id: 'value' });
export const fileInput = (): InputElement => ({ type: 'file_input', action_id: 'value', max_files: 5 });

export function modal(callbackId: string, title: string, submit: string | undefined, metadata: string, blocks: Block[]): View {
  return {
    type: 'modal',
    callback_id: callbackId,
    title: plain(title, 24),
    close: plain(submit === undefined ? 'Close' : 'Cancel', 24),
    ...(submit === undefined ? {} : { submit: plain(submit, 24) }),
    private_metadata: metadata,
    blocks: blocks.slice(0, 100),
  };
}
