import type { Claimed, Outcome } from '../desk/ports.ts';
import type { Log } from './house.ts';

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
  missing_scope: 'The app lacks a permission: run "doctor".',
  invalid_auth: 'Slack does not accept the token.',
  account_inactive: 'The app was removed from the workspace.',
  token_revoked: 'The token was revoked.',
  msg_too_long: 'The message is too long for Slack.',
};

type SlackFailure = { code?: string; data?: { error?: string }; statusCode?: number; retryAfter?: number; message?: string };

/** Slack's own error word, or what kind of failure it was. */
export function code(error: unknown): string {
  const { data, statusCode, code: kind, message } = (error ?? {}) as SlackFailure;
  return data?.error ?? (statusCode === undefined ? (kind ?? message ?? 'unknown') : `http_${statusCode}`);
}

export function outcomeOf(error: unknown, { coalescing, ref }: Claimed): Outcome {
  const { retryAfter } = (error ?? {}) as SlackFailure;
  const word = code(error);
  if (retryAfter !== undefined || LIMITED.has(word))
    return { state: 'later', afterMs: (retryAfter ?? 1) * 1000, code: 'ratelimited' };
  if (isPlatformError(error) && !AMBIGUOUS.has(word))
    return { state: 'refused', code: word, sentence: SENTENCES[word] ?? `Slack refused it (${word}).` };
  if (word === 'http_404') return { state: 'refused', code: word, sentence: 'This server does not know that method.' };
  // Editing a known card twice is editing it once.
  return coalescing && ref !== undefined ? { state: 'later', afterMs: 2000, code: word } : { state: 'uncertain', code: word };
}

const isPlatformError = (error: unknown): boolean => ((error ?? {}) as SlackFailure).data?.error !== undefined;

/** What a server lacks costs one feature and one sentence, never the bot. */
export async function attempt<T>(
  { log }: { log: Log },
  method: string,
  sentence: string,
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    log.warn({ method, code: code(error) }, sentence);
    return undefined;
  }
}
