/**
 * RFC 8785 canonical JSON, for what a record line may hold: objects with ASCII keys, arrays, strings, integers and booleans.
 * Floats, null, -0 and lone surrogates are refused: two writers could spell them differently.
 */
export type Plain = string | number | boolean | Plain[] | { [key: string]: Plain };

/** @throws TypeError where the value cannot be spelled in one way only. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) throw new TypeError(`${String(value)} has no place in a record`);
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${quoted(ascii(key))}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}

/** Whether a line is exactly the canonical spelling of what it says. */
export function isCanonical(line: string): boolean {
  try {
    return canonical(JSON.parse(line)) === line;
  } catch {
    return false;
  }
}

const SURROGATE = /[\ud800-\udfff]/;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

function quoted(text: string): string {
  if (SURROGATE.test(text) && LONE.test(text)) throw new TypeError('a lone surrogate is not text');
  return JSON.stringify(text);
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new TypeError(`${value} is not a safe integer`);
  return String(value);
}

function ascii(key: string): string {
  // UTF-16 and code point order differ above ASCII: other languages would sort such keys elsewhere.
  if (!/^[\x21-\x7e]*$/.test(key)) throw new TypeError('object keys are ASCII');
  return key;
}
