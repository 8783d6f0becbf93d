import type { ServerResponse } from 'node:http';
import type { JsonObject } from './json.ts';

type Tab = { person: string; response: ServerResponse };
type Kept = { id: number; people: 'all' | readonly string[]; line: string };

/** How many of the latest changes a page that lost its connection can catch up with; past that it reloads its state. */
const KEPT = 500;

/** Bytes that may wait for a slow tab. */
const BACKLOG = 4_000_000;

/** The stream of changes to the pages (server-sent events). Every tab hears only what its person may see. */
export class Feed {
  readonly #boot: string;
  readonly #tabs = new Set<Tab>();
  #kept: Kept[] = [];
  #last = 0;

  /** `boot` names this run of the server: a page that last heard another run must reload its state. */
  constructor(boot: string) {
    this.#boot = boot;
  }

  get position(): string {
    return `${this.#boot}-${this.#last}`;
  }

  publish(people: 'all' | readonly string[], change: JsonObject): void {
    const id = ++this.#last;
    const kept = { id, people, line: `id: ${this.#boot}-${id}\ndata: ${JSON.stringify(change)}\n\n` };
    this.#kept.push(kept);
    if (this.#kept.length > KEPT * 2) this.#kept = this.#kept.slice(-KEPT);
    for (const tab of this.#tabs) if (hears(kept, tab.person)) send(tab, kept.line);
  }

  attach(person: string, response: ServerResponse, lastEventId: string): void {
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    const missed = this.#since(lastEventId);
    if (missed === undefined) response.write(`id: ${this.position}\ndata: {"type":"reload"}\n\n`);
    else for (const kept of missed) if (hears(kept, person)) response.write(kept.line);
    response.write(': here\n\n');
    const tab = { person, response };
    this.#tabs.add(tab);
    response.on('close', () => this.#tabs.delete(tab));
  }

  /** Ends the streams of one person, after sign-out, or of everybody. */
  drop(person?: string): void {
    for (const tab of this.#tabs) if (person === undefined || tab.person === person) tab.response.end();
  }

  /** Keeps idle connections open through proxies. */
  beat(): void {
    for (const { response } of this.#tabs) response.write(': beat\n\n');
  }

  present(): string[] {
    return [...new Set([...this.#tabs].map(({ person }) => person))];
  }

  #since(lastEventId: string): Kept[] | undefined {
    const at = Number(lastEventId.slice(this.#boot.length + 1));
    const known = lastEventId.startsWith(`${this.#boot}-`) && Number.isInteger(at) && at <= this.#last;
    if (!known || at < (this.#kept[0]?.id ?? this.#last + 1) - 1) return undefined;
    return this.#kept.filter(({ id }) => id > at);
  }
}

/** A tab that takes nothing any more is let go: it connects again and catches up. */
function send({ response }: Tab, line: string): void {
  if (response.writableLength > BACKLOG) response.destroy();
  else response.write(line);
}

function hears({ people }: Kept, person: string): boolean {
  return people === 'all' || people.includes(person);
}
