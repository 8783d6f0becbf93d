// `npm run build:package`: writes dist/, the package an outsider verifies with. No dependencies, Node 20 and later.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundled } from './build-verifier.ts';

const root = resolve(import.meta.dirname, '..');

const README = `# Firebreak: the verifier

Tells whether an export of a Firebreak record is unchanged since a checkpoint that you kept elsewhere.

    npx firebreak verify EXPORT [--checkpoint FILE|-] [--json]

Exit code 0 unchanged, 1 a problem, 2 nothing to read. It has no dependencies and asks the network for nothing. The format, enough to write
a verifier of your own: docs/record-format.md. Who can lie about what: docs/trust.md.
`;

/** Writes the package into a directory, which is emptied before. */
export async function buildPackage(directory: string): Promise<void> {
  const { name, version, description, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const manifest = { name, version, description, license, type: 'module', bin: { [name]: 'cli.js' }, engines: { node: '>=20' } };
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(join(directory, 'docs'), { recursive: true });
  writeFileSync(join(directory, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  writeFileSync(join(directory, 'cli.js'), `#!/usr/bin/env node\n${await bundled('src/cli/outsider.ts', 'esm')}`, { mode: 0o755 });
  writeFileSync(join(directory, 'README.md'), README);
  for (const file of ['LICENSE', 'docs/record-format.md', 'docs/trust.md']) cpSync(join(root, file), join(directory, file));
}

if (process.argv[1] === import.meta.filename) await buildPackage(join(root, 'dist'));
