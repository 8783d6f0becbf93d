/**
 * A runbook is markdown that people write; compiled, it is a list of steps in phases.
 * Nothing of the source disappears: what is not understood stays as text on its step.
 * This file holds the nouns; `compile.ts` makes them from markdown.
 */

/** Where something stands in the source file. Lines and columns are 1-based; `endLine` is inclusive. */
export type Source = { line: number; column: number; endLine: number };

export type StepKind = 'action' | 'decision' | 'notice' | 'reference' | 'handover';

/** Once for the whole vendor incident, or once in the lane of every client. */
export type Scope = 'once' | 'each client';

/** What a duration is counted from. */
export type Anchor = 'declared' | 'aware' | 'step' | 'incident';

/** `Within: 30 minutes`, `Due: 72 hours after becoming aware`, `Repeat: every 24 hours until closed`. */
export type Timing = { text: string; minutes: number; from: Anchor };

/** `markdown` is there where the line has links, code or emphasis; `note` is what else stands under it. */
export type Check = { text: string; markdown?: string; checked: boolean; checks: Check[]; note?: string; source: Source };

/** `what` to capture, `how`, `where` to keep it; `kind` is file, photo, link or text. */
export type Evidence = { what: string; how?: string; where?: string; kind?: 'file' | 'photo' | 'link' | 'text'; source: Source };

/** One way out of a decision: a step (`to`, its id), another runbook (`runbook`, its file), or an outcome text. */
export type Option = {
  label: string;
  to?: string;
  runbook?: string;
  text?: string;
  /** What follows from choosing it, as the runbook says. */
  consequence?: string;
  /** `ask again in 2 hours`, in minutes. */
  askAgainMinutes?: number;
  isDefault?: boolean;
  source: Source;
};

/** `(if personal data)` or `If personal data: ...`: `fact` names a question of the front matter; `holds` is its unnegated value. */
export type Clause = { fact: string; negated: boolean; text: string; source: Source };

/** A ```notice fence: a draft kept beside its step. `vars` are the {{names}} in it. */
export type NoticeDraft = { to: string; subject?: string; body: string; vars: string[]; source: Source };

export type Command = { language: string; text: string; source: Source };

/**
 * `After:` a hard precondition: a step that must be done (`step`, its id), or a sentence somebody must tick.
 * `perRow` names the working table whose rows each need it (this host, this credential, this client).
 */
export type Precondition = { text: string; step?: string; perRow?: string; source: Source };

/** A working table of a step, whose rows are entries: credentials, promises, calls, exposure, or any other by its header. */
export type WorkingTable = { kind: string; columns: string[]; rows: string[][]; source: Source };

export type Step = {
  /** Slug of the title, unique in the runbook. */
  id: string;
  title: string;
  phase: string;
  kind: StepKind;
  role?: string;
  within?: Timing;
  due?: Timing;
  repeat?: Timing;
  scope: Scope;
  /** The step counts only while this holds. */
  if?: Clause;
  after: Precondition[];
  /** May be open beside the steps around it. */
  parallel: boolean;
  checks: Check[];
  evidence: Evidence[];
  options: Option[];
  clauses: Clause[];
  notices: NoticeDraft[];
  warnings: string[];
  commands: Command[];
  tables: WorkingTable[];
  /** The heading as written, where cleaning changed it. */
  heading?: string;
  /** The sub-heading or bold label that this step stands under inside its phase. */
  group?: string;
  /** Ticked in the source: a step that is a task item. */
  checked?: boolean;
  /** Another runbook this step hands over to. */
  handover?: string;
  /** The step's own words, as markdown, everything typed left out. */
  body: string;
  source: Source;
};

/**
 * `body` is what introduces the phase before its first step. `heading` is the heading as written where cleaning changed it,
 * `part` the heading of the part of the file that the phase stands in.
 */
export type Phase = { title: string; heading?: string; part?: string; steps: Step[]; body?: string; source: Source };

/** A question of the front matter, asked once; its answer opens or closes clauses. */
export type Question = { fact: string; question: string };

export type Level = 'error' | 'warn' | 'info';

/** Something unclear in the source, with its place and a hint. `fix` is there where the mend is certain. */
export type Problem = {
  line: number;
  column: number;
  level: Level;
  rule: string;
  message: string;
  hint?: string;
  fix?: { from: { line: number; column: number }; to: { line: number; column: number }; text: string };
};

/** A part of the source that guides nobody by itself: overview, references, scope. */
export type Context = { title: string; heading?: string; body: string; source: Source };

export type Runbook = {
  id: string;
  title: string;
  appliesTo: string[];
  roles: string[];
  defaultRole?: string;
  questions: Question[];
  /** ISO date by which somebody must have looked at it again. */
  review?: string;
  language?: string;
  phases: Phase[];
  context: Context[];
  problems: Problem[];
};

/** All steps of a runbook, in order. */
export function stepsOf(runbook: Runbook): Step[] {
  return runbook.phases.flatMap((phase) => phase.steps);
}
