import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { US } from '../src/cli/house.ts';
import { Desk } from '../src/desk/desk.ts';
import { Witness } from '../src/desk/witness.ts';
import { fromBase64, toBase64 } from '../src/record/bytes.ts';
import { parseNote } from '../src/record/checkpoint.ts';
import { headLeaf, proofOf, type RecordHeadLine } from '../src/record/house-head.ts';
import { rootFromInclusion } from '../src/record/tree.ts';
import { signerOf } from '../src/store/signer.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { checkEverything } from './check-everything.ts';
import { ADA, DECLARE } from './play.ts';
import { counting } from './room-server.ts';

const PLACE = { surface: 'slack', workspace: 'T1', channel: 'C-witness' };

test('one head of the whole house goes to the witness when something changed, and proves each record without naming any', async () => {
  const store = openSqlite(':memory:');
  const world = { now: () => 1_767_600_000_000, random: counting() };
  const desk = new Desk(store, world, signerOf(generateKeyPairSync('ed25519').privateKey));
  const witness = new Witness({ store, desk, world }, US, PLACE, (error) => {
    throw error;
  });
  const declare = (record: string) =>
    desk.do({ client: US, record, person: ADA, via: 'slack-signature', command: { ...DECLARE, verifierKey: desk.verifierKey } });

  expect(await witness.look(), 'nothing to witness yet').toBe(false);
  await declare('inc-one');
  await declare('inc-two');
  expect(await witness.look()).toBe(true);
  expect(await witness.look(), 'nothing changed since').toBe(false);

  const view = await desk.view(US, witness.record);
  const signed = view?.entries.findLast((entry) => entry.kind === 'house.signed');
  if (signed?.kind !== 'house.signed') throw new Error('no head was signed');
  const heads: RecordHeadLine[] = JSON.parse(signed.texts.heads);
  const { checkpoint } = parseNote(signed.texts.note);
  expect(toBase64(checkpoint.root)).toBe(signed.body.root);
  const found = proofOf(heads, 'inc-two')!;
  const root = rootFromInclusion(headLeaf(found.head), found.index, heads.length, found.proof.map(fromBase64));
  expect(root).toEqual(checkpoint.root);
  const [posted] = (await store.open(US).deliveries(witness.record)).filter(({ kind }) => kind === 'post');
  expect(posted?.body).toContain(signed.texts.note.split('\n')[2]);
  expect(posted?.body).not.toMatch(/inc-one|inc-two/);

  await desk.do({
    client: US,
    record: 'inc-one',
    person: ADA,
    via: 'slack-signature',
    command: { do: 'recordNote', text: 'more' },
  });
  expect(await witness.look()).toBe(true);
  await checkEverything(store, desk);
  await store.close();
});
