import type { Answer } from './answers.ts';
import { withIds } from './block-ids.ts';
import type { BotFailure, BotReply } from './bot-line.ts';
import type { Actor } from './interactions.ts';
import { isObject, type JsonObject, parseJson, stringOf } from './json.ts';
import { change, post, remove, whisper } from './messages.ts';
import { checkBlocks, checkView } from './validation.ts';
import { closeView, type OpenView, pushOnto, updateView } from './views.ts';
import type { Channel, Workspace } from './workspace.ts';

/** The bot did not do what a person asked for. The message is the sentence for that person. */
export class Unanswered extends Error {}

/** The bot's answer, if it took the request; otherwise a sentence about what that means. */
export function taken(w: Workspace, reply: BotReply | BotFailure): BotReply {
  const name = w.people.get(w.team.botUserId)?.realName ?? 'The bot';
  if ('failure' in reply && reply.failure === 'connection_failed') {
    throw new Unanswered(`${name} is not running, so nothing was done. Start it again, then try once more.`);
  }
  if ('failure' in reply) {
    throw new Unanswered(`${name} did not answer within 3 seconds. It may still be working on it: look before you try again.`);
  }
  if (reply.status < 200 || reply.status > 299) {
    throw new Unanswered(
      `${name} answered with an error (${reply.status}), so this may not have been done. Look before you try again.`,
    );
  }
  return reply;
}

function objectOf(reply: BotReply): JsonObject | undefined {
  const body = reply.body.trim();
  const parsed = body.startsWith('{') ? parseJson(body) : undefined;
  return isObject(parsed) ? parsed : undefined;
}

/** What the bot answered to a slash command: nothing, a text for the person, or a message for all. True if anything was shown. */
export function showCommandReply(w: Workspace, actor: Actor, channel: Channel, reply: BotReply): boolean {
  const body = reply.body.trim();
  if (body === '') return false;
  return say(w, { channel: channel.id, person: actor.person.id, left: 0, expires: 0 }, objectOf(reply) ?? { text: body });
}

/** A message in answer to an act: to everybody if it says so, otherwise to the person alone. */
export function say(w: Workspace, answer: Answer, body: JsonObject): boolean {
  const channel = w.channels.get(answer.channel);
  if (channel === undefined) return false;
  const blocks = Array.isArray(body.blocks) ? withIds(checkBlocks(body.blocks), w.random) : undefined;
  const text = stringOf(body.text);
  if (text === '' && blocks === undefined) return false;
  const thread = stringOf(body.thread_ts) || answer.thread_ts;
  const content = { user: w.team.botUserId, text, ...(blocks === undefined ? {} : { blocks }) };
  const draft = thread === undefined ? content : { ...content, thread_ts: thread };
  if (body.response_type === 'in_channel') post(w, channel, draft);
  else whisper(w, channel, answer.person, draft);
  return true;
}

/** A message posted to a response_url: new, or in the place of the message that was acted on. */
export function answerByUrl(w: Workspace, answer: Answer, body: JsonObject): void {
  const channel = w.channels.get(answer.channel);
  const replaces = answer.message !== undefined && (body.replace_original === true || body.delete_original === true);
  if (channel === undefined || !replaces || answer.message === undefined) {
    say(w, answer, body);
    return;
  }
  if (answer.ephemeral === true) {
    replaceWhisper(w, answer, answer.message, body);
    return;
  }
  const message = w.messages.get(channel.id, answer.message);
  if (message === undefined) return;
  if (body.delete_original === true) {
    remove(w, channel, message);
    return;
  }
  const blocks = Array.isArray(body.blocks) ? { blocks: withIds(checkBlocks(body.blocks), w.random) } : {};
  change(w, channel, message, { text: stringOf(body.text), ...blocks, user: w.team.botUserId });
}

function replaceWhisper(w: Workspace, answer: Answer, ts: string, body: JsonObject): void {
  const old = w.whispers.get(ts);
  if (body.delete_original === true) {
    w.whispers.delete(ts);
    w.feed.publish([answer.person], { type: 'gone', channel: answer.channel, ts });
    return;
  }
  const channel = w.channels.get(answer.channel);
  if (channel === undefined) return;
  const blocks = Array.isArray(body.blocks) ? { blocks: withIds(checkBlocks(body.blocks), w.random) } : {};
  const thread = old?.thread_ts === undefined ? {} : { thread_ts: old.thread_ts };
  whisper(w, channel, answer.person, { user: w.team.botUserId, text: stringOf(body.text), ...blocks, ...thread }, ts);
}

/** What follows a submitted form: errors stay in it; otherwise it is closed, replaced, covered, or all are cleared. */
export function followSubmission(w: Workspace, actor: Actor, view: OpenView, reply: BotReply): Record<string, string> | undefined {
  const body = objectOf(reply);
  const action = body?.response_action;
  if (action === 'errors' && isObject(body?.errors)) {
    return Object.fromEntries(Object.entries(body.errors).map(([block, text]) => [block, stringOf(text)]));
  }
  if (action === 'update') updateView(w, view, body?.view ?? null, undefined);
  else if (action === 'push') pushOnto(w, checkView(body?.view ?? null, 'modal'), actor.person.id, actor.tab);
  else closeView(w, view, action === 'clear');
  return undefined;
}
