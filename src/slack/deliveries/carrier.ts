import type { webApi } from '@slack/bolt';
import type { Carrier, Claimed, Delivery, Outcome, Place, Seen } from '../../desk/ports.ts';
import type { Reckoner } from '../../desk/reckoner.ts';
import type { RecordView } from '../../desk/view.ts';
import { toHex, utf8 } from '../../record/bytes.ts';
import { sha256 } from '../../record/sha256.ts';
import type { Card } from '../card.ts';
import { boardOf, topClocks } from '../clocks/board.ts';
import { entryCard } from '../entry-card.ts';
import { readable } from '../fitting.ts';
import { homeView } from '../home.ts';
import type { Log } from '../house.ts';
import { type FileFetcher, fetchEvidence } from '../keeping/files.ts';
import { type Asked, secondCard } from '../keeping/second-card.ts';
import { type Elsewhere, partsFor } from '../lanes/elsewhere.ts';
import { safe } from '../mrkdwn.ts';
import { NO_NOTICE, noticeDeskCard, sendNotice } from '../notices/carrier.ts';
import type { NoticeShelf } from '../notices/desk.ts';
import { uploadNotice } from '../notices/files.ts';
import { proposalCard } from '../proposals/card.ts';
import { scribeCard } from '../proposals/scribe-card.ts';
import { statusCard } from '../status-card.ts';
import { stepCard } from '../steps/card.ts';
import { questionCard } from '../steps/question-card.ts';
import { goneCard } from '../steps/runbook-card.ts';
import { type AnswerBody, answerCard } from '../talk/answer-card.ts';
import { bringIn, openChannel, pointTo } from './channels.ts';
import { checkpointText, firstCheckpoint } from './checkpoint-post.ts';
import { code, isLacking, isRateLimit, optional, outcomeOf, pause, REASONS, TRIES_MAX } from './failures.ts';
import { search } from './history.ts';
import { hear } from './place-gone.ts';
import { unsettledCard } from './unsettled-card.ts';

/**
 * Carries deliveries into Slack. Cards are rendered here and now from the record; anything else goes out as it was frozen.
 * What Slack's answer means for a delivery is decided in `failures.ts`.
 */
export type SlackCarrierParts = {
  client: webApi.WebClient;
  elsewhere?: Elsewhere;
  log: Log;
  files: FileFetcher;
  /** For a chat that is not outside our own store: what to show so that somebody can take a head outside. */
  copy?: (record: string, size: number, note: string) => string;
  /** Plans what follows from a refusal: somebody has to hear that a channel is gone. */
  plan?(client: string, deliveries: Delivery[]): Promise<void>;
  notices?: NoticeShelf;
  /** Works out who must be told; none in a house without law data. */
  reckoner?(): Reckoner | undefined;
  /** All records of a client, for the Home tab. */
  views(client: string): Promise<RecordView[]>;
};

export function slackCarrier(parts: SlackCarrierParts): Carrier {
  return {
    carry: async (delivery, view) => {
      const outcome = await carry(parts, delivery, view).catch((error: unknown) => failed(error, delivery));
      if (outcome.state === 'refused') await hear(parts, delivery, view, outcome);
      return outcome;
    },
    find: (delivery, view) => find(parts, delivery, view),
  };
}

/** A pointer that only one person sees can neither be looked for nor be worth a double: they are in the channel anyway. */
function failed(error: unknown, delivery: Claimed): Outcome {
  const outcome = outcomeOf(error, delivery);
  if (delivery.kind !== 'point' || outcome.state !== 'uncertain') return outcome;
  return { state: 'refused', code: outcome.code, sentence: 'Whether the pointer to the channel was shown, nobody can say.' };
}

async function carry(ours: SlackCarrierParts, delivery: Claimed, view: RecordView): Promise<Outcome> {
  const body: Body = JSON.parse(delivery.body);
  const parts = partsFor(ours, body.place);
  switch (delivery.kind) {
    case 'open-channel':
      return openChannel(parts, delivery, view, body.invite ?? []);
    case 'invite':
      await bringIn(parts, body.place.channel, body.user ?? '');
      return { state: 'sent', ref: body.user ?? '' };
    case 'point':
      return pointTo(parts, delivery, view, { channel: body.channel ?? '', user: body.user ?? '' });
    case 'status-card':
      return showCard(parts, delivery, body.place, statusCard(view), true);
    case 'clock-board':
      return showCard(parts, delivery, body.place, boardOf(view, parts.reckoner?.()), true);
    case 'step-card':
      return showStep(parts, delivery, body, view);
    case 'entry-card': {
      const entry = view.entries[Number(body.seq) - 1];
      if (entry === undefined) return { state: 'refused', code: 'no-entry', sentence: 'There is no such entry.' };
      return showCard(parts, delivery, body.place, entryCard(view, entry), false);
    }
    case 'question-card':
      return showCard(parts, delivery, body.place, questionCard(view, body.fact ?? ''), false);
    case 'second-card':
      return body.asked === undefined ? NOBODY : showCard(parts, delivery, body.place, secondCard(view, body.asked), false);
    case 'answer':
      return showCard(parts, delivery, body.place, answerCard(delivery.record, body as AnswerBody), false, body.thread);
    case 'checkpoint':
      return say(parts, delivery, body.place, checkpointText(parts, body, view), firstCheckpoint(body.place, view));
    case 'post':
      return say(parts, delivery, body.place, body.marked ? (body.text ?? '') : safe(body.text ?? ''), body.thread);
    case 'home':
      return publishHome(parts, body.place, view);
    case 'fetch-evidence':
      return fetchEvidence(parts.files, delivery);
    case 'proposal-card':
      return showCard(parts, delivery, body.place, proposalCard(view, JSON.parse(delivery.body)), false, body.thread);
    case 'scribe-card':
      return showCard(parts, delivery, body.place, scribeCard(view, JSON.parse(delivery.body)), false);
    case 'unsettled-card':
      return showCard(parts, delivery, body.place, unsettledCard(JSON.parse(delivery.body).unknown), false);
    case 'notice-card':
    case 'owed-card': {
      const made = noticeDeskCard(parts.notices, delivery, view);
      return made === undefined ? NO_NOTICE : showCard(parts, delivery, body.place, made, false);
    }
    case 'approved-notice':
      return sendNotice(delivery, view, (card) => showCard(parts, delivery, body.place, card, false));
    case 'notice-file':
      return uploadNotice(parts, delivery, view);
    default:
      return { state: 'refused', code: 'unknown-kind', sentence: `Nothing here carries "${delivery.kind}".` };
  }
}

const NOBODY: Outcome = { state: 'refused', code: 'no-wish', sentence: 'It does not say what was asked.' };

type Body = {
  asked?: Asked;
  place: Place;
  step?: string;
  fact?: string;
  title?: string;
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
  if (guided === undefined && delivery.ref !== undefined && body.title !== undefined)
    return showCard(parts, delivery, body.place, goneCard(view, body.title), false);
  if (guided === undefined) return { state: 'refused', code: 'no-step', sentence: 'The runbook has no such step any more.' };
  return showCard(parts, delivery, body.place, stepCard(view, guided), false);
}

/** The card is gone, or too old to be edited: it is posted anew. */
const UNEDITABLE = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed']);
const UNPINNED = 'unpinned';

/** The first time a card is posted, and pinned where it is the status card; later it is edited where it stands. */
export async function showCard(
  parts: SlackCarrierParts,
  delivery: Claimed,
  { channel }: Place,
  whole: Card,
  pin: boolean,
  thread?: string,
): Promise<Outcome> {
  const { ref, ...fresh } = delivery;
  if (ref !== undefined) {
    try {
      await readable(whole, (card) => parts.client.chat.update({ channel, ts: ref, ...card }));
      return pin && delivery.code === UNPINNED ? pinned(parts, delivery, channel, ref) : { state: 'sent', ref };
    } catch (error) {
      if (!UNEDITABLE.has(code(error))) throw error;
    }
  }
  try {
    const under = thread === undefined ? {} : { thread_ts: thread };
    const { ts = '' } = await readable(whole, (card) =>
      parts.client.chat.postMessage({ channel, ...card, ...QUIET, ...under, metadata: metadata(delivery.id) }),
    );
    return pin ? pinned(parts, delivery, channel, ts) : { state: 'sent', ref: ts };
  } catch (error) {
    // Posting twice is not posting once, even where an older card of that name once stood.
    return outcomeOf(error, fresh);
  }
}

const QUIET = { unfurl_links: false, unfurl_media: false } as const;

async function pinned(parts: SlackCarrierParts, { attempt: tries }: Claimed, channel: string, ts: string): Promise<Outcome> {
  try {
    await pin(parts, channel, ts);
  } catch {
    if (tries < TRIES_MAX) return { state: 'later', afterMs: pause(tries), code: UNPINNED, ref: ts };
  }
  return { state: 'sent', ref: ts };
}

async function pin(parts: SlackCarrierParts, channel: string, timestamp: string): Promise<void> {
  await optional(parts, 'pins.add', 'The status card is not pinned here.', async () => {
    try {
      await parts.client.pins.add({ channel, timestamp });
    } catch (error) {
      if (code(error) !== 'already_pinned') throw error;
    }
  });
}

/** A card that had arrived after all: where Slack asks to wait, it is looked for and pinned again later. */
async function pinFound(parts: SlackCarrierParts, channel: string, timestamp: string): Promise<void> {
  try {
    await pin(parts, channel, timestamp);
  } catch (error) {
    if (isRateLimit(error)) throw error;
    parts.log.warn({ code: code(error) }, 'The status card is not pinned.');
  }
}

export async function say(
  { client }: SlackCarrierParts,
  { id }: Claimed,
  { channel }: Place,
  text: string,
  thread?: string,
): Promise<Outcome> {
  const { ts = '' } = await client.chat.postMessage({
    channel,
    text,
    ...QUIET,
    metadata: metadata(id),
    ...(thread === undefined ? {} : { thread_ts: thread }),
  });
  return { state: 'sent', ref: ts };
}

async function publishHome(
  { client, views, log, reckoner }: SlackCarrierParts,
  { channel: user, workspace }: Place,
  view: RecordView,
): Promise<Outcome> {
  const all = await views(view.client);
  await optional({ log }, 'views.publish', 'There is no Home tab here.', () =>
    client.views.publish({ user_id: user, view: homeView(all, workspace, (one) => topClocks(one, reckoner?.())) }),
  );
  return { state: 'sent', ref: user };
}

/** Doing these again does no more than doing them once: a channel is found by its name, a file by its id. */
const REPEATABLE = new Set(['open-channel', 'home', 'fetch-evidence', 'notice-file', 'receipt-file']);

/** Whether an uncertain delivery arrived after all: looked for by its opaque key, in the channel and in the thread it may stand in. */
async function find(ours: SlackCarrierParts, delivery: Claimed, view: RecordView): Promise<Seen> {
  if (REPEATABLE.has(delivery.kind)) return 'repeatable';
  try {
    const { place, thread }: Body = JSON.parse(delivery.body);
    if (place === undefined) return 'unknowable';
    const parts = partsFor(ours, place);
    const within = thread ?? (delivery.kind === 'checkpoint' ? firstCheckpoint(place, view) : undefined);
    const ts = await search(parts.client, delivery, opaque(delivery.id), place.channel, within);
    if (ts === undefined) return { found: false };
    if (delivery.kind === 'status-card') await pinFound(parts, place.channel, ts);
    return { found: true, ref: ts };
  } catch (error) {
    if (!isLacking(error)) return 'later';
    ours.log.warn({ delivery: delivery.id, code: code(error) }, REASONS.unknowable);
    return 'unknowable';
  }
}
