import type { ExposureState } from '../inventory/investigation.ts';
import type { Tier } from '../inventory/tier.ts';
import { toHex, utf8 } from '../record/bytes.ts';
import { type Refusal, refuse } from '../record/command.ts';
import type { LaneCommand, Sorted } from '../record/command-lanes.ts';
import { sha256 } from '../record/sha256.ts';
import { type By, standingOf } from './clients.ts';
import type { Desk } from './desk.ts';
import { namedIn } from './names.ts';
import type { Store, Summarised } from './ports.ts';
import { TermsDesk } from './terms-desk.ts';
import type { RecordView } from './view.ts';

/** How one client stands towards a vendor incident, before anybody has looked further. */
export type Assessed = { client: string; tier: Tier; state: ExposureState; reason: string };

export type SortedLanes = { opened: number; sorted: Sorted[]; unknown: string[]; failed: { client: string; code: string }[] };

export const coordinationOf = (incident: string): string => `${incident}-lanes`;

/** The same lane for the same client of the same incident: opening it twice is opening it once. */
export const laneOf = (incident: string, client: string): string =>
  `lane-${toHex(sha256(utf8(`${incident}/${client}`))).slice(0, 12)}`;

/** These get a lane at once; an unknown one when somebody promotes it. Everybody else is answered from the standing record. */
const AT_ONCE = new Set<Tier>(['T0', 'T1', 'T2']);

const PRESENCE = new Set<ExposureState>(['unknown', 'not_present', 'present_outside_window', 'present_in_window']);

/** The vendor incident and the lanes of its clients. Every lane is written through its own client's handle. */
export class Lanes {
  readonly #desk: Desk;
  readonly #store: Store;
  readonly #us: string;

  constructor(desk: Desk, store: Store, us: string) {
    this.#desk = desk;
    this.#store = store;
    this.#us = us;
  }

  /** The lanes of one vendor incident, as the coordinator may see them. */
  async of(incident: string): Promise<Summarised[]> {
    const all = await this.#store.coordinator().summaries('lane');
    return all.filter((lane) => lane.incident === incident);
  }

  /**
   * Sorts the clients, and opens a lane for those who need one. A client of the register that nobody assessed is unknown,
   * which is never green. Done again, it changes what changed and goes on where it stopped.
   */
  async sort(incident: string, assessed: Assessed[], by: By): Promise<SortedLanes | Refusal> {
    const vendor = await this.#desk.view(this.#us, incident);
    if (vendor === undefined || vendor.incident.of !== 'incident') return refuse('unknown', 'There is no such incident.');
    const standing = (await this.#store.coordinator().summaries('standing')).filter(({ status }) => status === 'open');
    const found = new Map(assessed.map((one) => [one.client, one]));
    const known = new Set(standing.map(({ client }) => client));
    const answer: SortedLanes = { opened: 0, sorted: [], unknown: [...found.keys()].filter((id) => !known.has(id)), failed: [] };
    await this.#begin(vendor, by);
    for (const { client } of standing) {
      const one = found.get(client) ?? { client, tier: 'U', state: 'unknown', reason: 'Nobody has assessed this client.' };
      await this.#sortOne(vendor, one, by, answer);
    }
    await this.#coordinate(incident, { do: 'sortClients', clients: answer.sorted }, by);
    await this.follow(incident);
    return answer;
  }

  /** Opens a lane for a client who has none yet, on somebody's word. */
  async promote(incident: string, client: string, by: By): Promise<Refusal | { lane: string }> {
    const vendor = await this.#desk.view(this.#us, incident);
    const standing = await this.#desk.view(client, standingOf(client));
    if (vendor === undefined || standing?.incident.lanes.client === undefined)
      return refuse('unknown', 'There is no such incident, or no such client.');
    const known = standing.incident.lanes.assessed.get(incident);
    const one: Assessed = {
      client,
      tier: known?.tier ?? 'U',
      state: known?.state ?? 'unknown',
      reason: known?.reason ?? 'Promoted.',
    };
    await this.#begin(vendor, by);
    const opened = await this.#open(vendor, standing, one, by);
    if (typeof opened !== 'string') return opened;
    const { tier, state } = one;
    await this.#coordinate(incident, { do: 'sortClients', clients: [{ client, tier, state, lane: opened }] }, by);
    await this.follow(incident);
    return { lane: opened };
  }

  /** The coordination follows what the lanes found out. */
  async sync(incident: string): Promise<void> {
    const clients = (await this.of(incident)).map(
      ({ client, record: lane, tier = 'U', state = 'unknown' }): Sorted => ({ client, tier, state, lane }),
    );
    const command = { do: 'sortClients', clients } as const;
    await this.#desk.do({ client: this.#us, record: coordinationOf(incident), of: 'coordination', command, via: 'bot' });
  }

  async #begin({ incident }: RecordView, by: By): Promise<void> {
    const coordination = coordinationOf(incident.record);
    const { verifierKey } = this.#desk;
    if (incident.lanes.coordination !== undefined) return;
    await this.#coordinate(incident.record, { do: 'openCoordination', incident: incident.record, verifierKey }, by);
    await this.#desk.do({ client: this.#us, record: incident.record, command: { do: 'beginLanes', coordination }, ...by });
  }

  #coordinate(incident: string, command: LaneCommand, by: By) {
    return this.#desk.do({ client: this.#us, record: coordinationOf(incident), of: 'coordination', command, ...by });
  }

  async #sortOne(vendor: RecordView, one: Assessed, by: By, answer: SortedLanes): Promise<void> {
    const { client, tier, state, reason } = one;
    const incident = vendor.incident.record;
    const command = { do: 'assessClient', incident, tier, state, reason } as const;
    await this.#desk.do({ client, record: standingOf(client), of: 'standing', command, ...by });
    const standing = await this.#desk.view(client, standingOf(client));
    const lane = laneOf(incident, client);
    const open = await this.#desk.view(client, lane);
    if (open === undefined && AT_ONCE.has(tier) && standing !== undefined) {
      const opened = await this.#open(vendor, standing, one, by);
      if (typeof opened !== 'string') return void answer.failed.push({ client, code: opened.code });
      answer.opened++;
    }
    if (open !== undefined) await new TermsDesk(this.#desk).settle(client, lane);
    const now = await this.#reassess(open, one, by);
    const has = open !== undefined || AT_ONCE.has(tier);
    answer.sorted.push({ client, tier: now.tier, state: now.state, ...(has ? { lane } : {}) });
  }

  /** Files decide presence only: what people found out since stands above them. */
  async #reassess(open: RecordView | undefined, one: Assessed, by: By): Promise<{ tier: Tier; state: ExposureState }> {
    const is = open?.incident.lanes.lane;
    if (open === undefined || is === undefined || !PRESENCE.has(is.state)) return is ?? one;
    if (is.state === one.state) return is;
    const asOf = new Date(this.#desk.now()).toISOString();
    const command = { do: 'moveLane', to: one.state, evidence: 'inventory', asOf, how: one.reason } as const;
    const answer = await this.#desk.do({ client: one.client, record: open.incident.record, of: 'lane', command, ...by });
    return 'refused' in answer ? is : (answer.view.incident.lanes.lane ?? one);
  }

  /** The lane's id, or why it could not be opened. Its name is the client's own: the vendor incident's title may name others. */
  async #open(vendor: RecordView, standing: RecordView, one: Assessed, by: By): Promise<string | Refusal> {
    const { client, tier, state, reason } = one;
    const { record: incident, declaredAt: since, runbook, drill } = vendor.incident;
    const lane = laneOf(incident, client);
    const name = standing.incident.lanes.client?.name ?? client;
    const answer = await this.#desk.do({
      client,
      record: lane,
      of: 'lane',
      drill,
      command: {
        do: 'openLane',
        incident,
        client,
        name,
        title: name,
        tier,
        state,
        reason,
        since,
        runbook:
          runbook === undefined
            ? undefined
            : { id: runbook.id, file: runbook.file, source: runbook.source, digest: runbook.digest },
        verifierKey: this.#desk.verifierKey,
      },
      ...by,
    });
    if ('refused' in answer && answer.code !== 'already') return answer;
    await new TermsDesk(this.#desk).settle(client, lane);
    return lane;
  }

  /** Lets lanes see an entry of the vendor incident; each of them cites it by its leaf. No client named means every lane. */
  async release(incident: string, of: number, to: string[], by: By): Promise<Refusal | { lanes: number }> {
    const leaf = await this.#leafOf(incident, of);
    if (leaf === undefined) return refuse('unknown', `There is no entry ${of} to release.`);
    const command = { do: 'releaseEntry', of, leaf, to } as const;
    const answer = await this.#desk.do({ client: this.#us, record: incident, command, ...by });
    if ('refused' in answer && answer.code !== 'already') return answer;
    const lanes = (await this.of(incident)).filter(({ client }) => to.length === 0 || to.includes(client));
    for (const { client, record } of lanes)
      await this.#desk.do({
        client,
        record,
        of: 'lane',
        command: { do: 'citeEntry', record: incident, seq: of, leaf },
        via: 'bot',
      });
    return { lanes: lanes.length };
  }

  #leafOf(incident: string, seq: number): Promise<string | undefined> {
    return this.#desk.leaf(this.#us, incident, seq);
  }

  /** What was done once for everybody is a precondition met in every lane that waits for it, with the entry that says so. */
  async follow(incident: string): Promise<number> {
    const vendor = await this.#desk.view(this.#us, incident);
    if (vendor?.incident.lanes.coordination === undefined) return 0;
    let met = 0;
    for (const { client, record } of await this.of(incident)) met += await this.#followOne(vendor, client, record);
    return met;
  }

  async #followOne(vendor: RecordView, client: string, record: string): Promise<number> {
    const lane = await this.#desk.view(client, record);
    const waits = lane?.guide?.steps.flatMap(({ step, unmet }) => unmet.map((one) => ({ step: step.id, ...one }))) ?? [];
    let met = 0;
    for (const { step, index, precondition } of waits) {
      const done = precondition.step === undefined ? undefined : vendor.incident.steps.get(precondition.step);
      if (done?.state !== 'done') continue;
      const leaf = await this.#leafOf(vendor.incident.record, done.seq);
      if (leaf === undefined) continue;
      const meets = [{ step, precondition: index }];
      const command = { do: 'citeEntry', record: vendor.incident.record, seq: done.seq, leaf, meets } as const;
      const answer = await this.#desk.do({ client, record, of: 'lane', command, via: 'bot' });
      met += 'refused' in answer ? 0 : 1;
    }
    return met;
  }

  /** Marks a step done in every lane where nothing stands in its way; the others are named, with a code. */
  async advance(incident: string, step: string, by: By): Promise<{ advanced: number; left: { client: string; code: string }[] }> {
    const left: { client: string; code: string }[] = [];
    let advanced = 0;
    for (const { client, record } of await this.of(incident)) {
      const lane = await this.#desk.view(client, record);
      const code = whyNot(lane, step);
      if (code !== undefined) {
        left.push({ client, code });
        continue;
      }
      const answer = await this.#desk.do({ client, record, of: 'lane', command: { do: 'completeStep', step }, ...by });
      if ('refused' in answer) left.push({ client, code: answer.code });
      else advanced++;
    }
    return { advanced, left };
  }

  /** Puts one question to every open lane; the answers stay in the lanes, and the board counts what is still open. */
  async askAll(incident: string, question: string, due: string | undefined, by: By): Promise<number | Refusal> {
    const named = namedIn(question, await this.#store.coordinator().summaries('standing'));
    if (named !== undefined)
      return refuse('invalid', `The question names a client (${named}). What goes to many must name nobody.`, 'question');
    const command = { do: 'openAsk', question, ...(due === undefined ? {} : { due }) } as const;
    let asked = 0;
    for (const { client, record, status } of await this.of(incident)) {
      if (status !== 'open') continue;
      const answer = await this.#desk.do({ client, record, of: 'lane', command, ...by });
      if (!('refused' in answer)) asked++;
    }
    return asked;
  }
}

function whyNot(lane: RecordView | undefined, id: string): string | undefined {
  const found = lane?.guide?.steps.find(({ step }) => step.id === id);
  if (lane === undefined || found === undefined) return 'no-step';
  if (lane.incident.status === 'closed') return 'closed';
  if (found.standing !== 'open') return found.standing;
  if (found.step.kind === 'decision') return 'decision';
  return found.unmet.length > 0 ? 'precondition' : undefined;
}
