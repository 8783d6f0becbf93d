import { UsageError } from './command.ts';
import { type Speech, verify } from './verify.ts';

/**
 * Becomes the published package: what an outsider needs who was handed an export and has nothing else of Firebreak. It has no
 * dependency and runs on Node 20; everything else needs a checkout.
 */
const HELP = 'usage: firebreak verify EXPORT [--checkpoint FILE|-] [--json]';

const terminal: Speech = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  stdin: async () => Buffer.concat(await process.stdin.toArray()).toString('utf8'),
};

// Node 20 warns that Ed25519 in Web Crypto is experimental: nothing that a reader of a verdict should have to judge.
process.removeAllListeners('warning');

const [name, ...args] = process.argv.slice(2);
process.exitCode = await run();

async function run(): Promise<number> {
  if (name === undefined) return refused(HELP);
  if (name === 'help' || name === '--help') {
    terminal.out(HELP);
    return 0;
  }
  if (name !== 'verify')
    return refused(`This package verifies exports and does nothing else; "${name}" needs a checkout of Firebreak. ${HELP}`);
  try {
    return await verify(args, terminal);
  } catch (error) {
    return refused(
      error instanceof UsageError ? error.message : `firebreak verify: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function refused(sentence: string): number {
  terminal.err(sentence);
  return 2;
}
