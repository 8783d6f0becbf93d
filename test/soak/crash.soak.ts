import { expect, test } from 'vitest';
import { CrashHouse, quiet, Responder, reckon, wait } from '../crash-house.ts';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 3);

test(`two people work for ${MINUTES} minutes while the house is killed over and over: nothing acknowledged is lost or doubled`, async () => {
  const house = new CrashHouse();
  const people = [new Responder(house, 'Ada Okafor'), new Responder(house, 'Ben Lindqvist')] as const;
  const [ada, ben] = people;
  await house.start();
  await ada.enter();
  const channel = await ada.declare('A long night');
  await ada.card(channel, 'Step 1 of');
  const end = Date.now() + MINUTES * 60_000;
  for (let round = 0; Date.now() < end; round++) {
    if (round > 0) await house.start();
    for (const person of people) await person.enter();
    if (round === 0) await ben.join(channel, ada);
    for (const person of people) await person.again();
    let over = false;
    const work = people.map(async (person, i) => {
      for (let turn = 0; !over && turn < 2; turn++) {
        await person.note(channel, `form ${round}.${turn} of ${i}`);
        if (turn === 0) await person.say(channel, `said ${round} of ${i}`);
        if (i === 0) await person.tick(channel);
      }
    });
    await wait(Math.random() * 1_500);
    await house.kill();
    over = true;
    await Promise.all(work);
    if (round % 10 === 9) {
      await house.start();
      for (const person of people) await person.enter();
      for (const person of people) await person.again();
      await quiet(await ada.enter(), channel, 2_000, 300_000);
      await house.stop();
      await reckon(house, [...people]);
    }
  }
  await house.start();
  for (const person of people) await person.enter();
  for (const person of people) await person.again();
  await quiet(await ada.enter(), channel, 3_000, 600_000);
  await house.stop();
  const { entries, messages } = await reckon(house, [...people]);
  const acts = people.flatMap(({ notes, ticks }) => [...notes.values(), ...ticks]);
  const restarts = house.restartsMs.toSorted((a, b) => a - b);
  const sure = acts.filter((came) => came === 'acknowledged').length;
  const unsure = acts.filter((came) => came === 'unknown').length;
  console.log(
    `${house.kills} kills; ${sure} acknowledged acts, 0 lost, 0 doubled; ${unsure} whose answer was cut off; ` +
      `${entries} entries, ${messages} messages; start p50 ${Math.round(restarts[Math.floor(restarts.length / 2)] ?? 0)} ms`,
  );
  expect(house.said).not.toContain('ALARM');
  house.remove();
});
