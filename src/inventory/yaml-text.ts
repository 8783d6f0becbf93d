import { parseDocument } from 'yaml';

/** Parses YAML whose scalars stay texts (version 1.10 is not 1.1); throws one clause. Aliases are limited to refuse bombs. */
export function yamlTexts(source: string): unknown {
  const document = parseDocument(source, { schema: 'failsafe', prettyErrors: true });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const at = broken.linePos?.[0];
    throw new Error(
      `it is not readable YAML (line ${at?.line ?? 1}, column ${at?.col ?? 1}: ${broken.message.split(' at line ')[0]})`,
    );
  }
  return document.toJS({ maxAliasCount: 100 });
}
