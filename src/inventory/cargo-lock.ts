import { type Component, type Reader, reading } from './component.ts';
import { tomlPackages } from './python-lock.ts';
import { text } from './shape.ts';

/** Cargo.lock: a package without a source is a member of the workspace; one from git is not the registry's version. */
export const readCargoLock: Reader = (path, source) =>
  reading(
    ['crates.io'],
    tomlPackages(source, 'a Cargo.lock').flatMap(({ entry, line }): Component[] => {
      const [name, version, origin] = [text(entry.name), text(entry.version), text(entry.source)];
      if (name === undefined || version === undefined || origin === undefined) return [];
      const remote = origin.startsWith('git+');
      return [
        {
          ecosystem: 'crates.io',
          name,
          version,
          where: `${path}:${line}`,
          ...(remote ? { undecidable: 'it comes from a git repository, not from the registry' } : {}),
        },
      ];
    }),
  );
