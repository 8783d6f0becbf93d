import { advance } from '../inventory/investigation.ts';
import { tierOf } from '../inventory/tier.ts';
import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import { decideCalls } from './decide-calls.ts';
import { just, nameOf, type Turn } from './turn.ts';

/** These begin a record, and nothing else may. */
export const OPENING = new Set<Command['do']>(['registerClient', 'openLane', 'openCoordination', 'openHouse']);

/** Clients, lanes, their coordination, and a broadcast to all of them. */
export function decideLanes(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  return decideClient(turn, command) ?? decideCalls(turn, command) ?? decideLane(turn, command) ?? decideBroadcast(turn, command);
}

function decideClient({ incident }: Turn, command: Command): Decided[] | Refusal | undefined {
  const { client } = incident.lanes;
  switch (command.do) {
    case 'registerClient': {
      const { client: id, name, profile, verifierKey } = command;
      return [
        ...just({ kind: 'client.registered', body: { client: id }, texts: { name, profile } }),
        ...just({ kind: 'key.shown', body: { verifierKey }, texts: {} }),
      ];
    }
    case 'changeClient':
      if (client === undefined) return refuse('unknown', 'This is not the standing record of a client.');
      if (client.profile === command.profile) return refuse('already', `${client.name} stands like that already.`);
      return just({ kind: 'client.changed', body: {}, texts: { name: command.name, profile: command.profile } });
    case 'describeHouse':
      if (client !== undefined || incident.of !== 'standing') return refuse('unknown', 'This is not our own standing record.');
      if (incident.lanes.house?.profile === command.profile) return refuse('already', 'That is what the register says already.');
      return just({ kind: 'house.described', body: {}, texts: { profile: command.profile } });
    case 'letClientGo': {
      if (client === undefined) return refuse('unknown', 'This is not the standing record of a client.');
      if (client.left !== undefined) return refuse('already', `${client.name} left already.`);
      if (command.reason.trim() === '') return refuse('needs-reason', 'Say why the client leaves.', 'reason');
      const to = command.to === undefined ? {} : { to: command.to };
      return just({ kind: 'client.left', body: {}, texts: { reason: command.reason, ...to } });
    }
    case 'assessClient': {
      if (client?.left !== undefined) return refuse('closed', `${client.name} is not a client any more.`);
      const { incident: vendor, tier, state, reason } = command;
      const known = incident.lanes.assessed.get(vendor);
      if (known?.state === state && known.tier === tier && known.reason === reason)
        return refuse('already', 'That is how the client stands already.');
      return just({ kind: 'client.assessed', body: { incident: vendor, tier, state }, texts: { reason } });
    }
    case 'tellClient': {
      const { order, purpose, delivery, digest, text, leaf } = command;
      if (incident.lanes.told.has(order)) return refuse('already', 'This client was told already.');
      return [
        { event: { kind: 'client.told', body: { order, purpose, delivery, digest }, texts: { text } }, ref: leaf, label: 'open' },
      ];
    }
  }
}

function decideLane(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  const { lanes, size } = turn.incident;
  switch (command.do) {
    case 'openLane':
      return openLane(turn, command);
    case 'moveLane':
      return moveLane(turn, command);
    case 'citeEntry':
      return cite(turn, command);
    case 'openCoordination': {
      const { incident, verifierKey } = command;
      const key = just({ kind: 'key.shown', body: { verifierKey }, texts: {} });
      return [...just({ kind: 'coordination.opened', body: { incident }, texts: {} }), ...key];
    }
    case 'sortClients': {
      const moved = command.clients.filter((one) => JSON.stringify(lanes.sorted.get(one.client)) !== JSON.stringify(one));
      return moved.flatMap((body) => just({ kind: 'client.sorted', body, texts: {} }));
    }
    case 'beginLanes':
      if (lanes.coordination !== undefined) return refuse('already', 'This incident has lanes already.');
      return just({ kind: 'lanes.begun', body: { coordination: command.coordination }, texts: {} });
    case 'releaseEntry': {
      const { of, leaf, to } = command;
      if (of < 1 || of > size) return refuse('unknown', `There is no entry ${of} to release.`);
      if (lanes.released.get(of)?.to.length === 0) return refuse('already', `Entry ${of} is released to every lane already.`);
      return just({ kind: 'entry.released', body: { of, leaf, to }, texts: {} });
    }
  }
}

/** A lane starts like an incident, under its own client: who leads, what it follows, which key signs. */
function openLane({ actor }: Turn, command: CommandOf<'openLane'>): Decided[] {
  const { incident, client, name, title, tier, state, reason, since, runbook, verifierKey } = command;
  return [
    ...just({ kind: 'lane.opened', body: { incident, client, tier, state, since }, texts: { title, name, reason } }),
    ...just({ kind: 'key.shown', body: { verifierKey }, texts: {} }),
    ...(runbook === undefined
      ? []
      : just({
          kind: 'runbook.adopted',
          body: { runbook: runbook.id, digest: runbook.digest, file: runbook.file },
          texts: { source: runbook.source },
        })),
    ...just({ kind: 'role.assigned', body: { role: 'lead', person: actor }, texts: {} }),
    ...just({ kind: 'role.assigned', body: { role: 'scribe', person: 'bot' }, texts: {} }),
  ];
}

/** A client moves on by evidence, and its tier follows from where it stands. */
function moveLane({ incident, actor }: Turn, command: CommandOf<'moveLane'>): Decided[] | Refusal {
  const { lane } = incident.lanes;
  if (lane === undefined) return refuse('unknown', 'This is not the lane of a client.');
  const { to, evidence, asOf, how, do: _, ...marks } = command;
  const moved =
    lane.state === to
      ? { ok: true as const, correction: false }
      : advance(lane.state, to, evidenceOf(command, nameOf(incident, actor)));
  if (!moved.ok) return refuse('invalid', moved.refusal, 'to');
  const { tier, reason } = tierOf({ state: to, ...marks });
  if (lane.state === to && lane.tier === tier) return refuse('already', 'That is how the client stands already.');
  const body = { tier, state: to, evidence, asOf, correction: moved.correction };
  return just({ kind: 'lane.moved', body, texts: { reason, ...(how === undefined ? {} : { how }) } });
}

const evidenceOf = ({ evidence: id, asOf, how }: CommandOf<'moveLane'>, who: string) => ({
  id,
  who,
  asOf,
  ...(how === undefined ? {} : { how }),
});

/** A lane cites an entry of the vendor incident by its leaf, and takes over the preconditions that it meets here. */
function cite({ incident }: Turn, { record, seq, leaf, meets = [] }: CommandOf<'citeEntry'>): Decided[] | Refusal {
  if (incident.lanes.lane?.incident !== record) return refuse('not-yours', 'A lane cites its own vendor incident only.');
  const cited = incident.lanes.cited.some(({ ref }) => ref === leaf);
  const open = meets.filter(({ step, precondition }) => !incident.steps.get(step)?.met.has(String(precondition)));
  if (cited && open.length === 0) return refuse('already', 'That entry is cited here already.');
  return [
    ...(cited ? [] : [{ event: { kind: 'entry.cited', body: { record, seq }, texts: {} }, ref: leaf } satisfies Decided]),
    ...open.map((body): Decided => ({ event: { kind: 'precondition.met', body, texts: {} }, ref: leaf })),
  ];
}

function decideBroadcast(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'orderBroadcast': {
      const { do: _, text, overruled, ...body } = command;
      const { order, clients } = body;
      if (turn.incident.lanes.orders.has(order)) return refuse('already', 'That broadcast is here already.');
      if (text.trim() === '') return refuse('invalid', 'Write what the clients are told.', 'text');
      if (clients.length === 0)
        return refuse('invalid', 'Nobody can be reached: no client has a channel that passed the check.', 'text');
      return just({ kind: 'broadcast.ordered', body, texts: { text, ...(overruled === undefined ? {} : { overruled }) } });
    }
    case 'approveBroadcast':
      return approve(turn, command);
    case 'steerBroadcast':
      return steer(turn, command);
    case 'closeBroadcast': {
      const { order, sent, unsent, failures } = command;
      const found = turn.incident.lanes.orders.get(order);
      if (found === undefined || found.state === 'closed') return refuse('already', 'That broadcast is over already.');
      return just({ kind: 'broadcast.closed', body: { order, sent, unsent, failures }, texts: {} });
    }
  }
}

/** Whatever goes to many goes by two people: the one who wrote it cannot let it go. */
function approve({ incident, actor }: Turn, { order }: CommandOf<'approveBroadcast'>): Decided[] | Refusal {
  const found = incident.lanes.orders.get(order);
  if (found === undefined) return refuse('unknown', 'There is no such broadcast.');
  if (found.state !== 'ordered') return refuse('already', `This broadcast is ${found.state} already.`);
  if (found.by === actor) return refuse('two-people', 'Somebody else must approve what you wrote.');
  return just({ kind: 'broadcast.approved', body: { order }, texts: {} });
}

const FROM = { paused: ['running'], resumed: ['paused'], stopped: ['ordered', 'running', 'paused'] };

function steer({ incident }: Turn, { order, way }: CommandOf<'steerBroadcast'>): Decided[] | Refusal {
  const found = incident.lanes.orders.get(order);
  if (found === undefined) return refuse('unknown', 'There is no such broadcast.');
  if (!FROM[way].includes(found.state)) return refuse('already', `This broadcast is ${found.state} already.`);
  return just({ kind: `broadcast.${way}`, body: { order }, texts: {} });
}
