import { type Component, type Reader, reading } from './component.ts';
import { type Fields, fields, jsonFields, list, text } from './shape.ts';

/** composer.lock: `packages` and `packages-dev`. A branch (`dev-main`) is no version. */
export const readComposerLock: Reader = (path, source) => {
  const lock = jsonFields(source, 'a composer.lock');
  if (!Array.isArray(lock.packages)) throw new Error('it is JSON, but not a composer.lock');
  const group = (key: string) => list(lock[key]).flatMap((entry) => component(path, key, fields(entry) ?? {}));
  return reading(['Packagist'], [...group('packages'), ...group('packages-dev')]);
};

function component(path: string, group: string, entry: Fields): Component[] {
  const [name, version] = [text(entry.name), text(entry.version)];
  if (name === undefined || text(fields(entry.dist)?.type) === 'path') return [];
  const branch = version !== undefined && /^dev-|-dev$|\.x-dev/i.test(version);
  return [
    {
      ecosystem: 'Packagist',
      name,
      where: `${path}#${group}/${name}`,
      ...(version === undefined ? { undecidable: 'the lockfile gives no version' } : { version }),
      ...(branch ? { undecidable: `it is the branch ${version}, not a version` } : {}),
      ...(group === 'packages-dev' ? { dev: true } : {}),
    },
  ];
}
