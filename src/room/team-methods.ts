import type { Arguments } from './arguments.ts';
import { channelsFor } from './conversations.ts';
import { type Method, page } from './method.ts';
import { Refusal } from './refusal.ts';
import { channelShape, personShape } from './shapes.ts';
import { findView, openView, publishHome, pushView, updateView, viewShape } from './views.ts';
import { isMember } from './workspace.ts';

const authTest: Method = (w) => ({
  url: `${w.base}/`,
  team: w.team.name,
  user: w.people.get(w.team.botUserId)?.name ?? '',
  team_id: w.team.id,
  user_id: w.team.botUserId,
  bot_id: w.team.botId,
  is_enterprise_install: false,
});

const userInfo: Method = (w, args) => {
  const person = w.people.get(args.need('user'));
  if (person === undefined) throw new Refusal('user_not_found');
  return { user: personShape(w, person) };
};

const userList: Method = (w, args) => {
  const { items, next } = page(w.people.all(), args, 1000, 1000);
  const now = Math.floor(w.now() / 1000);
  return { members: items.map((person) => personShape(w, person)), cache_ts: now, response_metadata: { next_cursor: next } };
};

const userConversations: Method = (w, args) => {
  const user = args.optional('user') ?? w.team.botUserId;
  if (!w.people.has(user)) throw new Refusal('user_not_found');
  const types = args.has('types') ? args.list('types') : ['public_channel'];
  const found = channelsFor(w, w.team.botUserId)
    .filter(
      (channel) => isMember(channel, user) && types.some((type) => type === channel.kind || type === `${channel.kind}_channel`),
    )
    .filter((channel) => !(args.flag('exclude_archived') && channel.archived));
  const { items, next } = page(found, args, 100, 999);
  return { channels: items.map((channel) => channelShape(w, channel, user)), response_metadata: { next_cursor: next } };
};

const teamInfo: Method = (w) => ({
  team: {
    id: w.team.id,
    name: w.team.name,
    domain: w.team.domain,
    email_domain: '',
    icon: { image_default: true },
    url: `${w.base}/`,
  },
});

const botInfo: Method = (w, args) => {
  if (args.has('bot') && args.text('bot') !== w.team.botId) throw new Refusal('bot_not_found');
  const name = w.people.get(w.team.botUserId)?.realName ?? '';
  return {
    bot: { id: w.team.botId, deleted: false, name, app_id: w.team.appId, user_id: w.team.botUserId, updated: 0, icons: {} },
  };
};

const source = (args: Arguments) => args.json('view', 'invalid_arguments') ?? null;

const viewsUpdate: Method = (w, args) => {
  const old = findView(w, { view_id: args.text('view_id'), external_id: args.text('external_id') });
  return { view: viewShape(updateView(w, old, source(args), args.optional('hash'))) };
};

const viewsPublish: Method = (w, args) => {
  const user = args.need('user_id');
  if (!w.people.has(user) || user === w.team.botUserId) throw new Refusal('user_not_found');
  return { view: viewShape(publishHome(w, user, source(args), args.optional('hash'))) };
};

export const TEAM_METHODS: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': userInfo,
  'users.list': userList,
  'users.conversations': userConversations,
  'team.info': teamInfo,
  'bots.info': botInfo,
  'apps.connections.open': () => {
    throw new Refusal('not_allowed_token_type');
  },
  'views.open': (w, args) => ({ view: viewShape(openView(w, source(args), args.need('trigger_id'))) }),
  'views.push': (w, args) => ({ view: viewShape(pushView(w, source(args), args.need('trigger_id'))) }),
  'views.update': viewsUpdate,
  'views.publish': viewsPublish,
};
