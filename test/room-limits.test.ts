import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../src/room/json.ts';
import { proof } from '../src/room/limit-row.ts';
import { LIMITS } from '../src/room/limits.ts';
import { Refusal } from '../src/room/refusal.ts';
import { checkBlocks, checkView, enforce } from '../src/room/validation.ts';

/**
 * Every promise of the limits table, written down apart from it: `on field: rule bounds`. A row or a check that is removed or changed
 * leaves its promise broken here.
 */
const PROMISES = readFileSync(join(import.meta.dirname, 'fixtures', 'room-limits.txt'), 'utf8')
  .trim()
  .split('\n');

const plain = (text: string): JsonObject => ({ type: 'plain_text', text });
const option = (value: string): JsonObject => ({ text: plain(value), value });
const options = (count: number) => Array.from({ length: count }, (_, index) => option(`o${index}`));
const confirm = { title: plain('Sure?'), text: plain('Really?'), confirm: plain('Yes'), deny: plain('No') };
const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: 'a picture' };
const richText = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }] };
const group = { label: plain('Group'), options: options(1) };

/** A valid one of each thing. */
const SAMPLES: Record<string, JsonObject> = {
  section: { type: 'section', text: plain('text') },
  header: { type: 'header', text: plain('text') },
  divider: { type: 'divider' },
  context: { type: 'context', elements: [plain('text')] },
  actions: { type: 'actions', elements: [{ type: 'button', text: plain('Go') }] },
  input: { type: 'input', label: plain('Label'), element: { type: 'plain_text_input' } },
  image,
  markdown: { type: 'markdown', text: 'text' },
  table: { type: 'table', rows: [[{ type: 'raw_text', text: 'cell' }]] },
  rich_text: richText,
  rich_text_section: { type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] },
  rich_text_list: { type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_section', elements: [] }] },
  rich_text_preformatted: { type: 'rich_text_preformatted', elements: [] },
  rich_text_quote: { type: 'rich_text_quote', elements: [] },
  text: { type: 'text', text: 'a' },
  link: { type: 'link', url: 'https://example.com' },
  raw_text: { type: 'raw_text', text: 'cell' },
  plain_text: plain('text'),
  mrkdwn: { type: 'mrkdwn', text: 'text' },
  confirm,
  option: option('a'),
  'menu option': option('a'),
  'option group': group,
  button: { type: 'button', text: plain('Go') },
  overflow: { type: 'overflow', options: options(2) },
  static_select: { type: 'static_select', options: options(2) },
  multi_static_select: { type: 'multi_static_select', options: options(2) },
  checkboxes: { type: 'checkboxes', options: options(2) },
  radio_buttons: { type: 'radio_buttons', options: options(2) },
  number_input: { type: 'number_input', is_decimal_allowed: false },
  'image element': image,
  modal: { type: 'modal', title: plain('Title'), blocks: [] },
  home: { type: 'home', blocks: [] },
  message: {},
  'conversations.create': { name: 'a' },
  'conversations.rename': { name: 'a' },
  'conversations.invite': { users: ['U1'] },
};
const sample = (on: string): JsonObject => SAMPLES[on] ?? { type: on };

const INPUT_ONLY = new Set(['plain_text_input', 'number_input', 'url_text_input', 'email_text_input', 'file_input']);
const inActions = (element: Json) => [{ type: 'actions', elements: [element] }];
const inRichText = (element: Json) => [{ type: 'rich_text', elements: [element] }];
/** How a part gets into a message. */
const AROUND: Record<string, (part: Json) => Json[]> = {
  rich_text_section: inRichText,
  rich_text_list: inRichText,
  rich_text_preformatted: inRichText,
  rich_text_quote: inRichText,
  text: (part) => inRichText({ type: 'rich_text_section', elements: [part] }),
  link: (part) => inRichText({ type: 'rich_text_section', elements: [part] }),
  raw_text: (part) => [{ type: 'table', rows: [[part]] }],
  'table row': (part) => [{ type: 'table', rows: [part] }],
  plain_text: (part) => [{ type: 'section', text: part }],
  mrkdwn: (part) => [{ type: 'section', text: part }],
  confirm: (part) => inActions({ type: 'button', text: plain('Go'), confirm: part }),
  option: (part) => inActions({ type: 'radio_buttons', options: [part] }),
  'menu option': (part) => inActions({ type: 'static_select', options: [part] }),
  'option group': (part) => inActions({ type: 'static_select', option_groups: [part] }),
  'image element': (part) => [{ type: 'context', elements: [part] }],
};
const BLOCKS = new Set(['section', 'header', 'divider', 'context', 'actions', 'input', 'image', 'markdown', 'table', 'rich_text']);

/** Puts something through the room's checks: undefined if it is taken, else Slack's error. */
function refusalOf(on: string, thing: Json): string | undefined {
  try {
    if (on === 'message') checkBlocks((thing as JsonObject).blocks ?? []);
    else if (on === 'modal' || on === 'home') checkView(thing, on);
    else if (on === 'view') checkView(thing, 'modal');
    else if (BLOCKS.has(on)) checkBlocks([thing]);
    else if (/\.|_id$|_url$/.test(on)) enforce(on, thing as JsonObject);
    else
      checkBlocks(
        AROUND[on]?.(thing) ?? (INPUT_ONLY.has(on) ? [{ type: 'input', label: plain('L'), element: thing }] : inActions(thing)),
      );
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.error;
    throw error;
  }
}

/** Fields that hold a text object where others of that name hold a string. */
const OBJECTS =
  /^(section (text|fields)|header text|input (label|hint)|image title|modal (title|submit|close)|confirm .*|(menu )?option (text|description)|option group label|button text|\w+ placeholder)$/;

type Promised = { on: string; field: string; rule: string; min: number; max: number; kinds: string };

function read(promise: string): Promised {
  const [place = '', rest = ''] = promise.split(/: (.*)/);
  const on = [...Object.keys(SAMPLES), ...LIMITS.map((row) => row.on)]
    .sort((a, b) => b.length - a.length)
    .find((name) => place.startsWith(`${name} `));
  const rule =
    [...Object.keys(CASES), ...OVER_HTTP].sort((a, b) => b.length - a.length).find((name) => `${rest} `.startsWith(`${name} `)) ??
    '';
  const bounds = rest.slice(rule.length);
  const [, min, max, least, most] = /^(?: (\d+) to (\d+)| at least (\d+)| (\d+))/.exec(bounds) ?? [];
  return {
    on: on ?? '',
    field: place.slice((on ?? '').length + 1),
    rule,
    min: Number(min ?? least ?? 0),
    max: most !== undefined ? Number(most) : max !== undefined ? Number(max) : Number.POSITIVE_INFINITY,
    kinds: bounds.trim(),
  };
}

type Case = { accepted: Json[]; refused: Json[] };

function withField(on: string, field: string, value: Json): JsonObject {
  return { ...sample(on), ...(field === 'option_groups' ? { options: undefined as never } : {}), [field]: value };
}

function characters({ on, field, min, max }: Promised): Case {
  const text = (length: number): Json => {
    const source = field === 'image_url' || field === 'url' ? `https://example.com/${'a'.repeat(3001)}` : 'a'.repeat(length);
    const held = OBJECTS.test(`${on} ${field}`) ? plain(source.slice(0, length)) : source.slice(0, length);
    return withField(on, field, on === 'section' && field === 'fields' ? [held] : held);
  };
  const many = Number.isFinite(max);
  return {
    accepted: [text(many ? max : 10_000)],
    refused: [...(many ? [text(max + 1)] : []), ...(min > 0 ? [text(min - 1)] : [])],
  };
}

function items({ on, field, min, max }: Promised): Case {
  const one = (index: number): Json => {
    if (field === 'blocks') return { type: 'divider' };
    if (field === 'options') return option(`o${index}`);
    if (field === 'option_groups') return { label: plain('G'), options: [option(`o${index}`)] };
    if (field === 'rows') return [{ type: 'raw_text', text: 'c' }];
    if (field === 'cells') return { type: 'raw_text', text: 'c' };
    if (field === 'column_settings') return { align: 'left' };
    if (field === 'users') return `U${index}`;
    return on === 'actions' ? { type: 'button', text: plain('Go') } : plain('a');
  };
  const list = (count: number): Json => {
    const made = Array.from({ length: count }, (_, index) => one(index));
    return on === 'table row' ? made : withField(on, field, made);
  };
  return { accepted: [list(max), list(Math.max(min, 1))], refused: [list(max + 1), ...(min > 0 ? [list(min - 1)] : [])] };
}

const without = (on: string, ...fields: string[]) =>
  Object.fromEntries(Object.entries(sample(on)).filter(([name]) => !fields.includes(name)));
const block = (id: string) => ({ type: 'section', block_id: id, text: plain('a') });
const filled = (length: number, count: number) =>
  Array.from({ length: count }, () => ({ type: 'section', text: plain('a'.repeat(length)) }));
const markdowns = (...lengths: number[]) => lengths.map((length) => ({ type: 'markdown', text: 'a'.repeat(length) }));
const initial = (field: string, value: string): Json => (field.endsWith('s') ? [option(value)] : option(value));

const CASES: Record<string, (promised: Promised) => Case> = {
  characters,
  items,
  required: ({ on, field }) => ({ accepted: [sample(on)], refused: [without(on, field)] }),
  'one of': ({ on, kinds }) => ({ accepted: [sample(on)], refused: [without(on, ...kinds.split(', '))] }),
  'plain text': ({ on, field }) => ({
    accepted: [withField(on, field, plain('a'))],
    refused: [withField(on, field, { type: 'mrkdwn', text: 'a' })],
  }),
  text: ({ on, field }) => {
    const held = (value: Json) => withField(on, field, field === 'fields' ? [value] : value);
    return { accepted: [held({ type: 'mrkdwn', text: 'a' })], refused: [held({ type: 'html', text: 'a' }), held('a')] };
  },
  types: ({ on, field }) => {
    const strange = { type: 'video', text: 'a' };
    const list = !['accessory', 'element'].includes(field);
    const good = on === 'table row' ? [{ type: 'raw_text', text: 'a' }] : sample(on);
    return { accepted: [good], refused: [on === 'table row' ? [strange] : withField(on, field, list ? [strange] : strange)] };
  },
  part: ({ on, field, kinds }) => {
    const broken: Json = kinds === 'table row' ? [] : {};
    return { accepted: [sample(on)], refused: [withField(on, field, field === 'confirm' ? broken : [broken])] };
  },
  values: ({ on, field, kinds }) => ({
    accepted: kinds.includes('modal') ? [] : kinds.split(', ').map((value) => withField(on, field, value)),
    refused: [kinds.includes('modal') ? { ...sample('modal'), type: 'workflow' } : withField(on, field, 'nonsense')],
  }),
  pattern: ({ on, field }) => {
    const good: Record<string, string> = {
      initial_date: '2026-11-23',
      initial_time: '14:02',
      image_url: 'https://example.com',
      url: 'tel:112',
    };
    return { accepted: [withField(on, field, good[field] ?? '')], refused: [withField(on, field, 'nonsense')] };
  },
  fields: ({ on }) => ({ accepted: [sample(on)], refused: [{ ...sample(on), surprise: 'a' }] }),
  'unique block_id': ({ on }) => ({
    accepted: [withField(on, 'blocks', [block('a'), block('b')])],
    refused: [withField(on, 'blocks', [block('a'), block('a')])],
  }),
  'unique action_id': ({ on }) => {
    const button = (action_id: string) => ({ type: 'button', text: plain('Go'), action_id });
    return {
      accepted: [withField(on, 'elements', [button('a'), button('b')])],
      refused: [withField(on, 'elements', [button('a'), button('a')])],
    };
  },
  'unique values': ({ on, field }) => ({
    accepted: [withField(on, field, [option('a'), option('b')])],
    refused: [withField(on, field, [option('a'), option('a')])],
  }),
  offered: ({ on, field }) => ({
    accepted: [withField(on, field, initial(field, 'o1'))],
    refused: [withField(on, field, initial(field, 'other'))],
  }),
  'submit for inputs': () => {
    const view = { ...sample('modal'), blocks: [sample('input')] };
    return { accepted: [{ ...view, submit: plain('Send') }], refused: [view] };
  },
  'sum of text': ({ on, max }) => {
    const table = (length: number) => ({ type: 'table', rows: [[{ type: 'raw_text', text: 'a'.repeat(length) }]] });
    if (on === 'table') return { accepted: [table(max)], refused: [table(max + 1)] };
    return { accepted: [{ blocks: filled(max / 5, 5) }], refused: [{ blocks: [...filled(max / 5, 5), block('a')] }] };
  },
  'sum of markdown': ({ max }) => ({ accepted: [{ blocks: markdowns(max - 5, 5) }], refused: [{ blocks: markdowns(max - 5, 6) }] }),
  tables: () => ({ accepted: [{ blocks: [sample('table')] }], refused: [{ blocks: [sample('table'), sample('table')] }] }),
  bytes: ({ on, field, max }) => {
    if (field === 'metadata')
      return { accepted: [{ metadata: 'a'.repeat(max - 2) }], refused: [{ metadata: 'a'.repeat(max - 1) }] };
    return { accepted: [withField(on, 'blocks', filled(2400, 99))], refused: [withField(on, 'blocks', filled(2900, 99))] };
  },
  count: ({ on, field, min, max }) => ({
    accepted: [withField(on, field, max)],
    refused: [withField(on, field, max + 1), ...(min > 0 ? [withField(on, field, min - 1)] : [])],
  }),
};

/** Errors that are not `invalid_blocks`: written down apart from the table, as the promises are. */
function promisedError({ on, field, rule }: Promised): string {
  const named: Record<string, string> = {
    'message blocks sum of text': 'msg_blocks_too_long',
    'message blocks tables': 'invalid_attachments',
    'modal blocks bytes': 'view_too_large',
    'home blocks bytes': 'view_too_large',
    'chat.postMessage markdown_text characters': 'msg_too_long',
    'chat.postMessage metadata bytes': 'metadata_too_large',
    'chat.update text characters': 'msg_too_long',
    'chat.update metadata bytes': 'metadata_too_large',
    'conversations.create name required': 'invalid_name_required',
    'conversations.create name characters': 'invalid_name_maxlength',
    'conversations.rename name required': 'invalid_name_required',
    'conversations.rename name characters': 'invalid_name_maxlength',
    'conversations.setTopic topic characters': 'too_long',
    'conversations.setPurpose purpose characters': 'too_long',
    'conversations.invite users items': 'too_many_users',
    'pins.add pins count': 'too_many_pins',
    'reactions.add emoji on a message count': 'too_many_emoji',
    'reactions.add emoji of a person count': 'too_many_reactions',
    'bookmarks.add bookmarks count': 'too_many_bookmarks',
    'views.push views in a stack count': 'push_limit_reached',
    'response_url uses count': 'used_url',
    'files.getUploadURLExternal length count': 'file_upload_size_restricted',
  };
  return named[`${on} ${field} ${rule}`] ?? (['modal', 'home', 'view'].includes(on) ? 'invalid_arguments' : 'invalid_blocks');
}

/** Rows about more than one call; test/room-api.test.ts and test/room-bolt.test.ts prove them over HTTP. */
const OVER_HTTP = new Set(['truncated', 'milliseconds']);

describe('the limits table', () => {
  test('holds exactly the promises written down apart from it', () => {
    expect(LIMITS.map(proof).sort()).toEqual([...PROMISES].sort());
  });

  test('names each row once', () => {
    expect(new Set(LIMITS.map(proof)).size).toBe(LIMITS.length);
  });
});

describe('what Slack refuses, the room refuses', () => {
  for (const promise of PROMISES.filter((line) => !OVER_HTTP.has(read(line).rule))) {
    test(promise, () => {
      const promised = read(promise);
      const { accepted, refused } = CASES[promised.rule]?.(promised) ?? { accepted: [], refused: [] };
      expect(refused.length).toBeGreaterThan(0);
      for (const thing of accepted) expect(refusalOf(promised.on, thing)).toBeUndefined();
      for (const thing of refused) expect(refusalOf(promised.on, thing)).toBe(promisedError(promised));
    });
  }
});

describe('how a refusal is said', () => {
  test('a message names the place of the fault as a JSON pointer', () => {
    try {
      checkBlocks([sample('divider'), { type: 'section', text: plain('a'.repeat(3001)) }]);
      expect.unreachable();
    } catch (error) {
      expect((error as Refusal).detail).toEqual({
        response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]'] },
      });
    }
  });

  test('blocks that are not a list are refused as such', () => {
    expect(() => checkBlocks({ type: 'section' })).toThrow('invalid_blocks_format');
  });

  test('characters are code points: an emoji counts once', () => {
    expect(refusalOf('header', { type: 'header', text: plain('🔥'.repeat(150)) })).toBeUndefined();
    expect(refusalOf('header', { type: 'header', text: plain('🔥'.repeat(151)) })).toBe('invalid_blocks');
  });
});
