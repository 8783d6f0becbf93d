import { attempt } from '../deliveries/failures.ts';
import { type Caller, type House, outsideHere } from '../house.ts';
import type { SlackEvent } from '../payloads.ts';
import { PROMPTS } from './agent-prompts.ts';
import { looksAt } from './direct.ts';
import type { Mention } from './mention.ts';

const ABSENT = 'There is no agent view in this workspace: direct messages to the bot work without its suggested prompts.';

/**
 * The agent view: the Messages tab of the app, where a conversation starts with suggested prompts (agent_view), and the older
 * assistant pane (assistant_view). Both are direct messages to the bot; a workspace that has neither loses the prompts alone.
 * Here somebody opened one: app_home_opened with the Messages tab, or a new thread of the pane.
 */
export async function conversationOpened(house: House, caller: Caller, channel: string, thread?: string): Promise<void> {
  if ((await outsideHere(house, caller)) !== undefined) return;
  const under = thread === undefined ? {} : { thread_ts: thread };
  const asked = { channel_id: channel, title: 'Ask about the incident', prompts: PROMPTS, ...under };
  await attempt(house, 'assistant.threads.setSuggestedPrompts', ABSENT, () =>
    house.client.apiCall('assistant.threads.setSuggestedPrompts', asked),
  );
}

/** What somebody has open beside the conversation, in the words of either view. */
export async function contextChanged(house: House, event: SlackEvent, team: string): Promise<void> {
  const { assistant_thread: pane, user = pane?.user_id } = event;
  if (user !== undefined) looksAt(house, { user, team }, channelIn(event));
}

export async function paneOpened(house: House, event: SlackEvent, team: string): Promise<void> {
  const pane = event.assistant_thread;
  if (pane === undefined) return;
  await contextChanged(house, event, team);
  await conversationOpened(house, { user: pane.user_id, team }, pane.channel_id, pane.thread_ts);
}

/** The channel that is open beside, out of either kind of event, or of a message in the agent view. */
export function channelIn({ context, app_context, assistant_thread }: SlackEvent): string | undefined {
  const entities = context?.entities ?? app_context?.entities ?? [];
  const channel = entities.find(({ type, value }) => type === 'slack#/types/channel_id' && typeof value === 'string')?.value;
  return typeof channel === 'string' ? channel : assistant_thread?.context?.channel_id;
}

/** A model may take its time: the conversation says so meanwhile. Slack takes it away with the answer. */
export function working(house: House, { channel, ts, thread }: Mention): void {
  if (!channel.startsWith('D')) return;
  const status = { channel_id: channel, thread_ts: thread ?? ts, status: 'is checking the record…' };
  void attempt({ log: { ...house.log, warn: () => {} } }, 'assistant.threads.setStatus', '', () =>
    house.client.apiCall('assistant.threads.setStatus', status),
  );
}
