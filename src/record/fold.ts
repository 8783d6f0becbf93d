import type { Entry } from './entry.ts';
import type { Actor, Role } from './event.ts';
import { evolveLanes } from './fold-lanes.ts';
import { evolveNotices } from './fold-notices.ts';
import { evolveRunbook } from './fold-runbook.ts';
import type { Incident } from './incident.ts';
import { evolveCosts } from './incident-costs.ts';
import { evolveDuties } from './incident-duties.ts';
import { evolveKnowledge } from './incident-knowledge.ts';
import { evolveSteps } from './incident-steps.ts';

/** The fold: entry by entry to what they add up to. */
export const fold = (entries: Iterable<Entry>, empty: Incident): Incident => {
  let incident = empty;
  for (const entry of entries) incident = evolve(incident, entry);
  return incident;
};

/** One entry further. It writes into `incident`, which belongs to the caller: a cached state goes on, entry by entry. */
export function evolve(incident: Incident, entry: Entry): Incident {
  incident.size = entry.seq;
  evolveIncident(incident, entry);
  evolvePeople(incident, entry);
  evolveRunbook(incident, entry);
  evolveSteps(incident, entry);
  evolveKnowledge(incident, entry);
  evolveDuties(incident.owed, entry);
  evolveNotices(incident.notices, entry);
  evolveCosts(incident.costs, entry);
  evolveKeeping(incident, entry);
  evolveLanes(incident, entry);
  return incident;
}

function evolveIncident(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'incident.declared': {
      const { looksLike, ...answers } = entry.body;
      Object.assign(incident, { title: entry.texts.title, looksLike, answers, drill: entry.drill });
      Object.assign(incident, { declaredAt: entry.at, declaredBy: entry.actor });
      break;
    }
    case 'incident.renamed':
      incident.title = entry.texts.title;
      break;
    case 'incident.closed': {
      const into = entry.body.into === undefined ? {} : { into: entry.body.into };
      incident.status = 'closed';
      incident.closed = { as: entry.body.as, at: entry.at, by: entry.actor, reason: entry.texts.reason, ...into };
      break;
    }
    case 'scribe.set':
      incident.scribe = { ...entry.body, at: entry.at };
      break;
    case 'incident.reopened':
      incident.status = 'open';
      delete incident.closed;
      break;
  }
}

function evolvePeople(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'actor.named':
      incident.people.set(entry.body.person, { name: entry.texts.name, account: entry.texts.account });
      break;
    case 'role.assigned':
      assign(incident, entry.body.role, entry.body.person);
      break;
    case 'role.released':
      incident.roles = incident.roles.filter((held) => held.role !== entry.body.role || held.person !== entry.body.person);
      break;
    case 'handover.offered': {
      const { handover: id, role, to } = entry.body;
      incident.handovers.set(id, { id, seq: entry.seq, role, from: entry.actor, to, brief: entry.texts.brief, state: 'offered' });
      break;
    }
    case 'handover.accepted': {
      const handover = incident.handovers.get(entry.body.handover);
      if (handover === undefined) break;
      handover.state = 'accepted';
      assign(incident, handover.role, handover.to);
      break;
    }
    case 'handover.declined': {
      const handover = incident.handovers.get(entry.body.handover);
      if (handover !== undefined) handover.state = 'declined';
      break;
    }
  }
}

/** A role has one holder: whoever took it last. */
function assign(incident: Incident, role: Role, person: Actor): void {
  incident.roles = [...incident.roles.filter((held) => held.role !== role), { role, person }];
}

function evolveKeeping(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'key.shown':
    case 'key.rotated':
      incident.verifierKey = entry.body.verifierKey;
      break;
    case 'house.introduced':
      incident.ourselves = entry.texts.profile;
      break;
    case 'place.opened':
      incident.places.push({ ...entry.body });
      break;
    case 'place.closed':
      incident.places = incident.places.filter((place) => place.channel !== entry.body.channel);
      break;
    case 'hold.placed':
      incident.holds.add(entry.body.hold);
      break;
    case 'hold.lifted':
      incident.holds.delete(entry.body.hold);
      break;
    case 'entry.relabelled':
      incident.labels.set(entry.body.of, entry.body.label);
      break;
    case 'checkpoint.published':
      incident.published.push(entry.body);
      break;
    case 'reminder.raised':
      incident.raised.add(`${entry.body.of}/${entry.body.rung}/${entry.body.due}`);
      break;
    case 'delivery.sent':
      incident.delivered.set(entry.body.delivery, 'sent');
      break;
    case 'delivery.refused':
      incident.delivered.set(entry.body.delivery, 'refused');
      break;
    case 'delivery.uncertain':
      incident.delivered.set(entry.body.delivery, 'uncertain');
      break;
    case 'delivery.settled':
      incident.delivered.set(entry.body.delivery, entry.body.arrived === 'yes' ? 'sent' : 'refused');
      break;
  }
}
