import { z } from 'zod';
import { CHANNEL_ACTS } from './channel-acts.ts';
import { NotOffered } from './elements.ts';
import { FORM_ACTS } from './form-acts.ts';
import type { Actor } from './interactions.ts';
import type { JsonObject } from './json.ts';
import { MESSAGE_ACTS } from './message-acts.ts';
import { PREVIEW_ACTS } from './preview-acts.ts';
import { Refusal } from './refusal.ts';
import { Unanswered } from './replies.ts';
import type { Workspace } from './workspace.ts';

/** Something a person does on the page. The answer goes back to the page that asked; everything else comes over the feed. */
export type Act = (w: Workspace, actor: Actor, body: unknown) => Promise<JsonObject> | JsonObject;

const ACTS: ReadonlyMap<string, Act> = new Map(Object.entries({ ...MESSAGE_ACTS, ...CHANNEL_ACTS, ...FORM_ACTS, ...PREVIEW_ACTS }));

/** Slack's words for refusals that a person can meet, as sentences. */
const SENTENCES: Record<string, string> = {
  is_archived: 'This channel is archived: it can be read, but nothing can be added.',
  channel_not_found: 'There is no such channel, or you are not in it.',
  not_in_channel: 'You are not in this channel. Join it first.',
  message_not_found: 'That message is gone.',
  name_taken: 'There is already a channel of that name, perhaps an archived one. Choose another name.',
  invalid_name_specials: 'A channel name has lower-case letters, digits, hyphens and underscores only.',
  invalid_name_punctuation: 'A channel name needs at least one letter or digit.',
  invalid_name_required: 'Please give the channel a name.',
  invalid_name_maxlength: 'A channel name has at most 80 characters.',
  already_reacted: 'You have already reacted with that.',
  no_reaction: 'You had not reacted with that.',
  already_pinned: 'This is already pinned.',
  no_pin: 'This is not pinned.',
  too_many_pins: 'This channel has 100 pins already. Take one away first.',
  push_limit_reached: 'Too many forms are open on top of each other. Close one first.',
  already_in_channel: 'They are already in this channel.',
};

/** Runs one act of a signed-in person. What goes wrong comes back as one sentence and loses nothing that was typed. */
export async function runAct(w: Workspace, actor: Actor, name: string, body: unknown): Promise<JsonObject> {
  const act = ACTS.get(name);
  if (act === undefined)
    return { ok: false, error: `This page asked for something the room does not know (${name}). Load it again.` };
  try {
    return { ok: true, ...(await act(w, actor, body)) };
  } catch (error) {
    return { ok: false, error: sentence(w, error) };
  }
}

function sentence(w: Workspace, error: unknown): string {
  if (error instanceof Unanswered || error instanceof NotOffered) return error.message;
  if (error instanceof z.ZodError)
    return 'The page sent something the room cannot read. Load the page again and repeat what you did.';
  if (!(error instanceof Refusal)) throw error;
  const bot = w.people.get(w.team.botUserId)?.realName ?? 'The bot';
  return (
    SENTENCES[error.error] ?? `${bot} answered with something that cannot be shown (${error.error}). Look before you try again.`
  );
}
