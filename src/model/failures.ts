import { APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';

/** One honest line for the person: what happened with the model. Never the text of an answer, which may be anything. */
export const REASONS = {
  refused: 'The model refused to answer.',
  truncated: 'The model stopped in the middle of its answer.',
  empty: 'The model answered with nothing.',
  malformed: 'The model answered with something that cannot be read.',
  slow: 'The model did not answer in time.',
  limited: 'The model takes no more requests just now.',
  down: 'The model server has a fault.',
  unreachable: 'The model server could not be reached.',
  moved: 'The model server sent us somewhere else; what we ask goes to the address that was set, and nowhere else.',
  huge: 'The model answered with far too much.',
  tool: 'The model wanted to use a tool instead of answering.',
  denied: 'The model server does not accept the key.',
} as const;

/** What a thrown error means. Anything can be thrown: a proxy's web page ends as a TypeError, cut JSON as a SyntaxError. */
export function reasonOf(error: unknown): string {
  const told = ownReason(error);
  if (told !== undefined) return told;
  if (error instanceof APIUserAbortError || error instanceof APIConnectionTimeoutError) return REASONS.slow;
  if (!(error instanceof APIError)) return REASONS.malformed;
  const { status } = error;
  if (status === undefined) return REASONS.unreachable;
  if (status === 429) return REASONS.limited;
  if (status === 401 || status === 403) return REASONS.denied;
  return status >= 500 ? REASONS.down : `The model server refused the request (HTTP ${status}).`;
}

/** A reason of our own, thrown where an answer was not even worth reading; the SDK wraps what its fetch throws. */
export class Unusable extends Error {}

function ownReason(error: unknown): string | undefined {
  if (error instanceof Unusable) return error.message;
  return error instanceof Error && error.cause instanceof Unusable ? error.cause.message : undefined;
}

/** A server that does not know the responses API, or not with a schema: the older one is tried. */
export const isUnsupported = (error: unknown): boolean =>
  error instanceof APIError && [400, 404, 405, 422, 501].includes(error.status ?? 0);
