import type { Caller } from './house.ts';

/** A message that mentions the bot, or is written to it directly. */
export type Mention = { channel: string; ts: string; thread?: string; text: string; caller: Caller };
