// `npm run soak`: the crash and chance tests at length. SOAK_MINUTES bounds the crash test (3 when it is not set).
import { spawnSync } from 'node:child_process';

const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/soak/vitest.config.ts', ...process.argv.slice(2)];
const env = { ...process.env, SOAK: process.env.SOAK ?? '20' };
process.exitCode = spawnSync(process.execPath, vitest, { stdio: 'inherit', env }).status ?? 1;
