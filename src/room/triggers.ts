import { filler, type Random } from './ids.ts';
import { figure } from './limits.ts';
import { Refusal } from './refusal.ts';

/** Slack's own figure: a trigger opens one form, within three seconds of the act that made it. */
export const TRIGGER_LIFE_MS = figure('trigger_id', 'age').max;

/** `tab` is the browser tab in which the person acted: the form opens there. */
export type Trigger = { person: string; tab: string; expires: number; used: boolean };

/** Trigger ids: three seconds, one use. They are not kept over a restart, since nothing could be waiting that long. */
export class Triggers {
  readonly #known = new Map<string, Trigger>();
  readonly #now: () => number;
  readonly #random: Random;

  constructor(now: () => number, random: Random) {
    this.#now = now;
    this.#random = random;
  }

  issue(person: string, tab: string): string {
    const now = this.#now();
    // A used or expired trigger is remembered for a minute, so that its second use gets the right refusal.
    for (const [id, { expires }] of this.#known) if (expires + 60_000 < now) this.#known.delete(id);
    const id = `${now}.${this.#known.size + 1}.${filler(this.#random, 16)}`;
    this.#known.set(id, { person, tab, expires: now + TRIGGER_LIFE_MS, used: false });
    return id;
  }

  /** Spends a trigger. Refuses with Slack's word for one that is unknown, spent or too old. */
  exchange(id: string): Trigger {
    const trigger = this.#known.get(id);
    if (trigger === undefined) throw Refusal.at('invalid_trigger_id', ['invalid `trigger_id`']);
    if (trigger.used) throw new Refusal('exchanged_trigger_id');
    if (trigger.expires < this.#now()) throw new Refusal('expired_trigger_id');
    trigger.used = true;
    return trigger;
  }
}
