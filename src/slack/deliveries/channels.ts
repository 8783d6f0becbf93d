import type { webApi } from '@slack/bolt';
import type { Claimed, Outcome } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import type { Incident } from '../../record/incident.ts';
import type { Log } from '../house.ts';
import { clip } from '../mrkdwn.ts';
import { attempt, code, isRateLimit, optional, outcomeOf, pause, TRIES_MAX } from './failures.ts';

type Parts = { client: webApi.WebClient; log: Log };

/**
 * The name follows from the record, so that a channel that was made before a crash is found and not made twice. It ends in
 * the whole id of the record: two drills of one title must not meet in one channel.
 */
export function channelNameOf({ record, title, drill }: Incident): string {
  const words = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 48)
    .replace(/-+$/, '');
  return [drill ? 'drill' : 'inc', words, record.replace(/^inc-/, '')].filter((part) => part !== '').join('-');
}

/**
 * Creates the private channel of an incident and brings its people in. Doing it twice is doing it once: the name is found
 * again, and whoever is in already stays in.
 */
export async function openChannel(parts: Parts, delivery: Claimed, { incident }: RecordView, invite: string[]): Promise<Outcome> {
  const channel = delivery.ref ?? (await create(parts, delivery, channelNameOf(incident)));
  if (typeof channel !== 'string') return channel;
  const users = invite.filter((user) => user !== '').join(',');
  try {
    if (users !== '') await bringIn(parts, channel, users);
  } catch (error) {
    // Better a channel that its people must be let into by hand than none.
    if (delivery.attempt < TRIES_MAX) return { state: 'later', afterMs: wait(error, delivery), code: 'not-invited', ref: channel };
    parts.log.warn({ code: code(error) }, 'Nobody could be invited to the incident channel.');
  }
  const topic = `${incident.drill ? 'DRILL: ' : ''}${clip(incident.title, 120)} (${incident.record})`;
  await attempt(parts, 'conversations.setTopic', 'The channel has no topic here.', () =>
    parts.client.conversations.setTopic({ channel, topic }),
  );
  return { state: 'sent', ref: channel };
}

/** Brings people in; whoever is there already is fine. */
export async function bringIn(parts: Parts, channel: string, users: string): Promise<void> {
  await optional(parts, 'conversations.invite', 'Nobody could be invited to the incident channel.', async () => {
    try {
      await parts.client.conversations.invite({ channel, users });
    } catch (error) {
      if (code(error) !== 'already_in_channel') throw error;
    }
  });
}

/** The channel of that name, made or found; or when to try again. */
async function create(parts: Parts, delivery: Claimed, name: string): Promise<string | Outcome> {
  try {
    return await createOrFind(parts, name);
  } catch (error) {
    if (code(error) !== 'name_taken') return unsure(outcomeOf(error, delivery), delivery);
    // Made a moment ago and not listed yet; or somebody else has a channel of that name that the bot cannot see.
    if (delivery.attempt < 4) return { state: 'later', afterMs: pause(delivery.attempt), code: 'name_taken' };
    return createOrFind(parts, `${name}-2`);
  }
}

/** Whether a channel was made follows from its name: nothing has to be waited for. */
const unsure = (outcome: Outcome, { attempt: tries }: Claimed): Outcome =>
  outcome.state === 'uncertain' ? { state: 'later', afterMs: pause(tries), code: outcome.code } : outcome;

async function createOrFind({ client }: Parts, name: string): Promise<string> {
  try {
    const { channel } = await client.conversations.create({ name, is_private: true });
    if (channel?.id === undefined) throw new Error('the answer names no channel');
    return channel.id;
  } catch (error) {
    const found = code(error) === 'name_taken' ? await findChannel(client, name) : undefined;
    if (found === undefined) throw error;
    return found;
  }
}

/** Among the private channels, which are listed only where the bot is in them. */
async function findChannel(client: webApi.WebClient, name: string): Promise<string | undefined> {
  let cursor: string | undefined;
  do {
    const page = await client.conversations.list({
      types: 'private_channel',
      exclude_archived: true,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const found = page.channels?.find((channel) => channel.name === name);
    if (found?.id !== undefined) return found.id;
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor !== undefined);
  return undefined;
}

function wait(error: unknown, delivery: Claimed): number {
  const outcome = outcomeOf(error, delivery);
  return isRateLimit(error) && outcome.state === 'later' ? outcome.afterMs : pause(delivery.attempt);
}

/** Tells the person who declared, where they declared, where it goes on. */
export async function pointTo(
  { client }: Parts,
  { attempt: tries }: Claimed,
  { incident }: RecordView,
  { channel, user }: { channel: string; user: string },
): Promise<Outcome> {
  const [place] = incident.places;
  if (place === undefined && incident.delivered.get(`${incident.record}/open-channel`) === 'refused')
    return { state: 'refused', code: 'no-place', sentence: 'The incident has no channel to point to.' };
  if (place === undefined) return { state: 'later', afterMs: Math.min(200 * tries, 10_000), code: 'no-place-yet' };
  await client.chat.postEphemeral({
    channel,
    user,
    text: `${incident.drill ? 'DRILL: ' : ''}The incident is worked on in <#${place.channel}>.`,
  });
  return { state: 'sent', ref: channel };
}
