import type { Entry } from './entry.ts';
import type { Incident, StepState } from './incident.ts';

/** The part of the fold that knows how each step of the runbook stands, and what was answered. */
export function evolveSteps(incident: Incident, entry: Entry): void {
  switch (entry.kind) {
    case 'question.answered':
      incident.facts.set(entry.texts.fact, entry.body.answer);
      break;
    case 'step.assigned':
      touch(incident, entry, entry.body.step).assigned = entry.body.person;
      break;
    case 'step.completed':
      complete(incident, entry);
      break;
    case 'step.skipped':
      move(incident, entry, 'skipped').reason = entry.texts.reason;
      break;
    case 'step.blocked':
      move(incident, entry, 'blocked').reason = entry.texts.reason;
      break;
    case 'step.unblocked':
      delete move(incident, entry, 'open').reason;
      break;
    case 'step.reopened': {
      const step = move(incident, entry, 'open');
      Object.assign(step, { reason: entry.texts.reason, verified: false, reopened: step.reopened + 1 });
      break;
    }
    case 'check.ticked': {
      const { ticked } = touch(incident, entry, entry.body.step);
      if (entry.body.ticked) ticked.add(entry.body.check);
      else ticked.delete(entry.body.check);
      break;
    }
    case 'precondition.met': {
      const { step, precondition } = entry.body;
      const row = entry.texts.row === undefined ? '' : `/${entry.texts.row}`;
      touch(incident, entry, step).met.add(`${precondition}${row}`);
      break;
    }
    case 'row.written': {
      const { step, table, row } = entry.body;
      const { cells, override } = entry.texts;
      const why = override === undefined ? {} : { override };
      incident.rows.set(`${step}/${table}/${row}`, { step, table, row, cells, seq: entry.seq, ...why });
      break;
    }
    case 'evidence.added':
    case 'evidence.described':
      if (entry.body.step !== undefined) touch(incident, entry, entry.body.step).evidence.push(entry.seq);
      break;
  }
}

function complete(incident: Incident, entry: Extract<Entry, { kind: 'step.completed' }>): void {
  const step = move(incident, entry, 'done');
  step.verified = entry.body.verified;
  if (entry.texts.note !== undefined) step.note = entry.texts.note;
  if (entry.texts.override !== undefined) step.override = entry.texts.override;
}

type StepEntry = Extract<Entry, { kind: 'step.completed' | 'step.skipped' | 'step.blocked' | 'step.unblocked' | 'step.reopened' }>;

function move(incident: Incident, entry: StepEntry, state: StepState['state']): StepState {
  return Object.assign(touch(incident, entry, entry.body.step), { state, at: entry.at, by: entry.actor, seq: entry.seq });
}

function touch(incident: Incident, { at, actor, seq }: Entry, id: string): StepState {
  const known = incident.steps.get(id);
  if (known !== undefined) return known;
  const fresh: StepState = {
    state: 'open',
    at,
    by: actor,
    seq,
    verified: false,
    ticked: new Set(),
    met: new Set(),
    evidence: [],
    reopened: 0,
  };
  incident.steps.set(id, fresh);
  return fresh;
}
