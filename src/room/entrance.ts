import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Access, signedIn, signIn, signOut } from './access.ts';
import { sendJson } from './http.ts';
import type { JsonObject } from './json.ts';
import { addPerson, findJoinLink, useJoinLink } from './people.ts';
import { same } from './web-api.ts';
import type { Person, Workspace } from './workspace.ts';

const Zone = z
  .string()
  .regex(/^[A-Za-z0-9_+/-]{1,60}$/)
  .catch('Etc/UTC');
const Name = z.string().trim().min(1).max(80);
const Pick = z.object({ person: z.string().optional(), name: Name.optional(), tz: Zone });
const Join = z.object({ token: z.string(), name: Name.optional(), passphrase: z.string().optional(), tz: Zone });

/** Wrong passphrases within ten minutes after which nobody is let in for the rest of them. */
const WRONG_MOST = 10;
const WRONG_WINDOW_MS = 600_000;

/** Where people come in. */
export class Entrance {
  readonly #w: Workspace;
  readonly #access: Access;
  #wrong: number[] = [];

  constructor(w: Workspace, access: Access) {
    this.#w = w;
    this.#access = access;
  }

  /** What the page shows to a browser that is not signed in. */
  offer(token: string): JsonObject {
    const link = token === '' ? undefined : findJoinLink(this.#w, token);
    if (token !== '')
      return { join: link === undefined ? 'spent' : 'open', name: link?.name ?? '', passphrase: 'passphrase' in this.#access };
    if ('passphrase' in this.#access) return { join: 'needed' };
    const people = this.#w.people.all().filter(({ bot }) => !bot);
    return { people: people.map(({ id, realName, name }) => ({ id, name, real_name: realName })) };
  }

  /** Answers `signin`, `join` and `signout`; false for any other act. */
  answer(name: string, body: unknown, request: IncomingMessage, response: ServerResponse): boolean {
    if (name === 'signout') this.#leave(request, response);
    else if (name === 'signin') this.#enter(this.#pick(body), body, request, response);
    else if (name === 'join') this.#enter(this.#join(body), body, request, response);
    else return false;
    return true;
  }

  #enter(entered: Person | string, body: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (typeof entered === 'string') {
      sendJson(response, 200, { ok: false, error: entered });
      return;
    }
    const tz = Pick.pick({ tz: true }).safeParse(body).data?.tz ?? 'Etc/UTC';
    const person = entered.tz === tz ? entered : this.#w.people.put(entered.id, { ...entered, tz });
    sendJson(response, 200, { ok: true, me: person.id }, { 'set-cookie': signIn(this.#w, request, person) });
  }

  #leave(request: IncomingMessage, response: ServerResponse): void {
    const person = signedIn(this.#w, request);
    const cleared = signOut(this.#w, request);
    if (person !== undefined) this.#w.feed.drop(person.id);
    sendJson(response, 200, { ok: true }, { 'set-cookie': cleared });
  }

  #pick(body: unknown): Person | string {
    if ('passphrase' in this.#access) return 'Here you come in with a join link. Ask the person who runs this room for one.';
    const wanted = Pick.safeParse(body);
    if (!wanted.success) return 'Please choose a name, of at most 80 characters.';
    const { person, name, tz } = wanted.data;
    if (name !== undefined) return addPerson(this.#w, name, 'picked from a list', tz);
    const found = person === undefined ? undefined : this.#w.people.get(person);
    return found === undefined || found.bot ? 'There is nobody of that name here. Choose again.' : found;
  }

  #join(body: unknown): Person | string {
    const wanted = Join.safeParse(body);
    if (!wanted.success) return 'Please write your name, of at most 80 characters.';
    const { token, name, passphrase = '' } = wanted.data;
    const link = findJoinLink(this.#w, token);
    if (link === undefined) return 'This link was used already, is older than a week, or never existed. Ask for a new one.';
    const refused = 'passphrase' in this.#access ? this.#check(passphrase, this.#access.passphrase) : undefined;
    if (refused !== undefined) return refused;
    if (link.name === undefined && name === undefined) return 'Please write your name.';
    return useJoinLink(this.#w, link, name ?? '');
  }

  #check(given: string, expected: string): string | undefined {
    const now = this.#w.now();
    this.#wrong = this.#wrong.filter((at) => at > now - WRONG_WINDOW_MS);
    if (this.#wrong.length >= WRONG_MOST) return 'There were too many wrong passphrases. Try again in ten minutes.';
    if (same(given.trim(), expected)) return undefined;
    this.#wrong.push(now);
    return 'That is not the passphrase. Ask the person who runs this room.';
  }
}
