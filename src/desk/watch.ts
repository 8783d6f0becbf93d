import type { Desk } from './desk.ts';
import { DutyWatch } from './duty-watch.ts';
import { post } from './plan.ts';
import type { Store, World } from './ports.ts';
import { promisesDue } from './promises-due.ts';
import type { Reminder } from './reminder.ts';
import type { RecordView } from './view.ts';

/**
 * The watch holds no timers that could be lost: it folds what is open and asks which targets have passed and were not
 * raised. The event and its delivery are committed together, so a reminder is raised once, across restarts.
 */
export class Watch {
  readonly #store: Store;
  readonly #desk: Desk;
  readonly #world: World;
  readonly #failed: (error: unknown) => void;
  readonly #duties: DutyWatch;
  #timer: NodeJS.Timeout | undefined;
  /** What else is due in a record, where more is known than the desk knows. Answers how much it did. */
  alsoLook: (view: RecordView, now: number) => Promise<number> = async () => 0;

  constructor(store: Store, desk: Desk, world: World, failed: (error: unknown) => void) {
    this.#store = store;
    this.#desk = desk;
    this.#world = world;
    this.#failed = failed;
    this.#duties = new DutyWatch(desk);
  }

  start(everyMs = 15_000): void {
    this.#timer ??= setInterval(() => void this.look().catch(this.#failed), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** One look at everything that is open. Answers how many reminders it raised. */
  async look(): Promise<number> {
    let raised = 0;
    for (const client of await this.#store.clients()) {
      for (const { record } of await this.#store.open(client).records()) raised += await this.#lookAt(client, record);
    }
    return raised;
  }

  /** A record that does not verify raises its alarm, and the others are looked at all the same. */
  async #lookAt(client: string, record: string): Promise<number> {
    try {
      const view = await this.#desk.view(client, record);
      if (view === undefined) return 0;
      const raised = (await this.#remind(view)) + (await this.#duties.look(view, this.#world.now()));
      return raised + (await this.alsoLook(view, this.#world.now()));
    } catch (error) {
      this.#failed(error);
      return 0;
    }
  }

  async #remind(view: RecordView): Promise<number> {
    const due = remindersDue(view, this.#world.now());
    for (const { of, rung, at, text } of due) {
      await this.#desk.do({
        client: view.client,
        record: view.incident.record,
        via: 'bot',
        command: { do: 'observe', event: { kind: 'reminder.raised', body: { of, rung, due: at }, texts: {} } },
        key: `reminder/${view.incident.record}/${of}/${rung}/${at}`,
        also: ({ incident }) =>
          incident.places
            .filter(({ purpose }) => purpose === 'incident')
            .map((place) => post(incident.record, `reminder/${of}/${rung}/${at}@${place.channel}`, place, { text })),
      });
    }
    return due.length;
  }
}

/** The reminders whose time has come and that the record does not hold yet. Pure. */
export function remindersDue(view: RecordView, now: number): Reminder[] {
  const { incident, guide } = view;
  if (incident.status === 'closed' || incident.drill) return [];
  const passed = (iso: string | undefined): iso is string =>
    iso !== undefined && Temporal.Instant.from(iso).epochMilliseconds <= now;
  const current = guide?.current === undefined ? [] : [guide.current, ...guide.beside];
  const steps = current.flatMap(({ step, targetAt }) =>
    passed(targetAt)
      ? [
          {
            of: step.id,
            rung: 'target',
            at: targetAt,
            text: `The target for "${step.title}" has passed. Done, blocked, or skip it with a reason?`,
          },
        ]
      : [],
  );
  const asks = incident.asks.flatMap(({ id, question, due, answer }) =>
    answer === undefined && passed(due) ? [{ of: `ask/${id}`, rung: 'due', at: due, text: `Still open: ${question}` }] : [],
  );
  const reviews = incident.decisions.flatMap(({ id, question, review, reopened }) =>
    !reopened && passed(review)
      ? [{ of: `decision/${id}`, rung: 'review', at: review, text: `Time to look at this decision again: ${question}` }]
      : [],
  );
  return [...steps, ...asks, ...reviews, ...promisesDue(incident, now)].filter(
    ({ of, rung, at }) => !incident.raised.has(`${of}/${rung}/${at}`),
  );
}
