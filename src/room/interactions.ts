import { elementsOf } from './block-ids.ts';
import { heldBy, NotOffered, type Raw, type RawState, stateOf } from './elements.ts';
import { isObject, type JsonObject } from './json.ts';
import type { Message } from './message-book.ts';
import { messageShape } from './shapes.ts';
import { type OpenView, viewShape } from './views.ts';
import type { Channel, Person, Workspace } from './workspace.ts';

/** Who acts, and in which browser tab: forms open there. */
export type Actor = { person: Person; tab: string };

export type Click = { block_id: string; action_id: string; value: Raw; state: RawState };

/** The fields that all of Slack's interaction payloads share. */
function common(w: Workspace, { person, tab }: Actor): JsonObject {
  const { id, domain, appId } = w.team;
  return {
    user: { id: person.id, username: person.name, name: person.name, team_id: id },
    api_app_id: appId,
    token: 'room',
    team: { id, domain },
    enterprise: null,
    is_enterprise_install: false,
    trigger_id: w.triggers.issue(person.id, tab),
  };
}

/** Slack does not name private channels and direct messages in payloads. */
export function channelName(channel: Channel): string {
  return channel.kind === 'im' ? 'directmessage' : channel.kind === 'private' ? 'privategroup' : channel.name;
}

function actionOf(w: Workspace, blocks: readonly JsonObject[], click: Click): JsonObject {
  const found = elementsOf(blocks).find(
    ({ block, element }) => block.block_id === click.block_id && element.action_id === click.action_id,
  );
  if (found === undefined)
    throw new NotOffered('This was changed in the meantime and no longer has that button. Look again before you choose.');
  const { element } = found;
  const base: JsonObject = {
    type: element.type ?? '',
    action_id: click.action_id,
    block_id: click.block_id,
    action_ts: w.messages.nextTs(w.now()),
  };
  if (element.type !== 'button') return { ...base, ...heldBy(w, element, click.value) };
  return { ...base, text: element.text ?? null, ...(typeof element.value === 'string' ? { value: element.value } : {}) };
}

/** A click on a message, whether everybody sees it or only one person. */
export function messageClick(
  w: Workspace,
  actor: Actor,
  channel: Channel,
  message: Message,
  ephemeral: boolean,
  click: Click,
): JsonObject {
  const blocks = message.blocks ?? [];
  const action = actionOf(w, blocks, click);
  const container: JsonObject = { type: 'message', message_ts: message.ts, channel_id: channel.id, is_ephemeral: ephemeral };
  if (message.thread_ts !== undefined) container.thread_ts = message.thread_ts;
  return {
    type: 'block_actions',
    ...common(w, actor),
    container,
    channel: { id: channel.id, name: channelName(channel) },
    ...(ephemeral ? {} : { message: messageShape(w, message) }),
    state: stateOf(w, blocks, click.state),
    response_url: responseUrl(w, actor, channel, message, ephemeral),
    actions: [action],
  };
}

function responseUrl(w: Workspace, { person }: Actor, channel: Channel, message: Message, ephemeral: boolean): string {
  const thread = message.thread_ts === undefined ? {} : { thread_ts: message.thread_ts };
  const place = { channel: channel.id, person: person.id, message: message.ts, ephemeral, ...thread };
  return w.base + w.answers.issue(place, w.team.id);
}

/** A click in a form or on the Home. */
export function viewClick(w: Workspace, actor: Actor, view: OpenView, click: Click): JsonObject {
  const blocks = blocksOf(view);
  const action = actionOf(w, blocks, click);
  return {
    type: 'block_actions',
    ...common(w, actor),
    container: { type: 'view', view_id: view.id ?? '' },
    view: { ...viewShape(view), state: stateOf(w, blocks, click.state) },
    actions: [action],
  };
}

export function blocksOf(view: OpenView): JsonObject[] {
  return Array.isArray(view.blocks) ? view.blocks.filter(isObject) : [];
}

export function submission(w: Workspace, actor: Actor, view: OpenView, state: JsonObject): JsonObject {
  return { type: 'view_submission', ...common(w, actor), view: { ...viewShape(view), state }, response_urls: [] };
}

export function closing(w: Workspace, actor: Actor, view: OpenView, isCleared: boolean): JsonObject {
  const { trigger_id: _, ...rest } = common(w, actor);
  return { type: 'view_closed', ...rest, view: viewShape(view), is_cleared: isCleared };
}

export function globalShortcut(w: Workspace, actor: Actor, callbackId: string): JsonObject {
  return { type: 'shortcut', ...common(w, actor), callback_id: callbackId, action_ts: w.messages.nextTs(w.now()) };
}

export function messageShortcut(w: Workspace, actor: Actor, callbackId: string, channel: Channel, message: Message): JsonObject {
  return {
    type: 'message_action',
    ...common(w, actor),
    callback_id: callbackId,
    action_ts: w.messages.nextTs(w.now()),
    message_ts: message.ts,
    channel: { id: channel.id, name: channelName(channel) },
    message: messageShape(w, message),
    response_url: responseUrl(w, actor, channel, message, false),
  };
}

/** A slash command's form fields. */
export function commandFields(
  w: Workspace,
  { person, tab }: Actor,
  channel: Channel,
  command: string,
  text: string,
): Record<string, string> {
  return {
    token: 'room',
    team_id: w.team.id,
    team_domain: w.team.domain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: w.team.appId,
    is_enterprise_install: 'false',
    response_url: w.base + w.answers.issue({ channel: channel.id, person: person.id }, w.team.id),
    trigger_id: w.triggers.issue(person.id, tab),
  };
}
