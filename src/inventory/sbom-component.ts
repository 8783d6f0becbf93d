/** What CycloneDX and SPDX have in common: a component is a package URL, or a product with a name. */
import type { Component } from './component.ts';
import { cpeOf } from './csaf-product.ts';
import { SOFTWARE } from './ecosystem.ts';
import { type Purl, parsePurl, seriesSpan } from './purl.ts';
import { actionComponent } from './workflow.ts';

/** The fields of an entry that matter, from either format. */
export type SbomEntry = { where: string; name?: string; version?: string; publisher?: string; purl?: string; cpe?: string };

/** The component an entry stands for; undefined where it names nothing that could be matched. */
export function sbomComponent(entry: SbomEntry): Component | undefined {
  const purl = entry.purl === undefined ? undefined : parsePurl(entry.purl);
  if (purl !== undefined && purl.ecosystem !== SOFTWARE) return fromPurl(entry.where, purl, entry.version);
  const cpe = cpeOf(entry.cpe);
  const name = entry.name ?? cpe?.product;
  if (name === undefined) return undefined;
  const version = entry.version ?? purl?.version ?? cpe?.version;
  const publisher = entry.publisher ?? cpe?.vendor;
  return {
    ecosystem: SOFTWARE,
    name,
    where: entry.where,
    ...(version === undefined ? { undecidable: 'the bill of materials gives no version' } : { version }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(cpe === undefined || cpe.product === name.toLowerCase() ? {} : { alsoNamed: [cpe.product] }),
  };
}

function fromPurl(where: string, purl: Purl, listed: string | undefined): Component {
  const version = purl.version ?? listed;
  if (version === undefined)
    return { ecosystem: purl.ecosystem, name: purl.name, where, undecidable: 'its package URL carries no version' };
  if (purl.ecosystem === 'GitHub Actions') return actionComponent(where, purl.name.split('/').slice(0, 2).join('/'), version);
  const span = seriesSpan(purl.ecosystem, version);
  const { ecosystem, name, release, alsoNamed } = purl;
  const base = {
    ecosystem,
    name,
    version,
    where,
    ...(release === undefined ? {} : { release }),
    ...(alsoNamed === undefined ? {} : { alsoNamed }),
  };
  return span === undefined
    ? base
    : { ...base, undecidable: `the version "${version}" is imprecise and stands for a series`, possible: [span] };
}
