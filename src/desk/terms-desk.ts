import { type Client, ClientShape } from '../inventory/register.ts';
import { type Terms, termsOf } from '../inventory/terms.ts';
import { type Refusal, refuse } from '../record/command.ts';
import { type By, profileOf, type Registered, standingOf } from './clients.ts';
import type { Desk, Done } from './desk.ts';
import { termsCard } from './plan.ts';
import { REGISTER, termsNews } from './terms.ts';
import type { RecordView } from './view.ts';

/** Whose terms they are, as the register has them today. */
export type Entry = { profile: Client; terms: Terms };

/**
 * The terms that apply to a record: in a lane those of its client, in a vendor incident our own. They are read from the register
 * when the record opens and sealed as facts, so that the clocks run; what changes in the register afterwards is asked about.
 */
export class TermsDesk {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** What the register says about a client, or about ourselves. */
  async entry(client: string): Promise<Entry | undefined> {
    const lanes = (await this.#desk.view(client, standingOf(client)))?.incident.lanes;
    const profile = profileOf(lanes?.client?.profile ?? lanes?.house?.profile);
    if (profile === undefined) return undefined;
    const { contracts, policies } = termsOf(profile);
    // What we have signed ourselves, we have signed with those who supply us.
    const signed = lanes?.house === undefined ? contracts : contracts.map((one) => ({ with: 'vendor' as const, ...one }));
    return { profile, terms: { contracts: signed, policies } };
  }

  /** Only what belongs to this very client: the record and its register entry are read through the same handle. */
  async of({ client, incident }: RecordView): Promise<Entry | undefined> {
    return incident.of === 'lane' || incident.of === 'incident' ? this.entry(client) : undefined;
  }

  /** Seals the clauses that the record does not have yet. Done again, it adds nothing; what changed is left to somebody's word. */
  async settle(client: string, record: string): Promise<number> {
    const view = await this.#desk.view(client, record);
    const entry = view === undefined ? undefined : await this.of(view);
    if (view === undefined || entry === undefined) return 0;
    const { added, changed } = termsNews(view.incident, entry.terms, entry.profile.name);
    if (changed.length > 0) await this.#show(view);
    if (added.length === 0) return 0;
    const command = { do: 'setFacts', facts: added, source: REGISTER } as const;
    const answer = await this.#desk.do({ client, record, command, via: 'bot' });
    return 'refused' in answer ? 0 : added.length;
  }

  /** The register was changed: every open record of the client takes in what is new, and asks about what is different. */
  async refresh(client: string): Promise<void> {
    const open = (await this.#desk.views(client)).filter(({ incident }) => incident.status === 'open');
    for (const { incident } of open) await this.settle(client, incident.record);
  }

  /** The same after an import: for everybody of whom something changed. Hands on what it was given. */
  async follow(registered: Registered[]): Promise<Registered[]> {
    for (const one of registered) if ('outcome' in one && one.outcome === 'changed') await this.refresh(one.client);
    return registered;
  }

  /** The card, where the record is worked on: there once, and drawn again in its place. */
  #show({ client, incident }: RecordView): Promise<void> {
    const places = incident.places.filter(({ purpose }) => purpose === 'incident');
    return this.#desk.send(
      client,
      places.map((place) => termsCard(incident.record, place)),
    );
  }

  /** Takes over what the register says now, on somebody's word: a sealed date may move by it. */
  async takeOver(client: string, record: string, by: By, more: { vendor?: string; key?: string } = {}): Promise<Done | Refusal> {
    const view = await this.#desk.view(client, record);
    const entry = view === undefined ? undefined : await this.of(view);
    if (view === undefined || entry === undefined) return refuse('unknown', 'The register says nothing about this one.');
    const { added, offered, changed } = termsNews(view.incident, entry.terms, entry.profile.name);
    const { vendor, key } = more;
    const wanted = offered.filter(({ party }) => party === vendor);
    const facts = vendor === undefined ? [...added, ...changed.map(({ before: _, ...fact }) => fact)] : wanted;
    if (facts.length === 0) return refuse('already', 'The record says what the register says.');
    const command = { do: 'setFacts', facts, source: REGISTER } as const;
    return this.#desk.do({ client, record, command, ...by, ...(key === undefined ? {} : { key }) });
  }

  /** What the register says of ourselves, in our own standing record; it opens with the first word. */
  async describe(us: string, profile: Client, by: By): Promise<Done | Refusal> {
    const about = { client: us, record: standingOf(us), of: 'standing', ...by } as const;
    if ((await this.#desk.view(us, standingOf(us))) === undefined)
      await this.#desk.do({ ...about, command: { do: 'openHouse', verifierKey: this.#desk.verifierKey } });
    return this.#desk.do({ ...about, command: { do: 'describeHouse', profile: JSON.stringify(profile) } });
  }

  /** Changes the contracts and policies of an entry of the register, and nothing else of it. */
  async change(us: string, client: string, change: (terms: Terms) => Terms, by: By): Promise<Done | Refusal> {
    const entry = await this.entry(client);
    if (entry === undefined && client !== us) return refuse('unknown', 'There is no such client in the register.');
    const before = entry?.profile ?? ClientShape.parse({ id: us, name: 'Ourselves' });
    const { contracts, policies: insurance } = change(entry?.terms ?? { contracts: [], policies: [] });
    const profile = { ...before, contracts, insurance };
    if (client === us) return this.describe(us, profile, by);
    const command = { do: 'changeClient', name: profile.name, profile: JSON.stringify(profile) } as const;
    return this.#desk.do({ client, record: standingOf(client), of: 'standing', command, ...by });
  }
}
