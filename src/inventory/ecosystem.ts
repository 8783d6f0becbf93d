/**
 * The registries a package can come from, under the names OSV gives them, and each one's rule for equal names.
 * The same name in another ecosystem is another package: keys never cross.
 */

import { distributionOf } from './distribution.ts';

/** Installed products and granted apps are matched by product, not by registry. */
export const SOFTWARE = 'software';
/** Apps that users or administrators granted access to their data. */
export const OAUTH = 'oauth';
/** A short advisory without an ecosystem speaks of a product, wherever it runs. */
export const PRODUCT = 'product';

const SPELLINGS: Record<string, string[]> = {
  npm: ['npm', 'node', 'nodejs', 'javascript', 'pnpm', 'yarn'],
  PyPI: ['pypi', 'pip', 'python', 'poetry', 'uv'],
  Go: ['go', 'golang', 'go modules', 'gomod'],
  'crates.io': ['crates.io', 'cargo', 'rust', 'crates'],
  Maven: ['maven', 'java', 'gradle'],
  RubyGems: ['rubygems', 'gem', 'ruby', 'bundler', 'gems'],
  NuGet: ['nuget', '.net', 'dotnet'],
  Packagist: ['packagist', 'composer', 'php'],
  'GitHub Actions': ['github actions', 'githubactions', 'actions', 'github', 'github-actions'],
  Pub: ['pub', 'dart'],
  Hex: ['hex', 'erlang', 'elixir'],
  SwiftURL: ['swifturl', 'swift'],
  [SOFTWARE]: ['software', 'installed software', 'application', 'applications', 'rmm', 'windows', 'generic', 'product', 'products'],
  [OAUTH]: ['oauth', 'oauth apps', 'oauth grants', 'oauth-grants', 'grants', 'grant', 'saas', 'oauth app', 'integrations'],
};

const NAMES = new Map(Object.entries(SPELLINGS).flatMap(([name, spellings]) => spellings.map((spelling) => [spelling, name])));

/**
 * The OSV name of an ecosystem however it is spelled. A suffix after a colon names a repository (`Maven:https://...`) or
 * a distribution's release, which is kept apart.
 */
export function ecosystemOf(spelled: string): string {
  const trimmed = spelled.trim();
  const known = NAMES.get(trimmed.toLowerCase());
  if (known !== undefined) return known;
  const distribution = distributionOf(trimmed);
  if (distribution !== undefined) return distribution.ecosystem;
  const head = trimmed.split(':')[0] ?? trimmed;
  return NAMES.get(head.toLowerCase()) ?? trimmed;
}

/** Whether packages of this ecosystem come from a registry (and a lockfile or SBOM can list them). */
export function isRegistry(ecosystem: string): boolean {
  return ecosystem !== SOFTWARE && ecosystem !== OAUTH && ecosystem !== PRODUCT;
}

/** A name in the form in which the registry compares names. */
export function sameName(ecosystem: string, name: string): string {
  switch (ecosystem) {
    case 'PyPI':
      return name.toLowerCase().replace(/[-_.]+/g, '-');
    case 'NuGet':
    case 'Packagist':
    case 'GitHub Actions':
    case 'Go':
    case 'crates.io':
    case 'Pub':
    case 'Hex':
      return name.toLowerCase();
    default:
      return name;
  }
}
