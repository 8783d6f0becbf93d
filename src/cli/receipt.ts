import { userInfo } from 'node:os';
import { profileOf, standingOf } from '../desk/clients.ts';
import type { Desk } from '../desk/desk.ts';
import type { Store } from '../desk/ports.ts';
import type { ReceiptFiles } from '../slack/lanes/receipt-files.ts';
import { readArguments } from './arguments.ts';
import { type Command, UsageError } from './command.ts';
import { openHouse, settingsOf, US } from './house.ts';
import { writePack } from './pack.ts';
import { type ReceiptPack, receiptPack } from './receipt-pack.ts';

const USAGE = 'usage: firebreak receipt CLIENT --incident ID --out DIR';

/** `receipt`: what one client was told, when and in which words, as a page and a pack that anybody can verify. */
export const receipt: Command = async (args, terminal) => {
  const { words, options } = readArguments(args, { options: ['incident', 'out'] }, USAGE);
  const [client] = words;
  const [incident, out] = [options.get('incident'), options.get('out')];
  if (client === undefined || incident === undefined || out === undefined || words.length > 1) throw new UsageError(USAGE);
  const { store, desk } = openHouse(settingsOf(terminal.env));
  try {
    const made = await receiptOf({ store, desk }, client, incident, { at: terminal.now().toString(), by: userInfo().username });
    if (typeof made === 'string') throw new UsageError(made);
    if (!made.verdict.ok) {
      terminal.err(`Nothing was written: the record does not verify. ${made.verdict.says}`);
      return 1;
    }
    writePack(made.files, out);
    terminal.out(`${out}: ${made.told} ${made.told === 1 ? 'message' : 'messages'}. Open receipt.html. ${made.verdict.says}`);
    return 0;
  } finally {
    await store.close();
  }
};

/** The receipt of one client, or a sentence that says why there is none. */
export async function receiptOf(
  { store, desk }: { store: Store; desk: Desk },
  client: string,
  incident: string,
  made: { at: string; by: string },
): Promise<ReceiptPack | string> {
  const vendor = await desk.view(US, incident);
  if (vendor === undefined) return `There is no incident "${incident}" here. "firebreak incidents" lists what there is.`;
  const standing = (await desk.view(client, standingOf(client)))?.incident.lanes.client;
  if (standing === undefined) return `There is no client "${client}" in the register. "firebreak clients" lists them.`;
  const zone = profileOf(standing.profile)?.zone ?? 'UTC';
  const orders = new Set(vendor.incident.lanes.orders.keys());
  return (
    (await receiptPack(store, { client, name: standing.name, zone, incident, orders, ...made })) ??
    `${standing.name} has no record here yet.`
  );
}

/** The same to hand over in a channel: the page, which carries the record and checks itself, and the plain text. */
export async function receiptFiles(
  parts: { store: Store; desk: Desk },
  client: string,
  incident: string,
): Promise<ReceiptFiles | string> {
  const at = new Date(parts.desk.now()).toISOString();
  const made = await receiptOf(parts, client, incident, { at, by: 'the bot, on request in the channel' });
  if (typeof made === 'string') return made;
  if (!made.verdict.ok) return `The record does not verify. ${made.verdict.says}`;
  const stamp = at.slice(0, 16).replace(/[-:T]/g, '');
  const files = [...made.files].flatMap(([path, bytes]) => {
    const name = /^(earlier\/)?receipt\.(html|txt)$/.exec(path);
    if (name === null || (name[1] !== undefined && name[2] === 'txt')) return [];
    return [{ filename: `receipt-${name[1] === undefined ? '' : 'earlier-'}${stamp}.${name[2]}`, bytes }];
  });
  return { name: `receipt-${stamp}`, files, told: made.told };
}
