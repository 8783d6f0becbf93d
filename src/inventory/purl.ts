import { builtFor, distributionOf, releaseOf } from './distribution.ts';
import { ecosystemOf, SOFTWARE } from './ecosystem.ts';
import type { Span } from './version-range.ts';

/**
 * A package URL as far as it matters for matching. Qualifiers and subpath say nothing about which package it is, except for
 * distributions, where they name the release, the epoch and the source package.
 */
export type Purl = { ecosystem: string; name: string; version?: string; release?: string; alsoNamed?: string[] };

const TYPES: Record<string, string> = {
  npm: 'npm',
  pypi: 'PyPI',
  golang: 'Go',
  cargo: 'crates.io',
  maven: 'Maven',
  gem: 'RubyGems',
  nuget: 'NuGet',
  composer: 'Packagist',
  github: 'GitHub Actions',
  githubactions: 'GitHub Actions',
  pub: 'Pub',
  hex: 'Hex',
  swift: 'SwiftURL',
  generic: SOFTWARE,
};

/** Reads `pkg:type/namespace/name@version?qualifiers#subpath` (purl specification); undefined where it is none. */
export function parsePurl(text: string): Purl | undefined {
  const match = /^pkg:\/*([a-z0-9.+-]+)\/+([^?#]+)(?:\?([^#]*))?/i.exec(text.trim());
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  const at = match[2].lastIndexOf('@');
  const hasVersion = at > 0 && !match[2].slice(at).includes('/');
  const path = (hasVersion ? match[2].slice(0, at) : match[2])
    .split('/')
    .filter((part) => part !== '')
    .map(decode);
  if (path.length === 0) return undefined;
  const type = match[1].toLowerCase();
  if (DISTRIBUTED.has(type))
    return distributed(path, hasVersion ? decode(match[2].slice(at + 1)) : '', new URLSearchParams(match[3] ?? ''));
  const version = hasVersion ? decode(match[2].slice(at + 1)) : '';
  return { ecosystem: TYPES[type] ?? ecosystemOf(type), name: joined(type, path), ...(version === '' ? {} : { version }) };
}

const DISTRIBUTED = new Set(['deb', 'apk', 'rpm']);

function distributed(path: string[], version: string, qualifiers: URLSearchParams): Purl {
  const vendor = path.length > 1 ? (path[0] ?? '') : '';
  const distro = qualifiers.get('distro') ?? '';
  const found = distributionOf(vendor) ?? distributionOf(distro.split('-')[0] ?? '');
  const [epoch, release, upstream] = [
    qualifiers.get('epoch'),
    releaseOf(distro) ?? builtFor(version),
    qualifiers.get('upstream')?.split('@')[0],
  ];
  return {
    ecosystem: found?.ecosystem ?? vendor,
    name: path.at(-1) ?? '',
    ...(version === '' ? {} : { version: epoch === null || version.includes(':') ? version : `${epoch}:${version}` }),
    ...(release === undefined ? {} : { release }),
    ...(upstream === undefined ? {} : { alsoNamed: [upstream.replace(/-\d.*\.src\.rpm$/, '')] }),
  };
}

function joined(type: string, path: string[]): string {
  if (type === 'maven' && path.length > 1) return `${path.slice(0, -1).join('.')}:${path.at(-1)}`;
  return path.join('/');
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const FULL_SEMVER = new Set(['npm', 'crates.io', 'Pub', 'Hex']);

/**
 * A version that is no full version of its ecosystem (`hyper@0.14`, `actions/checkout@v4`) names a series; this is the
 * span it can stand for, or undefined for a full version.
 */
export function seriesSpan(ecosystem: string, version: string): Span | undefined {
  if (!FULL_SEMVER.has(ecosystem) && ecosystem !== 'GitHub Actions') return undefined;
  const match = /^v?(\d+)(?:\.(\d+))?$/.exec(version);
  if (match?.[1] === undefined) return undefined;
  const [major, minor] = [BigInt(match[1]), match[2] === undefined ? undefined : BigInt(match[2])];
  const next = minor === undefined ? `${major + 1n}.0.0` : `${major}.${minor + 1n}.0`;
  return {
    low: { version: `${major}.${minor ?? 0}.0`, inclusive: true },
    high: { version: `${next}-0`, inclusive: false },
  };
}
