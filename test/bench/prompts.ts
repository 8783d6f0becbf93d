// What a notice costs with a model: under 6,000 tokens for a record of 300 entries, and a usable draft within 20 s whatever the
// endpoint does. Tokens are counted as characters over four; the template's draft needs none.
// Run: node firebreak.mjs test/bench/prompts.ts
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Consultation } from '../../src/desk/consult.ts';
import { viewOf } from '../../src/desk/view.ts';
import { openModel } from '../../src/model/model.ts';
import { DECLARE, Play } from '../play.ts';

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
function record() {
  const play = new Play().given(DECLARE);
  for (let i = 0; play.incident.size < 300; i++) {
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
  ['empty', (_, r) => json(r, said(''))],
  ['no output', (_, r) => json(r, { status: 'completed', output: [] })],
  ['cut JSON', (_, r) => json(r, said('{"sentences":[{'))],
  ['wrong shape', (_, r) => json(r, said('{"sentences":[1]}'))],
  ['HTML', (_, r) => void r.writeHead(200, { 'content-type': 'text/html' }).end('<html>')],
  ['429', (_, r) => json(r, {}, 429)],
  ['500', (_, r) => json(r, {}, 500)],
  ['503', (_, r) => json(r, 'unavailable', 503)],
  ['reset', (request) => void request.socket.destroy()],
  ['hang', () => {}],
];

async function costs(): Promise<void> {
  const view = record();
  const bodies: number[] = [];
  const count: Reply = async (request, response) => {
    bodies.push(Buffer.concat(await request.toArray()).length);
    json(response, said('{"sentences":[],"proposals":[]}'));
  };
  await served(count, async (baseUrl) => {
    const asked = new Consultation(openModel({ apiKey: 'k', model: 'm', baseUrl }), view);
    await asked.draft('affected_client');
    await asked.answer('what do we know about payroll data?');
  });
  report('tokens of a notice, record of 300 entries', (bodies[0] ?? 0) / 4, 'tokens', 6_000);
  report('tokens of an answer, record of 300 entries', (bodies[1] ?? 0) / 4, 'tokens', 6_000);
}

async function failures(): Promise<void> {
  for (const [name, reply] of FAILURES) {
    await served(reply, async (baseUrl) => {
      const model = openModel({ apiKey: 'k', model: 'm', baseUrl, budgetMs: BUDGET_MS });
      let slowest = 0;
      let wrong = 0;
      for (let i = 0; i < (name === 'hang' ? 10 : ROUNDS); i++) {
        const start = performance.now();
        const told = await model.draft([], 'holding');
        slowest = Math.max(slowest, performance.now() - start);
        if (!('reason' in told)) wrong++;
      }
      report(`${name}: the slowest of ${ROUNDS}`, slowest, 'ms', 20_000);
      report(`${name}: answers that were taken for good`, wrong, '', 0);
    });
  }
}

await costs();
await failures();
process.exitCode = failed ? 1 : 0;
