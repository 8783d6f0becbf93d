/** The short form: a product, its versions and the window in which they could be had, as a person types it. */
import { z } from 'zod';
import type { Advisory, Affected } from './advisory.ts';
import { distributionOf } from './distribution.ts';
import { ecosystemOf, isRegistry, PRODUCT } from './ecosystem.ts';
import { parsePurl } from './purl.ts';
import { type Fields, fields, text } from './shape.ts';
import { EVERY_VERSION } from './version-range.ts';
import { versionSet } from './version-text.ts';
import { momentOf } from './window.ts';

const Text = z.union([z.string(), z.number().transform(String)]).transform((value) => value.trim());
const Texts = z.union([z.array(Text), Text.transform((value) => [value])]);
const Moment = Text.refine((value) => momentOf(value) !== undefined, 'is no ISO 8601 date or time');

/** The input as formats.md has it; unknown keys are left alone. */
export const ShortAdvisory = z.object({
  id: Text.pipe(z.string().min(1)),
  product: Texts.optional(),
  package: Texts.optional(),
  publisher: Text.optional(),
  app_id: Texts.optional(),
  versions: Texts.optional(),
  window: z.object({ from: Moment.optional(), to: Moment.optional() }).nullish(),
  ecosystem: Text.optional(),
  source: Text.nullish(),
  as_of: Text.nullish(),
  withdrawn: Text.nullish(),
});

/** It names a product, a package or an app; the other forms have `affected`, `vulnerabilities` or `document`. */
export function isShort(record: Fields): boolean {
  return text(record.id) !== undefined && [record.product, record.package, record.app_id].some((value) => value !== undefined);
}

/** Throws one clause that names the field where the input contradicts the form. */
export function readShort(record: Fields): Advisory {
  const parsed = ShortAdvisory.safeParse(record);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`its field "${issue?.path.join('.') ?? ''}" ${issue?.message ?? 'cannot be read'}`);
  }
  const { id, window, source, as_of: asOf, withdrawn } = parsed.data;
  const names = [...(parsed.data.product ?? []), ...(parsed.data.package ?? [])];
  const affected = (names.length === 0 ? [''] : names).map((name) => affectedOf(parsed.data, name));
  const bounds = { ...(window?.from ? { from: window.from } : {}), ...(window?.to ? { to: window.to } : {}) };
  return {
    id,
    affected,
    ...(Object.keys(bounds).length > 0 ? { window: bounds } : {}),
    ...(source ? { source } : {}),
    ...(asOf ? { asOf } : {}),
    ...(withdrawn && fields(withdrawn) === undefined && withdrawn !== 'false' ? { withdrawn } : {}),
  };
}

function affectedOf(input: z.infer<typeof ShortAdvisory>, name: string): Affected {
  const purl = parsePurl(name);
  const ecosystem = purl?.ecosystem ?? (input.ecosystem === undefined ? PRODUCT : ecosystemOf(input.ecosystem));
  const release = purl?.release ?? distributionOf(input.ecosystem ?? '')?.release;
  const texts = input.versions ?? (purl?.version === undefined ? [] : [purl.version]);
  const versions = texts.length === 0 ? { set: EVERY_VERSION } : versionSet(ecosystem, texts);
  return {
    ecosystem,
    name: purl?.name ?? name,
    ...(release === undefined ? {} : { release }),
    ...(input.publisher === undefined || isRegistry(ecosystem) ? {} : { publisher: input.publisher }),
    ...(input.app_id === undefined ? {} : { alsoNamed: input.app_id }),
    ...('set' in versions
      ? { versions: versions.set }
      : { versions: EVERY_VERSION, undecidable: `the version text "${versions.unreadable}" cannot be read` }),
  };
}
