/** Advisories as GitHub's REST interface gives them: `ghsa_id`, and `vulnerabilities` with a range as text. */
import type { Advisory, Affected } from './advisory.ts';
import { ecosystemOf } from './ecosystem.ts';
import { type Fields, fields, list, text } from './shape.ts';
import { EVERY_VERSION } from './version-range.ts';
import { versionSet } from './version-text.ts';

/** Told by `ghsa_id`; the same advisory in OSV form has `id`. */
export function isGhsa(record: Fields): boolean {
  return text(record.ghsa_id) !== undefined && Array.isArray(record.vulnerabilities);
}

/** `withdrawn_at` is null unless the advisory was withdrawn. */
export function readGhsa(record: Fields): Advisory {
  const affected = list(record.vulnerabilities).flatMap((entry) => readVulnerability(fields(entry) ?? {}));
  const withdrawn = text(record.withdrawn_at);
  const asOf = text(record.updated_at) ?? text(record.published_at);
  return {
    id: text(record.ghsa_id) ?? '',
    affected,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(affected.length === 0 ? { undecidable: 'the advisory names no package' } : {}),
  };
}

function readVulnerability(entry: Fields): Affected[] {
  const named = fields(entry.package) ?? {};
  const ecosystem = ecosystemOf(text(named.ecosystem) ?? '');
  const name = text(named.name);
  if (name === undefined || ecosystem === '') return [];
  const range = text(entry.vulnerable_version_range);
  if (range === undefined)
    return [{ ecosystem, name, versions: EVERY_VERSION, undecidable: 'the advisory names the package but no version' }];
  const versions = versionSet(ecosystem, [range]);
  if ('set' in versions) return [{ ecosystem, name, versions: versions.set }];
  return [{ ecosystem, name, versions: EVERY_VERSION, undecidable: `the range "${range}" cannot be read` }];
}
