import { isObject, type Json, type JsonObject, parseJson, stringOf } from './json.ts';
import { Refusal } from './refusal.ts';

/** The arguments of one Web API call, from a form or from JSON; in forms, structures arrive as JSON texts. */
export class Arguments {
  readonly #fields: JsonObject;

  constructor(fields: JsonObject) {
    this.#fields = fields;
  }

  has(name: string): boolean {
    return this.#fields[name] !== undefined && this.#fields[name] !== null;
  }

  /** A text, or '' when it was not given. */
  text(name: string): string {
    const value = this.#fields[name];
    return typeof value === 'number' || typeof value === 'boolean' ? String(value) : stringOf(value);
  }

  /** A text that must be there. */
  need(name: string): string {
    const value = this.text(name);
    if (value === '') throw Refusal.at('invalid_arguments', [`missing required field: ${name}`]);
    return value;
  }

  optional(name: string): string | undefined {
    return this.has(name) ? this.text(name) : undefined;
  }

  flag(name: string): boolean {
    return ['true', '1'].includes(this.text(name));
  }

  /** A whole number within bounds, or what stands in for it. */
  count(name: string, standard: number, most: number): number {
    const value = this.text(name);
    if (value === '') return standard;
    const count = Number(value);
    if (!Number.isInteger(count) || count < 1) throw new Refusal('invalid_limit');
    return Math.min(count, most);
  }

  list(name: string): string[] {
    const value = this.#fields[name];
    const items = Array.isArray(value) ? value.map(stringOf) : this.text(name).split(',');
    return items.map((item) => item.trim()).filter((item) => item !== '');
  }

  /** A structure; undefined when absent, refused with `error` when it is not JSON. */
  json(name: string, error: string): Json | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null || value === '') return undefined;
    if (typeof value !== 'string') return value;
    const parsed = parseJson(value);
    if (parsed === undefined) throw new Refusal(error);
    return parsed;
  }

  object(name: string, error: string): JsonObject | undefined {
    const value = this.json(name, error);
    if (value !== undefined && !isObject(value)) throw new Refusal(error);
    return value;
  }
}
