import type { Answer, Click } from './click.ts';
import { attempt } from './deliveries/failures.ts';
import { messageAt } from './keeping/messages.ts';
import { safe } from './mrkdwn.ts';
import { heard } from './talk/mentions.ts';

/** Slack waits three seconds for the click; whatever a model may still say comes later. */
const CLICK_MS = 1_000;

/** Somebody chose the incident that a direct message is about: the same words are read for it, and the thread is about it from now on. */
export async function picked({ house, view, step: ts, extra: thread, caller, payload }: Click): Promise<Answer> {
  const channel = payload.channel?.id ?? '';
  const found = await messageAt(house, channel, ts);
  if (found === undefined || found.user !== caller.user)
    return { say: 'That message is not there any more. Nothing was recorded; please write it again.' };
  const done = heard(house, { channel, ts, thread, text: found.text, caller }, view);
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, CLICK_MS);
  await Promise.race([done, late.promise]).finally(() => clearTimeout(timer));
  done.catch((error: unknown) => house.log.error({ error }, 'a direct message could not be answered'));
  void settle(house, channel, payload.message?.ts, view.incident.title);
  return undefined;
}

async function settle(house: Click['house'], channel: string, ts: string | undefined, title: string): Promise<void> {
  if (ts === undefined) return;
  const text = `About *${safe(title)}*, as everything in this thread.`;
  await attempt(house, 'chat.update', 'the menu of incidents still stands', () =>
    house.client.chat.update({ channel, ts, text, blocks: [{ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } }] }),
  );
}
