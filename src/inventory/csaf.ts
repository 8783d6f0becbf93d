/**
 * CSAF 2.0: which products a document calls affected, fixed or not affected, vulnerability by vulnerability. A product is
 * exposed when one vulnerability of the document affects it.
 */
import type { Advisory, Affected } from './advisory.ts';
import { type CsafProduct, productsOf } from './csaf-product.ts';
import { SOFTWARE } from './ecosystem.ts';
import { parsePurl } from './purl.ts';
import { eachFields, type Fields, fields, list, text } from './shape.ts';
import { EVERY_VERSION, type VersionSet } from './version-range.ts';
import { versionSet } from './version-text.ts';

/** CSAF names its own version, which no other form does. */
export function isCsaf(record: Fields): boolean {
  return text(fields(record.document)?.csaf_version) !== undefined;
}

/** Throws one clause where the document has no id; everything else that is missing makes it decide less. */
export function readCsaf(record: Fields): Advisory {
  const tracking = fields(fields(record.document)?.tracking) ?? {};
  const products = productsOf(fields(record.product_tree) ?? {});
  const affected = list(record.vulnerabilities).flatMap((entry) => affectedBy(fields(entry) ?? {}, products));
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
const NOT_AFFECTED = ['known_not_affected', 'fixed', 'first_fixed'];

/** Products called fixed or not affected stay in the list with no affected version, so that their presence is still seen. */
function affectedBy(vulnerability: Fields, products: Map<string, CsafProduct>): Affected[] {
  const status = fields(vulnerability.product_status) ?? {};
  const named = (groups: string[]) =>
    groups.flatMap((group) => list(status[group]).flatMap((id) => products.get(text(id) ?? '') ?? []));
  const clear = named(NOT_AFFECTED).flatMap(identitiesOf);
  const affected = named(AFFECTED).flatMap(identitiesOf);
  const open = named(['under_investigation']).flatMap(identitiesOf);
  const nothing: VersionSet = { spans: [], exact: [], except: [] };
  return [
    ...clear.map((one) => withClear({ ...one, versions: nothing }, clear)),
    ...affected.map((one) => withClear(one, clear)),
    ...open.map((one) =>
      withClear({ ...one, undecidable: one.undecidable ?? 'the vendor is still investigating whether it is affected' }, clear),
    ),
  ];
}

function withClear(affected: Affected, clear: Affected[]): Affected {
  const same = clear.filter(
    (other) => other.ecosystem === affected.ecosystem && other.name === affected.name && other.undecidable === undefined,
  );
  return same.length === 0 ? affected : { ...affected, notAffected: same.map(({ versions }) => versions) };
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
  return [
    {
      ecosystem: SOFTWARE,
      name,
      ...(publisher === undefined ? {} : { publisher }),
      ...(product.cpe === undefined || product.cpe.product === name ? {} : { alsoNamed: [product.cpe.product] }),
      ...versionsOf(SOFTWARE, product.version ?? product.cpe?.version ?? versionBehind(product, name)),
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
        versions: { spans: [], exact: [version], except: [] },
        undecidable: `the version text "${read.unreadable}" cannot be read`,
      };
}
