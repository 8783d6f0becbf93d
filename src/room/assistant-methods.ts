import type { Arguments } from './arguments.ts';
import { isObject, type Json, stringOf } from './json.ts';
import type { Method } from './method.ts';
import { Refusal } from './refusal.ts';
import type { Channel, Workspace } from './workspace.ts';

/**
 * The agent view: a conversation with the bot is its direct message, with prompts to choose from above the line to write in. Nothing of
 * it is kept: the bot is told whenever the conversation is opened, and says its prompts again.
 */
const PROMPTS_MOST = 4;

const setSuggestedPrompts: Method = (w, args) => {
  const { channel, person } = conversation(w, args);
  const given = args.json('prompts', 'invalid_arguments');
  if (!Array.isArray(given) || given.length === 0 || given.length > PROMPTS_MOST || !given.every(isPrompt))
    throw new Refusal('invalid_arguments');
  const prompts = given.filter(isObject).map(({ title, message }) => ({ title: stringOf(title), message: stringOf(message) }));
  w.feed.publish([person], { type: 'prompts', channel: channel.id, title: args.text('title'), prompts });
  return {};
};

const isPrompt = (value: Json): boolean => isObject(value) && stringOf(value.title) !== '' && stringOf(value.message) !== '';

/** Slack shows it until the next message; here answers come at once. */
const setStatus: Method = (w, args) => {
  conversation(w, args);
  args.need('thread_ts');
  return {};
};

const setTitle: Method = (w, args) => {
  conversation(w, args);
  args.need('thread_ts');
  args.need('title');
  return {};
};

/** The direct message between the bot and one person; anything else is no conversation. */
function conversation(w: Workspace, args: Arguments): { channel: Channel; person: string } {
  const channel = w.channels.get(args.need('channel_id'));
  const person = channel?.members.find((member) => member !== w.team.botUserId);
  if (channel?.kind !== 'im' || person === undefined || !channel.members.includes(w.team.botUserId))
    throw new Refusal('channel_not_found');
  return { channel, person };
}

export const ASSISTANT_METHODS: Record<string, Method> = {
  'assistant.threads.setSuggestedPrompts': setSuggestedPrompts,
  'assistant.threads.setStatus': setStatus,
  'assistant.threads.setTitle': setTitle,
};
