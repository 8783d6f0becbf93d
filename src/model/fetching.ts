import { REASONS, Unusable } from './failures.ts';

/** Bytes of an answer: a whole notice in JSON is a hundredth of it. */
const ANSWER_MAX = 2_000_000;

/**
 * Fetch for the model server: what we ask holds facts of a client, so it follows no redirect to another address; and an answer is read
 * only so far. @throws Unusable with the reason.
 */
export const guardedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, { ...init, redirect: 'manual' });
  if (response.status >= 300 && response.status < 400) {
    await response.body?.cancel();
    throw new Unusable(REASONS.moved);
  }
  const bytes = response.body === null ? new Uint8Array() : await read(response.body);
  return new Response(bytes, { status: response.status, statusText: response.statusText, headers: response.headers });
};

async function read(body: ReadableStream<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.length;
    if (size > ANSWER_MAX) throw new Unusable(REASONS.huge);
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
