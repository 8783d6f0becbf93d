/** CycloneDX bills of materials, JSON and XML. The subject itself (`metadata.component`) is the client's own and not listed. */
import type { Component, Problem, Reading } from './component.ts';
import { isRegistry, SOFTWARE } from './ecosystem.ts';
import { sbomComponent } from './sbom-component.ts';
import { each, type Fields, fields, jsonFields, MAX_DEPTH, text } from './shape.ts';
import { xmlFields } from './xml.ts';

/** Throws one clause where the document is none; an entry that names nothing is a problem of its own. */
export function readCycloneDx(path: string, source: string): Reading {
  const bom = source.trimStart().startsWith('<') ? fromXml(source) : jsonFields(source, 'a CycloneDX bill of materials');
  if (text(bom.bomFormat) !== undefined && text(bom.bomFormat) !== 'CycloneDX')
    throw new Error('it is JSON, but not a CycloneDX bill of materials');
  if (text(bom.bomFormat) === undefined && text(bom['@xmlns']) === undefined && !Array.isArray(bom.components))
    throw new Error('it is not a CycloneDX bill of materials');
  if (bom.components !== undefined && !Array.isArray(bom.components)) throw new Error('its "components" is not a list');
  const writtenAt = text(fields(bom.metadata)?.timestamp);
  const found: Reading = {
    components: [],
    covers: [],
    problems: [],
    bill: true,
    ...(writtenAt === undefined ? {} : { writtenAt }),
  };
  collect(path, each(bom.components), 'components', found, 0);
  return {
    ...found,
    covers: [
      ...new Set(found.components.map(({ ecosystem }) => ecosystem).filter(isRegistry)),
      ...(listsApplications(bom) ? [SOFTWARE] : []),
    ],
  };
}

/** A bill of a machine lists its applications; one of a project lists libraries and says nothing about installed software. */
function listsApplications(bom: Fields): boolean {
  return each(bom.components).some((entry) => {
    const { type, '@type': attribute, purl } = fields(entry) ?? {};
    return (
      text(purl) === undefined && /^(?:application|operating-system|firmware|device)$/.test(text(type) ?? text(attribute) ?? '')
    );
  });
}

function fromXml(source: string): Fields {
  const bom = fields(xmlFields(source).bom);
  if (bom === undefined) throw new Error('it is XML, but not a CycloneDX bill of materials');
  return { ...bom, components: each(fields(bom.components)?.component) };
}

function collect(
  path: string,
  entries: unknown[],
  place: string,
  into: { components: Component[]; problems: Problem[] },
  depth: number,
): void {
  if (depth > MAX_DEPTH) throw new Error(`its components are nested deeper than ${MAX_DEPTH} levels`);
  for (const [at, value] of entries.entries()) {
    const entry = fields(value) ?? {};
    const key = text(entry['bom-ref']) ?? text(entry['@bom-ref']) ?? text(entry.purl) ?? `${place}/${at}`;
    const component = componentOf(`${path}#${key}`, entry);
    if (component === undefined)
      into.problems.push({
        file: path,
        message: `Its entry ${place}/${at} has neither a name nor a package URL; it was skipped.`,
        loses: ['*'],
      });
    else into.components.push(component);
    const inner = entry.components;
    collect(path, Array.isArray(inner) ? inner : each(fields(inner)?.component), `${place}/${at}/components`, into, depth + 1);
  }
}

function componentOf(where: string, entry: Fields): Component | undefined {
  const name = [text(entry.group), text(entry.name)].filter((part) => part !== undefined).join('/');
  const publisher =
    text(entry.publisher) ?? text(fields(entry.supplier)?.name) ?? text(fields(entry.manufacturer)?.name) ?? text(entry.author);
  const component = sbomComponent({
    where,
    ...optional({
      name: name === '' ? undefined : name,
      version: text(entry.version),
      publisher,
      purl: text(entry.purl),
      cpe: text(entry.cpe),
    }),
  });
  return component === undefined || text(entry.scope) !== 'excluded' ? component : { ...component, dev: true };
}

/** Leaves out what is undefined. */
export function optional<T extends Record<string, string | undefined>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: string };
}
