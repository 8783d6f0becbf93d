import { type Caller, type House, zoneOf } from '../house.ts';
import { timeIn } from './time-said.ts';

/**
 * "by 14:30" means half past two where the person who wrote it is: today, or tomorrow where that has passed. Where the chat does not
 * say where that is, it means UTC; the card shows every reader the time of their own zone.
 * @returns ISO 8601, or undefined where it names no time.
 */
export async function dueAt(house: House, caller: Caller, words: string): Promise<string | undefined> {
  const zone = await zoneOf(house, caller);
  return timeIn(words, { at: new Date(house.desk.now()).toISOString(), zone, toward: 'next' });
}
