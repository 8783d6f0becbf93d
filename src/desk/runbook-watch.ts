import type { RunbookText } from '../record/command-runbook.ts';
import type { Desk } from './desk.ts';
import type { Store } from './ports.ts';
import type { RecordView } from './view.ts';

/** Where runbooks stand as files, read anew whenever somebody asks. */
export type Shelf = { source(id: string): RunbookText | undefined };

/**
 * Looks whether the file of a runbook still is the text that governs a running incident. Where it is not, the difference is
 * offered in the incident, once per text; nothing is taken in without a person. A drill plays the text that it began with.
 */
export class RunbookWatch {
  readonly #store: Store;
  readonly #desk: Desk;
  readonly #shelf: Shelf;
  readonly #failed: (error: unknown) => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(store: Store, desk: Desk, shelf: Shelf, failed: (error: unknown) => void) {
    this.#store = store;
    this.#desk = desk;
    this.#shelf = shelf;
    this.#failed = failed;
  }

  start(everyMs = 15_000): void {
    const look = () => void this.look().catch(this.#failed);
    look();
    this.#timer ??= setInterval(look, everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One look at every open incident. Answers how many changes it offered. */
  async look(): Promise<number> {
    let offered = 0;
    for (const client of await this.#store.clients())
      for (const view of await this.#desk.views(client)) offered += await this.#offer(view);
    return offered;
  }

  async #offer({ client, incident }: RecordView): Promise<number> {
    const { runbook: sealed, record, status, drill, offered } = incident;
    if (sealed === undefined || status === 'closed' || drill) return 0;
    const runbook = this.#shelf.source(sealed.id);
    if (runbook === undefined || runbook.digest === sealed.digest || offered.has(runbook.digest)) return 0;
    const answer = await this.#desk.do({ client, record, via: 'bot', command: { do: 'offerRunbook', runbook } });
    return 'done' in answer ? 1 : 0;
  }
}
