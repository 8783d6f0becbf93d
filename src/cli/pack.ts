import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Store } from '../desk/ports.ts';
import { type Audience, withholdingFor } from '../export/audience.ts';
import { packOf } from '../export/pack.ts';
import type { Verdict } from '../export/verdict.ts';
import { verifyPack } from '../export/verify.ts';
import { type Entry, unseal } from '../record/entry.ts';
import { UsageError } from './command.ts';

export type PackOrder = {
  client: string;
  record: string;
  out: string;
  audience: Audience;
  zone: string;
  at: string;
  by: string;
  /** For the operator alone: a coordination comes with every lane, each in a folder of its own. */
  withLanes?: boolean;
};

/** The reviewer pack of one record, in memory, verified before anybody sees it. @throws UsageError where it does not verify. */
export async function packInMemory(store: Store, order: PackOrder): Promise<{ files: Map<string, Uint8Array>; verdict: Verdict }> {
  const handle = store.open(order.client);
  const stored = await handle.entries(order.record);
  if (stored.length === 0)
    throw new UsageError(`There is no incident "${order.record}" here. "firebreak incidents" lists what there is.`);
  const entries = stored.map(({ line, texts }) => unseal(line, texts));
  const title = entries.findLast((entry) => entry.kind === 'incident.declared' || entry.kind === 'incident.renamed')?.texts;
  const keys = entries.flatMap((entry) =>
    entry.kind === 'key.shown' || entry.kind === 'key.rotated' ? [entry.body.verifierKey] : [],
  );
  const evidence = new Map<string, { name: string; bytes: Uint8Array }>();
  for (const entry of entries) {
    if (entry.kind !== 'evidence.added') continue;
    const bytes = await handle.evidence(order.record, entry.body.evidence);
    if (bytes !== undefined) evidence.set(entry.body.evidence, { name: entry.texts.name, bytes });
  }
  const files = packOf({
    title: title !== undefined && 'title' in title ? title.title : order.record,
    entries: stored,
    checkpoints: await handle.checkpoints(order.record),
    verifierKeys: keys,
    evidence,
    audience: order.audience,
    zone: order.zone,
    ...withholdingFor(order.audience),
    exported: { at: order.at, by: order.by },
    beside: await lanePacks(store, order, entries),
  });
  return { files, verdict: await verifyPack(files) };
}

/**
 * The lanes of a coordination, one folder for each: a pack of its own that verifies by itself, and can be handed to that client
 * alone. Whoever else gets the coordination gets ids, states and counts.
 */
async function lanePacks(store: Store, order: PackOrder, entries: Entry[]): Promise<Map<string, Uint8Array>> {
  const beside = new Map<string, Uint8Array>();
  const opened = entries.find((entry) => entry.kind === 'coordination.opened');
  if (opened?.kind !== 'coordination.opened' || order.withLanes !== true) return beside;
  const { incident } = opened.body;
  for (const { client, record, incident: of } of await store.coordinator().summaries('lane')) {
    if (of !== incident) continue;
    const { files, verdict } = await packInMemory(store, { ...order, client, record });
    if (!verdict.ok) throw new UsageError(`Nothing was exported: the lane ${record} does not verify. ${verdict.says}`);
    for (const [path, bytes] of files) beside.set(`lanes/${client}/${path}`, bytes);
  }
  return beside;
}

/** Writes a pack into a new directory, all or nothing. @throws UsageError where there is something already. */
export function writePack(files: ReadonlyMap<string, Uint8Array>, out: string): void {
  const target = resolve(out);
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new UsageError(`${out} is not empty. Nothing was written; name a new directory.`);
  const draft = `${target}.part`;
  rmSync(draft, { recursive: true, force: true });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(draft, path)), { recursive: true });
    writeFileSync(join(draft, path), bytes);
  }
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
}

/** Exports next to the store, for somebody who asked in the channel: a file on the operator's machine, never a post. */
export async function exportBeside(store: Store, client: string, record: string, data: string): Promise<string> {
  const at = new Date().toISOString();
  const out = join(data, 'exports', `${record}-${at.slice(0, 19).replace(/[:T]/g, '')}`);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { files, verdict } = await packInMemory(store, {
    client,
    record,
    out,
    audience: 'full',
    zone,
    at,
    by: 'the bot, on request in the channel',
  });
  if (!verdict.ok) return `Nothing was exported: the record does not verify. ${verdict.says}`;
  writePack(files, out);
  return `Exported to ${out} on the machine that runs the bot. ${verdict.says}`;
}
