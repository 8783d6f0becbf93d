import type { Entry } from '../record/entry.ts';
import type { Event, Kind } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { hasClocks } from '../record/incident-duties.ts';
import { clockEvents } from './clock-events.ts';
import { type Clocks, clocksOf, type Law } from './clocks.ts';

/** After these the clocks are looked at again, and what they say is sealed in the same append. */
const MOVING = new Set<Kind>(['anchor.set', 'fact.set', 'duty.filed', 'duty.waived', 'duty.reopened', 'duty.rule-accepted']);

const MINUTE = 60_000;
const KEPT = 100;

/** Works out the clocks of records under one state of the law data, and remembers what it worked out for a minute. */
export class Reckoner {
  readonly #law: Law;
  readonly #known = new Map<string, { size: number; minute: number; clocks: Clocks }>();

  constructor(law: Law) {
    this.#law = law;
  }

  /** None while nobody has said anything that clocks run on. */
  clocks(incident: Incident, now: number): Clocks | undefined {
    if (!hasClocks(incident.owed)) return undefined;
    const minute = Math.floor(now / MINUTE);
    const known = this.#known.get(incident.record);
    if (known?.size === incident.size && known.minute === minute) return known.clocks;
    const clocks = clocksOf(incident, this.#law, now);
    this.#known.delete(incident.record);
    this.#known.set(incident.record, { size: incident.size, minute, clocks });
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return clocks;
  }

  /** What must be sealed after these entries; after none, because time passed or the law data are others. */
  follow(incident: Incident, entries: readonly Entry[], now: number): Event[] {
    const moving = entries.filter(({ kind }) => MOVING.has(kind));
    if (entries.length > 0 && moving.length === 0) return [];
    if (!hasClocks(incident.owed)) return [];
    // Not from memory and not into it: these entries are not stored yet, and may never be.
    return clockEvents(incident, clocksOf(incident, this.#law, now), moving.at(-1)?.seq);
  }
}
