// What a notice costs with a model: under 6,000 tokens for a record of 300 entries, and a usable draft within 20 s whatever the
// endpoint does. Tokens are counted as characters over four; the template's draft needs none.
// Run: node firebreak.mjs test/bench/prompts.ts
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openTemplates } from '../../src/cli/templates.ts';
import { Consultation } from '../../src/desk/consult.ts';
import { viewOf } from '../../src/desk/view.ts';
import { openModel } from '../../src/model/model.ts';
import { drafted } from '../../src/slack/notices/desk.ts';
import { DECLARE, Play } from '../play.ts';

/** The real budget is twenty seconds; here it is short, so that a hundred silences take half a minute. */
const BUDGET_MS = 300;
const ROUNDS = 100;
let failed = false;

function report(what: string, value: number, unit: string, most: number): void {
  const bad = value > most;
  failed ||= bad;
  console.log(`${bad ? 'MISSED' : 'ok    '} ${what}: ${value.toFixed(0)} ${unit} (at most ${most})`);
}

type Reply = (request: IncomingMessage, response: ServerResponse) => void;

async function served<T>(reply: Reply, work: (base: string) => Promise<T>): Promise<T> {
  const server = createServer(reply);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** 300 entries as teams write them: findings, notes, and what the vendor says. */
function record(entries = 300) {
  const play = new Play().given(DECLARE);
  for (let i = 0; play.incident.size < entries; i++) {
    const text = `The log of host RMM-${i} shows a connection from 203.0.113.${i % 250} at 19:${String(i % 60).padStart(2, '0')} UTC, not explained yet.`;
    play.given(
      i % 3 === 0
        ? { do: 'recordFinding', about: `host RMM-${i}`, status: 'suspected', text }
        : i % 3 === 1
          ? { do: 'recordNote', text }
          : { do: 'readStatement', speaker: 'Vendor', text, precision: 'minute' },
    );
  }
  return viewOf('us', play.incident, undefined, play.entries, Date.UTC(2026, 0, 5, 15));
}

const VALUES = { client: 'Contoso Dental', product: 'Kestrel Remote', vendor: 'Kestrel' };

const json = (response: ServerResponse, body: unknown, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};
const said = (text: string, status = 'completed') => ({
  status,
  output: [{ type: 'message', content: [{ type: 'output_text', text }] }],
});
const FAILURES: [string, Reply][] = [
  [
    'refusal',
    (_, r) => json(r, { status: 'completed', output: [{ type: 'message', content: [{ type: 'refusal', refusal: 'no' }] }] }),
  ],
  ['truncated', (_, r) => json(r, said('{"sent', 'incomplete'))],
  ['content filter', (_, r) => json(r, { ...said('', 'incomplete'), incomplete_details: { reason: 'content_filter' } })],
  ['empty', (_, r) => json(r, said(''))],
  ['no output', (_, r) => json(r, { status: 'completed', output: [] })],
  ['cut JSON', (_, r) => json(r, said('{"sentences":[{'))],
  ['wrong shape', (_, r) => json(r, said('{"sentences":[1]}'))],
  ['tool call', (_, r) => json(r, { status: 'completed', output: [{ type: 'function_call', name: 'send', arguments: '{}' }] })],
  ['HTML with 200', (_, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['HTML with 502', (_, r) => void r.writeHead(502, { 'content-type': 'text/html' }).end('<html>')],
  ['429, to retry in an hour', (_, r) => void r.writeHead(429, { 'retry-after': '3600' }).end('{}')],
  ['500', (_, r) => json(r, {}, 500)],
  ['503', (_, r) => json(r, 'unavailable', 503)],
  ['redirect', (_, r) => void r.writeHead(307, { location: 'http://127.0.0.1:9/v1/responses' }).end()],
  [
    'invalid UTF-8',
    (_, r) => void r.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.from([0x7b, 0xff, 0xfe, 0x22])),
  ],
  ['huge', (_, r) => void r.writeHead(200, { 'content-type': 'application/json' }).end(Buffer.alloc(3_000_000, 0x20))],
  ['reset', (request) => void request.socket.destroy()],
  [
    'cut in the middle',
    (request, r) => {
      r.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
      r.write('{"status":"completed","output":[', () => request.socket.destroy());
    },
  ],
  ['hang', () => {}],
  ['slow drip', drip],
];

/** A byte every 20 ms, for longer than anybody waits. */
function drip(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}

async function costs(): Promise<void> {
  const view = record();
  const facts = openTemplates('runbooks', { info: () => {}, warn: () => {}, error: () => {} }).template('facts_pack');
  if (facts === undefined) throw new Error('no template of a facts pack');
  const bodies: number[] = [];
  const count: Reply = async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).length);
    json(response, said('{"sentences":[],"proposals":[]}'));
  };
  await served(count, async (baseUrl) => {
    const asked = new Consultation(openModel({ apiKey: 'k', model: 'm', baseUrl }), view);
    await asked.draft('affected_client');
    await asked.answer('what do we know about payroll data?');
    await asked.translate(
      drafted(view, facts, 'n1', VALUES).sentences.map(({ text }) => text),
      'Spanish',
    );
  });
  report('tokens of a notice, record of 300 entries', (bodies[0] ?? 0) / 4, 'tokens', 6_000);
  report('tokens of a translation of the longest notice, record of 300 entries', (bodies[2] ?? 0) / 4, 'tokens', 6_000);
  report('tokens of an answer, record of 300 entries', (bodies[1] ?? 0) / 4, 'tokens', 6_000);
}

async function failures(): Promise<void> {
  const view = record(30);
  const holding = openTemplates('runbooks', { info: () => {}, warn: () => {}, error: () => {} }).template('holding');
  if (holding === undefined) throw new Error('no template of a holding notice');
  for (const [name, reply] of FAILURES) {
    await served(reply, async (baseUrl) => {
      const model = openModel({ apiKey: 'k', model: 'm', baseUrl, budgetMs: BUDGET_MS });
      let slowest = 0;
      let wrong = 0;
      const before = JSON.stringify(view.entries);
      for (let i = 0; i < ROUNDS; i++) {
        const start = performance.now();
        const told = await new Consultation(model, view).draft('holding');
        const template = drafted(view, holding, 'n1', VALUES);
        slowest = Math.max(slowest, performance.now() - start);
        if (!('reason' in told) || template.sentences.length < 5 || JSON.stringify(view.entries) !== before) wrong++;
      }
      report(`${name}: the slowest of ${ROUNDS}`, slowest, 'ms', 5_000);
      report(`${name}: taken for good, without a template's draft, or a record changed`, wrong, '', 0);
    });
  }
}

await costs();
await failures();
process.exitCode = failed ? 1 : 0;
