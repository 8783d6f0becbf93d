import type { RecordView } from '../../desk/view.ts';
import { attempt } from '../deliveries/failures.ts';
import { type House, personOf, zoneOf } from '../house.ts';
import { instantOf, wordsIn } from '../keeping/messages.ts';
import { asTyped } from '../mrkdwn.ts';
import { spelled } from '../spelled.ts';
import type { Source } from './proposal.ts';

/** How many messages one reading takes; the rest waits for the next. */
const READ_MAX = 22;
/** Threads that are looked into in one reading, those with the newest answers first. */
const THREADS_MAX = 30;

export type Reading = {
  sources: Source[] /** Up to where it has read: a time stamp of the channel. */;
  upTo: string;
  left: number;
};

type Message = {
  ts?: string;
  text?: string;
  user?: string;
  bot_id?: string;
  subtype?: string;
  edited?: { ts?: string };
  latest_reply?: string;
  reply_users?: string[];
  files?: { name?: string | null }[];
};

/**
 * What people wrote in a channel since a mark, oldest first: in the channel and in its threads, as it reads now after every edit. Without
 * what is kept already, and what was said to the bot, which was answered then.
 */
export async function readSince(
  house: House,
  { incident }: RecordView,
  team: string,
  channel: string,
  mark: string,
): Promise<Reading> {
  const bot = await attempt(house, 'auth.test', 'The bot does not know its own name.', () => house.client.auth.test());
  const kept = new Set(incident.notes.map(({ message }) => message));
  const isSaid = ({ ts, user, text, files, bot_id, subtype }: Message) =>
    user !== undefined &&
    user !== bot?.user_id &&
    bot_id === undefined &&
    (subtype === undefined || subtype === 'thread_broadcast' || subtype === 'file_share') &&
    Boolean(text || files?.length) &&
    !text?.startsWith(`<@${bot?.user_id}`) &&
    !kept.has(`${channel}/${ts}`);
  const all = await messagesSince(house, channel, mark, bot?.user_id);
  const fresh = all.filter((one) => isSaid(one) && touched(one) > Number(mark)).sort((a, b) => touched(a) - touched(b));
  const taken = fresh.slice(0, READ_MAX);
  const sources = await Promise.all(taken.map((one) => sourceOf(house, team, channel, one)));
  const last = taken.at(-1);
  return { sources, upTo: last === undefined ? mark : touchedTs(last), left: fresh.length - taken.length };
}

/** An edited message counts from its edit on: what it says now was not read before. */
const touchedTs = ({ ts = '0', edited }: Message): string => (Number(edited?.ts ?? 0) > Number(ts) ? (edited?.ts ?? ts) : ts);
const touched = (message: Message): number => Number(touchedTs(message));

async function messagesSince(house: House, channel: string, mark: string, bot: string | undefined): Promise<Message[]> {
  const messages = await historyTo(house, channel, mark);
  const threads = messages
    .filter(
      ({ latest_reply: latest, reply_users: by }) => Number(latest ?? 0) > Number(mark) && by?.every((one) => one === bot) !== true,
    )
    .sort((a, b) => Number(b.latest_reply) - Number(a.latest_reply))
    .slice(0, THREADS_MAX);
  const replies = await Promise.all(threads.map(({ ts = '' }) => repliesIn(house, channel, ts)));
  const byTs = new Map([...messages, ...replies.flat()].map((message) => [message.ts, message]));
  return [...byTs.values()];
}

/** The newest pages of the channel, back to the mark: a thread that was answered again may begin before it, on the page that holds it. */
async function historyTo(house: House, channel: string, mark: string): Promise<Message[]> {
  const all: Message[] = [];
  let cursor = '';
  for (let page = 0; page < PAGES_MAX; page++) {
    const more = cursor === '' ? {} : { cursor };
    const found = await house.client.conversations.history({ channel, limit: 200, ...more });
    const messages = (found.messages ?? []) as Message[];
    all.push(...messages);
    cursor = found.response_metadata?.next_cursor ?? '';
    if (cursor === '' || messages.some(({ ts }) => Number(ts) <= Number(mark))) break;
  }
  return all;
}

/** A thousand messages: a day of a busy incident. */
const PAGES_MAX = 5;

async function repliesIn(house: House, channel: string, ts: string): Promise<Message[]> {
  const found = await attempt(house, 'conversations.replies', 'A thread could not be read: the scribe leaves it out.', () =>
    house.client.conversations.replies({ channel, ts, limit: 100 }),
  );
  return (found?.messages ?? []) as Message[];
}

async function sourceOf(house: House, team: string, channel: string, message: Message): Promise<Source> {
  const { ts = '', text = '', user = '', files = [] } = message;
  const { name } = await personOf(house, { user, team });
  const zone = await zoneOf(house, { user, team });
  return {
    channel,
    ts,
    at: instantOf(ts),
    user,
    speaker: name,
    zone,
    text: await spelled(house, team, asTyped(wordsIn({ text, files }))),
  };
}
