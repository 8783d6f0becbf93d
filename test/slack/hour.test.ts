import { afterEach, expect, test } from 'vitest';
import { US } from '../../src/cli/house.ts';
import type { RecordView } from '../../src/desk/view.ts';
import { instantOf } from '../../src/slack/keeping/messages.ts';
import { type Running, Visitor } from '../room-server.ts';
import { HOUR } from './kaseya-hour.ts';
import { proposed, ScriptedModel } from './scripted-model.ts';
import { type Message, option, Workplace } from './workplace.ts';

/** An hour of a real incident's chat, typed in by two people: with the model off, and with a scripted model server. */
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
const shown = (message: Message): string => JSON.stringify(message.blocks ?? message.text);

/** Two people at their keyboards, in one channel and in their direct messages to the bot. */
class Typing {
  readonly place = new Workplace();
  readonly #visitors = new Map<string, Visitor>();
  readonly #directs = new Map<string, string>();
  #people: { id: string; name: string }[] = [];
  #root = '';
  record = '';
  channel = '';

  async begin(): Promise<this> {
    await this.place.open();
    this.#people = await this.place.people();
    const { record, channel } = await this.place.declare(this.id('ada'), 'Kaseya VSA');
    Object.assign(this, { record, channel });
    await this.place.api('conversations.invite', { channel, users: this.id('ben') });
    for (const who of ['ada', 'ben']) {
      const visitor = new Visitor({ base: this.place.origin } as Running);
      await visitor.act('signin', { person: this.id(who), tz: 'Etc/UTC' });
      this.#visitors.set(who, visitor);
      const direct = (await this.place.api('conversations.open', { users: this.id(who) })) as { channel: { id: string } };
      this.#directs.set(who, direct.channel.id);
    }
    return this;
  }

  id = (who: string): string => this.#people.find(({ name }) => name.startsWith(who))?.id ?? '';
  named = (text: string): string =>
    text.replace(/@(ada|ben)\b/g, (_, who: string) => `@${this.#people.find(({ name }) => name.startsWith(who))?.name}`);

  async view(): Promise<RecordView> {
    return (await this.place.desk?.view(US, this.record))!;
  }

  /** What the record gained since an entry, without what the bot notes for itself. */
  async since(size: number): Promise<string[]> {
    const { entries } = await this.view();
    return entries.slice(size).flatMap(({ kind }) => (ROUTINE.test(kind) ? [] : [kind]));
  }

  /** Types a line. Answers where it stands, and in which thread it is answered. */
  async type({ who, where, text }: Pick<Line, 'who' | 'where' | 'text'>): Promise<{ at: string; ts: string; under: string }> {
    const at = where === 'direct' ? (this.#directs.get(who) ?? '') : this.channel;
    const thread = where === 'thread' || where === 'reply' ? this.#root : undefined;
    const words = `${where === 'bot' || where === 'thread' ? '@firebreak ' : ''}${this.named(text)}`;
    const said = { channel: at, text: words, ...(thread === undefined ? {} : { thread_ts: thread }) };
    const { ts } = await this.#visitors.get(who)!.act('say', said);
    if (thread === undefined) this.#root = ts;
    return { at, ts, under: thread ?? ts };
  }

  /** The bot's answers to a message, as soon as there are so many that satisfy a condition. */
  answers(to: { at: string; ts: string; under: string }, what: string, wanted: (found: Message[]) => boolean): Promise<Message[]> {
    return this.place.until(what, async () => {
      const { messages } = (await this.place.api('conversations.replies', { channel: to.at, ts: to.under, limit: '100' })) as {
        messages: Message[];
      };
      const found = messages.filter((one) => one.user === this.place.botUser && Number(one.ts) > Number(to.ts));
      return found.length > 0 && wanted(found) && found;
    });
  }
}

let typing: Typing;
let model: ScriptedModel | undefined;
afterEach(async () => {
  await typing.place.close();
  await model?.close();
  model = undefined;
});

test('every command does what it says, everything else is one click from a note, and no answer takes three seconds', async () => {
  typing = await new Typing().begin();
  const { place, channel } = typing;
  const wrong: string[] = [];
  const keeping: { at: string; ts: string; text: string; answer: Message }[] = [];
  let size = (await typing.view()).incident.size;
  let slowest = 0;
  for (const line of lines) {
    const { expected, says, text } = line;
    const said = await typing.type(line);
    if (expected === '') continue;
    const kinds = expected.split(' ').filter((word) => word.includes('.'));
    const proposal = /^keep (\w+)/.exec(expected)?.[1];
    const count = Math.max(kinds.length, 1) + (proposal === undefined ? 0 : 1);
    const answers = await typing.answers(said, `an answer to "${text}"`, (found) => found.length >= count);
    slowest = Math.max(slowest, Number(answers[0]?.ts) - Number(said.ts));
    const made = await typing.since(size);
    size = (await typing.view()).incident.size;
    const all = answers.map(shown).join('\n');
    const answer = answers.find((one) => shown(one).includes('answer.keep'));
    const isKept = expected.startsWith('keep');
    if (made.join(' ') !== kinds.join(' ')) wrong.push(`"${text}" recorded ${made.join(' ') || 'nothing'}`);
    if (!all.includes(says)) wrong.push(`"${text}" does not say "${says}": ${all.slice(0, 300)}`);
    if (isKept !== (answer !== undefined)) wrong.push(`"${text}" is ${isKept ? 'not ' : ''}one click from a note`);
    if (proposal !== undefined && !all.includes(`Proposed ${proposal}`)) wrong.push(`"${text}" is not proposed as ${proposal}`);
    if (answer !== undefined) keeping.push({ ...said, text: typing.named(text), answer });
  }
  expect(wrong).toEqual([]);
  expect(slowest).toBeLessThan(3);

  for (const { at, answer } of keeping) await place.click(typing.id('ben'), at, answer, 'answer.keep');
  await typing.type({ who: 'ada', where: 'bot', text: 'scribe' });
  const scribe = await place.until('the scribe', async () =>
    (await place.messages(channel)).find((message) => shown(message).includes('The scribe')),
  );
  const unspoken = lines.filter(({ expected }) => expected === '').map(({ text }) => text);
  const reached = shown(scribe).replaceAll('\\\\', '\\');
  expect(unspoken.filter((text) => !reached.includes(text))).toEqual([]);
  const { incident, entries } = await typing.view();
  const kept = entries.flatMap((entry) =>
    entry.kind === 'message.kept' ? [{ text: entry.texts.text, occurred: entry.occurred, speaker: entry.texts.speaker }] : [],
  );
  expect(kept.map(({ text }) => text)).toEqual(keeping.map(({ text }) => text));
  expect(kept.map(({ occurred }) => occurred)).toEqual(keeping.map(({ ts }) => instantOf(ts)));
  expect(new Set(kept.map(({ speaker }) => speaker))).toEqual(new Set(['Ada Okafor', 'Ben Lindqvist']));
  expect(incident.notes.map(({ text }) => text)).toContain('@Ada Okafor has the tulip keys');
  expect(incident.status).toBe('open');
}, 120_000);

test('with a model, each of the hour’s other words is proposed, and accepted, edited or dropped by a click and not before', async () => {
  model = new ScriptedModel();
  typing = new Typing();
  typing.place.model = await model.open();
  await typing.begin();
  const KINDS = ['note', 'finding', 'decision', 'promise'];
  let turn = 0;
  model.script.set('proposals', (prompt: string) => {
    const text = /MESSAGES\\n\(1\) \S+ [^:]+: (.*?)"/.exec(prompt)?.[1] ?? '';
    const kind = KINDS[turn++ % KINDS.length];
    return { proposals: [proposed({ kind, quote: '', text: text.slice(0, 60), about: 'the hour', status: 'suspected' })] };
  });
  const isSaid = ({ expected, where, says }: Line) =>
    where !== 'direct' && expected.startsWith('keep') && /^(?:|Step 1|Did you mean|Not recorded\.)$/.test(says);
  const others = lines.filter(isSaid).slice(0, 9);
  const done = { accepted: 0, edited: 0, dropped: 0 };
  for (const [i, line] of others.entries()) {
    const { size } = (await typing.view()).incident;
    const said = await typing.type(line);
    const isOpen = (one: Message) => shown(one).includes('proposal.accept');
    const answers = await typing.answers(said, `a proposal from "${line.text}"`, (found) => found.some(isOpen));
    expect(Number(answers[0]?.ts) - Number(said.ts)).toBeLessThan(3);
    expect(await typing.since(size)).toEqual([]);
    const card = answers.find(isOpen)!;
    expect(shown(card)).toContain('Not recorded yet');
    const verb = (['accepted', 'edited', 'dropped'] as const)[i % 3]!;
    const id = /"value":"[^|]+\|([a-z0-9]{8})"/.exec(shown(card))?.[1];
    if (verb === 'accepted') await typing.place.click(typing.id('ben'), said.at, card, 'proposal.accept');
    if (verb === 'dropped') await typing.place.click(typing.id('ben'), said.at, card, 'proposal.drop');
    if (verb === 'edited')
      await typing.place.submit(
        typing.id('ben'),
        'proposal.edit',
        { record: typing.record, channel: said.at, notice: id },
        { kind: option('note'), text: `in other words, number ${i}` },
      );
    const made = await typing.since(size);
    expect(made, line.text).toHaveLength(verb === 'dropped' ? 0 : 1);
    if (verb === 'edited') expect((await typing.view()).incident.notes.at(-1)?.text).toBe(`in other words, number ${i}`);
    done[verb] += 1;
  }
  expect(Object.values(done)).toEqual([3, 3, 3]);
  expect(model.heard.filter((prompt) => /Okafor|Lindqvist/.test(prompt))).toHaveLength(0);
}, 120_000);
