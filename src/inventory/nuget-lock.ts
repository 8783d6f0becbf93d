import { type Component, type Reader, reading } from './component.ts';
import { fields, jsonFields, text } from './shape.ts';

/** packages.lock.json: per target framework, the resolved version of each package; `Project` entries are the client's own. */
export const readNugetLock: Reader = (path, source) => {
  const frameworks = fields(jsonFields(source, 'a NuGet lockfile').dependencies);
  if (frameworks === undefined) throw new Error('it is JSON, but not a NuGet lockfile');
  const components = Object.entries(frameworks).flatMap(([framework, packages]) =>
    Object.entries(fields(packages) ?? {}).flatMap(([name, value]): Component[] => {
      const entry = fields(value) ?? {};
      if (text(entry.type)?.toLowerCase() === 'project') return [];
      const version = text(entry.resolved);
      return [
        {
          ecosystem: 'NuGet',
          name,
          where: `${path}#${framework}/${name}`,
          ...(version === undefined ? { undecidable: 'the lockfile gives no version' } : { version }),
        },
      ];
    }),
  );
  return reading(['NuGet'], components);
};
