// `npm run bench`: every bench of this folder, each in a process of its own, one after the other. Figures are ratios within one
// run wherever something can be measured side by side. A name narrows it down: `npm run bench -- click`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const benches = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && name !== 'all.ts')
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();
const failed = benches.filter((name) => {
  console.log(`\n== ${name}`);
  return spawnSync(process.execPath, [join(import.meta.dirname, name)], { stdio: 'inherit' }).status !== 0;
});
if (failed.length > 0) console.error(`\nbeyond its limit, or broken: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
