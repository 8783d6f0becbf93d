/**
 * pip requirements files. `==` pins a version; anything looser only says what is allowed. Options, hashes, extras,
 * environment markers, line continuations and `-r` are read; an included file that is not there is named.
 */
import type { Component, Problem, Reader, Siblings } from './component.ts';
import { EVERY_VERSION, type Span } from './version-range.ts';

/** Whether a file is a requirements file by its name, and so read by itself. */
export function isRequirements(path: string): boolean {
  return /(?:^|\/)[\w.-]*requirements[\w.-]*\.txt$|(?:^|\/)requirements\/[^/]+\.txt$/i.test(path);
}

/** Files that are included and not read by themselves are read along with the one that includes them. */
export const readRequirements: Reader = (path, source, siblings) => {
  const components: Component[] = [];
  const problems: Problem[] = [];
  const seen = new Set([path]);
  for (const each of [{ path, source }, ...includedFrom(path, source, siblings, seen)]) {
    readOne(each.path, each.source, siblings, components, problems);
  }
  return { components, covers: ['PyPI'], problems, ...(components.every(isPinned) ? {} : { directOnly: true }) };
};

function includedFrom(path: string, source: string, siblings: Siblings, seen: Set<string>): { path: string; source: string }[] {
  return logicalLines(source).flatMap(({ text }) => {
    const target = includedIn(path, text);
    const found = target === undefined ? undefined : siblings.get(target);
    if (target === undefined || found === undefined || seen.has(target) || isRequirements(target)) return [];
    seen.add(target);
    return [{ path: target, source: found }, ...includedFrom(target, found, siblings, seen)];
  });
}

function includedIn(path: string, line: string): string | undefined {
  const target = /^(?:-r|--requirement)[\s=]+(\S+)/.exec(line)?.[1];
  return target === undefined ? undefined : beside(path, target);
}

function readOne(path: string, source: string, siblings: Siblings, components: Component[], problems: Problem[]): void {
  for (const { text, line } of logicalLines(source)) {
    const target = includedIn(path, text);
    if (target !== undefined) {
      if (!siblings.has(target))
        problems.push({
          file: path,
          line,
          message: `It includes ${target}, which is not among the client's files.`,
          loses: ['PyPI'],
        });
    } else if (!text.startsWith('-')) components.push(...requirement(path, text, line));
    else if (/^(?:-e|--editable)\b/.test(text)) components.push(...remote(path, text, line));
  }
}

function isPinned({ version }: Component): boolean {
  return version !== undefined;
}

/** A path as seen from the folder of another one. */
function beside(path: string, target: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of target.replace(/^['"]|['"]$/g, '').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

function logicalLines(source: string): { text: string; line: number }[] {
  const found: { text: string; line: number }[] = [];
  let pending = '';
  let start = 0;
  for (const [at, raw] of source.split(/\r?\n/).entries()) {
    if (pending === '') start = at + 1;
    const joined = pending + raw;
    pending = /\\\s*$/.test(raw) ? joined.replace(/\\\s*$/, ' ') : '';
    if (pending !== '') continue;
    const text = joined.replace(/(?:^|\s)#.*$/, '').trim();
    if (text !== '') found.push({ text, line: start });
  }
  return found;
}

const REQUIREMENT =
  /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(?:\(([^)]*)\)|([^;@#]*?))?\s*(?:(@)\s*\S+.*?)?\s*(?:;.*)?$/;

function requirement(path: string, text: string, line: number): Component[] {
  const match = REQUIREMENT.exec(text.replace(/\s--?[a-z-]+[ =]\S+/gi, ' ').trim());
  if (match?.[1] === undefined) return remote(path, text, line);
  const base: Component = { ecosystem: 'PyPI', name: match[1], where: `${path}:${line}` };
  const archive = registryArchive(text);
  if (archive !== undefined) return [{ ...base, version: archive }];
  if (match[4] !== undefined) return [{ ...base, undecidable: 'it comes from an address, not from the registry' }];
  const specifier = (match[2] ?? match[3] ?? '').trim();
  const pin = /^={2,3}\s*([^\s,*]+)$/.exec(specifier)?.[1];
  if (pin !== undefined) return [{ ...base, version: pin }];
  const span = specifierSpan(specifier);
  const asked = specifier === '' ? 'any version' : `"${specifier}"`;
  return [{ ...base, undecidable: `the file asks for ${asked} and does not say which version was installed`, possible: [span] }];
}

/** `git+https://host/name.git#egg=name`: the name is known, the version is not. */
function remote(path: string, text: string, line: number): Component[] {
  const name = /[#&]egg=([A-Za-z0-9._-]+)/.exec(text)?.[1];
  if (name === undefined) return [];
  return [{ ecosystem: 'PyPI', name, where: `${path}:${line}`, undecidable: 'it comes from a repository, not from the registry' }];
}

/** What a PEP 440 specifier leaves open, as one span; exclusions are ignored, which only widens it. */
export function specifierSpan(specifier: string): Span {
  const span: Span = { ...EVERY_VERSION.spans[0] };
  for (const clause of specifier.split(',')) {
    const match = /^\s*(~=|==|!=|<=|>=|<|>|===)\s*v?([^\s*]+?)(\.\*)?\s*$/.exec(clause);
    const [operator, version] = [match?.[1], match?.[2]];
    if (operator === undefined || version === undefined || operator === '!=') continue;
    if (operator === '~=' || match?.[3] !== undefined) {
      span.low = { version, inclusive: true };
      span.high = { version: seriesEnd(version, operator === '~='), inclusive: false };
    } else if (operator.startsWith('>')) span.low = { version, inclusive: operator === '>=' };
    else if (operator.startsWith('<')) span.high = { version, inclusive: operator === '<=' };
    else span.low = span.high = { version, inclusive: true };
  }
  return span;
}

/** `~=1.4.2` ends before 1.5, `==1.4.*` before 1.5. */
function seriesEnd(version: string, compatible: boolean): string {
  const release = version.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const kept = compatible && release.length > 1 ? release.slice(0, -1) : release;
  return [...kept.slice(0, -1), (kept.at(-1) ?? 0) + 1].join('.').concat('.dev0');
}

/** The registry's own archive, asked for by its address, carries its version: `.../requests-2.30.0-py3-none-any.whl`. */
function registryArchive(text: string): string | undefined {
  return /@\s*https:\/\/files\.pythonhosted\.org\/\S*\/[\w.]+-([^\s/-]+?)(?:-[^\s/]+\.whl|\.tar\.gz|\.zip)(?:[#\s]|$)/.exec(
    text,
  )?.[1];
}
