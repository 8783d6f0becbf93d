import type { Authorize, webApi } from '@slack/bolt';
import type { Place } from '../../desk/ports.ts';

/** Workspaces of clients in which the bot is installed beside our own: the token of each, by the id of the workspace. */
export type Tokens = ReadonlyMap<string, string>;

/** A client of Slack for each workspace of a client; undefined for our own. */
export type Elsewhere = { has(workspace: string): boolean; clientFor(workspace: string): webApi.WebClient | undefined };

export function elsewhere(tokens: Tokens, open: (token: string) => webApi.WebClient): Elsewhere {
  const clients = new Map([...tokens].map(([workspace, token]) => [workspace, open(token)]));
  return { has: (workspace) => tokens.has(workspace), clientFor: (workspace) => clients.get(workspace) };
}

/** The parts to carry a delivery with: those of the workspace that its place is in. */
export function partsFor<Parts extends { client: webApi.WebClient; elsewhere?: Elsewhere }>(
  parts: Parts,
  place: Place | undefined,
): Parts {
  const client = place === undefined ? undefined : parts.elsewhere?.clientFor(place.workspace);
  return client === undefined ? parts : { ...parts, client };
}

/** Which token Bolt answers a request with. A workspace that is not known has no token of its own: it wrote in a channel of ours. */
export function authorizer(token: string, tokens: Tokens, open: (token: string) => webApi.WebClient): Authorize<boolean> {
  const known = new Map<string, Promise<{ botToken: string; botId?: string; botUserId?: string }>>();
  return ({ teamId }) => {
    const botToken = tokens.get(teamId ?? '') ?? token;
    const asked = known.get(botToken) ?? whoIs(botToken, open(botToken));
    known.set(botToken, asked);
    asked.catch(() => known.delete(botToken));
    return asked;
  };
}

async function whoIs(botToken: string, client: webApi.WebClient) {
  const { bot_id: botId, user_id: botUserId } = await client.auth.test();
  return { botToken, ...(botId === undefined ? {} : { botId }), ...(botUserId === undefined ? {} : { botUserId }) };
}
