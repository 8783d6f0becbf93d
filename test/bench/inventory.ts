// Matching 1,500 parsed inventories of 1,000 components each against 500 advisories; parsing reported apart.
// node firebreak.mjs test/bench/inventory.ts
import { readAdvisories } from '../../src/inventory/advisories.ts';
import { exposure } from '../../src/inventory/exposure.ts';
import { readInventory } from '../../src/inventory/inventory.ts';

const CLIENTS = 1500;
const COMPONENTS = 1000;
const ADVISORIES = 500;
const LIMIT_MS = 10_000;

const started = performance.now();
const inventories = Array.from({ length: CLIENTS }, (_, client) =>
  readInventory(`client-${client}`, [
    { path: 'package-lock.json', text: lockfile(client) },
    { path: 'requirements.txt', text: requirements(client) },
    { path: 'software.csv', text: software(client) },
  ]),
);
const parsed = performance.now();
const advisories = readAdvisories('advisories.json', JSON.stringify(Array.from({ length: ADVISORIES }, (_, at) => advisory(at))));
const read = performance.now();
const before = process.cpuUsage();
const report = exposure(advisories, inventories);
const matched = performance.now();
const cpu = process.cpuUsage(before);

const components = inventories.reduce((sum, inventory) => sum + inventory.components.length, 0);
const pairs = report.clients.flatMap((client) => client.pairs);
const hit = pairs.filter(({ state }) => state === 'present_in_window').length;
console.log(
  `inventory: ${CLIENTS} inventories, ${components} components, ${ADVISORIES} advisories, ${pairs.length} pairs, ${hit} in the window`,
);
console.log(`  parsing inventories ${ms(parsed - started)} ms, advisories ${ms(read - parsed)} ms`);
console.log(
  `  matching            ${ms(matched - read)} ms (limit ${LIMIT_MS} ms), of processor time ${ms((cpu.user + cpu.system) / 1000)} ms`,
);
if (matched - read > LIMIT_MS || components !== CLIENTS * COMPONENTS || hit === 0) process.exitCode = 1;

function ms(time: number): string {
  return time.toFixed(0);
}

/** Names are drawn by a fixed rule, so that every run matches the same. */
function lockfile(client: number): string {
  const packages = Array.from({ length: 600 }, (_, at) => [
    `node_modules/package-${(client * 7 + at * 13) % 5000}-${at}`,
    { version: `${at % 5}.${client % 20}.${at % 9}` },
  ]);
  return JSON.stringify({ lockfileVersion: 3, packages: Object.fromEntries(packages) });
}

function requirements(client: number): string {
  return Array.from({ length: 200 }, (_, at) => `Lib_${(client + at) % 400}.x${at}==${at % 4}.${client % 10}`).join('\n');
}

function software(client: number): string {
  const rows = Array.from(
    { length: 200 },
    (_, at) =>
      `PC${at % 30},Vendor ${at % 40} Tool ${at} (x64),"Vendor ${at % 40}, Inc.",${at % 9}.${client % 10}.1,2026-0${1 + (at % 9)}-11`,
  );
  return `Device,Software,Publisher,Version,Install Date\n${rows.join('\n')}\n`;
}

function advisory(at: number): object {
  if (at % 5 === 4)
    return {
      id: `S-${at}`,
      product: `Tool ${at % 200}`,
      publisher: `Vendor ${(at % 200) % 40} Ltd`,
      versions: ['< 5.4'],
      ecosystem: 'software',
    };
  const ecosystem = at % 5 === 3 ? 'PyPI' : 'npm';
  const name = ecosystem === 'npm' ? `package-${(at * 13) % 5000}-${at % 600}` : `lib-${at % 400}-x${at % 200}`;
  return {
    id: `GHSA-${at}`,
    modified: '2026-01-01T00:00:00Z',
    affected: [
      { package: { ecosystem, name }, ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '3.5.0' }] }] },
    ],
  };
}
