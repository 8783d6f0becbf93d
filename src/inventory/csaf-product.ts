/** The product tree of a CSAF 2.0 document: nested branches, lone full product names, and relationships between them. */
import { each, eachFields, type Fields, fields, list, MAX_DEPTH, text } from './shape.ts';

/** What the tree says about one product id. */
export type CsafProduct = {
  id: string;
  /** The full product name, as a person reads it. */
  fullName: string;
  vendor?: string;
  product?: string;
  /** The text of the version branch: a version, a list of them, or a range. */
  version?: string;
  purls: string[];
  cpe?: Cpe;
  /** What it is installed on, where the tree relates the two: the release of a distribution. */
  on?: CsafProduct;
};

/** A CPE name, as far as it names a product; `update` is the service pack. */
export type Cpe = { vendor: string; product: string; version?: string; update?: string };

/** All products of the tree by id. A relationship's product is its component (the first reference), wherever that is installed. */
export function productsOf(tree: Fields): Map<string, CsafProduct> {
  const found = new Map<string, CsafProduct>();
  walk(list(tree.branches), {}, found, 0);
  for (const entry of list(tree.full_product_names)) keep(found, fields(entry), {});
  for (const relationship of eachFields(tree.relationships)) keep(found, fields(relationship.full_product_name), {});
  for (const relationship of eachFields(tree.relationships)) relate(found, relationship);
  return found;
}

function relate(found: Map<string, CsafProduct>, relationship: Fields): void {
  const own = found.get(text(fields(relationship.full_product_name)?.product_id) ?? '');
  const component = found.get(text(relationship.product_reference) ?? '');
  const platform = found.get(text(relationship.relates_to_product_reference) ?? '');
  if (own === undefined || component === undefined) return;
  const on = platform?.on ?? platform;
  const purls = own.purls.length > 0 ? own.purls : component.purls;
  found.set(own.id, { ...component, ...definedOf(own), id: own.id, purls, ...(on === undefined ? {} : { on }) });
}

function definedOf(product: CsafProduct): Partial<CsafProduct> {
  return Object.fromEntries(Object.entries(product).filter(([, value]) => value !== undefined));
}

type Above = { vendor?: string; product?: string; version?: string };

function walk(branches: unknown[], above: Above, found: Map<string, CsafProduct>, depth: number): void {
  if (depth > MAX_DEPTH) throw new Error(`its product tree is nested deeper than ${MAX_DEPTH} levels`);
  for (const entry of branches) {
    const branch = fields(entry) ?? {};
    const here = below(above, text(branch.category), text(branch.name));
    keep(found, fields(branch.product), here);
    walk(list(branch.branches), here, found, depth + 1);
  }
}

function below(above: Above, category: string | undefined, name: string | undefined): Above {
  if (name === undefined) return above;
  switch (category) {
    case 'vendor':
      return { ...above, vendor: name };
    case 'product_name':
      return { ...above, product: name };
    case 'product_family':
      return above.product === undefined ? { ...above, product: name } : above;
    case 'product_version':
    case 'product_version_range':
      return { ...above, version: name };
    case 'service_pack':
    case 'patch_level':
      return { ...above, version: above.version === undefined ? name : `${above.version} ${name}` };
    default:
      return above;
  }
}

function keep(found: Map<string, CsafProduct>, product: Fields | undefined, above: Above): void {
  const id = text(product?.product_id);
  if (product === undefined || id === undefined) return;
  const helper = fields(product.product_identification_helper) ?? {};
  const purls = [...each(helper.purl), ...list(helper.purls)].flatMap((purl) => text(purl) ?? []);
  const cpe = cpeOf(text(helper.cpe));
  found.set(id, { id, fullName: text(product.name) ?? id, ...above, purls, ...(cpe === undefined ? {} : { cpe }) });
}

/** Vendor, product and version of a CPE 2.2 or 2.3 name. */
export function cpeOf(cpe: string | undefined): Cpe | undefined {
  const parts = cpe?.split(/(?<!\\):/) ?? [];
  const [vendor, product, version, update] = parts[1] === '2.3' ? parts.slice(3, 7) : parts.slice(2, 6);
  if (vendor === undefined || product === undefined || product === '*' || product === '') return undefined;
  return {
    vendor: plain(vendor),
    product: plain(product),
    ...(isGiven(version) ? { version: plain(version) } : {}),
    ...(isGiven(update) ? { update: plain(update) } : {}),
  };
}

function isGiven(part: string | undefined): part is string {
  return part !== undefined && !['*', '-', ''].includes(part);
}

function plain(part: string): string {
  return part.replace(/\\/g, '').replaceAll('_', ' ');
}
