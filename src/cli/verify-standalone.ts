import { UsageError } from './command.ts';
import { type Speech, verify } from './verify.ts';

/**
 * Becomes the `verify.mjs` of a pack: the verify command with a terminal of its own, for Node 20 and later, without any
 * dependency. Started with no export it verifies the one it lies in.
 */
const terminal: Speech = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  stdin: async () => Buffer.concat(await process.stdin.toArray()).toString('utf8'),
};

// Node 20 warns that Ed25519 in Web Crypto is experimental: nothing that a reader of a verdict should have to judge.
process.removeAllListeners('warning');

const args = process.argv.slice(2);
const options = args.filter((arg, i) => arg.startsWith('-') || args[i - 1] === '--checkpoint');
const own = options.length === args.length ? [import.meta.dirname] : [];

try {
  process.exitCode = await verify([...own, ...args], terminal);
} catch (error) {
  terminal.err(error instanceof UsageError ? error.message : `verify: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
