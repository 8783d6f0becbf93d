/**
 * How fast posts may follow each other in one workspace: evenly spread below the limit, slower after the surface said "later",
 * and faster again bit by bit. Every post counts, whoever caused it, so that a broadcast gives way to the incident's own cards.
 */
const WINDOW_MS = 60_000;
/** After a pause in our own work this much may be caught up at once: a second's worth, never a burst. */
const CATCH_UP_MS = 1_000;
const SLOWEST = 60;
const BACK_OFF = 0.85;
const RECOVER_EVERY_MS = 5_000;
const RECOVER = 1.05;
/** What we count as going out, the surface counts a little earlier or later: so much of the limit is left alone. */
const MARGIN = 0.985;

type Lane = { next: number; rate: number; heldUntil: number; changed: number; spent: number[] };

export class Pace {
  readonly #perMinute: number;
  readonly #lanes = new Map<string, Lane>();

  /** `perMinute`: what one workspace takes of one method (chat.postMessage: several hundred; docs.slack.dev rate limits). */
  constructor(perMinute = 300) {
    this.#perMinute = Math.max(1, Math.floor(perMinute * MARGIN));
  }

  /** The instant from which the next post may go, in milliseconds of the epoch. */
  nextAt(workspace: string, now: number): number {
    const lane = this.#lane(workspace, now);
    const oldest = lane.spent[lane.spent.length - this.#perMinute];
    return Math.max(lane.next, lane.heldUntil, oldest === undefined ? 0 : oldest + WINDOW_MS);
  }

  /** One post is going out now. */
  spend(workspace: string, now: number): void {
    const lane = this.#lane(workspace, now);
    if (lane.rate < this.#perMinute && now - lane.changed >= RECOVER_EVERY_MS)
      Object.assign(lane, { rate: Math.min(this.#perMinute, lane.rate * RECOVER), changed: now });
    lane.next = Math.max(lane.next, now - CATCH_UP_MS) + WINDOW_MS / lane.rate;
    lane.spent = [...lane.spent.filter((at) => at > now - WINDOW_MS), now].slice(-this.#perMinute);
  }

  /** The surface asked for patience: nothing goes out until then, and less per minute afterwards. */
  slow(workspace: string, now: number, afterMs: number): void {
    const lane = this.#lane(workspace, now);
    const again = now < lane.heldUntil;
    lane.heldUntil = Math.max(lane.heldUntil, now + afterMs);
    if (!again) Object.assign(lane, { rate: Math.max(SLOWEST, lane.rate * BACK_OFF), changed: now });
  }

  #lane(workspace: string, now: number): Lane {
    const lane = this.#lanes.get(workspace) ?? { next: now, rate: this.#perMinute, heldUntil: 0, changed: now, spent: [] };
    this.#lanes.set(workspace, lane);
    return lane;
  }
}
