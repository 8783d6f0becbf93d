/** Advisories by what they name, so that a component finds those that speak of it without asking each. */
import type { Advisory, Affected } from './advisory.ts';
import type { Component } from './component.ts';
import { otherRelease } from './distribution.ts';
import { isRegistry, OAUTH, PRODUCT, SOFTWARE, sameName } from './ecosystem.ts';
import { productSpellings, sameMaker } from './product.ts';

/** One entry of an advisory; `at` is the place of the advisory in the list given. */
export type Entry = { at: number; affected: Affected };

/** By registry and name for packages, by spelling for products. */
export type Catalogue = {
  /** By ecosystem, then by name. */
  packages: Map<string, Map<string, Entry[]>>;
  products: Map<string, Entry[]>;
  /** Spellings already worked out: the same software stands on many machines of many clients. */
  spelled: Map<string, string[]>;
};

/** A withdrawn advisory is left out: it exposes nobody. */
export function catalogue(advisories: Advisory[]): Catalogue {
  const found: Catalogue = { packages: new Map(), products: new Map(), spelled: new Map() };
  for (const [at, advisory] of advisories.entries()) {
    if (advisory.withdrawn !== undefined) continue;
    for (const affected of advisory.affected) {
      const entry = { at, affected };
      if (isRegistry(affected.ecosystem)) filePackage(found, affected, entry);
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

function filePackage(index: Catalogue, { ecosystem, name }: Affected, entry: Entry): void {
  const names = index.packages.get(ecosystem) ?? new Map<string, Entry[]>();
  index.packages.set(ecosystem, names);
  file(names, sameName(ecosystem, name), entry);
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
  if (isRegistry(component.ecosystem)) return packageEntries(index, component);
  if (index.products.size === 0) return [];
  const ids = (component.alsoNamed ?? []).map(exactly);
  const byId = ids.flatMap((id) => index.products.get(id) ?? []);
  const spellings = [component.name, ...(component.alsoNamed ?? [])].flatMap((name) => spelled(index, name, component));
  const byName = spellings
    .flatMap((spelling) => index.products.get(spelling) ?? [])
    .filter(({ affected }) => speaksOf(affected, component));
  if (byId.length + byName.length === 0) return [];
  return [...new Set([...byId, ...byName])].filter(({ affected }) => kindAgrees(affected.ecosystem, component.ecosystem));
}

const NONE: Entry[] = [];

function packageEntries(index: Catalogue, { ecosystem, name, alsoNamed, release }: Component): Entry[] {
  const names = index.packages.get(ecosystem);
  if (names === undefined) return NONE;
  const own = names.get(sameName(ecosystem, name)) ?? NONE;
  if (release !== undefined) return releaseEntries(names, own, alsoNamed ?? [], release);
  return alsoNamed === undefined ? own : own.concat(alsoNamed.flatMap((other) => names.get(sameName(ecosystem, other)) ?? NONE));
}

/** A distribution's advisory speaks of one release; a binary package is looked up by its source package too. */
function releaseEntries(names: Map<string, Entry[]>, own: Entry[], alsoNamed: string[], release: string): Entry[] {
  const all = [...own, ...alsoNamed.flatMap((name) => names.get(name) ?? NONE)];
  return all.filter(({ affected }) => !otherRelease(affected.release, release));
}

function spelled(index: Catalogue, name: string, { publisher, version }: Component): string[] {
  const own = version !== undefined && name.includes(version) ? version : undefined;
  const key = `${name}\n${publisher ?? ''}\n${own ?? ''}`;
  const known = index.spelled.get(key);
  if (known !== undefined) return known;
  const made = productSpellings(name, publisher, own);
  index.spelled.set(key, made);
  return made;
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
