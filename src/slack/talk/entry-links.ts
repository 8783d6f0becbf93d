import type { RecordView } from '../../desk/view.ts';
import type { House } from '../house.ts';

/**
 * Where an entry can be seen: the message that was kept, or the card that told it. Pure functions mark a citation; it becomes a link
 * on the way out, where the chat says in time where that message stands.
 */
const MARK = '\u0001';

/** A citation of an entry in an answer. People's own words cannot hold the mark: it is taken out of everything escaped. */
export const cite = (seq: number): string => `${MARK}${seq}${MARK}`;

/** "entries 3, 5" of a list of citations. */
export const citing = (seqs: readonly number[]): string => seqs.map(cite).join(', ');

const CITED = new RegExp(`${MARK}(\\d+)${MARK}`, 'g');

/** More than that many are not looked up for one answer. */
const LINKS_MAX = 12;
/** An answer does not wait longer for links: its entries have numbers. */
const LINKS_MS = 800;

export type Linked = { text: string /** Cited entries that nothing links to. */; bare: number[] };

/** The text with its citations as links; those that cannot be linked keep their number, and are listed. */
export async function linked(house: House, view: RecordView, text: string, most = 2_900): Promise<Linked> {
  const seqs = [...new Set([...text.matchAll(CITED)].map(([, seq]) => Number(seq)))];
  const found = seqs.length === 0 ? new Map<number, string>() : await linksTo(house, view, seqs.slice(0, LINKS_MAX));
  const plain = text.replace(CITED, 'entry $1').length;
  let room = most - plain;
  const written = text.replace(CITED, (_, seq: string) => {
    const url = found.get(Number(seq));
    const link = `<${url}|entry ${seq}>`;
    const more = link.length - `entry ${seq}`.length;
    if (url === undefined || more > room) return `entry ${seq}`;
    room -= more;
    return link;
  });
  return { text: written, bare: seqs.filter((seq) => !found.has(seq)) };
}

async function linksTo(house: House, view: RecordView, seqs: readonly number[]): Promise<Map<number, string>> {
  const links = new Map<number, string>();
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, LINKS_MS);
  const looked = messagesOf(house, view, seqs).then((messages) =>
    Promise.all(
      messages.map(async ([seq, at]) => {
        const url = await permalink(house, at);
        if (url !== undefined) links.set(seq, url);
      }),
    ),
  );
  await Promise.race([looked.catch(() => undefined), late.promise]).finally(() => clearTimeout(timer));
  return new Map(links);
}

/** The message behind an entry: "channel/ts". What was posted into a channel has its time stamp in the outbox. */
async function messagesOf(house: House, view: RecordView, seqs: readonly number[]): Promise<[number, string][]> {
  const { record, notes, places } = view.incident;
  const sent = new Map((await house.store.open(view.client).deliveries(record)).map(({ id, ref }) => [id, ref]));
  const channels = places.filter(({ purpose, surface }) => purpose === 'incident' && surface === house.surface);
  return seqs.flatMap((seq): [number, string][] => {
    const kept = notes.find((note) => note.seq === seq && !note.deleted)?.message;
    if (kept !== undefined) return [[seq, kept]];
    const card = channels.flatMap(({ channel }) => {
      const ref = sent.get(`${record}/entry/${seq}@${channel}`);
      return ref === undefined ? [] : [`${channel}/${ref}`];
    })[0];
    return card === undefined ? [] : [[seq, card]];
  });
}

const known = new WeakMap<House, Map<string, Promise<string | undefined>>>();

/** Asked once for every message; what failed is asked again the next time. */
function permalink(house: House, at: string): Promise<string | undefined> {
  const asked = known.get(house) ?? new Map<string, Promise<string | undefined>>();
  known.set(house, asked);
  const flying = asked.get(at);
  if (flying !== undefined) return flying;
  const [channel = '', message_ts = ''] = at.split('/');
  const answer = house.client.chat.getPermalink({ channel, message_ts }).then(
    ({ permalink: url }) => (url !== undefined && /^https?:\/\/[^\s<>|]+$/.test(url) ? url : undefined),
    () => {
      asked.delete(at);
      return undefined;
    },
  );
  asked.set(at, answer);
  return answer;
}
