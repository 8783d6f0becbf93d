import type { Arguments } from './arguments.ts';
import type { JsonObject } from './json.ts';
import type { Workspace } from './workspace.ts';

/** One method of the Web API, called by the bot. Answers without `ok`; refuses by throwing a Refusal. */
export type Method = (w: Workspace, args: Arguments) => JsonObject;

/** Cursor pagination as Slack does it: an opaque cursor, empty on the last page. */
export function page<T>(items: readonly T[], args: Arguments, standard: number, most: number): { items: T[]; next: string } {
  const start = args.text('cursor') === '' ? 0 : Number(Buffer.from(args.text('cursor'), 'base64').toString());
  const from = Number.isInteger(start) && start >= 0 ? start : 0;
  const until = from + args.count('limit', standard, most);
  return { items: items.slice(from, until), next: until < items.length ? Buffer.from(String(until)).toString('base64') : '' };
}
