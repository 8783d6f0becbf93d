/** package-lock.json and npm-shrinkwrap.json, lockfile versions 1, 2 and 3. */
import { type Component, type Reader, reading } from './component.ts';
import { type Fields, fields, jsonFields, MAX_DEPTH, text } from './shape.ts';

/** Version 2 carries both forms; `packages` is the complete one. */
export const readNpmLock: Reader = (path, source) => {
  const lock = jsonFields(source, 'an npm lockfile');
  const packages = fields(lock.packages);
  if (packages !== undefined)
    return reading(
      ['npm'],
      Object.entries(packages).flatMap(([key, entry]) => installed(path, key, fields(entry) ?? {})),
    );
  const dependencies = fields(lock.dependencies);
  if (dependencies === undefined && text(lock.lockfileVersion) === undefined)
    throw new Error('it is JSON, but not an npm lockfile');
  const components: Component[] = [];
  nested(path, dependencies ?? {}, '', components, 0);
  return reading(['npm'], components);
};

/** Versions 2 and 3: the key is a folder; a link is a workspace or a local folder, not a registry package. */
function installed(path: string, key: string, entry: Fields): Component[] {
  const folder = key.split('node_modules/').at(-1);
  if (!key.includes('node_modules/') || entry.link !== undefined || folder === undefined) return [];
  return component(path, key, text(entry.name) ?? folder, text(entry.version), entry);
}

function component(path: string, key: string, name: string, version: string | undefined, entry: Fields): Component[] {
  const dev = entry.dev === true || entry.devOptional === true;
  const foreign = foreignSource(text(entry.resolved) ?? version);
  return [
    {
      ecosystem: 'npm',
      name,
      where: `${path}#${key}`,
      ...(version === undefined ? { undecidable: 'the lockfile gives no version' } : { version }),
      ...(foreign === undefined ? {} : { undecidable: foreign }),
      ...(dev ? { dev } : {}),
    },
  ];
}

/** A package from git or a folder only shares its name with the registry's; its code is not the registry's version. */
function foreignSource(resolved: string | undefined): string | undefined {
  if (resolved === undefined) return undefined;
  if (/^(?:git\+|git:|github:|gitlab:|bitbucket:|git@|https:\/\/(?:codeload\.)?(?:github|gitlab|bitbucket)\.)/.test(resolved))
    return 'it comes from a git repository, not from the registry';
  return /^file:/.test(resolved) ? 'it comes from a local file, not from the registry' : undefined;
}

/** Version 1: a tree; an alias names its package in `version: "npm:name@1.0.0"`. */
function nested(path: string, dependencies: Fields, above: string, into: Component[], depth: number): void {
  if (depth > MAX_DEPTH) throw new Error(`its dependencies are nested deeper than ${MAX_DEPTH} levels`);
  for (const [key, value] of Object.entries(dependencies)) {
    const entry = fields(value) ?? {};
    const version = text(entry.version);
    const alias = /^npm:(.+)@([^@]+)$/.exec(version ?? '');
    const place = above === '' ? key : `${above}/dependencies/${key}`;
    if (!/^(?:file|link|workspace):/.test(version ?? ''))
      into.push(...component(path, place, alias?.[1] ?? key, alias?.[2] ?? archived(version), entry));
    nested(path, fields(entry.dependencies) ?? {}, place, into, depth + 1);
  }
}

/** A registry's archive, asked for by its address, carries its version in its name: `.../is-number/-/is-number-7.0.0.tgz`. */
function archived(version: string | undefined): string | undefined {
  return /^https?:\/\/[^?#]+\/-\/[^/]*?-(\d+\.\d+\.\d+[^/]*)\.tgz$/.exec(version ?? '')?.[1] ?? version;
}
