import { rmSync } from 'node:fs';
import { loadHolidays, loadRules } from '../src/cli/law-files.ts';
import type { Law } from '../src/desk/clocks.ts';
import { Desk } from '../src/desk/desk.ts';
import { Reckoner } from '../src/desk/reckoner.ts';
import { Watch } from '../src/desk/watch.ts';
import type { Rule } from '../src/law/duty.ts';
import { Rulebook } from '../src/law/rulebook.ts';
import type { Command, NamedPerson } from '../src/record/command.ts';
import type { EventOf, FactValue } from '../src/record/event.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { freshFolder } from './folder.ts';
import { ADA, DECLARE } from './play.ts';

/** The law on file, with a change that a data update might bring; undefined takes the rule away. */
export function lawWith(change: (rule: Rule) => Rule | undefined = (rule) => rule): Law {
  return {
    rulebook: (places) =>
      new Rulebook(
        loadRules(places).flatMap((rule) => change(rule) ?? []),
        loadHolidays(),
      ),
  };
}

export const RECORD = 'inc-clocks';
const CLIENT = 'us';

/** A desk with law data on a real store, on a clock that only the test moves. */
export class ClockHouse {
  readonly folder = freshFolder();
  store = openSqlite(this.folder);
  clock = Date.parse('2026-11-24T10:00:00Z');
  readonly world = { now: () => this.clock, random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)) };
  desk = new Desk(this.store, this.world, openSigner(this.folder));
  watch = this.#watch();

  constructor() {
    this.desk.reckoner = new Reckoner(lawWith());
  }

  #watch(): Watch {
    return new Watch(this.store, this.desk, this.world, (error) => {
      throw error;
    });
  }

  /** A new process on the same store, maybe with other law data: nothing is left in memory. */
  async restart(law: Law = lawWith()): Promise<void> {
    await this.store.close();
    this.store = openSqlite(this.folder);
    this.desk = new Desk(this.store, this.world, openSigner(this.folder));
    this.desk.reckoner = new Reckoner(law);
    this.watch = this.#watch();
  }

  async close(): Promise<void> {
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async do(command: Command, person: NamedPerson = ADA): Promise<void> {
    const answer = await this.desk.do({ client: CLIENT, record: RECORD, command, person, via: 'slack-signature' });
    if ('refused' in answer) throw new Error(answer.refused);
  }

  facts(facts: Record<string, FactValue>): Promise<void> {
    return this.do({ do: 'setFacts', facts: Object.entries(facts).map(([fact, value]) => ({ fact, value })) });
  }

  /** An owner in Berlin with people there and in Texas. */
  async declare(): Promise<this> {
    await this.do({ ...DECLARE, verifierKey: this.desk.verifierKey });
    await this.facts({
      'entity.role': 'owner',
      'entity.jurisdiction': 'DE',
      'entity.zone': 'Europe/Berlin',
      'residents.DE': 40,
      'residents.US-TX': 1200,
      data_elements: ['name', 'ssn'],
      risk: 'likely',
    });
    return this;
  }

  async view() {
    const view = await this.desk.view(CLIENT, RECORD);
    if (view === undefined) throw new Error('no record');
    return view;
  }

  async clocks() {
    const { incident, now } = await this.view();
    const clocks = this.desk.reckoner?.clocks(incident, now);
    if (clocks === undefined) throw new Error('no clocks');
    return clocks;
  }

  async duty(key: string) {
    const found = (await this.clocks()).duties.find((owed) => owed.key === key);
    if (found === undefined) throw new Error(`no duty ${key}`);
    return found;
  }

  async entries<K extends 'duty.dated' | 'duty.rule-changed' | 'reminder.raised'>(
    kind: K,
    of?: string,
  ): Promise<EventOf<K>['body'][]> {
    const { entries } = await this.view();
    const bodies = entries.flatMap((entry) => (entry.kind === kind ? [entry.body as EventOf<K>['body']] : []));
    return of === undefined ? bodies : bodies.filter((body) => ('duty' in body ? body.duty : body.of) === of);
  }

  async posts(): Promise<string[]> {
    const deliveries = await this.store.open(CLIENT).deliveries(RECORD);
    return deliveries.filter(({ kind }) => kind === 'post').map(({ body }) => (JSON.parse(body) as { text: string }).text);
  }
}
