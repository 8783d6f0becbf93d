import { withIds } from './block-ids.ts';
import { filler, slackId } from './ids.ts';
import { isObject, type Json, type JsonObject, listOf, stringOf } from './json.ts';
import { figure } from './limits.ts';
import { Refusal } from './refusal.ts';
import { checkView } from './validation.ts';
import { seconds, type Workspace } from './workspace.ts';

/**
 * An open form or a published Home, as Slack shows it, and beside it what Slack does not show: whose it is and in which tab.
 * Kept on the shelf, so that a form in which somebody is typing survives a restart.
 */
export type OpenView = JsonObject;

/** The forms of one person in one tab, the lowest first. */
export function stack(w: Workspace, person: string, tab: string): OpenView[] {
  return w.views.all().filter((view) => view.owner === person && view.tab === tab);
}

/** The view as Slack shows it. */
export function viewShape({ owner: _owner, tab: _tab, ...view }: OpenView): JsonObject {
  return view;
}

/** Shows the forms of one tab anew. */
export function showStack(w: Workspace, person: string, tab: string): void {
  w.feed.publish([person], { type: 'views', tab, stack: stack(w, person, tab).map(viewShape) });
}

function dressed(w: Workspace, source: JsonObject, fixed: JsonObject): OpenView {
  const blocks = withIds(listOf(source.blocks).filter(isObject), w.random);
  return {
    ...{ private_metadata: '', callback_id: '', external_id: '', clear_on_close: false, notify_on_close: false },
    ...{ title: null, submit: null, close: null, previous_view_id: null, root_view_id: fixed.id ?? null },
    ...source,
    ...{ blocks, team_id: w.team.id, app_id: w.team.appId, app_installed_team_id: w.team.id, bot_id: w.team.botId },
    ...{ state: { values: {} }, hash: `${seconds(w)}.${filler(w.random, 4)}` },
    ...fixed,
  };
}

function checkExternalId(w: Workspace, view: JsonObject, except?: Json): void {
  const id = stringOf(view.external_id);
  if (id === '') return;
  if (w.views.all().some((open) => open.external_id === id && open.id !== except)) throw new Refusal('duplicate_external_id');
}

/** Opens a first form, or (with a trigger from inside a form) puts one on top of it. */
export function openView(w: Workspace, source: Json, triggerId: string): OpenView {
  const view = checkView(source, 'modal');
  checkExternalId(w, view);
  const { person, tab } = w.triggers.exchange(triggerId);
  for (const old of stack(w, person, tab)) w.views.delete(stringOf(old.id));
  return put(w, view, person, tab, undefined);
}

export function pushView(w: Workspace, source: Json, triggerId: string): OpenView {
  const view = checkView(source, 'modal');
  checkExternalId(w, view);
  const { person, tab } = w.triggers.exchange(triggerId);
  return pushOnto(w, view, person, tab);
}

/** Puts a checked form on top of the stack of a tab. */
export function pushOnto(w: Workspace, view: JsonObject, person: string, tab: string): OpenView {
  const below = stack(w, person, tab);
  if (below.length >= figure('views.push', 'views in a stack').max) throw new Refusal('push_limit_reached');
  return put(w, view, person, tab, below.at(-1));
}

function put(w: Workspace, view: JsonObject, person: string, tab: string, below: OpenView | undefined): OpenView {
  const id = slackId('V', w.random);
  const links: JsonObject =
    below === undefined ? {} : { previous_view_id: below.id ?? null, root_view_id: below.root_view_id ?? null };
  const open = w.views.put(id, dressed(w, view, { id, owner: person, tab, ...links }));
  showStack(w, person, tab);
  return open;
}

/** Finds an open form or a published Home by its id or the app's own id for it. */
export function findView(w: Workspace, by: { view_id: string; external_id: string }): OpenView {
  const all = [...w.views.all(), ...w.homes.all()];
  const found = all.find((view) =>
    by.view_id !== '' ? view.id === by.view_id : by.external_id !== '' && view.external_id === by.external_id,
  );
  if (found === undefined) throw new Refusal('not_found');
  return found;
}

/** Replaces a form where it is. A wrong `hash` means that somebody else was faster. */
export function updateView(w: Workspace, old: OpenView, source: Json, hash: string | undefined): OpenView {
  if (hash !== undefined && hash !== old.hash) throw new Refusal('hash_conflict');
  const type = old.type === 'home' ? 'home' : 'modal';
  const view = checkView(source, type);
  checkExternalId(w, view, old.id);
  const { id = '', owner = '', tab = '', previous_view_id = null, root_view_id = null } = old;
  const changed = dressed(w, view, { id, owner, tab, previous_view_id, root_view_id });
  if (type === 'home') return putHome(w, stringOf(owner), changed);
  w.views.put(stringOf(id), changed);
  showStack(w, stringOf(owner), stringOf(tab));
  return changed;
}

/** Publishes a person's Home. */
export function publishHome(w: Workspace, person: string, source: Json, hash: string | undefined): OpenView {
  const view = checkView(source, 'home');
  const old = w.homes.get(person);
  if (hash !== undefined && hash !== old?.hash) throw new Refusal('hash_conflict');
  return putHome(w, person, dressed(w, view, { id: old?.id ?? slackId('V', w.random), owner: person, tab: '' }));
}

function putHome(w: Workspace, person: string, view: OpenView): OpenView {
  w.homes.put(person, view);
  w.feed.publish([person], { type: 'home', view: viewShape(view) });
  return view;
}

/** Closes one form, or all of a tab. */
export function closeView(w: Workspace, view: OpenView, all = false): OpenView[] {
  const [owner, tab] = [stringOf(view.owner), stringOf(view.tab)];
  const closed = all ? stack(w, owner, tab) : [view];
  for (const { id } of closed) w.views.delete(stringOf(id));
  showStack(w, owner, tab);
  return closed;
}
