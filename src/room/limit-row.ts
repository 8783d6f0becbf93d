export type Rule =
  /** length of a string or text object in code points: [least, most] */
  | 'characters'
  /** length of a list: [least, most] */
  | 'items'
  /** size as JSON in bytes */
  | 'bytes'
  | 'required'
  /** at least one of these fields */
  | 'one of'
  /** a text object of this type, or either */
  | 'text'
  | 'plain text'
  /** an object, or each item of a list, has one of these types, and is checked as that */
  | 'types'
  /** an object, or each item of a list, is checked as this part */
  | 'part'
  | 'values'
  | 'pattern'
  /** these fields and no others */
  | 'fields'
  /** rules over a whole message or view */
  | 'sum of text'
  | 'sum of markdown'
  | 'tables'
  | 'unique block_id'
  | 'unique action_id'
  | 'unique values'
  /** one of the options that the element itself offers */
  | 'offered'
  | 'submit for inputs'
  /** figures that a method enforces itself */
  | 'count'
  | 'truncated'
  | 'milliseconds';

export type Limit = { on: string; field: string; rule: Rule; min: number; max: number; of: readonly string[]; error: string };

/** The name of the test that proves a row. */
export function proof({ on, field, rule, min, max, of }: Limit): string {
  const range = max === Infinity ? (min > 0 ? ` at least ${min}` : '') : min > 0 ? ` ${min} to ${max}` : ` ${max}`;
  const kinds = of.length === 0 ? '' : rule === 'fields' || of.length > 6 ? ` (${of.length})` : ` ${of.join(', ')}`;
  return `${on} ${field}: ${rule}${range}${kinds}`.replace('  ', ' ');
}

type Bound = number | [number, number] | readonly string[] | undefined;

/** One row: the bound is a most, a least and a most, or a list of names. */
export function limit(on: string, field: string, rule: Rule, bound?: Bound, error = 'invalid_blocks'): Limit {
  if (typeof bound === 'number') return { on, field, rule, min: 0, max: bound, of: [], error };
  if (bound === undefined) return { on, field, rule, min: 0, max: Infinity, of: [], error };
  const [min, max] = bound;
  if (typeof min === 'number' && typeof max === 'number') return { on, field, rule, min, max, of: [], error };
  return { on, field, rule, min: 0, max: Infinity, of: bound.filter((item) => typeof item === 'string'), error };
}

/** Rows shared by every interactive element: the length of its id and of its confirmation. */
export function element(type: string, fields: readonly string[]): Limit[] {
  return [limit(type, 'action_id', 'characters', [1, 255]), limit(type, 'fields', 'fields', fields)];
}

export function typed(type: string, fields: readonly string[]): Limit[] {
  return [
    ...element(type, ['type', 'action_id', 'placeholder', 'focus_on_load', ...fields]),
    limit(type, 'placeholder', 'plain text'),
    limit(type, 'placeholder', 'characters', [1, 150]),
  ];
}

export function select(type: string, fields: readonly string[]): Limit[] {
  return [...typed(type, ['confirm', ...fields]), limit(type, 'confirm', 'part', ['confirm'])];
}

export function block(type: string, fields: readonly string[]): Limit[] {
  return [limit(type, 'block_id', 'characters', [1, 255]), limit(type, 'fields', 'fields', ['type', 'block_id', ...fields])];
}
