import type { Command, NamedPerson } from '../record/command.ts';
import type { Answer, FindingStatus, Role } from '../record/event.ts';
import { findStep, type GuidedStep } from '../record/guide.ts';
import type { RecordView } from './view.ts';

/**
 * A drill: a real timeline, and scripted responders who play a runbook against it. What anybody does in a drill goes through the same
 * commands as the real thing; what a person has done already, the script leaves alone.
 */
export type DrillFact = {
  at: string;
  precision: 'minute' | 'hour' | 'day' | 'month' | 'year';
  actor: string;
  text: string;
  kind: string;
  source: string;
  confidence: string;
};

export type DrillPerson = { id: string; name: string; roles: string[] };

export type DrillLine = { at: string; by: string; do: string; [field: string]: unknown };

export type Drill = {
  id: string;
  title: string;
  runbook: string;
  people: DrillPerson[];
  timeline: DrillFact[];
  script: DrillLine[];
};

/** One thing that happens in a drill: somebody outside says something, or a responder acts. */
export type DrillMoment = { at: string; who: string; fact?: DrillFact; line?: DrillLine };

/** Everything in its order. Facts from before the first action are background: they come first. */
export function momentsOf({ timeline, script, people }: Drill): DrillMoment[] {
  const facts = timeline.map((fact) => ({ at: instant(fact.at), who: fact.actor, fact }));
  const lines = script
    .filter((line) => line.do !== 'declare')
    .map((line) => ({ at: instant(line.at), who: nameOf(people, line.by), line }));
  return [...facts, ...lines].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** A date alone is the start of that day, a month or a year alone the start of it. */
export const instant = (at: string): string =>
  at.length > 10 ? Temporal.Instant.from(at).toString() : `${at}${'-01-01'.slice(at.length - 4)}T00:00:00Z`;

const nameOf = (people: DrillPerson[], id: string): string => people.find((person) => person.id === id)?.name ?? id;

export const drillPerson = (drill: Drill, id: string): NamedPerson => ({
  account: `drill/${drill.id}/${id}`,
  name: nameOf(drill.people, id),
});

export const factCommand = ({ actor, text, source, precision }: DrillFact): Command => ({
  do: 'readStatement',
  speaker: actor,
  text,
  source,
  precision,
});

/** Ids that the script gives to what it made, and what they became in the record. */
export type DrillMemory = { findings: Map<string, number>; asks: Map<string, string> };

/** The commands that a line of the script comes to; none where somebody was faster. */
export function lineCommands(drill: Drill, line: DrillLine, view: RecordView, memory: DrillMemory): Command[] {
  const text = (name: string): string => String(line[name] ?? '');
  const step = stepOf(view, text('step'));
  switch (line.do) {
    case 'answer':
      return [{ do: 'answerQuestion', fact: text('fact'), answer: text('value') as Answer }];
    case 'complete':
      return step === undefined ? [] : completing(step, line);
    case 'skip':
      return step === undefined ? [] : [{ do: 'skipStep', step: step.step.id, reason: text('reason') }];
    case 'block':
      return step === undefined ? [] : [{ do: 'blockStep', step: step.step.id, reason: text('reason') }];
    case 'evidence':
      return step === undefined ? [] : [{ do: 'describeEvidence', evidence: 'words', step: step.step.id, text: text('text') }];
    case 'decide':
      return step === undefined ? [] : [deciding(step, line)];
    case 'note':
      return noting(line, step);
    default:
      return peopleCommands(drill, line, view, memory);
  }
}

function peopleCommands(drill: Drill, line: DrillLine, { incident }: RecordView, { findings, asks }: DrillMemory): Command[] {
  const text = (name: string): string => String(line[name] ?? '');
  switch (line.do) {
    case 'finding': {
      const supersedes = findings.get(text('supersedes'));
      const replaced = supersedes === undefined ? {} : { supersedes };
      const status = text('status') as FindingStatus;
      return [
        {
          do: 'recordFinding',
          about: text('about'),
          status,
          text: text('text'),
          source: text('source'),
          asOf: instant(line.at),
          ...replaced,
        },
      ];
    }
    case 'ask':
      return [{ do: 'openAsk', question: text('text'), to: drillPerson(drill, text('owner')), due: instant(text('due')) }];
    case 'answer-ask': {
      const ask = asks.get(text('ask'));
      return ask === undefined ? [] : [{ do: 'answerAsk', ask, answer: text('text') }];
    }
    case 'hand-over':
      return [
        { do: 'offerHandover', role: roleWord(text('role')), to: drillPerson(drill, text('to')), brief: 'As the record stands.' },
      ];
    case 'accept': {
      const offered = [...incident.handovers.values()].filter(({ state }) => state === 'offered').at(-1);
      return offered === undefined ? [] : [{ do: 'answerHandover', handover: offered.id, accept: true }];
    }
    case 'close':
      return [{ do: 'closeIncident', as: 'resolved', reason: text('reason') }];
    default:
      return [];
  }
}

/** What the script called a finding or a question is remembered by what it became. */
export function remember(line: DrillLine, { incident }: RecordView, memory: DrillMemory): void {
  const finding = incident.findings.at(-1);
  const ask = incident.asks.at(-1);
  if (line.do === 'finding' && finding !== undefined) memory.findings.set(String(line.id), finding.seq);
  if (line.do === 'ask' && ask !== undefined) memory.asks.set(String(line.id), ask.id);
}

const stepOf = ({ guide }: RecordView, id: string): GuidedStep | undefined =>
  guide === undefined || id === '' ? undefined : findStep(guide, id);

function completing({ step, standing, unmet }: GuidedStep, line: DrillLine): Command[] {
  const evidence = line.evidence as { text: string } | undefined;
  const kept: Command[] =
    evidence === undefined ? [] : [{ do: 'describeEvidence', evidence: 'words', step: step.id, text: evidence.text }];
  const note = typeof line.note === 'string' ? { note: line.note } : {};
  const opened: Command[] = standing === 'blocked' ? [{ do: 'unblockStep', step: step.id }] : [];
  const sentences = unmet.filter(({ precondition }) => precondition.step === undefined && line.confirm !== undefined);
  const met = sentences.map(
    ({ index }): Command => ({ do: 'meetPrecondition', step: step.id, precondition: index, note: String(line.confirm) }),
  );
  return [...kept, ...opened, ...met, { do: 'completeStep', step: step.id, ...note }];
}

function deciding({ step }: GuidedStep, line: DrillLine): Command {
  const choice = String(line.choice ?? '');
  const option = step.options.findIndex(({ label }) => label === choice || label.startsWith(choice) || choice.startsWith(label));
  return {
    do: 'takeDecision',
    step: step.id,
    ...(option < 0 ? {} : { option }),
    question: step.title,
    choice,
    reason: String(line.reason ?? ''),
    outcome: line.outcome === 'deferred' ? 'deferred' : 'decided',
    authority: String(line.authority ?? ''),
    reversible: line.reversible === true ? 'yes' : line.reversible === false ? 'no' : 'unknown',
    cites: [],
    ...(line.review === undefined ? {} : { review: instant(String(line.review)) }),
  };
}

function noting(line: DrillLine, step: GuidedStep | undefined): Command[] {
  const row = line.row as { table: string; cells: Record<string, string> } | undefined;
  const at = step === undefined ? {} : { step: step.step.id };
  const note: Command = { do: 'recordNote', text: String(line.text ?? ''), ...at };
  const promised = promising(line);
  if (row === undefined || step === undefined) return [note, ...promised];
  return [note, { do: 'writeRow', step: step.step.id, table: row.table, cells: JSON.stringify(row.cells) }];
}

/** Somebody outside promised something, or the promise came to its end. */
function promising({ promise }: DrillLine): Command[] {
  const given = promise as { id: string; who?: string; text?: string; due?: string; kept?: string } | undefined;
  if (given === undefined) return [];
  if (given.kept !== undefined) return [{ do: 'endPromise', promise: given.id, kept: given.kept as Answer }];
  const due = given.due === undefined ? {} : { due: instant(given.due) };
  return [{ do: 'recordPromise', promise: given.id, who: given.who ?? '', text: given.text ?? '', ...due }];
}

const roleWord = (word: string): Role => word.trim().toLowerCase().replace(/\s+/g, '-') as Role;

/**
 * Responders for a timeline that has no script: they do the runbook's steps one after the other, between the facts, and take the
 * default of every decision.
 */
export function nextOfResponder(view: RecordView): Command[] {
  const current = view.guide?.current;
  if (current === undefined) return [];
  const { step, unmet } = current;
  if (step.kind === 'decision' && step.options.length > 0) {
    const option = Math.max(
      0,
      step.options.findIndex(({ isDefault }) => isDefault),
    );
    return [
      deciding(current, {
        at: '',
        by: '',
        do: 'decide',
        choice: step.options[option]?.label ?? '',
        reason: 'The default of the runbook',
      }),
    ];
  }
  const met = unmet.map(({ index }): Command => ({ do: 'meetPrecondition', step: step.id, precondition: index, note: 'drill' }));
  return [...met, { do: 'completeStep', step: step.id }];
}
