import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../desk/desk.ts';
import { openChannel, partsOf } from '../desk/plan.ts';
import { CHATS, type Delivery } from '../desk/ports.ts';
import type { NamedPerson } from '../record/command.ts';
import type { Library } from '../slack/house.ts';
import { readDrill } from './drill-file.ts';
import { declareDrill, playOn, type Stage } from './play.ts';

/** The pause between two moments: long enough to read, short enough to stay. */
const PAUSE_MS = 2_000;

/** Drills played in a workspace: whoever starts one is in its channel, and may do a step before the script does. */
export class DrillStages {
  readonly #desk: Desk;
  readonly #library: Library;
  readonly #folder: string;
  readonly #pauseMs: number;
  #stopped = false;
  #wake: (() => void)[] = [];

  constructor(desk: Desk, library: Library, folder: string, pauseMs = PAUSE_MS) {
    this.#desk = desk;
    this.#library = library;
    this.#folder = folder;
    this.#pauseMs = pauseMs;
  }

  /** Starts a drill and says so; it plays on by itself. */
  async play(name: string, by: NamedPerson): Promise<string> {
    const file = join(this.#folder, `${name.replace(/[^a-z0-9-]/gi, '')}.yaml`);
    if (!existsSync(file)) return `There is no drill called "${name}". Try \`/incident drill kaseya\`.`;
    const drill = readDrill(file);
    const stage: Stage = {
      desk: this.#desk,
      library: this.#library,
      drill,
      pace: () => this.#pause(),
      said: () => {},
      also: (record) => channelFor(record, by.account),
    };
    const record = await declareDrill(stage);
    void playOn(stage, record).catch(() => undefined);
    return `DRILL: "${drill.title}" begins. Its channel opens in a moment (${record}).`;
  }

  /** The house closes: the record stays where it is. */
  stop(): void {
    this.#stopped = true;
    for (const wake of this.#wake) wake();
  }

  async #pause(): Promise<boolean> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, this.#pauseMs);
      this.#wake.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
    this.#wake = [];
    return !this.#stopped;
  }
}

function channelFor(record: string, account: string): Delivery[] {
  const { surface } = partsOf(account);
  return CHATS.has(surface) ? [openChannel(record, account)] : [];
}
