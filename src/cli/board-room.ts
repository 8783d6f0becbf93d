import { boardOf } from '../desk/board.ts';
import { liveBoard } from '../desk/board-live.ts';
import { coordinationOf } from '../desk/lanes.ts';
import type { Visitor } from '../room/reception.ts';
import { type Opened, US, world } from './house.ts';

const EVERYBODY = 100_000;

/**
 * The board as a page of the room: for those of us who are in the incident's channel, and nobody else. Undefined where there is
 * no such incident, or it is none of the visitor's business: the two look the same.
 */
export async function boardFor({ desk, store }: Opened, incident: string, visitor: Visitor): Promise<string | undefined> {
  const view = await desk.view(US, incident);
  const places = view?.incident.places.filter(({ purpose }) => purpose === 'incident') ?? [];
  if (!places.some(({ surface, channel }) => surface === 'room' && visitor.isIn(channel))) return undefined;
  const coordinator = store.coordinator();
  const [standing, lanes] = [await coordinator.summaries('standing'), await coordinator.summaries('lane')];
  const sorted = (await desk.view(US, coordinationOf(incident)))?.incident.lanes.sorted ?? new Map();
  const now = world.now();
  const board = boardOf({ incident, standing, lanes, sorted, now }, { order: 'urgency', page: 0 }, EVERYBODY);
  return liveBoard(board, incident, new Date(now).toISOString());
}
