// What a click's durable ack costs beside a bare Bolt app that does one durable insert: signed requests over HTTP to two
// processes in turn, on the same disk. The limits are 1.25 times the p50, and 60 MB more memory at rest.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECRET } from './click/secret.ts';

const CLICKS = 300;
const WARM_UP = 60;
const RATIO_LIMIT = 1.25;
const MEMORY_LIMIT_MB = 60;

type Hello = { url: string; folder: string; team?: string; api?: string };
type Message = {
  ts: string;
  text: string;
  blocks?: { block_id: string; type: string; elements?: { type: string; action_id: string; options?: { value: string }[] }[] }[];
};

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const pause = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms));

async function start(name: string): Promise<{ child: ChildProcess; hello: Hello }> {
  const child = fork(join(import.meta.dirname, 'click', `${name}.ts`), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [hello] = (await once(child, 'message')) as [Hello];
  return { child, hello };
}

/** Milliseconds from the first byte of the request to the last of the answer. */
function send(url: string, body: string): Promise<{ ms: number; status: number; body: string }> {
  const at = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac('sha256', SECRET).update(`v0:${at}:${body}`).digest('hex')}`;
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(body),
    'x-slack-request-timestamp': at,
    'x-slack-signature': signature,
  };
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const asked = request(url, { method: 'POST', headers, agent }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ ms: performance.now() - began, status: response.statusCode ?? 0, body: text }));
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

const form = (payload: object): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();

async function call<T>({ api = '' }: Hello, method: string, args: Record<string, string>): Promise<T> {
  const response = await fetch(api + method, {
    method: 'POST',
    headers: { authorization: 'Bearer xoxb-bench' },
    body: new URLSearchParams(args),
  });
  return (await response.json()) as T;
}

/** An incident with its first card; answers the card with its boxes, as Slack would send it along with every click. */
async function declared(hello: Hello): Promise<{ user: string; channel: string; card: Message }> {
  const { members } = await call<{ members: { id: string; is_bot: boolean }[] }>(hello, 'users.list', {});
  const user = members.find(({ is_bot: bot }) => !bot)?.id ?? '';
  const option = (value: string) => ({ value: { selected_option: { value } } });
  const values = {
    title: { value: { value: 'Bench' } },
    stillHappening: option('yes'),
    canReachClients: option('no'),
    talkingOverIt: option('no'),
    looksLike: option('not-sure'),
  };
  const view = { id: 'V1', callback_id: 'declare', private_metadata: '{}', state: { values } };
  await send(hello.url, form({ type: 'view_submission', team: { id: hello.team }, user: { id: user }, trigger_id: 't', view }));
  for (;;) {
    await pause(50);
    const { channels } = await call<{ channels: { id: string; name: string }[] }>(hello, 'conversations.list', {
      types: 'private_channel',
    });
    const channel = channels.find(({ name }) => name.startsWith('inc-'))?.id;
    if (channel === undefined) continue;
    const { messages = [] } = await call<{ messages?: Message[] }>(hello, 'conversations.history', { channel });
    const card = messages.find(({ blocks }) => blocks?.some(({ elements }) => elements?.some(({ type }) => type === 'checkboxes')));
    if (card !== undefined) return { user, channel, card };
  }
}

const rss = ({ pid }: ChildProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
const quantile = (times: number[], q: number): number => times.toSorted((a, b) => a - b)[Math.floor(times.length * q)] ?? 0;

/** The house as `npm start` opens it, at rest. The first start strips the types of every module; later ones find them stripped. */
async function resting(cache: string): Promise<number> {
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: cache,
    FIREBREAK_DATA: join(cache, `data-${Math.random()}`),
    SLACK_BOT_TOKEN: '',
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'src', 'main.ts'), '--port', '0'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await once(child.stderr, 'data');
  await pause(4_000);
  const at = rss(child);
  child.kill('SIGTERM');
  await once(child, 'exit');
  return at;
}

const [bare, ours] = [await start('bare'), await start('firebreak')];
await pause(3_000);
const cache = mkdtempSync(join(tmpdir(), 'bench-cache-'));
const memory =
  process.platform === 'linux' ? { bare: rss(bare.child), first: await resting(cache), later: await resting(cache) } : undefined;
rmSync(cache, { recursive: true });

const { user, channel, card } = await declared(ours.hello);
const block = card.blocks?.find(({ elements }) => elements?.some(({ type }) => type === 'checkboxes'));
const box = block?.elements?.find(({ type }) => type === 'checkboxes');
let clicks = 0;
function click(): string {
  const selected = clicks++ % 4 < 2 ? [{ value: box?.options?.[0]?.value }] : [];
  const action = {
    type: 'checkboxes',
    action_id: box?.action_id,
    block_id: block?.block_id,
    action_ts: `${Date.now() / 1000}${clicks}`,
    selected_options: selected,
  };
  return form({
    type: 'block_actions',
    team: { id: ours.hello.team },
    user: { id: user, name: 'ada', team_id: ours.hello.team },
    trigger_id: `t${clicks}`,
    channel: { id: channel },
    message: card,
    container: { type: 'message', message_ts: card.ts, channel_id: channel },
    actions: [action],
  });
}

const times: Record<'bare' | 'ours', number[]> = { bare: [], ours: [] };
for (let i = 0; i < CLICKS + WARM_UP; i++) {
  for (const name of i % 2 === 0 ? (['bare', 'ours'] as const) : (['ours', 'bare'] as const)) {
    const { ms, status } = await send((name === 'bare' ? bare : ours).hello.url, click());
    if (status !== 200) throw new Error(`${name} answered ${status}`);
    if (i >= WARM_UP) times[name].push(ms);
    // The cards that follow from a click are on their way: people do not click within the same twentieth of a second.
    await pause(50);
  }
}

const ratio = quantile(times.ours, 0.5) / quantile(times.bare, 0.5);
const line = (name: 'bare' | 'ours') =>
  `p50 ${quantile(times[name], 0.5).toFixed(2)} ms, p90 ${quantile(times[name], 0.9).toFixed(2)} ms, p99 ${quantile(times[name], 0.99).toFixed(2)} ms`;
console.log(`click to durable ack, ${CLICKS} clicks each, ${Buffer.byteLength(click())} bytes a click`);
console.log(`  bare Bolt and one insert   ${line('bare')}`);
console.log(`  Firebreak                  ${line('ours')}`);
console.log(`  ratio of the p50           ${ratio.toFixed(2)} (limit ${RATIO_LIMIT})`);
if (memory !== undefined) {
  const more = (mb: number) => `${mb.toFixed(0)} MB, ${(mb - memory.bare).toFixed(0)} MB more`;
  console.log(
    `memory at rest: bare ${memory.bare.toFixed(0)} MB; Firebreak ${more(memory.later)}, and at its very first start ${more(memory.first)} (limit ${MEMORY_LIMIT_MB} MB more)`,
  );
}
const beyond = ratio > RATIO_LIMIT || (memory !== undefined && memory.first - memory.bare > MEMORY_LIMIT_MB);
for (const { child, hello } of [bare, ours]) {
  child.kill('SIGKILL');
  rmSync(hello.folder, { recursive: true, force: true });
}
process.exit(beyond ? 1 : 0);
