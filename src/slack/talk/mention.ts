import type { Caller } from '../house.ts';

/** A message that mentions the bot, or is written to it directly. */
export type Mention = {
  channel: string;
  ts: string;
  thread?: string;
  text: string;
  caller: Caller;
  /** Which line of it this is, where the message holds several commands; the first has none. */
  part?: number;
  /** The channel that the person has open beside a direct message, where the chat says so. */
  beside?: string | undefined;
};

/**
 * The name of one line of a message: its time stamp, and which line it is. In a direct message the thread stands before it: what was
 * answered in a thread says which record the thread is about.
 */
export function partOf({ channel, ts, thread, part }: Mention): string {
  const under = channel.startsWith('D') && thread !== undefined && thread !== ts ? `${thread}/` : '';
  return `${under}${ts}${part === undefined ? '' : `-${part}`}`;
}
