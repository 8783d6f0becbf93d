import { asBoundSees, orderFor } from './version.ts';

/** An end of a span, itself inside or not. */
export type Bound = { version: string; inclusive: boolean };

/** From `low` to `high`; a missing side is unbounded. */
export type Span = { low?: Bound; high?: Bound };

/** Which versions something speaks of: one of the spans or of the exact ones, less the exceptions. */
export type VersionSet = { spans: Span[]; exact: string[]; except: string[] };

export const EVERY_VERSION: VersionSet = { spans: [{}], exact: [], except: [] };

/** Whether no version at all is left out. */
export function isEvery(set: VersionSet): boolean {
  return set.except.length === 0 && set.spans.some(({ low, high }) => low === undefined && high === undefined);
}

/** `undecidable` is an answer of its own: it becomes unknown, never no. */
export type Verdict = 'yes' | 'no' | 'undecidable';

/**
 * Whether a version is in a set, in the ecosystem's own order. Prereleases are in a range like any other version, as
 * OSV has it. `undecidable` where the texts cannot be ordered and no exact text decides.
 */
export function holds(ecosystem: string, set: VersionSet, version: string): Verdict {
  if (isEvery(set)) return 'yes';
  if (set.except.some((text) => same(ecosystem, version, text))) return 'no';
  if (set.exact.some((text) => same(ecosystem, version, text))) return 'yes';
  const verdicts = set.spans.map((span) => within(ecosystem, span, version));
  if (verdicts.includes('yes')) return 'yes';
  return verdicts.includes('undecidable') || (set.spans.length === 0 && !orderable(ecosystem, version, set)) ? 'undecidable' : 'no';
}

/** An exact list without an order (an unknown ecosystem) still decides by equal texts. */
function orderable(ecosystem: string, version: string, set: VersionSet): boolean {
  const order = orderFor(ecosystem);
  return order === undefined || set.exact.length === 0 || order(version, version) !== undefined;
}

function same(ecosystem: string, version: string, text: string): boolean {
  if (version === text) return true;
  return orderFor(ecosystem)?.(asBoundSees(ecosystem, version, text), text) === 0;
}

function within(ecosystem: string, { low, high }: Span, version: string): Verdict {
  const above = low === undefined ? 'yes' : beyond(ecosystem, version, low, 1);
  if (above === 'no') return 'no';
  const below = high === undefined ? 'yes' : beyond(ecosystem, version, high, -1);
  if (below === 'no') return 'no';
  return above === 'yes' && below === 'yes' ? 'yes' : 'undecidable';
}

function beyond(ecosystem: string, version: string, bound: Bound, sign: 1 | -1): Verdict {
  const order = orderFor(ecosystem)?.(asBoundSees(ecosystem, version, bound.version), bound.version);
  if (order === undefined) return 'undecidable';
  return order === 0 ? (bound.inclusive ? 'yes' : 'no') : order * sign > 0 ? 'yes' : 'no';
}

/** How what a requirement allows lies to a set: wholly inside, wholly apart, or neither can be said. */
export function overlap(ecosystem: string, set: VersionSet, possible: Span[]): 'inside' | 'apart' | 'partly' {
  if (isEvery(set)) return 'inside';
  const spans = [...set.spans, ...set.exact.map((version) => pointAt(version))];
  if (possible.every((span) => spans.every((other) => disjoint(ecosystem, span, other)))) return 'apart';
  const inside = possible.every((span) => set.spans.some((other) => covers(ecosystem, other, span)));
  return inside && set.except.length === 0 ? 'inside' : 'partly';
}

/** The span of one version. */
export function pointAt(version: string): Span {
  const bound = { version, inclusive: true };
  return { low: bound, high: bound };
}

function disjoint(ecosystem: string, a: Span, b: Span): boolean {
  return before(ecosystem, a.high, b.low) || before(ecosystem, b.high, a.low);
}

function before(ecosystem: string, high: Bound | undefined, low: Bound | undefined): boolean {
  if (high === undefined || low === undefined) return false;
  const order = orderFor(ecosystem)?.(high.version, low.version);
  return order !== undefined && (order < 0 || (order === 0 && !(high.inclusive && low.inclusive)));
}

function covers(ecosystem: string, outer: Span, inner: Span): boolean {
  return reaches(ecosystem, outer.low, inner.low, -1) && reaches(ecosystem, outer.high, inner.high, 1);
}

function reaches(ecosystem: string, outer: Bound | undefined, inner: Bound | undefined, sign: 1 | -1): boolean {
  if (outer === undefined) return true;
  if (inner === undefined) return false;
  const order = orderFor(ecosystem)?.(outer.version, inner.version);
  if (order === undefined) return false;
  return order === 0 ? outer.inclusive || !inner.inclusive : order * sign > 0;
}
