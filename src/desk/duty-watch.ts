import type { Entry } from '../record/entry.ts';
import type { Incident } from '../record/incident.ts';
import { hasClocks } from '../record/incident-duties.ts';
import type { Desk } from './desk.ts';
import { dutyReminders, nextRung, type Raised } from './duty-reminders.ts';
import { post } from './plan.ts';
import type { Delivery } from './ports.ts';
import type { RecordView } from './view.ts';

const HOUR = 3_600_000;

/**
 * Looks after the clocks of a record: seals what time or new law data changed, and raises the rungs that have passed.
 * It remembers when the next rung comes, so that a thousand quiet records cost nothing; forgetting that costs only a look.
 */
export class DutyWatch {
  readonly #desk: Desk;
  readonly #rest = new Map<string, { size: number; until: number }>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Answers how many reminders it raised. */
  async look({ client, incident }: RecordView, now: number): Promise<number> {
    const { record, size, owed } = incident;
    const rest = this.#rest.get(record);
    if (!hasClocks(owed) || (rest?.size === size && now < rest.until)) return 0;
    const moved = this.#desk.reckoner?.follow(incident, [], now) ?? [];
    const after = moved.length === 0 ? incident : await this.#reckon(client, record);
    const clocks = after === undefined ? undefined : this.#desk.reckoner?.clocks(after, now);
    if (after === undefined || clocks === undefined) return 0;
    const raised = dutyReminders(after, clocks, now);
    if (raised !== undefined) await this.#remind(client, record, raised);
    this.#rest.set(record, { size: after.size, until: Math.min(nextRung(clocks, now) ?? now + HOUR, now + HOUR) });
    return raised?.reminders.length ?? 0;
  }

  async #reckon(client: string, record: string): Promise<Incident | undefined> {
    const answer = await this.#desk.do({
      client,
      record,
      via: 'bot',
      command: { do: 'reckonDuties' },
      also: ({ incident }, entries) => ruleNews(incident, entries),
    });
    return 'refused' in answer ? undefined : answer.view.incident;
  }

  /** One message for all of them: five states that fall due at the same hour must not ring five times. */
  async #remind(client: string, record: string, { reminders, text }: Raised): Promise<void> {
    await this.#desk.do({
      client,
      record,
      via: 'bot',
      command: { do: 'raiseReminders', reminders },
      also: ({ incident: { places, size } }) =>
        places
          .filter(({ purpose }) => purpose === 'incident')
          .map((place) => post(record, `reminder/duties/${size}@${place.channel}`, place, { text })),
    });
  }
}

/** New law data may touch forty dates at once: one message says so, and the board has the items. */
function ruleNews({ record, places, size }: Incident, entries: readonly Entry[]): Delivery[] {
  const changed = entries.filter(({ kind }) => kind === 'duty.rule-changed').length;
  if (changed === 0) return [];
  const dates = changed === 1 ? 'a sealed date' : `${changed} sealed dates`;
  const text = `The law data changed under ${dates}. What was sealed stands until somebody accepts the change on the clock board.`;
  return places
    .filter(({ purpose }) => purpose === 'incident')
    .map((place) => post(record, `rules/${size}@${place.channel}`, place, { text }));
}
