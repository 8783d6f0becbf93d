import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Fact, Model, PromptView } from '../../src/desk/model-port.ts';
import { openModel } from '../../src/model/model.ts';
import { modelSettings } from '../../src/model/settings.ts';

/** Twenty ways in which a model endpoint fails, each with one honest line and no crash. */
const BASE = 'http://model.test';
const FACTS: Fact[] = [
  { seq: 7, kind: 'finding', status: 'suspected', at: '2021-07-02T18:05:00Z', text: 'payroll data: an export' },
];
const VIEW: PromptView = { now: '2021-07-02T19:00:00Z', facts: FACTS, steps: [] };

const model = (budgetMs = 2_000): Model => openModel({ apiKey: 'k', baseUrl: `${BASE}/v1`, model: 'm', budgetMs });
const said = (text: string, more: object = {}) => ({
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  output: [
    {
      type: 'message',
      id: 'msg_1',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text, annotations: [] }],
    },
  ],
  usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 },
  ...more,
});
const refusal = said('', {
  output: [
    { type: 'message', id: 'm', role: 'assistant', status: 'completed', content: [{ type: 'refusal', refusal: 'I cannot' }] },
  ],
});
const GOOD = JSON.stringify({ sentences: [{ text: 'An export is suspected.', cites: [7] }] });
const post = () => nock(BASE).post('/v1/responses');

describe('the model endpoint', () => {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => nock.cleanAll());
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  test('a good answer comes back as plain data, with the tokens it cost', async () => {
    post().reply(200, said(GOOD));
    expect(await model().draft(FACTS, 'holding')).toEqual({
      value: [{ text: 'An export is suspected.', cites: [7] }],
      tokens: 15,
    });
  });

  test('it asks to store nothing, brings no tools and a strict schema', async () => {
    let body: Record<string, unknown> = {};
    nock(BASE)
      .post('/v1/responses', (sent) => {
        body = sent as Record<string, unknown>;
        return true;
      })
      .reply(200, said(GOOD));
    await model().answer('what?', VIEW);
    expect(body).toMatchObject({ store: false, text: { format: { type: 'json_schema', strict: true } } });
    expect(body.tools).toBeUndefined();
  });

  test.each<[string, () => void, RegExp]>([
    ['a refusal', () => void post().reply(200, refusal), /refused to answer/],
    ['an answer cut off', () => void post().reply(200, said(GOOD.slice(0, 20), { status: 'incomplete' })), /stopped in the middle/],
    ['an empty answer', () => void post().reply(200, said('')), /nothing/],
    ['no output at all', () => void post().reply(200, said('', { output: [] })), /nothing/],
    ['JSON cut short', () => void post().reply(200, said(GOOD.slice(0, 30))), /cannot be read/],
    ['the wrong shape', () => void post().reply(200, said('{"sentences":[{"text":1}]}')), /cannot be read/],
    ["a proxy's web page", () => void post().reply(200, '<html>Sign in</html>', { 'content-type': 'text/html' }), /cannot be read/],
    ['429', () => void post().reply(429, { error: { message: 'slow down' } }, { 'retry-after': '30' }), /no more requests/],
    ['500', () => void post().reply(500, { error: { message: 'oops' } }), /has a fault/],
    ['503', () => void post().reply(503, 'unavailable'), /has a fault/],
    [
      'a connection reset',
      () => void post().replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' })),
      /could not be reached/,
    ],
    [
      'a tool call instead of an answer',
      () =>
        void post().reply(
          200,
          said('', { output: [{ type: 'function_call', id: 'f', call_id: 'c', name: 'send', arguments: '{}' }] }),
        ),
      /wanted to use a tool/,
    ],
    [
      'a content filter',
      () => void post().reply(200, said('', { status: 'incomplete', incomplete_details: { reason: 'content_filter' } })),
      /refused to answer/,
    ],
    [
      '502 with a web page',
      () => void post().reply(502, '<html>Bad gateway</html>', { 'content-type': 'text/html' }),
      /has a fault/,
    ],
    ['429 that asks for an hour', () => void post().reply(429, {}, { 'retry-after': '3600' }), /no more requests/],
    ['a redirect', () => void post().reply(307, '', { location: 'http://elsewhere.test/v1/responses' }), /sent us somewhere else/],
    ['bytes that are no text', () => void post().reply(200, Buffer.from([0x7b, 0xff, 0xfe, 0x22])), /cannot be read/],
    ['an answer without end', () => void post().reply(200, Buffer.alloc(3_000_000, 0x20)), /far too much/],
    ['a key that is not accepted', () => void post().reply(401, { error: { message: 'no' } }), /does not accept the key/],
  ])('%s ends in one honest line', async (_, given, line) => {
    given();
    const start = performance.now();
    const told = await model(400).draft(FACTS, 'holding');
    expect('reason' in told ? told.reason : JSON.stringify(told)).toMatch(line);
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test.each<[string, RequestListener]>([
    ['no answer', () => {}],
    ['an answer that drips', (_, response) => void setInterval(() => response.write(' '), 20).unref()],
  ])('%s in time ends in one honest line, and nothing goes on waiting', async (_, listener) => {
    nock.restore();
    const silent = createServer(listener);
    await new Promise<void>((ready) => silent.listen(0, '127.0.0.1', ready));
    const { port } = silent.address() as AddressInfo;
    const slow = openModel({ apiKey: 'k', baseUrl: `http://127.0.0.1:${port}/v1`, model: 'm', budgetMs: 200 });
    const start = performance.now();
    expect(await slow.draft(FACTS, 'holding')).toEqual({ reason: expect.stringMatching(/in time/) });
    expect(performance.now() - start).toBeLessThan(1_500);
    silent.closeAllConnections();
    silent.close();
    nock.activate();
    nock.disableNetConnect();
  });

  test('an answer cut off in the middle of its bytes is an honest line', async () => {
    nock.restore();
    const cut = createServer((request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      response.write('{"status":"completed"', () => request.socket.destroy());
    });
    await new Promise<void>((ready) => cut.listen(0, '127.0.0.1', ready));
    const { port } = cut.address() as AddressInfo;
    const one = openModel({ apiKey: 'k', baseUrl: `http://127.0.0.1:${port}/v1`, model: 'm', budgetMs: 1_000 });
    expect(await one.draft(FACTS, 'holding')).toEqual({ reason: expect.any(String) });
    cut.closeAllConnections();
    cut.close();
    nock.activate();
    nock.disableNetConnect();
  });

  test('a translation has as many lines as the original, without their numbers', async () => {
    post().reply(200, said(JSON.stringify({ lines: ['1. Actuamos.', '2. Llamen a Ada.'] })));
    expect(await model().translate(['We act.', 'Call Ada.'], 'Spanish')).toMatchObject({ value: ['Actuamos.', 'Llamen a Ada.'] });
  });

  test('a server that knows only chat completions is asked there, and from then on first', async () => {
    post()
      .once()
      .reply(404, { error: { message: 'unknown url' } });
    const chat = {
      choices: [{ index: 0, finish_reason: 'stop', message: { role: 'assistant', content: GOOD } }],
      usage: { total_tokens: 9 },
    };
    nock(BASE).post('/v1/chat/completions').twice().reply(200, chat);
    const one = model();
    expect(await one.draft(FACTS, 'holding')).toMatchObject({ tokens: 9 });
    expect(await one.draft(FACTS, 'holding')).toMatchObject({ tokens: 9 });
    expect(nock.pendingMocks()).toEqual([]);
  });

  test('it is off unless it is configured', () => {
    expect(modelSettings({})).toBeUndefined();
    expect(modelSettings({ OPENAI_API_KEY: 'k' })).toBeUndefined();
    expect(modelSettings({ OPENAI_MODEL: 'm', OPENAI_BASE_URL: 'http://localhost:1/v1' })).toMatchObject({ model: 'm' });
  });
});
