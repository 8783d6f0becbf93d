/**
 * pom.xml: the direct dependencies. Properties and managed versions are looked up in the file and in those of its parents that
 * are among the client's files; a version managed anywhere else cannot be decided.
 */
import { type Component, type Reader, type Reading, reading, type Siblings } from './component.ts';
import { each, eachFields, type Fields, fields, text } from './shape.ts';
import type { Span } from './version-range.ts';
import { xmlFields } from './xml.ts';

/** An absence in it holds for direct dependencies alone, so it is marked as such. */
export const readPom: Reader = (path, source, siblings) => {
  const project = fields(xmlFields(source).project);
  if (project === undefined) throw new Error('it is XML, but not a Maven project');
  const lineage = [project, ...parentsOf(project, familyOf(siblings))];
  const properties = new Map(lineage.toReversed().flatMap((each) => [...propertiesOf(each)]));
  for (const [key, value] of propertiesOf(project)) properties.set(key, value);
  const managed = lineage.flatMap((each) =>
    dependencies(fields(each.dependencyManagement)).map((entry) => coordinates(entry, properties)),
  );
  const profiles = each(fields(project.profiles)?.profile).flatMap((profile) => dependencies(fields(profile)));
  const lines = artifactLines(source);
  const components = [...dependencies(project), ...profiles].flatMap((entry): Component[] => {
    const own = coordinates(entry, properties);
    if (own.name === undefined) return [];
    const version = own.version ?? managed.find(({ name, version }) => name === own.name && version !== undefined)?.version;
    const line = lines.get(text(entry.artifactId) ?? '')?.shift() ?? 1;
    return [component(`${path}:${line}`, own.name, version, text(entry.scope) === 'test')];
  });
  const found: Reading = reading(['Maven'], components);
  return { ...found, directOnly: true };
};

type Family = Map<string, Fields>;
const families = new WeakMap<Siblings, Family>();

/** The projects among a client's files, by group and artifact, so that a child finds what its parent manages. */
function familyOf(siblings: Siblings): Family {
  const known = families.get(siblings);
  if (known !== undefined) return known;
  const family: Family = new Map();
  for (const [path, source] of siblings) {
    const project = /pom\.xml$/i.test(path) ? projectIn(source) : undefined;
    const group = text(project?.groupId) ?? text(fields(project?.parent)?.groupId);
    if (project !== undefined) family.set(`${group}:${text(project.artifactId)}`, project);
  }
  families.set(siblings, family);
  return family;
}

/** A neighbour that cannot be read is named where it is read itself. */
function projectIn(source: string): Fields | undefined {
  try {
    return fields(xmlFields(source).project);
  } catch {
    return undefined;
  }
}

function parentsOf(project: Fields, family: Family): Fields[] {
  const found: Fields[] = [];
  for (let parent = fields(project.parent); parent !== undefined && found.length < 20; ) {
    const above = family.get(`${text(parent.groupId)}:${text(parent.artifactId)}`);
    if (above === undefined || found.includes(above)) break;
    found.push(above);
    parent = fields(above.parent);
  }
  return found;
}

function dependencies(holder: Fields | undefined): Fields[] {
  return eachFields(fields(holder?.dependencies)?.dependency);
}

type Coordinates = { name?: string; version?: string };

function coordinates(entry: Fields, properties: Map<string, string>): Coordinates {
  const [group, artifact, version] = [entry.groupId, entry.artifactId, entry.version].map((value) =>
    resolved(text(value), properties),
  );
  if (group === undefined || artifact === undefined) return {};
  return { name: `${group}:${artifact}`, ...(version === undefined ? {} : { version }) };
}

function component(where: string, name: string, version: string | undefined, dev: boolean): Component {
  const base = { ecosystem: 'Maven', name, where, ...(dev ? { dev } : {}) };
  if (version === undefined)
    return { ...base, undecidable: 'its version is managed in a parent or a bill of materials that is not among these files' };
  if (version.includes('${')) return { ...base, undecidable: `its version ${version} is set outside this file` };
  if (/[[(,]/.test(version))
    return {
      ...base,
      undecidable: `the file allows ${version} and does not say which version was taken`,
      possible: mavenSpans(version),
    };
  if (/^(?:LATEST|RELEASE)$/.test(version)) return { ...base, undecidable: `the file asks for ${version}` };
  return { ...base, version };
}

/** `[1.0,2.0),[3.0,)`: Maven's own notation for what is allowed. */
function mavenSpans(text: string): Span[] {
  return [...text.matchAll(/([[(])\s*([^,\])]*?)\s*(?:(,)\s*([^\])]*?)\s*)?([\])])/g)].map(([, open, low, comma, high, close]) => ({
    ...(low ? { low: { version: low, inclusive: open === '[' } } : {}),
    ...((comma === undefined ? low : high)
      ? { high: { version: (comma === undefined ? low : high) ?? '', inclusive: close === ']' } }
      : {}),
  }));
}

function propertiesOf(project: Fields): Map<string, string> {
  const parent = fields(project.parent) ?? {};
  const properties = new Map<string, string>();
  for (const [key, value] of Object.entries(fields(project.properties) ?? {})) {
    const known = text(value);
    if (known !== undefined) properties.set(key, known);
  }
  for (const key of ['version', 'groupId', 'artifactId']) {
    const own = text(project[key]) ?? text(parent[key]);
    const above = text(parent[key]);
    if (own !== undefined) for (const prefix of ['project.', 'pom.', '']) properties.set(`${prefix}${key}`, own);
    if (above !== undefined) properties.set(`project.parent.${key}`, above).set(`parent.${key}`, above);
  }
  return properties;
}

function resolved(value: string | undefined, properties: Map<string, string>): string | undefined {
  let so = value;
  for (let round = 0; round < 10 && so?.includes('${'); round += 1) {
    so = so.replace(/\$\{([^}]+)\}/g, (whole, key: string) => properties.get(key.trim()) ?? whole);
  }
  return so;
}

/** Lines of each artifactId, in order, those of dependencies only as far as text can tell. */
function artifactLines(source: string): Map<string, number[]> {
  const lines = new Map<string, number[]>();
  const body = source.replace(/<!--[\s\S]*?-->/g, (comment) => comment.replace(/[^\n]/g, ' '));
  const managed =
    /<dependencyManagement>[\s\S]*?<\/dependencyManagement>|<exclusions>[\s\S]*?<\/exclusions>|<parent>[\s\S]*?<\/parent>|<build>[\s\S]*?<\/build>/g;
  const visible = body.replace(managed, (part) => part.replace(/[^\n]/g, ' '));
  for (const [at, line] of visible.split('\n').entries()) {
    for (const [, name = ''] of line.matchAll(/<artifactId>\s*([^<\s]+)/g)) lines.set(name, [...(lines.get(name) ?? []), at + 1]);
  }
  return lines;
}
