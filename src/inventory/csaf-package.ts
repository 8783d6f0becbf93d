/**
 * Packages of Linux distributions in CSAF. Red Hat and SUSE relate a package, named by its file (`xz-5.2.3-4.1.x86_64`) or
 * by a package URL, to a release of theirs, and name the build that fixes it: an earlier build of that release is affected.
 */
import type { Affected } from './advisory.ts';
import type { CsafProduct } from './csaf-product.ts';
import { distributionOf, releaseOf } from './distribution.ts';
import { type Purl, parsePurl } from './purl.ts';
import { EVERY_VERSION, pointAt, type Span } from './version-range.ts';

/** A package of a distribution's release. */
export type DistributionPackage = { ecosystem: string; name: string; version?: string; release?: string };

const FILE =
  /^(.+?)-(?:(\d+):)?(\d[^-:]*)-([^-:]+?)(?:\.(?:x86_64|aarch64|ppc64le|ppc64|s390x?|i[3-6]86|armv7hl|noarch|src|nosrc))?$/;

/** What a product of the tree is as a package; undefined for one of no distribution. */
export function distributionPackage(product: CsafProduct): DistributionPackage | undefined {
  const family = familyOf(product.on);
  const purl = product.purls.map(parsePurl).find((found): found is Purl => found !== undefined);
  if (purl !== undefined) {
    if (distributionOf(purl.ecosystem) === undefined) return undefined;
    return named(family?.ecosystem ?? purl.ecosystem, purl.name, purl.version, family?.release ?? purl.release);
  }
  if (family === undefined) return undefined;
  const text = product.version ?? product.product ?? product.fullName;
  const file = FILE.exec(text);
  if (file?.[1] === undefined) return named(family.ecosystem, text, undefined, family.release);
  const version = `${file[2] === undefined ? '' : `${file[2]}:`}${file[3]}-${file[4]}`;
  return named(family.ecosystem, file[1], version, family.release);
}

function named(ecosystem: string, name: string, version?: string, release?: string): DistributionPackage {
  return { ecosystem, name, ...(version === undefined ? {} : { version }), ...(release === undefined ? {} : { release }) };
}

/** The distribution and release of a platform, by its CPE; a service pack is the number behind the dot. */
function familyOf(platform: CsafProduct | undefined): { ecosystem: string; release?: string } | undefined {
  const found = distributionOf(platform?.cpe?.vendor ?? platform?.vendor ?? '');
  if (platform === undefined || found === undefined) return undefined;
  const pack = /^sp(\d+)$/i.exec(platform.cpe?.update ?? '')?.[1];
  const version = platform.cpe?.version ?? releaseOf(platform.fullName);
  if (version === undefined) return { ecosystem: found.ecosystem };
  return { ecosystem: found.ecosystem, release: pack === undefined ? version : `${version}.${pack}` };
}

/** Called affected: that build, or every build of the release where none is named. */
export function affectedPackage({ version, ...rest }: DistributionPackage): Affected {
  return { ...rest, versions: version === undefined ? EVERY_VERSION : { spans: [pointAt(version)], exact: [], except: [] } };
}

/** Called fixed: earlier builds are affected, this and later ones are not. */
export function fixedPackage({ version, ...rest }: DistributionPackage): Affected {
  const from: Span = version === undefined ? {} : { low: { version, inclusive: true } };
  const before: Span[] = version === undefined ? [] : [{ high: { version, inclusive: false } }];
  return {
    ...rest,
    versions: { spans: before, exact: [], except: [] },
    notAffected: [{ spans: [from], exact: [], except: [] }],
  };
}

/** Called not affected: that build, or every one. */
export function clearPackage({ version, ...rest }: DistributionPackage): Affected {
  const spans: Span[] = [version === undefined ? {} : pointAt(version)];
  return { ...rest, versions: { spans: [], exact: [], except: [] }, notAffected: [{ spans, exact: [], except: [] }] };
}
