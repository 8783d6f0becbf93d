import type { Client } from '../inventory/register.ts';
import { type Refusal, refuse } from '../record/command.ts';
import type { LaneCommand } from '../record/command-lanes.ts';
import type { CallOutcome } from '../record/event.ts';
import type { Incident } from '../record/incident.ts';
import { nameOf } from '../record/turn.ts';
import { type CallRow, CLAIM_MINUTES, PHONED } from './call-sheet.ts';
import { type By, profileOf, standingOf } from './clients.ts';
import type { Desk, Done } from './desk.ts';
import { coordinationOf, laneOf } from './lanes.ts';
import type { Store } from './ports.ts';
import type { RecordView } from './view.ts';

/** One client as it is phoned: its standing record, its lane where it has an open one, and what the register says of it. */
export type Phoned = { client: string; standing: RecordView; lane?: RecordView; profile?: Client };

/** The calls of one vendor incident. Every row is read, and every call is written, through that one client's own handle. */
export class Calls {
  readonly #desk: Desk;
  readonly #store: Store;
  readonly #us: string;

  constructor(desk: Desk, store: Store, us: string) {
    this.#desk = desk;
    this.#store = store;
    this.#us = us;
  }

  /** Who is not phoned is not loaded either, unless `all` are asked for: a house of 1,500 clients phones a few dozen. */
  async rows(incident: string, all = false): Promise<CallRow[]> {
    const coordinator = this.#store.coordinator();
    const sorted = (await this.#desk.view(this.#us, coordinationOf(incident)))?.incident.lanes.sorted;
    const orders = (await this.#desk.view(this.#us, incident))?.incident.lanes.orders;
    const lanes = (await coordinator.summaries('lane')).filter((lane) => lane.incident === incident);
    const byClient = new Map(lanes.map((lane) => [lane.client, lane]));
    const about = { incident, orders: new Set(orders?.keys()) };
    const rows: CallRow[] = [];
    for (const { client, status, receipt } of await coordinator.summaries('standing')) {
      const lane = byClient.get(client);
      const tier = lane?.tier ?? sorted?.get(client)?.tier ?? 'U';
      const isMeant = status === 'open' && (all || PHONED.has(tier) || receipt === 'hit' || lane?.receipt === 'hit');
      const phoned = isMeant ? await this.phoned(incident, client) : undefined;
      if (phoned !== undefined) rows.push(rowOf(phoned, about, sorted?.get(client)));
    }
    return rows;
  }

  async phoned(incident: string, client: string): Promise<Phoned | undefined> {
    const standing = await this.#desk.view(client, standingOf(client));
    if (standing?.incident.lanes.client === undefined) return undefined;
    const lane = await this.#desk.view(client, laneOf(incident, client));
    const profile = profileOf(standing.incident.lanes.client.profile);
    return {
      client,
      standing,
      ...(lane === undefined ? {} : { lane }),
      ...(profile === undefined ? {} : { profile }),
    };
  }

  /** One tap: whom, is the register's first contact where nobody says. */
  async log(
    incident: string,
    client: string,
    { outcome, who, note }: { outcome: CallOutcome; who?: string; note?: string },
    by: By & { key: string },
  ): Promise<Done | Refusal> {
    const phoned = await this.phoned(incident, client);
    if (phoned === undefined) return unknown(client);
    const name = who ?? contactOf(phoned.profile)?.name ?? phoned.standing.incident.lanes.client?.name ?? client;
    const command = { do: 'logCall', outcome, who: name, ...(note === undefined ? {} : { note }) } as const;
    return this.#write(phoned, incident, command, by);
  }

  async claim(incident: string, client: string, by: By & { key: string }): Promise<Done | Refusal> {
    const phoned = await this.phoned(incident, client);
    return phoned === undefined ? unknown(client) : this.#write(phoned, incident, { do: 'claimCall', minutes: CLAIM_MINUTES }, by);
  }

  #write({ client, standing, lane }: Phoned, incident: string, command: LaneCommand, by: By & { key: string }) {
    if (lane?.incident.status === 'open')
      return this.#desk.do({ client, record: lane.incident.record, of: 'lane', command, ...by });
    const { record } = standing.incident;
    return this.#desk.do({ client, record, of: 'standing', command: { ...command, incident } as LaneCommand, ...by });
  }
}

const unknown = (client: string): Refusal => refuse('unknown', `There is no client "${client}" in the register.`);

/** The first whom one can phone, else the first. */
export const contactOf = (profile: Client | undefined): Client['contacts'][number] | undefined =>
  profile?.contacts.find(({ mobile }) => mobile !== undefined && mobile !== '') ?? profile?.contacts[0];

type About = { incident: string; orders: ReadonlySet<string> };
type Sorted = { tier: CallRow['tier']; state: CallRow['state'] };

function rowOf({ client, standing, lane, profile }: Phoned, about: About, sorted: Sorted | undefined): CallRow {
  const views = lane === undefined ? [standing] : [standing, lane];
  const calls = views.flatMap((view) => callsIn(view.incident, about.incident)).sort((a, b) => (a.at < b.at ? -1 : 1));
  const { tier, state } = lane?.incident.lanes.lane ?? sorted ?? { tier: 'U', state: 'unknown' };
  const last = calls.at(-1);
  const claim = views.flatMap((view) => claimIn(view.incident)).at(-1);
  const contact = contactOf(profile);
  const due = dueOf(lane?.incident);
  return {
    client,
    name: standing.incident.lanes.client?.name ?? client,
    record: lane?.incident.record ?? standing.incident.record,
    tier,
    state,
    hit: views.some((view) => saysHit(view.incident, about, last?.outcome === 'reached' ? last.at : '')),
    calls: calls.length,
    ...(contact === undefined ? {} : { contact: bare(contact) }),
    ...(profile?.tolerable_downtime_hours === undefined ? {} : { tolerable: profile.tolerable_downtime_hours }),
    ...(profile?.zone === undefined ? {} : { zone: profile.zone }),
    ...(due === undefined ? {} : { due }),
    ...(last === undefined ? {} : { last }),
    ...(claim === undefined ? {} : { claim }),
  };
}

function bare({ name, role, mobile, email }: Client['contacts'][number]): NonNullable<CallRow['contact']> {
  return {
    name,
    ...(role === undefined ? {} : { role }),
    ...(mobile === undefined ? {} : { mobile }),
    ...(email === undefined ? {} : { email }),
  };
}

/** Calls about this incident; in a lane all of them are. */
function callsIn(incident: Incident, about: string): NonNullable<CallRow['last']>[] {
  const mine = incident.lanes.calls.filter((call) => incident.of === 'lane' || call.incident === about);
  return mine.map(({ outcome, at, by, who }) => ({ outcome, at, by: nameOf(incident, by), who }));
}

function claimIn(incident: Incident): NonNullable<CallRow['claim']>[] {
  const { claim } = incident.lanes;
  return claim === undefined ? [] : [{ by: nameOf(incident, claim.by), until: claim.until }];
}

/** Whoever says "we are hit" is phoned again, whatever was said before. */
const saysHit = ({ of, lanes }: Incident, { orders }: About, since: string): boolean =>
  lanes.receipts.some(({ order, answer, at }) => answer === 'hit' && at > since && (of === 'lane' || orders.has(order)));

/** The first clock of the lane that is still running. */
function dueOf(incident: Incident | undefined): string | undefined {
  const open = [...(incident?.owed.duties.values() ?? [])].filter(
    ({ filings, waived }) => filings.length === 0 && waived === undefined,
  );
  return open.flatMap(({ sealed }) => (sealed?.due === undefined ? [] : [sealed.due])).sort()[0];
}
