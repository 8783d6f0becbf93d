import { z } from 'zod';
import { directMessage, openChannel, visibleChannel } from './conversations.ts';
import { formErrors, type RawState, stateOf } from './elements.ts';
import {
  type Actor,
  blocksOf,
  closing,
  commandFields,
  globalShortcut,
  messageClick,
  messageShortcut,
  submission,
  viewClick,
} from './interactions.ts';
import { isObject, type JsonObject } from './json.ts';
import { Refusal } from './refusal.ts';
import { followSubmission, showCommandReply, taken, Unanswered } from './replies.ts';
import { closeView, findView, type OpenView, viewShape } from './views.ts';
import type { Workspace } from './workspace.ts';

type Act = (w: Workspace, actor: Actor, body: unknown) => Promise<JsonObject>;

const RawValue = z.union([z.null(), z.string(), z.number(), z.array(z.string())]);
const State = z.record(z.string(), z.record(z.string(), RawValue));
const Press = z.object({ block_id: z.string(), action_id: z.string(), value: RawValue, state: State });
const MessageClick = Press.extend({ channel: z.string(), ts: z.string() });
const ViewClick = Press.extend({ view: z.string() });
const Submit = z.object({ view: z.string(), state: State });
const Close = z.object({ view: z.string(), all: z.boolean() });
const SendCommand = z.object({ channel: z.string(), command: z.string(), text: z.string().max(4000) });
const Shortcut = z.object({ callback_id: z.string(), channel: z.string().optional(), ts: z.string().optional() });

async function interact(w: Workspace, payload: JsonObject) {
  return taken(w, await w.line.form({ payload: JSON.stringify(payload) }));
}

const click: Act = async (w, actor, body) => {
  const wanted = MessageClick.parse(body);
  const channel = visibleChannel(w, wanted.channel, actor.person.id);
  const whispered = w.whispers.get(wanted.ts);
  const message = whispered?.person === actor.person.id ? whispered : w.messages.get(channel.id, wanted.ts);
  if (message === undefined) throw new Unanswered('That message is gone, so nothing was done.');
  await interact(w, messageClick(w, actor, channel, message, whispered !== undefined, wanted));
  return {};
};

/** A form or Home of this person. */
function ownView(w: Workspace, actor: Actor, id: string): OpenView {
  const view = findView(w, { view_id: id, external_id: '' });
  if (view.owner !== actor.person.id) throw new Refusal('not_found');
  return view;
}

function openForm(w: Workspace, actor: Actor, id: string): OpenView {
  try {
    return ownView(w, actor, id);
  } catch {
    throw new Unanswered('This form is no longer open, so nothing was sent. Open it again.');
  }
}

const press: Act = async (w, actor, body) => {
  const wanted = ViewClick.parse(body);
  await interact(w, viewClick(w, actor, openForm(w, actor, wanted.view), wanted));
  return {};
};

const submit: Act = async (w, actor, body) => {
  const wanted = Submit.parse(body);
  const view = openForm(w, actor, wanted.view);
  const state = stateOf(w, blocksOf(view), wanted.state as RawState);
  const wrong = formErrors(blocksOf(view), state);
  if (Object.keys(wrong).length > 0) return { errors: wrong };
  const reply = await interact(w, submission(w, actor, view, state));
  const errors = followSubmission(w, actor, view, reply);
  return errors === undefined ? {} : { errors };
};

const close: Act = async (w, actor, body) => {
  const wanted = Close.parse(body);
  const view = openForm(w, actor, wanted.view);
  const closed = closeView(w, view, wanted.all).filter((form) => form.notify_on_close === true);
  // As in Slack, leaving a form never waits for the bot and never fails for want of it.
  for (const form of closed) void w.line.form({ payload: JSON.stringify(closing(w, actor, form, wanted.all)) });
  return {};
};

const command: Act = async (w, actor, body) => {
  const wanted = SendCommand.parse(body);
  const channel = openChannel(w, wanted.channel, actor.person.id);
  if (!w.commands.some((known) => known.command === wanted.command)) {
    const known = w.commands.map((item) => item.command).join(', ');
    throw new Unanswered(
      `There is no command ${wanted.command}. Known here: ${known}. To send it as a message, start with a space.`,
    );
  }
  const reply = taken(w, await w.line.form(commandFields(w, actor, channel, wanted.command, wanted.text)));
  return { answered: showCommandReply(w, actor, channel, reply) };
};

const shortcut: Act = async (w, actor, body) => {
  const { callback_id, channel: id, ts } = Shortcut.parse(body);
  if (!w.shortcuts.some((known) => known.callback_id === callback_id)) throw new Unanswered('This shortcut is no longer offered.');
  if (id === undefined || ts === undefined) {
    await interact(w, globalShortcut(w, actor, callback_id));
    return {};
  }
  const channel = visibleChannel(w, id, actor.person.id);
  const message = w.messages.get(channel.id, ts);
  if (message === undefined) throw new Unanswered('That message is gone, so nothing was done.');
  await interact(w, messageShortcut(w, actor, callback_id, channel, message));
  return {};
};

/** The person looks at the bot's Home or at its messages: the bot is told, and may publish. */
const home: Act = async (w, actor, body) => {
  const { opened } = z.object({ opened: z.enum(['home', 'messages']) }).parse(body);
  const { channel } = directMessage(w, w.team.botUserId, actor.person.id);
  const view = w.homes.get(actor.person.id);
  const shown: JsonObject = isObject(view) && opened === 'home' ? { view: viewShape(view) } : {};
  const event = { type: 'app_home_opened', user: actor.person.id, channel: channel.id, tab: opened, ...shown };
  w.events.emit({ ...event, event_ts: w.messages.nextTs(w.now()) });
  return { channel: channel.id };
};

export const FORM_ACTS: Record<string, Act> = { click, press, submit, close, command, shortcut, home };
