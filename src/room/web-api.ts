import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Arguments } from './arguments.ts';
import { ASSISTANT_METHODS } from './assistant-methods.ts';
import { CHAT_METHODS } from './chat-methods.ts';
import { CONVERSATION_METHODS } from './conversation-methods.ts';
import { FILE_METHODS } from './file-methods.ts';
import { readFields, sendJson, TooLarge } from './http.ts';
import { digest } from './ids.ts';
import { ITEM_METHODS } from './item-methods.ts';
import { type JsonObject, stringOf } from './json.ts';
import type { Method } from './method.ts';
import type { Rates } from './rates.ts';
import { Refusal } from './refusal.ts';
import { TEAM_METHODS } from './team-methods.ts';
import type { Workspace } from './workspace.ts';

export const METHODS: ReadonlyMap<string, Method> = new Map(
  Object.entries({
    ...TEAM_METHODS,
    ...CHAT_METHODS,
    ...CONVERSATION_METHODS,
    ...ITEM_METHODS,
    ...FILE_METHODS,
    ...ASSISTANT_METHODS,
  }),
);

/** The scopes the bot's token has here: all that the room's methods would need in Slack. */
const SCOPES =
  'app_mentions:read,assistant:write,bookmarks:read,bookmarks:write,channels:history,channels:join,channels:manage,channels:read,chat:write,commands,files:read,files:write,groups:history,groups:read,groups:write,im:history,im:read,im:write,metadata.message:read,pins:read,pins:write,reactions:read,reactions:write,team:read,users:read';

/** Slack takes request bodies of some megabytes; the room takes four. */
const BODY_MOST = 4_000_000;

/** The token of a call: in the Authorization header, or as a field. */
export function bearer(request: IncomingMessage): string {
  return /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
}

/** Compares digests, so that neither length nor content can be guessed by timing. */
export function same(given: string, expected: string): boolean {
  return timingSafeEqual(Buffer.from(digest(given)), Buffer.from(digest(expected)));
}

/** `POST /api/METHOD`: the bot's side of Slack. `rates` is absent when rate limits are switched off. */
export async function answerApi(
  w: Workspace,
  botToken: string,
  rates: Rates | undefined,
  request: IncomingMessage,
  response: ServerResponse,
  name: string,
): Promise<void> {
  try {
    const fields = await readFields(request, BODY_MOST);
    const token = bearer(request) || stringOf(fields.token);
    const method = METHODS.get(name);
    if (method === undefined) return sendJson(response, 200, { ok: false, error: 'unknown_method', req_method: name });
    if (token === '') throw new Refusal('not_authed');
    if (!same(token, botToken)) throw new Refusal('invalid_auth');
    const wait = rates?.take(name, stringOf(fields.channel)) ?? 0;
    if (wait > 0) return sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(wait) });
    sendJson(response, 200, { ok: true, ...method(w, new Arguments(fields)) }, { 'x-oauth-scopes': SCOPES });
  } catch (error) {
    sendJson(response, 200, refusal(error));
  }
}

function refusal(error: unknown): JsonObject {
  if (error instanceof Refusal) return { ok: false, error: error.error, ...error.detail };
  if (error instanceof TooLarge) return { ok: false, error: 'request_too_large' };
  throw error;
}
