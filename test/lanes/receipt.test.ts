import { beforeEach, describe, expect, test } from 'vitest';
import { receiptOf } from '../../src/cli/receipt.ts';
import { Clients, standingOf } from '../../src/desk/clients.ts';
import { Desk } from '../../src/desk/desk.ts';
import { Lanes, laneOf } from '../../src/desk/lanes.ts';
import { toldIn } from '../../src/export/told.ts';
import { verifyPack } from '../../src/export/verify.ts';
import { fromUtf8, utf8 } from '../../src/record/bytes.ts';
import type { Command } from '../../src/record/command.ts';
import { bytesOf } from '../../src/slack/notices/desk.ts';
import { openSigner } from '../../src/store/signer.ts';
import { freshFolder } from '../folder.ts';
import { ADA, BEN, by, HOME, idOf, ManyClients } from './house.ts';

/** What a client gets to keep: every word that it was told, nothing else, and a check that anybody can make. */
let house: ManyClients;
let incident: string;
const told = (order: string, text: string): Command => ({
  do: 'tellClient',
  order,
  purpose: 'holding',
  delivery: `broadcast/${order}`,
  text,
  digest: 'd'.repeat(64),
  leaf: `${'A'.repeat(43)}=`,
});
const arrived = (order: string): Command => ({
  do: 'observe',
  event: { kind: 'delivery.sent', body: { delivery: `broadcast/${order}`, message: '17.5' }, texts: {} },
});
const standing = (at: number, command: Command) =>
  house.desk.do({ client: idOf(at), record: standingOf(idOf(at)), of: 'standing', command, ...by });
const lane = (at: number, command: Command, person = ADA) => house.theirs(idOf(at), laneOf(incident, idOf(at)), command, person);

beforeEach(async () => {
  house = new ManyClients();
  house.desk = new Desk(house.store, house.world, openSigner(freshFolder()));
  house.clients = new Clients(house.desk, house.store);
  house.lanes = new Lanes(house.desk, house.store, 'us');
  incident = await house.declare();
  await house.register(2, () => ({ zone: 'Europe/Berlin' }));
  const order = {
    do: 'orderBroadcast',
    purpose: 'holding',
    text: 't',
    clients: [idOf(0)],
    skipped: [],
    digest: 'x',
  } satisfies Partial<Command>;
  for (const id of ['order-1', 'order-2']) await house.ours(incident, { ...order, order: id });
});
const receipt = async (at = 0) => {
  const made = await receiptOf({ store: house.store, desk: house.desk }, idOf(at), incident, {
    at: '2026-10-24T12:00:00Z',
    by: 'test',
  });
  if (typeof made === 'string') throw new Error(made);
  return made;
};
const textsIn = (files: Map<string, Uint8Array>) =>
  [...files]
    .filter(([path]) => !path.endsWith('.mjs'))
    .map(([, bytes]) => fromUtf8(bytes))
    .join('\n');
const part = (files: Map<string, Uint8Array>, folder: string) =>
  new Map([...files].filter(([path]) => path.startsWith(folder)).map(([path, bytes]) => [path.slice(folder.length), bytes]));

describe('a client’s receipt', () => {
  test('holds the words, the time, the road and the answer, verifies, and shows nothing else', async () => {
    await standing(0, told('order-1', 'We know of a problem.\nLeave it <off>.'));
    await standing(0, arrived('order-1'));
    await standing(0, { do: 'giveReceipt', order: 'order-1', answer: 'question', text: 'May we log in?' });
    await standing(0, { do: 'recordNote', text: 'INTERNAL they are slow payers' });
    await standing(0, told('order-of-another-incident', 'ELSEWHERE'));
    await standing(1, told('order-1', 'FOREIGN'));
    const { files, verdict } = await receipt();
    expect(verdict.problems).toEqual([]);
    const text = fromUtf8(files.get('receipt.txt')!);
    expect(text).toContain('We know of a problem.\nLeave it <off>.');
    expect(text).toContain('2026-10-24 09:00:00 UTC · 2026-10-24 11:00:00 +02:00 · a message in your channel (17.5) · arrived');
    expect(text).toContain('You asked, 2026-10-24 09:00:00 UTC · 2026-10-24 11:00:00 +02:00: May we log in?');
    expect(fromUtf8(files.get('receipt.html')!)).toContain('Leave it &lt;off&gt;.</blockquote>');
    expect(textsIn(files)).not.toMatch(/INTERNAL|ELSEWHERE|FOREIGN/);
    const { records } = JSON.parse(fromUtf8(files.get('receipt.json')!));
    expect(records[0].told).toMatchObject([{ id: 'order-1', fate: 'arrived', answers: [{ answer: 'question' }] }]);
  });

  test('a word changed anywhere is found', async () => {
    await standing(0, told('order-1', 'Leave it off.'));
    const { files } = await receipt();
    for (const path of ['texts.jsonl', 'receipt.txt']) {
      const changed = new Map(files).set(path, utf8(fromUtf8(files.get(path)!).replace('Leave it off.', 'Turn it on.')));
      expect((await verifyPack(changed)).ok).toBe(false);
    }
  });

  test('what was told before the lane is a pack of its own inside, and an answer to it lands in the lane', async () => {
    await standing(0, told('order-1', 'EARLY word'));
    await house.lanes.promote(incident, idOf(0), by);
    await lane(0, told('order-2', 'LATER word'));
    const seq = (await house.view(idOf(0), standingOf(idOf(0)))).incident.lanes.told.get('order-1')!.seq;
    const leaf = await house.desk.leaf(idOf(0), standingOf(idOf(0)), seq);
    expect(await lane(0, { do: 'giveReceipt', order: 'order-1', answer: 'hit', told: leaf! })).toMatchObject({ done: true });
    const { files, verdict, told: count } = await receipt();
    expect([verdict.ok, count]).toEqual([true, 2]);
    expect((await verifyPack(part(files, 'earlier/'))).ok).toBe(true);
    expect(fromUtf8(files.get('receipt.html')!)).toContain('You said that you are hit');
    expect(fromUtf8(files.get('receipt.txt')!)).toMatch(/EARLY word[\s\S]*LATER word/);
  });

  test('of a notice it holds the words that were approved and sent, and none of ours beside them', async () => {
    await house.lanes.promote(incident, idOf(0), by);
    const draft = { id: 'n1', record: laneOf(incident, idOf(0)), client: undefined, kind: 'holding' as const };
    const bytes = bytesOf({ ...draft, sentences: [{ text: 'Leave it off.', cites: [], type: 'ask' }] });
    const values = JSON.stringify({ do_now: 'INTERNAL slot' });
    await lane(0, {
      do: 'draftNotice',
      notice: 'n1',
      kind: 'holding',
      words: 'template',
      secondPerson: true,
      approvers: [],
      values,
      ...bytes,
    });
    await lane(0, { do: 'approveNotice', notice: 'n1', sha256: bytes.sha256 }, BEN);
    const channel = 'C1000';
    expect(await lane(0, { do: 'releaseNotice', notice: 'n1', sha256: bytes.sha256, ...HOME, channel })).toMatchObject({
      code: 'unknown',
    });
    await lane(0, { do: 'sendNotice', notice: 'n1', sha256: bytes.sha256, road: 'email', recipient: 'mia@example.org' });
    const { files, verdict } = await receipt();
    expect(verdict.problems).toEqual([]);
    expect(fromUtf8(files.get('receipt.txt')!)).toContain('email, to mia@example.org');
    expect(textsIn(files)).toContain('Leave it off.');
    expect(textsIn(files)).not.toContain('INTERNAL');
  });
});

test('two taps are one answer, and what was never sent cannot be answered', async () => {
  await standing(0, told('order-1', 'x'));
  const tap = { do: 'giveReceipt', order: 'order-1', answer: 'received' } as const;
  expect(await standing(0, tap)).toMatchObject({ done: true });
  expect(await standing(0, tap)).toMatchObject({ code: 'already' });
  expect(await standing(0, { ...tap, order: 'order-9' })).toMatchObject({ code: 'unknown' });
  const { entries } = await house.view(idOf(0), standingOf(idOf(0)));
  expect(toldIn(entries).told[0]?.answers).toHaveLength(1);
});
