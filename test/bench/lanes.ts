// A broadcast to 1,500 channels of a Slack that takes 300 posts a minute: within 1.05x of that bound, the first message under 2 s,
// a stop within 1 s, nothing lost or doubled across 100 kills; a board of 1,500 clients under 200 ms. Virtual time, real records.
// Run: node firebreak.mjs test/bench/lanes.ts
import { boardOf, FIRST_LOOK } from '../../src/desk/board.ts';
import { boardPage } from '../../src/desk/board-page.ts';
import { boardCard } from '../../src/slack/lanes/board-card.ts';
import { manyClients } from '../lanes/board-source.ts';
import { World } from '../lanes/virtual.ts';

const CLIENTS = 1_500;
const TEXT = '{{name}}: we know of a problem with the remote tool and switched it off at 09:05 UTC. Next word at 11:00 UTC.';
let failed = false;

function report(what: string, value: number, unit: string, most: number): void {
  const bad = value > most;
  failed ||= bad;
  console.log(`${bad ? 'MISSED' : 'ok    '} ${what}: ${value.toFixed(2)} ${unit} (at most ${most})`);
}

function board(): void {
  const source = manyClients(CLIENTS);
  const start = performance.now();
  const shown = boardOf(source, FIRST_LOOK);
  boardCard(shown, 'inc-7q2k', false);
  report('board card of 1,500 clients', performance.now() - start, 'ms', 200);
  const again = performance.now();
  boardPage(boardOf(source, FIRST_LOOK, CLIENTS), 'inc-7q2k', '2026-10-24T12:00:00Z');
  report('board page of 1,500 clients', performance.now() - again, 'ms', 200);
}

async function straight(): Promise<void> {
  const world = await new World(41).open(CLIENTS);
  const start = world.time.now;
  const wall = performance.now();
  await world.broadcast(TEXT);
  await world.time.until('the end', world.over);
  const { posts, limited } = world.slack;
  const last = Math.max(...posts.map(({ at }) => at));
  report('1,500 channels, share of the bound', (last - start) / ((CLIENTS / 300) * 60_000), 'x', 1.05);
  report('first message after', ((posts[0]?.at ?? 0) - start) / 1000, 's', 2);
  report('channels not reached once', Math.abs(CLIENTS - new Set(posts.map(({ channel }) => channel)).size), '', 0);
  report('times Slack had to say "later"', limited, '', 20);
  console.log(`       (${((performance.now() - wall) / 1000).toFixed(1)} s of real time)`);
}

async function stop(): Promise<void> {
  const world = await new World(42).open(CLIENTS);
  await world.broadcast(TEXT);
  await world.time.until('400 posts', () => world.slack.posts.length >= 400);
  const at = world.time.now;
  await world.steer('stopped');
  await world.time.until('the end', world.over);
  report('last message after a stop', Math.max(0, ...world.slack.posts.map((post) => post.at - at)) / 1000, 's', 1);
}

async function kills(count: number): Promise<void> {
  const world = await new World(43).open(CLIENTS);
  await world.broadcast(TEXT);
  for (let kill = 0; kill < count; kill++) {
    const next = world.time.now + Math.floor(world.random() * 6_000);
    await world.time.until('the next kill', () => world.time.now >= next);
    await world.restart();
  }
  await world.time.until('the end', world.over, 7_200_000);
  const channels = new Set(world.slack.posts.map(({ channel }) => channel));
  report(`lost across ${count} kills`, CLIENTS - channels.size, '', 0);
  report(`doubled across ${count} kills`, world.slack.posts.length - channels.size, '', 0);
}

board();
await straight();
await stop();
await kills(100);
process.exitCode = failed ? 1 : 0;
