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

export const manifestFile = (path: string, bytes: Uint8Array): ManifestFile => ({
  path,
  sha256: digestOf(bytes),
  bytes: bytes.length,
});

export const manifestBytes = (manifest: Manifest): Uint8Array => utf8(`${JSON.stringify(manifest, null, 2)}\n`);

/** What the verifier needs of a manifest; anything else in it is only shown. */
export type Declared = { files: ManifestFile[]; withheld: Set<number>; redacted: Set<string> };

/** Reads the manifest and holds every file against its digest. */
export function readManifest(pack: PackFiles): { declared: Declared; problems: Problem[] } {
  const bytes = pack.get(MANIFEST);
  const json = bytes === undefined ? undefined : objectOf(bytes);
  const declared = json === undefined ? undefined : declaredIn(json);
  if (declared === undefined) {
    const message = bytes === undefined ? 'manifest.json is missing.' : 'manifest.json is not the manifest of a pack.';
    return {
      declared: { files: [], withheld: new Set(), redacted: new Set() },
      problems: [{ kind: 'file', file: MANIFEST, message }],
    };
  }
  return { declared, problems: [...digests(pack, declared.files), ...unlisted(pack, declared.files)] };
}

function declaredIn(json: Record<string, unknown>): Declared | undefined {
  const { format, files, withheld, redacted } = json;
  if (format !== 'firebreak-pack' || !Array.isArray(files) || !files.every(isManifestFile)) return undefined;
  if (!Array.isArray(withheld) || !Array.isArray(redacted)) return undefined;
  return {
    files,
    withheld: new Set(withheld.filter(isObject).map(({ seq }) => Number(seq))),
    redacted: new Set(redacted.filter(isObject).flatMap(({ seq, fields }) => listOf(fields).map((field) => `${seq} ${field}`))),
  };
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const isManifestFile = (value: unknown): value is ManifestFile =>
  isObject(value) && typeof value.path === 'string' && typeof value.sha256 === 'string';

function digests(pack: PackFiles, files: ManifestFile[]): Problem[] {
  return files.flatMap(({ path, sha256: digest }): Problem[] => {
    const bytes = pack.get(path);
    if (bytes === undefined) return [{ kind: 'file', file: path, message: `${path} is missing.` }];
    if (digestOf(bytes) === digest) return [];
    return [{ kind: 'file', file: path, message: `${path} is not the file that manifest.json lists: its SHA-256 differs.` }];
  });
}

function unlisted(pack: PackFiles, files: ManifestFile[]): Problem[] {
  const listed = new Set(files.map(({ path }) => path));
  return [...pack.keys()]
    .filter((path) => path !== MANIFEST && !listed.has(path))
    .map(
      (path): Problem => ({ kind: 'file', file: path, message: `${path} is no part of the pack: manifest.json does not list it.` }),
    );
}
