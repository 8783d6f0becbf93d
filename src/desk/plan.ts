import type { Entry } from '../record/entry.ts';
import type { Kind } from '../record/event.ts';
import { stepsOf } from '../runbook/runbook.ts';
import { boardChanged } from './clock-board.ts';
import { isLaneNews, laneCards, saidBefore } from './lane-cards.ts';
import { livingCards } from './living-cards.ts';
import { rewritten } from './plan-keeping.ts';
import { noticeCards, noticesOut } from './plan-notices.ts';
import { CHATS, type Delivery, type Place } from './ports.ts';
import type { RecordView } from './view.ts';

/** A tree head that was just signed. */
export type Signed = { size: number; note: string };

/**
 * What must leave the building because something was recorded. Pure: the same entries plan the same deliveries, with the same
 * ids, so that a repeated append repeats nothing. The step to do comes last: it must stand lowest on a phone.
 */
export function plan(view: RecordView, entries: readonly Entry[], signed?: Signed): Delivery[] {
  const { incident } = view;
  const places = incident.places.filter(({ purpose }) => purpose === 'incident');
  if (entries.length > 0 && entries.every(isTick))
    return places.flatMap((place) => [statusCard(view, place), ...stepCards(view, entries, place)]);
  const opening = entries.flatMap((entry) =>
    entry.kind === 'incident.declared' || entry.kind === 'lane.opened' ? openChannelOf(view, entry) : [],
  );
  const living = places.flatMap((place) => livingAt(view, entries, place));
  const told = places.flatMap((place) => [
    statusCard(view, place),
    ...entryCards(view, entries, place),
    ...laneCards(incident, entries, place),
    ...noticeCards(view, entries, place, (id, kind, at, more) => card(incident.record, id, kind, at, more)),
    ...(boardChanged(incident, entries) ? [clockBoard(incident.record, place)] : []),
  ]);
  const steps = places.flatMap((place) => stepCards(view, entries, place));
  const invited = places.flatMap((place) => invitations(view, entries, place));
  const out = noticesOut(view, entries);
  const heads = signed === undefined ? [] : checkpointPosts(view, signed);
  return [...opening, ...invited, ...out, ...told, ...heads, ...living, ...steps, ...home(view)];
}

/** A tick changes the card it is on, and the count of entries: no step is settled by it, and no other card says anything else. */
const isTick = ({ kind }: Entry): boolean => kind === 'check.ticked';

/** After these kinds a signed tree head goes out: what was decided or promised must be provable from then on. */
const WITNESSED = new Set<Kind>([
  'place.opened',
  'decision.taken',
  'incident.closed',
  'incident.reopened',
  'handover.accepted',
  'text.redacted',
  'delivery.sent',
  'duty.filed',
  'duty.waived',
  'notice.approved',
  'notice.sent',
]);

export const needsCheckpoint = (entries: readonly Entry[]): boolean => entries.some(({ kind }) => WITNESSED.has(kind));

/** A checkpoint goes out as plain text, never as blocks: an edit of blocks leaves no "edited" mark in Slack. */
function checkpointPosts(view: RecordView, { size, note }: Signed): Delivery[] {
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

/** Whoever declares in a chat gets the channel there; a command line has none to open. */
function openChannelOf({ incident }: RecordView, { actor }: Entry): Delivery[] {
  const account = incident.people.get(actor)?.account ?? '';
  return CHATS.has(partsOf(account).surface) ? [openChannel(incident.record, account)] : [];
}

/** A private channel for a record, in the workspace of the account that is invited. */
export function openChannel(record: string, account: string): Delivery {
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

/** What the channel hears of at once. Everything else is in the cards. */
const TOLD = new Set<Kind>([
  'decision.taken',
  'finding.recorded',
  'ask.opened',
  'handover.offered',
  'note.recorded',
  'statement.read',
  'evidence.added',
  'evidence.described',
  'incident.closed',
  'incident.reopened',
  'anchor.set',
  'duty.filed',
  'duty.waived',
  'duty.reopened',
  'entry.corrected',
  'text.redacted',
  'hold.placed',
  'hold.lifted',
  'incident.renamed',
  'scribe.set',
]);

function entryCards(view: RecordView, entries: readonly Entry[], place: Place): Delivery[] {
  const { incident } = view;
  const shown = [...entries, ...entries.flatMap((entry) => rewritten(view, entry) ?? []), ...saidBefore(view.entries, entries)];
  const fresh = shown.filter((entry) => TOLD.has(entry.kind) || isLaneNews(entry)).map(({ seq }) => seq);
  const again = shown.flatMap((entry) => answeredBy(incident, entry));
  return [...new Set([...fresh, ...again])].map((seq) =>
    card(incident.record, `entry/${seq}@${place.channel}`, 'entry-card', place, { seq: String(seq) }),
  );
}

/** An answer, an acceptance or a newer finding changes what an earlier card says. */
function answeredBy({ asks, handovers }: RecordView['incident'], entry: Entry): number[] {
  switch (entry.kind) {
    case 'ask.answered':
      return asks.filter(({ id }) => id === entry.body.ask).map(({ seq }) => seq);
    case 'handover.accepted':
    case 'handover.declined': {
      const offered = handovers.get(entry.body.handover);
      return offered === undefined ? [] : [offered.seq];
    }
    case 'finding.recorded':
      return entry.body.supersedes === undefined ? [] : [entry.body.supersedes];
    case 'statement.read':
      return entry.body.changes === undefined ? [] : [entry.body.changes];
    default:
      return [];
  }
}

/** Whoever is given something to do is brought into the channel; a new channel gets everybody who has a role. */
function invitations({ incident }: RecordView, entries: readonly Entry[], place: Place): Delivery[] {
  const opened = entries.some(({ kind }) => kind === 'place.opened');
  const named = entries.flatMap(involved);
  const people = opened ? [...named, ...incident.roles.map(({ person }) => person)] : named;
  const users = [...new Set(people)].flatMap((person) => {
    const { surface, workspace, user } = partsOf(incident.people.get(person)?.account ?? '');
    return surface === place.surface && workspace === place.workspace ? [user] : [];
  });
  return users.map((user) => ({
    id: `${incident.record}/invite/${user}@${place.channel}`,
    record: incident.record,
    kind: 'invite',
    queue: queueOf(place),
    body: JSON.stringify({ place: bare(place), user }),
    coalescing: false,
  }));
}

function involved(entry: Entry): string[] {
  switch (entry.kind) {
    case 'role.assigned':
    case 'step.assigned':
      return [entry.body.person];
    case 'handover.offered':
      return [entry.body.to];
    case 'ask.opened':
      return entry.body.to === undefined ? [] : [entry.body.to];
    default:
      return [];
  }
}

const livingAt = (view: RecordView, entries: readonly Entry[], place: Place): Delivery[] =>
  livingCards(view, entries).map(({ id, kind, more }) => card(view.incident.record, `${id}@${place.channel}`, kind, place, more));

function statusCard({ incident: { record } }: RecordView, place: Place): Delivery {
  return card(record, `status@${place.channel}`, 'status-card', place, {});
}

/** The step to do now gets a card, and so does every step that something just happened to. */
function stepCards(view: RecordView, entries: readonly Entry[], place: Place): Delivery[] {
  const { incident, runbook } = view;
  const touched = [...entries, ...entries.flatMap((entry) => rewritten(view, entry) ?? [])].flatMap((entry) =>
    'step' in entry.body && typeof entry.body.step === 'string' ? [entry.body.step] : [],
  );
  const now = incident.status !== 'open' || entries.every(isTick) ? undefined : view.guide?.current;
  const current = now === undefined ? [] : [now.step.id];
  const known = new Set(runbook === undefined ? [] : stepsOf(runbook).map(({ id }) => id));
  const steps = [...new Set([...touched, ...current])].filter((step) => known.has(step));
  return steps.map((step) => stepCard(incident.record, step, place));
}

/** The card of one step at a place, on request or because it is its turn. */
export const stepCard = (record: string, step: string, place: Place): Delivery =>
  card(record, `step/${step}@${place.channel}`, 'step-card', place, { step });

/** The board of who must be told, at a place: when something about it changed, or because somebody asked. */
export const clockBoard = (record: string, place: Place): Delivery =>
  card(record, `clock-board@${place.channel}`, 'clock-board', place, {});

/** What contracts and policies say for this record, rendered from the register when it is carried. */
export const termsCard = (record: string, place: Place): Delivery =>
  card(record, `terms@${place.channel}`, 'terms-card', place, {});

function card(record: string, id: string, kind: string, place: Place, more: Record<string, string>): Delivery {
  const body = JSON.stringify({ place: bare(place), ...more });
  return { id: `${record}/${id}`, record, kind, queue: queueOf(place), body, coalescing: true };
}

/** The Home tab of everybody who takes part. */
function home({ incident }: RecordView): Delivery[] {
  // A Home tab shows one client's incidents: lanes are on the board.
  if (incident.of !== 'incident') return [];
  return [...incident.people.values()].flatMap(({ account }) => homeOf(account, incident.record));
}

export function homeOf(account: string, record: string): Delivery[] {
  const { surface, workspace, user } = partsOf(account);
  if (!CHATS.has(surface)) return [];
  const body = JSON.stringify({ place: { surface, workspace, channel: user } });
  return [{ id: `home/${account}`, record, kind: 'home', queue: `home/${account}`, body, coalescing: true }];
}
