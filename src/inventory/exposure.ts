/**
 * Advisories against inventories: which client is exposed, where, and on what basis. The state of a client and an
 * advisory is the first that holds for any component: present in the window, unknown, present outside it, not present.
 */
import { type Absence, absenceOf, type Question, questionOf, SYSTEM } from './absence.ts';
import type { Advisory, Affected } from './advisory.ts';
import { catalogue, type Entry, entriesFor } from './catalogue.ts';
import type { Component } from './component.ts';
import type { Inventory } from './inventory.ts';
import { type Found, match } from './match.ts';

/** What files alone can show. People move it on (`investigation.ts`). */
export type PresenceState = 'present_in_window' | 'unknown' | 'present_outside_window' | 'not_present';

/** The basis of a state: `component` is the registry name, `version` empty where the file gives none, `where` is `file#key` or `file:line`. */
export type Match = { component: string; version: string; where: string; why: string };

/** One client and one advisory. `matches` are the components that decide the state, `reason` is a sentence. */
export type Pair = { advisory: string; state: PresenceState; matches: Match[]; reason: string };

/** One client against every advisory; `problems` are the files and rows that could not be used. */
export type ClientExposure = {
  client: string;
  name?: string;
  covers: string[];
  pairs: Pair[];
  problems: { file: string; line?: number; message: string }[];
};

/** The output of `exposure --json`. */
export type ExposureReport = { clients: ClientExposure[] };

/** Pure and without a clock: the same files give the same report. */
export function exposure(advisories: Advisory[], inventories: Inventory[]): ExposureReport {
  const index = catalogue(advisories);
  const asked = advisories.map(questionOf);
  return { clients: inventories.map((inventory) => clientExposure(asked, index, inventory)) };
}

type Hit = Found & { component: Component };

function clientExposure(asked: Question[], index: ReturnType<typeof catalogue>, inventory: Inventory): ClientExposure {
  const hits = new Map<number, Hit[]>();
  for (const component of inventory.components) {
    const entries = entriesFor(index, component);
    if (entries.length > 0) addHits(hits, asked, entries, component, inventory);
  }
  const absence = absenceOf(inventory);
  return {
    client: inventory.client,
    ...(inventory.name === undefined ? {} : { name: inventory.name }),
    covers: inventory.covers,
    pairs: asked.map((question, at) => pair(question, hits.get(at) ?? [], absence)),
    problems: inventory.problems.map(({ loses: _, ...problem }) => problem),
  };
}

/** Several entries of one advisory can name a component (a branch each); the first state that holds for any counts. */
function addHits(hits: Map<number, Hit[]>, asked: Question[], entries: Entry[], component: Component, inventory: Inventory): void {
  const best = new Map<number, Hit>();
  for (const { at, affected } of entries) {
    const advisory = asked[at]?.advisory;
    if (advisory === undefined) continue;
    const own = match(advisory, affected, component, inventory);
    const found = own.state === 'present_in_window' && mayBeOther(affected, component, entries) ? otherUnknown(own) : own;
    const before = best.get(at);
    if (before === undefined || ORDER.indexOf(found.state) < ORDER.indexOf(before.state)) best.set(at, { ...found, component });
  }
  for (const [at, hit] of best) hits.set(at, [...(hits.get(at) ?? []), hit]);
}

/** A package of a distribution whose release is not given: the advisory has a range for each release, and they differ. */
function mayBeOther(affected: Affected, { release }: Component, entries: Entry[]): boolean {
  return (
    release === undefined &&
    affected.release !== undefined &&
    entries.some(({ affected: other }) => other.release !== undefined && other.release !== affected.release)
  );
}

function otherUnknown({ why }: Found): Found {
  return { state: 'unknown', why: `which release of the distribution it belongs to is not given; for one of them ${why}` };
}

/** First that holds. */
export const ORDER: PresenceState[] = ['present_in_window', 'unknown', 'present_outside_window', 'not_present'];

function pair(question: Question, hits: Hit[], absence: Absence): Pair {
  const { advisory } = question;
  const base = { advisory: advisory.id, matches: [] };
  if (advisory.withdrawn !== undefined)
    return { ...base, state: 'not_present', reason: `The advisory was withdrawn (${advisory.withdrawn}) and exposes nobody.` };
  const inWindow = hits.filter(({ state }) => state === 'present_in_window');
  if (inWindow.length > 0) return decided(advisory, 'present_in_window', inWindow, hits);
  const undecided = hits.filter(({ state }) => state === 'unknown');
  if (undecided.length > 0) return decided(advisory, 'unknown', undecided, hits);
  if (advisory.undecidable !== undefined)
    return { ...base, state: 'unknown', reason: `The advisory decides nothing here: ${advisory.undecidable}.` };
  const gaps = question.system && hits.length === 0 ? SYSTEM : absence.gaps(question);
  if (gaps !== undefined) return { ...base, matches: hits.map(toMatch), state: 'unknown', reason: gaps };
  return hits.length > 0
    ? decided(advisory, 'present_outside_window', hits, hits)
    : { ...base, state: 'not_present', reason: absence.basis(question) };
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
