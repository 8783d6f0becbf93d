import type { Entry } from '../record/entry.ts';
import type { Kind } from '../record/event.ts';
import type { Delivery, Place } from './ports.ts';
import type { RecordView } from './view.ts';

/**
 * What must leave the building because something was recorded. Pure: the same entries plan the same deliveries, with the same
 * ids, so that a repeated append repeats nothing.
 */
export function plan(view: RecordView, entries: readonly Entry[]): Delivery[] {
  const { incident } = view;
  const opening = entries.flatMap((entry) => (entry.kind === 'incident.declared' ? [openChannel(view, entry)] : []));
  const places = incident.places.filter(({ purpose }) => purpose === 'incident');
  const cards = places.flatMap((place) => [...stepCards(view, entries, place), statusCard(view, place)]);
  return [...opening, ...cards, ...home(view)];
}

/** After these kinds a signed tree head goes out: what was decided or promised must be provable from then on. */
const WITNESSED = new Set<Kind>([
  'place.opened',
  'decision.taken',
  'incident.closed',
  'incident.reopened',
  'handover.accepted',
  'text.redacted',
  'delivery.sent',
]);

export const needsCheckpoint = (entries: readonly Entry[]): boolean => entries.some(({ kind }) => WITNESSED.has(kind));

/** A checkpoint goes out as plain text, never as blocks: an edit of blocks leaves no "edited" mark in Slack. */
export function checkpointPosts(view: RecordView, size: number, note: string): Delivery[] {
  const places = view.incident.places.filter(({ purpose }) => purpose === 'incident' || purpose === 'witness');
  return places.map((place) => ({
    id: `${view.incident.record}/checkpoint/${size}@${place.channel}`,
    record: view.incident.record,
    kind: 'checkpoint',
    queue: queueOf(place),
    body: JSON.stringify({ place: bare(place), size, note }),
    coalescing: false,
  }));
}

/** A line into a place, frozen as it stands; `thread` is the message it answers, `marked` says that the surface's own markup is meant. */
export type Line = { text: string; thread?: string; marked?: boolean };

export function post(record: string, id: string, place: Place, line: Line): Delivery {
  const body = JSON.stringify({ place: bare(place), ...line });
  return { id: `${record}/${id}`, record, kind: 'post', queue: queueOf(place), body, coalescing: false };
}

export const queueOf = ({ surface, workspace, channel }: Place): string => `${surface}/${workspace}/${channel}`;
const bare = ({ surface, workspace, channel }: Place): Place => ({ surface, workspace, channel });

/** The parts of an account: surface/workspace/user. */
export function partsOf(account: string): { surface: string; workspace: string; user: string } {
  const [surface = '', workspace = '', user = ''] = account.split('/');
  return { surface, workspace, user };
}

function openChannel(view: RecordView, entry: Entry): Delivery {
  const { record } = view.incident;
  const account = view.incident.people.get(entry.actor)?.account ?? '';
  const { surface, workspace, user } = partsOf(account);
  const body = JSON.stringify({ surface, workspace, invite: [user] });
  return {
    id: `${record}/open-channel`,
    record,
    kind: 'open-channel',
    queue: `${surface}/${workspace}/open-channel`,
    body,
    coalescing: false,
  };
}

function statusCard({ incident: { record } }: RecordView, place: Place): Delivery {
  return card(record, `status@${place.channel}`, 'status-card', place, {});
}

/** The step to do now gets a card, and so does every step that something just happened to. */
function stepCards({ incident, guide }: RecordView, entries: readonly Entry[], place: Place): Delivery[] {
  const touched = entries.flatMap((entry) =>
    'step' in entry.body && typeof entry.body.step === 'string' ? [entry.body.step] : [],
  );
  const current = incident.status === 'open' && guide?.current !== undefined ? [guide.current.step.id] : [];
  const known = new Set(guide?.steps.map(({ step }) => step.id));
  const steps = [...new Set([...touched, ...current])].filter((step) => known.has(step));
  return steps.map((step) => stepCard(incident.record, step, place));
}

/** The card of one step at a place, on request or because it is its turn. */
export const stepCard = (record: string, step: string, place: Place): Delivery =>
  card(record, `step/${step}@${place.channel}`, 'step-card', place, { step });

function card(record: string, id: string, kind: string, place: Place, more: Record<string, string>): Delivery {
  const body = JSON.stringify({ place: bare(place), ...more });
  return { id: `${record}/${id}`, record, kind, queue: queueOf(place), body, coalescing: true };
}

/** The Home tab of everybody who takes part. */
function home({ incident }: RecordView): Delivery[] {
  return [...incident.people.values()].flatMap(({ account }) => homeOf(account, incident.record));
}

export function homeOf(account: string, record: string): Delivery[] {
  const { surface, workspace, user } = partsOf(account);
  if (surface !== 'slack') return [];
  const body = JSON.stringify({ place: { surface, workspace, channel: user } });
  return [{ id: `home/${account}`, record, kind: 'home', queue: `home/${account}`, body, coalescing: true }];
}
