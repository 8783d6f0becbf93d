import { type Component, type Reader, reading } from './component.ts';
import { fields, jsonFields, list, text } from './shape.ts';

/** bun.lock: JSON with trailing commas; each package is a list whose first element is `name@version`, whatever its key. */
export const readBunLock: Reader = (path, source) => {
  const lock = jsonFields(
    source.replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, quoted?: string) => quoted ?? ''),
    'a bun lockfile',
  );
  const packages = fields(lock.packages);
  if (packages === undefined) throw new Error('it is JSON, but not a bun lockfile');
  return reading(
    ['npm'],
    Object.entries(packages).flatMap(([key, entry]): Component[] => {
      const match = /^((?:@[^/@]+\/)?[^@]+)@(.+)$/.exec(text(list(entry)[0]) ?? '');
      if (match?.[1] === undefined || match[2] === undefined || /^(?:workspace|link|file|root):/.test(match[2])) return [];
      const base = { ecosystem: 'npm', name: match[1], where: `${path}#${key}` };
      return [
        /^\d/.test(match[2])
          ? { ...base, version: match[2] }
          : { ...base, undecidable: 'it comes from a repository or an archive, not from the registry' },
      ];
    }),
  );
};
