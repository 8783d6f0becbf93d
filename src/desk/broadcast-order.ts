import { toHex, utf8 } from '../record/bytes.ts';
import { type Refusal, refuse } from '../record/command.ts';
import type { Failure } from '../record/event.ts';
import { sha256 } from '../record/sha256.ts';
import { clock } from '../record/turn.ts';
import { STATE_WORDS } from './board-words.ts';
import { type By, profileOf, standingOf } from './clients.ts';
import type { Desk } from './desk.ts';
import { coordinationOf } from './lanes.ts';
import { namedIn } from './names.ts';
import type { Place, Store, Summarised } from './ports.ts';
import type { RecordView } from './view.ts';

/** Who is meant by a broadcast: everybody, those who are hit, those who are not, or those of whom nobody knows yet. */
export type Audience = 'all' | 'hit' | 'not-affected' | 'unknown';

export type Draft = { incident: string; purpose: string; audience: Audience; text: string };

/** Checks places before anything goes out: a code for each channel that must not be posted to. */
export type Preflight = (places: { client: string; place: Place }[]) => Promise<Map<string, string>>;

const AUDIENCES: Record<Audience, (tier: string) => boolean> = {
  all: () => true,
  hit: (tier) => tier === 'T0' || tier === 'T1' || tier === 'T2',
  'not-affected': (tier) => tier === 'T3' || tier === 'T4',
  unknown: (tier) => tier === 'U',
};

export const digestOf = (text: string): string => toHex(sha256(utf8(text)));

/** What a template may name, filled from the client's own record and nothing else. */
export const PLACEHOLDERS = ['name', 'contact', 'state', 'basis', 'as_of'] as const;

/** The words for one client, or the placeholder that its own record cannot fill. */
export function renderFor(text: string, standing: RecordView, incident: string): { text: string } | { gap: string } {
  const values = valuesOf(standing, incident);
  const gaps: string[] = [];
  const rendered = text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (_, key: string) => {
    const value = values[key];
    if (value === undefined || value === '') gaps.push(key);
    return value ?? '';
  });
  return gaps[0] === undefined ? { text: standing.incident.drill ? `DRILL: ${rendered}` : rendered } : { gap: gaps[0] };
}

function valuesOf({ incident: { lanes } }: RecordView, incident: string): Record<string, string | undefined> {
  const known = lanes.assessed.get(incident);
  const profile = profileOf(lanes.client?.profile);
  return {
    name: lanes.client?.name,
    contact: profile?.contacts[0]?.name,
    state: known === undefined ? undefined : STATE_WORDS[known.state],
    basis: known?.reason,
    as_of: known === undefined ? undefined : `${known.at.slice(0, 10)} ${clock(known.at)}`,
  };
}

/** Prepares and seals the order: everybody who is meant is checked before anybody is told, and who cannot be reached is named. */
export async function orderBroadcast(
  parts: { desk: Desk; store: Store; us: string; preflight: Preflight },
  draft: Draft,
  by: By & { key?: string },
): Promise<Refusal | { order: string; clients: string[]; skipped: Failure[] }> {
  const { desk, us } = parts;
  const { incident, purpose, text } = draft;
  const standing = (await parts.store.coordinator().summaries('standing')).filter(({ status }) => status === 'open');
  const named = namedIn(text, standing);
  if (named !== undefined)
    return refuse('invalid', `The text names a client (${named}). What goes to many must name nobody: use {{name}}.`, 'text');
  const wrong = unknownPlaceholder(text);
  if (wrong !== undefined)
    return refuse('invalid', `{{${wrong}}} is not known. Known are ${PLACEHOLDERS.map((one) => `{{${one}}}`).join(', ')}.`, 'text');
  const { clients, skipped } = await targetsOf(parts, draft, standing);
  const order = `order-${desk.newId()}`;
  const command = { do: 'orderBroadcast', order, purpose, text, clients, skipped, digest: digestOf(text) } as const;
  const answer = await desk.do({ client: us, record: incident, command, ...by });
  return 'refused' in answer ? answer : { order, clients, skipped };
}

const unknownPlaceholder = (text: string): string | undefined =>
  [...text.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)]
    .map(([, key = '']) => key)
    .find((key) => !(PLACEHOLDERS as readonly string[]).includes(key));

async function targetsOf(
  { desk, store, us, preflight }: { desk: Desk; store: Store; us: string; preflight: Preflight },
  { incident, audience, text }: Draft,
  standing: Summarised[],
): Promise<{ clients: string[]; skipped: Failure[] }> {
  const sorted = (await desk.view(us, coordinationOf(incident)))?.incident.lanes.sorted;
  const lanes = (await store.coordinator().summaries('lane')).filter((lane) => lane.incident === incident);
  const found = new Map(lanes.map(({ client, tier }) => [client, tier]));
  const meant = standing.filter(({ client }) => AUDIENCES[audience](found.get(client) ?? sorted?.get(client)?.tier ?? 'U'));
  const skipped: Failure[] = [];
  const places: { client: string; place: Place }[] = [];
  for (const { client } of meant) {
    const view = await desk.view(client, standingOf(client));
    const place = view === undefined ? undefined : placeOf(view);
    const rendered = view === undefined ? undefined : renderFor(text, view, incident);
    if (place === undefined) skipped.push({ client, code: 'no-channel' });
    else if (rendered === undefined || 'gap' in rendered) skipped.push({ client, code: `no-${rendered?.gap ?? 'record'}` });
    else places.push({ client, place });
  }
  const barred = await preflight(places);
  for (const { client, place } of places) {
    const code = barred.get(place.channel);
    if (code !== undefined) skipped.push({ client, code });
  }
  return { clients: places.filter(({ place }) => !barred.has(place.channel)).map(({ client }) => client), skipped };
}

/** Where a client is told things: the place of its standing record. */
export function placeOf({ incident }: RecordView): Place | undefined {
  const found = incident.places.find(({ purpose }) => purpose === 'client');
  return found === undefined ? undefined : { surface: found.surface, workspace: found.workspace, channel: found.channel };
}
