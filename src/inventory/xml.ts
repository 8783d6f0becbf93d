import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { type Fields, fields } from './shape.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  attributeNamePrefix: '@',
});

/** Parses XML whose values stay texts; throws one clause. Document types are refused: they are how entity bombs come. */
export function xmlFields(source: string): Fields {
  if (/<!(?:DOCTYPE|ENTITY)\b/i.test(source)) throw new Error('it declares a document type or entities, which is refused');
  const validity = XMLValidator.validate(source);
  if (validity !== true) throw new Error(`it is not readable XML (line ${validity.err.line}: ${validity.err.msg})`);
  return fields(parser.parse(source)) ?? {};
}
