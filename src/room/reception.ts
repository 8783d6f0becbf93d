import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { knownHost, ownOrigin, signedIn } from './access.ts';
import { runAct } from './acts.ts';
import type { Entrance } from './entrance.ts';
import { giveFile, takeUpload, UPLOAD_MOST } from './file-exchange.ts';
import { announceFile, storeBytes } from './file-methods.ts';
import { readBody, readFields, sendJson, sendText, TooLarge } from './http.ts';
import { isObject, parseJson } from './json.ts';
import { sendHtml, sendPage } from './page-files.ts';
import type { Rates } from './rates.ts';
import { Refusal } from './refusal.ts';
import { answerByUrl } from './replies.ts';
import { history, startState, thread } from './state.ts';
import { answerApi, bearer, same } from './web-api.ts';
import type { Person, Workspace } from './workspace.ts';

export type ReceptionContext = {
  w: Workspace;
  entrance: Entrance;
  rates: Rates | undefined;
  botToken: string;
  hosts: readonly string[];
  pages: Pages;
  /** Makes what was done durable, before a person is told that it is done. */
  sync(): void;
};

/** Further pages for whoever is signed in: the first part of the path to what makes the HTML from the second. */
export type Pages = Readonly<Record<string, (rest: string, visitor: Visitor) => MaybePage | Promise<MaybePage>>>;
type MaybePage = string | undefined;

/** Who looks at a page, as far as a page may depend on it. */
export type Visitor = { id: string; isIn(channel: string): boolean };

/** Where the room can be reached from this machine, until the bot has shown which address it uses. */
function ownAddress({ socket }: IncomingMessage): string {
  const address = (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  return `http://${address.includes(':') ? `[${address}]` : address}:${socket.localPort ?? 80}`;
}

const Tab = z.object({ tab: z.string().max(64).catch('') });
const ACT_MOST = 1_000_000;

/** Every HTTP request to the room comes through here. */
export class Reception {
  readonly #c: ReceptionContext;

  constructor(context: ReceptionContext) {
    this.#c = context;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { w, hosts } = this.#c;
    if (!knownHost(request, hosts))
      return sendText(response, 421, 'This room does not answer under that name. Use the address it printed at start.');
    if (w.base === '') w.base = ownAddress(request);
    const url = new URL(request.url ?? '/', 'http://room');
    const [, first = '', second = '', third = ''] = url.pathname.split('/');
    if (request.method === 'POST') {
      if (first === 'api') return this.#api(request, response, second);
      if (first === 'actions') return this.#answerUrl(request, response, third);
      if (first === 'upload') return takeUpload(w, request, response, second, third);
      if (first === 'act') return this.#act(request, response, second, url);
    }
    if (request.method === 'GET' || request.method === 'HEAD') return this.#get(request, response, url, first, second);
    sendText(response, 405, 'The room does not know this kind of request.');
  }

  /** Whatever went wrong unforeseen: logged, and said plainly. */
  fail(response: ServerResponse, error: unknown, log: (line: string) => void): void {
    const tooLarge = error instanceof TooLarge;
    if (!tooLarge) log(`The room failed to answer: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    const sentence = tooLarge
      ? 'That is more than the room takes at once, so it was not done.'
      : 'The room failed, and what you asked for was not recorded. Its log says why.';
    if (response.headersSent) response.end();
    else sendJson(response, tooLarge ? 413 : 500, { ok: false, error: sentence });
  }

  async #api(request: IncomingMessage, response: ServerResponse, method: string): Promise<void> {
    const { w, botToken, rates } = this.#c;
    w.base = `http://${request.headers.host}`;
    await answerApi(w, botToken, rates, request, response, method);
  }

  async #answerUrl(request: IncomingMessage, response: ServerResponse, token: string): Promise<void> {
    const answer = this.#c.w.answers.use(token);
    if (typeof answer === 'string') return sendText(response, 404, answer);
    try {
      answerByUrl(this.#c.w, answer, await readFields(request, ACT_MOST));
      sendText(response, 200, 'ok');
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendText(response, 400, error.error);
    }
  }

  async #act(request: IncomingMessage, response: ServerResponse, name: string, url: URL): Promise<void> {
    const { w, entrance } = this.#c;
    if (!ownOrigin(request))
      return sendJson(response, 403, { ok: false, error: 'This did not come from the page of the room, so it was not done.' });
    if (name === 'upload') return this.#upload(request, response, url);
    if (!(request.headers['content-type'] ?? '').startsWith('application/json')) {
      return sendJson(response, 415, { ok: false, error: 'The room takes JSON here.' });
    }
    const body = parseJson((await readBody(request, ACT_MOST)).toString('utf8'));
    if (entrance.answer(name, body, request, response)) return;
    const person = signedIn(w, request);
    if (person === undefined)
      return sendJson(response, 401, { ok: false, error: 'You are not signed in any more. Load the page again.' });
    const { tab } = Tab.catch({ tab: '' }).parse(body);
    const answer = await runAct(w, { person, tab }, name, isObject(body) ? body : {});
    this.#c.sync();
    sendJson(response, 200, answer);
  }

  async #upload(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const { w } = this.#c;
    const person = signedIn(w, request);
    if (person === undefined)
      return sendJson(response, 401, { ok: false, error: 'You are not signed in any more. Load the page again.' });
    try {
      const bytes = await readBody(request, UPLOAD_MOST);
      const name = (url.searchParams.get('name') ?? '').replace(/[\p{Cc}/\\]/gu, '_').slice(0, 200) || 'file';
      const file = storeBytes(w, announceFile(w, name, person.id), bytes);
      this.#c.sync();
      sendJson(response, 200, { ok: true, id: file.id, name: file.name, size: file.size });
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error;
      sendJson(response, 413, { ok: false, error: `A file may have at most ${UPLOAD_MOST / 1_000_000} MB, so it was not kept.` });
    }
  }

  #get(request: IncomingMessage, response: ServerResponse, url: URL, first: string, second: string): void {
    const { w, entrance } = this.#c;
    if (first === 'page') {
      sendPage(response, second);
      return;
    }
    const person = signedIn(w, request);
    if (first === 'files') {
      giveFile(w, response, second, this.#reader(request, person));
      return;
    }
    if (first === 'entrance') {
      sendJson(response, 200, { ok: true, me: person?.id ?? null, ...entrance.offer(url.searchParams.get('token') ?? '') });
      return;
    }
    if (['', 'join', 'archives'].includes(first)) {
      sendPage(response, 'room.html');
      return;
    }
    // Whoever is not signed in gets the entrance, at this address, and comes back to it.
    if (first === 'preview' || (first === 'board' && person === undefined)) {
      sendPage(response, person === undefined ? 'room.html' : 'preview.html');
      return;
    }
    if (person === undefined) {
      sendJson(response, 401, { ok: false, error: 'Sign in first.' });
      return;
    }
    this.#read(request, response, url, first, person);
  }

  async #further(response: ServerResponse, first: string, rest: string, { id }: Person): Promise<void> {
    const isIn = (channel: string) => this.#c.w.channels.get(channel)?.members.includes(id) === true;
    const made = await this.#c.pages[first]?.(rest, { id, isIn });
    if (made !== undefined) sendHtml(response, made);
    else sendText(response, 404, 'There is no such page here. Start at /.');
  }

  #read(request: IncomingMessage, response: ServerResponse, url: URL, first: string, person: Person): void {
    const { w } = this.#c;
    const field = (name: string) => url.searchParams.get(name) ?? '';
    try {
      if (first === 'events') {
        w.feed.attach(person.id, response, request.headers['last-event-id']?.toString() ?? field('since'));
        return;
      }
      if (first === 'state') {
        sendJson(response, 200, startState(w, person, field('tab')));
        return;
      }
      if (first === 'history') {
        sendJson(response, 200, history(w, person, field('channel'), field('before')));
        return;
      }
      if (first === 'thread') {
        sendJson(response, 200, thread(w, person, field('channel'), field('ts')));
        return;
      }
      void this.#further(response, first, url.pathname.split('/')[2] ?? '', person).catch((error) =>
        this.fail(response, error, console.error),
      );
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      sendJson(response, 404, { ok: false, error: error.error });
    }
  }

  #reader(request: IncomingMessage, person: Person | undefined): string | undefined {
    const token = bearer(request);
    return token !== '' && same(token, this.#c.botToken) ? this.#c.w.team.botUserId : person?.id;
  }
}
