/** One component against one entry of an advisory: affected, outside, or not to be decided, and why. */
import type { Advisory, Affected, Window } from './advisory.ts';
import type { Component } from './component.ts';
import { isRegistry, OAUTH } from './ecosystem.ts';
import type { Inventory } from './inventory.ts';
import { holds, isEvery, overlap, type Span, type VersionSet } from './version-range.ts';
import { momentOf, placeIn, windowText } from './window.ts';

/** `why` is a clause that a person can check against file and advisory. */
export type Found = { state: 'present_in_window' | 'unknown' | 'present_outside_window'; why: string };

/**
 * The version decides, and where an advisory has a window, the time of installation does: for packages always, for
 * installed software when the advisory gives no version. An affected version of installed software is affected whenever
 * it came, and one of unknown version is not cleared by having come before.
 */
export function match(advisory: Advisory, affected: Affected, component: Component, inventory: Inventory): Found {
  const byVersion = versionFound(affected, component);
  if (advisory.window === undefined || byVersion.state === 'present_outside_window') return byVersion;
  const versioned = !isRegistry(component.ecosystem) && !isEvery(affected.versions);
  const settled = byVersion.state === 'present_in_window' && versioned;
  if (settled || cannotPlace(component, affected)) return byVersion;
  const byTime = timeFound(advisory.window, component, inventory, byVersion);
  return versioned && byTime.state !== 'present_in_window' ? byVersion : byTime;
}

/** A commit or a replaced module is what it is at any time; when it was installed says nothing about its code. */
function cannotPlace(component: Component, affected: Affected): boolean {
  return (
    component.undecidable !== undefined &&
    component.possible === undefined &&
    component.version !== undefined &&
    !isEvery(affected.versions)
  );
}

function versionFound(affected: Affected, component: Component): Found {
  const { ecosystem, version } = component;
  const label = version ?? 'version not given';
  const text = setText(affected.versions);
  if (version !== undefined && namesItself(component) && affected.versions.exact.includes(version))
    return settle(affected, component, `${label} is listed as affected`);
  if (isEvery(affected.versions) && affected.undecidable === undefined && affected.notAffected === undefined)
    return { state: 'present_in_window', why: `every version is affected (${label})` };
  if (component.possible !== undefined) return possibleFound(affected, component, text);
  if (version !== undefined && onlyCommits(affected.versions) && isCommit(version))
    return { state: 'present_outside_window', why: `the commit is none of the affected ${text}` };
  if (version === undefined || component.undecidable !== undefined)
    return { state: 'unknown', why: `${component.undecidable ?? 'its version is not given'}; affected: ${text}` };
  const verdict = holds(ecosystem, affected.versions, version);
  if (verdict === 'yes' && !(affected.undecidable !== undefined && isEvery(affected.versions)))
    return settle(affected, component, `${label} lies in the affected ${text}`);
  if (affected.undecidable !== undefined) return clearedBy(affected, component) ?? { state: 'unknown', why: affected.undecidable };
  if (verdict === 'undecidable') return { state: 'unknown', why: `the version "${label}" cannot be ordered against ${text}` };
  return clearedBy(affected, component) ?? { state: 'present_outside_window', why: `${label} lies outside the affected ${text}` };
}

function isCommit(version: string): boolean {
  return /^[0-9a-f]{40}$/i.test(version);
}

/** An advisory that lists commits alone decides about every pin to a commit. */
function onlyCommits({ spans, exact }: VersionSet): boolean {
  return spans.length === 0 && exact.length > 0 && exact.every(isCommit);
}

/** A commit listed as affected is itself; a fork that carries a listed version number need not be. */
function namesItself({ ecosystem, undecidable }: Component): boolean {
  return undecidable === undefined || ecosystem === 'GitHub Actions';
}

function possibleFound(affected: Affected, component: Component, text: string): Found {
  const reason = component.undecidable ?? 'its exact version is not given';
  if (affected.undecidable !== undefined) return { state: 'unknown', why: affected.undecidable };
  const where = overlap(component.ecosystem, affected.versions, component.possible ?? []);
  if (where === 'apart')
    return { state: 'present_outside_window', why: `${reason}, but nothing it allows lies in the affected ${text}` };
  if (where === 'inside' && affected.notAffected === undefined)
    return { state: 'present_in_window', why: `${reason}, and everything it allows lies in the affected ${text}` };
  if (
    component.ecosystem === 'GitHub Actions' &&
    (component.possible ?? []).some((series) => endsInside(affected.versions, series))
  )
    return { state: 'present_in_window', why: `${reason}, and the last affected version is of that series (${text})` };
  return { state: 'unknown', why: `${reason}; affected: ${text}` };
}

/** A moving tag stands at the newest version of its series: if the last affected one is in it and no fix is named, that is it. */
function endsInside({ spans }: VersionSet, series: Span): boolean {
  return spans.some(
    (span) =>
      span.high?.inclusive === true &&
      holds('GitHub Actions', { spans: [series], exact: [], except: [] }, span.high.version) === 'yes',
  );
}

/** An affected version, unless the same source calls it fixed or not affected more exactly than it calls it affected. */
function settle(affected: Affected, component: Component, why: string): Found {
  return (
    clearedBy(affected, component) ??
    (affected.undecidable?.includes('investigating')
      ? { state: 'unknown', why: `${why}, and ${affected.undecidable}` }
      : { state: 'present_in_window', why })
  );
}

function clearedBy(affected: Affected, component: Component): Found | undefined {
  const { ecosystem, version } = component;
  if (version === undefined) return undefined;
  const claim = exactness(ecosystem, affected.versions, version);
  const clear = affected.notAffected?.find(
    (set) => holds(ecosystem, set, version) === 'yes' && exactness(ecosystem, set, version) > claim,
  );
  return clear === undefined
    ? undefined
    : { state: 'present_outside_window', why: `${version} is called fixed or not affected (${setText(clear)})` };
}

/** How exactly a set speaks of a version: by name 2, by range 1, as one of all 0, an empty set not at all. */
function exactness(ecosystem: string, set: VersionSet, version: string): number {
  if (set.spans.length + set.exact.length === 0) return -1;
  if (holds(ecosystem, { spans: [], exact: set.exact, except: [] }, version) === 'yes') return 2;
  return isEvery(set) ? 0 : 1;
}

/** Where the time of installation places a component whose version does not rule it out. */
function timeFound(window: Window, component: Component, inventory: Inventory, byVersion: Found): Found {
  const span = windowText(window);
  const times = timesOf(component, inventory);
  const places = times.map(({ at }) =>
    placeIn(window, momentOf(at) ?? { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }),
  );
  const standing = component.ecosystem === OAUTH ? places.indexOf('before') : -1;
  const inside = places.indexOf('inside');
  const decisive = inside === -1 ? standing : inside;
  if (decisive !== -1)
    return {
      state: 'present_in_window',
      why: `${byVersion.why}; ${standing === decisive ? 'granted before' : 'installed inside'} the window (${times[decisive]?.at}; ${span})`,
    };
  if (places.includes('across'))
    return {
      state: 'unknown',
      why: `${byVersion.why}; only the date ${times[places.indexOf('across')]?.at} is known, which the window (${span}) cuts`,
    };
  if (places.length > 0)
    return {
      state: 'present_outside_window',
      why: `${byVersion.why}, but installed outside the window (${times.map(({ at }) => at).join(', ')}; ${span})`,
    };
  return writtenFound(window, component, inventory, byVersion);
}

function timesOf(component: Component, inventory: Inventory): { at: string }[] {
  if (component.installedAt !== undefined) return [{ at: component.installedAt }];
  const file = component.where.replace(/#.*$|:\d+$/, '');
  return inventory.installs.filter((install) => install.file === file || file.endsWith(`/${install.file}`));
}

/** No install time: the time a file was collected bounds when it can have been written. */
function writtenFound(window: Window, component: Component, inventory: Inventory, byVersion: Found): Found {
  const written = inventory.writtenAt.get(component.where.replace(/#.*$|:\d+$/, '')) ?? inventory.collectedAt;
  const moment = written === undefined ? undefined : momentOf(written);
  const undecided = {
    state: 'unknown',
    why: `${byVersion.why}; when it was installed is not known, and the window (${windowText(window)}) decides`,
  } as const;
  if (moment === undefined || !isRegistry(component.ecosystem)) return undecided;
  const place = placeIn(window, moment);
  if (place === 'before')
    return {
      state: 'present_outside_window',
      why: `${byVersion.why}, but written before the window opened (${written}; ${windowText(window)})`,
    };
  if (place === 'inside' && byVersion.state === 'present_in_window')
    return { state: 'present_in_window', why: `${byVersion.why}; collected inside the window (${written}; ${windowText(window)})` };
  return undecided;
}

/** A set in words a person can check against the advisory. */
export function setText(set: VersionSet): string {
  if (isEvery(set)) return 'every version';
  const spans = set.spans.map(({ low, high }) => {
    if (low !== undefined && low.version === high?.version) return low.version;
    const from = low === undefined ? undefined : `${low.inclusive ? '>=' : '>'} ${low.version}`;
    const to = high === undefined ? undefined : `${high.inclusive ? '<=' : '<'} ${high.version}`;
    return [from, to].filter((part) => part !== undefined).join(', ') || 'every version';
  });
  const exact = set.exact.length > 6 ? [`${set.exact.slice(0, 5).join(', ')} and ${set.exact.length - 5} more`] : set.exact;
  const all = [...spans, ...exact].join(' or ') || 'no version';
  return set.except.length === 0 ? all : `${all}, except ${set.except.join(', ')}`;
}
