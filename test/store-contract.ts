import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Claimed, ClientStore, Delivery, Outcome, Store } from '../src/desk/ports.ts';
import { utf8 } from '../src/record/bytes.ts';
import { isCommitted, type Line, readLine } from '../src/record/entry.ts';
import { frontierOf, leafHash, rootOf } from '../src/record/tree.ts';
import { named, Scribe } from './scribe.ts';

/** An implementation of the Store port under test: opened empty, opened again on the same bytes, and thrown away. */
export type StoreUnderTest = { store: Store; reopen(): Promise<Store>; drop(): Promise<void> };

const LEASE = 30_000;
const SENT: Outcome = { state: 'sent', ref: 'ts1' };
const UNCERTAIN: Outcome = { state: 'uncertain', afterMs: 5_000, code: 'timeout' };
const PLACE = { surface: 'slack', workspace: 'T1', channel: 'C1' };

/** The promises of the Store port. Every implementation runs this suite. */
export function storeContract(name: string, open: () => Promise<StoreUnderTest>): void {
  describe(`${name}: the store's promises`, () => {
    let under: StoreUnderTest;
    let store: Store;
    let us: ClientStore;
    let scribe: Scribe;
    beforeEach(async () => {
      under = await open();
      store = under.store;
      us = store.open('us');
      scribe = new Scribe('inc-one');
    });
    afterEach(() => under.drop());

    const planned = (...deliveries: Delivery[]) => scribe.write(us, [scribe.note('x')], { deliveries });
    const claim = async (now: number, limit = 8): Promise<Claimed[]> => store.outbox.claim(now, LEASE, limit);
    const claimOne = async (now: number): Promise<Claimed> => (await claim(now))[0]!;
    const settle = ({ id, fence }: Claimed, outcome: Outcome, now: number) => store.outbox.settle(id, fence, outcome, now);
    const stateOf = async (id: string) => (await us.deliveries('inc-one')).find((one) => one.id === `inc-one/${id}`)?.state;
    const card = (id = 'card', more: Partial<Delivery> = {}) =>
      scribe.delivery(id, { coalescing: true, kind: 'step-card', ...more });

    describe('entries', () => {
      test('what was appended is there after the store is opened again: the same bytes, words, head and root', async () => {
        const append = await scribe.write(us, [scribe.note('first — größer 😀'), scribe.note('second')]);
        await scribe.write(us, [scribe.note('third')]);
        const again = (await under.reopen()).open('us');
        const stored = await again.entries('inc-one');
        expect(stored.map(({ seq }) => seq)).toEqual([1, 2, 3]);
        expect(stored[0]?.line).toBe(append.entries[0]?.line);
        expect(stored[0]?.texts).toEqual(append.entries[0]?.texts);
        const head = await again.head('inc-one');
        expect(head).toMatchObject({ record: 'inc-one', of: 'incident', size: 3 });
        expect(rootOf(head!.frontier)).toEqual(rootOf(frontierOf(stored.map(({ line }) => leafHash(utf8(line))))));
        expect(stored.every(({ line, texts }) => texts.every((text) => isCommitted(readLine(line) as Line, text)))).toBe(true);
      });

      test('entries can be read from any one on', async () => {
        await scribe.write(us, [scribe.note('1'), scribe.note('2'), scribe.note('3')]);
        expect((await us.entries('inc-one', 3)).map(({ seq }) => seq)).toEqual([3]);
        expect(await us.entries('inc-one', 4)).toEqual([]);
      });

      test('a writer who saw an older size writes nothing: neither entries, deliveries, places, checkpoints nor its key', async () => {
        await scribe.write(us, [scribe.note('1')]);
        const late = new Scribe('inc-one', 9);
        const stale = late.append([late.note('lost')], {
          deliveries: [late.delivery('stale')],
          places: [{ place: PLACE, open: true }],
          checkpoints: [{ size: 1, note: 'n' }],
          key: 'k',
        });
        expect(await us.append(stale)).toBe('conflict');
        expect(await us.append({ ...stale, expected: 7 })).toBe('conflict');
        expect(await us.entries('inc-one')).toHaveLength(1);
        expect(await us.deliveries('inc-one')).toEqual([]);
        expect(await us.checkpoints('inc-one')).toEqual([]);
        expect(await store.at(PLACE)).toBeUndefined();
        const fine = scribe.append([scribe.note('2')], { key: 'k' });
        expect(await us.append(fine)).toBe('appended');
      });

      test('a key is done once: the second append with it writes nothing, and the sequence stays', async () => {
        await scribe.write(us, [scribe.note('1')], { key: 'click' });
        const twice = scribe.append([scribe.note('2')], { key: 'click', deliveries: [scribe.delivery('d')] });
        expect(await us.append(twice)).toBe('duplicate');
        expect((await us.head('inc-one'))?.size).toBe(1);
        expect(await us.deliveries('inc-one')).toEqual([]);
        expect(await (await under.reopen()).open('us').append(twice)).toBe('duplicate');
      });

      test('deliveries, places and checkpoints stand with the entries they follow from', async () => {
        const places = [{ place: PLACE, open: true }];
        await planned(scribe.delivery('a'));
        await scribe.write(us, [scribe.note('2')], { places, checkpoints: [{ size: 2, note: 'head two' }] });
        const again = await under.reopen();
        expect(await again.at(PLACE)).toEqual({ client: 'us', record: 'inc-one' });
        expect(await again.open('us').checkpoints('inc-one')).toEqual([{ size: 2, note: 'head two' }]);
        expect(await again.open('us').deliveries('inc-one')).toMatchObject([{ id: 'inc-one/a', state: 'pending' }]);
      });

      test('an append that cannot be written whole is not written at all', async () => {
        await scribe.write(us, [scribe.note('1')], { places: [{ place: PLACE, open: true }] });
        const other = new Scribe('inc-two', 5);
        const taken = other.append([other.note('x')], { places: [{ place: PLACE, open: true }], key: 'k' });
        await expect(us.append(taken)).rejects.toThrow();
        expect(await us.head('inc-two')).toBeUndefined();
        expect(await us.append({ ...taken, places: [] })).toBe('appended');
      });

      test('a place that closes is free for another record', async () => {
        await scribe.write(us, [scribe.note('1')], { places: [{ place: PLACE, open: true }] });
        await scribe.write(us, [scribe.note('2')], { places: [{ place: PLACE, open: false }] });
        expect(await store.at(PLACE)).toBeUndefined();
        await new Scribe('inc-two').write(us, [scribe.note('1')], { places: [{ place: PLACE, open: true }] });
        expect(await store.at(PLACE)).toEqual({ client: 'us', record: 'inc-two' });
      });

      test('the same history gives the same root, whoever else writes in between', async () => {
        const history = fc.array(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 6,
        });
        let run = 0;
        await fc.assert(
          fc.asyncProperty(history, async (batches) => {
            run++;
            const [mine, other] = [new Scribe(`inc-${run}`, run), new Scribe(`lane-${run}`, run + 1)];
            for (const batch of batches) {
              await mine.write(
                us,
                batch.map((text) => mine.note(text)),
              );
              await other.write(store.open('other'), [other.note('x')]);
            }
            const head = (await us.head(mine.record))!;
            expect(Buffer.from(rootOf(head.frontier)).toString('hex')).toBe(mine.root);
            const leaves = (await us.entries(mine.record)).map(({ line }) => leafHash(utf8(line)));
            expect(rootOf(frontierOf(leaves))).toEqual(rootOf(head.frontier));
          }),
          { numRuns: 25 },
        );
      });

      test('of twenty writers at once, one writes each entry and nobody is lost', async () => {
        const write = async (who: number): Promise<void> => {
          for (;;) {
            const turn = new Scribe('inc-race', 100 + who);
            const head = await us.head('inc-race');
            if (head !== undefined) Object.assign(turn, { size: head.size, frontier: head.frontier });
            const answer = await us.append(turn.append([turn.note(`by ${who}`)], { key: `w${who}` }));
            if (answer !== 'conflict') return;
          }
        };
        await Promise.all(Array.from({ length: 20 }, (_, who) => write(who)));
        const words = (await us.entries('inc-race')).map(({ texts }) => texts[0]?.value);
        expect(words).toHaveLength(20);
        expect(new Set(words).size).toBe(20);
      });
    });

    describe('scoping', () => {
      test('a handle of one client sees, changes and erases nothing of another', async () => {
        const canary = 'CANARY-of-us';
        await scribe.write(us, [scribe.note(canary)], {
          deliveries: [scribe.delivery('mine', { body: canary })],
          checkpoints: [{ size: 1, note: canary }],
        });
        await us.keepEvidence('inc-one', 'F1', utf8(canary));
        const other = store.open('other');
        const seen = [
          await other.records(),
          await other.head('inc-one'),
          await other.entries('inc-one'),
          await other.checkpoints('inc-one'),
          await other.deliveries('inc-one'),
          await other.evidence('inc-one', 'F1'),
        ];
        expect(seen).toEqual([[], undefined, [], [], [], undefined]);

        await expect(other.keepEvidence('inc-one', 'F2', utf8('x'))).rejects.toThrow();
        await other.eraseEvidence('inc-one', 'F1');
        expect(Buffer.from((await us.evidence('inc-one', 'F1'))!).toString()).toBe(canary);

        const intruder = new Scribe('inc-one', 7);
        expect(await other.append(intruder.append([intruder.note('intrusion')]))).toBe('conflict');
        expect(await other.append(scribe.append([scribe.note('intrusion')]))).toBe('conflict');
        expect(await us.entries('inc-one')).toHaveLength(1);
      });

      test("planning reaches only one's own records, and never another client's delivery of the same id", async () => {
        await planned(card('card', { body: 'ours' }));
        const other = store.open('other');
        const theirs = new Scribe('inc-theirs');
        await theirs.write(other, [theirs.note('x')]);
        await other.plan([scribe.delivery('planted'), { ...card('card', { body: 'theirs' }), record: 'inc-theirs' }]);
        await theirs.write(other, [theirs.note('y')], {
          deliveries: [scribe.delivery('planted'), card('card', { body: 'theirs' })],
        });
        expect(await us.deliveries('inc-one')).toMatchObject([{ id: 'inc-one/card', body: 'ours', state: 'pending' }]);
        expect(await other.deliveries('inc-theirs')).toEqual([]);
        expect((await claim(1)).map(({ client, id }) => [client, id])).toEqual([['us', 'inc-one/card']]);
      });

      test("one client's keys are not another's", async () => {
        await scribe.write(us, [scribe.note('1')], { key: 'same' });
        const theirs = new Scribe('inc-theirs');
        expect(await store.open('other').append(theirs.append([theirs.note('1')], { key: 'same' }))).toBe('appended');
      });

      test('the house knows its clients, and whose record is worked on at a place', async () => {
        await scribe.write(us, [scribe.note('1')]);
        const theirs = new Scribe('inc-theirs');
        await theirs.write(store.open('other'), [theirs.note('1')], { places: [{ place: PLACE, open: true }] });
        expect(await store.clients()).toEqual(['other', 'us']);
        expect(await store.at(PLACE)).toEqual({ client: 'other', record: 'inc-theirs' });
        expect(await store.at({ ...PLACE, workspace: 'T2' })).toBeUndefined();
        expect((await us.records()).map(({ record }) => record)).toEqual(['inc-one']);
      });
    });

    describe('erasing', () => {
      test('an erased text is gone for ever, its commitment stands, and everything else is there', async () => {
        await scribe.write(us, [
          { kind: 'message.kept', body: { message: 'm', how: 'mention' }, texts: { text: 'secret', speaker: 'Ada' } },
        ]);
        const line = (await us.entries('inc-one'))[0]?.line;
        await scribe.write(us, [scribe.note('erased')], { erase: [{ seq: 1, fields: ['text'] }] });
        const again = (await under.reopen()).open('us');
        const [first] = await again.entries('inc-one');
        expect(first?.line).toBe(line);
        expect(first?.texts.map(({ field, value }) => [field, value])).toEqual([['speaker', 'Ada']]);
        expect(rootOf((await again.head('inc-one'))!.frontier)).toEqual(rootOf(scribe.frontier));
      });

      test('evidence is kept once, comes back as it was, and is gone when erased', async () => {
        await scribe.write(us, [scribe.note('1')]);
        const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
        await us.keepEvidence('inc-one', 'F1', bytes);
        await us.keepEvidence('inc-one', 'F1', bytes);
        await expect(us.keepEvidence('inc-one', 'F1', utf8('other bytes'))).rejects.toThrow('differs');
        const again = (await under.reopen()).open('us');
        expect(Buffer.compare((await again.evidence('inc-one', 'F1'))!, bytes)).toBe(0);
        expect(await again.evidence('inc-one', 'F2')).toBeUndefined();
        await again.eraseEvidence('inc-one', 'F1');
        expect(await again.evidence('inc-one', 'F1')).toBeUndefined();
        await expect(again.keepEvidence('inc-one', 'F1', bytes)).rejects.toThrow('erased');
        await again.eraseEvidence('inc-one', 'F1');
      });
    });

    describe('the outbox', () => {
      test('planning twice is planning once, and what was frozen first stays', async () => {
        await planned(scribe.delivery('a', { body: 'first' }));
        await planned(scribe.delivery('a', { body: 'second' }));
        const claimed = await claim(1);
        expect(claimed).toMatchObject([{ id: 'inc-one/a', body: 'first', client: 'us', record: 'inc-one', attempt: 1 }]);
        await settle(claimed[0]!, SENT, 2);
        await planned(scribe.delivery('a', { body: 'third' }));
        expect(await claim(3)).toEqual([]);
      });

      test('a delivery goes out in the order of its queue, one at a time, and queues do not wait for each other', async () => {
        const [q, r] = [{ queue: 'q' }, { queue: 'r' }];
        await planned(scribe.delivery('q1', q), scribe.delivery('q2', q), scribe.delivery('r1', r), scribe.delivery('q3', q));
        const first = await claim(1);
        expect(named(first)).toEqual(['q1', 'r1']);
        expect(await claim(2)).toEqual([]);
        await settle(first[0]!, SENT, 3);
        expect(named(await claim(4))).toEqual(['q2']);
      });

      test('a claim takes no more than it was asked for', async () => {
        await planned(...['a', 'b', 'c'].map((queue) => scribe.delivery(queue, { queue })));
        expect(named(await claim(1, 2))).toEqual(['a', 'b']);
        expect(named(await claim(1, 2))).toEqual(['c']);
      });

      test('in any mix of plans, claims and outcomes, a queue has at most one under way and keeps its order', async () => {
        const act = fc.oneof(
          fc.record({ do: fc.constant('plan' as const), queue: fc.constantFrom('a', 'b'), wait: fc.constantFrom(0, 50) }),
          fc.record({ do: fc.constant('claim' as const), limit: fc.integer({ min: 1, max: 3 }) }),
          fc.record({ do: fc.constant('settle' as const), how: fc.constantFrom('sent', 'refused', 'later'), which: fc.nat(9) }),
        );
        let run = 0;
        await fc.assert(
          fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
            const mine = new Scribe(`inc-mix-${++run}`, run);
            await mine.write(us, [mine.note('1')]);
            const order = new Map<string, string[]>();
            const flying: Claimed[] = [];
            let [now, planned] = [run * 1e6, 0];
            expect(await claim(now)).toEqual([]);
            for (const one of acts) {
              now += 10;
              if (one.do === 'plan') {
                const queue = `${run}/${one.queue}`;
                const delivery = mine.delivery(`d${++planned}`, { queue, notBefore: now + one.wait });
                order.set(queue, [...(order.get(queue) ?? []), delivery.id]);
                await us.plan([delivery]);
              } else if (one.do === 'claim') {
                for (const claimed of await claim(now, one.limit)) {
                  expect(flying.map(({ queue }) => queue)).not.toContain(claimed.queue);
                  expect(order.get(claimed.queue)?.[0]).toBe(claimed.id);
                  flying.push(claimed);
                }
              } else {
                const [claimed] = flying.splice(one.which % Math.max(flying.length, 1), 1);
                if (claimed === undefined) continue;
                const over = {
                  sent: SENT,
                  refused: { state: 'refused', code: 'c', sentence: 's' },
                  later: { state: 'later', afterMs: 20, code: 'c' },
                } as const;
                expect(await settle(claimed, over[one.how as 'sent'], now)).toBe(true);
                if (one.how !== 'later') order.get(claimed.queue)?.shift();
              }
            }
            // Each run leaves the outbox empty for the next one.
            for (const claimed of flying) await settle(claimed, SENT, now);
            for (let rest = await claim(now + 1_000); rest.length > 0; rest = await claim(now + 1_000))
              for (const claimed of rest) await settle(claimed, SENT, now);
          }),
          { numRuns: 40 },
        );
      });

      test('nothing is due before its time', async () => {
        await planned(scribe.delivery('a', { notBefore: 500 }));
        expect(await claim(499)).toEqual([]);
        expect(await store.outbox.nextDue()).toBe(500);
        expect(named(await claim(500))).toEqual(['a']);
      });

      test('the answer of a lost lease is worth nothing, and the fence tells', async () => {
        await planned(scribe.delivery('a'));
        const first = await claimOne(1);
        const second = await claimOne(LEASE + 10);
        expect(second.fence).toBeGreaterThan(first.fence);
        expect(await settle(first, SENT, LEASE + 11)).toBe(false);
        expect(await stateOf('a')).toBe('sending');
        expect(await settle(second, { state: 'sent', ref: 'ts2' }, LEASE + 12)).toBe(true);
        expect(await settle(second, SENT, LEASE + 13)).toBe(false);
        expect(await us.deliveries('inc-one')).toMatchObject([{ state: 'sent', ref: 'ts2' }]);
      });

      test('a late answer counts while nobody else has taken the delivery: it is the truth', async () => {
        await planned(scribe.delivery('a'), scribe.delivery('b', { queue: 'other' }));
        const [slow] = await claim(1, 1);
        await claim(LEASE + 10, 0);
        expect(await settle(slow!, SENT, LEASE + 20)).toBe(true);
        expect(await stateOf('a')).toBe('sent');
      });

      test('a lease that ran out leaves a message uncertain, never pending, and it is claimed to be looked for', async () => {
        await planned(scribe.delivery('a'));
        await claim(1);
        const again = await claimOne(LEASE + 2);
        expect(again).toMatchObject({ attempt: 2, uncertainSince: LEASE + 1 });
      });

      test('a lease that ran out while a card with a place was edited is simply due again', async () => {
        await planned(card());
        await settle(await claimOne(1), SENT, 2);
        await planned(card());
        await claim(3);
        const again = await claimOne(LEASE + 10);
        expect(again.ref).toBe('ts1');
        expect(again.uncertainSince).toBeUndefined();
      });

      test('a process that carries alone takes over what a dead one had in hand, at once', async () => {
        await planned(scribe.delivery('a'));
        await claim(1);
        expect(await claim(10)).toEqual([]);
        const again = (await under.reopen()).outbox;
        await again.takeOver(20);
        expect(await again.claim(21, LEASE, 8)).toMatchObject([{ id: 'inc-one/a', uncertainSince: 20 }]);
      });

      test('a card planned while it is being sent is sent once more, and one planned while it waits is not', async () => {
        await planned(card());
        await planned(card());
        const claimed = await claimOne(1);
        await planned(card('card', { body: 'newer' }));
        await settle(claimed, SENT, 2);
        const again = await claimOne(3);
        expect(again).toMatchObject({ id: 'inc-one/card', ref: 'ts1', body: 'newer' });
        await settle(again, SENT, 4);
        expect(await claim(5)).toEqual([]);
      });

      test('a card that was sent or refused is due again when it is planned again', async () => {
        await planned(card());
        await settle(await claimOne(1), { state: 'refused', code: 'is_archived', sentence: 's' }, 2);
        expect(await claim(3)).toEqual([]);
        await planned(card());
        await settle(await claimOne(4), SENT, 5);
        await planned(card());
        expect(await claimOne(6)).toMatchObject({ ref: 'ts1' });
      });

      test('a card that two records share goes with the record that planned it last', async () => {
        const two = new Scribe('inc-two', 3);
        await planned(card('home'));
        await two.write(us, [two.note('1')], { deliveries: [{ ...card('home'), record: 'inc-two' }] });
        expect(await claim(1)).toMatchObject([{ id: 'inc-one/home', record: 'inc-two' }]);
      });

      test('what changed while the fate of a card was unknown is not forgotten when it is found as it stood', async () => {
        await planned(card());
        const claimed = await claimOne(1);
        await planned(card());
        await settle(claimed, UNCERTAIN, 2);
        await planned(card());
        await settle(await claimOne(6_000), SENT, 6_001);
        expect(await claimOne(6_002)).toMatchObject({ id: 'inc-one/card', ref: 'ts1' });
      });

      test('uncertain rests, remembers since when, and does not hold up its queue', async () => {
        await planned(scribe.delivery('a'), scribe.delivery('b'));
        await settle(await claimOne(100), UNCERTAIN, 110);
        expect(await stateOf('a')).toBe('uncertain');
        const b = await claimOne(120);
        expect(named([b])).toEqual(['b']);
        await settle(b, SENT, 130);
        expect(await claim(5_109)).toEqual([]);
        const look = await claimOne(5_110);
        expect(look).toMatchObject({ uncertainSince: 110, code: 'timeout' });
        await settle(look, { state: 'uncertain', afterMs: 1_000, code: 'not-seen-yet', since: 110 }, 5_200);
        const looked = await claimOne(6_200);
        expect(looked).toMatchObject({ uncertainSince: 110, code: 'not-seen-yet', attempt: 3 });
        await settle(looked, UNCERTAIN, 6_300);
        expect((await claimOne(11_300)).uncertainSince).toBe(6_300);
      });

      test('later means later, keeps its place in the queue, and remembers what stands already', async () => {
        await planned(scribe.delivery('a'), scribe.delivery('b'));
        await settle(await claimOne(1), { state: 'later', afterMs: 700, code: 'ratelimited', ref: 'half' }, 10);
        expect(await claim(709)).toEqual([]);
        expect(await store.outbox.nextDue()).toBe(710);
        expect(await claimOne(710)).toMatchObject({ id: 'inc-one/a', ref: 'half', code: 'ratelimited' });
      });

      test('what nobody can find out waits for a person, is listed, and a card starts anew when it is planned again', async () => {
        await planned(scribe.delivery('a'), card('c', { queue: 'r' }));
        for (const claimed of await claim(1)) await settle(claimed, { state: 'asking', code: 'fate-unknown' }, 2);
        expect(named(await store.outbox.uncertain())).toEqual(['a', 'c']);
        expect(await claim(1e9)).toEqual([]);
        await planned(scribe.delivery('a'), card('c', { queue: 'r' }));
        expect(named(await claim(1e9))).toEqual(['c']);
      });

      test('the next due is the earliest that can really go: what waits behind a resting head is not due', async () => {
        expect(await store.outbox.nextDue()).toBeUndefined();
        await planned(scribe.delivery('a', { notBefore: 900 }), scribe.delivery('b'));
        expect(await store.outbox.nextDue()).toBe(900);
        const claimed = await claimOne(900);
        expect(await store.outbox.nextDue()).toBe(900 + LEASE);
        await settle(claimed, SENT, 901);
        expect(await store.outbox.nextDue()).toBe(0);
        await settle(await claimOne(902), SENT, 903);
        expect(await store.outbox.nextDue()).toBeUndefined();
      });

      test('the words of a frozen message do not outlive its sending', async () => {
        await planned(scribe.delivery('a', { body: 'words' }), scribe.delivery('b', { queue: 'b', body: 'words' }));
        const [a, b] = await claim(1);
        await settle(a!, SENT, 2);
        await settle(b!, { state: 'refused', code: 'c', sentence: 's' }, 2);
        expect((await us.deliveries('inc-one')).map(({ body }) => body)).toEqual(['', '']);
      });

      test('an append that settles a delivery does both or neither: with a lost lease nothing is sealed', async () => {
        await planned(scribe.delivery('a'));
        const first = await claimOne(1);
        const second = await claimOne(LEASE + 10);
        const settles = { id: first.id, fence: first.fence, outcome: SENT };
        expect(await us.append(scribe.append([scribe.note('arrived')], { settles }))).toBe('duplicate');
        expect((await us.head('inc-one'))?.size).toBe(1);
        await scribe.write(us, [scribe.note('arrived')], { settles: { ...settles, fence: second.fence } });
        expect(await stateOf('a')).toBe('sent');
        const stale = { ...scribe.append([scribe.note('no')]), expected: 0, settles: { ...settles, fence: second.fence } };
        expect(await us.append(stale)).toBe('conflict');
      });
    });

    describe('the inbox', () => {
      test('a key is taken in once, and comes back after a restart until it is done, oldest first', async () => {
        const { inbox } = store;
        expect(await inbox.put('b', 'second', 20)).toBe(true);
        expect(await inbox.put('a', 'first', 10)).toBe(true);
        expect(await inbox.put('a', 'again', 30)).toBe(false);
        const again = (await under.reopen()).inbox;
        expect(await again.pending()).toEqual([
          { key: 'a', body: 'first', tries: 1 },
          { key: 'b', body: 'second', tries: 1 },
        ]);
        await again.done('a');
        expect(await again.pending()).toEqual([{ key: 'b', body: 'second', tries: 2 }]);
        expect(await again.put('a', 'much later', 99)).toBe(false);
        expect(await again.pending()).toEqual([{ key: 'b', body: 'second', tries: 3 }]);
      });
    });
  });
}
