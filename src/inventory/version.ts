import * as pep440 from '@renovatebot/pep440';
import semver from 'semver';
import { composerOrder } from './version-composer.ts';
import { alpineOrder, debianOrder, rpmOrder } from './version-distro.ts';
import { gemOrder } from './version-gem.ts';
import { mavenOrder } from './version-maven.ts';
import { nugetOrder } from './version-nuget.ts';
import type { Order } from './version-order.ts';
import { softwareOrder } from './version-software.ts';

/** Semantic Versioning 2.0 as npm and crates.io use it; build metadata does not count. Shorter texts count as `.0`. */
export const semverOrder: Order = (a, b) => {
  const left = parseSemver(a);
  const right = parseSemver(b);
  return left === undefined || right === undefined ? undefined : semver.compare(left, right);
};

function parseSemver(text: string): semver.SemVer | undefined {
  const full = text.replace(/^[v=\s]*(\d+)(\.\d+)?(?=$|[-+])/, (_, major: string, minor = '.0') => `${major}${minor}.0`);
  return semver.parse(full, { loose: true }) ?? undefined;
}

/** Go's order is semver's: `v` in front, pseudo-versions are prereleases, `+incompatible` does not count; `go1.22rc1` is the toolchain's. */
const goOrder: Order = (a, b) => semverOrder(goText(a), goText(b));

function goText(version: string): string {
  return version.replace(/^go(?=\d)/, '').replace(/^(\d+(?:\.\d+)*)(rc|beta)(\d+)$/, (_, core: string, pre: string, n: string) => {
    const parts = core.split('.');
    while (parts.length < 3) parts.push('0');
    return `${parts.join('.')}-${pre}.${n}`;
  });
}

/** PEP 440: epoch, release, pre, post, dev, local. */
const pythonOrder: Order = (a, b) => (pep440.valid(a) === null || pep440.valid(b) === null ? undefined : pep440.compare(a, b));

const ORDERS: Record<string, Order> = {
  npm: semverOrder,
  'crates.io': semverOrder,
  Go: goOrder,
  PyPI: pythonOrder,
  Maven: mavenOrder,
  RubyGems: gemOrder,
  NuGet: nugetOrder,
  Packagist: composerOrder,
  'GitHub Actions': semverOrder,
  Pub: semverOrder,
  Hex: semverOrder,
  SwiftURL: semverOrder,
  Debian: debianOrder,
  Ubuntu: debianOrder,
  Alpine: alpineOrder,
  Wolfi: alpineOrder,
  Chainguard: alpineOrder,
  'Red Hat': rpmOrder,
  'Rocky Linux': rpmOrder,
  AlmaLinux: rpmOrder,
  openSUSE: rpmOrder,
  SUSE: rpmOrder,
  Fedora: rpmOrder,
  CentOS: rpmOrder,
  'Amazon Linux': rpmOrder,
  software: softwareOrder,
  oauth: softwareOrder,
  product: softwareOrder,
};

/** The order of an ecosystem's versions; undefined for one whose order is not known here: there only equal texts decide. */
export function orderFor(ecosystem: string): Order | undefined {
  return ORDERS[ecosystem];
}

/**
 * A version as a bound sees it. PEP 440: a local label (`2.0.1+cu118`) does not count unless the bound carries one.
 * Installed software: a build number behind three parts (`23.9.7.8804`, `23.9.7 (build 8804)`) is a build of `23.9.7`.
 */
export function asBoundSees(ecosystem: string, version: string, bound: string): string {
  if (ecosystem === 'PyPI') return bound.includes('+') ? version : (version.split('+')[0] ?? version);
  if (orderFor(ecosystem) !== softwareOrder || !/^v?\d+\.\d+\.\d+$/i.test(bound)) return version;
  return /^(v?\d+\.\d+\.\d+)(?:\.\d{3,}|[\s,]*\(?build\b.*)$/i.exec(version)?.[1] ?? version;
}
