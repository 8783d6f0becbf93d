/**
 * CSAF 2.0: which products a document calls affected, fixed or not affected, vulnerability by vulnerability. A product is
 * exposed when one vulnerability of the document affects it.
 */
import type { Advisory, Affected } from './advisory.ts';
import { branched, plainNames, withinSeries } from './csaf-branch.ts';
import { affectedPackage, clearPackage, type DistributionPackage, distributionPackage, fixedPackage } from './csaf-package.ts';
import { type CsafProduct, productsOf } from './csaf-product.ts';
import { SOFTWARE } from './ecosystem.ts';
import { parsePurl } from './purl.ts';
import { eachFields, type Fields, fields, list, text } from './shape.ts';
import { orderFor } from './version.ts';
import { EVERY_VERSION, isEvery, type VersionSet } from './version-range.ts';
import { versionSet } from './version-text.ts';

/** CSAF names its own version, which no other form does. */
export function isCsaf(record: Fields): boolean {
  return text(fields(record.document)?.csaf_version) !== undefined;
}

/** Throws one clause where the document has no id; everything else that is missing makes it decide less. */
export function readCsaf(record: Fields): Advisory {
  const tracking = fields(fields(record.document)?.tracking) ?? {};
  const products = productsOf(fields(record.product_tree) ?? {});
  const affected = withoutAffected(eachFields(record.vulnerabilities).flatMap((entry) => affectedBy(entry, products)));
  const id = text(tracking.id);
  const asOf = text(tracking.current_release_date);
  const undecidable = reasonOf(record, affected, products);
  if (id === undefined) throw new Error('it is a CSAF document without document.tracking.id');
  return {
    id,
    affected,
    ...(asOf === undefined ? {} : { asOf }),
    ...(undecidable === undefined ? {} : { undecidable }),
  };
}

/** A product id that the tree does not explain may be anything: then the document clears nobody. */
function reasonOf(record: Fields, affected: Affected[], products: Map<string, CsafProduct>): string | undefined {
  const named = eachFields(record.vulnerabilities).flatMap((vulnerability) =>
    AFFECTED.flatMap((group) => list(fields(vulnerability.product_status)?.[group])),
  );
  const strange = named.find((id) => !products.has(text(id) ?? ''));
  if (strange !== undefined) return `it calls ${String(strange)} affected, which its product tree does not explain`;
  return affected.length === 0 ? 'it says of no product whether it is affected' : undefined;
}

const AFFECTED = ['known_affected', 'first_affected', 'last_affected'];
const FIXED = ['fixed', 'first_fixed', 'recommended'];
const NOT_AFFECTED = ['known_not_affected', ...FIXED];
const NOTHING: VersionSet = { spans: [], exact: [], except: [] };

/** Products called fixed or not affected stay in the list with no affected version, so that their presence is still seen. */
function affectedBy(vulnerability: Fields, products: Map<string, CsafProduct>): Affected[] {
  const status = fields(vulnerability.product_status) ?? {};
  const named = (groups: string[]) =>
    groups.flatMap((group) => list(status[group]).flatMap((id) => products.get(text(id) ?? '') ?? []));
  const packages = (groups: string[], read: (found: DistributionPackage) => Affected) =>
    named(groups)
      .flatMap((product) => distributionPackage(product) ?? [])
      .map(read);
  const others = (groups: string[]) =>
    named(groups)
      .filter((product) => distributionPackage(product) === undefined)
      .flatMap(identitiesOf);
  const clear = others(NOT_AFFECTED);
  return [
    ...packages(AFFECTED, affectedPackage),
    ...packages(FIXED, fixedPackage),
    ...packages(['known_not_affected'], clearPackage),
    ...packages(['under_investigation'], (found) => ({ ...affectedPackage(found), undecidable: INVESTIGATING })),
    ...inBranches(others(AFFECTED), clear).map((one) => withClear(one, clear)),
    ...others(['under_investigation']).map((one) => withClear({ ...one, undecidable: one.undecidable ?? INVESTIGATING }, clear)),
    ...clear.map((one) => withClear({ ...one, versions: NOTHING }, clear)),
  ];
}

const INVESTIGATING = 'the vendor is still investigating whether it is affected';

const sameProduct = (a: Affected, b: Affected): boolean => a.ecosystem === b.ecosystem && a.name === b.name;

function withClear(affected: Affected, clear: Affected[]): Affected {
  const same = clear.filter((other) => sameProduct(other, affected) && other.undecidable === undefined);
  return same.length === 0 ? affected : { ...affected, notAffected: same.map(({ versions }) => versions) };
}

/** Several ranges of one product that have only an upper end, each a branch where its fix is named. */
function inBranches(affected: Affected[], clear: Affected[]): Affected[] {
  const order = orderFor(SOFTWARE);
  const isOpen = ({ ecosystem, versions: { spans, exact, except } }: Affected) =>
    ecosystem === SOFTWARE && spans.length === 1 && spans[0]?.low === undefined && exact.length + except.length === 0;
  return affected.map((one) => {
    const high = one.versions.spans[0]?.high;
    if (!isOpen(one) || high === undefined) return one;
    const all = affected
      .filter((other) => isOpen(other) && sameProduct(other, one))
      .flatMap(({ versions }) => versions.spans[0]?.high ?? []);
    const fixed = clear.filter((other) => sameProduct(other, one)).flatMap(({ versions }) => versions.exact);
    const highs = all.toSorted((a, b) => order?.(a.version, b.version) ?? 0);
    const own = branched(highs, fixed).find((span) => span.high === high);
    return own === undefined ? one : { ...one, versions: { ...one.versions, spans: [own] } };
  });
}

/**
 * A product of which the document names only versions that are fixed or not affected, and no affected one: it does not say
 * since when it was affected, so any other version stays undecided. From the newest fix on it is fixed.
 */
function withoutAffected(all: Affected[]): Affected[] {
  return all.map((one) => {
    const named = all.some(
      (other) =>
        sameProduct(other, one) &&
        (other.versions.spans.length + other.versions.exact.length > 0 || other.undecidable !== undefined),
    );
    const sets = one.notAffected ?? [];
    if (named || sets.length === 0 || sets.some(isEvery)) return one;
    const order = orderFor(one.ecosystem);
    const newest = sets.flatMap(({ exact }) => exact).toSorted((a, b) => order?.(b, a) ?? 0)[0];
    const later: VersionSet[] =
      newest === undefined ? [] : [{ spans: [{ low: { version: newest, inclusive: true } }], exact: [], except: [] }];
    return {
      ...one,
      notAffected: [...sets, ...later],
      undecidable: 'it names the versions that are fixed or not affected, and none that is affected',
    };
  });
}

/** A product with a package URL is a package; any other is software of its vendor. */
function identitiesOf(product: CsafProduct): Affected[] {
  const packages = product.purls.flatMap((purl) => parsePurl(purl) ?? []).filter(({ ecosystem }) => ecosystem !== SOFTWARE);
  if (packages.length > 0) {
    return packages.map(({ ecosystem, name, version }) => ({
      ecosystem,
      name,
      ...versionsOf(ecosystem, version ?? product.version),
    }));
  }
  const name = product.product ?? product.cpe?.product ?? product.fullName;
  const publisher = product.vendor ?? product.cpe?.vendor;
  const others = [...plainNames(name), ...(product.cpe === undefined || product.cpe.product === name ? [] : [product.cpe.product])];
  const { versions, ...rest } = versionsOf(SOFTWARE, product.version ?? product.cpe?.version ?? versionBehind(product, name));
  return [
    {
      ecosystem: SOFTWARE,
      name,
      ...(publisher === undefined ? {} : { publisher }),
      ...(others.length === 0 ? {} : { alsoNamed: others }),
      versions: withinSeries(name, versions),
      ...rest,
    },
  ];
}

/** A lone full product name carries its version as its last words: `Example Product 4.2`. */
function versionBehind(product: CsafProduct, name: string): string | undefined {
  return name === product.fullName ? /\s((?:[<>]=?\s*)?v?\d+(?:\.\d+)+\S*)$/i.exec(product.fullName)?.[1] : undefined;
}

function versionsOf(ecosystem: string, version: string | undefined): { versions: VersionSet; undecidable?: string } {
  if (version === undefined || version === '-') return { versions: EVERY_VERSION };
  const read = versionSet(ecosystem, [version]);
  return 'set' in read
    ? { versions: read.set }
    : {
        versions: { spans: [], exact: /^[\w.+~:-]+$/.test(version) ? [version] : [], except: [] },
        undecidable: `the version text "${read.unreadable}" cannot be read`,
      };
}
