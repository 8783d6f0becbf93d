// What compiling costs beside a bare parse: `node firebreak.mjs test/bench/runbook.ts [DIR]`. Processor time, so that a
// busy machine does not decide; every round runs both, and the median of the ratios counts.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { remark } from 'remark';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import { compile } from '../../src/runbook/compile.ts';

const ROUNDS = 15;
const LIMIT = 1.5;

const root = resolve(import.meta.dirname, '..', '..');
const given = process.argv.slice(2);
const folders = given.length > 0 ? given : [join(root, 'runbooks'), join(root, 'test', 'fixtures', 'runbooks')];
const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(md|markdown)$/i.test(name))
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
    .map((name) => ({ name, text: readFileSync(name, 'utf8') })),
);

const full = remark().use(remarkGfm).use(remarkFrontmatter);
const plain = remark();
const ways = {
  parse: (text: string) => full.parse(text),
  'parse without GFM': (text: string) => plain.parse(text),
  compile: (text: string, name: string) => compile(text, { file: name, today: '2026-01-01' }),
};

function cost(way: (text: string, name: string) => unknown): number {
  const before = process.cpuUsage();
  for (const { name, text } of files) way(text, name);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const median = (numbers: number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

for (const way of Object.values(ways)) cost(way);
const rounds = Array.from({ length: ROUNDS }, () => ({
  parse: cost(ways.parse),
  bare: cost(ways['parse without GFM']),
  compile: cost(ways.compile),
}));
const ratio = median(rounds.map((round) => round.compile / round.parse));
const bareRatio = median(rounds.map((round) => round.compile / round.bare));
const kilobytes = Math.round(files.reduce((sum, { text }) => sum + text.length, 0) / 1024);
console.log(`${files.length} files, ${kilobytes} KB: compile ${median(rounds.map((round) => round.compile)).toFixed(0)} ms`);
console.log(`compile / remark parse with GFM: ${ratio.toFixed(2)} (limit ${LIMIT})`);
console.log(`compile / remark parse without GFM: ${bareRatio.toFixed(2)}`);
if (ratio > LIMIT) process.exitCode = 1;
