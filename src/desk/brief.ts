import { clock, nameOf } from '../record/turn.ts';
import { openSeqs } from './open-entries.ts';
import type { RecordView } from './view.ts';

/** One part of the hand-over brief: what it is about, and a line for each thing that the next person must know. */
export type BriefPart = { title: string; lines: string[] };

/** What whoever takes over must know, from the record alone. Parts with nothing to say are left out. Plain text: escape it at the exit. */
export function brief(view: RecordView): BriefPart[] {
  const parts = [standing(view), clients(view), known(view), open(view), due(view), promised(view), held(view), latest(view)];
  return parts.filter(({ lines }) => lines.length > 0);
}

/** The brief as running text, for the hand-over that somebody accepts. */
export const briefText = (view: RecordView): string =>
  brief(view)
    .map(({ title, lines }) => `${title}:\n${lines.map((line) => `- ${line}`).join('\n')}`)
    .join('\n');

const time = (iso: string, { now }: RecordView): string => clock(iso, new Date(now).toISOString());

function standing({ incident, guide }: RecordView): BriefPart {
  const state = incident.status === 'closed' ? `closed as ${incident.closed?.as ?? 'resolved'}` : 'open';
  const blocked = guide?.steps.filter((one) => one.standing === 'blocked') ?? [];
  const next = guide?.current === undefined ? [] : [`Now: step ${guide.current.index + 1}, ${guide.current.step.title}`];
  return {
    title: 'Where it stands',
    lines: [
      `${incident.title}: ${state}, ${guide?.done ?? 0} of ${guide?.total ?? 0} steps settled`,
      ...next,
      ...blocked.map(
        ({ index, step, state: how }) => `Blocked: step ${index + 1}, ${step.title} (${how?.reason ?? 'no reason given'})`,
      ),
    ],
  };
}

/** How the clients stand: in a lane its one client, over all lanes how many are in which tier. */
function clients({ incident: { lanes } }: RecordView): BriefPart {
  const own = lanes.lane === undefined ? [] : [`${lanes.lane.name}: ${lanes.lane.tier}, ${lanes.lane.reason}`];
  const tiers = Map.groupBy([...lanes.sorted.values()], ({ tier }) => tier);
  const counts = [...tiers].sort(([a], [b]) => (a < b ? -1 : 1)).map(([tier, those]) => `${tier}: ${those.length}`);
  return { title: 'Clients', lines: [...own, ...(counts.length === 0 ? [] : [counts.join(', ')])] };
}

const SURE = { confirmed: 'confirmed', suspected: 'suspected', ruled_out: 'ruled out', unknown: 'not known' } as const;

function known(view: RecordView): BriefPart {
  const seen = openSeqs(view);
  const current = view.incident.findings.filter(({ seq, supersededBy }) => supersededBy === undefined && seen.has(seq));
  const lines = current.map(
    ({ about, status, text, asOf, seq }) => `${about}: ${SURE[status]}. ${text} (entry ${seq}, as of ${time(asOf, view)})`,
  );
  return { title: 'What we know', lines: lines.slice(-12) };
}

/** Decisions that wait, and questions nobody has answered. */
function open(view: RecordView): BriefPart {
  const { incident } = view;
  const seen = openSeqs(view);
  const waiting = incident.decisions.filter(
    ({ outcome, reopened, step, id }) =>
      (outcome === 'deferred' || reopened) &&
      (step === undefined || incident.decisions.findLast((other) => other.step === step)?.id === id),
  );
  const current = view.guide?.current?.step;
  const here = current?.kind === 'decision' ? [`To decide now: ${current.title}`] : [];
  const asks = incident.asks.filter(({ answer }) => answer === undefined);
  return {
    title: 'Open decisions and questions',
    lines: [
      ...here,
      ...waiting.filter(({ seq }) => seen.has(seq)).map(({ question, seq }) => `To decide again: ${question} (entry ${seq})`),
      ...asks
        .filter(({ seq }) => seen.has(seq))
        .map(({ question, to, seq }) => `Asked: ${question}${to === undefined ? '' : ` → ${nameOf(incident, to)}`} (entry ${seq})`),
    ],
  };
}

/** Everything with a time, the earliest first. */
function due(view: RecordView): BriefPart {
  const lines = clocks(view).map(({ at, what }) => `${time(at, view)}${isPast(at, view) ? ' (PASSED)' : ''}: ${what}`);
  return { title: 'Clocks', lines };
}

const isPast = (iso: string, { now }: RecordView): boolean => Temporal.Instant.from(iso).epochMilliseconds < now;

/** What runs out when: targets of the steps at hand, questions, reviews, promises, and duties to tell somebody. */
export function clocks({ incident, guide }: RecordView): { at: string; what: string }[] {
  const steps = [...(guide?.current === undefined ? [] : [guide.current]), ...(guide?.beside ?? [])].flatMap(
    ({ step, targetAt }) => (targetAt === undefined ? [] : [{ at: targetAt, what: `target of "${step.title}"` }]),
  );
  const asks = incident.asks.flatMap(({ due: at, question, answer }) =>
    at === undefined || answer !== undefined ? [] : [{ at, what: `answer to "${question}"` }],
  );
  const reviews = incident.decisions.flatMap(({ review: at, question, reopened }) =>
    at === undefined || reopened ? [] : [{ at, what: `look again at "${question}"` }],
  );
  const promises = incident.promises.flatMap(({ due: at, who, text, kept }) =>
    at === undefined || kept !== undefined ? [] : [{ at, what: `promise of ${who}: ${text}` }],
  );
  const duties = [...incident.owed.duties.values()].flatMap(({ duty, sealed, filings, waived }) => {
    const isOpen = filings.length === 0 && waived === undefined;
    return sealed?.due === undefined || !isOpen
      ? []
      : [{ at: endOf(sealed.due, sealed.zone), what: `must tell (${duty}, ${sealed.citation})` }];
  });
  return [...steps, ...asks, ...reviews, ...promises, ...duties].sort((a, b) => (a.at < b.at ? -1 : 1));
}

/** A due date without a time runs to the end of that day where the duty is owed. */
function endOf(due: string, zone = 'UTC'): string {
  if (due.length > 10) return Temporal.Instant.from(due).toString();
  return Temporal.PlainDate.from(due).add({ days: 1 }).toZonedDateTime(zone).toInstant().toString();
}

function promised({ incident }: RecordView): BriefPart {
  const lines = incident.promises
    .filter(({ kept, due: at }) => kept === undefined && at === undefined)
    .map(({ who, text, seq }) => `${who}: ${text} (entry ${seq}, no time named)`);
  return { title: 'Promises without a time', lines };
}

/** Who holds what: roles, and steps that somebody took. */
function held({ incident, guide }: RecordView): BriefPart {
  const steps = (guide?.steps ?? []).filter(({ state, standing: how }) => state?.assigned !== undefined && how === 'open');
  return {
    title: 'Who holds what',
    lines: [
      ...incident.roles.map(({ role, person }) => `${role.replace('-', ' ')}: ${nameOf(incident, person)}`),
      ...steps.map(({ step, state }) => `"${step.title}": ${nameOf(incident, state?.assigned ?? '')}`),
    ],
  };
}

function latest(view: RecordView): BriefPart {
  const seen = openSeqs(view);
  const notes = view.incident.notes.filter(({ seq, deleted }) => !deleted && seen.has(seq)).slice(-5);
  return { title: 'Last notes', lines: notes.map(({ text, seq, at }) => `${time(at, view)}: ${text} (entry ${seq})`) };
}
