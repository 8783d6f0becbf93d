import type { Claimed, Outcome } from '../../desk/ports.ts';
import type { Log } from '../house.ts';

/** What a failed call to Slack means for the delivery: did not arrive, try again, or nobody knows. */
export const REASONS = {
  unknowable: 'The channel cannot be searched: whether the message arrived, only a person can say.',
} as const;

/** Slack says that some part may have succeeded. */
const AMBIGUOUS = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org']);
const LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

const SENTENCES: Record<string, string> = {
  not_in_channel: 'The bot is not in that channel.',
  channel_not_found: 'That channel is not there, or the bot may not see it.',
  is_archived: 'That channel is archived.',
  missing_scope: 'The app lacks a permission: print the manifest again ("firebreak manifest"), and install it anew.',
  invalid_auth: 'Slack does not accept the token.',
  account_inactive: 'The app was removed from the workspace.',
  token_revoked: 'The token was revoked.',
  msg_too_long: 'The message is too long for Slack.',
};

type SlackFailure = {
  code?: string;
  data?: { error?: string };
  statusCode?: number;
  retryAfter?: number;
  message?: string;
  original?: { cause?: { code?: string } };
};

/** An answer that is no word of Slack's: the page of a proxy, which the SDK hands on as if Slack had said it. */
const NOT_SLACK = 'not_slack';

/** Slack's own error word, or what kind of failure it was. */
export function code(error: unknown): string {
  const { data, statusCode, code: kind, message } = (error ?? {}) as SlackFailure;
  if (data?.error !== undefined) return /^[a-z0-9_]{1,80}$/.test(data.error) ? data.error : NOT_SLACK;
  return statusCode === undefined ? (kind ?? message ?? 'unknown') : `http_${statusCode}`;
}

/** The request never left: no connection, no name, no trust. */
const UNSENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/** A proxy that answers instead of Slack may be gone in a minute; after so many tries it is taken at its word. */
export const TRIES_MAX = 8;

export function outcomeOf(error: unknown, { coalescing, ref, attempt }: Claimed): Outcome {
  const { retryAfter } = (error ?? {}) as SlackFailure;
  const word = code(error);
  if (isRateLimit(error)) return { state: 'later', afterMs: Math.max(retryAfter ?? 1, 1) * 1000, code: 'ratelimited' };
  if (isRefusal(error)) return { state: 'refused', code: word, sentence: SENTENCES[word] ?? `Slack refused it (${word}).` };
  if (/^http_4/.test(word) && attempt >= TRIES_MAX)
    return { state: 'refused', code: word, sentence: `This server does not take it (${word.replace('_', ' ').toUpperCase()}).` };
  if (isUnsent(error) || /^http_4/.test(word)) return { state: 'later', afterMs: pause(attempt), code: word };
  // Editing a known card twice is editing it once.
  return coalescing && ref !== undefined
    ? { state: 'later', afterMs: pause(attempt), code: word }
    : { state: 'uncertain', afterMs: FIRST_LOOK_MS, code: word };
}

/** The first look for something uncertain: soon, because most of it did arrive, and the next card waits for its place. */
const FIRST_LOOK_MS = 5_000;

/** One, two, four seconds, to a minute. */
export const pause = (attempt: number): number => Math.min(60_000, 1_000 * 2 ** Math.min(Math.max(attempt - 1, 0), 6));

export function isRateLimit(error: unknown): boolean {
  const { retryAfter, message = '' } = (error ?? {}) as SlackFailure;
  return retryAfter !== undefined || LIMITED.has(code(error)) || message.startsWith('Retry header did not contain');
}

/** Slack itself said no, and nothing happened. */
export const isRefusal = (error: unknown): boolean =>
  ((error ?? {}) as SlackFailure).data?.error !== undefined &&
  code(error) !== NOT_SLACK &&
  !AMBIGUOUS.has(code(error)) &&
  !isRateLimit(error);

const isUnsent = (error: unknown): boolean => UNSENT.has(((error ?? {}) as SlackFailure).original?.cause?.code ?? '');

/** Asking for something that may be missing here: Slack or the server says no for good, rather than for now. */
export const isLacking = (error: unknown): boolean => isRefusal(error) || /^http_4(?!29)/.test(code(error));

/** A call that may fail, the name of its method, and what its failure costs. */
type Sparing<T> = [parts: { log: Log }, method: string, sentence: string, call: () => Promise<T>];

/** What a server lacks costs one feature and one sentence, never the bot. */
export const attempt = <T>(...sparing: Sparing<T>): Promise<T | undefined> => spare(() => true, ...sparing);

/** The same for what a delivery does beside its message: what is only out of reach for now is thrown, and done later. */
export const optional = <T>(...sparing: Sparing<T>): Promise<T | undefined> => spare(isLacking, ...sparing);

async function spare<T>(
  spared: (error: unknown) => boolean,
  ...[{ log }, method, sentence, call]: Sparing<T>
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (!spared(error)) throw error;
    log.warn({ method, code: code(error) }, sentence);
    return undefined;
  }
}
