import type { Board } from '../../desk/board.ts';
import { boardOf } from '../../desk/board.ts';
import type { Broadcaster } from '../../desk/broadcast.ts';
import { renderFor } from '../../desk/broadcast-words.ts';
import { callSheet } from '../../desk/call-sheet.ts';
import type { Calls } from '../../desk/calls.ts';
import { profileOf, standingOf } from '../../desk/clients.ts';
import type { Desk } from '../../desk/desk.ts';
import { coordinationOf } from '../../desk/lanes.ts';
import type { Carrier, Claimed, Outcome, Place, Store } from '../../desk/ports.ts';
import type { RecordView } from '../../desk/view.ts';
import { unseal } from '../../record/entry.ts';
import { bank } from '../answers/bank.ts';
import { alikeCard, askedCard } from '../answers/cards.ts';
import { alikeGroups } from '../answers/groups.ts';
import { callSheetCard } from '../calls/card.ts';
import { isWorkedOnIn } from '../calls/clicks.ts';
import type { Card } from '../card.ts';
import { type SlackCarrierParts, showCard } from '../deliveries/carrier.ts';
import { outcomeOf } from '../deliveries/failures.ts';
import type { House } from '../house.ts';
import { termsCard } from '../money/terms-card.ts';
import { boardCard, readLook } from './board-card.ts';
import { batchCard, broadcastCard, noticeCard } from './broadcast-card.ts';
import { alertCard } from './client-alert.ts';
import type { Connections } from './connections.ts';
import { partsFor } from './elsewhere.ts';
import { citedCard } from './entry.ts';
import { uploadReceipt } from './receipt-clicks.ts';

/**
 * Carries what one vendor incident across many clients needs, and stands in front of everything else that goes into a channel: a
 * client's words go only where that client alone reads them, and nothing internal goes where anybody else does.
 */
export type LanesCarrierParts = SlackCarrierParts & {
  desk: Desk;
  store: Store;
  broadcaster: Broadcaster;
  connections: Connections;
  calls?: Calls;
  receipt?: House['receipt'];
  /** Where the board stands as a page; undefined where nobody serves it. */
  boardUrl?: (incident: string) => string | undefined;
};

type Body = {
  place?: Place;
  look?: string;
  order?: string;
  text?: string;
  seq?: string;
  batch?: string;
  question?: string;
  incident?: string;
};

export function lanesCarrier(inner: Carrier, parts: LanesCarrierParts): Carrier {
  return {
    find: (delivery, view) => inner.find(delivery, view),
    carry: async (delivery, view) => {
      const body: Body = JSON.parse(delivery.body);
      try {
        const barred = await guard(parts, delivery, view, body.place);
        return barred ?? (await own(partsFor(parts, body.place), delivery, view, body)) ?? (await inner.carry(delivery, view));
      } catch (error) {
        return outcomeOf(error, delivery);
      }
    },
  };
}

/** Kinds that go to no channel, or to one that is only being made. */
const ELSEWHERE = new Set(['home', 'open-channel', 'point', 'fetch-evidence', 'invite']);

/** These are for a client to read; everything else is for us. */
const OUTWARD = new Set(['tell', 'approved-notice', 'receipt-file']);

async function guard(
  parts: LanesCarrierParts,
  { kind }: Claimed,
  view: RecordView,
  place: Place | undefined,
): Promise<Outcome | undefined> {
  if (place === undefined || ELSEWHERE.has(kind)) return undefined;
  const { connections, desk, store } = parts;
  const owner = await store.at(place);
  if (owner !== undefined && owner.client !== view.client)
    return refused('not-that-client', 'That channel is the place of somebody else.');
  if (!OUTWARD.has(kind)) {
    const shared = await connections.isShared(place);
    // Slack decides on the rest: what the channel is, it says when the message comes.
    return shared === true ? refused('shared-channel', 'Internal cards never go where another workspace reads.') : undefined;
  }
  const standing = await desk.view(view.client, standingOf(view.client));
  const workspace = profileOf(standing?.incident.lanes.client?.profile)?.workspace;
  const code = await connections.barredFor(place, workspace);
  if (code === 'later') return { state: 'later', afterMs: 2_000, code: 'ratelimited' };
  return code === undefined ? undefined : refused(code, 'The channel is not this client’s alone.');
}

const refused = (code: string, sentence: string): Outcome => ({ state: 'refused', code, sentence });

async function own(parts: LanesCarrierParts, delivery: Claimed, view: RecordView, body: Body): Promise<Outcome | undefined> {
  const { place, order = '' } = body;
  if (place === undefined) return undefined;
  switch (delivery.kind) {
    case 'tell':
      return showCard(parts, delivery, place, noticeCard(body.text ?? '', delivery.record, order), false);
    case 'entry-card': {
      const entry = view.entries[Number(body.seq) - 1];
      if (entry?.kind === 'receipt.given' && entry.body.answer !== 'received')
        return showCard(parts, delivery, place, askedCard(view, entry, bank(parts)), false);
      if (entry?.kind !== 'entry.cited') return undefined;
      return showCard(parts, delivery, place, citedCard(view, entry, await releasedTo(parts, view, entry.body)), false);
    }
    case 'terms-card':
      return showCard(parts, delivery, place, await termsCard(parts.desk, view), false);
    case 'board-card': {
      const card = boardCard(
        await boardFor(parts, view, body.look),
        view.incident.record,
        view.incident.drill,
        parts.boardUrl?.(view.incident.record),
      );
      return showCard(parts, delivery, place, card, false);
    }
    case 'answers-card': {
      const { batch = '', question = '' } = body;
      const groups = await alikeGroups(parts, view.incident.record, batch);
      const { record: incident, drill } = view.incident;
      const asked = bank(parts).find(({ id }) => id === question)?.question ?? question;
      return showCard(parts, delivery, place, alikeCard(groups, { incident, batch, question: asked, drill }), false);
    }
    case 'client-alert':
      return showCard(parts, delivery, place, await alertCard(parts, view, delivery), false);
    case 'receipt-file':
      return uploadReceipt(parts, delivery, view);
    case 'call-sheet': {
      if (!isWorkedOnIn(view, place))
        return refused('not-its-channel', 'The call sheet goes into the channel of its incident only.');
      const card = await sheetFor(parts, view, body.look);
      return showCard(parts, delivery, place, card, false);
    }
    case 'batch-card':
      return showCard(parts, delivery, place, batchCard(view.incident, body.batch ?? ''), false);
    case 'own-order-card': {
      const card = await ownOrder(parts, view, body);
      return card === undefined
        ? refused('no-order', 'There is no such broadcast.')
        : showCard(parts, delivery, place, card, false);
    }
    case 'broadcast-card': {
      const found = view.incident.lanes.orders.get(order);
      if (found === undefined) return refused('no-order', 'There is no such broadcast.');
      return showCard(parts, delivery, place, broadcastCard(view.incident, found, parts.broadcaster.progress(order)), false);
    }
  }
}

async function sheetFor({ calls }: LanesCarrierParts, { incident, now }: RecordView, look: string | undefined): Promise<Card> {
  const [, page = '0', all] = look?.split('|') ?? [];
  const rows = (await calls?.rows(incident.record, all === 'all')) ?? [];
  return callSheetCard(callSheet(rows, now, { page: Number(page), all: all === 'all' }), incident.record, incident.drill);
}

/** One client's own words, where that client is worked on: filled from its records as they are now. */
async function ownOrder({ desk, store }: LanesCarrierParts, view: RecordView, { incident = '', order = '' }: Body) {
  const us = await store.coordinator().ownerOf(incident);
  const vendor = us === undefined ? undefined : (await desk.view(us, incident))?.incident;
  const found = vendor?.lanes.orders.get(order);
  const standing = await desk.view(view.client, standingOf(view.client));
  if (vendor === undefined || found === undefined || standing === undefined || !found.clients.includes(view.client))
    return undefined;
  const rendered = renderFor(found.text, standing, incident, view);
  const text = 'text' in rendered ? rendered.text : found.text;
  return broadcastCard(vendor, { ...found, text }, undefined);
}

async function boardFor({ store, desk }: LanesCarrierParts, view: RecordView, look: string | undefined): Promise<Board> {
  const coordinator = store.coordinator();
  const { record } = view.incident;
  const [standing, lanes] = await Promise.all([coordinator.summaries('standing'), coordinator.summaries('lane')]);
  const sorted = (await desk.view(view.client, coordinationOf(record)))?.incident.lanes.sorted ?? new Map();
  const query = look === undefined ? undefined : readLook(look).query;
  return boardOf({ incident: record, standing, lanes, sorted, now: view.now }, query);
}

/** What a cited entry says: read through the client's own handle, which sees it only because it was released. */
async function releasedTo({ store }: LanesCarrierParts, { client }: RecordView, { record, seq }: { record: string; seq: number }) {
  const stored = (await store.open(client).released(record)).find((one) => one.seq === seq);
  return stored === undefined ? undefined : unseal(stored.line, stored.texts);
}
