import { resolve } from 'node:path';
import { openLibrary } from '../../src/cli/library.ts';
import { Clients } from '../../src/desk/clients.ts';
import { Desk } from '../../src/desk/desk.ts';
import { type Assessed, Lanes } from '../../src/desk/lanes.ts';
import type { Signer } from '../../src/desk/ports.ts';
import type { RecordView } from '../../src/desk/view.ts';
import { type Client, ClientShape } from '../../src/inventory/register.ts';
import type { Command } from '../../src/record/command.ts';
import { openSqlite } from '../../src/store/sqlite.ts';

/** A house with many clients, in memory: a clock that a test turns, ids that count, a signer that signs nothing in earnest. */
export const HOME = { surface: 'slack', workspace: 'T1' };
export const US = 'us';
export const ADA = { account: 'slack/T1/UADA', name: 'Ada' };
export const BEN = { account: 'slack/T1/UBEN', name: 'Ben' };
export const by = { person: ADA, via: 'slack-signature' } as const;

export const library = openLibrary(resolve(import.meta.dirname, '..', '..', 'runbooks'));

export class ManyClients {
  now = Date.parse('2026-10-24T09:00:00Z');
  #state = 1;
  readonly store = openSqlite(':memory:');
  readonly signer: Signer = { name: 'firebreak-test', publicKey: new Uint8Array(32), sign: () => new Uint8Array(64) };
  readonly world = { now: () => this.now, random: (bytes: number) => this.#random(bytes) };
  desk = new Desk(this.store, this.world, this.signer);
  clients = new Clients(this.desk, this.store);
  lanes = new Lanes(this.desk, this.store, US);

  #random(bytes: number): Uint8Array {
    return Uint8Array.from({ length: bytes }, () => {
      this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
      return this.#state >>> 24;
    });
  }

  /** Another process over the same store. */
  restart(): void {
    this.desk = new Desk(this.store, this.world, this.signer);
    this.clients = new Clients(this.desk, this.store);
    this.lanes = new Lanes(this.desk, this.store, US);
  }

  async declare(title = 'The remote tool is installing something', record = 'inc-vendor'): Promise<string> {
    const runbook = library.source('msp-tool-compromise')!;
    const { verifierKey } = this.desk;
    const unknown = { stillHappening: 'unknown', canReachClients: 'unknown', talkingOverIt: 'unknown' } as const;
    await this.ours(record, { do: 'declareIncident', title, looksLike: 'msp-tool-compromise', ...unknown, runbook, verifierKey });
    return record;
  }

  async register(count: number, more: (at: number) => Partial<Client> = () => ({})): Promise<string[]> {
    const clients = Array.from({ length: count }, (_, at) =>
      ClientShape.parse({ id: idOf(at), name: `Client ${at}`, channel: `C${1000 + at}`, ...more(at) }),
    );
    await this.clients.register(clients, by, HOME);
    return clients.map(({ id }) => id);
  }

  ours(record: string, command: Command, person = ADA) {
    return this.desk.do({ client: US, record, command, person, via: 'slack-signature' });
  }

  theirs(client: string, record: string, command: Command, person = ADA) {
    return this.desk.do({ client, record, of: 'lane', command, person, via: 'slack-signature' });
  }

  async view(client: string, record: string): Promise<RecordView> {
    const view = await this.desk.view(client, record);
    if (view === undefined) throw new Error(`${client} has no ${record}`);
    return view;
  }
}

export const idOf = (at: number): string => `client-${String(at).padStart(2, '0')}`;

/** Twelve are hit, of seven nobody knows, the others do not have it. */
export function twelveOf(ids: string[]): Assessed[] {
  return ids.flatMap((client, at): Assessed[] => {
    if (at < 12) return [{ client, tier: 'T2', state: 'present_in_window', reason: 'An affected version is present.' }];
    if (at < 19) return [];
    return [{ client, tier: 'T4', state: 'not_present', reason: 'Checked the software list of 24 October.' }];
  });
}
