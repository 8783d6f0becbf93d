import { digest, type Random, secret } from './ids.ts';
import { figure } from './limits.ts';
import type { Table } from './table.ts';

/** Slack's own figures for a response_url. */
export const ANSWER_USES = figure('response_url', 'uses').max;
export const ANSWER_LIFE_MS = figure('response_url', 'age').max;

/** What one response_url may speak to: the place where a person acted, and the message acted on if there was one. */
export type Answer = {
  channel: string;
  person: string;
  thread_ts?: string;
  message?: string;
  ephemeral?: boolean;
  left: number;
  expires: number;
};

/** response_urls: five uses within thirty minutes, kept over a restart. */
export class Answers {
  readonly #table: Table<Answer>;
  readonly #now: () => number;
  readonly #random: Random;

  constructor(table: Table<Answer>, now: () => number, random: Random) {
    this.#table = table;
    this.#now = now;
    this.#random = random;
  }

  /** The path of a new response_url. */
  issue(place: Omit<Answer, 'left' | 'expires'>, teamId: string): string {
    this.#sweep();
    const token = secret(this.#random);
    this.#table.put(digest(token), { ...place, left: ANSWER_USES, expires: this.#now() + ANSWER_LIFE_MS });
    return `/actions/${teamId}/${token}`;
  }

  /** Spends one use; a word of refusal when none is left. */
  use(token: string): Answer | 'expired_url' | 'used_url' {
    const id = digest(token);
    const answer = this.#table.get(id);
    if (answer === undefined || answer.expires < this.#now()) return 'expired_url';
    if (answer.left <= 0) return 'used_url';
    return this.#table.put(id, { ...answer, left: answer.left - 1 });
  }

  #sweep(): void {
    if (this.#table.size < 200) return;
    const gone = (answer: Answer) => answer.expires < this.#now();
    for (const id of this.#table.ids((answer) => gone(answer))) this.#table.delete(id);
  }
}
