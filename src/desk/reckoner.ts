import { type OpenQuestion, whichAnswerMatters } from '../law/answers.ts';
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

  readonly #questions = new Map<string, { size: number; questions: OpenQuestion[] }>();

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
    keep(this.#known, incident.record, { size: incident.size, minute, clocks });
    return clocks;
  }

  /** The open questions, the most valuable first; they hardly depend on the hour, and cost more than the clocks. */
  questions(incident: Incident, now: number): OpenQuestion[] {
    const known = this.#questions.get(incident.record);
    if (known?.size === incident.size) return known.questions;
    const clocks = this.clocks(incident, now);
    const questions = clocks === undefined ? [] : whichAnswerMatters(clocks.findings, clocks.book);
    keep(this.#questions, incident.record, { size: incident.size, questions });
    return questions;
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

function keep<T>(memory: Map<string, T>, record: string, worked: T): void {
  memory.delete(record);
  memory.set(record, worked);
  const [oldest] = memory.keys();
  if (memory.size > KEPT && oldest !== undefined) memory.delete(oldest);
}
