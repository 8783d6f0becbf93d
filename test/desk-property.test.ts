import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Desk } from '../src/desk/desk.ts';
import type { World } from '../src/desk/ports.ts';
import type { Command } from '../src/record/command.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite, type SqliteStore } from '../src/store/sqlite.ts';
import { checkEverything } from './check-everything.ts';
import { freshFolder } from './folder.ts';
import { ADA, BEN, DECLARE } from './play.ts';
import { counting } from './room-server.ts';

/** Whatever is asked for in whatever order, by one desk or by two that race: the record verifies, and says what was answered. */
/** `npm run soak` asks for more. */
const SOAK = Number(process.env.SOAK ?? 1);

let folder: string;
let store: SqliteStore;
let run = 0;
beforeEach(() => {
  folder = freshFolder();
  store = openSqlite(':memory:');
});

/** Each run of a property has a house of its own. */
async function freshHouse(): Promise<void> {
  await store.close();
  store = openSqlite(':memory:');
  run++;
}
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function deskOn(seed: number): Desk {
  let now = Date.UTC(2026, 0, 5, 9);
  const world: World = { now: () => (now += 61_000), random: counting(seed) };
  return new Desk(store, world, openSigner(folder));
}

const declared = (desk: Desk) => ({ ...DECLARE, verifierKey: desk.verifierKey });

const step = fc.constantFrom(
  'cut-it-off',
  'tell-the-team',
  'secure-the-images',
  'do-we-keep-it',
  'watch-it',
  'write-it-up',
  'nonsense',
  '__proto__',
);
/** Words as people and attackers type them: empty, long, right to left, half a surrogate pair. */
const words = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', '  ', '\ud800', '‮evil', '<!channel>', 'a'.repeat(5000), 'ordinary words'),
);
const reason = fc.oneof({ weight: 4, arbitrary: fc.constant('because') }, { weight: 1, arbitrary: words });
const seq = fc.integer({ min: -1, max: 30 });
const who = fc.constantFrom(ADA, BEN, { account: 'slack/T1/U3', name: 'Chidi' });
const id = fc.constantFrom('a', 'b', 'h1', 'x');
const answer = fc.constantFrom('yes' as const, 'no' as const, 'unknown' as const);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ do: fc.constant('completeStep' as const), step, override: reason }),
  fc.record({ do: fc.constant('completeStep' as const), step }),
  fc.record({ do: fc.constantFrom('skipStep' as const, 'blockStep' as const, 'reopenStep' as const), step, reason }),
  fc.record({ do: fc.constant('unblockStep' as const), step, note: words }),
  fc.record({ do: fc.constant('assignStep' as const), step, to: who }),
  fc.record({ do: fc.constant('tickCheck' as const), step, check: fc.constantFrom('0', '1', '7'), ticked: fc.boolean() }),
  fc.record({ do: fc.constant('meetPrecondition' as const), step, precondition: fc.integer({ min: 0, max: 1 }) }),
  fc.record({ do: fc.constant('writeRow' as const), step, table: id, row: id, cells: words }),
  fc.record({ do: fc.constant('answerQuestion' as const), fact: fc.constantFrom('personal data', 'x'), answer }),
  fc.record({ do: fc.constant('recordNote' as const), text: words }),
  fc.record({
    do: fc.constant('recordFinding' as const),
    about: reason,
    status: fc.constantFrom('suspected' as const, 'ruled_out' as const),
    text: reason,
    supersedes: seq,
  }),
  fc.record({ do: fc.constant('recordFinding' as const), about: reason, status: fc.constant('confirmed' as const), text: reason }),
  fc.record({
    do: fc.constant('takeDecision' as const),
    step,
    option: fc.integer({ min: 0, max: 2 }),
    question: words,
    choice: words,
    reason,
    outcome: fc.constantFrom('decided' as const, 'decided-not-to' as const, 'deferred' as const),
    reversible: answer,
    cites: fc.array(seq, { maxLength: 2 }),
    review: fc.constant('2026-01-06T09:00:00Z'),
  }),
  fc.record({ do: fc.constant('openAsk' as const), question: reason, to: who }),
  fc.record({ do: fc.constant('answerAsk' as const), ask: id, answer: reason }),
  fc.record({
    do: fc.constant('keepMessage' as const),
    message: id,
    text: words,
    speaker: words,
    occurred: fc.constant('2026-01-05T08:00:00Z'),
    how: fc.constant('reaction' as const),
  }),
  fc.record({ do: fc.constant('messageEdited' as const), message: id, text: words }),
  fc.record({ do: fc.constant('messageDeleted' as const), message: id }),
  fc.record({ do: fc.constant('correctEntry' as const), replaces: seq, text: reason, reason }),
  fc.record({ do: fc.constant('relabelEntry' as const), of: seq, label: fc.constantFrom('open' as const, 'counsel' as const) }),
  fc.record({
    do: fc.constant('redactText' as const),
    of: seq,
    fields: fc.subarray(['text', 'title', 'reason', 'name', 'x']),
    basis: fc.constant('erasure' as const),
    second: who,
  }),
  fc.record({ do: fc.constantFrom('placeHold' as const, 'liftHold' as const), hold: id, reason, second: who }),
  fc.record({ do: fc.constant('assignRole' as const), role: fc.constantFrom('owner' as const, 'lead' as const), to: who }),
  fc.record({
    do: fc.constant('offerHandover' as const),
    role: fc.constantFrom('owner' as const, 'lead' as const),
    to: who,
    brief: words,
  }),
  fc.record({
    do: fc.constant('addEvidence' as const),
    evidence: id,
    step,
    name: words,
    sha256: fc.constant('ab'),
    bytes: fc.nat(),
    mediaType: words,
  }),
  fc.record({
    do: fc.constant('closeIncident' as const),
    as: fc.constantFrom('resolved' as const, 'merged' as const),
    reason,
    into: id,
  }),
  fc.record({ do: fc.constant('reopenIncident' as const), reason }),
  fc.record({
    do: fc.constant('openPlace' as const),
    surface: fc.constant('slack'),
    workspace: fc.constant('T1'),
    channel: fc.nat().map((n) => `C${run}-${n}`),
    purpose: fc.constant('incident' as const),
  }),
);

type Asked = { command: Command; person: typeof ADA; key: string };
const asked: fc.Arbitrary<Asked> = fc.record({ command, person: who, key: fc.nat({ max: 40 }).map((n) => `k${n}`) });

describe('random commands', () => {
  test('on one desk: refusals and errors seal nothing, a key is done once, and everything holds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 25 }), async (all) => {
        await freshHouse();
        const record = `inc-${run}`;
        const desk = deskOn(run);
        await desk.do({ client: 'us', record, command: declared(desk), person: ADA, via: 'slack-signature' });
        const keys = new Set<string>();
        for (const { command, person, key } of all) {
          const before = (await store.open('us').head(record))!.size;
          const answer = await desk
            .do({ client: 'us', record, command, person, via: 'slack-signature', key: `${record}/${key}` })
            .catch((error: unknown) => ({ error }));
          const after = (await store.open('us').head(record))!.size;
          const done = 'done' in answer ? answer.entries.length : 0;
          expect(after - before).toBe(done);
          if (done > 0) expect(keys.has(key)).toBe(false);
          if (done > 0) keys.add(key);
          // What cannot be spelled in one way only is refused with an error, and nothing else is.
          if ('error' in answer) expect(String(answer.error)).toMatch(/lone surrogate/);
        }
        await checkEverything(store, desk);
        await checkEverything(store, deskOn(run + 9999));
      }),
      { numRuns: 40 * SOAK },
    );
  });

  test('on two desks that race: nobody is lost, nothing is doubled, and both see the same', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { minLength: 2, maxLength: 20 }), async (all) => {
        await freshHouse();
        const record = `inc-${run}`;
        const desks = [deskOn(run), deskOn(run + 777)] as const;
        await desks[0].do({ client: 'us', record, command: declared(desks[0]), person: ADA, via: 'slack-signature' });
        const answers = await Promise.all(
          all.map(({ command, person, key }, i) =>
            desks[i % 2 === 0 ? 0 : 1]
              .do({ client: 'us', record, command, person, via: 'slack-signature', key: `${record}/${key}` })
              .then(
                (answer) => ({ ...answer, key }),
                (error: unknown) => ({ error, key }),
              ),
          ),
        );
        const done = answers.filter((answer) => 'done' in answer);
        const entries = await store.open('us').entries(record);
        expect(entries).toHaveLength(6 + done.reduce((sum, answer) => sum + answer.entries.length, 0));
        expect(new Set(done.map(({ key }) => key)).size).toBe(done.length);
        for (const desk of desks) await checkEverything(store, desk);
      }),
      { numRuns: 25 * SOAK },
    );
  });
});

test('a desk sees what another process wrote, without being told', async () => {
  const [one, two] = [deskOn(1), deskOn(2)];
  const doing = { client: 'us', record: 'inc-shared', person: ADA, via: 'slack-signature' } as const;
  await one.do({ ...doing, command: declared(one) });
  expect((await two.view('us', 'inc-shared'))?.incident.notes).toHaveLength(0);
  await one.do({ ...doing, command: { do: 'recordNote', text: 'written by one' } });
  expect((await two.view('us', 'inc-shared'))?.incident.notes.map(({ text }) => text)).toEqual(['written by one']);
  await one.do({ ...doing, command: { do: 'redactText', of: 7, fields: ['text'], basis: 'erasure', second: BEN } });
  expect((await two.view('us', 'inc-shared'))?.incident.notes.map(({ text }) => text)).toEqual(['[erased]']);
  await checkEverything(store, two);
});

test('a client sees no record of another, by its id or in its lists', async () => {
  const desk = deskOn(3);
  await desk.do({ client: 'us', record: 'inc-ours', person: ADA, via: 'slack-signature', command: declared(desk) });
  expect(await desk.view('other', 'inc-ours')).toBeUndefined();
  expect(await desk.views('other')).toEqual([]);
  const answer = await desk.do({
    client: 'other',
    record: 'inc-ours',
    person: BEN,
    via: 'slack-signature',
    command: { do: 'recordNote', text: 'x' },
  });
  expect(answer).toMatchObject({ code: 'unknown' });
  const taken = await desk.do({
    client: 'other',
    record: 'inc-ours',
    person: BEN,
    via: 'slack-signature',
    command: declared(desk),
  });
  expect('done' in taken).toBe(false);
  expect((await store.open('us').entries('inc-ours')).length).toBe(6);
});
