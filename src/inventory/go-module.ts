/** go.mod and go.sum. A `/go.mod` line of go.sum is not presence; a replaced module's version cannot be decided. */
import { type Component, type Reader, reading } from './component.ts';
import { sameName } from './ecosystem.ts';

type Directive = { verb: string; words: string[]; line: number };

/** The required modules, each as what stands in its place after `replace`. */
export const readGoMod: Reader = (path, source) => {
  const directives = directivesOf(source);
  if (!directives.some(({ verb }) => verb === 'module')) throw new Error('it is not a go.mod: it names no module');
  const replaced = directives.filter(({ verb }) => verb === 'replace').map(replacement);
  const required = directives
    .filter(({ verb }) => verb === 'require')
    .flatMap(({ words, line }) => {
      const [name, version] = words;
      if (name === undefined || version === undefined) return [];
      const by = replaced.find((one) => one.name === name && (one.version === undefined || one.version === version));
      const own: Component = { ecosystem: 'Go', name, version, where: `${path}:${line}` };
      return by === undefined ? [own] : substituted(path, own, by);
    });
  const found = reading(['Go'], [...required, ...toolchain(path, directives)]);
  return listsIndirect(directives) ? found : { ...found, directOnly: true };
};

/** From Go 1.17 on, go.mod names the indirect modules too. */
function listsIndirect(directives: Directive[]): boolean {
  const [major = 1, minor = 0] = (directives.find(({ verb }) => verb === 'go')?.words[0] ?? '1.0').split('.').map(Number);
  return major > 1 || minor >= 17;
}

type Replacement = { name: string; version?: string; target: string; targetVersion?: string; line: number };

function replacement({ words, line }: Directive): Replacement {
  const arrow = words.indexOf('=>');
  const [name = '', version] = words.slice(0, arrow);
  const [target = '', targetVersion] = words.slice(arrow + 1);
  return {
    name,
    target,
    line,
    ...(version === undefined ? {} : { version }),
    ...(targetVersion === undefined ? {} : { targetVersion }),
  };
}

/** A replaced module is whatever stands behind it: another version of itself, another module, or a local folder. */
function substituted(path: string, own: Component, by: Replacement): Component[] {
  const where = `${path}:${by.line}`;
  if (by.targetVersion === undefined) return [{ ...own, where, undecidable: `it is replaced by the local folder ${by.target}` }];
  if (by.target === own.name) return [{ ...own, version: by.targetVersion, where }];
  return [
    { ...own, where, undecidable: `it is replaced by ${by.target} ${by.targetVersion}` },
    { ecosystem: 'Go', name: by.target, version: by.targetVersion, where },
  ];
}

/** The `go` line is the least version of the standard library; `toolchain` suggests a newer one. */
function toolchain(path: string, directives: Directive[]): Component[] {
  const line = directives.find(({ verb }) => verb === 'toolchain') ?? directives.find(({ verb }) => verb === 'go');
  const version = line?.words[0]?.replace(/^go/, '');
  if (line === undefined || version === undefined || !/^\d/.test(version)) return [];
  const undecidable = 'go.mod gives the least version of the toolchain, not the one that built';
  return ['stdlib', 'toolchain'].map((name) => ({
    ecosystem: 'Go',
    name,
    where: `${path}:${line.line}`,
    undecidable,
    possible: [{ low: { version, inclusive: true } }],
  }));
}

function directivesOf(source: string): Directive[] {
  const found: Directive[] = [];
  let block: string | undefined;
  for (const [at, raw] of source.split(/\r?\n/).entries()) {
    const words = raw
      .replace(/\/\/.*$/, '')
      .trim()
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => word.replace(/^["`]|["`]$/g, ''));
    if (words.length === 0) continue;
    if (words[0] === ')') block = undefined;
    else if (block !== undefined) found.push({ verb: block, words, line: at + 1 });
    else if (words[1] === '(') block = words[0];
    else found.push({ verb: words[0] ?? '', words: words.slice(1), line: at + 1 });
  }
  return found;
}

/** A line is `module version hash`; only zip hashes mean that the code was there. */
export const readGoSum: Reader = (path, source) => {
  const components: Component[] = [];
  let understood = 0;
  for (const [at, raw] of source.split(/\r?\n/).entries()) {
    const [name, version, hash] = raw.trim().split(/\s+/);
    if (name === undefined || version === undefined || !hash?.startsWith('h1:')) continue;
    understood += 1;
    if (!version.endsWith('/go.mod')) components.push({ ecosystem: 'Go', name, version, where: `${path}:${at + 1}` });
  }
  if (understood === 0 && source.trim() !== '') throw new Error('it is not a go.sum');
  return reading(['Go'], components);
};

/**
 * go.sum keeps the hashes of versions that were looked at and not chosen. Where go.mod in the same folder names a
 * module, its word counts and go.sum's other versions of it are dropped.
 */
export function withoutUnchosen(components: Component[]): Component[] {
  if (!components.some(({ ecosystem }) => ecosystem === 'Go')) return components;
  const folder = ({ where }: Component) => where.replace(/[^/]*$/, '');
  const chosen = new Set(
    components.filter(({ where }) => /(?:^|\/)go\.mod:/.test(where)).map((one) => `${folder(one)}\n${sameName('Go', one.name)}`),
  );
  return components.filter(
    (one) => !/(?:^|\/)go\.sum:/.test(one.where) || !chosen.has(`${folder(one)}\n${sameName('Go', one.name)}`),
  );
}
