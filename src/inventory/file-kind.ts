/** Which reader a file belongs to, by its usual name, or by its content where names are free. */
import { readBunLock } from './bun-lock.ts';
import { readCargoLock } from './cargo-lock.ts';
import type { Reader } from './component.ts';
import { readComposerLock } from './composer-lock.ts';
import { readCycloneDx } from './cyclonedx.ts';
import { OAUTH, SOFTWARE } from './ecosystem.ts';
import { readGemfileLock } from './gemfile-lock.ts';
import { readGoMod, readGoSum } from './go-module.ts';
import { readGradleLock } from './jvm-lock.ts';
import { readPom } from './maven-pom.ts';
import { readNpmLock } from './npm-lock.ts';
import { readNugetLock } from './nuget-lock.ts';
import { readPnpmLock } from './pnpm-lock.ts';
import { readPipfileLock, readPythonLock } from './python-lock.ts';
import { isRequirements, readRequirements } from './requirements.ts';
import { readSoftwareTable } from './software-table.ts';
import { readSpdx } from './spdx.ts';
import { readSpdxTags } from './spdx-tag.ts';
import { readWorkflow } from './workflow.ts';
import { readYarnLock } from './yarn-lock.ts';

/** A reader and what is lost when its file cannot be read. */
export type FileKind = { read: Reader; loses: string[] };

const BY_NAME: [RegExp, FileKind][] = [
  [/^(?:[\w.-]*[._-])?(?:\.?package-lock|npm-shrinkwrap)(?:[._-][\w.-]+)?\.json$/i, { read: readNpmLock, loses: ['npm'] }],
  [/^(?:[\w.-]*[._-])?pnpm-lock(?:[._-][\w.-]+)?\.ya?ml$/i, { read: readPnpmLock, loses: ['npm'] }],
  [/^(?:[\w.-]*[._-])?yarn(?:[._-][\w.-]+)?\.lock$/i, { read: readYarnLock, loses: ['npm'] }],
  [/^(?:poetry|uv|pdm)\.lock$|^pylock(?:\.[\w-]+)?\.toml$/i, { read: readPythonLock, loses: ['PyPI'] }],
  [/^pipfile\.lock$/i, { read: readPipfileLock, loses: ['PyPI'] }],
  [/^bun\.lock$/i, { read: readBunLock, loses: ['npm'] }],
  [/^go\.mod$/i, { read: readGoMod, loses: ['Go'] }],
  [/^go\.sum$/i, { read: readGoSum, loses: ['Go'] }],
  [/^cargo\.lock$/i, { read: readCargoLock, loses: ['crates.io'] }],
  [/^(?:[\w.-]*[._-])?pom\.xml$|\.pom$/i, { read: readPom, loses: ['Maven'] }],
  [/^(?:[\w.-]*[._-])?gradle\.lockfile$/i, { read: readGradleLock, loses: ['Maven'] }],
  [/^composer\.lock$/i, { read: readComposerLock, loses: ['Packagist'] }],
  [/^(?:gemfile\.lock|gems\.locked)$/i, { read: readGemfileLock, loses: ['RubyGems'] }],
  [/^packages\.lock\.json$/i, { read: readNugetLock, loses: ['NuGet'] }],
  [/\.spdx\.json$|^spdx(?:[._-][\w.-]+)?\.json$/i, { read: readSpdx, loses: ['*'] }],
  [/\.spdx(?:\.(?:tag|txt))?$/i, { read: readSpdxTags, loses: ['*'] }],
  [/(?:\.cdx|^bom|[._-]bom|^sbom|[._-]sbom|cyclonedx)[\w.-]*\.(?:json|xml)$/i, { read: readCycloneDx, loses: ['*'] }],
  [/\.(?:csv|tsv)$/i, { read: readSoftwareTable, loses: [SOFTWARE, OAUTH] }],
];

/** Lists in a form that is not read: named, because what they hold could be anything of that ecosystem. */
const UNREAD: [RegExp, string, string[]][] = [
  [/^bun\.lockb$/i, 'it is a binary lockfile; "bun install --save-text-lockfile" writes a readable one', ['npm']],
  [/^deno\.lock$/i, 'Deno lockfiles are not read', ['npm']],
  [/\.spdx\.(?:rdf|xml|ya?ml)$/i, 'of SPDX only JSON and tag-value are read', ['*']],
  [/\.(?:xlsx?|ods|numbers)$/i, 'it is a spreadsheet file; export it as CSV', [SOFTWARE, OAUTH]],
];

/** Why a file that lists components cannot be read at all, and what is lost; undefined for any other file. */
export function unreadKind(path: string): { clause: string; loses: string[] } | undefined {
  const found = UNREAD.find(([pattern]) => pattern.test(path.split('/').at(-1) ?? path));
  return found === undefined ? undefined : { clause: found[1], loses: found[2] };
}

const WORKFLOW = /(?:^|\/)(?:\.github\/)?workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/i;

/** The kind of a file; undefined where it is none that lists components. */
export function kindOf(path: string, source: string): FileKind | undefined {
  const name = path.split('/').at(-1) ?? path;
  if (isRequirements(path)) return { read: readRequirements, loses: ['PyPI'] };
  if (WORKFLOW.test(path)) return { read: readWorkflow, loses: ['GitHub Actions'] };
  const named = BY_NAME.find(([pattern]) => pattern.test(name))?.[1];
  if (named?.read === readCycloneDx && /"(?:spdxVersion|@graph)"/.test(source.slice(0, 4096)))
    return { read: readSpdx, loses: ['*'] };
  if (named !== undefined) return named;
  if (/\.json$/i.test(name)) return jsonKind(source.slice(0, 4096));
  if (/\.xml$/i.test(name) && /<(?:\w+:)?bom\b[^>]*cyclonedx/i.test(source.slice(0, 4096)))
    return { read: readCycloneDx, loses: ['*'] };
  if (/\.ya?ml$/i.test(name) && /^jobs:/m.test(source) && /^\s*(?:-\s*)?uses:/m.test(source))
    return { read: readWorkflow, loses: ['GitHub Actions'] };
  return undefined;
}

function jsonKind(head: string): FileKind | undefined {
  if (/"bomFormat"\s*:\s*"CycloneDX"/.test(head)) return { read: readCycloneDx, loses: ['*'] };
  if (/"spdxVersion"\s*:|spdx\.org\/rdf/.test(head)) return { read: readSpdx, loses: ['*'] };
  return /"lockfileVersion"\s*:/.test(head) ? { read: readNpmLock, loses: ['npm'] } : undefined;
}
