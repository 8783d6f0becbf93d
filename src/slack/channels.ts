import type { webApi } from '@slack/bolt';
import type { Outcome } from '../desk/ports.ts';
import type { RecordView } from '../desk/view.ts';
import type { Incident } from '../record/incident.ts';
import { attempt, code } from './failures.ts';
import type { Log } from './house.ts';
import { clip } from './mrkdwn.ts';

type Parts = { client: webApi.WebClient; log: Log };

/** The name follows from the record, so that a channel that was made before a crash is found and not made twice. */
export function channelNameOf({ record, title, drill }: Incident): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return [drill ? 'drill' : 'inc', words, record.slice(-4)].filter((part) => part !== '').join('-');
}

/** Creates the private channel of an incident and brings its people in. */
export async function openChannel(parts: Parts, { incident }: RecordView, invite: string[]): Promise<Outcome> {
  const name = channelNameOf(incident);
  const channel = await create(parts.client, name);
  const users = invite.filter((user) => user !== '').join(',');
  if (users !== '')
    await attempt(parts, 'conversations.invite', 'Nobody could be invited to the incident channel.', () =>
      parts.client.conversations.invite({ channel, users }),
    );
  const topic = `${incident.drill ? 'DRILL: ' : ''}${clip(incident.title, 120)} (${incident.record})`;
  await attempt(parts, 'conversations.setTopic', 'The channel has no topic here.', () =>
    parts.client.conversations.setTopic({ channel, topic }),
  );
  return { state: 'sent', ref: channel };
}

/** Brings a person in; somebody who is there already is fine. */
export async function invite({ client }: Parts, { channel, user }: { channel: string; user: string }): Promise<Outcome> {
  try {
    await client.conversations.invite({ channel, users: user });
  } catch (error) {
    if (code(error) !== 'already_in_channel') throw error;
  }
  return { state: 'sent', ref: user };
}

async function create(client: webApi.WebClient, name: string): Promise<string> {
  try {
    const { channel } = await client.conversations.create({ name, is_private: true });
    return channel?.id ?? '';
  } catch (error) {
    const found = code(error) === 'name_taken' ? await findChannel(client, name) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

export async function findChannel(client: webApi.WebClient, name: string): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const page = await client.conversations.list({
      types: 'private_channel,public_channel',
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = page.channels?.find((channel) => channel.name === name);
    if (found?.id !== undefined) return found.id;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return undefined;
}

/** Tells the person who declared, where they declared, where it goes on. */
export async function pointTo(
  { client }: Parts,
  { incident }: RecordView,
  { channel, user }: { channel: string; user: string },
): Promise<Outcome> {
  const [place] = incident.places;
  if (place === undefined) return { state: 'later', afterMs: 200, code: 'no-place-yet' };
  await client.chat.postEphemeral({
    channel,
    user,
    text: `${incident.drill ? 'DRILL: ' : ''}The incident is worked on in <#${place.channel}>.`,
  });
  return { state: 'sent', ref: channel };
}
