import type { webApi } from '@slack/bolt';
import type { Carrier, Claimed, Outcome, Place } from '../desk/ports.ts';
import type { RecordView } from '../desk/view.ts';
import { toHex, utf8 } from '../record/bytes.ts';
import { parseNote, spoken } from '../record/checkpoint.ts';
import { sha256 } from '../record/sha256.ts';
import { channelNameOf, findChannel, invite, openChannel, pointTo } from './channels.ts';
import { entryCard } from './entry-card.ts';
import { attempt, code, outcomeOf, REASONS } from './failures.ts';
import { type FileFetcher, fetchEvidence } from './files.ts';
import { homeView } from './home.ts';
import type { Log } from './house.ts';
import { safe } from './mrkdwn.ts';
import { statusCard } from './status-card.ts';
import { type Card, stepCard } from './step-card.ts';

/**
 * Carries deliveries into Slack. Cards are rendered here and now from the record; anything else goes out as it was frozen.
 * What Slack's answer means for a delivery is decided in `failures.ts`.
 */
export type SlackCarrierParts = {
  client: webApi.WebClient;
  log: Log;
  files: FileFetcher;
  /** For a chat that is not outside our own store: what to show so that somebody can take a head outside. */
  copy?: (record: string, size: number, note: string) => string;
  /** All records of a client, for the Home tab. */
  views(client: string): Promise<RecordView[]>;
};

export function slackCarrier(parts: SlackCarrierParts): Carrier {
  return {
    carry: (delivery, view) => carry(parts, delivery, view).catch((error: unknown) => outcomeOf(error, delivery)),
    find: (delivery, view) => find(parts, delivery, view),
  };
}

async function carry(parts: SlackCarrierParts, delivery: Claimed, view: RecordView): Promise<Outcome> {
  const body: Body = JSON.parse(delivery.body);
  switch (delivery.kind) {
    case 'open-channel':
      return openChannel(parts, view, body.invite ?? []);
    case 'invite':
      return invite(parts, { channel: body.place.channel, user: body.user ?? '' });
    case 'point':
      return pointTo(parts, view, { channel: body.channel ?? '', user: body.user ?? '' });
    case 'status-card':
      return showCard(parts, delivery, body.place, statusCard(view), true);
    case 'step-card':
      return showStep(parts, delivery, body, view);
    case 'entry-card': {
      const entry = view.entries[Number(body.seq) - 1];
      if (entry === undefined) return { state: 'refused', code: 'no-entry', sentence: 'There is no such entry.' };
      return showCard(parts, delivery, body.place, entryCard(view, entry), false);
    }
    case 'checkpoint':
      return say(parts, delivery, body.place, checkpointText(parts, body, view), firstCheckpoint(body.place, view));
    case 'post':
      return say(parts, delivery, body.place, body.marked ? (body.text ?? '') : safe(body.text ?? ''), body.thread);
    case 'home':
      return publishHome(parts, body.place, view);
    case 'fetch-evidence':
      return fetchEvidence(parts.files, delivery);
    default:
      return { state: 'refused', code: 'unknown-kind', sentence: `Nothing here carries "${delivery.kind}".` };
  }
}

type Body = {
  place: Place;
  step?: string;
  text?: string;
  thread?: string;
  marked?: boolean;
  size?: number;
  seq?: string;
  note?: string;
  invite?: string[];
  channel?: string;
  user?: string;
};

/** Opaque on purpose: anybody in the workspace can read message metadata. */
export const opaque = (id: string): string => toHex(sha256(utf8(id))).slice(0, 32);

const metadata = (id: string) => ({ event_type: 'firebreak_delivery', event_payload: { key: opaque(id) } });

async function showStep(parts: SlackCarrierParts, delivery: Claimed, body: Body, view: RecordView): Promise<Outcome> {
  const guided = view.guide?.steps.find(({ step }) => step.id === body.step);
  if (guided === undefined) return { state: 'refused', code: 'no-step', sentence: 'The runbook has no such step any more.' };
  return showCard(parts, delivery, body.place, stepCard(view, guided), false);
}

/** The first time a card is posted, and pinned where it is the status card; later it is edited where it stands. */
async function showCard(
  parts: SlackCarrierParts,
  delivery: Claimed,
  { channel }: Place,
  card: Card,
  pin: boolean,
): Promise<Outcome> {
  const { client } = parts;
  if (delivery.ref !== undefined) {
    try {
      await client.chat.update({ channel, ts: delivery.ref, ...card });
      return { state: 'sent', ref: delivery.ref };
    } catch (error) {
      if (code(error) !== 'message_not_found') throw error;
    }
  }
  const { ts = '' } = await client.chat.postMessage({
    channel,
    ...card,
    unfurl_links: false,
    unfurl_media: false,
    metadata: metadata(delivery.id),
  });
  if (pin)
    await attempt(parts, 'pins.add', 'The status card is not pinned here.', () => client.pins.add({ channel, timestamp: ts }));
  return { state: 'sent', ref: ts };
}

async function say(
  { client }: SlackCarrierParts,
  { id }: Claimed,
  { channel }: Place,
  text: string,
  thread?: string,
): Promise<Outcome> {
  const { ts = '' } = await client.chat.postMessage({
    channel,
    text,
    unfurl_links: false,
    unfurl_media: false,
    metadata: metadata(id),
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  return { state: 'sent', ref: ts };
}

/** Later heads stand in the thread of the first: the channel stays readable, and every copy is outside. */
const firstCheckpoint = ({ channel }: Place, { incident }: RecordView): string | undefined =>
  incident.published.find((one) => one.channel === channel)?.message;

/** Plain text on purpose: an edited message shows its edit mark only where it has no blocks. */
function checkpointText({ copy }: SlackCarrierParts, { note = '', size = 0 }: Body, { incident }: RecordView): string {
  const first = incident.published.length === 0 ? `\nKey to check it with: ${incident.verifierKey ?? ''}` : '';
  const take = copy === undefined ? '' : `\n${copy(incident.record, size, note)}`;
  const words = spoken(parseNote(note).checkpoint.root);
  return `Checkpoint of ${incident.record} at ${size} entries (${words}). A copy kept outside proves that nothing before it was changed.${first}\n\`\`\`\n${note}\`\`\`${take}`;
}

async function publishHome(
  { client, views, log }: SlackCarrierParts,
  { channel: user, workspace }: Place,
  view: RecordView,
): Promise<Outcome> {
  const all = await views(view.client);
  await attempt({ log }, 'views.publish', 'There is no Home tab here.', () =>
    client.views.publish({ user_id: user, view: homeView(all, workspace) }),
  );
  return { state: 'sent', ref: user };
}

/** Whether an uncertain delivery arrived after all: looked for by its opaque key in the channel's history. */
async function find(
  parts: SlackCarrierParts,
  delivery: Claimed,
  view: RecordView,
): Promise<{ found: true; ref: string } | { found: false } | 'unknowable'> {
  const { client } = parts;
  try {
    if (delivery.kind === 'open-channel') {
      const channel = await findChannel(client, channelNameOf(view.incident));
      return channel === undefined ? { found: false } : { found: true, ref: channel };
    }
    const { place }: Body = JSON.parse(delivery.body);
    if (delivery.kind === 'home' || delivery.kind === 'fetch-evidence' || place === undefined) return { found: false };
    const history = await client.conversations.history({ channel: place.channel, include_all_metadata: true, limit: 200 });
    const key = opaque(delivery.id);
    const hit = history.messages?.find(({ metadata: found }) => JSON.stringify(found?.event_payload ?? {}).includes(key));
    return hit?.ts === undefined ? { found: false } : { found: true, ref: hit.ts };
  } catch (error) {
    parts.log.warn({ delivery: delivery.id, code: code(error) }, REASONS.unknowable);
    return 'unknowable';
  }
}
