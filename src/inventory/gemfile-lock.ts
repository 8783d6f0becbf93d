import { type Component, type Reader, reading } from './component.ts';

/** Gemfile.lock: the specs of the GEM section; those of GIT and PATH are not the registry's versions. */
export const readGemfileLock: Reader = (path, source) => {
  const components: Component[] = [];
  let section = '';
  let seen = false;
  for (const [at, line] of source.split(/\r?\n/).entries()) {
    if (/^(?:<{7}|>{7}) /.test(line)) throw new Error('it holds an unresolved merge conflict');
    const heading = /^([A-Z][A-Z ]+)$/.exec(line)?.[1];
    if (heading !== undefined) section = heading;
    seen ||= heading !== undefined;
    const spec = /^ {4}(\S+) \(([^)]+)\)$/.exec(line);
    if (spec?.[1] === undefined || spec[2] === undefined || section === 'PATH') continue;
    if (section !== 'GEM' && section !== 'GIT') continue;
    const version = spec[2].replace(/-(?:x86|x64|arm|aarch|java|universal|mswin|mingw|ruby|musl).*$/, '');
    components.push({
      ecosystem: 'RubyGems',
      name: spec[1],
      version,
      where: `${path}:${at + 1}`,
      ...(section === 'GIT' ? { undecidable: 'it comes from a git repository, not from the registry' } : {}),
    });
  }
  if (!seen) throw new Error('it is not a Gemfile.lock');
  return reading(['RubyGems'], components);
};
