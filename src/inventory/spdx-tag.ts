/** SPDX 2 as tag-value text: turned into the JSON form, which is read by the one reader. */
import type { Reader } from './component.ts';
import { readSpdx } from './spdx.ts';

type Package = Record<string, unknown> & { externalRefs: { referenceType: string; referenceLocator: string }[] };

const FIELDS: Record<string, string> = {
  SPDXID: 'SPDXID',
  PackageVersion: 'versionInfo',
  PackageSupplier: 'supplier',
};

/** A package starts with its name; a multi-line `<text>` holds nothing that is matched. Throws one clause where it is none. */
export const readSpdxTags: Reader = (path, source) => {
  const document: Record<string, unknown> & { packages: Package[]; documentDescribes: string[] } = {
    packages: [],
    documentDescribes: [],
  };
  let own: Package | undefined;
  for (const line of source.replace(/<text>[\s\S]*?<\/text>/g, '').split(/\r?\n/)) {
    const [, tag = '', value = ''] = /^\s*(\w+):\s*(.*?)\s*$/.exec(line) ?? [];
    if (tag === 'SPDXVersion') document.spdxVersion = value;
    else if (tag === 'Created') document.creationInfo = { created: value };
    else if (tag === 'Relationship') describes(value, document.documentDescribes);
    else if (tag === 'PackageName') {
      own = { name: value, externalRefs: [] };
      document.packages.push(own);
    } else if (/^(?:FileName|SnippetSPDXID|LicenseID)$/.test(tag)) own = undefined;
    else if (own !== undefined) addTag(own, tag, value);
  }
  if (document.spdxVersion === undefined) throw new Error('it is text, but not an SPDX tag-value document');
  return readSpdx(path, JSON.stringify(document));
};

function describes(value: string, into: string[]): void {
  const found = /^SPDXRef-DOCUMENT\s+DESCRIBES\s+(\S+)$/.exec(value)?.[1];
  if (found !== undefined) into.push(found);
}

function addTag(own: Package, tag: string, value: string): void {
  const field = FIELDS[tag];
  const reference = tag === 'ExternalRef' ? /^\S+\s+(\S+)\s+(\S+)$/.exec(value) : null;
  if (field !== undefined) own[field] = value;
  if (reference?.[1] !== undefined && reference[2] !== undefined)
    own.externalRefs.push({ referenceType: reference[1], referenceLocator: reference[2] });
}
