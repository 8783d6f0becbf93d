import { afterEach, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import { instantOf } from '../../src/slack/messages.ts';
import { type Running, Visitor } from '../room-server.ts';
import { HOUR } from './kaseya-hour.ts';
import { type Message, Workplace } from './workplace.ts';

/** An hour of a real incident's chat, typed in by two people with the model off. */
let place: Workplace;
afterEach(() => place.close());

type Line = { who: string; where: string; expected: string; says: string; text: string };

const lines: Line[] = HOUR.trim()
  .split('\n')
  .map((line) => {
    const [head = '', expected = '', text = ''] = line.split('|').map((part) => part.trim());
    const [who = '', where = ''] = head.split(' ');
    const says = /\((.+)\)/.exec(expected)?.[1] ?? '';
    return { who, where, expected: expected.replace(/ ?\(.+\)/, ''), says, text: text.replaceAll(' / ', '\n') };
  });

const ROUTINE = /^(?:delivery|checkpoint|actor|reminder)\./;
const shown = (message: Message) => JSON.stringify(message.blocks ?? message.text);

test('every command does what it says, everything else is one click from a note, and no answer takes three seconds', async () => {
  place = await new Workplace().open();
  const people = await place.people();
  const id = (who: string) => people.find(({ name }) => name.startsWith(who))?.id ?? '';
  const named = (text: string) =>
    text.replace(/@(ada|ben)\b/g, (_, who: string) => `@${people.find(({ name }) => name.startsWith(who))?.name}`);
  const { record, channel } = await place.declare(id('ada'), 'Kaseya VSA');
  await place.api('conversations.invite', { channel, users: id('ben') });
  const visitors = new Map<string, Visitor>();
  const directs = new Map<string, string>();
  for (const who of ['ada', 'ben']) {
    const visitor = new Visitor({ base: place.origin } as Running);
    await visitor.act('signin', { person: id(who), tz: 'Etc/UTC' });
    visitors.set(who, visitor);
    directs.set(who, ((await place.api('conversations.open', { users: id(who) })) as { channel: { id: string } }).channel.id);
  }
  const view = async () => (await place.desk?.view(US, record))!;
  const thread = async (at: string, ts: string): Promise<Message[]> =>
    ((await place.api('conversations.replies', { channel: at, ts, limit: '100' })) as { messages: Message[] }).messages;

  const wrong: string[] = [];
  const keeping: { at: string; ts: string; text: string; answer: Message }[] = [];
  let size = (await view()).incident.size;
  let slowest = 0;
  let root = '';
  for (const { who, where, expected, says, text } of lines) {
    const at = where === 'direct' ? (directs.get(who) ?? '') : channel;
    const under = where === 'thread' || where === 'reply' ? { thread_ts: root } : {};
    const words = `${where === 'bot' || where === 'thread' ? '@firebreak ' : ''}${named(text)}`;
    const { ts } = await visitors.get(who)!.act('say', { channel: at, text: words, ...under });
    if (under.thread_ts === undefined) root = ts;
    if (expected === '') continue;
    const kinds = expected.split(' ').filter((word) => word.includes('.'));
    const parts = kinds.length > 1 ? kinds.length : 1;
    const answers = await place.until(`an answer to "${text}"`, async () => {
      const found = (await thread(at, under.thread_ts ?? ts)).filter(
        (one) => one.user === place.botUser && Number(one.ts) > Number(ts),
      );
      const proposed = expected.startsWith('keep ') ? 1 : 0;
      return found.length >= parts + proposed && found;
    });
    slowest = Math.max(slowest, Number(answers[0]?.ts) - Number(ts));
    const { entries, incident } = await view();
    const made = entries
      .slice(size)
      .filter(({ kind }) => !ROUTINE.test(kind))
      .map(({ kind }) => kind);
    size = incident.size;
    const all = answers.map(shown).join('\n');
    const answer = answers.find((one) => shown(one).includes('answer.keep'));
    const isKept = expected.startsWith('keep');
    const proposal = /^keep (\w+)/.exec(expected)?.[1];
    if (made.join(' ') !== kinds.join(' ')) wrong.push(`"${text}" recorded ${made.join(' ') || 'nothing'}`);
    if (!all.includes(says)) wrong.push(`"${text}" does not say "${says}": ${all.slice(0, 300)}`);
    if (isKept !== (answer !== undefined)) wrong.push(`"${text}" is ${isKept ? 'not ' : ''}one click from a note`);
    if (proposal !== undefined && !all.includes(`Proposed ${proposal}`)) wrong.push(`"${text}" is not proposed as ${proposal}`);
    if (answer !== undefined) keeping.push({ at, ts, text: named(text), answer });
  }
  expect(wrong).toEqual([]);
  expect(slowest).toBeLessThan(3);

  for (const { at, answer } of keeping) await place.click(id('ben'), at, answer, 'answer.keep');
  await visitors.get('ada')?.act('say', { channel, text: '@firebreak scribe' });
  const scribe = await place.until('the scribe', async () =>
    (await place.messages(channel)).find((message) => shown(message).includes('The scribe')),
  );
  const unspoken = lines.filter(({ expected }) => expected === '').map(({ text }) => text);
  const cards = (await place.messages(channel)).filter((one) => shown(one).includes('Proposed')).map(shown);
  const reached = [shown(scribe), ...cards].join('\n').replaceAll('\\\\', '\\');
  expect(unspoken.filter((text) => !reached.includes(text))).toEqual([]);
  const { incident, entries } = await view();
  const kept = entries.flatMap((entry) =>
    entry.kind === 'message.kept' ? [{ text: entry.texts.text, occurred: entry.occurred, speaker: entry.texts.speaker }] : [],
  );
  expect(kept.map(({ text }) => text)).toEqual(keeping.map(({ text }) => text));
  expect(kept.map(({ occurred }) => occurred)).toEqual(keeping.map(({ ts }) => instantOf(ts)));
  expect(new Set(kept.map(({ speaker }) => speaker))).toEqual(new Set(['Ada Okafor', 'Ben Lindqvist']));
  expect(incident.status).toBe('open');
}, 60_000);
