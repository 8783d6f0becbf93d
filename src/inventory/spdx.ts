/** SPDX bills of materials as JSON: version 2 (`packages`, or inside `sbom` as GitHub hands it out) and 3 (`@graph`). */
import type { Component, Problem, Reading } from './component.ts';
import { optional } from './cyclonedx.ts';
import { isRegistry } from './ecosystem.ts';
import { sbomComponent } from './sbom-component.ts';
import { each, eachFields, type Fields, fields, jsonFields, list, text } from './shape.ts';

/** Throws one clause where the document is none; a package that names nothing is a problem of its own. */
export function readSpdx(path: string, source: string): Reading {
  const whole = jsonFields(source, 'an SPDX document');
  const document = fields(whole.sbom) ?? whole;
  const graph = document['@graph'];
  if (text(document.spdxVersion) === undefined && !Array.isArray(graph)) throw new Error('it is JSON, but not an SPDX document');
  if (document.packages !== undefined && !Array.isArray(document.packages)) throw new Error('its "packages" is not a list');
  const entries = Array.isArray(graph)
    ? fromGraph(path, graph)
    : list(document.packages).map((entry) => fromPackage(path, fields(entry) ?? {}));
  const subject = entries.length > 1 ? subjectOf(document) : undefined;
  const components: Component[] = [];
  const problems: Problem[] = [];
  for (const [at, entry] of entries.entries()) {
    const component = sbomComponent(entry);
    if (component === undefined)
      problems.push({
        file: path,
        message: `Its package ${at} has neither a name nor a package URL; it was skipped.`,
        loses: ['*'],
      });
    else if (entry.where !== `${path}#${subject}`) components.push(component);
  }
  const writtenAt = text(fields(document.creationInfo)?.created);
  return {
    components,
    covers: [...new Set(components.map(({ ecosystem }) => ecosystem).filter(isRegistry))],
    problems,
    bill: true,
    ...(writtenAt === undefined ? {} : { writtenAt }),
  };
}

/** The one element the document describes is the client's own software and not listed; several are not its subject. */
function subjectOf(document: Fields): string | undefined {
  const byRelationship = eachFields(document.relationships).filter(({ relationshipType }) => relationshipType === 'DESCRIBES');
  const described = new Set(
    [...list(document.documentDescribes), ...byRelationship.map(({ relatedSpdxElement }) => relatedSpdxElement)].map(text),
  );
  return described.size === 1 ? [...described][0] : undefined;
}

function fromPackage(path: string, entry: Fields) {
  const references = list(entry.externalRefs).map((reference) => fields(reference) ?? {});
  const locator = (kind: RegExp) =>
    text(references.find((reference) => kind.test(text(reference.referenceType) ?? ''))?.referenceLocator);
  const supplier = text(entry.supplier)?.replace(/^(?:Organization|Person):\s*/, '');
  return {
    where: `${path}#${text(entry.SPDXID) ?? text(entry.name) ?? ''}`,
    ...optional({
      name: text(entry.name),
      version: asserted(text(entry.versionInfo)),
      publisher: asserted(supplier),
      purl: locator(/purl$/i),
      cpe: locator(/cpe2[23]type$/i),
    }),
  };
}

function fromGraph(path: string, graph: unknown[]) {
  return graph.flatMap((value) => {
    const entry = fields(value) ?? {};
    if (!/(?:^|_)Package$/i.test(text(entry.type) ?? text(entry['@type']) ?? '')) return [];
    const identifiers = each(entry.externalIdentifier).map((identifier) => fields(identifier) ?? {});
    const found = text(
      identifiers.find((identifier) => /packageUrl/i.test(text(identifier.externalIdentifierType) ?? ''))?.identifier,
    );
    const version = text(entry.software_packageVersion) ?? text(entry.packageVersion);
    const purl = text(entry.software_packageUrl) ?? text(entry.packageUrl) ?? found;
    return [
      {
        where: `${path}#${text(entry.spdxId) ?? text(entry['@id']) ?? ''}`,
        ...optional({ name: text(entry.name), version: asserted(version), purl }),
      },
    ];
  });
}

function asserted(value: string | undefined): string | undefined {
  return value === 'NOASSERTION' || value === 'NONE' ? undefined : value;
}
