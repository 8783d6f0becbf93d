import { type Command, type CommandOf, type Decided, type ImportedEntry, type Refusal, refuse } from './command.ts';
import { just, type Turn } from './turn.ts';

/** Declaring, closing, reopening, and who holds which role. */
export function decideIncident(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'declareIncident':
      return declare(turn, command);
    case 'importEntries':
      return importEntries(turn, command);
    case 'renameIncident':
      return just({ kind: 'incident.renamed', body: {}, texts: { title: command.title } });
    case 'setScribe':
      return setScribe(turn, command);
    case 'closeIncident':
      return close(turn, command);
    case 'reopenIncident':
      return reopen(turn, command);
    case 'assignRole':
      return assignRole(turn, command);
    case 'offerHandover':
      return offer(turn, command);
    case 'answerHandover':
      return answer(turn, command);
    case 'openPlace':
      return openPlace(turn, command);
  }
}

/** The scribe reads what people write: that it does so by itself is decided by somebody, and stands in the record. */
function setScribe({ incident }: Turn, { every, handover }: CommandOf<'setScribe'>): Decided[] | Refusal {
  const isClock = Number.isInteger(every) && every >= SCRIBE_MIN && every <= SCRIBE_MAX;
  if (every !== 0 && !isClock)
    return refuse('invalid', `The scribe reads every ${SCRIBE_MIN} to ${SCRIBE_MAX} minutes, or not by the clock.`);
  const now = incident.scribe ?? { every: 0, handover: false };
  if (now.every === every && now.handover === handover) return refuse('already', 'That is how the scribe reads already.');
  return just({ kind: 'scribe.set', body: { every, handover }, texts: {} });
}

const SCRIBE_MIN = 5;
const SCRIBE_MAX = 720;

/** The person who declares leads until somebody else takes over; the bot keeps the record, and a person checks it. */
function declare({ actor }: Turn, command: CommandOf<'declareIncident'>): Decided[] | Refusal {
  if (command.title.trim() === '') return refuse('invalid', 'Give the incident a name, however rough.', 'title');
  const { looksLike, stillHappening, canReachClients, talkingOverIt, title, verifierKey, runbook } = command;
  const { id, digest, file, source } = runbook;
  return [
    ...just({
      kind: 'incident.declared',
      body: { looksLike, stillHappening, canReachClients, talkingOverIt },
      texts: { title: title.trim() },
    }),
    ...just({ kind: 'key.shown', body: { verifierKey }, texts: {} }),
    ...just({ kind: 'runbook.adopted', body: { runbook: id, digest, file }, texts: { source } }),
    ...just({ kind: 'role.assigned', body: { role: 'lead', person: actor }, texts: {} }),
    ...just({ kind: 'role.assigned', body: { role: 'scribe', person: 'bot' }, texts: {} }),
  ];
}

/** A plain record comes in as it is: every entry says that it was imported, and when it is said to have happened. */
function importEntries({ people, now }: Turn, { title, verifierKey, entries }: CommandOf<'importEntries'>): Decided[] {
  const unknown = { stillHappening: 'unknown', canReachClients: 'unknown', talkingOverIt: 'unknown' } as const;
  const head = [
    ...just({ kind: 'incident.declared', body: { looksLike: 'imported', ...unknown }, texts: { title } }),
    ...just({ kind: 'key.shown', body: { verifierKey }, texts: {} }),
  ];
  const seqOf = (index: number): number => people.named.length + head.length + index + 1;
  return [...head, ...entries.map((entry) => imported(entry, now, seqOf))];
}

function imported(
  { at, about, text, status, source, counsel, supersedes }: ImportedEntry,
  now: string,
  seqOf: (index: number) => number,
): Decided {
  const more = { ...(at === undefined ? {} : { occurred: at }), ...(counsel ? { label: 'counsel' as const } : {}) };
  const sourced = source === undefined ? {} : { source };
  if (status === undefined)
    return { event: { kind: 'note.recorded', body: {}, texts: { text, name: about, ...sourced } }, ...more };
  const body = { status, asOf: at ?? now, ...(supersedes === undefined ? {} : { supersedes: seqOf(supersedes) }) };
  return { event: { kind: 'finding.recorded', body, texts: { about, text, ...sourced } }, ...more };
}

function close({ incident }: Turn, command: CommandOf<'closeIncident'>): Decided[] | Refusal {
  if (command.reason.trim() === '')
    return refuse('needs-reason', 'Say in a sentence why it is closed; somebody will ask in two years.', 'reason');
  const into = command.into?.trim();
  if (command.as === 'merged' && !into) return refuse('invalid', 'Name the incident it was merged into.', 'into');
  if (into === incident.record) return refuse('invalid', 'An incident cannot be merged into itself.', 'into');
  const body = into && command.as === 'merged' ? { as: command.as, into } : { as: command.as };
  return just({ kind: 'incident.closed', body, texts: { reason: command.reason } });
}

function reopen({ incident }: Turn, { reason }: CommandOf<'reopenIncident'>): Decided[] | Refusal {
  if (incident.status === 'open') return refuse('open', 'This incident is open.');
  if (reason.trim() === '') return refuse('needs-reason', 'Say why it is opened again.', 'reason');
  return just({ kind: 'incident.reopened', body: {}, texts: { reason } });
}

function assignRole({ incident, people }: Turn, { role, to }: CommandOf<'assignRole'>): Decided[] | Refusal {
  const person = people.actor(to);
  const holder = incident.roles.find((held) => held.role === role)?.person;
  if (holder === person) return refuse('already', `${to.name} has that role already.`);
  if (role === 'lead' && holder !== undefined) {
    return refuse('not-yours', `The lead is handed over, and the other side accepts it: use "hand over".`);
  }
  return just({ kind: 'role.assigned', body: { role, person }, texts: {} });
}

/** A hand-over needs both sides: the role stays where it is until the other person has accepted. */
function offer({ incident, people, actor, newId }: Turn, { role, to, brief }: CommandOf<'offerHandover'>): Decided[] | Refusal {
  const person = people.actor(to);
  const holder = incident.roles.find((held) => held.role === role)?.person;
  if (holder !== undefined && holder !== actor) return refuse('not-yours', 'Only the person who holds a role can hand it over.');
  if (person === actor) return refuse('invalid', 'A hand-over needs another person.', 'to');
  return just({ kind: 'handover.offered', body: { handover: newId(), role, to: person }, texts: { brief } });
}

function answer({ incident, actor }: Turn, { handover: id, accept, reason }: CommandOf<'answerHandover'>): Decided[] | Refusal {
  const handover = incident.handovers.get(id);
  if (handover === undefined) return refuse('unknown', 'There is no such hand-over.');
  if (handover.state !== 'offered') return refuse('already', `This hand-over was ${handover.state} already.`);
  if (handover.to !== actor) return refuse('not-yours', 'Only the person it was offered to can answer a hand-over.');
  return accept
    ? just({ kind: 'handover.accepted', body: { handover: id }, texts: {} })
    : just({ kind: 'handover.declined', body: { handover: id }, texts: { reason: reason ?? 'no reason given' } });
}

function openPlace({ incident }: Turn, command: CommandOf<'openPlace'>): Decided[] | Refusal {
  const { surface, workspace, channel, purpose } = command;
  if (incident.places.some((place) => place.channel === channel && place.workspace === workspace)) {
    return refuse('already', 'This incident is worked on there already.');
  }
  return just({ kind: 'place.opened', body: { surface, workspace, channel, purpose }, texts: {} });
}
