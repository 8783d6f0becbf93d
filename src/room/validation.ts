import { isObject, type Json, type JsonObject, listOf, stringOf } from './json.ts';
import type { Limit } from './limit-row.ts';
import { limitsOn } from './limits.ts';
import { optionsOf } from './options.ts';
import { Refusal } from './refusal.ts';

/** What a check found: which row was broken, and where, as Slack says it. */
export type Problem = { limit: Limit; message: string };

type Check = (limit: Limit, value: Json | undefined, pointer: string, owner: Json) => string[];
/** Where Slack's checks name a place, they name it as a JSON pointer. */
const at = (message: string, pointer: string) => `${message} [json-pointer:${pointer}]`;

const CHECKS: Record<string, Check> = {
  characters: (limit, value, pointer) => each(value, pointer).flatMap(([item, where]) => length(limit, item, where)),
  items: ({ min, max }, value, pointer) => {
    if (value === undefined) return [];
    if (!Array.isArray(value)) return [at('must be provided an array', pointer)];
    if (value.length > max) return [at(`no more than ${max} items allowed`, pointer)];
    return value.length < min ? [at(`no less than ${min} items allowed`, pointer)] : [];
  },
  bytes: ({ max }, value, pointer) =>
    value !== undefined && Buffer.byteLength(JSON.stringify(value)) > max ? [at(`must be at most ${max} bytes`, pointer)] : [],
  required: ({ field }, value, pointer) =>
    value === undefined || value === null || value === '' ? [at(`missing required field: ${field}`, up(pointer))] : [],
  'one of': ({ of }, _, pointer, owner) => {
    const present = isObject(owner) && of.some((field) => owner[field] !== undefined);
    return present ? [] : [at(`must define either \`${of.join('` or `')}\``, up(pointer))];
  },
  text: (_, value, pointer) => each(value, pointer).flatMap(([item, where]) => textObject(item, where, ['plain_text', 'mrkdwn'])),
  'plain text': (_, value, pointer) => each(value, pointer).flatMap(([item, where]) => textObject(item, where, ['plain_text'])),
  values: ({ of }, value, pointer) =>
    value === undefined || (typeof value === 'string' && of.includes(value))
      ? []
      : [at(`must be one of: ${of.join(', ')}`, pointer)],
  pattern: ({ of: [source = ''] }, value, pointer) =>
    value === undefined || (typeof value === 'string' && new RegExp(source).test(value))
      ? []
      : [at(`must match pattern ${source}`, pointer)],
  fields: ({ of }, _, pointer, owner) =>
    isObject(owner)
      ? Object.keys(owner)
          .filter((name) => !of.includes(name))
          .map((name) => at(`invalid additional property: ${name}`, up(pointer)))
      : [at('must be an object', up(pointer))],
  'sum of text': ({ max }, value, pointer) =>
    sumOfText(value ?? null) > max ? [at(`text of all blocks must be less than ${max + 1} characters`, pointer)] : [],
  'sum of markdown': ({ max }, value, pointer) => {
    const sum = blocksOf(value, 'markdown').reduce((total, block) => total + [...stringOf(block.text)].length, 0);
    return sum > max ? [at(`markdown of all blocks must be less than ${max + 1} characters`, pointer)] : [];
  },
  tables: ({ max }, value, pointer) => (blocksOf(value, 'table').length > max ? [at('only_one_table_allowed', pointer)] : []),
  'unique block_id': (_, value, pointer) =>
    repeated(listOf(value).map((block) => (isObject(block) ? block.block_id : undefined))).map((id) =>
      at(`\`block_id\` already exists: ${id}`, pointer),
    ),
  'unique values': (_, value, pointer) =>
    repeated(listOf(value).map((option) => (isObject(option) ? option.value : undefined))).map((id) =>
      at(`option value already exists: ${id}`, pointer),
    ),
  'unique action_id': (_, value, pointer) =>
    repeated(listOf(value).map((item) => (isObject(item) ? item.action_id : undefined))).map((id) =>
      at(`\`action_id\` already exists: ${id}`, pointer),
    ),
  offered: (_, value, pointer, owner) => {
    const known = isObject(owner) ? optionsOf(owner).map((option) => option.value ?? null) : [];
    const strange = each(value, pointer).filter(([item]) => !isObject(item) || !known.includes(item.value ?? null));
    return strange.map(([, where]) => at('must be one of the provided options', where));
  },
  'submit for inputs': (_, value, pointer, owner) =>
    value === undefined && isObject(owner) && blocksOf(owner.blocks, 'input').length > 0
      ? [at('`submit` is required when the view has an input block', up(pointer))]
      : [],
  count: ({ min, max }, value, pointer) =>
    value === undefined || (typeof value === 'number' && value >= min && value <= max)
      ? []
      : [at(`must be from ${min} to ${max}`, pointer)],
};

/** Rows that a method enforces in its own code, since they are about more than one call. */
const ELSEWHERE = new Set(['truncated', 'milliseconds']);

/** Everything that is wrong with one object when it is taken as `on`: its own rows first, then those of its parts. */
export function problems(on: string, owner: Json, pointer: string): Problem[] {
  return limitsOn(on).flatMap((limit) => {
    const value = on === 'table row' ? owner : isObject(owner) ? owner[limit.field] : undefined;
    const where = on === 'table row' ? pointer : `${pointer}/${limit.field}`;
    if (limit.rule === 'types' || limit.rule === 'part') return parts(limit, value, where);
    if (ELSEWHERE.has(limit.rule)) return [];
    const check = CHECKS[limit.rule];
    if (check === undefined) throw new Error(`The limits name a rule that nothing checks: ${limit.rule}.`);
    return check(limit, value, where, owner).map((message) => ({ limit, message }));
  });
}

function parts(limit: Limit, value: Json | undefined, pointer: string): Problem[] {
  return each(value, pointer, limit.on === 'table').flatMap(([item, where]) => {
    if (limit.rule === 'part') return problems(limit.of[0] ?? '', item, where);
    const type = isObject(item) ? stringOf(item.type) : '';
    const name = limit.of.find((known) => known === type || known === `${type} element`);
    return name === undefined
      ? [{ limit, message: at(`unsupported type: ${type}`, `${where}/type`) }]
      : problems(name, item, where);
  });
}

/** The items of a list, or the one value; nothing when it is absent. */
function each(value: Json | undefined, pointer: string, rows = false): [Json, string][] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [[value, pointer]];
  return value.map((item, index): [Json, string] => [item, `${pointer}/${index}`]).filter(([item]) => rows || !Array.isArray(item));
}

function length({ min, max }: Limit, value: Json, pointer: string): string[] {
  const [text, where] = isObject(value) ? [value.text, `${pointer}/text`] : [value, pointer];
  if (typeof text !== 'string') return [at('must be a string', where)];
  const count = [...text].length;
  if (count > max) return [at(`must be less than ${max + 1} characters`, where)];
  return count < min ? [at(`must be more than ${min - 1} characters`, where)] : [];
}

function textObject(value: Json, pointer: string, types: string[]): string[] {
  if (!isObject(value)) return [at('must be an object', pointer)];
  if (!types.includes(stringOf(value.type))) return [at(`must be ${types.join(' or ')}`, `${pointer}/type`)];
  return problems(stringOf(value.type), value, pointer).map(({ message }) => message);
}

function blocksOf(value: Json | undefined, type: string): JsonObject[] {
  return listOf(value).filter((block): block is JsonObject => isObject(block) && block.type === type);
}

function repeated(ids: (Json | undefined)[]): string[] {
  const known = ids.filter((id): id is string => typeof id === 'string');
  return [...new Set(known.filter((id, index) => known.indexOf(id) !== index))];
}

/** Code points of every `text` in a tree of blocks: what counts toward the sum over one message. */
function sumOfText(value: Json): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + sumOfText(item), 0);
  if (!isObject(value)) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? [...item].length : sumOfText(item)),
    0,
  );
}

function up(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function refuse(found: Problem[], error?: string): void {
  const [first] = found;
  if (first === undefined) return;
  throw Refusal.at(error ?? first.limit.error, [...new Set(found.map(({ message }) => message))]);
}

/** Refuses a message's blocks as Slack does: `invalid_blocks` with the places, or the row's own error. */
export function checkBlocks(blocks: Json): JsonObject[] {
  if (!Array.isArray(blocks)) throw new Refusal('invalid_blocks_format');
  refuse(problems('message', { blocks }, ''));
  return blocks.filter(isObject);
}

/** Refuses a view as Slack does: `invalid_arguments` with the places. */
export function checkView(view: Json, type: 'modal' | 'home'): JsonObject {
  if (!isObject(view)) throw Refusal.at('invalid_arguments', [at('must be an object', '/view')]);
  refuse(problems('view', view, '/view'));
  if (view.type !== type) throw Refusal.at('invalid_arguments', [at(`must be a ${type} view`, '/view/type')]);
  const found = problems(type, view, '/view');
  const [first] = found;
  refuse(found, first?.limit.error === 'view_too_large' ? 'view_too_large' : 'invalid_arguments');
  return view;
}

/** Refuses arguments of a method that break its rows in the table. */
export function enforce(method: string, args: JsonObject): void {
  const [first] = problems(method, args, '');
  if (first !== undefined) throw Refusal.at(first.limit.error, [first.message]);
}
