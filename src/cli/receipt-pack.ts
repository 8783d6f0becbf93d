import { standingOf } from '../desk/clients.ts';
import { laneOf } from '../desk/lanes.ts';
import type { Store, StoredEntry } from '../desk/ports.ts';
import { packOf } from '../export/pack.ts';
import { type Receipt, receiptJson, receiptSection, receiptText } from '../export/receipt.ts';
import { type ToldRecord, toldIn } from '../export/told.ts';
import type { Verdict } from '../export/verdict.ts';
import { verifyPack } from '../export/verify.ts';
import { utf8 } from '../record/bytes.ts';
import { type Entry, unseal } from '../record/entry.ts';

export type ReceiptOrder = {
  client: string;
  name: string;
  zone: string;
  incident: string;
  orders: ReadonlySet<string>;
  at: string;
  by: string;
};

export type ReceiptPack = { files: Map<string, Uint8Array>; verdict: Verdict; told: number };

const EARLIER = 'earlier';

/**
 * A client's receipt as a pack that verifies: what it was told and answered, everything else as bare hashes. Read through that
 * client's own handle. What was told before the client had a lane is a pack of its own inside of it.
 */
export async function receiptPack(store: Store, order: ReceiptOrder): Promise<ReceiptPack | undefined> {
  const lane = await read(store, order, laneOf(order.incident, order.client));
  const standing = await read(store, order, standingOf(order.client), order.orders);
  const main = lane ?? standing;
  if (main === undefined) return undefined;
  const both = lane !== undefined && standing !== undefined && standing.found.told.length > 0;
  const receipts = both ? [standing.receipt, lane.receipt] : [main.receipt];
  const beside = new Map([
    ['receipt.txt', utf8(receiptText(receipts))],
    ['receipt.json', utf8(receiptJson(receipts))],
  ]);
  if (both) for (const [path, bytes] of pack(order, standing, new Map())) beside.set(`${EARLIER}/${path}`, bytes);
  const files = pack(order, both ? { ...lane, receipt: { ...lane.receipt, earlier: EARLIER } } : main, beside);
  const told = receipts.reduce((sum, receipt) => sum + receipt.told.length, 0);
  return { files, verdict: await verifyPack(files), told };
}

type Read = {
  stored: StoredEntry[];
  entries: Entry[];
  checkpoints: { size: number; note: string }[];
  found: ToldRecord;
  receipt: Receipt;
};

async function read(store: Store, order: ReceiptOrder, record: string, orders?: ReadonlySet<string>): Promise<Read | undefined> {
  const handle = store.open(order.client);
  const stored = await handle.entries(record);
  if (stored.length === 0) return undefined;
  const checkpoints = await handle.checkpoints(record);
  const entries = stored.map(({ line, texts }) => unseal(line, texts));
  const found = toldIn(entries, orders);
  const { client, name, incident, zone, at } = order;
  const checkpoint = checkpoints.at(-1);
  const drill = entries.some((entry) => entry.drill);
  const receipt = {
    client,
    name,
    incident,
    record,
    drill,
    zone,
    at,
    told: found.told,
    answers: found.answers,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
  return { stored, entries, checkpoints, found, receipt };
}

function pack(
  { zone, at, by, name }: ReceiptOrder,
  { stored, entries, checkpoints, found, receipt }: Read,
  beside: ReadonlyMap<string, Uint8Array>,
) {
  return packOf({
    title: `Receipt for ${name}`,
    entries: stored.map((entry) => ({
      ...entry,
      texts: entry.texts.filter(({ field }) => !found.hidden.get(entry.seq)?.includes(field)),
    })),
    checkpoints,
    verifierKeys: entries.flatMap((entry) =>
      entry.kind === 'key.shown' || entry.kind === 'key.rotated' ? [entry.body.verifierKey] : [],
    ),
    evidence: new Map(),
    audience: 'client',
    zone,
    withhold: ({ seq }) => (found.shown.has(seq) ? undefined : 'not part of what this client was told'),
    exported: { at, by },
    receipt: receiptSection(receipt),
    beside,
    keptBack: 'our own words beside what was sent',
  });
}
