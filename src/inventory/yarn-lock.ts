/** yarn.lock of Yarn 1 and of Yarn 2 and later ("berry"): blocks of an unindented key line and indented fields. */
import { type Component, type Reader, reading } from './component.ts';

/** An unresolved merge conflict is refused: either side may be the one that was installed. */
export const readYarnLock: Reader = (path, source) => {
  const lines = source.split(/\r?\n/);
  const components: Component[] = [];
  let seen = 0;
  for (const [at, line] of lines.entries()) {
    if (!/^["@\w].*:\s*$/.test(line) || /^__metadata:/.test(line)) continue;
    seen += 1;
    components.push(...block(path, at, line, body(lines, at + 1)));
  }
  const recognised = /yarn lockfile v1|^__metadata:/m.test(source);
  if (seen === 0 && !recognised) throw new Error('it is not a yarn lockfile');
  if (lines.some((line) => /^(?:<{7}|>{7}) /.test(line))) throw new Error('it holds an unresolved merge conflict');
  return reading(['npm'], components);
};

function body(lines: string[], from: number): Map<string, string> {
  const fields = new Map<string, string>();
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (line !== '' && !/^\s/.test(line)) break;
    const match = /^ {2}"?([\w]+)"?:?\s+"?([^"]*)"?\s*$/.exec(line);
    if (match?.[1] !== undefined && match[2] !== undefined) fields.set(match[1], match[2]);
  }
  return fields;
}

function block(path: string, at: number, header: string, body: Map<string, string>): Component[] {
  const descriptor = (header.replace(/:\s*$/, '').split(/,\s*/)[0] ?? '').replace(/^"|"$/g, '');
  const resolution = body.get('resolution');
  const version = body.get('version');
  if (resolution !== undefined) return berry(path, at, resolution, version);
  const named = /^((?:@[^/@]+\/)?[^@]+)@(.*)$/.exec(descriptor);
  const alias = /^npm:((?:@[^/@]+\/)?[^@]+)(?:@|$)/.exec(named?.[2] ?? '');
  const name = alias?.[1] ?? named?.[1];
  if (name === undefined || /^(?:link|file|workspace|portal):/.test(named?.[2] ?? '')) return [];
  const remote = /^(?:git|https?:.*\.git|https:\/\/(?:codeload\.)?(?:github|gitlab|bitbucket)\.)/.test(body.get('resolved') ?? '');
  return [one(path, at, name, version, remote)];
}

/** Berry says in `resolution` which package it took, whatever the project calls it. */
function berry(path: string, at: number, resolution: string, version: string | undefined): Component[] {
  const match = /^((?:@[^/@]+\/)?[^@]+)@(.+)$/.exec(resolution);
  if (match?.[1] === undefined || match[2] === undefined) return [];
  const reference = match[2];
  if (/^(?:workspace|link|portal|file):/.test(reference)) return [];
  const inner = /^patch:.*?@npm(?::|%3A)([^#:]+)/i.exec(reference);
  const taken = inner?.[1] ?? /^npm:(?:(?:@[^/@]+\/)?[^@]+@)?(.+)$/.exec(reference)?.[1]?.replace(/::.*$/, '');
  return [one(path, at, match[1], version ?? taken, taken === undefined)];
}

function one(path: string, at: number, name: string, version: string | undefined, remote: boolean): Component {
  return {
    ecosystem: 'npm',
    name,
    where: `${path}:${at + 1}`,
    ...(version === undefined ? { undecidable: 'the lockfile gives no version' } : { version }),
    ...(remote ? { undecidable: 'it comes from a repository or an archive, not from the registry' } : {}),
  };
}
