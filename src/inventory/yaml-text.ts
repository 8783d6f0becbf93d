import { parseAllDocuments } from 'yaml';

/** Parses YAML whose scalars stay texts (version 1.10 is not 1.1); throws one clause. Aliases are limited to refuse bombs. */
export function yamlTexts(source: string): unknown {
  return yamlDocuments(source)[0];
}

/** Every document of a YAML stream. */
export function yamlDocuments(source: string): unknown[] {
  const documents = [...parseAllDocuments(source, { schema: 'failsafe', prettyErrors: true })];
  const broken = documents.flatMap((document) => document.errors)[0];
  if (broken !== undefined) {
    const at = broken.linePos?.[0];
    throw new Error(
      `it is not readable YAML (line ${at?.line ?? 1}, column ${at?.col ?? 1}: ${broken.message.split(' at line ')[0]})`,
    );
  }
  return documents.map((document) => document.toJS({ maxAliasCount: 100 }));
}
