import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CrashHouse, quiet, Responder, reckon, wait } from './crash-house.ts';

/** The house is killed while two people work, and started again: the long version is `npm run soak`. */
let house: CrashHouse;
beforeEach(() => {
  house = new CrashHouse();
});
afterEach(async () => {
  await house.stop();
  house.remove();
});

describe('SIGKILL in the middle', () => {
  test('every acknowledged click is in the record once, and no card is doubled', { timeout: 60_000 }, async () => {
    const [ada, ben] = [new Responder(house, 'Ada Okafor'), new Responder(house, 'Ben Lindqvist')];
    await house.start();
    await ada.enter();
    const channel = await ada.declare('Killed in the middle');
    await ada.card(channel, 'Step 1 of');
    for (let round = 0; round < 4; round++) {
      if (round > 0) {
        await house.start();
        await ada.enter();
        await ada.again();
      }
      await ben.enter();
      const work = Promise.all([
        ada.note(channel, `form ${round}`),
        ada.say(channel, `said ${round}`),
        (async () => {
          for (let i = 0; i < 3; i++) await ada.tick(channel);
        })(),
      ]);
      await wait(40 + Math.random() * 400);
      await house.kill();
      await work;
    }
    await house.start();
    const visitor = await ada.enter();
    await ada.again();
    await ada.note(channel, 'the last one');
    await quiet(visitor, channel);
    await house.stop();
    const { entries } = await reckon(house, [ada, ben]);
    expect(entries).toBeGreaterThan(8);
    expect(ada.notes.get('the last one')).toBe('acknowledged');
    expect(house.said).not.toContain('ALARM');
  });
});
