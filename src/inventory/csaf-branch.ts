/**
 * What a product's name and its neighbours say about a version range. Siemens and Microsoft keep a product per series
 * (`Teamcenter Visualization V14.3`: `< V14.3.0.13`), which says nothing about other series; others list one range per
 * maintained branch, each with its fix (`< 10.2.35`, `< 11.0.21`).
 */
import type { Bound, Span, VersionSet } from './version-range.ts';

/** The product's plain name beside the one with its series or a remark (`Microsoft Edge (Chromium-based)`). */
export function plainNames(name: string): string[] {
  const plain = name
    .replace(/\s*\([^()]*\)/g, '')
    .replace(/\s+for\s+(?:x64|x86|32-bit|64-bit|arm64)-?(?:based)?\s*systems$/i, '')
    .replace(/\s+version\s+\S+$/i, '')
    .replace(/\s+V?\d+(?:\.\d+)*$/i, (series) => (/windows/i.test(name) ? series : ''))
    .trim();
  const bare = name.replace(/\sV(?=\d)/g, ' ');
  return [...new Set([plain, bare])].filter((other) => other !== '' && other !== name);
}

/** A range of a product that is kept per series, within that series: from its first version, up to the next series. */
export function withinSeries(name: string, set: VersionSet): VersionSet {
  const series = seriesOf(name, set);
  if (series === undefined || set.exact.length > 0) return set;
  const low = { version: series, inclusive: true };
  const high = { version: after(series), inclusive: false };
  return { ...set, spans: set.spans.map((span) => ({ low: span.low ?? low, high: span.high ?? high })) };
}

function seriesOf(name: string, { spans }: VersionSet): string | undefined {
  const bound = spans[0]?.high?.version ?? '';
  if (/^(?:microsoft )?windows\b/i.test(name)) return /^(\d+\.\d+\.\d+)\.\d+$/.exec(bound)?.[1];
  const series = /\sV?(\d+(?:\.\d+)*)$/i.exec(name)?.[1];
  if (series === undefined || spans.length === 0) return undefined;
  return spans.every(({ high }) => high === undefined || high.version.replace(/^v/i, '').startsWith(`${series}.`))
    ? series
    : undefined;
}

/** The first version behind a series: `14.4` after `14.3`. */
function after(series: string): string {
  const parts = series.split('.');
  const last = BigInt(parts.pop() ?? '0') + 1n;
  return [...parts, String(last)].join('.');
}

/**
 * Ranges without a lower end, each with its own fix, are branches: what lies between a fix and the end of its branch is
 * fixed. Everything else stays as wide as it was written.
 */
export function branched(highs: Bound[], fixed: string[]): Span[] {
  const spans: Span[] = [];
  let low: Bound | undefined;
  for (const high of highs) {
    spans.push(low === undefined ? { high } : { low, high });
    const branch = /^v?(\d+(?:\.\d+)+)\.\d+$/i.exec(high.version)?.[1];
    low = fixed.includes(high.version) && branch !== undefined ? { version: after(branch), inclusive: true } : undefined;
  }
  return spans;
}
