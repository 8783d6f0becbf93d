import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { world } from '../src/cli/house.ts';
import { Desk } from '../src/desk/desk.ts';
import { openSigner } from '../src/store/signer.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { checkEverything } from './check-everything.ts';
import { freshFolder } from './folder.ts';
import { type Loose, type Running, Visitor } from './room-server.ts';

const MAIN = resolve(import.meta.dirname, '..', 'src', 'main.ts');

/** The bot with its room as a process of its own, as `npm start` runs it: it can be killed at any moment and started again. */
export class CrashHouse {
  readonly data: string;
  #process: ChildProcess | undefined;
  base = '';
  said = '';
  kills = 0;
  readonly restartsMs: number[] = [];

  constructor(data = freshFolder()) {
    this.data = data;
  }

  async start(): Promise<void> {
    const began = performance.now();
    const env = { ...process.env, FIREBREAK_DATA: this.data, FIREBREAK_LOG: 'error', SLACK_BOT_TOKEN: '' };
    const child = spawn(process.execPath, [MAIN, '--port', '0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process = child;
    let heard = '';
    this.base = await new Promise<string>((open, failed) => {
      child.stderr?.on('data', (bytes: Buffer) => {
        heard += bytes.toString();
        this.said += bytes.toString();
        const found = /open at (http:\S+)/.exec(heard)?.[1];
        if (found !== undefined) open(found);
      });
      child.once('exit', (code) => failed(new Error(`it ended with ${code}: ${heard}`)));
    });
    this.restartsMs.push(performance.now() - began);
  }

  async kill(): Promise<void> {
    this.kills++;
    await this.#end('SIGKILL');
  }

  /** As Ctrl-C does it. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#process;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'exit');
    child.kill(signal);
    await over;
  }

  async visitor(name: string): Promise<Visitor> {
    return new Visitor({ base: this.base } as Running).signIn(name);
  }

  remove(): void {
    rmSync(this.data, { recursive: true, force: true });
  }
}

export const wait = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms));

export async function eventually<T>(what: string, look: () => Promise<T | undefined>, ms = 15_000): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`This did not come: ${what}`);
    await wait(15);
  }
}

type Element = { block: string; action: string; type: string; options: string[] };

function elements({ blocks = [] }: Loose): Element[] {
  return blocks.flatMap((block: Loose) =>
    [
      ...(block.elements ?? []),
      ...(block.accessory === undefined ? [] : [block.accessory]),
      ...(block.element === undefined ? [] : [block.element]),
    ].map((element: Loose) => ({
      block: block.block_id,
      action: element.action_id,
      type: element.type,
      options: (element.options ?? []).map(({ value }: Loose) => value),
    })),
  );
}

/** What came of an act: done (the page heard so), or nobody knows, because the house died meanwhile. A refusal did nothing. */
export type Came = 'acknowledged' | 'unknown' | 'refused';

async function came(act: Promise<Loose>): Promise<Came> {
  try {
    const { ok, errors } = await act;
    return ok === true && errors === undefined ? 'acknowledged' : 'refused';
  } catch {
    return 'unknown';
  }
}

type Form = { view: string; state: Record<string, Record<string, string>> };

/** Somebody who works in the incident channel and remembers what was acknowledged. */
export class Responder {
  readonly name: string;
  readonly #house: CrashHouse;
  #visitor: Visitor | undefined;
  /** Unique words, and whether they were acknowledged. */
  readonly notes = new Map<string, Came>();
  /** Toggles of one box, in order. */
  readonly ticks: Came[] = [];
  /** Forms that were sent when the house died: they are sent again afterwards, as a browser's user does. */
  readonly #unsure: { form: Form; text: string }[] = [];

  constructor(house: CrashHouse, name: string) {
    this.#house = house;
    this.name = name;
  }

  async enter(): Promise<Visitor> {
    this.#visitor = await this.#house.visitor(this.name);
    return this.#visitor;
  }

  get #me(): Visitor {
    if (this.#visitor === undefined) throw new Error(`${this.name} is not here`);
    return this.#visitor;
  }

  /** Opens an incident by its form; answers its channel. */
  async declare(title: string): Promise<string> {
    const general = await this.#me.channel('general');
    await this.#me.act('command', { channel: general, command: '/incident', text: '' });
    const form = await this.#form();
    const state = Object.fromEntries(
      elements(form).map(({ block, action, type, options }) => [
        block,
        { [action]: type === 'plain_text_input' ? title : (options[0] ?? '') },
      ]),
    );
    await this.#me.act('submit', { view: form.id, state });
    return eventually('the incident channel', async () => {
      const { channels } = await this.#me.state();
      return channels.find(({ name }: Loose) => name.startsWith('inc-'))?.id;
    });
  }

  #form(): Promise<Loose> {
    return eventually('a form', async () => (await this.#me.state()).views.at(-1), 3_000);
  }

  async card(channel: string, words: string): Promise<Loose> {
    return eventually(`a card with "${words}"`, async () =>
      (await this.#me.messages(channel)).find(({ text }) => text.includes(words)),
    );
  }

  /** The element of a card, remembered once it was seen: a long channel scrolls it out of sight. */
  readonly #seen = new Map<string, { ts: string; element: Element }>();

  async #find(
    channel: string,
    name: string,
    is: (element: Element) => boolean,
  ): Promise<{ ts: string; element: Element } | undefined> {
    const known = this.#seen.get(name);
    if (known !== undefined) return known;
    for (const message of await this.#me.messages(channel)) {
      const element = elements(message).find(is);
      if (element === undefined) continue;
      this.#seen.set(name, { ts: message.ts, element });
      return { ts: message.ts, element };
    }
    return undefined;
  }

  #press(channel: string, { ts, element }: { ts: string; element: Element }, value: string[] | null): Promise<Loose> {
    return this.#me.act('click', { channel, ts, block_id: element.block, action_id: element.action, value, state: {} });
  }

  /** Presses "Note" on the status card and sends the form with words that nobody else writes. */
  async note(channel: string, text: string): Promise<void> {
    this.notes.set(text, 'refused');
    try {
      const button = await this.#find(channel, 'note', ({ action }) => action === 'incident.note');
      if (button === undefined) return;
      await this.#press(channel, button, null);
      const view = await this.#form();
      const input = elements(view).find(({ type }) => type === 'plain_text_input');
      if (input === undefined) throw new Error('the form has no field');
      const form = { view: view.id, state: { [input.block]: { [input.action]: text } } };
      const answer = await came(this.#me.act('submit', form));
      this.notes.set(text, answer);
      if (answer === 'unknown') this.#unsure.push({ form, text });
    } catch {
      // The house died before the form was sent: nothing was asked for.
    }
  }

  /** Is let into the channel by somebody who is in it. */
  async join(channel: string, by: Responder): Promise<void> {
    await by.#me.act('invite', { channel, people: [this.#me.me] });
  }

  /** Sends again what was under way when the house died. */
  async again(): Promise<void> {
    for (const { form, text } of this.#unsure.splice(0)) {
      const answer = await came(this.#me.act('submit', form));
      if (answer === 'acknowledged') this.notes.set(text, answer);
    }
  }

  /** Says it to the bot in the channel. */
  async say(channel: string, text: string): Promise<void> {
    this.notes.set(text, 'unknown');
    this.notes.set(text, await came(this.#me.act('say', { channel, text: `@firebreak note ${text}` })));
  }

  /** Ticks the first box of the first step, or takes the tick back. */
  async tick(channel: string): Promise<void> {
    try {
      const box = await this.#find(channel, 'box', ({ type }) => type === 'checkboxes');
      if (box === undefined) return;
      const value = this.ticks.length % 2 === 0 ? [box.element.options[0] ?? ''] : [];
      this.ticks.push(await came(this.#press(channel, box, value)));
    } catch {
      this.ticks.push('unknown');
    }
  }
}

/** Waits until the channel says nothing new and no event waits for the bot. */
export async function quiet(visitor: Visitor, channel: string, calmMs = 600, ms = 60_000): Promise<void> {
  const end = Date.now() + ms;
  let [before, since] = ['', Date.now()];
  while (Date.now() - since < calmMs) {
    if (Date.now() > end) throw new Error('the channel does not come to rest');
    await wait(60);
    const now = JSON.stringify([await visitor.messages(channel), (await visitor.state()).waiting]);
    if (now !== before) [before, since] = [now, Date.now()];
  }
}

/** The reckoning, on the stopped house's own files: every acknowledged act is in the record once, and no message is doubled. */
export async function reckon(house: CrashHouse, responders: Responder[]): Promise<{ entries: number; messages: number }> {
  const store = openSqlite(house.data);
  try {
    const desk = new Desk(store, world, openSigner(house.data));
    await checkEverything(store, desk);
    const [view] = await desk.views('us');
    if (view === undefined) throw new Error('there is no incident');
    const written = view.incident.notes.map(({ text }) => text);
    for (const { notes, ticks, name } of responders) {
      for (const [text, answer] of notes) {
        const count = written.filter((one) => one === text).length;
        if (answer === 'acknowledged') expect(count, `"${text}" by ${name} was acknowledged`).toBe(1);
        else expect(count, `"${text}" by ${name} (${answer})`).toBeLessThanOrEqual(1);
      }
      if (ticks.length === 0) continue;
      const toggles = view.entries.filter((entry) => entry.kind === 'check.ticked');
      const sure = ticks.filter((answer) => answer === 'acknowledged').length;
      const unsure = ticks.filter((answer) => answer === 'unknown').length;
      expect(toggles.length).toBeLessThanOrEqual(sure + unsure);
      expect(toggles.map(({ body }) => body)).toEqual(toggles.map(({ body }, i) => ({ ...body, ticked: i % 2 === 0 })));
    }
    const keys = store.room
      .all()
      .filter(({ kind }) => kind === 'message')
      .flatMap(({ json }) =>
        JSON.parse(json).metadata === undefined ? [] : [JSON.parse(json).metadata.event_payload.key as string],
      );
    expect(new Set(keys).size, 'no message of the bot stands twice').toBe(keys.length);
    const rest = (await store.open('us').deliveries(view.incident.record)).filter(({ state }) => state !== 'sent');
    expect(rest.map(({ id, state, code }) => `${id} ${state} ${code}`)).toEqual([]);
    return { entries: view.entries.length, messages: keys.length };
  } finally {
    await store.close();
  }
}
