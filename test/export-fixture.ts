import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { type PackInput, packOf } from '../src/export/pack.ts';
import { utf8 } from '../src/record/bytes.ts';
import { checkpointText, printKey, signedNote } from '../src/record/checkpoint.ts';
import { type Seal, type Sealed, seal } from '../src/record/entry.ts';
import type { Event } from '../src/record/event.ts';
import { rootOfLeaves } from '../src/record/tree.ts';

/** A house that signs: its name, its printed verifier key, and a signature on any bytes. */
export function house(name = 'firebreak-test') {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const signed = (bytes: Uint8Array) => new Uint8Array(sign(null, bytes, privateKey));
  return { name, key, verifierKey: printKey(name, key), signed };
}

export type House = ReturnType<typeof house>;

const bytes = (label: string, length: number) => new Uint8Array(createHash('sha512').update(label).digest()).slice(0, length);

/** Seals events in order as one record, one minute apart. Nonces and salts are fixed, so that a failure can be repeated. */
export function sealed(events: { event: Event; head?: Partial<Seal> }[], record = 'inc-test'): Sealed[] {
  return events.map(({ event, head }, i) => {
    let salt = 0;
    const minute = String(i % 60).padStart(2, '0');
    const hour = String(8 + Math.floor(i / 60)).padStart(2, '0');
    return seal(event, {
      record,
      of: 'incident',
      seq: i + 1,
      at: `2026-03-02T${hour}:${minute}:00Z`,
      actor: 'p1',
      via: 'slack-signature',
      label: 'open',
      drill: false,
      nonce: bytes(`nonce ${record} ${i}`, 16),
      salts: () => bytes(`salt ${record} ${i} ${salt++}`, 32),
      ...head,
    });
  });
}

/** The checkpoint of the first `size` entries, signed. */
export function checkpoint({ name, key, signed }: House, entries: Sealed[], size: number, record = 'inc-test'): string {
  const root = rootOfLeaves(entries.slice(0, size).map(({ leaf }) => leaf));
  const text = checkpointText({ origin: `${name}/${record}`, size, root });
  return signedNote(text, name, key, signed(utf8(text)));
}

export const EVIDENCE = utf8('a disk image, or so they say\n');

/** A short record with a bit of everything: names, a note, evidence, a decision, a correction. */
export function events(verifierKey: string): { event: Event; head?: Partial<Seal> }[] {
  const bot: Partial<Seal> = { actor: 'bot', via: 'bot' };
  return [
    {
      event: {
        kind: 'incident.declared',
        body: { looksLike: 'vendor-tool', stillHappening: 'yes', canReachClients: 'unknown', talkingOverIt: 'no' },
        texts: { title: 'Remote tool pushes ransomware' },
      },
    },
    { event: { kind: 'key.shown', body: { verifierKey }, texts: {} }, head: bot },
    { event: { kind: 'actor.named', body: { person: 'p1' }, texts: { name: 'Mara Lind', account: 'slack/T1/U1' } }, head: bot },
    { event: { kind: 'actor.named', body: { person: 'p2' }, texts: { name: 'Jo <b>Ek</b>', account: 'slack/T1/U2' } }, head: bot },
    { event: { kind: 'role.assigned', body: { role: 'lead', person: 'p1' }, texts: {} } },
    {
      event: { kind: 'note.recorded', body: {}, texts: { text: 'Agents on 41 machines ran it. “Sofort trennen” — 直ちに' } },
      head: { occurred: '2026-03-02T07:41:00Z' },
    },
    {
      event: {
        kind: 'step.completed',
        body: { step: 'isolate-server', verified: false, evidence: [], overridden: [] },
        texts: { note: 'pulled the plug' },
      },
    },
    {
      event: {
        kind: 'evidence.added',
        body: { evidence: 'ev-1', bytes: EVIDENCE.length, mediaType: 'text/plain' },
        texts: { name: '../../disk image.txt', sha256: createHash('sha256').update(EVIDENCE).digest('hex') },
      },
    },
    {
      event: {
        kind: 'decision.taken',
        body: { decision: 'd1', outcome: 'decided', reversible: 'yes', decider: 'p1', cites: [6] },
        texts: { question: 'Shut the server down?', choice: 'Yes.', reason: 'It is still pushing.' },
      },
      head: { actor: 'p2' },
    },
    { event: { kind: 'note.recorded', body: {}, texts: { text: 'Counsel says: keep quiet.' } }, head: { label: 'counsel' } },
    { event: { kind: 'entry.corrected', body: { replaces: 6 }, texts: { text: '43 machines, not 41.', reason: 'counted again' } } },
    { event: { kind: 'note.recorded', body: {}, texts: { text: '=cmd|calc!A1 </script><script>alert(1)</script>' } } },
  ];
}

/** The same record, played as a drill. */
export const drilled = (verifierKey: string) =>
  events(verifierKey).map(({ event, head }) => ({ event, head: { ...head, drill: true, via: 'drill' as const } }));

export type Made = { by: House; entries: Sealed[]; input: PackInput; pack: Map<string, Uint8Array> };

/** A pack with checkpoints at the given sizes. */
export function made(sizes = [5, 9, 12], change: Partial<PackInput> = {}, by = house(), of = events(by.verifierKey)): Made {
  const entries = sealed(of);
  const input: PackInput = {
    title: 'Remote tool pushes ransomware',
    entries: entries.map(({ line, texts }, i) => ({ seq: i + 1, line, texts })),
    checkpoints: sizes.map((size) => ({ size, note: checkpoint(by, entries, size) })),
    verifierKeys: [by.verifierKey],
    evidence: new Map([['ev-1', { name: '../../disk image.txt', bytes: EVIDENCE }]]),
    zone: 'Europe/Berlin',
    ...change,
  };
  return { by, entries, input, pack: packOf(input) };
}
