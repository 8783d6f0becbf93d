import { type Command, type Decided, type Refusal, refuse } from './command.ts';
import { decideCosts } from './decide-costs.ts';
import { decideDuties } from './decide-duties.ts';
import { decideIncident } from './decide-incident.ts';
import { decideKeeping } from './decide-keeping.ts';
import { decideKnowledge } from './decide-knowledge.ts';
import { decideLanes, OPENING } from './decide-lanes.ts';
import { decideNotices } from './decide-notices.ts';
import { decideRunbook } from './decide-runbook.ts';
import { decideSteps } from './decide-steps.ts';
import type { Incident } from './incident.ts';
import { BOT, type Context, clock, type Decision, People, type Turn } from './turn.ts';

/**
 * Commands become events, or a refusal with a sentence for the person. Pure: the time, the ids and the acting person
 * are arguments, so a conflict is answered by deciding again.
 */
export function decide(incident: Incident, command: Command, context: Context): Decision | Refusal {
  const people = new People(incident);
  const actor = context.person === undefined ? BOT : people.actor(context.person);
  const late = refuseWhenClosed(incident, command);
  if (late !== undefined) return late;
  const turn: Turn = { ...context, incident, people, actor };
  const events = byTheme(turn, command);
  if ('refused' in events) return events;
  return { actor, events: events.length === 0 ? [] : [...people.named, ...events] };
}

function byTheme(turn: Turn, command: Command): Decided[] | Refusal {
  return (
    decideIncident(turn, command) ??
    decideSteps(turn, command) ??
    decideRunbook(turn, command) ??
    decideKnowledge(turn, command) ??
    decideKeeping(turn, command) ??
    decideDuties(turn, command) ??
    decideNotices(turn, command) ??
    decideCosts(turn, command) ??
    decideLanes(turn, command) ??
    []
  );
}

/** What still makes sense after the close: looking back, keeping, and reopening. */
const AFTER_CLOSE = new Set<Command['do']>([
  'reopenIncident',
  'recordNote',
  'readStatement',
  'keepMessage',
  'messageEdited',
  'messageDeleted',
  'correctEntry',
  'relabelEntry',
  'addEvidence',
  'describeEvidence',
  'redactText',
  'placeHold',
  'liftHold',
  'answerAsk',
  'endPromise',
  'observe',
  'settleDelivery',
  'confirmCopy',
  'openPlace',
  // The closing notice, and corrections, come after the close.
  'draftNotice',
  'editNotice',
  'approveNotice',
  'voidNotice',
  'releaseNotice',
  'sendNotice',
  // A duty of sixty days outlives its incident.
  'setAnchor',
  'setFacts',
  'fileDuty',
  'waiveDuty',
  'reopenDuty',
  'acceptRule',
  'reckonDuties',
  'raiseReminders',
  'giveReceipt',
  // Bills come in long after, and a proof of loss is due in months.
  'recordCost',
  'withdrawCost',
  'closeBroadcast',
  'settleDelivery',
]);

function refuseWhenClosed(incident: Incident, command: Command): Refusal | undefined {
  if (command.do === 'declareIncident' || command.do === 'importEntries')
    return incident.size > 0 ? refuse('already', 'This incident has been declared already.') : undefined;
  if (OPENING.has(command.do)) return incident.size > 0 ? refuse('already', 'That was opened already.') : undefined;
  if (incident.size === 0) return refuse('unknown', 'There is no such incident.');
  if (incident.closed === undefined || AFTER_CLOSE.has(command.do)) return undefined;
  const who = incident.people.get(incident.closed.by)?.name ?? 'somebody';
  return refuse('closed', `This incident was closed at ${clock(incident.closed.at)} by ${who}. Reopen it first if it goes on.`);
}
