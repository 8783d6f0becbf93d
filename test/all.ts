// `npm test`: types, Biome, then every test. One command, and nothing else is needed.
import { spawnSync } from 'node:child_process';

const tools: [string, string[]][] = [
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['Biome', ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings']],
  ['tests', ['node_modules/vitest/vitest.mjs', 'run', ...process.argv.slice(2)]],
];

for (const [name, args] of tools) {
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`npm test: ${name} failed`);
    process.exit(1);
  }
}
