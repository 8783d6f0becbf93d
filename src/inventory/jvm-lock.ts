import { type Component, type Reader, reading } from './component.ts';

/** gradle.lockfile: `group:artifact:version=configurations`. */
export const readGradleLock: Reader = (path, source) => {
  const components: Component[] = [];
  const lines = source.split(/\r?\n/);
  for (const [at, line] of lines.entries()) {
    const match = /^([^#:=\s]+):([^:=\s]+):([^:=\s]+)=(.*)$/.exec(line);
    if (match?.[1] === undefined || match[2] === undefined || match[3] === undefined) continue;
    const dev = (match[4] ?? '').split(',').every((configuration) => /^test/i.test(configuration));
    components.push({
      ecosystem: 'Maven',
      name: `${match[1]}:${match[2]}`,
      version: match[3],
      where: `${path}:${at + 1}`,
      ...(dev ? { dev } : {}),
    });
  }
  const strange = lines.findIndex(
    (line) => !/^\s*(?:#.*)?$/.test(line) && !/^[^:=\s]+:[^:=\s]+:[^:=\s]+=/.test(line) && !/^empty=/.test(line),
  );
  if (strange !== -1) throw new Error(`line ${strange + 1} is not "group:artifact:version=configurations"`);
  return reading(['Maven'], components);
};
