import type { Runbook } from '../runbook/runbook.ts';
import type { Decided, NamedPerson } from './command.ts';
import type { Actor, Event } from './event.ts';
import type { Incident } from './incident.ts';

/** What a decision may know besides the record: the time, the ids and the acting person are handed in. */
export type Context = {
  /** ISO 8601, UTC. */
  now: string;
  /** Who wants it; none for what the bot itself observed. */
  person: NamedPerson | undefined;
  /** The compiled form of the runbook that the record sealed. */
  runbook: Runbook | undefined;
  /** A fresh id, short and unguessable. */
  newId: () => string;
};

export type Decision = { actor: Actor; events: Decided[] };

export const BOT: Actor = 'bot';

/** One command being decided. */
export type Turn = Context & { incident: Incident; people: People; actor: Actor };

/** One event, as it is. */
export const just = (event: Event): Decided[] => [{ event }];

/** "14:02 UTC", or with the date where it is another day than `now`. */
export function clock(iso: string, now?: string): string {
  const time = `${iso.slice(11, 16)} UTC`;
  return now === undefined || now.slice(0, 10) === iso.slice(0, 10) ? time : `${iso.slice(0, 10)} ${time}`;
}

/**
 * People of this record by account. Pseudonyms are per record ("p1"), so that erasing the name leaves nothing
 * that joins two records.
 */
export class People {
  readonly #incident: Incident;
  readonly named: Decided[] = [];
  readonly #fresh = new Map<string, Actor>();

  constructor(incident: Incident) {
    this.#incident = incident;
  }

  actor({ account, name }: NamedPerson): Actor {
    const known = [...this.#incident.people].find(([, person]) => person.account === account)?.[0] ?? this.#fresh.get(account);
    if (known !== undefined) return known;
    const person = `p${this.#incident.people.size + this.#fresh.size + 1}`;
    this.#fresh.set(account, person);
    this.named.push({ event: { kind: 'actor.named', body: { person }, texts: { name, account } } });
    return person;
  }
}

/** The name of a pseudonym, for sentences. */
export function nameOf(incident: Incident, actor: Actor): string {
  return actor === BOT ? 'the bot' : (incident.people.get(actor)?.name ?? actor);
}
