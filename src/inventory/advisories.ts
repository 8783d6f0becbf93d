/** Reads an advisory file: OSV, GitHub, CSAF or the short form, as JSON or YAML, one or many of them. */
import type { Advisory } from './advisory.ts';
import { isCsaf, readCsaf } from './csaf.ts';
import { isGhsa, readGhsa } from './ghsa.ts';
import { isOsv, readOsv } from './osv.ts';
import { eachFields, type Fields, fields, list } from './shape.ts';
import { isShort, readShort } from './short-advisory.ts';
import { yamlDocuments } from './yaml-text.ts';

/**
 * All advisories of one file. Throws an Error with one sentence that starts with the path where the file, or one of its
 * advisories, cannot be read: half an answer to "are we exposed" would be none.
 */
export function readAdvisories(path: string, source: string): Advisory[] {
  const records = recordsOf(path, source);
  if (records.length === 0) throw new Error(`${path} holds no advisory.`);
  return records.map((record) => {
    try {
      return readOne(record);
    } catch (error) {
      throw new Error(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
    }
  });
}

function readOne(record: Fields): Advisory {
  if (isCsaf(record)) return readCsaf(record);
  if (isGhsa(record)) return readGhsa(record);
  if (isOsv(record)) return readOsv(record);
  if (isShort(record)) return readShort(record);
  throw new Error('it is neither OSV, a GitHub advisory, CSAF 2.0 nor the short form (id, product, versions)');
}

function recordsOf(path: string, source: string): Fields[] {
  const values = /^\s*[[{]/.test(source) ? fromJson(path, source) : fromYaml(path, source);
  return values
    .flatMap(unpacked)
    .filter((value) => fields(value) !== undefined)
    .flatMap(eachFields);
}

function unpacked(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  const record = fields(value);
  for (const key of ['vulns', 'advisories']) if (Array.isArray(record?.[key])) return list(record[key]);
  return [value];
}

function fromJson(path: string, source: string): unknown[] {
  try {
    return [JSON.parse(source)];
  } catch (error) {
    try {
      return yamlDocuments(source);
    } catch {
      throw new Error(`${path} is not readable JSON: ${error instanceof Error ? error.message : 'syntax error'}.`);
    }
  }
}

function fromYaml(path: string, source: string): unknown[] {
  try {
    return yamlDocuments(source);
  } catch (error) {
    throw new Error(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
