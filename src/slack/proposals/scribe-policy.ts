import type { RecordView } from '../../desk/view.ts';
import type { House } from '../house.ts';
import { scribe } from './scribe.ts';
import { scribeId } from './scribe-card.ts';

/**
 * The scribe reads unasked where somebody set it so: by the clock while the incident is open, and when a role is handed over. It only
 * proposes, as always. Answers how many readings it began; a model may take its time, and nothing waits for it.
 */
export async function scribeUnasked(house: House, view: RecordView, now: number): Promise<number> {
  const { record, places } = view.incident;
  const place = places.find(({ surface, purpose }) => surface === house.surface && purpose === 'incident');
  const name = readingsDue(view, now).find((due) => isFresh(house, record, due));
  if (name === undefined || place === undefined) return 0;
  const shown = await house.store.open(view.client).deliveries(record);
  if (shown.some(({ id }) => id === scribeId(record, name, place.channel))) return 0;
  const reading = scribe(house, view, place.workspace, place.channel, name);
  reading.catch((error: unknown) => house.log.error({ record, error }, 'the scribe could not read the channel unasked'));
  return 1;
}

/** The names of the readings whose time has come: one for every stretch of the clock, one for every hand-over. Pure. */
export function readingsDue({ incident, entries }: RecordView, now: number): string[] {
  const { scribe: policy, status, drill } = incident;
  if (policy === undefined || status !== 'open' || drill) return [];
  const set = Date.parse(policy.at);
  const offered = entries.findLast(({ kind, at }) => kind === 'handover.offered' && Date.parse(at) >= set);
  const isNew = policy.handover && offered !== undefined && now - Date.parse(offered.at) < HANDOVER_MS;
  const stretch = policy.every === 0 ? 0 : Math.floor((now - set) / (policy.every * 60_000));
  return [
    ...(isNew && offered.kind === 'handover.offered' ? [`handover-${offered.body.handover}`] : []),
    ...(stretch < 1 ? [] : [`unasked-${set}-${stretch}`]),
  ];
}

/** An hour later nobody hands over any more what was said before. */
const HANDOVER_MS = 60 * 60_000;

const begun = new WeakMap<House, Set<string>>();

/** Once in the life of the process, so that a channel in which nothing was said is not read again and again. */
function isFresh(house: House, record: string, name: string): boolean {
  const known = begun.get(house) ?? new Set<string>();
  begun.set(house, known);
  if (known.has(`${record}/${name}`)) return false;
  known.add(`${record}/${name}`);
  return true;
}
