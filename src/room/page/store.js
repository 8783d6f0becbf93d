import { act } from './wire.js';

/** What this page knows. Changed only by what the room says. */
export const store = {
  me: '',
  team: { bot: '' },
  people: new Map(),
  channels: new Map(),
  /** channel -> ts -> message */
  messages: new Map(),
  /** channels whose older messages are all here */
  complete: new Set(),
  home: null,
  views: [],
  commands: [],
  shortcuts: [],
  doors: [],
  /** How many events the bot has not taken. */
  waiting: 0,
  place: { kind: 'landing' },
  /** Until when a channel that this person is added to is what a door led to. */
  doorOpened: 0,
};

export function takeState(state) {
  Object.assign(store, {
    me: state.me,
    team: state.team,
    people: new Map(state.people.map((person) => [person.id, person])),
    channels: new Map(state.channels.map((channel) => [channel.id, channel])),
    home: state.home,
    views: state.views,
    commands: state.commands,
    shortcuts: state.shortcuts,
    doors: state.doors,
    waiting: state.waiting,
  });
}

export function messagesOf(channel) {
  if (!store.messages.has(channel)) store.messages.set(channel, new Map());
  return store.messages.get(channel);
}

export function personName(id) {
  const person = store.people.get(id);
  return person?.real_name ?? id;
}

export const isBot = (id) => id === store.team.bot;

/** The channel as people call it: #name, or the other person of a direct message. */
export function channelTitle(channel) {
  if (channel === undefined) return '';
  if (channel.is_im) return channel.user === store.me ? `${personName(channel.user)} (you)` : personName(channel.user);
  return channel.name;
}

export const isReply = (message) => message.thread_ts !== undefined && message.thread_ts !== message.ts;

/** Messages of a channel as its main pane shows them. */
export function topLevel(channel) {
  return [...messagesOf(channel).values()].filter((message) => !isReply(message) || message.broadcast).sort(byTime);
}

export function threadOf(channel, ts) {
  return [...messagesOf(channel).values()].filter((message) => message.ts === ts || message.thread_ts === ts).sort(byTime);
}

function byTime(a, b) {
  return Number(a.ts) - Number(b.ts);
}

/** Says that everything in a channel was seen, once for each new last message. */
export function markRead(channelId) {
  const channel = store.channels.get(channelId);
  const last = topLevel(channelId).at(-1);
  if (channel === undefined || document.visibilityState !== 'visible') return;
  channel.unread = 0;
  if (last === undefined || Number(last.ts) <= Number(channel.read ?? 0)) return;
  channel.read = last.ts;
  act('read', { channel: channelId, ts: last.ts });
}

/** What somebody has typed and not sent, by place; kept over a reload of the tab. */
export const drafts = {
  get: (key) => sessionStorage.getItem(`draft ${key}`) ?? '',
  set: (key, text) => (text === '' ? sessionStorage.removeItem(`draft ${key}`) : sessionStorage.setItem(`draft ${key}`, text)),
};
