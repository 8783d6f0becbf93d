import type { webApi } from '@slack/bolt';
import type { Claimed } from '../../desk/ports.ts';
import { code } from './failures.ts';

/** How far back a message is looked for, before the moment at which its fate became unknown: leases and wrong clocks are shorter. */
const LOOK_BACK_MS = 15 * 60_000;
const PAGES_MAX = 20;

type Page = { messages?: { ts?: string; metadata?: { event_payload?: object } }[]; response_metadata?: { next_cursor?: string } };

/** Where a message stands that carries `key` in its metadata. Answers in a thread are not in the channel's history. A later checkpoint may have been posted before the first was known to stand. */
export async function search(
  client: webApi.WebClient,
  delivery: Claimed,
  key: string,
  channel: string,
  thread?: string,
): Promise<string | undefined> {
  const oldest = String(Math.max((delivery.uncertainSince ?? 0) - LOOK_BACK_MS, 0) / 1000);
  const common = { channel, oldest, include_all_metadata: true, limit: 200 };
  const top = await pages(key, (cursor) => client.conversations.history({ ...common, ...cursor }));
  if (top !== undefined || thread === undefined) return top;
  return pages(key, (cursor) => client.conversations.replies({ ...common, ts: thread, ...cursor })).catch((error: unknown) => {
    if (code(error) === 'thread_not_found') return undefined;
    throw error;
  });
}

async function pages(key: string, read: (cursor: { cursor?: string }) => Promise<Page>): Promise<string | undefined> {
  let cursor: { cursor?: string } = {};
  for (let page = 0; page < PAGES_MAX; page++) {
    const { messages = [], response_metadata: { next_cursor: next = '' } = {} } = await read(cursor);
    const hit = messages.find(({ metadata: found }) => JSON.stringify(found?.event_payload ?? {}).includes(key));
    if (hit?.ts !== undefined) return hit.ts;
    if (next === '') return undefined;
    cursor = { cursor: next };
  }
  return undefined;
}
