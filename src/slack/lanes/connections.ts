import type { webApi } from '@slack/bolt';
import type { Preflight } from '../../desk/broadcast-order.ts';
import type { Place } from '../../desk/ports.ts';
import { code, isRateLimit } from '../deliveries/failures.ts';
import type { Elsewhere } from './elsewhere.ts';

/**
 * Who else is in a channel. A shared channel is read by everybody on the other side, so before anything goes there the other side
 * must be that one client. Asked again at the moment of sending: what was true at the pre-flight may not be true any more.
 */
type Where = Pick<Place, 'workspace' | 'channel'>;

type Facts = { at: number; shared: boolean; pending: boolean; archived: boolean; member: boolean; teams: string[] };

type Channel = {
  id?: string;
  is_ext_shared?: boolean;
  is_pending_ext_shared?: boolean;
  is_archived?: boolean;
  is_member?: boolean;
  connected_team_ids?: string[];
  shared_team_ids?: string[];
};

/** What a list said a minute ago is good enough for a channel that nobody else is in; a shared one is always asked about. */
const FRESH_MS = 60_000;

export class Connections {
  readonly #client: webApi.WebClient;
  readonly #elsewhere: Elsewhere | undefined;
  readonly #now: () => number;
  readonly #known = new Map<string, Facts>();
  #home: string | undefined;
  #swept = Number.NEGATIVE_INFINITY;

  constructor(client: webApi.WebClient, now: () => number, elsewhere?: Elsewhere) {
    this.#client = client;
    this.#elsewhere = elsewhere;
    this.#now = now;
  }

  /** The workspace that we are installed in does not count as another side. */
  weAre(team: string): void {
    this.#home = team;
  }

  /** Looks at every channel that the bot can see, a thousand at a time: asking one by one would take half an hour for 1,500. */
  async sweep(): Promise<void> {
    if (this.#now() - this.#swept < FRESH_MS) return;
    let cursor: string | undefined;
    do {
      const page = await this.#client.conversations.list({
        types: 'public_channel,private_channel',
        limit: 999,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const channel of page.channels ?? []) this.#keep(channel as Channel);
      cursor = page.response_metadata?.next_cursor || undefined;
    } while (cursor !== undefined);
    this.#swept = this.#now();
  }

  /** A code where a client's message must not go to this channel; `later` where Slack cannot say just now. */
  async barredFor(place: Where, workspace: string | undefined): Promise<string | undefined> {
    if (this.#isElsewhere(place) && place.workspace !== workspace) return 'not-that-client';
    const facts = await this.#facts(place);
    if (typeof facts === 'string') return facts;
    if (facts.archived) return 'is_archived';
    if (!facts.member) return 'not_in_channel';
    if (facts.pending) return 'not-that-client';
    if (!facts.shared) return undefined;
    if (workspace === undefined) return 'not-mapped';
    const others = facts.teams.filter((team) => team !== this.#home);
    const expected = new Set(workspace.split(/[\s,;]+/));
    return others.length > 0 && others.every((team) => expected.has(team)) ? undefined : 'not-that-client';
  }

  /** Internal cards never stand where somebody else reads: in a shared channel, or in a workspace of a client. */
  async isShared(place: Where): Promise<boolean | string> {
    if (this.#isElsewhere(place)) return true;
    const facts = await this.#facts(place);
    return typeof facts === 'string' ? facts : facts.shared || facts.pending;
  }

  /** Before message one: every target. `workspaceOf` says which other side a client's channel may have. */
  preflight(workspaceOf: (client: string) => Promise<string | undefined>): Preflight {
    return async (places: { client: string; place: Place }[]) => {
      await this.sweep().catch(() => undefined);
      const barred = new Map<string, string>();
      for (const { client, place } of places) {
        const reason = await this.barredFor(place, await workspaceOf(client));
        if (reason !== undefined) barred.set(place.channel, reason);
      }
      return barred;
    };
  }

  #isElsewhere = ({ workspace }: Where): boolean => this.#elsewhere?.has(workspace) === true;

  async #facts({ channel, workspace }: Where): Promise<Facts | string> {
    const known = this.#known.get(channel);
    // Somebody who was told that the bot is not in there invites it: that is asked again, never remembered.
    if (known?.member === true && !known.shared && !known.pending && this.#now() - known.at < FRESH_MS) return known;
    try {
      const { channel: found } = await (this.#elsewhere?.clientFor(workspace) ?? this.#client).conversations.info({ channel });
      return this.#keep({ id: channel, ...(found as Channel) });
    } catch (error) {
      return isRateLimit(error) || code(error).startsWith('http_') ? 'later' : code(error);
    }
  }

  #keep(channel: Channel): Facts {
    const facts: Facts = {
      at: this.#now(),
      shared: channel.is_ext_shared === true,
      pending: channel.is_pending_ext_shared === true,
      archived: channel.is_archived === true,
      member: channel.is_member !== false,
      teams: [...new Set([...(channel.connected_team_ids ?? []), ...(channel.shared_team_ids ?? [])])],
    };
    if (channel.id !== undefined) this.#known.set(channel.id, facts);
    return facts;
  }
}
