/** Advisories by what they name, so that a component finds those that speak of it without asking each. */
import type { Advisory, Affected } from './advisory.ts';
import type { Component } from './component.ts';
import { isRegistry, OAUTH, PRODUCT, packageKey, SOFTWARE } from './ecosystem.ts';
import { productSpellings, sameMaker } from './product.ts';

export type Entry = { at: number; affected: Affected };

/** By registry and name for packages, by spelling for products. */
export type Catalogue = { packages: Map<string, Entry[]>; products: Map<string, Entry[]> };

export function catalogue(advisories: Advisory[]): Catalogue {
  const found: Catalogue = { packages: new Map(), products: new Map() };
  for (const [at, advisory] of advisories.entries()) {
    if (advisory.withdrawn !== undefined) continue;
    for (const affected of advisory.affected) {
      const entry = { at, affected };
      if (isRegistry(affected.ecosystem)) file(found.packages, packageKey(affected.ecosystem, affected.name), entry);
      else for (const spelling of spellingsOf(affected)) file(found.products, spelling, entry);
    }
  }
  return found;
}

function file(index: Map<string, Entry[]>, key: string, entry: Entry): void {
  const entries = index.get(key);
  if (entries === undefined) index.set(key, [entry]);
  else entries.push(entry);
}

function spellingsOf(affected: Affected): Set<string> {
  const names = [affected.name, ...(affected.alsoNamed ?? [])].filter((name) => name !== '');
  return new Set(
    names.flatMap((name) => productSpellings(name, affected.publisher)).concat((affected.alsoNamed ?? []).map(exactly)),
  );
}

/** An app id is looked up as it stands. */
function exactly(id: string): string {
  return `=${id.trim().toLowerCase()}`;
}

/** Every entry that names this component. Packages never match by product name, products never by package name. */
export function entriesFor(index: Catalogue, component: Component): Entry[] {
  if (isRegistry(component.ecosystem)) {
    return [component.name, ...(component.alsoNamed ?? [])].flatMap(
      (name) => index.packages.get(packageKey(component.ecosystem, name)) ?? [],
    );
  }
  if (index.products.size === 0) return [];
  const spellings = new Set(productSpellings(component.name, component.publisher, component.version));
  const ids = (component.alsoNamed ?? []).map(exactly);
  for (const name of component.alsoNamed ?? [])
    for (const spelling of productSpellings(name, component.publisher)) spellings.add(spelling);
  const byId = ids.flatMap((id) => index.products.get(id) ?? []);
  const byName = [...spellings]
    .flatMap((spelling) => index.products.get(spelling) ?? [])
    .filter(({ affected }) => speaksOf(affected, component));
  return [...new Set([...byId, ...byName])].filter(({ affected }) => kindAgrees(affected.ecosystem, component.ecosystem));
}

function speaksOf(affected: Affected, component: Component): boolean {
  return (
    affected.publisher === undefined || component.publisher === undefined || sameMaker(affected.publisher, component.publisher)
  );
}

/** An advisory about software speaks of its connected app too; one about an OAuth app speaks of grants alone. */
function kindAgrees(advised: string, own: string): boolean {
  return advised === PRODUCT || advised === own || (advised === SOFTWARE && own === OAUTH);
}
