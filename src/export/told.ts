import { type Entry, ERASED } from '../record/entry.ts';
import type { Seq } from '../record/event.ts';
import { BOT } from '../record/turn.ts';

/** The very words that a client was told, where an entry holds them: a broadcast's, or a notice's sentence by sentence. */
export function toldWords(entry: Entry): string | undefined {
  switch (entry.kind) {
    case 'client.told':
      return entry.texts.text;
    case 'notice.drafted':
    case 'notice.edited':
      return sentencesIn(entry.texts.draft);
    default:
      return undefined;
  }
}

function sentencesIn(draft: string): string {
  if (draft === ERASED) return ERASED;
  const { sentences } = JSON.parse(draft) as { sentences: { text: string }[] };
  return sentences.map(({ text }) => text).join('\n');
}

/** One thing that a client was told, and what it answered. */
export type Told = {
  /** The entry that holds the words. */
  seq: Seq;
  /** The order of a broadcast, or the id of a notice. */
  id: string;
  kind: string;
  text: string;
  /** When it was sent, ISO 8601 in UTC; where nobody knows whether it arrived, when it was let go. */
  at: string;
  road: string;
  fate: 'arrived' | 'did not arrive' | 'nobody knows whether it arrived' | 'on its way';
  answers: Answered[];
};

export type Answered = { seq: Seq; at: string; answer: 'received' | 'question' | 'hit'; text?: string };

export type ToldRecord = {
  told: Told[];
  /** Answers to what stands in the same client's other record. */
  answers: Answered[];
  /** The entries that a receipt may show; everything else stays a bare leaf. */
  shown: Set<Seq>;
  /** Words inside of those that are ours alone. */
  hidden: Map<Seq, readonly string[]>;
};

/** What one record of a client says that the client was told; of its standing record, only `orders` of the incident that is meant. */
export function toldIn(entries: readonly Entry[], orders?: ReadonlySet<string>): ToldRecord {
  const found: ToldRecord = { told: [], answers: [], shown: new Set(), hidden: new Map() };
  for (const entry of entries) {
    if (entry.kind === 'client.told' && orders?.has(entry.body.order) !== false) addBroadcast(found, entries, entry);
    if (entry.kind === 'notice.sent') addNotice(found, entries, entry);
    if (entry.kind === 'key.shown' || entry.kind === 'key.rotated') found.shown.add(entry.seq);
  }
  // What the bot carried over into a lane was said elsewhere, and is told there.
  for (const entry of entries) if (entry.kind === 'receipt.given' && entry.actor !== BOT) addAnswer(found, entry, orders);
  return found;
}

type EntryOf<K extends Entry['kind']> = Extract<Entry, { kind: K }>;

function addBroadcast(found: ToldRecord, entries: readonly Entry[], entry: EntryOf<'client.told'>): void {
  const { order: id, purpose: kind, delivery } = entry.body;
  const fates = entries.filter(
    (one) => 'delivery' in one.body && one.body.delivery === delivery && one.kind.startsWith('delivery.'),
  );
  const last = fates.at(-1);
  const road = last?.kind === 'delivery.sent' ? `a message in your channel (${last.body.message})` : 'a message in your channel';
  const arrived = last?.kind === 'delivery.sent' || (last?.kind === 'delivery.settled' && last.body.arrived === 'yes');
  const fate =
    last === undefined
      ? 'on its way'
      : arrived
        ? 'arrived'
        : last.kind === 'delivery.uncertain'
          ? 'nobody knows whether it arrived'
          : 'did not arrive';
  found.told.push({ seq: entry.seq, id, kind, text: entry.texts.text, at: last?.at ?? entry.at, road, fate, answers: [] });
  for (const { seq } of [entry, ...fates]) found.shown.add(seq);
}

/** The words stand in the entry that was last written before it went: those, and no earlier draft. */
function addNotice(found: ToldRecord, entries: readonly Entry[], sent: EntryOf<'notice.sent'>): void {
  const words = entries[sent.body.of - 1];
  const text = words === undefined ? undefined : toldWords(words);
  if (words === undefined || text === undefined) return;
  const drafted = entries.find((one) => one.kind === 'notice.drafted' && one.body.notice === sent.body.notice);
  const kind = drafted?.kind === 'notice.drafted' ? drafted.body.kind : 'notice';
  const road = sent.body.road === 'slack' ? 'a message in your channel' : `${sent.body.road}, to ${sent.texts.recipient}`;
  found.told.push({
    seq: words.seq,
    id: sent.body.notice,
    kind,
    text,
    at: sent.occurred ?? sent.at,
    road,
    fate: 'arrived',
    answers: [],
  });
  for (const seq of [words.seq, sent.seq]) found.shown.add(seq);
  found.hidden.set(words.seq, words.kind === 'notice.drafted' ? ['values'] : ['overruled']);
}

function addAnswer(found: ToldRecord, { seq, at, body, texts }: EntryOf<'receipt.given'>, orders?: ReadonlySet<string>): void {
  const to = found.told.findLast(({ id }) => id === body.order);
  if (to === undefined && orders?.has(body.order) === false) return;
  found.shown.add(seq);
  (to ?? found).answers.push({ seq, at, answer: body.answer, ...(texts.text === undefined ? {} : { text: texts.text }) });
}
