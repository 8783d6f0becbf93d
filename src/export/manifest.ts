import { toHex, utf8 } from '../record/bytes.ts';
import { sha256 } from '../record/sha256.ts';
import { isObject, objectOf, type PackFiles } from './files.ts';
import type { Problem } from './verdict.ts';

export type ManifestFile = { path: string; sha256: string; bytes: number };

/** What is missing from a pack on purpose, and why. */
export type Withheld = { seq: number; reason: string };
export type Redacted = { seq: number; fields: string[]; reason: string };

/** `manifest.json`: what the exporter says is in the pack. Nothing signs it: it finds accidents, not liars. */
export type Manifest = {
  format: 'firebreak-pack';
  v: 1;
  record: string;
  of: string;
  title: string;
  entries: number;
  root: string;
  zone: string;
  drill: boolean;
  audience: string;
  exported?: { at: string; by: string };
  files: ManifestFile[];
  withheld: Withheld[];
  redacted: Redacted[];
};

export const MANIFEST = 'manifest.json';

export const digestOf = (bytes: Uint8Array): string => toHex(sha256(bytes));

/** The same digest by the machine's own code: evidence can be large. Where the page may not use it, by ours. */
export async function nativeDigest(bytes: Uint8Array): Promise<string> {
  try {
    return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes))));
  } catch {
    return digestOf(bytes);
  }
}

export const manifestFile = (path: string, bytes: Uint8Array): ManifestFile => ({
  path,
  sha256: digestOf(bytes),
  bytes: bytes.length,
});

export const manifestBytes = (manifest: Manifest): Uint8Array => utf8(`${JSON.stringify(manifest, null, 2)}\n`);

/** What the verifier needs of a manifest; anything else in it is only shown. */
export type Declared = {
  files: ManifestFile[];
  withheld: Set<number>;
  redacted: Set<string>;
  /** What it repeats of the record; it must be what the record says. */
  claims: { record: unknown; of: unknown; entries: unknown; root: unknown; drill: unknown };
};

const NOTHING: Declared = {
  files: [],
  withheld: new Set(),
  redacted: new Set(),
  claims: { record: undefined, of: undefined, entries: undefined, root: undefined, drill: undefined },
};

/** Reads the manifest and holds every file against its digest. */
export async function readManifest(pack: PackFiles): Promise<{ declared: Declared; problems: Problem[] }> {
  const bytes = pack.get(MANIFEST);
  const json = bytes === undefined ? undefined : objectOf(bytes);
  const declared = json === undefined ? undefined : declaredIn(json);
  if (declared === undefined) {
    const message = bytes === undefined ? 'is missing' : 'is not the manifest of a pack';
    return {
      declared: NOTHING,
      problems: [fileProblem(MANIFEST, message)],
    };
  }
  return { declared, problems: [...(await digests(pack, declared.files)), ...unlisted(pack, declared.files)] };
}

function declaredIn(json: Record<string, unknown>): Declared | undefined {
  const { format, files, withheld, redacted } = json;
  if (format !== 'firebreak-pack' || !Array.isArray(files) || !files.every(isManifestFile)) return undefined;
  if (!Array.isArray(withheld) || !Array.isArray(redacted)) return undefined;
  return {
    files,
    claims: { record: json.record, of: json.of, entries: json.entries, root: json.root, drill: json.drill },
    withheld: new Set(withheld.filter(isObject).map(({ seq }) => Number(seq))),
    redacted: new Set(redacted.filter(isObject).flatMap(({ seq, fields }) => listOf(fields).map((field) => `${seq} ${field}`))),
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const isManifestFile = (value: unknown): value is ManifestFile =>
  isObject(value) && typeof value.path === 'string' && typeof value.sha256 === 'string';

async function digests(pack: PackFiles, files: ManifestFile[]): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { path, sha256: digest } of files) {
    const bytes = pack.get(path);
    if (bytes === undefined) problems.push(fileProblem(path, 'is missing'));
    else if ((await nativeDigest(bytes)) !== digest)
      problems.push(fileProblem(path, 'is not the file that manifest.json lists: its SHA-256 differs'));
  }
  return problems;
}

const fileProblem = (path: string, says: string): Problem => ({ kind: 'file', file: path, message: `${path} ${says}.` });

function unlisted(pack: PackFiles, files: ManifestFile[]): Problem[] {
  const listed = new Set(files.map(({ path }) => path));
  return [...pack.keys()]
    .filter((path) => path !== MANIFEST && !listed.has(path))
    .map((path) => fileProblem(path, 'is no part of the pack: manifest.json does not list it'));
}

/** A reader looks at the manifest first: what it says of the record must be what the record says. */
export function claimProblems(
  { claims, files }: Declared,
  record: Omit<Declared['claims'], 'drill'> & { drill: boolean | undefined },
): Problem[] {
  if (files.length === 0) return [];
  const names = ['record', 'of', 'entries', 'root', 'drill'] as const;
  return names
    .filter((name) => record[name] !== undefined && claims[name] !== record[name])
    .map((name) =>
      fileProblem(MANIFEST, `says "${name}": ${JSON.stringify(claims[name])}, and the record ${JSON.stringify(record[name])}`),
    );
}
