/**
 * OSV records (ossf.github.io/osv-schema): GHSA, PYSEC, RUSTSEC, GO, MAL and the rest. Events need not be sorted,
 * `introduced` "0" is unbounded, `fixed` and `limit` exclude, `last_affected` includes, `versions` adds to the ranges.
 */
import type { Advisory, Affected } from './advisory.ts';
import { distributionOf } from './distribution.ts';
import { ecosystemOf } from './ecosystem.ts';
import { parsePurl } from './purl.ts';
import { each, type Fields, fields, list, text } from './shape.ts';
import { orderFor } from './version.ts';
import type { Bound, Span, VersionSet } from './version-range.ts';
import { versionSet } from './version-text.ts';

/** `id` alone is not enough: the short form has one too. */
export function isOsv(record: Fields): boolean {
  return (
    text(record.id) !== undefined &&
    (Array.isArray(record.affected) || text(record.schema_version) !== undefined || record.modified !== undefined) &&
    record.product === undefined
  );
}

/** A record that names no package decides nothing, and says so. */
export function readOsv(record: Fields): Advisory {
  const id = text(record.id) ?? '';
  const withdrawn = text(record.withdrawn);
  const asOf = text(record.modified) ?? text(record.published);
  const affected = list(record.affected).flatMap((entry) => readAffected(fields(entry) ?? {}));
  return {
    id,
    affected,
    ...(withdrawn === undefined ? {} : { withdrawn }),
    ...(asOf === undefined ? {} : { asOf }),
    ...(affected.length === 0 ? { undecidable: 'the record names no package, only source code commits or nothing at all' } : {}),
  };
}

function readAffected(entry: Fields): Affected[] {
  const named = packageOf(fields(entry.package) ?? {});
  if (named === undefined) return [];
  const ranges = list(entry.ranges).map((range) => fields(range) ?? {});
  const ordered = ranges.filter((range) => text(range.type)?.toUpperCase() !== 'GIT');
  const lastKnown = text(fields(entry.database_specific)?.last_known_affected_version_range);
  const results = ordered.map((range) =>
    spansOf(
      named.ecosystem,
      list(range.events).map((event) => fields(event) ?? {}),
    ),
  );
  const exact = list(entry.versions).flatMap((version) => text(version) ?? []);
  const spans = results.flatMap((result) => result ?? []);
  const versions: VersionSet = { spans: bounded(named.ecosystem, spans, lastKnown), exact, except: [] };
  const undecidable = reasonOf(named.ecosystem, ranges, results, exact);
  return [{ ...named, versions, ...(undecidable === undefined ? {} : { undecidable }) }];
}

function releaseIn(ecosystem: string): { release?: string } {
  const release = distributionOf(ecosystem)?.release;
  return release === undefined ? {} : { release };
}

function packageOf(entry: Fields): { ecosystem: string; name: string; release?: string } | undefined {
  const ecosystem = text(entry.ecosystem);
  const name = text(entry.name);
  if (ecosystem !== undefined && name !== undefined) return { ecosystem: ecosystemOf(ecosystem), name, ...releaseIn(ecosystem) };
  const purl = parsePurl(text(entry.purl) ?? '');
  return purl === undefined ? undefined : { ecosystem: purl.ecosystem, name: purl.name };
}

/** Where an ecosystem's order is not known here, the record's own list of versions decides. */
function reasonOf(ecosystem: string, ranges: Fields[], results: (Span[] | undefined)[], exact: string[]): string | undefined {
  const listed = exact.length > 0 && orderFor(ecosystem) === undefined;
  if (results.includes(undefined) && !listed) return 'a range in the record cannot be ordered';
  if (exact.length > 0 || results.some((spans) => spans !== undefined && spans.length > 0)) return undefined;
  if (ranges.some((range) => text(range.type)?.toUpperCase() === 'GIT'))
    return 'the record has GIT commit ranges alone, which decide nothing about a package version';
  return ranges.length === 0 ? 'the record names the package but no version' : undefined;
}

/** GHSA sometimes bounds an open range only in `last_known_affected_version_range`. */
function bounded(ecosystem: string, spans: Span[], lastKnown: string | undefined): Span[] {
  const known = lastKnown === undefined ? undefined : versionSet(ecosystem, [lastKnown]);
  const high = known !== undefined && 'set' in known ? known.set.spans[0]?.high : undefined;
  return high === undefined ? spans : spans.map((span) => (span.high === undefined ? { ...span, high } : span));
}

type Marks = { version: string; introduced?: boolean; fixed?: boolean; last?: boolean };

/** The spans that a range's events leave; undefined where a version in them is none of the ecosystem's. */
function spansOf(ecosystem: string, events: Fields[]): Span[] | undefined {
  const marks = marksOf(ecosystem, events);
  if (marks === undefined) return undefined;
  const spans: Span[] = [];
  let open: { low?: Bound } | undefined = events.some((event) => each(event.introduced).some((version) => text(version) === '0'))
    ? {}
    : undefined;
  for (const { version, introduced, fixed, last } of marks) {
    if (open === undefined && introduced && fixed) continue;
    if (open === undefined && introduced) open = { low: { version, inclusive: true } };
    if (open === undefined || !(fixed || last)) continue;
    spans.push({ ...open, high: { version, inclusive: fixed !== true } });
    open = introduced && fixed ? { low: { version, inclusive: true } } : undefined;
  }
  return open === undefined ? spans : [...spans, open];
}

function marksOf(ecosystem: string, events: Fields[]): Marks[] | undefined {
  const order = orderFor(ecosystem);
  const marks: Marks[] = [];
  for (const event of events) {
    for (const [kind, mark] of Object.entries(KINDS)) {
      const version = text(event[kind]);
      if (version === undefined || version === '*' || (kind === 'introduced' && version === '0')) continue;
      if (order?.(version, version) === undefined) return undefined;
      const same = marks.find((other) => order(other.version, version) === 0);
      if (same === undefined) marks.push({ version, [mark]: true });
      else same[mark] = true;
    }
  }
  return marks.sort((a, b) => order?.(a.version, b.version) ?? 0);
}

const KINDS = { introduced: 'introduced', fixed: 'fixed', limit: 'fixed', last_affected: 'last' } as const;
