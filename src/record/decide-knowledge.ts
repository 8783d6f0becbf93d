import { toHex, utf8 } from './bytes.ts';
import { type Command, type CommandOf, type Decided, type Refusal, refuse } from './command.ts';
import { decidable } from './decide-steps.ts';
import type { Incident } from './incident.ts';
import { sha256 } from './sha256.ts';
import { clock, just, type Turn } from './turn.ts';

/** What the team notes, finds, decides, asks and keeps. */
export function decideKnowledge(turn: Turn, command: Command): Decided[] | Refusal | undefined {
  switch (command.do) {
    case 'recordNote':
      return note(command);
    case 'recordFinding':
      return finding(turn, command);
    case 'takeDecision':
      return take(turn, command);
    case 'reopenDecision': {
      const { decision, because, reason } = command;
      return just({ kind: 'decision.reopened', body: { decision, because }, texts: reason === undefined ? {} : { reason } });
    }
    case 'openAsk':
      return ask(turn, command);
    case 'answerAsk':
      return answer(turn, command);
    case 'addEvidence':
      return evidence(command);
    case 'describeEvidence': {
      const { evidence: id, step, text } = command;
      return just({ kind: 'evidence.described', body: { evidence: id, ...(step === undefined ? {} : { step }) }, texts: { text } });
    }
    case 'readStatement':
      return statement(turn, command);
    case 'recordPromise': {
      const { promise, who, text, due } = command;
      return just({ kind: 'promise.given', body: { promise, ...(due === undefined ? {} : { due }) }, texts: { who, text } });
    }
    case 'endPromise':
      return endPromise(turn, command);
  }
}

const dated = (occurred: string | undefined, decided: Decided): Decided[] => [
  occurred === undefined ? decided : { ...decided, occurred },
];

/** Only a statement changes, and only as it was last read. */
function changeFault({ size, statements, changedStatements }: Incident, changes: number): Refusal | undefined {
  if (changes < 1 || changes > size) return refuse('unknown', `There is no entry ${changes}.`);
  if (!statements.has(changes)) return refuse('invalid', `Entry ${changes} is no statement of somebody else.`);
  const later = changedStatements.get(changes);
  return later === undefined
    ? undefined
    : refuse('already', `Entry ${changes} was changed by entry ${later} already. Name that one.`);
}

/** What somebody else said. Where they said something else before, the decisions that rested on it are open again. */
function statement({ incident, people }: Turn, command: CommandOf<'readStatement'>): Decided[] | Refusal {
  const { speaker, text, source, occurred, precision, changes, withdrawn } = command;
  const fault = changes === undefined ? undefined : changeFault(incident, changes);
  if (fault !== undefined) return fault;
  if (withdrawn === true && changes === undefined) return refuse('invalid', 'Which statement was withdrawn? Name its entry.');
  const gone = withdrawn === true ? { withdrawn } : {};
  const body = { precision, sha256: toHex(sha256(utf8(text))), ...(changes === undefined ? {} : { changes }), ...gone };
  const event = { kind: 'statement.read' as const, body, texts: { speaker, text, ...maybe({ source }) } };
  const because = incident.size + people.named.length + 1;
  const resting = incident.decisions.filter(({ cites, reopened }) => changes !== undefined && !reopened && cites.includes(changes));
  const now = withdrawn === true ? 'has withdrawn what it said' : 'says something else now than';
  const reason = `${speaker} ${now} in entry ${changes}.`;
  const reopened = resting.flatMap(({ id }) =>
    just({ kind: 'decision.reopened', body: { decision: id, because }, texts: { reason } }),
  );
  return [...dated(occurred, { event }), ...reopened];
}

function note({ text, step, occurred, label, speaker, source }: CommandOf<'recordNote'>): Decided[] | Refusal {
  if (text.trim() === '') return refuse('invalid', 'The note is empty.', 'text');
  const texts = { text, ...(speaker === undefined ? {} : { speaker }), ...(source === undefined ? {} : { source }) };
  const decided: Decided = { event: { kind: 'note.recorded', body: step === undefined ? {} : { step }, texts } };
  return dated(occurred, label === undefined ? decided : { ...decided, label });
}

function finding({ incident, now }: Turn, command: CommandOf<'recordFinding'>): Decided[] | Refusal {
  const { about, status, text, source, asOf, supersedes, occurred } = command;
  if (about.trim() === '' || text.trim() === '')
    return refuse('invalid', 'A finding says what it is about, and what was found.', 'text');
  const before = incident.findings.find(({ seq }) => seq === supersedes);
  if (supersedes !== undefined && before === undefined) return refuse('unknown', 'There is no such finding to replace.');
  if (before?.supersededBy !== undefined)
    return refuse('already', `That finding was replaced already, by entry ${before.supersededBy}.`);
  const body = { status, asOf: asOf ?? now, ...(supersedes === undefined ? {} : { supersedes }) };
  return dated(occurred, {
    event: { kind: 'finding.recorded', body, texts: { about, text, ...(source === undefined ? {} : { source }) } },
  });
}

/** "Decided not to" and "deferred until" count as decisions: the record shows that the question was not overlooked. */
function take(turn: Turn, command: CommandOf<'takeDecision'>): Decided[] | Refusal {
  const { incident, people, actor, newId, now } = turn;
  const { step, option, question, choice, reason, outcome, options, authority, dissent, reversible, review, cites } = command;
  const before = step === undefined ? undefined : incident.decisions.findLast((taken) => taken.step === step && !taken.reopened);
  if (before !== undefined && before.outcome !== 'deferred') {
    return refuse('already', `This was decided at ${clock(before.at, now)}: ${before.choice}. Reopen the step to decide again.`);
  }
  if (reason.trim() === '') return refuse('needs-reason', 'A decision without a reason is worth little later: say why.', 'reason');
  if (outcome === 'deferred' && review === undefined) return refuse('invalid', 'Deferred until when?', 'review');
  const unknown = cites.find((seq) => seq < 1 || seq > incident.size);
  if (unknown !== undefined) return refuse('unknown', `There is no entry ${unknown} to cite.`, 'cites');
  const overridden = step === undefined || outcome === 'deferred' ? [] : decidable(turn, step, command.override);
  if ('refused' in overridden) return overridden;
  const decider = command.decider === undefined ? actor : people.actor(command.decider);
  const place = { ...(step === undefined ? {} : { step }), ...(option === undefined ? {} : { option }) };
  const decided: Decided = {
    event: {
      kind: 'decision.taken',
      body: { decision: newId(), ...place, outcome, reversible, decider, cites, ...(review === undefined ? {} : { review }) },
      texts: { question, choice, reason, ...maybe({ options, authority, dissent }) },
    },
  };
  return step === undefined || outcome === 'deferred'
    ? [decided]
    : [decided, settled(incident, step, overridden, command.override)];
}

/** A decision step is done when it is decided, either way. */
function settled({ steps }: Turn['incident'], step: string, overridden: number[], override: string | undefined): Decided {
  const evidence = steps.get(step)?.evidence ?? [];
  const texts = overridden.length === 0 ? {} : maybe({ override });
  return { event: { kind: 'step.completed', body: { step, verified: true, evidence, overridden }, texts } };
}

/** Texts that were given; an empty one was not. */
export function maybe<T extends Record<string, string | undefined>>(texts: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== undefined && value !== '')) as {
    [K in keyof T]?: string;
  };
}

function ask({ people, newId }: Turn, { question, to, due, step }: CommandOf<'openAsk'>): Decided[] | Refusal {
  if (question.trim() === '') return refuse('invalid', 'What do you want to know?', 'question');
  const person = to === undefined ? {} : { to: people.actor(to) };
  const body = { ask: newId(), ...person, ...(due === undefined ? {} : { due }), ...(step === undefined ? {} : { step }) };
  return just({ kind: 'ask.opened', body, texts: { question } });
}

function answer({ incident }: Turn, { ask: id, answer: text }: CommandOf<'answerAsk'>): Decided[] | Refusal {
  const open = incident.asks.find((asked) => asked.id === id);
  if (open === undefined) return refuse('unknown', 'There is no such question.');
  if (open.answer !== undefined) return refuse('already', `That was answered already: ${open.answer}`);
  if (text.trim() === '') return refuse('invalid', 'The answer is empty.', 'answer');
  return just({ kind: 'ask.answered', body: { ask: id }, texts: { answer: text } });
}

function evidence(command: CommandOf<'addEvidence'>): Decided[] {
  const { evidence: id, step, name, sha256, bytes, mediaType, note: words, source } = command;
  return just({
    kind: 'evidence.added',
    body: { evidence: id, bytes, mediaType, ...(step === undefined ? {} : { step }) },
    texts: { name, sha256, ...(words === undefined ? {} : { note: words }), ...(source === undefined ? {} : { source }) },
  });
}

function endPromise({ incident }: Turn, { promise: id, kept, note: words }: CommandOf<'endPromise'>): Decided[] | Refusal {
  const promise = incident.promises.find((given) => given.id === id);
  if (promise === undefined) return refuse('unknown', 'There is no such promise.');
  if (promise.kept !== undefined) return refuse('already', 'That promise has an outcome already.');
  return just({ kind: 'promise.ended', body: { promise: id, kept }, texts: words === undefined ? {} : { note: words } });
}
