import { stepsOf } from '../runbook/runbook.ts';
import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import { writeRow, writeRows } from './decide-rows.ts';
import { type GuidedStep, guide } from './guide.ts';
import { clock, just, nameOf, type Turn } from './turn.ts';
import { tableUnder } from './working-table.ts';

type StepCommand = Extract<Command, { do: `${string}Step` | 'tickCheck' | 'meetPrecondition' | 'writeRow' | 'writeRows' }>;

/** What can be done with a step of the runbook. */
export function decideSteps(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'answerQuestion':
      return answerQuestion(turn, command);
    case 'completeStep':
    case 'skipStep':
    case 'blockStep':
    case 'unblockStep':
    case 'reopenStep':
    case 'assignStep':
    case 'tickCheck':
    case 'meetPrecondition':
    case 'writeRow':
    case 'writeRows': {
      const found = stepOf(turn, command.step);
      return found === undefined
        ? refuse('unknown', `The runbook has no step "${command.step}".`)
        : decideStep(turn, command, found);
    }
  }
}

function stepOf({ incident, runbook }: Turn, id: string): GuidedStep | undefined {
  return runbook === undefined ? undefined : guide(incident, runbook).steps.find(({ step }) => step.id === id);
}

function decideStep(turn: Turn, command: StepCommand, found: GuidedStep): Decided[] | Refusal {
  const { step } = command;
  switch (command.do) {
    case 'completeStep':
      return complete(turn, command, found);
    case 'skipStep':
      return withReason(turn, found, command.reason, () =>
        just({ kind: 'step.skipped', body: { step }, texts: { reason: command.reason } }),
      );
    case 'blockStep':
      return withReason(turn, found, command.reason, () =>
        just({ kind: 'step.blocked', body: { step }, texts: { reason: command.reason } }),
      );
    case 'unblockStep':
      if (found.standing !== 'blocked') return refuse('open', `"${found.step.title}" is not blocked.`);
      return just({ kind: 'step.unblocked', body: { step }, texts: command.note === undefined ? {} : { note: command.note } });
    case 'reopenStep':
      return reopen(turn, command, found);
    case 'assignStep':
      return just({ kind: 'step.assigned', body: { step, person: turn.people.actor(command.to) }, texts: {} });
    case 'tickCheck':
      return tick(command, found);
    case 'meetPrecondition':
      return meet(turn, command, found);
    case 'writeRow':
      return writeRow(turn, command, found.step);
    case 'writeRows':
      return writeRows(turn, command, found.step);
  }
}

/** Preconditions are hard: they prevent harm. Overriding one takes a reason, which the record keeps for ever. */
function complete(turn: Turn, { step, note, override }: CommandOf<'completeStep'>, found: GuidedStep): Decided[] | Refusal {
  const held = alreadySettled(turn, found) ?? undecided(found) ?? heldBack(found, override);
  if (held !== undefined) return held;
  const evidence = found.state?.evidence ?? [];
  const overridden = found.unmet.map(({ index }) => index);
  return just({
    kind: 'step.completed',
    body: { step, verified: evidence.length > 0, evidence, overridden },
    texts: { ...(note?.trim() ? { note } : {}), ...(overridden.length > 0 && override !== undefined ? { override } : {}) },
  });
}

/** Called done, a decision would have no choice, no reason and no branch. */
function undecided({ step }: GuidedStep): Refusal | undefined {
  if (step.kind !== 'decision' || step.options.length === 0) return undefined;
  return refuse('invalid', `"${step.title}" is a decision: use "Decide", or write "decide ... because ...".`);
}

function heldBack({ unmet }: GuidedStep, override: string | undefined): Refusal | undefined {
  if (unmet.length === 0 || override?.trim()) return undefined;
  const missing = unmet.map(({ precondition }) => precondition.text).join('; and ');
  return refuse('precondition', `Not yet: first ${missing}. If you must go ahead, say why.`, 'override');
}

/** What keeps a decision step from being decided now; or, by index, the preconditions that the reason goes over. */
export function decidable(turn: Turn, id: string, override: string | undefined): Refusal | number[] {
  const found = stepOf(turn, id);
  if (found === undefined) return refuse('unknown', `The runbook has no step "${id}".`);
  return alreadySettled(turn, found) ?? heldBack(found, override) ?? found.unmet.map(({ index }) => index);
}

function withReason(turn: Turn, found: GuidedStep, reason: string, then: () => Decided[]): Decided[] | Refusal {
  const settled = alreadySettled(turn, found);
  if (settled !== undefined) return settled;
  return reason.trim() === ''
    ? refuse('needs-reason', 'Say why, in a few words: the record will be read by people who were not there.', 'reason')
    : then();
}

/** Two people click at once: the second one hears honestly who was first. */
function alreadySettled({ incident, now }: Turn, { step, standing, state }: GuidedStep): Refusal | undefined {
  if (state === undefined || standing === 'open' || standing === 'blocked' || standing === 'off') return undefined;
  const how = standing === 'done' ? 'marked done' : 'skipped';
  return refuse('already', `"${step.title}" was ${how} at ${clock(state.at, now)} by ${nameOf(incident, state.by)}.`);
}

/** With a step its decision is open again, and what the choice had left out is back on the path. */
function reopen({ incident, people }: Turn, { step, reason }: CommandOf<'reopenStep'>, found: GuidedStep): Decided[] | Refusal {
  if (found.standing === 'open') return refuse('open', `"${found.step.title}" is open.`);
  if (found.standing === 'off')
    return refuse(
      'open',
      `"${found.step.title}" is not on the path: reopen the decision that left it out, or answer its question anew.`,
    );
  if (reason.trim() === '') return refuse('needs-reason', 'Say why the step is opened again.', 'reason');
  const because = incident.size + people.named.length + 1;
  const taken = incident.decisions.findLast((one) => one.step === step && !one.reopened);
  return [
    ...just({ kind: 'step.reopened', body: { step }, texts: { reason } }),
    ...(taken === undefined ? [] : just({ kind: 'decision.reopened', body: { decision: taken.id, because }, texts: { reason } })),
  ];
}

function tick({ step, check, ticked }: CommandOf<'tickCheck'>, found: GuidedStep): Decided[] | Refusal {
  const is = found.state?.ticked.has(check) ?? false;
  if (is === ticked) return refuse('already', ticked ? 'That was ticked already.' : 'That was not ticked.');
  return just({ kind: 'check.ticked', body: { step, check, ticked }, texts: {} });
}

function meet({ incident }: Turn, command: CommandOf<'meetPrecondition'>, found: GuidedStep): Decided[] | Refusal {
  const { step, precondition, row, note } = command;
  if (found.step.after[precondition] === undefined) return refuse('unknown', 'The step has no such precondition.');
  const rows = tableUnder(incident, found.step, precondition)?.rows ?? [];
  if (row === undefined && rows.length > 0) return refuse('invalid', 'That holds for each row: tick it in the form of the row.');
  if (found.state?.met.has(row === undefined ? String(precondition) : `${precondition}/${row}`))
    return refuse('already', 'That was ticked already.');
  return just({
    kind: 'precondition.met',
    body: { step, precondition },
    texts: { ...(row === undefined ? {} : { row }), ...(note === undefined ? {} : { note }) },
  });
}

function answerQuestion({ incident, runbook }: Turn, { fact, answer }: CommandOf<'answerQuestion'>): Decided[] | Refusal {
  const known =
    runbook?.questions.some((question) => question.fact === fact) ||
    (runbook && stepsOf(runbook).some((step) => step.if?.fact === fact));
  if (!known) return refuse('unknown', `The runbook does not ask about "${fact}".`);
  if (incident.facts.get(fact) === answer) return refuse('already', 'That is the answer on record.');
  return just({ kind: 'question.answered', body: { answer }, texts: { fact } });
}
