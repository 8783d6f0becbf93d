import { enableCompileCache } from 'node:module';

enableCompileCache();

const { cli, processTerminal } = await import('./cli.ts');
process.exitCode = await cli(['start', ...process.argv.slice(2)], processTerminal);
