/**
 * Advisories against inventories: which client is exposed, where, and on what basis. The state of a client and an
 * advisory is the first that holds for any component: present in the window, unknown, present outside it, not present.
 */
import type { Advisory } from './advisory.ts';
import { catalogue, type Entry, entriesFor } from './catalogue.ts';
import type { Component, Problem } from './component.ts';
import { OAUTH, PRODUCT, SOFTWARE } from './ecosystem.ts';
import type { Inventory } from './inventory.ts';
import { type Found, match } from './match.ts';

export type PresenceState = 'present_in_window' | 'unknown' | 'present_outside_window' | 'not_present';

export type Match = { component: string; version: string; where: string; why: string };

export type Pair = { advisory: string; state: PresenceState; matches: Match[]; reason: string };

export type ClientExposure = {
  client: string;
  name?: string;
  covers: string[];
  pairs: Pair[];
  problems: { file: string; line?: number; message: string }[];
};

export type ExposureReport = { clients: ClientExposure[] };

/** Pure and without a clock: the same files give the same report. */
export function exposure(advisories: Advisory[], inventories: Inventory[]): ExposureReport {
  const index = catalogue(advisories);
  return { clients: inventories.map((inventory) => clientExposure(advisories, index, inventory)) };
}

type Hit = Found & { component: Component };

function clientExposure(advisories: Advisory[], index: ReturnType<typeof catalogue>, inventory: Inventory): ClientExposure {
  const hits = new Map<number, Hit[]>();
  for (const component of inventory.components) {
    const entries = entriesFor(index, component);
    if (entries.length > 0) addHits(hits, advisories, entries, component, inventory);
  }
  const absence = absenceOf(inventory);
  return {
    client: inventory.client,
    ...(inventory.name === undefined ? {} : { name: inventory.name }),
    covers: inventory.covers,
    pairs: advisories.map((advisory, at) => pair(advisory, hits.get(at) ?? [], absence)),
    problems: inventory.problems.map(({ loses: _, ...problem }) => problem),
  };
}

/** Several entries of one advisory can name a component (a branch each); the first state that holds for any counts. */
function addHits(
  hits: Map<number, Hit[]>,
  advisories: Advisory[],
  entries: Entry[],
  component: Component,
  inventory: Inventory,
): void {
  const best = new Map<number, Hit>();
  for (const { at, affected } of entries) {
    const advisory = advisories[at];
    if (advisory === undefined) continue;
    const found = match(advisory, affected, component, inventory);
    const before = best.get(at);
    if (before === undefined || ORDER.indexOf(found.state) < ORDER.indexOf(before.state)) best.set(at, { ...found, component });
  }
  for (const [at, hit] of best) hits.set(at, [...(hits.get(at) ?? []), hit]);
}

/** First that holds. */
export const ORDER: PresenceState[] = ['present_in_window', 'unknown', 'present_outside_window', 'not_present'];

function pair(advisory: Advisory, hits: Hit[], absence: Absence): Pair {
  const base = { advisory: advisory.id, matches: [] };
  if (advisory.withdrawn !== undefined)
    return { ...base, state: 'not_present', reason: `The advisory was withdrawn (${advisory.withdrawn}) and exposes nobody.` };
  const inWindow = hits.filter(({ state }) => state === 'present_in_window');
  if (inWindow.length > 0) return decided(advisory, 'present_in_window', inWindow, hits);
  const undecided = hits.filter(({ state }) => state === 'unknown');
  if (undecided.length > 0) return decided(advisory, 'unknown', undecided, hits);
  if (advisory.undecidable !== undefined)
    return { ...base, state: 'unknown', reason: `The advisory decides nothing here: ${advisory.undecidable}.` };
  const gaps = absence.gaps(advisory);
  if (gaps !== undefined) return { ...base, matches: hits.map(toMatch), state: 'unknown', reason: gaps };
  return hits.length > 0
    ? decided(advisory, 'present_outside_window', hits, hits)
    : { ...base, state: 'not_present', reason: absence.basis(advisory) };
}

const PHRASES = {
  present_in_window: 'affected',
  unknown: 'present, but whether affected cannot be decided',
  present_outside_window: 'present, none of it affected',
};

function decided(advisory: Advisory, state: Found['state'], matches: Hit[], all: Hit[]): Pair {
  const first = matches[0];
  const more = matches.length > 1 ? ` and ${matches.length - 1} more` : '';
  const rest =
    all.length > matches.length
      ? ` ${all.length - matches.length} other ${all.length - matches.length === 1 ? 'place holds' : 'places hold'} it in another state.`
      : '';
  const reason = `${nameOf(first?.component)} in ${first?.component.where}${more}: ${PHRASES[state]} (${first?.why}).${rest}`;
  return { advisory: advisory.id, state, matches: matches.map(toMatch), reason };
}

function nameOf(component: Component | undefined): string {
  return component === undefined ? '' : `${component.name}${component.version === undefined ? '' : ` ${component.version}`}`;
}

function toMatch({ component, why }: Hit): Match {
  const { name, version = '', where, device, dev } = component;
  const notes = [
    why,
    ...(device === undefined ? [] : [`on ${device}`]),
    ...(dev ? ['a development dependency, which counts as present'] : []),
  ];
  return { component: name, version, where, why: notes.join('; ') };
}

/** What a client's files can say about absence: the gaps, or the basis on which something is not present. */
type Absence = { gaps(advisory: Advisory): string | undefined; basis(advisory: Advisory): string };

function absenceOf(inventory: Inventory): Absence {
  const gapFor = remembered((ecosystem) => gapOf(inventory, ecosystem));
  const basisFor = remembered((ecosystem) => basisOf(inventory, ecosystem));
  const asked = ({ affected }: Advisory) => [
    ...new Set(affected.map(({ ecosystem }) => (ecosystem === PRODUCT ? SOFTWARE : ecosystem))),
  ];
  return {
    gaps: (advisory) => {
      const gaps = [...asked(advisory).map(gapFor), toolchainGap(advisory)].filter((gap) => gap !== '');
      return gaps.length === 0 ? undefined : gaps.join(' ');
    },
    basis: (advisory) => {
      const names = [...new Set(advisory.affected.map(({ name }) => name))];
      const shown = names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
      return `No ${shown}: ${asked(advisory).map(basisFor).join('; ')}.`;
    },
  };
}

/** Every Go program holds the standard library, whether or not a file says which one. */
function toolchainGap({ affected }: Advisory): string {
  const asked = affected.some(({ ecosystem, name }) => ecosystem === 'Go' && (name === 'stdlib' || name === 'toolchain'));
  return asked ? 'The files do not say which Go toolchain built the programs.' : '';
}

function remembered(make: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(key);
    known.set(key, made);
    return made;
  };
}

/** Why an absence cannot be shown for an ecosystem; empty where it can. */
function gapOf(inventory: Inventory, ecosystem: string): string {
  const lost = inventory.problems.filter(({ loses }) => loses.includes('*') || loses.includes(ecosystem));
  if (lost.length > 0) return lost.slice(0, 3).map(problemText).join(' ');
  if (!inventory.covers.includes(ecosystem)) return `No inventory of this client covers ${ecosystem}.`;
  const held = inventory.coveredBy.has(ecosystem) || inventory.bills.length > 0;
  return held ? '' : `client.yaml says that ${ecosystem} is covered, but no file here lists any.`;
}

function problemText({ file, line, message }: Problem): string {
  return `${file}${line === undefined ? '' : `:${line}`}: ${message}`;
}

function basisOf(inventory: Inventory, ecosystem: string): string {
  const files = inventory.coveredBy.get(ecosystem) ?? inventory.bills;
  const shown = files.length > 3 ? `${files.slice(0, 3).join(', ')} and ${files.length - 3} more files` : files.join(', ');
  const direct = files.some((file) => inventory.directOnly.has(file)) ? ', which may leave out indirect dependencies' : '';
  const asOf = inventory.collectedAt === undefined ? '' : `, as of ${inventory.collectedAt}`;
  return `checked ${ecosystem === OAUTH ? 'grants' : ecosystem} in ${shown}${direct}${asOf}`;
}
