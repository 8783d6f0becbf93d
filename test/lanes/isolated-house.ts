import { resolve } from 'node:path';
import type { webApi } from '@slack/bolt';
import { openTemplates } from '../../src/cli/templates.ts';
import { Broadcaster } from '../../src/desk/broadcast.ts';
import { orderBroadcast } from '../../src/desk/broadcast-order.ts';
import { Calls } from '../../src/desk/calls.ts';
import { profileOf, standingOf } from '../../src/desk/clients.ts';
import { Courier } from '../../src/desk/courier.ts';
import { laneOf } from '../../src/desk/lanes.ts';
import type { Claimed } from '../../src/desk/ports.ts';
import { TermsDesk } from '../../src/desk/terms-desk.ts';
import { ClientShape } from '../../src/inventory/register.ts';
import type { Command } from '../../src/record/command.ts';
import { slackCarrier } from '../../src/slack/deliveries/carrier.ts';
import type { House } from '../../src/slack/house.ts';
import { lanesCarrier } from '../../src/slack/lanes/carrier.ts';
import { Connections } from '../../src/slack/lanes/connections.ts';
import { ADA, BEN, by, HOME, idOf, library, ManyClients, US } from './house.ts';

/** Fifty clients, each with a word of its own in every text that its records hold; and a Slack that keeps what it is sent. */
export const CLIENTS = 50;
export const canary = (at: number): string => `canary${String(at).padStart(2, '0')}x${(at * 7919 + 104_729).toString(36)}`;
export const OURS = 'vendorsecret';
export const VENDOR_CHANNEL = 'CVENDOR';
export const laneChannel = (at: number): string => `CLANE${at}`;
export const toldChannel = (at: number): string => `C${1000 + at}`;
export const theirTeam = (at: number): string => `TC${at}`;

const homeOf = (user: string): string => (/^UX\d+$/.test(user) ? `TC${user.slice(2)}` : HOME.workspace);

export type Call = { method: string; channel: string; json: string };

export class IsolatedHouse {
  readonly many = new ManyClients();
  readonly calls: Call[] = [];
  readonly logged: string[] = [];
  readonly carried: { delivery: Claimed; state: string }[] = [];
  /** Channels whose other side is not the client alone. */
  readonly intruded = new Map<string, string[]>();
  incident = 'inc-vendor';
  order = '';
  house!: House;
  courier!: Courier;

  async open(): Promise<this> {
    const { many } = this;
    await many.declare(`Vendor ${OURS}`, this.incident);
    await many.ours(this.incident, { do: 'openPlace', ...HOME, channel: VENDOR_CHANNEL, purpose: 'incident' });
    await many.ours(this.incident, { do: 'recordNote', text: OURS });
    await many.ours(this.incident, { do: 'recordFinding', about: OURS, status: 'suspected', text: OURS });
    const ids = await many.register(CLIENTS, (at) => ({
      workspace: theirTeam(at),
      contacts: [{ name: contactOf(at), mobile: `+49 ${at}`, email: `${canary(at)}@example.org` }],
      backup: canary(at),
      contracts: [{ kind: 'msa', hours: 24, clause: canary(at), duties: { backups: 'us' } }],
      insurance: { insurer: `Insurer ${canary(at)}`, policy: canary(at), hotline: `+1 ${canary(at)}`, to: canary(at), hours: 72 },
    }));
    const ourselves = ClientShape.parse({
      id: 'us',
      name: `Us ${OURS}`,
      insurance: { insurer: OURS, policy: OURS, hotline: OURS },
    });
    await new TermsDesk(many.desk).describe(US, ourselves, by);
    const assessed = ids.map((client, at) => ({
      client,
      tier: 'T2' as const,
      state: 'present_in_window' as const,
      reason: `Host ${canary(at)}`,
    }));
    await many.lanes.sort(this.incident, assessed, by);
    for (const at of ids.keys()) await this.#fill(at);
    this.#build();
    await this.#tell();
    return this;
  }

  /** Everybody is told something out of their own record; the answers are still to come. */
  async #tell(): Promise<void> {
    const { desk, store } = this.many;
    const parts = { desk, store, us: US, preflight: this.house.lanes!.preflight };
    const draft = {
      incident: this.incident,
      purpose: 'holding',
      audience: 'all',
      text: '{{name}}: {{basis}} {{contact}}',
    } as const;
    const ordered = await orderBroadcast(parts, draft, by);
    if ('refused' in ordered) throw new Error(ordered.refused);
    this.order = ordered.order;
    const { broadcaster } = this.house.lanes!;
    for (const { order } of ordered.orders) {
      await this.many.ours(this.incident, { do: 'approveBroadcast', order }, BEN);
      await broadcaster.take(this.incident, order);
    }
    while ((await broadcaster.step()) !== undefined) {
      await this.courier.round();
      this.many.now += 1000;
    }
  }

  record = (at: number): string => laneOf(this.incident, idOf(at));

  /** Every kind of text that a lane can hold. */
  async #fill(at: number): Promise<void> {
    const word = canary(at);
    const view = await this.many.view(idOf(at), this.record(at));
    const step = view.guide?.current?.step.id ?? '';
    const commands: Command[] = [
      { do: 'openPlace', ...HOME, channel: laneChannel(at), purpose: 'incident' },
      { do: 'recordNote', text: word },
      { do: 'recordFinding', about: word, status: 'suspected', text: word, source: word },
      { do: 'openAsk', question: word },
      { do: 'blockStep', step, reason: word },
      { do: 'takeDecision', question: word, choice: word, reason: word, outcome: 'decided', reversible: 'unknown', cites: [] },
      { do: 'describeEvidence', evidence: 'words', text: word },
      {
        do: 'recordCost',
        cost: 'c1',
        category: 'legal',
        who: word,
        by: 'person',
        minutes: 60,
        task: word,
        ticket: word,
        consent: word,
      },
      { do: 'readStatement', speaker: word, text: word, precision: 'day' },
    ];
    for (const command of commands) await this.many.theirs(idOf(at), this.record(at), command);
  }

  #build(): void {
    const { many } = this;
    const client = this.#client();
    const log = { info: this.#log, warn: this.#log, error: this.#log };
    const connections = new Connections(client, many.world.now);
    connections.weAre(HOME.workspace);
    const calls = new Calls(many.desk, many.store, US);
    const broadcaster = new Broadcaster({ desk: many.desk, store: many.store, world: many.world, us: US });
    const workspaceOf = async (id: string) =>
      profileOf((await many.view(id, standingOf(id))).incident.lanes.client?.profile)?.workspace;
    this.house = {
      surface: HOME.surface,
      team: HOME.workspace,
      desk: many.desk,
      store: many.store,
      library,
      client,
      log,
      via: () => 'slack-signature',
      clientOf: () => US,
      notices: openTemplates(resolve(import.meta.dirname, '..', '..', 'runbooks'), log),
      sharedWith: async (channel) => (await connections.isShared({ ...HOME, channel })) !== false,
      lanes: {
        clients: many.clients,
        calls,
        isShared: (place) => connections.isShared(place),
        lanes: many.lanes,
        broadcaster,
        preflight: connections.preflight(workspaceOf),
        assess: async () => ({ assessed: [], problems: [] }),
      },
    };
    const files = { fetch: async () => new Uint8Array(), keep: async () => {} };
    const parts = { client, log, files, views: (id: string) => many.desk.views(id) };
    const inner = lanesCarrier(slackCarrier(parts), {
      ...parts,
      desk: many.desk,
      store: many.store,
      broadcaster,
      connections,
      calls,
    });
    const carrier = {
      ...inner,
      carry: async (...[delivery, view]: Parameters<typeof inner.carry>) => {
        const outcome = await inner.carry(delivery, view);
        this.carried.push({ delivery, state: outcome.state });
        return outcome;
      },
    };
    this.courier = new Courier(many.store, many.desk, carrier, many.world, {
      failed: (_, error) => void this.logged.push(String(error)),
    });
  }

  #log = (about: object, text: string): void => void this.logged.push(`${JSON.stringify(about)} ${text}`);

  /** Every method there is: it keeps what it is given, and answers the little that is read. */
  #client(): webApi.WebClient {
    const answer = (method: string, args: { channel?: string; name?: string; user?: string }): object => {
      if (method === 'conversations.info') return { channel: this.#channel(args.channel ?? '') };
      if (method === 'conversations.list') return { channels: [] };
      if (method === 'conversations.create') return { channel: { id: `CMADE${args.name}` } };
      if (method === 'users.info')
        return {
          user: {
            real_name: 'Somebody',
            ...(args.user === 'UNOBODY' ? {} : { team_id: homeOf(args.user ?? '') }),
          },
        };
      return { ts: `1.${this.calls.length}`, messages: [] };
    };
    const noun = (name: string) =>
      new Proxy(
        {},
        {
          get:
            (_, verb) =>
            async (args: { channel?: string; channel_id?: string; user_id?: string } = {}) => {
              const method = `${name}.${String(verb)}`;
              this.calls.push({ method, channel: args.channel ?? args.user_id ?? '', json: JSON.stringify(args) });
              return { ok: true, ...answer(method, args) };
            },
        },
      );
    return new Proxy({}, { get: (_, name) => noun(String(name)) }) as unknown as webApi.WebClient;
  }

  #channel(id: string): object {
    const at = Number(id.slice(1)) - 1000;
    if (!/^C1\d{3}$/.test(id)) return { id, is_member: true };
    return {
      id,
      is_member: true,
      is_ext_shared: true,
      connected_team_ids: this.intruded.get(id) ?? [HOME.workspace, theirTeam(at)],
    };
  }

  /** Whose channel this is; -1 is our own, undefined nobody's. */
  static owner(channel: string): number | undefined {
    const told = /^C1(\d{3})$/.exec(channel);
    const lane = /^(?:CLANE|CMADEinc-client-)(\d+)(?:-lane-|$)/.exec(channel);
    if (channel === VENDOR_CHANNEL) return -1;
    return told !== null ? Number(told[1]) : lane !== null ? Number(lane[1]) : undefined;
  }
}

/** Whom to phone, as the call sheet names them: the one text of a client that our own channel shows. */
export const contactOf = (at: number): string => `Contact ${canary(at)}`;

/** The clients whose word a text holds. */
export const canariesIn = (text: string): number[] => [
  ...new Set([...text.matchAll(/canary(\d\d)x/g)].map(([, at]) => Number(at))),
];
export { ADA };
