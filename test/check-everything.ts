import { expect } from 'vitest';
import type { Desk } from '../src/desk/desk.ts';
import type { ClientStore, Store } from '../src/desk/ports.ts';
import { packOf } from '../src/export/pack.ts';
import { verifyPack } from '../src/export/verify.ts';
import { toBase64, utf8 } from '../src/record/bytes.ts';
import { isCanonical } from '../src/record/canonical.ts';
import { type Entry, isCommitted, type Line, readLine, unseal } from '../src/record/entry.ts';
import { fold } from '../src/record/fold.ts';
import { emptyIncident } from '../src/record/incident.ts';
import { frontierOf, leafHash, rootOf } from '../src/record/tree.ts';

/**
 * Everything that must hold at any moment, whatever happened before: called after every test that writes. It trusts nothing
 * that it can work out again from the stored lines.
 */
export async function checkEverything(store: Store, desk?: Desk): Promise<void> {
  for (const client of await store.clients()) {
    const handle = store.open(client);
    for (const { record } of await handle.records()) {
      const entries = await checkRecord(handle, record);
      await checkExport(handle, record, entries);
      await checkDeliveries(handle, record, entries);
      await checkPlaces(store, client, record, entries);
      if (desk !== undefined) await checkFold(desk, client, record, entries);
    }
  }
}

/** Lines, leaves, words and the root. */
async function checkRecord(handle: ClientStore, record: string): Promise<Entry[]> {
  const stored = await handle.entries(record);
  const head = (await handle.head(record))!;
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => i + 1));
  expect(head.size).toBe(stored.length);
  for (const { seq, line, texts } of stored) {
    expect(isCanonical(line), `entry ${seq} of ${record} is canonical`).toBe(true);
    const read = readLine(line) as Line;
    expect([read.record, read.of, read.seq]).toEqual([record, head.of, seq]);
    for (const text of texts) expect(isCommitted(read, text), `${text.field} of entry ${seq}`).toBe(true);
  }
  const leaves = stored.map(({ line }) => leafHash(utf8(line)));
  expect(toBase64(rootOf(frontierOf(leaves)))).toBe(toBase64(rootOf(head.frontier)));
  return stored.map(({ line, texts }) => unseal(line, texts));
}

/** The outsider's verifier, signatures and checkpoints included. */
async function checkExport(handle: ClientStore, record: string, entries: Entry[]): Promise<void> {
  const verifierKeys = entries.flatMap((entry) => (entry.kind === 'key.shown' ? [entry.body.verifierKey] : []));
  const stored = await handle.entries(record);
  const checkpoints = await handle.checkpoints(record);
  const pack = packOf({ title: record, entries: stored, checkpoints, verifierKeys, evidence: new Map(), zone: 'Etc/UTC' });
  const verdict = await verifyPack(pack);
  expect(verdict.problems).toEqual([]);
  expect(verdict.ok).toBe(true);
  expect(verdict.checkpoints).toHaveLength(checkpoints.length);
}

const STATES = new Set(['pending', 'sending', 'uncertain', 'sent', 'refused', 'asking']);

/** What the record says of its deliveries is what became of them, once each. */
async function checkDeliveries(handle: ClientStore, record: string, entries: Entry[]): Promise<void> {
  const deliveries = await handle.deliveries(record);
  expect(new Set(deliveries.map(({ id }) => id)).size).toBe(deliveries.length);
  const published = entries
    .filter((entry) => entry.kind === 'checkpoint.published')
    .map(({ body }) => `${body.size}@${body.channel}`);
  expect(new Set(published).size, 'no checkpoint is published twice').toBe(published.length);
  const opened = entries.filter((entry) => entry.kind === 'place.opened').map(({ body }) => body.channel);
  expect(new Set(opened).size, 'no place is opened twice').toBe(opened.length);
  const added = entries.filter((entry) => entry.kind === 'evidence.added').map(({ body }) => body.evidence);
  for (const { id, kind, state, ref } of deliveries) {
    expect(STATES.has(state), `${id} is ${state}`).toBe(true);
    if (state === 'sent') expect(ref, `${id} was sent somewhere`).not.toBe('');
    const what = id.slice(record.length + 1);
    if (kind === 'checkpoint')
      expect(published.filter((one) => `checkpoint/${one}` === what)).toHaveLength(state === 'sent' ? 1 : 0);
    if (kind === 'open-channel' && state === 'sent') expect(opened).toContain(ref);
    if (kind === 'fetch-evidence') expect(added.filter((one) => `evidence/${one}` === what)).toHaveLength(state === 'sent' ? 1 : 0);
    if (kind === 'open-channel' || kind === 'fetch-evidence' || kind === 'checkpoint') {
      const refused = entries.filter((entry) => entry.kind === 'delivery.refused' && entry.body.delivery === id);
      expect(refused).toHaveLength(state === 'refused' ? 1 : 0);
    }
  }
}

async function checkPlaces(store: Store, client: string, record: string, entries: Entry[]): Promise<void> {
  for (const place of fold(entries, emptyIncident(record, 'incident')).places) {
    const { surface, workspace, channel } = place;
    expect(await store.at({ surface, workspace, channel })).toEqual({ client, record });
  }
}

/** What the desk evolved entry by entry is what the entries add up to. */
async function checkFold(desk: Desk, client: string, record: string, entries: Entry[]): Promise<void> {
  const view = (await desk.view(client, record))!;
  expect(view.entries).toEqual(entries);
  expect(view.incident).toEqual(fold(entries, emptyIncident(record, view.incident.of)));
}
