/** pnpm-lock.yaml: keys are `/a/1.0.0_peer` (v5), `/a@1.0.0(peer)` (v6) or `a@1.0.0` (v9). Newer ones can hold several documents. */
import { type Component, type Reader, reading } from './component.ts';
import { eachFields, type Fields, fields, text } from './shape.ts';
import { yamlDocuments } from './yaml-text.ts';

/** Version 9 keeps peers under `snapshots`; `packages` names each version once. */
export const readPnpmLock: Reader = (path, source) => {
  const locks = yamlDocuments(source).flatMap(eachFields);
  if (!locks.some((lock) => text(lock.lockfileVersion) !== undefined))
    throw new Error('it is not a pnpm lockfile: it has no lockfileVersion');
  const entries = locks.flatMap((lock) => Object.entries(fields(lock.packages) ?? {}));
  return reading(
    ['npm'],
    entries.flatMap(([key, entry]) => component(path, key, fields(entry) ?? {})),
  );
};

function component(path: string, key: string, entry: Fields): Component[] {
  const parsed = parseKey(key);
  const name = text(entry.name) ?? parsed?.name;
  const version = text(entry.version) ?? parsed?.version;
  if (name === undefined || /^(?:link|workspace|file):(?!.*\.tgz$)/.test(parsed?.version ?? key)) return [];
  const dev = text(entry.dev) === 'true';
  const remote = parsed === undefined || /^(?:https?:|git|github\.com|codeload\.|file:)/.test(parsed.version);
  return [
    {
      ecosystem: 'npm',
      name,
      where: `${path}#${key}`,
      ...(version === undefined ? {} : { version }),
      ...(remote ? { undecidable: 'it comes from a repository or an archive, not from the registry' } : {}),
      ...(dev ? { dev } : {}),
    },
  ];
}

function parseKey(key: string): { name: string; version: string } | undefined {
  const bare = key.replace(/\(.*$/s, '');
  const path = bare.startsWith('/') ? bare.slice(1) : bare;
  const modern = /^((?:@[^/@]+\/)?[^/@]+)@(.+)$/.exec(path);
  if (modern?.[1] !== undefined && modern[2] !== undefined) return { name: modern[1], version: modern[2] };
  const hosted = bare.startsWith('/')
    ? path
    : path.replace(/^(?!github\.com|gitlab\.com|bitbucket\.org|codeload\.)[\w-]+(?:\.[\w-]+)+(?::\d+)?\//, '/');
  const old = /^\/?((?:@[^/]+\/)?[^/]+)\/([^/_]+)(?:_.*)?$/.exec(hosted);
  if (!(bare.startsWith('/') || hosted !== path) || old?.[1] === undefined || old[2] === undefined) return undefined;
  return { name: old[1], version: old[2] };
}
