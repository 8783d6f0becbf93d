/** poetry.lock, uv.lock, pdm.lock, pylock.toml (TOML) and Pipfile.lock (JSON). */
import { parse } from 'smol-toml';
import { type Component, type Reader, reading } from './component.ts';
import { type Fields, fields, jsonFields, linesOf, list, text } from './shape.ts';

/** The `[[package]]` (or, in pylock.toml, `[[packages]]`) tables of a TOML lockfile, each with its line. */
export function tomlPackages(source: string, what: string): { entry: Fields; line: number }[] {
  let lock: unknown;
  try {
    lock = parse(source);
  } catch (error) {
    throw new Error(`it is not readable TOML (${error instanceof Error ? error.message.split('\n')[0] : 'syntax error'})`);
  }
  const packages = fields(lock)?.package ?? fields(lock)?.packages;
  if (packages !== undefined && !Array.isArray(packages)) throw new Error(`it is TOML, but not ${what}`);
  if (
    packages === undefined &&
    fields(fields(lock)?.metadata) === undefined &&
    text(fields(lock)?.version ?? fields(lock)?.['lock-version']) === undefined
  )
    throw new Error(`it is TOML, but not ${what}`);
  const lines = linesOf(source, /^[ \t]*\[\[[ \t]*packages?[ \t]*\]\]/gm);
  return list(packages).map((entry, at) => ({ entry: fields(entry) ?? {}, line: lines[at] ?? 1 }));
}

/** poetry, uv and pdm share the table; local and virtual sources are the project itself. */
export const readPythonLock: Reader = (path, source) =>
  reading(
    ['PyPI'],
    tomlPackages(source, 'a Python lockfile').flatMap(({ entry, line }) => component(path, entry, line)),
  );

function component(path: string, entry: Fields, line: number): Component[] {
  const name = text(entry.name);
  const version = text(entry.version);
  const origin = fields(entry.source) ?? {};
  const local =
    ['virtual', 'editable', 'directory', 'path', 'workspace'].some((key) => text(origin[key]) !== undefined) ||
    text(origin.type) === 'directory';
  if (name === undefined || local || entry.directory !== undefined) return [];
  const remote =
    text(origin.git) !== undefined || ['git', 'url', 'file'].includes(text(origin.type) ?? '') || text(entry.git) !== undefined;
  const dev =
    text(entry.category) === 'dev' ||
    (list(entry.groups).length > 0 && !list(entry.groups).includes('main') && !list(entry.groups).includes('default'));
  return [
    {
      ecosystem: 'PyPI',
      name,
      where: `${path}:${line}`,
      ...(version === undefined ? { undecidable: 'the lockfile gives no version' } : { version }),
      ...(remote ? { undecidable: 'it comes from a repository or an address, not from the registry' } : {}),
      ...(dev ? { dev } : {}),
    },
  ];
}

/** Pins stand as `==1.0`; an entry from git has none. */
export const readPipfileLock: Reader = (path, source) => {
  const lock = jsonFields(source, 'a Pipfile.lock');
  if (fields(lock._meta) === undefined && fields(lock.default) === undefined) throw new Error('it is JSON, but not a Pipfile.lock');
  const groups = Object.entries(lock).filter(([group]) => group !== '_meta');
  return reading(
    ['PyPI'],
    groups.flatMap(([group, entries]) =>
      Object.entries(fields(entries) ?? {}).flatMap(([name, entry]) => pinned(path, group, name, fields(entry) ?? {})),
    ),
  );
};

/** A path or an editable install is the client's own code, not the registry's. */
function pinned(path: string, group: string, name: string, entry: Fields): Component[] {
  if (entry.path !== undefined || entry.editable === true) return [];
  const version = text(entry.version)?.replace(/^={2,3}\s*/, '');
  const remote = entry.git !== undefined || entry.file !== undefined;
  return [
    {
      ecosystem: 'PyPI',
      name,
      where: `${path}#${group}/${name}`,
      ...(version === undefined
        ? { undecidable: remote ? 'it comes from a repository or a file, not from the registry' : 'the lockfile gives no version' }
        : { version }),
      ...(group === 'develop' ? { dev: true } : {}),
    },
  ];
}
